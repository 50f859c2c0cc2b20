"""Towns that no list has, where the text says in which country they lie: "Strakonice, Czech Republic"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.located import Located
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.states import gazetteer

_NAME = (
    r"[A-ZÀ-ÞŁŚŽ][^\W\d_]{1,20}(?:['’\-][^\W\d_]{1,20}){0,2}(?: (?:[A-ZÀ-ÞŁŚŽ][^\W\d_]{1,20}|de|del|la|el|am|"
    r"sur)){0,2}"
)
_BEFORE_COMMA = Expression(rf"\b(?P<where>in|In|near|outside|at|from|to|of) (?P<name>{_NAME}), (?:the )?$")
_WHENCE = frozenset({"from", "to", "of", "at"})
_GOES_ON = Expression(r",? (?:and|or) |, [A-Z]")
_NO_TOWN = Expression(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_KIND = (
    r"(?:port city|city|town|village|port|province|region|district|municipality|suburb|island|county|oblast|commune)"
)
_KINDS = frozenset(
    "city town village port province region district municipality suburb island county oblast commune".split()
)
_OF_A_PEOPLE = Expression(
    rf"\b(?P<people>[A-Z][a-z]{{3,14}}) (?:[a-z]{{4,12}} ){{0,2}}?{_KIND}(?: of)? (?P<name>{_NAME})"
)
_APPOSED = Expression(
    rf"\b(?P<name>{_NAME}), (?:a|an|the) (?:[a-z\-]{{2,14}} ){{0,3}}?{_KIND} (?:in|on|near|"
    rf"of)(?: the)? (?=(?P<rest>[^.;\n]{{3,50}}))"
)


def towns(text: str, countries: Sequence[Located], known: set[int]) -> Iterator[Located]:
    """Towns by their country; `countries` are those named, in order, `known` the letters of places found already."""
    for country in countries:
        name = _BEFORE_COMMA.search(text, max(0, country.start - 60), country.start)
        if name and name["where"] in _WHENCE and _GOES_ON.match(text, country.end):
            continue  # "from Google, Latvia and Estonia" lists three of a kind
        if name and not _NO_TOWN.match(name["name"]):
            yield from _town(text, name, country.code, known)
    for match in matches_with(text, _OF_A_PEOPLE, _KINDS, 44, 80):
        code = gazetteer().adjectives.get(match["people"])
        if code:
            yield from _town(text, match, code, known)
    starts = [country.start for country in countries]
    for match in matches_with(text, _APPOSED, _KINDS, 90, 70):
        at = bisect_left(starts, match.start("rest"))
        if at < len(starts) and starts[at] < match.end("rest"):
            yield from _town(text, match, countries[at].code, known)


def _town(text: str, match: re.Match[str], code: str, known: set[int]) -> Iterator[Located]:
    start, end = match.span("name")
    if not known.isdisjoint(range(start, end)):
        return
    country = code.split("-")[0]
    yield Located(start, end, f"{country} {text[start:end]}", country, city=True)
