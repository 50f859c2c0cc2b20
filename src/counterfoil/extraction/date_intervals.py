"""Two dates that the words between them make one interval: "between March and May 2023", "9 вересня до 25 жовтня"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.written import Written

_FILL = (
    r"(?:(?:at least|in or about|in or around|on or about|approximately|about|around|the end of|the beginning of|"
    r"early|late|"
    r"mid|"
    r"zum|le|la|el|the|dem|den|der|fin|début|końca|кінця|конца|Ende|Anfang|Mitte|mindestens|au moins|mi)[ -]){0,2}"
)
_DASH = Expression(r" ?[–—-] ?")
_TO = Expression(rf",? (?:and )?(?:to|through|thru|until|till|up to|bis|jusqu[’'](?:à|au|en)|hasta) {_FILL}")
_TO_AFTER_FROM = Expression(rf",? (?:to|bis|à|au|a|al|hasta|по|до|do|إلى|и до|i до) {_FILL}")
_AND_AFTER_BETWEEN = Expression(rf" (?:and|et|und|y|e|и|і|й|та|a|i|و) ?{_FILL}")
_QUALIFIED = (
    r"(?: the| le| la| el| dem| early| late| fin| début| Ende| Anfang| Mitte| mi| mid"
    r"| in or about| in or around| at least| końca| кінця| конца){0,2}[ -]$"
)
_FROM = Expression(rf"\b(?:from|de|du|del|desde|depuis|von|vom|с|со|з|із|від|от|од|od|من){_QUALIFIED}", re.IGNORECASE)
_BETWEEN = Expression(rf"\b(?:between|entre|zwischen|между|між|поміж|między|بين){_QUALIFIED}", re.IGNORECASE)
_LISTED = Expression(
    r",? (?:and|or|et|ou|und|oder|y|o|и|или|і|та|або|i|lub|و) (?:on |in |again in |early |late |im |en |в |у |w |am |"
    r"le )?|, "
)
_CHINESE_TO = Expression("[至到]")
_FAR = 34  #: letters between the ends of an interval
_JOINABLE = frozenset({"day", "month", "year"})


def shared_years(text: str, items: list[Written]) -> list[Written]:
    """Give "March" its year in "between March and May 2023" and in "in July and September 2024"."""
    following: Written | None = None
    result: list[Written] = []
    for item in reversed(items):
        if following and item.value.startswith("--") and item.shift is None:
            item = _shared(text, item, following)
            if following.weak and not item.weak and _linked(text, item, following):
                result[-1] = replace(following, weak=False)  # "between March and June"
        result.append(item)
        following = item
    return result[::-1]


def _linked(text: str, item: Written, following: Written) -> bool:
    """Whether the words between two dates make them a pair."""
    if following.start - item.end > _FAR:
        return False
    between = text[item.end : following.start]
    before = text[max(0, item.start - 30) : item.start]
    return _is_link(before, between) or _LISTED.fullmatch(between) is not None


def _shared(text: str, item: Written, following: Written) -> Written:
    if not (following.has_year or following.shift is not None) or not _linked(text, item, following):
        return item
    between = text[item.end : following.start]
    before = text[max(0, item.start - 30) : item.start]
    month = following.value[5:7] if following.has_year else following.value[2:4]
    if not month:
        return item
    earlier = item.value[2:4] > month  # "between November and February 2025"
    if earlier and _LISTED.fullmatch(between) and not _is_link(before, between):
        return item
    if following.shift is not None and not following.has_year:
        return replace(item, shift=following.shift - earlier, weak=False)
    year = int(following.value[:4]) - earlier
    return replace(item, value=f"{year}{item.value[1:]}", weak=False)


def intervals(text: str, items: Iterable[Written], without_year: bool = False) -> list[Written]:
    """The dates with those joined that are the ends of one interval; `without_year`: of those too that have none."""
    result: list[Written] = []
    for item in items:
        if result and _is_interval(text, result[-1], item, without_year):
            first = result.pop()
            item = Written(first.start, item.end, f"{first.value}/{item.value}", "interval")
        result.append(item)
    return result


def _is_interval(text: str, first: Written, second: Written, without_year: bool) -> bool:
    if first.precision not in _JOINABLE or second.precision not in _JOINABLE:
        return False
    unresolved = without_year and not first.has_year and not second.has_year and first.value and second.value
    if not unresolved and not (first.has_year and second.has_year and first.value < second.value):
        return False
    if second.start - first.end > _FAR:
        return False
    before = text[max(0, first.start - 30) : first.start]
    return _is_link(before, text[first.end : second.start])


def _is_link(before: str, between: str) -> bool:
    return bool(
        _DASH.fullmatch(between)
        or _TO.fullmatch(between)
        or _CHINESE_TO.fullmatch(between)
        or (_TO_AFTER_FROM.fullmatch(between) and _FROM.search(before))
        or (_AND_AFTER_BETWEEN.fullmatch(between) and _BETWEEN.search(before))
    )
