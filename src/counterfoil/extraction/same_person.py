"""Which mentions of people are the same person: a surname is a short form, not an identity."""

from dataclasses import dataclass, field
from itertools import islice

from counterfoil.extraction.expressions import Expression
from counterfoil.model.evidence import Span

#: What a title may carry without being another office.
_TIME_AND_PARTY = Expression(r"^(?:(?:former|then-|interim|u\.s\.|us|republican|democratic) ?)+")
_OFFICES = {
    "sen.": "senator",
    "rep.": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "gov.": "governor",
    "defence minister": "defense minister",
}
#: Titles that somebody in another office may bear as well.
_ANY_OFFICE = ("candidate", "presidential candidate", "vice presidential candidate", "lawmaker")


@dataclass(slots=True, eq=False)
class Person:
    """Somebody named in a text, as far as it has been read."""

    name: str
    role: str
    by: str = ""
    country: str = ""
    of: str = ""
    spans: list[Span] = field(default_factory=list)


class _Shelf:
    """Persons by a form of their name and by their office."""

    def __init__(self) -> None:
        self._persons: dict[tuple[str, str], dict[Person, None]] = {}

    def add(self, form: str, person: Person) -> None:
        for office in ("", _office(person.role)):
            self._persons.setdefault((form, office), {})[person] = None

    def remove(self, form: str, person: Person) -> None:
        for office in ("", _office(person.role)):
            del self._persons[form, office][person]

    def anyone(self, form: str) -> Person | None:
        """The first person of that name, whatever the title."""
        return next(iter(self._persons.get((form, ""), ())), None)

    def fitting(self, form: str, role: str) -> list[Person]:
        """Those of that name who may bear that title; no more than two, as two are already too many."""
        office = _office(role)
        offices = ("",) if office in _ANY_OFFICE else (office, *_ANY_OFFICE)
        return list(islice((person for o in offices for person in self._persons.get((form, o), ())), 2))


class Persons:
    """Who has been named so far. A surname is a person's short form, not a person's identity."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._by_name = _Shelf()
        self._by_end = _Shelf()

    def named(self, name: str, role: str) -> Person:
        """The person of that name and role: known, known by a longer or shorter name, or new."""
        person = self._known(name, role)
        if person is None:
            person = Person(name, role)
            self.all.append(person)
            self._file(person)
        elif len(name) > len(person.name):  # "Senator Rubio", and later in full
            self._by_name.remove(person.name, person)
            for end in _ends(person.name):
                self._by_end.remove(end, person)
            person.name = name
            self._file(person)
        return person

    def _known(self, name: str, role: str) -> Person | None:
        same = self._by_name.anyone(name) if " " in name else None
        if same is not None:
            return same
        same_form = self._by_name.fitting(name, role)
        if same_form:
            return same_form[0]
        longer = self._by_end.fitting(name, role)
        shorter = [person for end in _ends(name) for person in self._by_name.fitting(end, role)]
        both = [*longer, *shorter]
        return both[0] if len(both) == 1 else None

    def _file(self, person: Person) -> None:
        self._by_name.add(person.name, person)
        for end in _ends(person.name):
            self._by_end.add(end, person)


def _ends(name: str) -> list[str]:
    """The shorter forms of a name: "Jill Biden" is also "Biden"."""
    words = name.split(" ")
    return [" ".join(words[at:]) for at in range(1, len(words))]


def _office(role: str) -> str:
    """The office that a title is for, so that titles can be compared."""
    office = _TIME_AND_PARTY.sub("", role.lower())
    return _OFFICES.get(office, office)
