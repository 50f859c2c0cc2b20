"""Agencies, companies and outlets: by acronym definition, by form of name, by gazetteer."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import Named
from counterfoil.extraction.phrases import PhraseIndex, matches_with
from counterfoil.extraction.state_ties import adjective_before, state_within, tie_before
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Alias

_ACRONYM = Expression(r"\([“\"']?(?P<short>[A-Z][A-Za-z&\-]{1,9})[”\"']?\)")
_ACRONYM_FIRST = Expression(r"(?<![\w\-])(?P<short>[A-Z][A-Z&]{1,7}) \((?P<long>[A-Z][^()\n]{6,90})\)")
_TOKEN = Expression(r"[^\s(),;:“”\"]{1,40}")
_SMALL = frozenset("of the for and on in de la le du des del y et und der die das für to & at".split())

#: Words that tell what an organisation is; the last one in a name decides.
_HEADS = {
    **dict.fromkeys(
        "Ministry Department Office Council Center Centre Agency Bureau Service Services Directorate "
        "Administration "
        "Commission Committee Command Corps Army Authority Institute Observatory Laboratory Lab Task "
        "Force Directorate "
        "Embassy Secretariat Inspectorate Ministère Direction Bundesamt Ministerium Ministerio".split(),
        "agency",
    ),
    **dict.fromkeys("Inc LLC Ltd GmbH Corporation Company Technologies Networks Holdings".split(), "company"),
    **dict.fromkeys(
        "News Times Post Daily Herald Tribune Gazette Broadcasting Television Radio Press Journal Newspaper".split(),
        "outlet",
    ),
}
#: Words of what has an acronym and is no organisation.
_NO_ORGANISATION = frozenset(
    "Act Bill Law Order Agreement Treaty Protocol Convention Directive Regulation Emirates Republic Kingdom States "
    "State "
    "Index Framework Model System Systems Language Election Elections Election Intelligence Learning Behavior "
    "Behaviour Conference Summit War Day Week Plan Strategy Standard Address Locator Security Name Rights Domain "
    "Region "
    "Island Islands Interference Manipulation Information Operation Operations Programme Program Virus Disease "
    "Currency "
    "Dollar Time Number Code Test Age Ages Zone Area Territory River Sea Officer President Secretary Director".split()
)
_CAP = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’]{1,24}"
_OFFICE_OF = Expression(
    rf"\b(?:Ministry|Department|Office|Bureau|Directorate|Administration|Commission) (?:of|"
    rf"for) (?:the )?{_CAP}"
    rf"(?:,? (?:and |of the |of |for |& )?{_CAP}){{0,6}}"
)
_DEPARTMENT = Expression(
    r"\b(?:State|Justice|Treasury|Defen[cs]e|Foreign|Interior|Home|War|Energy|Commerce) (?:Department|"
    r"Ministry|Office)\b"
)
_COMPANY = Expression(
    r"\b[A-Z][\w&'’\-]{1,24}(?: [A-Z][\w&'’\-]{1,24}){0,3},? (?:Inc|LLC|Ltd|GmbH|Corp|PLC|Plc|S\.A|LLP)\b\.?"
)


_OFFICES = "Ministry Department Office Bureau Directorate Administration Commission".split()
_DEPARTMENTS = "Department Ministry Office".split()
_LEGAL = "Inc LLC Ltd GmbH Corp PLC Plc A LLP".split()

#: A product's name is not its maker acting: "a Google Analytics tag".
_PRODUCT = Expression(
    r" (?:Analytics|AdSense|Ads|Drive|Docs|Sheets|Forms|Maps|Play|Translate|Search|Workspace|Tag Manager|Teams|"
    r"Office|Word|"
    r"Azure|Defender|Windows|Excel|Chrome|Quest|Pay|Prime|Web Services|Radar)\b"
)


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Well-known names -> "company", "outlet", "agency" or "actor"."""
    source = files("counterfoil.extraction") / "gazetteer" / "organisations.json"
    data: dict[str, list[str]] = json.loads(source.read_text(encoding="utf-8"))
    return {name: kind for kind, names in data.items() for name in names}


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    return frozenset(gazetteer().names)


@lru_cache(maxsize=1)
def _known_index() -> PhraseIndex:
    return PhraseIndex(known())


def organisations(text: str) -> Iterator[Named]:
    """Every organisation that the text names, with its acronym as an alias."""
    yield from _acronyms(text)
    for pattern, words, before in ((_OFFICE_OF, _OFFICES, 0), (_DEPARTMENT, _DEPARTMENTS, 12)):
        for match in matches_with(text, pattern, words, before, 260):
            name = _without_tail(match.group())
            yield Named(match.start(), name, "agency", _tie(text, match.start(), name), "an office by its name")
    for match in matches_with(text, _COMPANY, _LEGAL, 110):
        yield Named(match.start(), match.group(), "company", "", "a company by its legal form")
    for start, end, name in _known_index().find(text):
        if _is_known_organisation(text, start, end, name):
            kind = known()[name]
            state = "" if kind in ("company", "outlet") else tie_before(text, start)
            yield Named(start, name, kind, state, "a well-known name")


def _is_known_organisation(text: str, start: int, end: int, name: str) -> bool:
    """Names that are words too ("Apple", "Meta-analysis", "Wired") need care."""
    after = text[end : end + 1]
    if after in ("-", "@", "_") and name in ("Meta", "Apple", "Amazon", "Welt", "Wired", "Sputnik", "Forbes"):
        return False
    before = text[max(0, start - 12) : start]
    if _PRODUCT.match(text, end):
        return False
    if name == "Amazon":
        return not re.match(
            r" (?:rainforest|river|basin|forest|jungle|"
            r"region)",
            text[end : end + 14],
            re.IGNORECASE,
        )
    if name == "Forbes":  # a surname too
        return not re.search(r"[A-Z][a-z]{1,14} $", before)
    if name in ("Sputnik", "Welt"):
        return not re.match(r" (?:V|vaccine|1)\b", text[end : end + 9])
    return not before.endswith(("@", "#", "_"))


def _acronyms(text: str) -> Iterator[Named]:
    for match in _ACRONYM.finditer(text):
        short = match["short"]
        if sum(map(str.isupper, short)) < 2:
            continue
        start = _long_form_start(text, match.start(), short)
        if start is None:
            continue
        long = text[start : match.start()].rstrip(' ,“”"')
        yield from _defined(text, start, long, short)
    for match in _ACRONYM_FIRST.finditer(text):
        if _initials_fit(_TOKEN.findall(match["long"]), match["short"]):
            yield from _defined(text, match.start("long"), match["long"], match["short"])


def _defined(text: str, start: int, long: str, short: str) -> Iterator[Named]:
    kind = _kind(long)
    if kind:
        yield Named(start, long, kind, _tie(text, start, long), "an acronym defined", (Alias(short),))


def _kind(long: str) -> str:
    if long in known():
        return known()[long]
    words = [word.rstrip(".") for word in long.split()]
    kinds = [_HEADS[word] for word in words if word in _HEADS]
    # "Office of the Director", but "Global Television Network": an "of" name is told by its first word.
    if not kinds:
        return "" if set(words) & _NO_ORGANISATION or len(words) < 2 or long in _states() else "agency"
    return kinds[0] if words[0] in _HEADS else kinds[-1]


def _long_form_start(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin whose initials are the acronym in the bracket, if there are such words."""
    first = max(0, bracket - 120)
    tokens = list(_TOKEN.finditer(text, first, bracket))
    tokens = tokens[1:] if first else tokens
    gap = text[tokens[-1].end() : bracket] if tokens else ""
    if not tokens or gap.strip(' ”"'):
        return None
    limit = min(len(tokens), 2 * len(short) + 3)
    for count in range(2, limit + 1):
        chosen = tokens[-count:]
        between = text[chosen[0].end() : chosen[1].start()]
        if between.strip(' “”"&,') or (chosen[0].group().endswith((".", "!", "?")) and len(chosen[0].group()) > 3):
            return None
        if _initials_fit([token.group() for token in chosen], short):
            return chosen[0].start()
    return None


def _initials_fit(words: list[str], short: str) -> bool:
    """Whether the capitalised words' initials are the acronym, small words counting only if needed."""
    if not words or not words[0][:1].isupper():
        return False
    parts = [part for word in words for part in word.split("-") if part]
    large = "".join(part[0] for part in parts if part not in _SMALL)
    every = "".join(part[0] for part in parts)
    wanted = short.replace("&", "").replace("-", "").upper()
    content = [part for part in parts if part not in _SMALL]
    if not all(part[0].isupper() or part[0].isdigit() for part in content):
        return False
    return wanted in (large.upper(), every.upper())


def _without_tail(name: str) -> str:
    """The name without a possessive or a title that follows it."""
    name = re.sub(r"['’]s?$", "", re.sub(r"['’]s .*$", "", name)).rstrip(",")
    before, comma, behind = name.partition(", ")
    return before if comma and " and " not in behind else name  # "Ministry of X, Ann Lee"


def _tie(text: str, start: int, name: str) -> str:
    return adjective_before(text, start) or state_within(name)
