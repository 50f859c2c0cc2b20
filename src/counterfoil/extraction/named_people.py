"""Every mention of somebody by name in English text, told from places, bodies and things by the words around it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from counterfoil.extraction.english_words import classes
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import HONORIFICS, is_given, is_person
from counterfoil.extraction.noun_phrases import NounPhrase, phrases_in
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.states import gazetteer
from counterfoil.model.report import BlockKind

#: "says Jordan Keeley", "By Ruth Ekholm and Kenji Maezato"
_SAID_BEFORE = Expression(
    r"(?:\b(?:says|said|adds|added|explains|explained|recalls|recalled|argues|argued|tells|told us|warns|warned|"
    r"asks|asked|"
    r"writes|wrote|according to|colleague|(?:^|\n)[Bb]y|(?:^|\n)By [^\n]{3,30} and|named|[Oo]ne of them,|reporting by|"
    r"written by|edited by|translat(?:ed|ion) by|photographs? by|illustrations? by|posted by|authored by|[Ww]e "
    r"thank|[Tt]hanks to|"
    r"Contact:|Author:|Authors:|Editor:|Analyst:|interview with|spoke (?:to|with)),?) $"
)
_ROLE_BEHIND = Expression(
    r"(?:, (?:\d\d, )?(?:an?|the|its|their|his|her|who|one of|[\w’']{2,30}[’']s) [\w\-]{2,20}\b[^.;\n]{0,80}"
    r"(?:,? (?:said|says|told|wrote|told us|has|who)\b)| (?:says|said|told|wrote|writes|tells|adds|argues|who "
    r"has kept)\b|, who (?:has|had|is|was|leads|heads|"
    r"teaches|studies|works|runs|covers)\b| and [A-Z][\w’\-]+ [A-Z][\w’\-]+\n)"
)
#: A line that is nothing but a name, and the one below it that says who writes.
_BYLINE = Expression(r"(?:[Bb]y )?[A-ZÀ-Þ][\w’'\-]{1,20}(?: [A-ZÀ-Þ][\w’'\-]{1,20}){1,2}")
_NAMES = Expression(r"(?:[Bb]y )?[A-ZÀ-Þ][\w’'\-]{1,20}(?:,? (?:and |& )?[A-ZÀ-Þ][\w’'\-]{1,20}){1,7}")
_BELOW = Expression(
    r"\n(?:[\w,.’-]{1,25} ){0,3}?(?:correspondent|reporter|editor|analyst|researcher|fellow|writer|staff|columnist|"
    r"producer|"
    r"journalist|investigator|director|lecturer|professor|Correspondent|Reporter|Editor|Analyst|Researcher|Fellow|"
    r"Writer|"
    r"Director|Professor|Staff|Lecturer|Investigator)\b"
)
_APPOSED = Expression(
    r"\b(?:[\w’'\-]{2,20} ){0,2}?(?P<title>[\w-]{3,20}), (?P<name>[A-ZÀ-Þ][\w’'\-]{1,20}(?: (?:de |van |von |al-|"
    r"bin |da |del )?"
    r"[A-ZÀ-Þ][\w’'\-]{1,20}){1,2})(?=[,.;)”\n]| who\b| whose\b)"
)
_FAITHS = frozenset("Muslims Christians Jews Catholics Hindus Sikhs Buddhists Tatars Uyghurs Kurds Roma Tamils".split())
_FELLOW = Expression(r" and (?P<name>[A-ZÀ-Þ][\w’'\-]{1,20} [A-ZÀ-Þ][\w’'\-]{1,20})(?![\w’'\-]| [A-ZÀ-Þ])")
_BODY = classes()["organisations"]
_start_of = attrgetter("start")
_WRAPPED = 72  #: letters of a line that may go on in the next one
_NOBODY = frozenset(
    "Boulevard Street Avenue Road Square Islands Island City County Province District Region Beach Valley River "
    "Lake Bay "
    "Airport Station Bridge Church Cathedral Palace Park Hill Mountains Coast Peninsula Gulf Strait Oblast Republika "
    "Mai Juni Juli Mars Avril Juin Mayo Abril Junio Zwischen Seit Claim Verdict".split()
)


def named_people(reading: Reading) -> tuple[NounPhrase, ...]:
    """The phrases that name somebody, in text order; each has a name that is its own."""
    return _named(reading.text, _lined(reading))


@lru_cache(maxsize=1)  # people and targets ask for the same text
def _named(text: str, lined: str) -> tuple[NounPhrase, ...]:
    found: list[NounPhrase] = []
    for start, end in _stretches(lined):
        found += _named_in(text, lined, start, end)
    return tuple(found)


def _named_in(text: str, lined: str, start: int, end: int) -> list[NounPhrase]:
    found: list[NounPhrase] = []
    for phrase in phrases_in(text, start, end):
        if phrase.name is None or not _is_somebody(lined, phrase):
            continue
        first, _, rest = text[slice(*phrase.name)].partition(" ")
        if len(first) > 3 and first.isupper() and is_person(rest):  # a heading before a name
            name = (phrase.name[0] + len(first) + 1, phrase.name[1])
            found.append(NounPhrase(*name, "", name))
        elif not phrase.inner:
            found.append(phrase)
        elif is_person(text[slice(*phrase.name)]):  # "the death of Joseph Adeola"
            found.append(NounPhrase(*phrase.name, "", phrase.name))
    for phrase in tuple(found):
        fellow = _FELLOW.match(text, phrase.end, end)  # "researchers Dana Linville and Pat Warrick"
        known = fellow is None or any(other.start <= fellow.start("name") < other.end for other in found)
        if fellow and not known and _may_be_person(fellow["name"].split()) and not _BODY & set(fellow["name"].split()):
            found.append(NounPhrase(*fellow.span("name"), "", fellow.span("name")))
    for match in _APPOSED.finditer(text, start, end):  # "in the words of its director, Tadala Msukwa,"
        known = any(phrase.start <= match.start("name") < phrase.end for phrase in found)
        if not known and match["title"].lower() in TITLES and _may_be_person(match["name"].split()):
            phrase = NounPhrase(
                match.start(),
                match.end(),
                match["title"].lower(),
                match.span("name"),
                (match.start(), match.end("title")),
            )
            if _is_somebody(lined, phrase):
                found.append(phrase)
    return sorted(found, key=_start_of)


def _lined(reading: Reading) -> str:
    """The text with the line ends of blocks that are lists of short lines (bylines, members) as line ends."""
    text, starts = reading.report.text, reading.mapped.starts
    ends: list[int] = []
    for block in reading.report.blocks:
        lines = text[block.start : block.end].split("\n")
        if len(lines) < 2 or block.kind is BlockKind.TABLE:
            continue
        at = block.start
        for line in lines[:-1]:
            at += len(line) + 1
            following = text[at : at + _WRAPPED].split("\n", 1)[0]
            if len(line) < _WRAPPED or _NAMES.fullmatch(following):
                ends.append(at - 1)
    if not ends:
        return reading.text
    letters = list(reading.text)
    for end in ends:
        at = end if starts is None else bisect_left(starts, end)
        if at < len(letters) and letters[at] == " ":
            letters[at] = "\n"
    return "".join(letters)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The sentences and lines in which a given name, a title or an honorific stands."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield from _pieces(text, start, end)
        start = end + 1


#: Words that may stand before a name which only the words beside it show to be a person's.
_SAYING = frozenset(
    "says said adds added explains explained recalls recalled argues argued warns warned By colleague them".split()
)
_GIVES_NAME = Expression(
    r"(?<!\w)(\w[\w’'\-]{1,30})\.?(?:,| (?:of|for|at|in|on) [\w ’'\-]{2,50},)? (?=[A-ZÀ-ÞА-ЯЄІЇҐ])"
)
_TWO_CAPITALS = Expression(r"([A-ZÀ-Þ][\w’'\-]{1,25} [A-ZÀ-Þ][\w’'\-]{1,25})")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a line around the words that may begin a person's name or stand before one."""
    done = start
    for match in _GIVES_NAME.finditer(text, start, end):
        if match.start() < done or not _gives_name(text, match):
            continue
        first = max(
            done, text.rfind(". ", max(start, match.start() - 160), match.start()) + 1, match.start() - 160, start
        )
        last = text.find(" ", min(end, match.end() + 160), end)  # between words
        last = end if last < 0 else last
        yield first, last
        done = last
    line = text[start:end].strip()
    if done == start and _BYLINE.fullmatch(line) and _BELOW.match(text, end):
        yield start, end


def _gives_name(text: str, match: re.Match[str]) -> bool:
    word = match[1]
    if word.lower() in TITLES or word in HONORIFICS:
        return True
    if match.end() - match.end(1) > 2:  # words between that only an office has, behind it or at their end
        return match.group().rstrip(" ,").rpartition(" ")[2].lower() in TITLES
    if is_given(word) or word in _SAYING:
        return True
    two = _TWO_CAPITALS.match(text, match.start())
    return two is not None and is_person(two[1])


def _is_somebody(text: str, phrase: NounPhrase) -> bool:
    assert phrase.name is not None
    name = text[slice(*phrase.name)]
    last = name.rsplit(" ", 1)[-1]
    if phrase.head in classes()["naming"] - TITLES or last in _FAITHS:
        return False
    if last in _NOBODY or name.split(" ", 1)[0] in _NOBODY or name in gazetteer().names:
        return False
    if is_person(name):
        return True
    titled = phrase.head.removesuffix("s") in TITLES and " " in name and phrase.role is not None
    honoured = text[phrase.start : phrase.name[0]].strip().split(" ")[-1] in HONORIFICS
    if honoured:
        return True
    told = titled or (" " in name and _speaks(text, *phrase.name))
    return told and _may_be_person(name.split())


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether the words beside a name say that somebody speaks or writes there: "says Jordan Keeley"."""
    before = _SAID_BEFORE.search(text, max(0, start - 40), start)
    if before is not None or _ROLE_BEHIND.match(text, end) is not None:
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return not line and _BELOW.match(text, end) is not None


def _may_be_person(words: list[str]) -> bool:
    peoples = gazetteer().adjectives
    return len(words) < 4 and all(
        word[:1].isupper() and word.replace("-", "").isalpha() and word not in peoples for word in words
    )
