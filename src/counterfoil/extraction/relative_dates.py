"""Dates told from the day of writing: "on Wednesday", "last week", "this November"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from counterfoil.extraction.calendar_words import ENGLISH, FOREIGN_WEEKDAY, WEEKDAYS
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
    for match in _WEEKDAY.finditer(text):
        if not _is_weekday(text, match, beside):
            continue
        start, end = sentence(match.start())
        value = _weekday_value(match, text[start : min(end, start + 1000)], today)
        yield Written(*match.span(), value, "weekday")
    for match in FOREIGN_WEEKDAY.finditer(text):
        yield Written(*match.span(), "", "weekday")
    for match in _MONTH.finditer(text):
        yield Written(*match.span(), _month_value(match, published), "relative")
    for match in _PERIOD.finditer(text):
        yield Written(*match.span(), _period_value(match, published, today), "relative")
    for match in _AGO.finditer(text):
        yield Written(*match.span(), _ago_value(match, today), "relative")
    for match in _DAY_WORD.finditer(text):
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
        value = (today + timedelta(days=shift)).isoformat() if today else ""
        yield Written(*match.span(), value, "relative")


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
        return (today - timedelta(days=behind or 7)).isoformat()
    if which in ("next", "this"):
        return ""  # this week's or the following week's: usage differs
    if which == "this coming":
        return (today + timedelta(days=7 - behind)).isoformat()
    if _FUTURE.search(sentence) or not _PAST.search(sentence):
        return ""
    return (today - timedelta(days=behind)).isoformat()


def _month_value(match: re.Match[str], published: str) -> str:
    if not re.match(r"\d{4}-\d\d", published):
        return ""
    year, now, month = int(published[:4]), int(published[5:7]), ENGLISH[match["month"].lower()]
    which = match["which"].lower()
    if which == "this":
        return f"{year}-{month:02}"
    if which == "this past":
        return f"{year if month <= now else year - 1}-{month:02}"
    if which == "this coming":
        return f"{year if month >= now else year + 1}-{month:02}"
    # "last September", said in October, may be a month or a year ago.
    if which == "last" and month >= now:
        return f"{year - 1}-{month:02}"
    if which == "next" and month <= now:
        return f"{year + 1}-{month:02}"
    return ""


def _period_value(match: re.Match[str], published: str, today: date | None) -> str:
    shifts = {"last": -1, "previous": -1, "next": 1, "this": 0, "earlier this": 0, "later this": 0}
    which, unit = match["which"].lower(), match["unit"].lower()
    if match["the"] or which not in shifts:
        return ""  # "the last year" are the twelve months before
    shift = shifts[which]
    if unit == "year" and re.match(r"\d{4}", published):
        return str(int(published[:4]) + shift)
    if unit == "month" and re.match(r"\d{4}-\d\d", published):
        months = int(published[:4]) * 12 + int(published[5:7]) - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02}"
    if unit == "week" and today:
        year, week, _ = (today + timedelta(weeks=shift)).isocalendar()
        return f"{year}-W{week:02}"
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
    return (today - timedelta(days=days)).isoformat()
