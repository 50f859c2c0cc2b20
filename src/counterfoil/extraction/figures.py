"""Figures: how many accounts, pages, followers, posts, views, ...; money; how long something took or stayed up.

A number counts if a unit of this field follows within a few words; further numbers of the same sentence may leave
their unit out ("740 accounts on Facebook, 55 on Instagram").
"""

import re
from decimal import Decimal
from typing import NamedTuple

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.figure_units import (
    CURRENCIES,
    DONE_TIMES,
    ELSEWHERE,
    MONEY_WORDS,
    PAPER,
    SINGULAR,
    TIME_WORDS,
    TIMES,
    UNITS,
    qualifier_before,
)
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.written_numbers import Number, numbers
from counterfoil.model.extraction import Extraction, Figure


class _Counted(NamedTuple):
    """What a number counts, and where the words for it end."""

    unit: str
    end: int


_WORD = Expression(r"[ \-]?(?:(?P<word>[^\W\d_]+(?:['’\-][^\W\d_]+)*)|(?P<mark>[\"“”«»„,()]))")
#: What is worth telling of though there are few of it, and in words: prose is full of two photographs.
_ASSETS = frozenset({"accounts", "pages", "groups", "channels", "domains"})
_TELLING = _ASSETS | {"websites", "bots", "personas", "servers", "employees"}
_COUPLE, _FEW = 3, 10
_MODIFIERS = 5  #: words between a number and its unit, at most
#: Words that no unit can follow within the same phrase.
_STOPS = frozenset(
    "was were is are had has have been be that which who than per percent in on at by from for to with since until as "
    "il elle ont sont était dans sur par pour qui que wurden waren sind hat haben in auf aus von bei en por para con "
    "que fueron были был была в на из от для которые що які у з від per this these those he she it they we his "
    "minutes hours days weeks months years year million former ex-".split()
)
_CURRENCY_BEFORE = Expression(
    rf"(?<![\w$])(?:{'|'.join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))}) ?$"
)
_CURRENCY_AFTER = Expression(
    rf" ?(?P<sign>[€₽₴£$])(?!\w)|[ \-](?:(?:US|American|Canadian|British|Swiss|américains|de|d['’]) ?)?"
    rf"(?P<word>{'|'.join([*MONEY_WORDS, 'USD', 'EUR', 'GBP', 'RUB', 'UAH', 'CHF', 'CNY'])})(?!\w)"
)
_TIME_AFTER = Expression(rf"[ \-](?P<word>{'|'.join(TIME_WORDS)})(?!\w)")
_TOOK = Expression(
    r"(?:\bwithin|\bin (?:under|less than|as little as)|\btook|\btaking|\blasted|"
    r"\bfor(?: more than| at least| about| over)?|"
    r"\bonline for|\bau bout de|\ben moins de|\ben|\bpendant|\bdurant|\bmoins de|\binnerhalb von|\bbinnen|\bnach|\bin|"
    r"\bdurante|\ben menos de|\btardó|\bв течение|\bза|\bчерез|\bпротягом|\baverage(?: \w+){0,3} (?:of|was)|\bafter)"
    r" (?:an average of |about |around |some |only |just |nearly |almost )?$",
    re.I,
)
_REACTION = Expression(
    r"remov|took (?:it|them|the|down)|taken down|delet|disabl|suspend|block|respon|react|online|stayed up|visible|"
    r"live\b|"
    r"label|debunk|correct|supprim|retir|réag|bloqu|en ligne|gelöscht|entfern|gesperrt|reagier|elimin|удал|заблок|"
    r"отреаг|видал|реаг|average|up for|accessible",
    re.I,
)
_FOLLOWING = Expression(
    r",? (?:(?:that|who|which) )?(?:were |had |have |are )?(?:follow(?:ed|ing)?|subscribed to|liked|"
    r"подписан\w{0,2}|підписан\w{0,2}|suivaient|folgten|seguían)\b",
    re.I,
)
_JOINED = Expression(r",? (?:(?:that|who|which) )?(?:had |have )?(?:joined|were members of)\b", re.I)
_FOLLOWED_BY = Expression(
    r"(?:followed by|suivie?s? par|gefolgt von|seguid[oa]s? por|audience of|following of)(?: \w+){0,2} $", re.I
)
_PLACE = Expression(
    r"(?:,| and| et| und| y| и| та)? ?(?:on|de|d['’]|sur|auf|bei|en|in|во?|на|у) [«\"“]?(?=[A-ZА-ЯІЇЄ])"
)
_LIST_LINK = Expression(
    r"(?:,|;|,? (?:and|et|und|y|и|та|і|й|as well as|along with|plus|another|further)) ?(?:another |further )?$"
)
_COUNTS = Expression(
    r" (?:on|from|in|for|across|that|which|linked|removed|spent|was|were|to|targeting|posing|of|sur|en|de|dans|auf|von|"
    r"für|para|por|во?|на|для|у)\b[^.,;:()\n|\ufffc]{1,60}"
)
_END_OF_COUNTS = Expression(r" (?:and|et|und|y|и|та)? ?\d| (?:and|but|while|et|mais|und|aber|y|pero|и|но|та|але) ")
_VERB_BEFORE = Expression(
    r"\b(?P<verb>removed|deleted|disabled|suspended|blocked|identified|found|created|operated|ran|used|published|posted|"
    r"registered|seized|bought|spent|paid|reached|drew|gained|had|supprimé|identifié|entfernt|gelöscht|eliminó|retiró|"
    r"удалила|удалил|заблокировала|видалила|заблокувала)(?: (?:about|around|some|at least|more than|over|nearly))? $",
    re.I,
)


def find(reading: Reading, found: Extraction) -> tuple[Figure, ...]:
    """The figures of the text, in text order; one for each place."""
    text = reading.text
    dates = [(span.start, span.end) for item in found.dates for span in item.spans]
    days = {letter for start, end in dates for letter in range(start, end)}
    figures: list[Figure] = []
    last: tuple[Number, _Counted] | None = None
    for number in numbers(text):
        if reading.mapped.range(number.start, number.end)[0] in days:
            continue
        start, counted = number.start, _money(text, number)
        if counted:
            start = _money_start(text, number)
        else:
            counted = _unit_after(reading, number) or _done_times(reading, number) or _time(reading, number)
        if not counted and last and reading.sentence(number.start) == reading.sentence(last[0].start):
            counted = _same_unit(text, number, *last)
        if not counted or not number.value:
            continue
        last = (number, counted)
        figures.append(_figure(reading, number, counted, start))
    return tuple(figures)


def _figure(reading: Reading, number: Number, counted: _Counted, start: int) -> Figure:
    text = reading.text
    qualifier, begin = qualifier_before(text, start)
    verb = _VERB_BEFORE.search(text, max(0, begin - 40), begin)
    after = _COUNTS.match(text, counted.end, counted.end + 70)
    counts = (_END_OF_COUNTS.split(after.group())[0] if after else "") or (verb["verb"] if verb else "")
    return Figure(
        value=_plain(number.value),
        unit=counted.unit,
        spans=(reading.span(begin, counted.end),),
        most=_plain(number.most) if number.most is not None else "",
        counts=" ".join(counts.split()) if len(counts.split()) > 1 or counts == (verb and verb["verb"]) else "",
        qualifier=qualifier or ("at least" if number.vague else ""),
    )


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _money(text: str, number: Number) -> _Counted | None:
    before = _CURRENCY_BEFORE.search(text, max(0, number.start - 5), number.start)
    if before:
        return _Counted(CURRENCIES[before.group().strip()], number.end)
    after = _CURRENCY_AFTER.match(text, number.end, number.end + 30)
    if after:
        sign = after["sign"] or after["word"]
        return _Counted(CURRENCIES.get(sign) or MONEY_WORDS[sign], after.end())
    return None


def _money_start(text: str, number: Number) -> int:
    before = _CURRENCY_BEFORE.search(text, max(0, number.start - 5), number.start)
    return before.start() if before else number.start


def _unit_after(reading: Reading, number: Number) -> _Counted | None:
    """The unit that ends the phrase which the number begins."""
    text = reading.text
    if (
        (number.in_words and number.value == 1)
        or text[number.end : number.end + 1] in ("-", "%")
        or text[number.end : number.end + 2] == " %"
    ):
        return None
    place, before = number.end, ""
    for _ in range(_MODIFIERS + 1):
        match = _WORD.match(text, place, place + 40)
        if not match:
            return None
        word, place = match["word"] or "", match.end()
        year = before and 1900 <= number.value < 2100 and text[number.start : number.end].isdigit()
        unit = UNITS.get(word, "") or (SINGULAR.get(word, "") if number.value == 1 and not number.in_words else "")
        if unit and not year and _is_meant(reading, number, unit, place):
            return _Counted(_followers(text, number, unit, place), place)
        if year or unit or word.lower() in _STOPS or (word in ("and", "or") and not before[:1].isupper()):
            return None
        if not word and match["mark"] in ",()":
            return None
        before = word or before
    return None


def _is_meant(reading: Reading, number: Number, unit: str, end: int) -> bool:
    if number.in_words and number.value < _FEW and unit not in (_TELLING if number.value > _COUPLE else _ASSETS):
        return False
    first, last = reading.sentence(number.start)
    sentence = reading.text[max(first, number.start - 300) : min(last, end + 200)]
    if (
        unit == "pages"
        and PAPER.search(sentence)
        and not ELSEWHERE["pages"].search(reading.text, end - 7, min(last, end + 40))
    ):
        return False
    needed = ELSEWHERE.get(unit)
    if needed is None:
        return True
    own = reading.text[reading.text.rfind(" ", 0, end) + 1 : end]
    return needed.search(sentence.replace(own, " ", 1)) is not None


def _followers(text: str, number: Number, unit: str, end: int) -> str:
    """Accounts and people that follow or join are followers and members."""
    if unit not in ("accounts", "people", "users"):
        return unit
    if _FOLLOWING.match(text, end) or _FOLLOWED_BY.search(text, max(0, number.start - 40), number.start):
        return "followers"
    return "members" if _JOINED.match(text, end) else unit


def _done_times(reading: Reading, number: Number) -> _Counted | None:
    """ "seen 1.2 million times" """
    text = reading.text
    times = TIMES.match(text, number.end)
    if not times and text.startswith(" de fois", number.end):
        times = re.compile(" de fois").match(text, number.end)
    if not times:
        return None
    first, last = reading.sentence(number.start)
    around = (
        text[max(first, number.start - 60) : number.start] + " | " + text[times.end() : min(last, times.end() + 25)]
    )
    unit = next((unit for unit, verbs in DONE_TIMES.items() if verbs.search(around)), "")
    return _Counted(unit, times.end()) if unit else None


def _time(reading: Reading, number: Number) -> _Counted | None:
    """How long somebody took to react, or something stayed up."""
    text = reading.text
    after = _TIME_AFTER.match(text, number.end, number.end + 14)
    if not after or not _TOOK.search(text, max(0, number.start - 40), number.start):
        return None
    first, last = reading.sentence(number.start)
    around = (
        text[max(first, number.start - 90) : number.start]
        + text[after.end() : min(last, after.end() + 60)].split(" and ")[0]
    )
    return _Counted(TIME_WORDS[after["word"]], after.end()) if _REACTION.search(around) else None


def _same_unit(text: str, number: Number, other: Number, counted: _Counted) -> _Counted | None:
    """The unit of the number before, where the next in the list says only on which platform."""
    between = text[counted.end : number.start]
    place = _PLACE.match(text, number.end, number.end + 12)
    if not place or len(between) > 60 or not _LIST_LINK.search(between) or other.in_words != number.in_words:
        return None
    word = re.compile(r"[\w.]+").match(text, place.end())
    return (
        _Counted(counted.unit, word.end())
        if word and counted.unit in ("accounts", "pages", "groups", "channels")
        else None
    )
