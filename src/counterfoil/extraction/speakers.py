"""Who is meant by a short form of a speaker: a surname, an acronym, "the observatory"."""

import re
from functools import lru_cache

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE, ORGANISATIONS, by_name
from counterfoil.extraction.person_titles import TITLES, describes
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.states import gazetteer
from counterfoil.model.extraction import Extraction

_CAP = r"(?:(?:al|el|ad|as|ar)-)?[A-ZÀ-ÞА-ЯЄІЇҐ][\w’'\-]{1,25}"
_SEQUENCE = Expression(
    rf"(?<!\w){_CAP}(?: (?:{_CAP}|[A-Z]\.|de(?: la| los)?|da|(?:van|von)(?: de[rn])?|bin|al|el)){{0,4}} {_CAP}"
)
_MENTION = Expression(
    rf"(?<!\w){_CAP}(?: (?:{_CAP}|[A-Z]\.|de(?: la| los)?|da|(?:van|von)(?: de[rn])?|bin|al|el)){{0,6}}"
)
_BODY_WORD = Expression(
    r"Agency|Institute|Institution|Cent(?:er|re)|Lab|Labs|Laboratory|Office|Bureau|Ministry|Department|Council|Committee|"
    r"Commission|Embassy|University|Observatory|Foundation|Forum|Group|Media|Bank|Party|Union|Service|Services|Project|"
    r"Initiative|Network|Association|Federation|Authority|Board|Court|House|Parliament|Congress|Government|Unit|Team|"
    r"Mission|Digital|Holdings?|Company|Corp|Times|Post|News|Radio|TV|Journal|Guardian|Watch|Monitor|Alliance|Street|"
    r"Research|Security|Cyber|Threat|Intelligence|Strategies|Partners|Republic|States|Kingdom|Nations|City|Act|War"
)
_POSSESSIVE = Expression(r"['’]s?$")
#: Words with which sentences begin, so that a surname behind them looks like a full name.
_OPENERS = frozenset(
    "The A An This That These Those It He She They We I You In On At By For From With To Of As And Or But If When "
    "While Where Whereas After Before Since Until Although Though Because Once Later Then Now Today Yesterday "
    "Tomorrow Earlier Meanwhile However Also Still Yet Even Only Both Neither Nobody Everyone Perhaps Instead "
    "Indeed Afterwards Thereafter So Thus Like Unlike Despite Under Over Against Among Between During Through "
    "About What Who Whom Whose Why How Did Does Do Has Had Have Is Was Were Are Can Could Will Would Not No Nor "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Asked Told Said Says According Citing Quoting Calling Recently "
    "Previously Separately Similarly Additionally Finally Initially Eventually Reportedly Allegedly Subsequently "
    "Originally Usually Consequently Notably Publicly Privately Everyone Everybody Nothing Nobody Somebody "
    "Laut Nach Aber Und Wie Auch Im Am Bei Mit Für Der Die Das Ein Eine Selon Pour Dans Le La Les Un Une Mais En "
    "Según El Los Las Una Pero Por По В На С И Но Как За У Як Про".split()
)
_NOT_FIRST = TITLES | _OPENERS


def is_opener(word: str) -> bool:
    """Whether a capitalised word begins a sentence rather than a name."""
    return word in _OPENERS


#: Case endings of two letters in Slavic surnames.
_TWO_LETTERS = ("ым", "им", "ой", "ою", "ом", "ем", "ей", "єм", "ої", "ій", "ого", "ому")


class Speakers:
    """The fullest form of each speaker of one text."""

    def __init__(self, reading: Reading, found: Extraction) -> None:
        self._organisations = {name: actor.name for name, actor in by_name(found.actors, ORGANISATIONS).items()}
        self._influence = by_name(found.actors, INFLUENCE).keys()
        self._taken = {*self._organisations, *by_name(found.actors, ("state",))}
        self._by_last_word: dict[str, set[str]] = {}
        for name in set(self._organisations.values()):
            self._by_last_word.setdefault(name.split()[-1].casefold(), set()).add(name)
        self._by_surname = _persons(reading.text)

    def fullest(self, who: str) -> str:
        """The fullest name that the text has for a speaker; as written where it has none, or several."""
        bare = re.sub(r"^[Tt]he ", "", who)
        if bare in self._organisations:
            return self._organisations[bare]
        if bare != who and bare.islower() and " " not in bare:
            return _one(self._by_last_word.get(bare, set())) or who
        words = [word.rstrip(".") for word in who.split(" ")]
        surname = words[-1]
        short = all(word in TITLES for word in words[:-1])
        if short and surname not in self._taken and surname[:1].isupper():
            return _one(self._by_surname.get(surname, set())) or self._inflected(surname) or who
        return who

    def _inflected(self, surname: str) -> str:
        """Whose surname it is in another case ("Лунина" of "Павел Лунин")."""
        if surname[:1] < "Ѐ" or len(surname) < 4:
            return ""
        stem = surname[:-2] if surname.endswith(_TWO_LETTERS) else surname[:-1]
        return _one(
            {
                name
                for last, names in self._by_surname.items()
                if last.startswith(stem) and len(last) < len(stem) + 3
                for name in names
            }
        )

    def is_operation(self, who: str) -> bool:
        """Whether the speaker is an influence actor, whose words nobody should take for a source's."""
        return re.sub(r"^[Tt]he ", "", who) in self._influence


@lru_cache(maxsize=1)  # attributions and voices ask for the same text
def _persons(text: str) -> dict[str, set[str]]:
    """Surname -> the full names that end in it."""
    names: dict[str, set[str]] = {}
    for match in _SEQUENCE.finditer(text):
        words = _POSSESSIVE.sub("", match.group()).split(" ")
        titles = [at for at, word in enumerate(words) if word.rstrip(".") in _NOT_FIRST or _is_adjective(word)]
        words = words[titles[-1] + 1 :] if titles else words
        if len(words) > 1:
            names.setdefault(words[-1], set()).add(" ".join(words))
    return names


def person_mentions(text: str, taken: frozenset[str]) -> list[tuple[int, str]]:
    """Where a person is named, by full name or by a surname that a full name has, in order.

    Names in `taken`, or that are an organisation's by their words, are nobody's.
    """
    full = _persons(text)
    found: list[tuple[int, str]] = []
    for match in _MENTION.finditer(text):
        words = _POSSESSIVE.sub("", match.group()).split(" ")
        while words and (words[0].rstrip(".") in _NOT_FIRST or _is_adjective(words[0])):
            words = words[1:]
        name = " ".join(words)
        if not words or name in taken or any(_BODY_WORD.fullmatch(word) for word in words):
            continue
        if len(words) > 1 or (name in full and name not in gazetteer().names):
            found.append((match.end() - len(match.group().rpartition(words[0])[2]) - len(words[0]), name))
    return found


def _is_adjective(word: str) -> bool:
    """Whether the word only describes somebody ("Norwegian", "Russia’s", "Then-mayor")."""
    return describes(word) or word in gazetteer().adjectives or word.endswith(("’s", "'s"))


def _one(names: set[str]) -> str:
    """The only name, or the longest where each is the same first and last word with more between."""
    if len({(name.split()[0], name.split()[-1]) for name in names}) != 1:
        return ""
    return max(names, key=lambda name: (len(name), name))
