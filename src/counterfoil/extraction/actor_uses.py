"""Organisations by how the text uses their name: "researchers at X", "X's editor", "the channel X", "X, a studio in".

Rules for the form of a name find what is called an institute, an agency or a Herald. Most newsrooms, firms and
collectives are called nothing of the kind, and only the words beside them tell. One such place is enough.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from counterfoil.extraction.english_tokens import begins_sentence
from counterfoil.extraction.english_words import classes
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import is_given, is_person
from counterfoil.extraction.naming import Named
from counterfoil.extraction.not_names import is_person_here
from counterfoil.extraction.organisation_uses import Use, use_after, use_before
from counterfoil.extraction.organisations import known
from counterfoil.extraction.person_titles import TITLES, describes
from counterfoil.extraction.place_names import is_place_name
from counterfoil.extraction.platforms import platform_names
from counterfoil.extraction.speakers import is_opener
from counterfoil.extraction.states import gazetteer
from counterfoil.extraction.word_lists import word_classes

BY_USE = "used as an organisation’s:"  #: beginning of a reason that yields to any other rule's kind

_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶŁĻŃŅŇŐŘŚŞŠȘŢȚŪŮŰŹŻŽЀ-Я"
_W = (
    rf"(?:(?:[Aa][lsrnd]|[Ee]l)-)?(?:[{_CAPITAL}]|\d(?=[A-Za-z]))\w{{0,30}}(?:[’'&.:\-]\w{{1,30}}){{0,4}}"
    rf"(?:(?<=s)[’'](?= [{_CAPITAL}]))?"
)
_LINK = (
    r"(?:(?<=Committee )to|of the|for the|of|for|&|de la|de las|de los|del|des|du|de|di|da|do|la|le|les|el|al|für|"
    r"der|das|vom|zur|"
    r"o le|o|e|ya|wa|na|ng|d['’])"
)
_RUN = Expression(rf"(?<![\w@#./’'\-]){_W}(?: (?:{_LINK} ?(?=[{_CAPITAL}]))?{_W}){{0,6}}")
_POSSESSIVE = Expression(r"['’]s?$")
_CODE = Expression(r"[A-Z]{2}|[^\Wa-z]{0,31}[a-z][^\WA-Z]{0,31}[A-Z]|[^\W\d]{0,31}\d|\w{1,31}[.:]\w")
_SMALL_WORDS = frozenset("of the for & de la las los del des du di da do le les el al für der das vom zur o e".split())
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December".split()
)
_PLACED = Expression(r"\b(?:[Ii]n|near|outside) (?:the )?$")
_SHORT = Expression(r"[A-Z][A-Z\d]{1,7}|\w{1,31}[.:]\w[\w.]{0,160}")
_AND = Expression(r"[”\"»]?,? (?:and (?:of |at |from |with |for |by )?(?:the )?)?[“\"«]?")
_CYRILLIC = Expression("[Ѐ-ӿ]")


_KINDS = ("outlet", "company", "agency")
_TITLES_TOO = frozenset(
    "Principal Maître Me Imam Sheikh Sheikha Cheikh Father Sister Brother Rabbi Pastor Archbishop".split()
)


class _Run(NamedTuple):
    start: int
    name: str


def used_organisations(text: str, operations: Container[str]) -> Iterator[Named]:
    """Every organisation that a use of its name shows, where it is used so; `operations` are none."""
    runs = [run for match in _RUN.finditer(text) for run in _parts(text, match)]
    surnames = {run.name.rpartition(" ")[2] for run in runs if is_person(run.name)}
    listed: tuple[int, Use] | None = None  #: where the last name of a list ends, and what its names are
    for run in runs:
        if not may_be_organisation(run.name):
            continue
        end = run.start + len(run.name)
        goes_on = listed is not None and _AND.fullmatch(text, listed[0], run.start) is not None
        if run.name in surnames or run.name in operations:
            continue
        use = _use(text, run, end) or (listed[1] if listed and goes_on else None)
        if use is None:
            continue
        listed = (end, use) if use.sure and (goes_on or use.words.endswith("s")) else None
        if use.sure or " " in run.name or _CODE.match(run.name):
            yield Named(run.start, run.name, use.kind, "", f"{BY_USE} “{use.words}”")


def _use(text: str, run: _Run, end: int) -> Use | None:
    if _CYRILLIC.match(run.name) and text[run.start - 1 : run.start] not in ("«", "„", "“", '"'):
        return None  # as likely the next word of the sentence
    use = use_before(text, run.start, end)
    if use and use.sure:
        return use
    if use is None and _PLACED.search(text, max(0, run.start - 10), run.start):
        return None  # "an address in Mayfair, an empty site"
    use = use or use_after(text, end, _SHORT.fullmatch(run.name) is not None)
    return None if use and is_person_here(text, run.start, run.name) else use


def _parts(text: str, match: re.Match[str]) -> Iterator[_Run]:
    """The names in a run of capitals: without what opens the sentence; a day ends one, an owner is one of its own."""
    words, start = match.group().split(" "), match.start()
    if len(words) == 1 and words[0][-2:] not in ("’s", "'s"):
        if len(words[0]) > 1 and words[0] not in _DAYS and not is_opener(words[0]):
            yield _Run(start, words[0])
        return
    opens = begins_sentence(text, start)
    while words and (_is_outside(words) or (opens and _is_common(words[0]))):
        start += len(words[0]) + 1
        words = words[1:]
    first = 0
    for at, word in enumerate(words):
        day = word in _DAYS
        if day or word.endswith(("’s", "'s")) or at == len(words) - 1:
            mine = words[first : at + (not day)]
            while mine and mine[-1].lower() in _SMALL_WORDS:
                mine.pop()
            name = _POSSESSIVE.sub("", " ".join(mine))
            if len(name) > 1:
                yield _Run(start + sum(len(word) + 1 for word in words[:first]), name)
            first = at + 1


def _is_common(word: str) -> bool:
    """Whether a word at a sentence's beginning needs its capital: "Journalists of the Platform for", "The"."""
    return is_opener(word) or word.lower() in word_classes("organisation_words.txt")["people"]


def _is_outside(words: list[str]) -> bool:
    """Whether a name's first word is none of it: "of the", "Lagos-based", "Firma" as German writes it."""
    return words[0].lower() in _SMALL_WORDS or _describes(words) or (len(words) > 1 and words[0] in _GERMAN)


_GERMAN = frozenset(
    "Firma Firmen Agentur Zeitung Zeitschrift Magazin Magazins Sender Senders Unternehmen Konzern Plattform "
    "Portal Portals "
    "Recherchenetzwerk Nachrichtenagentur Tageszeitung Wochenzeitung Kampagne Netzwerk".split()
)


def _describes(words: list[str]) -> bool:
    return len(words) > 1 and (describes(words[0]) or words[0] in ("Former", "Then"))


@lru_cache(maxsize=4096)
def may_be_organisation(name: str) -> bool:
    """Whether nothing in a name speaks for a person, a state, a place, a platform or a thing."""
    words = name.split(" ")
    uses = word_classes("organisation_words.txt")
    never = uses["never"]
    if name in known() or name in gazetteer().names or name in gazetteer().adjectives or name in platform_names():
        return False
    if (
        words[-1] in never
        or words[0] in _TITLES_TOO
        or name.rstrip("s") in gazetteer().adjectives
        or is_place_name(name)
    ):
        return False
    if len(words) == 1:
        short = (len(name) < 3 and not name[-1].isdigit()) or (len(name) == 3 and name.istitle())
        given = is_given(name) and not name.startswith(("Al-", "El-"))
        short = short or name.endswith(("ans", "ean", "ese", "ish"))  # "the page Okinawans"
        short = short or name in classes()["peoples"] or any(name.lower() in uses[kind] for kind in _KINDS)
        return not (name in TITLES or given or is_opener(name) or short)
    return not (any(word in TITLES for word in words[:3]) or is_person(name)) and len(words) < 9
