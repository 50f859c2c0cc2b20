"""Names of states and their regions in a text, with the homonyms sorted out.

One reader for two kinds: places (where) and actors (who). The gazetteer is
`gazetteer/states.json`: ISO 3166 codes, names, adjectives, metonyms; facts, written by us.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import attrgetter
from typing import Any

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import PhraseIndex

_EAST_ASIAN = Expression("[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = Expression("[\u0620-\u064a]")

#: Names that people bear too: they need a sign that a place is meant.
_FIRST_OR_LAST_NAMES = frozenset(
    "Jordan Chad Georgia Israel Ireland Virginia Cuba France Montana Dakota Indiana Tennessee Carolina Mali "
    "Malta Kenya India Niger Dominica Holland Chile Panama Samoa Guinea Grenada Monaco Togo Benin".split()
)
#: Of these, the ones that are far more often a person or something else.
_MOSTLY_PERSONS = frozenset("Jordan Chad Georgia".split())
_SHORT = frozenset({"US", "UK", "U.S.", "U.K.", "USA", "U.S.A.", "PRC", "UAE", "DPRK"})

_LOCATIVE = Expression(
    r"\b(?:[Ii]n|[Ff]rom|[Tt]o|[Ii]nto|[Aa]cross|[Nn]ear|[Ww]ithin|[Oo]utside|[Tt]hroughout|[Aa]gainst|"
    r"[Oo]f|[Tt]argeting|"
    r"[Tt]argeted|[Aa]round|based in|such as|including|including in|like|between|with|over) $"
)
_CAPITAL_BEFORE = Expression(r"(?P<word>[A-Z]\.|[A-Z][\w'’\-]{0,30}) $")
_SENTENCE_WORDS = frozenset(
    "In From To Into Across Near Within Outside Throughout Against Of And But While As When If For With "
    "By On At Both "
    "That The Since After Before Although Though Because Like Including Targeting Between Over Northern "
    "Southern "
    "Eastern Western Central North South East West Mainland Rural Urban Upstate Soviet Communist "
    "Post-Soviet "
    "Dans En Im Aus In Nach Desde Hacia Para La Le El Au Pour Par Selon".split()
)
_ORGANISATION = Expression(
    r" (?:Times|Post|Daily|Today|Tribune|Herald|Journal|Magazine|News|Television|TV|Radio|Weekly|"
    r"International|"
    r"Insider|Watch|Mobile|Telecom|Airlines|Airways|Morning|Media|Group|Street|Avenue|University|"
    r"State University|"
    r"Football|Sea|Canal|Standard|Beyond|Global|Matters|First|Uncensored|Lives|Stock|Broadcasting|Sun|"
    r"Star|Online|Yearly|"
    r"Woolf|Jones|Giuffre|Beach|Wine|Islands|Strip|Files|Report|pigs?)\b"
)
_PART_OF_NAME = Expression(
    r"(?:\b(?:University|Bank|Voice|College|Institute|Church|Sons|Daughters|Radio|Radio Free|Air|Miss|"
    r"Echo|Club)(?: of)? "
    r"|\bVoz de |South )$"
)
_NOUN_AFTER_SHORT = Expression(
    r"['’]s?\b|[,;:)\]–—]|\.(?:\s|$)|\s?$|\n| (?:and|or|is|was|has|had|to|in|on|for|by|from|with|as|that|"
    r"were|are|at|of|"
    r"who|which|while|when|where|after|before|over|during|through|under|into|against|but|would|will|could|"
    r"must)\b"
)
_LIST_LINK = r"(?:,|,? (?:and|or|&)|/) (?:in |from |the )?"
_LIST_BEFORE = Expression(_LIST_LINK + "$")
_LIST_AFTER = Expression(_LIST_LINK)
_US_GEORGIA = Expression(
    r"\b(?:Atlanta|Fulton|Savannah|Georgians? voters|Brian Kemp|Raffensperger|swing states?|battleground|"
    r"Stacey Abrams|"
    r"Senate runoff|Secretary of State|Republicans?|Democrats?|GOP)\b"
)
_CAUCASUS = Expression(
    r"\b(?:Tbilisi|Abkhazia|South Ossetia|Georgian Dream|Saakashvili|Ivanishvili|Caucasus|Russo-Georgian|"
    r"Georgian)\b"
)


_TIED_TO = Expression(r"\b(?:link|attribut|tied|ties|trac|connect)[^.;\n]{0,50} to $")


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """`text[start:end]` is a name of the state or region with that ISO 3166 code.

    `kind` is "name", "metonym" (a seat of power that stands for the state) or "region".
    """

    start: int
    end: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The states and regions, ready to look up."""

    main_names: dict[str, str]  #: code -> its usual English name
    adjectives: dict[str, str]  #: "Chinese" -> "CN"
    names: dict[str, tuple[str, str]]  #: surface -> code, kind
    words: PhraseIndex
    unspaced: Expression  #: surfaces of scripts without word boundaries, and Arabic ones


def is_homonym(name: str) -> bool:
    """Whether people bear that name of a state too, so that it needs a sign that the state is meant."""
    return name in _FIRST_OR_LAST_NAMES


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer."""
    source = files("counterfoil.extraction") / "gazetteer" / "states.json"
    data: dict[str, dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))
    names: dict[str, tuple[str, str]] = {}
    adjectives: dict[str, str] = {}
    for code, row in data["states"].items():
        for field, kind in (("names", "name"), ("foreign", "name"), ("metonyms", "metonym")):
            names.update(dict.fromkeys(row.get(field, ()), (code, kind)))
        adjectives.update(dict.fromkeys(row.get("adjectives", ()), code))
    for code, surfaces in data["regions"].items():
        names.update({surface: (code, "region") for surface in surfaces if surface not in names})
    names |= {name.replace("'", "’"): value for name, value in names.items() if "'" in name}
    joined = [name for name in names if _EAST_ASIAN.search(name)]
    arabic = [name for name in names if _ARABIC.search(name)]
    pattern = rf"(?<!\w)[وبلفك]{{0,2}}(?P<arabic>{'|'.join(arabic)})(?!\w)|(?P<joined>{'|'.join(joined)})"
    return Gazetteer(
        main_names={code: row["names"][0] for code, row in data["states"].items()},
        adjectives=adjectives,
        names=names,
        words=PhraseIndex(name for name in names if name not in joined and name not in arabic),
        unspaced=Expression(pattern),
    )


@lru_cache(maxsize=1)  # places and actors ask for the same text, one after the other
def mentions(text: str) -> tuple[Mention, ...]:
    """Every mention of a state or region, in text order; doubtful homonyms are left out."""
    data = gazetteer()
    found = [Mention(start, end, *_entry(data, name)) for start, end, name in data.words.find(text)]
    unspaced = _EAST_ASIAN.search(text) or _ARABIC.search(text)
    for match in data.unspaced.finditer(text) if unspaced else ():
        group = match.lastgroup or ""
        found.append(Mention(match.start(group), match.end(group), *_entry(data, match.group(group))))
    found.sort(key=attrgetter("start"))
    return tuple(_sorted_out(text, found))


def _entry(data: Gazetteer, name: str) -> tuple[str, str, str]:
    code, kind = data.names[name]
    return code, name, kind


def _sorted_out(text: str, found: list[Mention]) -> Iterator[Mention]:
    clear = [m for m in found if m.name not in _FIRST_OR_LAST_NAMES and _is_meant(text, m)]
    starts, ends = {m.start: m for m in clear}, {m.end: m for m in clear}
    for mention in found:
        if mention.name not in _FIRST_OR_LAST_NAMES:
            if starts.get(mention.start) is mention:
                yield mention
            continue
        neighbour = _listed_with(text, mention, starts, ends)
        if mention.name == "Georgia":
            code = _which_georgia(text, mention, neighbour)
            if code:
                kind = "region" if "-" in code else "name"
                yield Mention(mention.start, mention.end, code, mention.name, kind)
        elif _is_meant(text, mention) and not _is_person(text, mention, neighbour):
            ends[mention.end] = mention  # "Chad and Jordan": the one vouches for the other
            yield mention


def _is_meant(text: str, mention: Mention) -> bool:
    start, end = mention.start, mention.end
    before = text[max(0, start - 24) : start]
    if text[end : end + 1] in ("@", "_") or before.endswith(("@", "#", "_")):
        return False
    if mention.name in _SHORT and not _is_noun(text, mention, before):
        return False
    if _ORGANISATION.match(text, end) or _PART_OF_NAME.search(before):
        return False
    if mention.name in _SHORT:
        return True
    if mention.name == "Washington, DC" or mention.kind != "metonym":
        return not (mention.name == "New York" and re.match(r" (?:City|Times|Post|Stock)", text[end : end + 7]))
    # A seat of power is only the state when it acts: not in "pro-Kremlin", nor where something happens.
    happens = re.search(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Ff]rom|[Tt]o|[Aa]t) (?:the )?$", before)
    if happens and before.endswith("to "):
        happens = None if _TIED_TO.search(text, max(0, start - 60), start) else happens
    city = mention.name not in ("Kremlin", "White House", "Zhongnanhai", "Downing Street")
    return not before.endswith("-") and not (happens and city)


def _is_noun(text: str, mention: Mention, before: str) -> bool:
    """Whether "the US" stands for the state, and is not an adjective or a shouted "us"."""
    if mention.name in ("US", "UK", "U.S.", "U.K.") and not before.lower().endswith("the "):
        return False
    end = mention.end
    if mention.name.endswith(".") and re.match(r"\s|$", text[end : end + 1]):
        after = text[end : end + 12]
        return re.match(r"\s*$|\n", after) is not None or _NOUN_AFTER_SHORT.match(text, end) is not None
    return _NOUN_AFTER_SHORT.match(text, end) is not None


def _listed_with(text: str, mention: Mention, starts: dict[int, Mention], ends: dict[int, Mention]) -> Mention | None:
    """The clear mention right beside it in a list, if there is one."""
    link = _LIST_BEFORE.search(text, max(0, mention.start - 12), mention.start)
    if link and link.start() in ends:
        return ends[link.start()]
    following = _LIST_AFTER.match(text, mention.end)
    return starts.get(following.end()) if following else None


def _is_person(text: str, mention: Mention, neighbour: Mention | None) -> bool:
    if neighbour is not None:
        return False
    after = re.match(r" [A-Z][a-z]", text[mention.end : mention.end + 3])
    before = _CAPITAL_BEFORE.search(text, max(0, mention.start - 32), mention.start)
    if before is not None and before["word"] not in _SENTENCE_WORDS:
        return True
    placed = _LOCATIVE.search(text, max(0, mention.start - 14), mention.start) is not None
    if after is not None:
        return not placed or mention.name in _MOSTLY_PERSONS
    return mention.name in _MOSTLY_PERSONS and not placed


def _which_georgia(text: str, mention: Mention, neighbour: Mention | None) -> str:
    """ "GE", "US-GA", or nothing where the text does not tell."""
    if neighbour is not None:
        return "US-GA" if neighbour.code.startswith("US-") else "GE" if neighbour.kind == "name" else ""
    if _is_person(text, mention, None):
        return ""
    around = text[max(0, mention.start - 300) : mention.end + 300]
    american, caucasian = _US_GEORGIA.search(around), _CAUCASUS.search(around)
    if bool(american) == bool(caucasian):
        return ""
    return "US-GA" if american else "GE"
