"""Dates with the month in letters: "17 September 2024", "Sept. 17", "в июле 2024 года"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from counterfoil.extraction.calendar_words import (
    ABBREVIATED,
    DOUBTFUL_ALONE,
    ENGLISH,
    MONTHS,
    NEEDS_DAY,
    SHIFTS,
    TWO_WORDS,
    YEARS_TOLD,
)
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import vocabulary, word_starts
from counterfoil.extraction.written import Written, exists

_WORD = Expression(r"(?<![^\W\d_])[^\W\d_]{2,12}(?![^\W_])")
_WHOLE = Expression(r"[^\W_]{1,60}")
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.|-?го|-?е)?"
_LEFT = Expression(
    rf"(?<![\w.,:/$€£%\-])(?:(?P<first>\d{{1,2}}){_ORDINAL}(?P<link> ?[–—-] ?|,? (?:to|through|until|and|"
    rf"bis(?: zum)?|und|"
    rf"et|y|au|al|a|по|до|и|і|й|та|do|i|إلى|و) )"
    rf"(?:the |le |el |dem )?)?(?P<day>\d{{1,2}}){_ORDINAL} (?:of |de |d['’])?$"
)
_BETWEEN = Expression(
    r"\b(?:between|entre|zwischen|между|між|między|from|del?|du|vom|von|с|со|з|із|від|от|od)(?: the| le| el| dem)? $",
    re.IGNORECASE,
)
_AND = Expression(r"and|und|et|y|и|і|й|та|i|و")
_RIGHT_DAY = Expression(
    r"\.? (?:the )?(?P<first>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
    r"(?:(?P<link> ?[–—-] ?| to | and )(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|%|[.,:]\d))?"
    r"(?![\d%]|[.,/:]\d|-\d|[a-z])(?:,? (?P<year>(?:1[89]|20)\d\d)(?![\w\-/]|[.,]\d))?"
)
_YEAR = Expression(
    r"\.?,? ?(?: |of |de |del |في )(?:the year |l['’]année |año )?(?P<year>(?:1[89]|20)\d\d)"
    r"(?P<word>-?го|-?му| (?:года|году|г\.|року|році|р\.|roku|r\.))?(?![\w%]|[.,]\d)"
)
_AMOUNT = Expression(
    r" ?(?:%|percent|per cent|million|billion|thousand|people|times|points?|years?|"
    r"accounts)\b"
)
_LICENCE = Expression(
    r"(?:\b(?:in|since|during|until|till|through|throughout|by|from|before|after|between|early|late|mid|of|around|dated|"
    r"en|depuis|fin|début|dès|entre|de|d['’]ici|courant|im|seit|ab|bis|anfang|mitte|ende|zwischen|vom|"
    r"desde|hasta|a (?:principios|mediados|finales|fines) de|в|с|со|до|по|к|у|з|від|на (?:початку|конец)|концу|конца|"
    r"начале|конце|середине|"
    r"початку|кінця|кінці|w|od|do|na początku|pod koniec|końca|między|между|між|في|منذ)"
    r"(?: early| late| mid| anfang| mitte| ende| the)? |\bmi-|\bmid-)$",
    re.IGNORECASE,
)
_FIRM_LICENCE = Expression(
    r"(?:\b(?:in|since|during|until|through|throughout|early|late|dated|between|(?:half|end|start|beginning|middle|month|"
    r"rest|"
    r"most|part|weeks?|days?) of|im|seit|anfang|mitte|ende|bis|в|en|depuis|fin|début|dès|w|od|do) |\bmid-|\bmi-)$",
    re.IGNORECASE,
)
#: Before "March" and "August", which are no surnames as "May" is.
_LOOSER_LICENCE = Expression(r"\b(?:from|by|after|before|to) $", re.IGNORECASE)


def month_dates(text: str) -> Iterator[Written]:
    """Every month in letters with its day and year, where they are written.

    A month without a day or year is weak unless a preposition goes before it.
    """
    starts = word_starts(text)
    # A word with digits in it may hold a month ("5May"); its letters are then looked at one by one.
    near = [one for one in vocabulary(text) if one.lower() in MONTHS or not (one.isalpha() or one.isdigit())]
    places = sorted([at for one in near for at in starts[one]])
    for word in (match for at in places for match in _letters(text, at)):
        key = word.group().lower()
        if key not in MONTHS:
            continue
        number, end = _number(text, key, word.end())
        if number:
            yield from _around(text, word, number, end)


def _letters(text: str, at: int) -> Iterator[re.Match[str]]:
    """The runs of letters in the word at an offset."""
    word = _WHOLE.match(text, at)
    return _WORD.finditer(text, at, word.end() if word else at)


def _number(text: str, key: str, end: int) -> tuple[int, int]:
    """The month's number and where its name ends; 0 if it is none after all."""
    if key not in TWO_WORDS:
        return MONTHS[key], end
    second = _WORD.match(text, end + 1)
    if second and second.group() in TWO_WORDS[key]:
        return TWO_WORDS[key][second.group()], second.end()
    return 0, end


def _shift(text: str, end: int) -> tuple[int | None, int]:
    """The year as told from the year of writing, and where the words that tell it end."""
    match = YEARS_TOLD.match(text, end)
    return (SHIFTS[match.lastgroup or ""], match.end()) if match else (None, end)


def _around(text: str, word: re.Match[str], month: int, end: int) -> Iterator[Written]:
    start = word.start()
    left = _LEFT.search(text, max(0, start - 22), start)
    if left and _belongs_to_month_before(text, left.start()):
        left = None
    right = None if left else _RIGHT_DAY.match(text, end)
    if right and (_AMOUNT.match(text, right.end()) or text[right.end() : right.end() + 1] == "%"):
        return
    year = _YEAR.match(text, end) if not right else None
    said_year = (right and right["year"]) or (year and year["year"]) or ""
    days = left or right
    if not _plausible(word.group(), bool(left), bool(days), bool(said_year)):
        return
    if right is not None:
        stop = right.end()
    elif year is not None:
        stop = year.end()
    else:
        stop = end + (text[end : end + 1] == "." and word.group().lower() in ABBREVIATED)
    shift, stop = (None, stop) if said_year else _shift(text, stop)
    head = f"{said_year}-" if said_year else "--"
    if days is None:
        weak = not said_year and shift is None and not _stands_alone(text, word, end)
        yield Written(start, stop, f"{head}{month:02}", "month", weak, shift)
        return
    first = left.start() if left else start
    two = bool(days["first"] and days["day"])
    spanning = two and _BETWEEN.search(text, max(0, first - 16), first) is not None
    for item in _days((first, stop), (head, month), days, spanning):
        yield item if shift is None else replace(item, shift=shift)


def _belongs_to_month_before(text: str, start: int) -> bool:
    """Whether the number closes another date: "on 4 June 5. July saw" or "November 5. January"."""
    before = re.search(r"([^\W\d_]{3,12})\.? $", text[max(0, start - 14) : start])
    return before is not None and before.group(1).lower() in MONTHS


def _days(place: tuple[int, int], head: tuple[str, int], days: re.Match[str], spanning: bool) -> Iterator[Written]:
    """One day, an interval ("17–19", "between 17 and 19") or two days, the second with the rest of the date."""
    prefix, month = head
    year = int(prefix[:4]) if prefix[:4].isdigit() else 2000
    numbers = [int(part) for part in (days["first"], days["day"]) if part]
    if not all(exists(month, day, year) for day in numbers) or sorted(set(numbers)) != numbers:
        return
    values = [f"{prefix}{month:02}-{day:02}" for day in numbers]
    if len(values) == 1:
        yield Written(*place, values[0], "day")
    elif _AND.fullmatch(days["link"].strip(" ,")) and not spanning:
        yield Written(place[0], days.end("first"), values[0], "day")
        yield Written(days.start("day"), place[1], values[1], "day")
    else:
        yield Written(*place, "/".join(values), "interval")


def _plausible(word: str, day_before: bool, day: bool, year: bool) -> bool:
    """Whether the word is a month here and not a verb, a name or another language's word."""
    key = word.lower()
    if word in NEEDS_DAY:
        return day_before
    if key in ABBREVIATED and key not in ENGLISH:
        return (day or year) and (word.istitle() or (day_before and year))
    if key in ENGLISH and word.islower():
        # Other languages write these names in lower case too, with the day in front.
        return year and day if key in DOUBTFUL_ALONE else day_before or year
    return True


def _stands_alone(text: str, word: re.Match[str], end: int) -> bool:
    before = text[max(0, word.start() - 24) : word.start()]
    name = word.group()
    if name.lower() in ABBREVIATED and name.lower() not in ENGLISH:
        return False
    if name.lower() in ENGLISH and not name.istitle():
        return False
    if name.lower() in DOUBTFUL_ALONE:
        named = re.match(r" [A-Z]|['’]s", text[end : end + 2]) is not None
        looser = name != "May" and _LOOSER_LICENCE.search(before) is not None
        return (looser or _FIRM_LICENCE.search(before) is not None) and not named
    return _LICENCE.search(before) is not None
