"""Dates as the text writes them, as precisely as it writes them and no more."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from counterfoil.extraction.month_dates import month_dates
from counterfoil.extraction.number_dates import number_dates
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.relative_dates import ambiguous_future, relative_dates
from counterfoil.extraction.written import Written
from counterfoil.extraction.years import years
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import DateMention, Extraction

#: Arabic-Indic, Persian and full-width digits, letter by letter.
_DIGITS = str.maketrans("".join(chr(zero + n) for zero in (0x660, 0x6F0, 0xFF10) for n in range(10)), "0123456789" * 3)

_DASH = re.compile(r" ?[–—-] ?")
_TO = re.compile(r",? (?:to|through|thru|until|till|up to|bis|jusqu[’']à|hasta) ")
_TO_AFTER_FROM = re.compile(r" (?:to|bis|à|au|a|al|hasta|по|до|do) (?:the )?")
_AND_AFTER_BETWEEN = re.compile(r" (?:and|et|und|y|и|і|та|a|i) ")
_FROM = re.compile(r"\b(?:from|de|du|del|desde|von|vom|с|со|з|від|от|od)(?: the| el)? $", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|entre|zwischen|между|між|między)(?: the| le| el|"
    r" dem)? $",
    re.IGNORECASE,
)
_LISTED = re.compile(r",? (?:and|or|et|und|oder|y|и|і|та|i) (?:on |in |again in |early |late )?|, ")
_JOINABLE = frozenset({"day", "month", "year"})


def find(reading: Reading, _found: Extraction) -> tuple[DateMention, ...]:
    """Every date of the text, in text order; the same words with the same value are one item."""
    text = reading.text.translate(_DIGITS)
    taken = _Taken(len(text))
    written = taken.add(number_dates(text))
    written += taken.add(month_dates(text))
    written.sort()
    written = list(_shared_years(text, written))
    written += taken.add(years(text))
    written = _intervals(text, sorted(written))
    written = [item for item in written if not item.weak]
    taken = _Taken(len(text))
    taken.add(written)
    dated = list(_completed(reading, written))
    dated += taken.add(relative_dates(text, reading.report.published, reading.sentence, written))
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


def _shared_years(text: str, items: list[Written]) -> Iterable[Written]:
    """Give "March" its year in "between March and May 2023" and in "in July and September 2024"."""
    following: Written | None = None
    result = []
    for item in reversed(items):
        if following and item.value.startswith("--") and following.has_year:
            between = text[item.end : following.start]
            linked = _DASH.fullmatch(between) or _TO.fullmatch(between) or _LISTED.fullmatch(between)
            if linked and item.value[2:4] <= following.value[5:7]:
                item = replace(item, value=following.value[:4] + item.value[1:], weak=False)
        result.append(item)
        following = item
    return reversed(result)


def _intervals(text: str, items: list[Written]) -> list[Written]:
    """Join two dates into one interval where the words between them say so."""
    result: list[Written] = []
    for item in items:
        if result and _is_interval(text, result[-1], item):
            first = result.pop()
            item = Written(first.start, item.end, f"{first.value}/{item.value}", "interval")
        result.append(item)
    return result


def _is_interval(text: str, first: Written, second: Written) -> bool:
    if first.precision not in _JOINABLE or second.precision not in _JOINABLE:
        return False
    if not first.has_year or not second.has_year or first.value >= second.value:
        return False
    between = text[first.end : second.start]
    if len(between) > 14:
        return False
    before = text[max(0, first.start - 16) : first.start]
    return bool(
        _DASH.fullmatch(between)
        or _TO.fullmatch(between)
        or (_TO_AFTER_FROM.fullmatch(between) and _FROM.search(before))
        or (_AND_AFTER_BETWEEN.fullmatch(between) and _BETWEEN.search(before))
    )


def _completed(reading: Reading, items: list[Written]) -> Iterable[Written]:
    """The dates; days and months without a year with it, where it is certain."""
    told = [item for item in items if item.has_year]
    starts = [item.start for item in told]
    for item in items:
        if item.value.startswith("--"):
            start, end = reading.sentence(item.start)
            at = bisect_left(starts, item.start)
            # Of the sentence's dates at most the eight nearest on each side.
            first, last = max(at - 8, bisect_left(starts, start)), min(at + 8, bisect_left(starts, end))
            item = _with_year(reading, item, told[first:last])
        yield item


def _with_year(reading: Reading, item: Written, beside: list[Written]) -> Written:
    """A day or month without a year, with the year if it is certain."""
    said = {other.value[:4] for other in beside if other.precision in _JOINABLE}
    published = reading.report.published
    year = ""
    if re.match(r"\d{4}", published) and said <= {published[:4]}:
        year = published[:4] if _near(published, item.value) else ""
    elif not published and len(said) == 1:
        start, end = reading.sentence(item.start)
        certain = any(o.precision in ("day", "month") or _after_in(reading.text, o.start) for o in beside)
        if certain and not ambiguous_future(reading.text[start : min(end, start + 1000)]):
            year = said.pop()
    return replace(item, value=year + item.value[1:]) if year else item


def _near(published: str, value: str) -> bool:
    """Whether that day in the year of publication is less than half a year ahead."""
    if not re.match(r"\d{4}-\d\d", published):
        return True
    ahead = int(value[2:4]) - int(published[5:7])
    return ahead <= 6


def _after_in(text: str, start: int) -> bool:
    return re.search(r"\b(?:in|In|during|During) $", text[max(0, start - 8) : start]) is not None


def _mentions(reading: Reading, items: list[Written]) -> tuple[DateMention, ...]:
    merged: dict[tuple[str, str, str], list[Span]] = {}
    for item in items:
        span = reading.span(item.start, item.end)
        merged.setdefault((span.quote, item.value, item.precision), []).append(span)
    return tuple(DateMention(*words, tuple(spans)) for words, spans in merged.items())
