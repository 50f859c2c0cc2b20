"""Aliases in brackets behind a known name: "X (a.k.a. “Y” and Z)", "X (formerly Y)", "X (UNC1151)"."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named, key
from counterfoil.extraction.not_names import is_name, is_person_here
from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.model.extraction import Alias

_BRACKET = Expression(r"[”\"]?,? \((?P<inside>[^()\n]{2,160}(?:\(\d{1,3}\))?[^()\n]{0,60})\)")
_MARKER = Expression(
    r"^(?:(?:она же|он же|они же|вона ж|він же|auch|alias|également|aussi|anciennement|también|antes|dawniej|"
    r"też)(?: bekannt als| connue?s? sous le nom de| conocid[ao] como| znan[aey] jako| известн\w+ как)? |(?:also |"
    r"formerly |previously |publicly |otherwise |better |now )?"
    r"(?:known as|tracked as|referred to as|called|dubbed|a\.k\.a\.?|aka|AKA|alias|formerly|previously|"
    r"codenamed|or),? ?"
    r"(?:known as |tracked as )?)",
)
_PART = Expression(r"(?:, |; | / |/| and | or |, and |, or )")
_BY = Expression(
    r"(?:tracked|known|called|dubbed|named|referred to) (?:by|"
    r"to) (?P<by>[A-Z][\w ]{1,40}?) as (?P<name>.{2,60})$"
)
_CALLS = Expression(
    r"(?:which |what )?(?P<by>[A-Z][\w’' ]{1,40}?) (?:tracks|calls|dubs)(?: as| it|"
    r" it as)? (?P<name>.{2,60})$"
)
#: "UNC4871 by Mandiant", "as TA-Heron by Proofpoint"
_NAME_BY = Expression(
    r"^(?:as )?(?P<name>[“\"«]?[\w][\w \-’'“”\"]{1,50}?) (?:by|in reports by) (?:the )?(?P<by>[A-Z][\w .\-]{1,40})$"
)
_FORM = Expression(r"[A-Z][\w\-’']{2,30}(?: [A-Z0-9][\w\-’']{0,30}){0,3}(?:\(\d{1,3}\))?")
_CODE_FORM = Expression(r"(?:[A-Z]{2,5}-?(?:[A-Z]-)?\d{1,5}|Storm-?\d{4}|[A-Z]{6,20})")
_NAME = (
    r"(?:[“\"«][^“”\"«»\n()]{2,40}[”\"»]|"
    r"\b[A-Z][\w\-’']{2,30}(?: [A-Z0-9][\w\-’']{0,30}){0,3}(?:\(\d{1,3}\))?)"
)
#: "X, which is also tracked by Mandiant as Y and Z"
_APPOSED = Expression(
    r"[”\"]?(?: \([^()\n]{1,160}\))?,? (?:[–—] )?"
    r"(?:(?:which|that|who|is|was|are|has|been|also|previously|formerly|better|otherwise|sometimes|"
    r"publicly) ){0,4}"
    r"(?:(?:tracked|known|referred to|identified|dubbed|nicknamed|called)(?: (?:by|"
    r"to) (?:the )?(?P<by>[A-Z][\w ]{1,40}?))?"
    r"(?: as| under the names?)?|a\.k\.a\.,?|aka|or) "
    rf"(?P<first>{_NAME})(?:,? (?:and|or) (?P<second>{_NAME})(?=[,.;:)]|\s?$))?"
)
#: A name nobody has vouched for yet, with its aliases in a bracket.
_NEW = Expression(r" \((?:also known as|a\.k\.a\.?|aka|also tracked as|also called),? (?P<inside>[^()\n]{2,120})\)")
_NAME_AT_END = Expression(rf"{_NAME}$")
_ACTOR_WORD = Expression(
    r"\b(?:influence|disinformation|propaganda|threat|hacking|information|inauthentic|intrusion|cyber\w{0,10}) "
    r"(?:sets?|actors?|groups?|campaigns?|operations?|networks?)\b"
)
_HEAD_IN_ALIAS = Expression(r"(?:network|operation|campaign|group)\b", re.IGNORECASE)


def bracketed_aliases(text: str, named: list[Named]) -> list[Named]:
    """Namings that join a known name to the aliases written in brackets behind it.

    An alias after "Microsoft tracks as X" is Microsoft's too, unless it says whose it is.
    """
    users = {naming.start: alias.by for naming in named for alias in naming.aliases if alias.name == naming.name}
    kinds = {naming.name: naming.kind for naming in named}
    result = list(_new(text))
    kinds |= {naming.name: naming.kind for naming in result}
    actors = {key(name) for name in kinds}
    for start, end, name in PhraseIndex(kinds).find(text):
        said = (*_aliases(text, end, actors, users.get(start, "")), *_apposed(text, end))
        aliases = tuple(alias for alias in said if key(alias.name) != key(name) and is_name(alias.name))
        if aliases:
            result.append(Named(start, name, kinds[name], "", "named with its aliases", aliases))
    return result


def _aliases(text: str, end: int, actors: set[str], by: str) -> Iterator[Alias]:
    bracket = _BRACKET.match(text, end)
    if bracket is None:
        return
    inside = bracket["inside"]
    marker = _MARKER.match(inside)
    if marker:
        inside = inside[marker.end() :]
    for part in _PART.split(inside):
        alias, user, said = _one(part.removeprefix("as "))
        quoted = alias != part.strip()
        if said or marker or quoted or key(alias) in actors or _CODE_FORM.fullmatch(alias):
            yield Alias(alias, user or by)


def _apposed(text: str, end: int) -> Iterator[Alias]:
    match = _APPOSED.match(text, end)
    if match is None:
        return
    for name in (match["first"], match["second"]):
        # "or" alone joins aliases only if they are quoted: "X or Y" may be two actors.
        plain_or = re.search(r"\bor [“\"«]?$", text[match.start() : match.start("first") + 1]) is not None
        if name and not (plain_or and name[0] not in '“"«'):
            yield Alias(name.strip('“”"«»,. '), (match["by"] or "").strip())


def _new(text: str) -> Iterator[Named]:
    for match in _NEW.finditer(text):
        named = _NAME_AT_END.search(text, max(0, match.start() - 130), match.start())
        if named is None:
            continue
        name = named.group().strip('“”"«» ')
        before = re.split(r"[.!?;\n]", text[max(0, named.start() - 100) : named.start()])[-1]
        after = re.split(r"[.!?;\n]", text[match.end() : match.end() + 100])[0]
        coded = any(_CODE_FORM.match(part) for part in _PART.split(match["inside"]))
        vouched = coded or _HEAD_IN_ALIAS.search(match["inside"]) or _ACTOR_WORD.search(f"{before} | {after}")
        if vouched and is_name(name) and not is_person_here(text, named.start(), name):
            kind = "network" if "network" in match["inside"].lower() else "actor"
            yield Named(text.find(name, named.start()), name, kind, "", "named with its aliases")


def _one(part: str) -> tuple[str, str, bool]:
    """The alias in one part of a bracket, who uses it, and whether the part says it is an alias."""
    said = False
    part = part.strip()
    user = ""
    for pattern in (_BY, _CALLS):
        match = pattern.search(part)
        if match:
            part, user, said = match["name"], match["by"].strip(), True
    named_by = _NAME_BY.match(_MARKER.sub("", part))
    if named_by:
        part, user, said = named_by["name"], named_by["by"].strip(), True
    marker = _MARKER.match(part)
    if marker:
        part, said = part[marker.end() :], True
    bare = part.strip(" “”\"«»„'‘’,.")
    if not (_FORM.fullmatch(bare) or (bare != part and len(bare) < 40)):
        return "", "", False
    return bare, user, said
