"""Whom "the minister", "her" or a bare surname means: somebody whom the text has named before."""

from bisect import bisect_left
from operator import attrgetter

from counterfoil.extraction.named_people import named_people
from counterfoil.extraction.noun_phrases import NounPhrase
from counterfoil.extraction.phrase_cores import TITLES
from counterfoil.extraction.reading import Reading

_start_of = attrgetter("start")
_PRONOUNS = frozenset("he she him her".split())
_NEAR = 320  #: letters between a name and its pronoun
_BACK = 15  #: mentions of people that are looked at for an office
_DEFINITE = ("the ", "its ", "their ", "that ", "this ")
#: Who speaks in a report more often than they suffer anything.
_OBSERVING = frozenset(
    "analyst researcher spokesperson spokesman spokeswoman author reporter investigator expert correspondent".split()
)


class Referents:
    """The people of one text, asked for by what else they are called."""

    def __init__(self, reading: Reading) -> None:
        text = reading.text
        self._text, self._people = text, named_people(reading)
        self._parts: dict[str, str] = {}
        for name in dict.fromkeys(text[slice(*phrase.name)] for phrase in self._people if phrase.name):
            first, _, rest = name.partition(" ")
            for part in (first, rest.rpartition(" ")[2]) if rest else ():
                self._parts[part] = "" if self._parts.get(part, name) != name else name

    def full(self, part: str) -> str:
        """The one person of whose name a word is the first or last; empty if nobody's or several people's."""
        return self._parts.get(part, "")

    def meant(self, phrase: NounPhrase) -> str:
        """The name of whom a pronoun or an office without a name means; empty if nobody can be told."""
        if phrase.name is not None:
            return ""
        last = bisect_left(self._people, phrase.start, key=_start_of)
        if phrase.head in _PRONOUNS:
            before = self._people[last - 1] if last else None
            near = before is not None and phrase.start - before.end < _NEAR and before.head not in _OBSERVING
            return self._name(before) if before is not None and near else ""
        words = self._text[phrase.start : phrase.end].lower()
        if phrase.head not in TITLES or not words.startswith(_DEFINITE):
            return ""
        for person in reversed(self._people[max(0, last - _BACK) : last]):
            if person.role and phrase.head in self._text[slice(*person.role)].lower().split():
                return self._name(person)
        return ""

    def _name(self, person: NounPhrase) -> str:
        return self._text[slice(*person.name)] if person.name else ""
