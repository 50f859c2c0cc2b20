"""Dates as the text writes them, as precisely as it writes them and no more."""

from collections.abc import Iterable

from counterfoil.extraction.date_intervals import intervals, shared_years
from counterfoil.extraction.date_roles import date_roles
from counterfoil.extraction.date_years import with_years
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.month_dates import month_dates
from counterfoil.extraction.number_dates import number_dates
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.relative_dates import relative_dates
from counterfoil.extraction.story_day import day_of_writing
from counterfoil.extraction.written import Written
from counterfoil.extraction.years import years
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import DateMention, Extraction

#: Arabic-Indic, Persian and full-width digits, letter by letter.
_DIGITS = str.maketrans("".join(chr(zero + n) for zero in (0x660, 0x6F0, 0xFF10) for n in range(10)), "0123456789" * 3)
_OTHER_DIGIT = Expression("[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]")


def find(reading: Reading, _found: Extraction) -> tuple[DateMention, ...]:
    """Every date of the text, in text order; the same words with the same value are one item."""
    text = reading.text.translate(_DIGITS) if _OTHER_DIGIT.search(reading.text) else reading.text
    taken = _Taken(len(text))
    written = taken.add(number_dates(text))
    written += taken.add(month_dates(text))
    written += taken.add(years(text))
    written = intervals(text, shared_years(text, sorted(written)))
    published = day_of_writing(text, written, reading.report.published)
    completed = with_years(reading, written, published)
    dated = [item for item in intervals(text, completed, without_year=True) if not item.weak]
    taken = _Taken(len(text))
    taken.add(dated)
    dated += taken.add(relative_dates(text, published, reading.sentence, dated.copy()))
    return _mentions(reading, sorted(dated))


class _Taken:
    """Which characters already belong to a date."""

    def __init__(self, length: int) -> None:
        self._used = bytearray(length)

    def add(self, items: Iterable[Written]) -> list[Written]:
        """Those of the items that overlap nothing added before."""
        fresh = []
        for item in items:
            if self._used.find(1, item.start, item.end) < 0:
                self._used[item.start : item.end] = b"\x01" * (item.end - item.start)
                fresh.append(item)
        return fresh


def _mentions(reading: Reading, items: list[Written]) -> tuple[DateMention, ...]:
    """The same words with the same value as one item, with the first role that is told of it."""
    spans: dict[tuple[str, str, str], list[Span]] = {}
    roles: dict[tuple[str, str, str], str] = {}
    for item, role in zip(items, date_roles(reading, items), strict=True):
        span = reading.span(item.start, item.end)
        key = span.quote, item.value, item.precision
        spans.setdefault(key, []).append(span)
        roles[key] = roles.get(key) or role
    return tuple(DateMention(*key, tuple(places), roles[key]) for key, places in spans.items())
