"""Days of the week in nine languages, told from the day of writing: "on Wednesday", "am Mittwoch", "上周三"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from counterfoil.extraction.calendar_words import WEEKDAYS
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import matches_with
from counterfoil.extraction.time_words import clause, looks_ahead, tells_of_the_past
from counterfoil.extraction.written import Written

_BEFORE = (
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past|[Tt]his coming|[Tt]he (?:following|previous|next)|[Tt]hat|"
    r"[Tt]he same)"
)
_ENGLISH = Expression(rf"\b(?:{_BEFORE} )?(?P<day>{'|'.join(WEEKDAYS)})\b(?!s)")
_PLUPERFECT = Expression(r"\bhad\b")  #: "by Friday the council had put it off" is told from a day in the story
_HABIT = Expression(r"\b(?:[Ee]very|[Ee]ach|[Aa]ny|[Mm]ost|[Ff]rom (?:Monday|Tuesday|Wednesday) to|[Mm]othering) $")
_HABIT_AFTER = Expression(
    r" (?:programme|program|paper|newspaper|column|show|mass|market|league|school|summary|letters?|service|best|"
    r"to (?:Friday|Saturday|Sunday)|"
    r"through (?:Friday|Saturday|Sunday))\b"
)
_INDEFINITE = Expression(r"\b(?:[Aa]|[Oo]ne) (?:\w{4,8} )?$")
_STORY = Expression(r"\b(?:[Tt]he (?:following|previous|next)|[Tt]hat|[Tt]he same)\b")
_NAME_BEFORE = Expression(
    r"\b(?:Black|Good|Super|Bloody|Ruby|Cyber|Ash|Fat|Giving|Palm|Easter|Mail on|Manic|Casual|Man|Girl|"
    r"Blue|Holy) $"
)
_NAME_AFTER = Expression(
    r"(?: (?:Times|Mail|Mirror|Telegraph|Express|Post|World|Herald|People|Star|Sport|Addams|Night Live|"
    r"Night Football)\b|-[a-z])"
)
_PAST_WORDS = r"pasado|dernier|vergangenen|letzten|прошл\w{2}|минул\w{2,3}|zeszł[yą]|ubiegł[yą]"
_FUTURE_WORDS = r"próximo|prochain|kommenden|nächsten|следующ\w{2,3}|наступн\w{2,3}|przyszł[yą]"
_MENTIONS: tuple[tuple[str, str], ...] = (
    # Per language: the days in order (with their forms), and a pattern with % for any of them.
    (
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag/Sonnabend Sonntag",
        rf"\b(?:[Aa]m|[Vv]om|[Bb]is(?: zum)?|[Ss]eit|[Ff]ür)(?: (?:{_PAST_WORDS}|{_FUTURE_WORDS}|diesem))? "
        rf"(?P<day>%)(?:abend|morgen|nachmittag|vormittag|mittag|nacht)?(?!\w)",
    ),
    (
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        r"\b(?P<day>%|%%)(?P<which> dernier| prochain)?(?![\w-])(?! gras)",
    ),
    (
        "lunes martes miércoles jueves viernes sábado domingo",
        r"\b(?:[Ee]l|[Dd]el|[Aa]l|[Ee]ste)(?: (?P<which>pasado|próximo))? (?P<day>%)(?P<after> pasado)?(?!\w)",
    ),
    (
        "понедельник вторник среду/среды/среда четверг пятницу/пятницы субботу/субботы воскресенье/воскресенья",
        rf"\b(?:[Вв]о?|[Сс]о?|[Дд]о|[Кк]) (?P<which>(?:{_PAST_WORDS}|{_FUTURE_WORDS}) )?(?P<day>%)(?!\w)",
    ),
    (
        "понеділок вівторок середу/середи четвер п'ятницю/п’ятницю/п'ятниці суботу/суботи неділю/неділі",
        rf"\b(?:[ВвУуЗз]|[Дд]о|(?=[Мм]инул|[Нн]аступн)) ?(?P<which>(?:{_PAST_WORDS}|"
        rf"{_FUTURE_WORDS}) )?(?P<day>%)(?!\w)",
    ),
    (
        "poniedziałek wtorek środę/środy czwartek piątek sobotę/soboty niedzielę/niedzieli",
        rf"\b(?:[Ww]e?|[Oo]d|[Dd]o) (?P<which>(?:{_PAST_WORDS}|{_FUTURE_WORDS}) )?(?P<day>%)(?!\w)",
    ),
    (
        "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        r"\b(?:يوم |(?=\w{4,9} (?:الماضي|المقبل)))(?P<day>%)(?P<which> الماضي| الماضية| المقبل| المقبلة)?(?!\w)",
    ),
)
_CHINESE = Expression(
    r"(?P<which>[上本这這下]?)(?:个|個)?(?:(?:星期|礼拜|禮拜)|(?:(?<=[上本这這下])(?:周|週))|(?:周|週))(?P<day>[一二三四五六日天])(?![\d年])"
)
_CHINESE_SIGN = Expression("[星礼禮周週]")
_CHINESE_DAYS = {sign: number for number, sign in enumerate("一二三四五六日", start=1)} | {"天": 7}


def _patterns() -> Iterator[tuple[Expression, dict[str, int], frozenset[str]]]:
    for days, pattern in _MENTIONS:
        numbers = {form: number for number, forms in enumerate(days.split(), start=1) for form in forms.split("/")}
        plain = "|".join(sorted(numbers, key=len, reverse=True))
        capital = "|".join(form.capitalize() for form in sorted(numbers, key=len, reverse=True))
        words = {form for day in numbers for form in (day, day.capitalize())}
        first_words = frozenset(re.split(r"['’]", word)[-1] for word in words)
        yield Expression(pattern.replace("%%", capital).replace("%", plain)), numbers, first_words


_FOREIGN = tuple(_patterns())


def weekdays(text: str, today: date | None, others: list[Written]) -> Iterator[Written]:
    """Every weekday that is no part of a full date; without a value unless the text tells which one is meant.

    `others` are the absolute dates, in order: a weekday beside one is part of it, and "the following Tuesday" is
    told from the one before.
    """
    beside = {item.start for item in others} | {-item.end for item in others}
    days = [(item.end, item.value) for item in others if item.precision == "day" and item.has_year]
    for match in matches_with(text, _ENGLISH, WEEKDAYS, 14):
        if _is_weekday(text, match, beside):
            yield Written(*match.span(), _english_value(text, match, today, days), "weekday")
    for pattern, numbers, first_words in _FOREIGN:
        for match in matches_with(text, pattern, first_words, 26, 30):
            start = match.start("day")
            if start in beside or not _free(text, (start, match.end("day")), beside):
                continue
            direction = _direction(match)
            value = _resolved(
                text,
                (start, match.end()),
                numbers[match["day"].lower() if match["day"].lower() in numbers else match["day"]],
                today,
                direction,
            )
            yield Written(*_told(match), value, "weekday")
    for match in _CHINESE.finditer(text) if _CHINESE_SIGN.search(text) else ():
        direction = {"上": "before", "下": "after"}.get(match["which"], "")
        value = _resolved(text, match.span(), _CHINESE_DAYS[match["day"]], today, direction)
        yield Written(*match.span(), value, "weekday")


def _told(match: re.Match[str]) -> tuple[int, int]:
    """The day with the word that says which one, without the preposition."""
    groups = [name for name in ("which", "day", "after") if match.re.groupindex.get(name) and match[name]]
    return min(match.start(name) for name in groups), max(match.end(name) for name in groups)


def _direction(match: re.Match[str]) -> str:
    words = match.group().lower()
    if re.search(rf"{_PAST_WORDS}|الماضي", words):
        return "before"
    return "after" if re.search(rf"{_FUTURE_WORDS}|المقبل", words) else ""


def _is_weekday(text: str, match: re.Match[str], beside: set[int]) -> bool:
    start, end = match.span()
    if _NAME_BEFORE.search(text, max(0, start - 10), start) or _NAME_AFTER.match(text, end):
        return False
    if _HABIT.search(text, max(0, start - 20), start) or _HABIT_AFTER.match(text, end):
        return False
    return _free(text, (start, end), beside)


def _free(text: str, place: tuple[int, int], beside: set[int]) -> bool:
    """Whether the weekday stands by itself, and not beside a date that it belongs to."""
    start, end = place
    after = re.match(r"(?:,? (?:the |den |dem |le |el )?|\.? ?\()", text[end : end + 8])
    before = re.search(r"(?:, | \(| )$", text[max(0, start - 2) : start])
    follows = after is not None and end + after.end() in beside
    precedes = before is not None and -(start - len(before.group())) in beside
    return not follows and not precedes


def _english_value(text: str, match: re.Match[str], today: date | None, days: list[tuple[int, str]]) -> str:
    number, which = WEEKDAYS[match["day"]], (match["which"] or "").lower()
    if _INDEFINITE.search(text, max(0, match.start() - 16), match.start()):
        return ""
    if _STORY.match(which):
        return _in_story(match.start(), number, which, days)
    if which in ("next", "this"):
        return ""  # this week's or the following week's: usage differs
    direction = {"last": "before", "this past": "before", "this coming": "after"}.get(which, "")
    return _resolved(text, match.span(), number, today, direction)


def _in_story(at: int, number: int, which: str, days: list[tuple[int, str]]) -> str:
    """ "The following Tuesday": told from the last day before it, if that is not far."""
    earlier = [value for end, value in days if at - 400 < end <= at]
    if not earlier or "same" in which:
        return ""
    told = date.fromisoformat(earlier[-1])
    if "previous" in which:
        return _shifted(told, -((told.isoweekday() - number) % 7 or 7))
    return _shifted(told, (number - told.isoweekday()) % 7 or (0 if which == "that" else 7))


def _resolved(text: str, place: tuple[int, int], number: int, today: date | None, direction: str) -> str:
    if today is None:
        return ""
    behind = (today.isoweekday() - number) % 7
    if direction == "before":
        return _shifted(today, -(behind or 7))
    if direction == "after":
        return _shifted(today, 7 - behind)
    by_then = text[max(0, place[0] - 3) : place[0]].lower() == "by "
    if not (by_then and _PLUPERFECT.search(text, *clause(text, *place))) and tells_of_the_past(text, *place):
        return _shifted(today, -behind)
    return _shifted(today, 7 - behind) if looks_ahead(text, *place) else ""


def _shifted(today: date, days: int) -> str:
    """The day so many days later as ISO 8601; empty if the calendar ends before it."""
    try:
        return (today + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""
