"""Dates told from the day of writing, or from a day in the story: "last week", "this November", "two days later"."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta

from counterfoil.extraction.calendar_words import ENGLISH
from counterfoil.extraction.date_years import only_year
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.period_words import periods
from counterfoil.extraction.phrases import matches_with, spellings
from counterfoil.extraction.weekdays import weekdays
from counterfoil.extraction.written import Written

_MONTH = Expression(
    r"\b(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming) (?P<month>"
    + "|".join(name.title() for name in ENGLISH)
    + r")\b(?! [A-Z\d])"
)
_PERIOD = Expression(
    r"\b(?P<the>the )?(?P<which>last|this|next|previous|past|earlier this|later this|late last|early last|"
    r"earlier last|"
    r"early this|late this|early next|late next) "
    r"(?P<unit>week|weekend|month|year|quarter|spring|summer|autumn|fall|winter)\b(?![-'’])",
    re.IGNORECASE,
)
_AGO = Expression(
    r"\b(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few) "
    r"(?P<unit>day|week|month|year|decade)s? (?P<way>ago|earlier|later)\b",
    re.IGNORECASE,
)
_FOREIGN_AGO = Expression(
    r"\b(?P<count>un|deux|trois|quatre|cinq|dos|tres|cuatro|cinco|zwei|drei|vier|fünf|два|три|четыре|dwa|trzy|cztery)"
    r" (?:jours?|días?|Tage?|дня|dni) (?P<way>plus tard|après|avant|después|antes|más tarde|später|zuvor|спустя|"
    r"później|wcześniej)\b(?! (?:le|la|les|l['’]|de|que|del) ?\w)",
    re.IGNORECASE,
)
_FOREIGN_SINCE = Expression(
    r"\b(?:[Vv]or|[Ii]l y a|[Hh]ace) (?P<count>\w{2,6}) (?P<unit>Tagen|Wochen|Monaten|Jahren|jours|semaines|mois|ans|"
    r"días|"
    r"semanas|meses|años)\b|\b(?P<count2>[Дд]ва|[Дд]ве|[Дд]ві|[Тт]ри|[Чч]етыре|[Чч]отири|[Dd]wa|[Tt]rzy|[Cc]ztery) "
    r"(?P<unit2>дня|недели|месяца|года|дні|тижні|місяці|роки|dni|tygodnie|miesiące|lata) (?:назад|тому|temu)\b"
)
_FOREIGN_UNITS = {
    **dict.fromkeys("Tagen jours días дня дні dni".split(), "day"),
    **dict.fromkeys("Wochen semaines semanas недели тижні tygodnie".split(), "week"),
    **dict.fromkeys("Monaten mois meses месяца місяці miesiące".split(), "month"),
    **dict.fromkeys("Jahren ans años года роки lata".split(), "year"),
}
_COMPARED = Expression(r" than\b| versions?\b")
_DAY_WORD = Expression(
    r"(?<![\w\-])(?P<word>yesterday|tomorrow|earlier today)(?![\w\-]|"
    r"['’]s)",
    re.IGNORECASE,
)
#: "Today" is a date where something is made known, and an age elsewhere.
_TODAY = Expression(
    r"(?:(?<=\n)|(?<=[.—–:-] )|(?<=^))Today,? (?=(?:the|we|Meta|[A-Z]\w+(?:['’]s)?) )"
    r"|\b(?:announced|published|released|said|exposed|sanctioned|designated|unsealed|charged|"
    r"removed) (?P<after>today)\b"
    r"|\b(?P<before>today) (?:announced|published|released|said|exposed|sanctioned|designated|unsealed|charged|"
    r"removed|"
    r"imposed|attributed|condemned)\b"
)
_MONTH_NAMES = frozenset(name.title() for name in ENGLISH)
_UNITS = spellings("week weekend month year quarter spring summer autumn fall winter".split())
_AGO_WORDS = spellings(("ago", "earlier", "later"))
_DAY_WORDS = spellings(("yesterday", "tomorrow", "today"))
_TODAY_WORDS = frozenset({"today", "Today"})
_COUNTS = "one two three four five six seven eight nine ten eleven twelve".split()
_FOREIGN_COUNTS = {
    "un": 1, "deux": 2, "dos": 2, "zwei": 2, "два": 2, "dwa": 2, "trois": 3, "tres": 3, "drei": 3, "три": 3, "trzy": 3,
    "quatre": 4, "cuatro": 4, "vier": 4, "четыре": 4, "cztery": 4, "cinq": 5, "cinco": 5, "fünf": 5,
    "две": 2, "дві": 2, "чотири": 4, "six": 6, "seis": 6, "sechs": 6,
}  # fmt: skip
_FOREIGN_WORDS = frozenset("jour jours día días Tag Tage дня dni".split())
_BACKWARDS = Expression(r"avant|antes|zuvor|wcześniej", re.IGNORECASE)
_REACH = 400  #: letters from a day in the story to what is told from it


def relative_dates(
    text: str, published: str, sentence: Callable[[int], tuple[int, int]], others: list[Written]
) -> Iterator[Written]:
    """Every relative date; its value is empty unless the text tells the day it is told from, and the direction.

    `published` is ISO 8601 in any precision, `sentence` gives the range of the sentence around an
    offset, `others` are the absolute dates, in order.
    """
    today = day_of(published)
    year = only_year(others, published)
    yield from weekdays(text, today, others)
    for match in matches_with(text, _MONTH, _MONTH_NAMES, 14):
        yield Written(*match.span(), _month_value(match, published, year), "relative")
    for match in matches_with(text, _PERIOD, _UNITS, 18):
        yield Written(*match.span(), _period_value(match, published, today), "relative")
    for match in matches_with(text, _AGO, _AGO_WORDS, 24):
        if not _COMPARED.match(text, match.end()) and text[max(0, match.start() - 5) : match.start()] != "than ":
            told = today if match["way"].lower() == "ago" else _day_before(match.start(), others, sentence)
            yield Written(*match.span(), _ago_value(match, told), "relative")
    for match in matches_with(text, _FOREIGN_AGO, _FOREIGN_WORDS, 8, 20):
        told = _day_before(match.start(), others, sentence)
        days = _FOREIGN_COUNTS[match["count"].lower()] * (-1 if _BACKWARDS.match(match["way"]) else 1)
        yield Written(*match.span(), _shifted(told, days) if told else "", "relative")
    for match in matches_with(text, _FOREIGN_SINCE, _FOREIGN_UNITS, 20, 24):
        count = _FOREIGN_COUNTS.get((match["count"] or match["count2"]).lower(), 0)
        unit = _FOREIGN_UNITS[match["unit"] or match["unit2"]]
        if count:
            yield Written(*match.span(), _period(unit, -count, published, today), "relative")
    for match in matches_with(text, _DAY_WORD, _DAY_WORDS, 10):
        shift = {"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0)
        yield Written(*match.span(), _shifted(today, shift) if today else "", "relative")
    for match in matches_with(text, _TODAY, _TODAY_WORDS, 12, 20):
        start = text.index("oday", match.start()) - 1
        yield Written(start, start + 5, today.isoformat() if today else "", "relative")
    for start, end, unit, shift in periods(text):
        yield Written(start, end, _period(unit, shift, published, today), "relative")


def day_of(published: str) -> date | None:
    """The day of an ISO 8601 date, if it is as precise as that."""
    if len(published) < 10:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _day_before(at: int, others: list[Written], sentence: Callable[[int], tuple[int, int]]) -> date | None:
    """The day that "two days later" is told from: the last one before it, in this sentence or the one before."""
    start, _ = sentence(at)
    start, _ = sentence(max(0, start - 2))
    found = None
    for item in others[max(0, _index(others, at) - 3) : _index(others, at)]:
        if item.precision == "day" and item.has_year and item.start >= max(start, at - _REACH):
            found = day_of(item.value)
    return found


def _index(others: list[Written], at: int) -> int:
    return bisect_left(others, at, key=lambda item: item.start)


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


def _week(today: date, shift: int) -> str:
    day = _shifted(today, 7 * shift)
    year, week, _ = date.fromisoformat(day).isocalendar() if day else (0, 0, 0)
    return f"{_year(year)}-W{week:02}" if _year(year) else ""


def _month_value(match: re.Match[str], published: str, year: int) -> str:
    if not re.match(r"\d{4}-\d\d", published):
        return _month(year, ENGLISH[match["month"].lower()]) if year and match["which"].lower() == "this" else ""
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
    which, unit = match["which"].lower(), match["unit"].lower()
    if match["the"] or which == "past":
        return ""  # "the last year" are the twelve months before
    shift = 0 if "this" in which else 1 if "next" in which else -1
    return _period(unit, shift, published, today)


def _period(unit: str, shift: int, published: str, today: date | None) -> str:
    if unit == "year" and re.match(r"\d{4}", published):
        return _year(int(published[:4]) + shift)
    if unit == "month" and re.match(r"\d{4}-\d\d", published):
        months = int(published[:4]) * 12 + int(published[5:7]) - 1 + shift
        return _month(months // 12, months % 12 + 1)
    if unit == "week" and today:
        return _week(today, shift)
    if unit == "day" and today:
        return _shifted(today, shift)
    return ""


def _ago_value(match: re.Match[str], today: date | None) -> str:
    """As precisely as it is told: "three weeks ago" is a week, "two years ago" a year."""
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _COUNTS.index(word) + 1 if word in _COUNTS else int(word in ("a", "an"))
    if today is None or not count:
        return ""
    shift = count if match["way"].lower() == "later" else -count
    unit = match["unit"].lower()
    if unit == "decade":
        return ""
    return _period(unit, shift, today.isoformat(), today)
