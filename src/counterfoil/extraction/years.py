"""Years, quarters, seasons and decades: numbers count as years only where the words say so."""

import re
from collections.abc import Iterator

from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.written import Written

_Y = r"(?:1[89]|20)\d\d"
_RANGE = re.compile(
    rf"(?<![\w.,$€£¥#/:@\-–])(?P<a>{_Y})(?P<sign> ?[–—-] ?)(?P<b>{_Y}|\d\d)(?![\w%\-–/]|"
    rf"[.,:]\d)"
)
_QUARTER = re.compile(rf"[Qq](?<!\w.)(?P<n>[1-4]) ?(?:of |, ?)?(?P<y>{_Y})\b")
_YEAR_QUARTER = re.compile(rf"(?<![\w\-])(?P<y>{_Y}) ?[Qq](?P<n>[1-4])\b")
_QUARTER_IN_WORDS = re.compile(rf"\b(?P<n>first|second|third|fourth) quarter of (?P<y>{_Y})\b", re.IGNORECASE)
_QUARTER_WORDS = spellings(("quarter",))
_SEASON = re.compile(
    rf"\b(?:spring|summer|autumn|fall|winter)(?: of|,)? (?P<y>{_Y})(?![\w%]|"
    rf"[.,]\d)",
    re.IGNORECASE,
)
_SEASON_WORDS = spellings("spring summer autumn fall winter".split())
_DECADE = re.compile(r"(?<![\w$€£])(?P<y>(?:1[89]|20)\d0)['’]?s\b")
_YEAR = re.compile(rf"(?:(?<=mid-)|(?<![\w.,$€£¥#/:@\-–—+=*'’]))(?P<y>{_Y})(?![\w%\-–—/]|[.,:]\d|\)?-)")

_BEFORE = re.compile(
    r"(?:(?:^|[\s(“\"])(?:in|since|by|during|until|till|before|after|from|through|throughout|circa|of|for|"
    r"early|late|"
    r"mid|fiscal|year|fy|around|en|depuis|année|jahr|jahre|jahres|seit|vor|desde|año|hasta|в|во|с|до|"
    r"после|у|з|від|"
    r"після|w|od|po|عام|سنة|منذ|election|elections|midterms|spring|summer) |mid-)$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:\b(?:the|its|their|his|her|a|our|this|in|for|s|ahead of|every)|"
    r"['’]s?) $",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?:['’]s)?(?: [\w.'’\-]{1,20}){0,3}? "
    r"(?:elections?|midterms?|presidential|primary|primaries|referendums?|cycles?|race|ballot|"
    r"campaign season|"
    r"olympics|olympic|inauguration|elecciones|élections?|wahlen|wahl)\b",
    re.IGNORECASE,
)
_NAMED_EVENT = re.compile(
    r" (?:[\w.'’\-]{1,20} ){0,2}?(?:vote|campaign|race|invasion|annexation|coup|protests?|war|summit|"
    r"games|cup|pandemic|"
    r"attacks?|hack|leak|indictment|season|census|budget|survey|study|report|reports|article|investigation|"
    r"convention|law|act|edition|revolution|crisis|conflict|polls?|operation|takedown|assessment|"
    r"reporting)\b",
    re.IGNORECASE,
)
_YEAR_WORD = re.compile(
    r" ?(?:года|году|годом|год|гг?\.|року|році|рік|рр?\.|roku|rok|r\.|m\.|"
    r"年)(?![^\W\d_])"
)
_THINGS = re.compile(
    r" (?:[a-z\-]{2,15} ){0,2}?(?:accounts?|posts?|pages|people|users|followers|likes|tweets|groups|"
    r"messages|videos|"
    r"domains|websites|sites|articles|comments|cases|euros|dollars|rubles|roubles|words|times|votes|"
    r"voters|km|miles|"
    r"met(?:er|re)s|mhz|views|members|employees|soldiers|troops|signatures|shares|retweets|profiles|bots|"
    r"channels|"
    r"images|photos|urls|ips|copies|items|records|entries|hours|days)\b"
)
_LINK = re.compile(r",? (?:and|or|to|et|und|y|и|та|і|i) |, | ?/ ?")
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def years(text: str) -> Iterator[Written]:
    """Ranges of years, quarters, seasons, decades and single years."""
    yield from _ranges(text)
    in_words = matches_with(text, _QUARTER_IN_WORDS, _QUARTER_WORDS, 7)
    for match in (*_QUARTER.finditer(text), *_YEAR_QUARTER.finditer(text), *in_words):
        number = _QUARTERS[match["n"].lower()]
        value = f"{match['y']}-{number * 3 - 2:02}/{match['y']}-{number * 3:02}"
        yield Written(*match.span(), value, "quarter")
    for match in matches_with(text, _SEASON, _SEASON_WORDS, 0):
        yield Written(*match.span(), match["y"], "season")
    for match in _DECADE.finditer(text):
        yield Written(*match.span(), f"{match['y']}/{int(match['y']) + 9}", "decade")
    yield from _single(text)


def _ranges(text: str) -> Iterator[Written]:
    for match in _RANGE.finditer(text):
        first, last = match["a"], match["b"]
        last = first[:2] + last if len(last) == 2 else last
        if len(match["b"]) == 2 and "-" in match["sign"] and int(match["b"]) <= 12:
            continue  # "2024-09" is a month, and number_dates knows which are unclear
        if 0 < int(last) - int(first) <= 150:
            yield Written(*match.span(), f"{first}/{last}", "interval")


def _single(text: str) -> Iterator[Written]:
    """Years with words that make them years, and their neighbours in a list of years."""
    matches = list(_YEAR.finditer(text))
    sure = [_is_year(text, match) for match in matches]
    for order in (range(1, len(matches)), range(len(matches) - 2, -1, -1)):
        step = -1 if order.step == 1 else 1
        for index in order:
            neighbour = matches[index + step]
            left, right = sorted((matches[index], neighbour), key=lambda m: m.start())
            between = text[left.end() : right.start()] if right.start() - left.end() < 8 else ""
            if sure[index + step] and _LINK.fullmatch(between) and not _THINGS.match(text, matches[index].end()):
                sure[index] = True
    for match, is_sure in zip(matches, sure, strict=True):
        if is_sure:
            word = _YEAR_WORD.match(text, match.end())
            yield Written(match.start(), word.end() if word else match.end(), match["y"], "year")


def _is_year(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    if _YEAR_WORD.match(text, end):
        return True
    if _THINGS.match(text, end):
        return False
    before = text[max(0, match.start() - 20) : match.start()]
    closing = text[end : end + 1] == ")"
    if closing and (before.endswith("(") or re.search(r"[\w.], $", before)):
        return True
    if _BEFORE.search(before):
        return True
    if _EVENT.match(text, end):
        return True
    return _DETERMINER.search(before) is not None and _NAMED_EVENT.match(text, end) is not None
