"""Dates told from the day of writing: "on Wednesday", "last week", "this November"."""

import re
from collections.abc import Callable, Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta

from counterfoil.extraction.calendar_words import (
    CHINESE_WEEKDAY,
    ENGLISH,
    FOREIGN_DAYS,
    FOREIGN_WEEKDAY,
    WEEKDAYS,
)
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.written import Written

_WEEKDAY = re.compile(
    rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming) )?(?P<day>{'|'.join(WEEKDAYS)})\b"
)
_NAME_BEFORE = re.compile(
    r"\b(?:Black|Good|Super|Bloody|Ruby|Cyber|Ash|Fat|Giving|Palm|Easter|Mail on|Manic|Casual|Man|Girl|"
    r"Blue|Holy) $"
)
_NAME_AFTER = re.compile(
    r" (?:Times|Mail|Mirror|Telegraph|Express|Post|World|Herald|People|Star|Sport|Addams|Night Live|"
    r"Night Football)\b"
)
_MONTH = re.compile(
    r"\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming) (?P<month>"
    + "|".join(name.title() for name in ENGLISH)
    + r")\b(?! [A-Z\d])"
)
_PERIOD = re.compile(
    r"\b(?P<the>the )?(?P<which>last|this|next|previous|past|earlier this|later this) "
    r"(?P<unit>week|weekend|month|year|quarter|spring|summer|autumn|fall|winter)\b(?![-'’])",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few) "
    r"(?P<unit>day|week|month|year|decade)s? (?:ago|earlier)\b",
    re.IGNORECASE,
)
_DAY_WORD = re.compile(
    r"(?<![\w\-])(?P<word>yesterday|tomorrow|earlier today)(?![\w\-]|"
    r"['’]s)",
    re.IGNORECASE,
)
_MONTH_NAMES = frozenset(name.title() for name in ENGLISH)
_UNITS = spellings("week weekend month year quarter spring summer autumn fall winter".split())
_AGO_WORDS = spellings(("ago", "earlier"))
_DAY_WORDS = spellings(("yesterday", "tomorrow", "today"))
_COUNTS = "one two three four five six seven eight nine ten".split()
_FUTURE = re.compile(
    r"\b(?:will|would|shall|going to|set to|due to|plans? to|planned|scheduled|upcoming|expected|may|"
    r"might|next)\b"
)
_PAST = re.compile(
    r"\b(?:[a-z]{2,14}ed|said|told|wrote|was|were|had|came|took|met|held|began|went|made|gave|saw|found|put|"
    r"brought|sent|spoke|set|cut|ran|left|won|lost|shut|sought)\b"
)


def relative_dates(
    text: str, published: str, sentence: Callable[[int], tuple[int, int]], others: list[Written]
) -> Iterator[Written]:
    """Every relative date; its value is empty unless publication day and direction are clear.

    `published` is ISO 8601 in any precision, `sentence` gives the range of the sentence around an
    offset, `others` are the absolute dates (a weekday that belongs to one is not told again).
    """
    today = _day(published)
    beside = {item.start for item in others} | {-item.end for item in others}
    for match in matches_with(text, _WEEKDAY, WEEKDAYS, 14):
        if not _is_weekday(text, match, beside):
            continue
        start, end = sentence(match.start())
        value = _weekday_value(match, text[start : min(end, start + 1000)], today)
        yield Written(*match.span(), value, "weekday")
    for match in (*matches_with(text, FOREIGN_WEEKDAY, FOREIGN_DAYS, 18), *CHINESE_WEEKDAY.finditer(text)):
        yield Written(*match.span(), "", "weekday")
    for match in matches_with(text, _MONTH, _MONTH_NAMES, 14):
        yield Written(*match.span(), _month_value(match, published), "relative")
    for match in matches_with(text, _PERIOD, _UNITS, 18):
        yield Written(*match.span(), _period_value(match, published, today), "relative")
    for match in matches_with(text, _AGO, _AGO_WORDS, 24):
        yield Written(*match.span(), _ago_value(match, today), "relative")
    for match in matches_with(text, _DAY_WORD, _DAY_WORDS, 10):
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
        yield Written(*match.span(), _shifted(today, shift) if today else "", "relative")


def ambiguous_future(sentence: str) -> bool:
    """Whether a sentence looks ahead, so that a past reading of its dates is not certain."""
    return _FUTURE.search(sentence) is not None


def _day(published: str) -> date | None:
    if len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _shifted(today: date, days: int) -> str:
    """The day so many days later as ISO 8601; empty if the calendar ends before it."""
    try:
        return (today + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def _year(year: int) -> str:
    """The year in the four digits of ISO 8601; empty if four digits cannot hold it."""
    return f"{year:04}" if MINYEAR <= year <= MAXYEAR else ""


def _month(year: int, month: int) -> str:
    return f"{_year(year)}-{month:02}" if _year(year) else ""


def _is_weekday(text: str, match: re.Match[str], beside: set[int]) -> bool:
    start, end = match.span()
    if _NAME_BEFORE.search(text, max(0, start - 10), start) or _NAME_AFTER.match(text, end):
        return False
    after = re.match(r"(?:,? (?:the )?|\.? ?\()", text[end : end + 6])
    before = re.search(r"(?:, | \(| )$", text[max(0, start - 2) : start])
    follows = after is not None and end + after.end() in beside
    precedes = before is not None and -(start - len(before.group())) in beside
    return not follows and not precedes


def _weekday_value(match: re.Match[str], sentence: str, today: date | None) -> str:
    if today is None:
        return ""
    which = (match["which"] or "").lower()
    behind = (today.isoweekday() - WEEKDAYS[match["day"]]) % 7
    if which in ("last", "this past"):
        return _shifted(today, -(behind or 7))
    if which in ("next", "this"):
        return ""  # this week's or the following week's: usage differs
    if which == "this coming":
        return _shifted(today, 7 - behind)
    if _FUTURE.search(sentence) or not _PAST.search(sentence):
        return ""
    return _shifted(today, -behind)


def _month_value(match: re.Match[str], published: str) -> str:
    if not re.match(r"\d{4}-\d\d", published):
        return ""
    year, now, month = int(published[:4]), int(published[5:7]), ENGLISH[match["month"].lower()]
    which = match["which"].lower()
    if which == "this":
        return _month(year, month)
    if which == "this past":
        return _month(year if month <= now else year - 1, month)
    if which == "this coming":
        return _month(year if month >= now else year + 1, month)
    # "last September", said in October, may be a month or a year ago.
    if which == "last" and month >= now:
        return _month(year - 1, month)
    if which == "next" and month <= now:
        return _month(year + 1, month)
    return ""


def _period_value(match: re.Match[str], published: str, today: date | None) -> str:
    shifts = {"last": -1, "previous": -1, "next": 1, "this": 0, "earlier this": 0, "later this": 0}
    which, unit = match["which"].lower(), match["unit"].lower()
    if match["the"] or which not in shifts:
        return ""  # "the last year" are the twelve months before
    shift = shifts[which]
    if unit == "year" and re.match(r"\d{4}", published):
        return _year(int(published[:4]) + shift)
    if unit == "month" and re.match(r"\d{4}-\d\d", published):
        months = int(published[:4]) * 12 + int(published[5:7]) - 1 + shift
        return _month(months // 12, months % 12 + 1)
    if unit == "week" and today:
        day = _shifted(today, 7 * shift)
        year, week, _ = date.fromisoformat(day).isocalendar() if day else (0, 0, 0)
        return f"{_year(year)}-W{week:02}" if _year(year) else ""
    return ""


def _ago_value(match: re.Match[str], today: date | None) -> str:
    if today is None or match["unit"].lower() != "day" or not match.group().lower().endswith("ago"):
        return ""
    count = match["count"].lower()
    if count.isdigit():
        days = int(count)
    elif count in _COUNTS:
        days = _COUNTS.index(count) + 1
    else:
        return ""
    return _shifted(today, -days)
