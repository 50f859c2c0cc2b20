"""Dates written in digits: ISO 8601, day.month.year, slashes where they are clear, and 年月日."""

import re
from collections.abc import Iterator

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.written import Written, exists

# Where a number may begin is looked at behind its first digits: the scanner then skips what is no digit.
_ISO = Expression(
    r"(?P<y>(?:19|20)\d\d)(?<![\w.\-/]\d{4})(?P<sign>[-/.])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})"
    r"(?:T\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w\-/]|\.\d)"
)
_LAST_YEAR = Expression(
    r"(?P<a>\d(?<![\w.\-/]\d)\d?)(?P<sign>[-/.])(?P<b>\d{1,2})(?P=sign)(?P<y>(?:19|20)\d\d)(?![\w\-/]|\.\d)"
)
_ISO_MONTH = Expression(r"(?P<y>(?:19|20)\d\d)(?<![\w.\-/]\d{4})-(?P<m>0[1-9]|1[0-2])(?![\w\-/]|\.\d)")
_SLASH_MONTH = Expression(r"(?<![\w.\-/])(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d\d)(?![\w\-/]|\.\d)")
_EAST_ASIAN = Expression(
    r"(?<!\d)(?P<y>(?:19|20)\d\d) ?[年년] ?(?:(?P<m>\d{1,2}) ?[月월] ?(?:(?P<d>\d{1,2}) ?[日号號일])?)?"
)
_EAST_ASIAN_SIGN = Expression("[年년月월]")
_EAST_ASIAN_DAY = Expression(r"(?<!\d)(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日号號일]")


def number_dates(text: str) -> Iterator[Written]:
    """The dates in digits; a value is empty where day and month could be swapped."""
    for match in _ISO.finditer(text):
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if exists(month, day, year):
            yield Written(*match.span(), f"{year}-{month:02}-{day:02}", "day")
    day_first = _order(text)
    for match in _LAST_YEAR.finditer(text):
        value = _day_and_month(match, day_first)
        if value is not None:
            yield Written(*match.span(), value, "day")
    for match in _ISO_MONTH.finditer(text):
        # "2010-12" may be two years as well as a month.
        clear = int(match["y"]) % 100 >= int(match["m"])
        yield Written(*match.span(), match.group() if clear else "", "month")
    for match in _SLASH_MONTH.finditer(text) if "/20" in text else ():
        yield Written(*match.span(), f"{match['y']}-{int(match['m']):02}", "month")
    if _EAST_ASIAN_SIGN.search(text):
        yield from _east_asian(text)


def _order(text: str) -> bool | None:
    """Whether the day goes first in the text's dates with slashes or dashes; None if none tells, or they differ."""
    firsts = {
        int(m["a"]) > 12 for m in _LAST_YEAR.finditer(text) if m["sign"] != "." and max(int(m["a"]), int(m["b"])) > 12
    }
    return firsts.pop() if len(firsts) == 1 else None


def _day_and_month(match: re.Match[str], day_first: bool | None) -> str | None:
    """The ISO value; empty if unclear, None if it is no date at all."""
    year, first, second = int(match["y"]), int(match["a"]), int(match["b"])
    readings = {(second, first)}  # day, then month
    if match["sign"] != ".":
        readings.add((first, second))
    possible = {(month, day) for month, day in readings if exists(month, day, year)}
    if not possible:
        return None
    if len(possible) > 1 and day_first is not None:
        possible = {(second, first) if day_first else (first, second)}
    if len(possible) > 1:
        return ""
    month, day = possible.pop()
    return f"{year}-{month:02}-{day:02}"


def _east_asian(text: str) -> Iterator[Written]:
    for match in _EAST_ASIAN.finditer(text):
        year, month, day = match["y"], int(match["m"] or 0), int(match["d"] or 0)
        end = match.start() + len(match.group().rstrip())
        if not month:
            yield Written(match.start(), end, year, "year")
        elif not day and month <= 12:
            yield Written(match.start(), end, f"{year}-{month:02}", "month")
        elif exists(month, day, int(year)):
            yield Written(match.start(), end, f"{year}-{month:02}-{day:02}", "day")
    for match in _EAST_ASIAN_DAY.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        if exists(month, day):
            yield Written(*match.span(), f"--{month:02}-{day:02}", "day")
