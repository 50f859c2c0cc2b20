"""The year of a day or month that is written without one, where the text makes it certain."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from counterfoil.extraction.reading import Reading
from counterfoil.extraction.time_words import looks_ahead, tells_of_the_past
from counterfoil.extraction.written import Written, exists

_REACH = 700  #: letters within which a date in the story tells the year of the next
_AFTER, _BEFORE = 150, 45  #: days from a date in the story to one that is told from it, later or earlier
_SINCE = (
    "since ",
    "depuis ",
    "seit ",
    "desde ",
    "since at least ",
    "since early ",
    "since late ",
    "depuis le ",
    "seit dem ",
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A full date of the text: where it ends, and the first and last day it may mean."""

    end: int
    first: date
    last: date


def with_years(reading: Reading, items: list[Written], published: str) -> Iterator[Written]:
    """The dates in order; those without a year with it, unless it is doubtful.

    `published` is the day of writing in ISO 8601, as precise as it is known.
    """
    told = [day for item in items if (day := _day_told(reading, item, published))]
    ends = [day.end for day in told]
    only = only_year(items, published)
    years = len({day.first.year for day in told})
    resolved: list[_Day] = []
    for item in items:
        if item.has_year or not item.value.startswith("--"):
            yield item
            continue
        at = bisect_left(ends, item.start)
        before = told[at - 1] if at else None
        if resolved and (before is None or resolved[-1].end > before.end):
            before = resolved[-1]
        if before and item.start - before.end > _REACH:
            before = None
        if not published and years > 2:
            before = None  # a list of dates tells nothing of the year of another
        elif before is None and not published and at < len(told):
            before = told[at]  # the first date of the text has its year behind it
        year = _year(reading, item, published, before, only)
        if year:
            item = _dated(item, year)
            day = _day_told(reading, item, published)
            resolved += [day] if day and not item.weak else []
        yield item


def _dated(item: Written, year: int) -> Written:
    value = "/".join(f"{year:04}{part[1:]}" for part in item.value.split("/"))
    return Written(item.start, item.end, value, item.precision, item.weak)


def _year(reading: Reading, item: Written, published: str, story: _Day | None, only: int) -> int:
    """The year, 0 if it is not certain."""
    if item.shift is not None:
        return int(published[:4]) + item.shift if published[:4].isdigit() else 0
    month, day = int(item.value[2:4]), int(item.value[5:7] or 0)
    if not published[:4].isdigit():
        if story is not None:
            return _nearest(story, month, day)[0] or only
        return only
    written = int(published[:4])
    if published[5:7].isdigit():
        year = _from_writing(reading, item, date(written, int(published[5:7]), int(published[8:10] or 28)))
    else:
        year = written
    if story is None or year == 0:
        return year
    in_story, gap = _nearest(story, month, day)
    if in_story and in_story < year and gap < _days_before(year, month, day, published):
        ahead = looks_ahead(reading.text, item.start, item.end)
        return year if ahead else in_story
    return year


def _from_writing(reading: Reading, item: Written, written: date) -> int:
    """The year as told from the day of writing: the last such day, or the next one where the text looks ahead."""
    month, day = int(item.value[2:4]), int(item.value[5:7] or 0)
    passed = (month, day) <= (written.month, written.day if day else 32)
    last, following = written.year - (not passed), written.year + passed
    if month == written.month and not day:
        return written.year
    months_since = (written.year - last) * 12 + written.month - month
    if months_since <= 1 and tells_of_the_past(reading.text, item.start, item.end):
        return last
    if looks_ahead(reading.text, item.start, item.end):
        return following
    if months_since >= 9 and not tells_of_the_past(reading.text, item.start, item.end):
        return following if months_since >= 10 else 0
    return last


def _days_before(year: int, month: int, day: int, published: str) -> int:
    """How long before the day of writing a date lies; a year if that is not known."""
    if not published[5:7].isdigit() or not exists(month, day or 28, year):
        return 366
    written = date(int(published[:4]), int(published[5:7]), int(published[8:10] or 28))
    return abs((written - date(year, month, day or 28)).days) if day or month != written.month else 366


def _nearest(story: _Day, month: int, day: int) -> tuple[int, int]:
    """The year in which that day is nearest to a day of the story, if it is near at all, and how many days off."""
    best, gap = 0, 366
    for year in range(story.first.year - 1, story.last.year + 2):
        if not exists(month, day or 15, year):
            continue
        that = date(year, month, day or 15)
        if story.first <= that <= story.last:
            return year, 0
        later, earlier = (that - story.last).days, (story.first - that).days
        if max(later, earlier) < gap and (0 < later <= _AFTER or 0 < earlier <= _BEFORE):
            best, gap = year, max(later, earlier)
    return best, gap


def _day_told(reading: Reading, item: Written, published: str) -> _Day | None:
    """What a full date says for those after it; nothing if it is the day of writing or the start of a background."""
    if item.precision not in ("day", "month", "interval") or not item.has_year or item.value == published[:10]:
        return None
    before = reading.text[max(0, item.start - 16) : item.start].lower()
    if before.endswith(_SINCE):
        return None
    parts = [part for part in item.value.split("/") if len(part) >= 7]
    if not parts:
        return None
    first, last = _as_date(parts[0], 1), _as_date(parts[-1], 28)
    return _Day(item.end, first, max(first, last))


def _as_date(value: str, day: int) -> date:
    return date(int(value[:4]), int(value[5:7]), int(value[8:10] or day))


def only_year(items: list[Written], published: str) -> int:
    """The one year that all full dates of a text share, if it is not known when it was written."""
    years = {item.value[:4] for item in items if item.has_year and item.precision in ("day", "month")}
    return int(years.pop()) if not published and len(years) == 1 else 0
