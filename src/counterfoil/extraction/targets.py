"""Targets: people with a title whom a sentence says an operation acts against."""

import re
from dataclasses import dataclass, field
from itertools import islice

from counterfoil.extraction.naming import INFLUENCE, by_name
from counterfoil.extraction.placed import Placed
from counterfoil.extraction.reading import Reading
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction, Target

_TITLES = (
    r"(?:(?:[Ff]ormer |then-|[Vv]ice |[Dd]eputy |U\.S\. |US |[Ii]nterim |Republican |Democratic ){0,2}"
    r"(?:[Pp]resident|[Ss]enator|Sen\.|[Rr]epresentative|Rep\.|[Cc]ongress(?:wo)?man|[Gg]overnor|Gov\.|"
    r"[Pp]rime [Mm]inister|"
    r"[Ff]oreign [Mm]inister|[Dd]efen[cs]e [Mm]inister|[Ff]irst [Ll]ady|[Cc]hancellor|[Mm]inister|[Mm]ayor|"
    r"[Pp]residential candidate|[Cc]andidate|[Cc]ommissioner|[Aa]mbassador|[Gg]eneral|Lawmaker|lawmaker|"
    r"MP|MEP))"
)
_PERSON = r"[A-ZÀ-Þ][\w’'\-]{1,25}(?: (?:[A-Z]\.|de|van|von|der|al-)?\s?[A-ZÀ-Þ][\w’'\-]{1,25}){0,3}"
_VERBS = (
    r"(?:target|accus|denigrat|smear|discredit|attack|critici[sz]|impersonat|undermin|disparag|mock|defam|"
    r"vilif(?:y|i)|ridicul|slander|malign|harass|intimidat)"
)
_ACTIVE = re.compile(
    rf"\b{_VERBS}(?:e?d|ing|"
    rf"e?s)? (?:the )?(?:campaign of )?(?P<role>{_TITLES}) (?P<name>{_PERSON})"
)
_PASSIVE = re.compile(
    rf"\b(?P<role>{_TITLES}) (?P<name>{_PERSON}) (?:was|were|has been|had been) (?:also |repeatedly )?"
    rf"(?:the target of|{_VERBS}e?d)"
)


#: What a title may carry without being another office.
_TIME_AND_PARTY = re.compile(r"^(?:(?:former|then-|interim|u\.s\.|us|republican|democratic) ?)+")
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
class _Person:
    """Somebody acted against, as far as the text has been read."""

    name: str
    role: str
    by: str = ""
    spans: list[Span] = field(default_factory=list)


class _Shelf:
    """Persons by a form of their name and by their office."""

    def __init__(self) -> None:
        self._persons: dict[tuple[str, str], dict[_Person, None]] = {}

    def add(self, form: str, person: _Person) -> None:
        for office in ("", _office(person.role)):
            self._persons.setdefault((form, office), {})[person] = None

    def remove(self, form: str, person: _Person) -> None:
        for office in ("", _office(person.role)):
            del self._persons[form, office][person]

    def anyone(self, form: str) -> _Person | None:
        """The first person of that name, whatever the title."""
        return next(iter(self._persons.get((form, ""), ())), None)

    def fitting(self, form: str, role: str) -> list[_Person]:
        """Those of that name who may bear that title; no more than two, as two are already too many."""
        office = _office(role)
        offices = ("",) if office in _ANY_OFFICE else (office, *_ANY_OFFICE)
        return list(islice((person for o in offices for person in self._persons.get((form, o), ())), 2))


class _Persons:
    """Who has been named so far. A surname is a person's short form, not a person's identity."""

    def __init__(self) -> None:
        self.all: list[_Person] = []
        self._by_name = _Shelf()
        self._by_end = _Shelf()

    def named(self, name: str, role: str) -> _Person:
        """The person of that name and role: known, known by a longer or shorter name, or new."""
        person = self._known(name, role)
        if person is None:
            person = _Person(name, role)
            self.all.append(person)
            self._file(person)
        elif len(name) > len(person.name):  # "Senator Rubio", and later in full
            self._by_name.remove(person.name, person)
            for end in _ends(person.name):
                self._by_end.remove(end, person)
            person.name = name
            self._file(person)
        return person

    def _known(self, name: str, role: str) -> _Person | None:
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

    def _file(self, person: _Person) -> None:
        self._by_name.add(person.name, person)
        for end in _ends(person.name):
            self._by_end.add(end, person)


def find(reading: Reading, found: Extraction) -> tuple[Target, ...]:
    """The targets of the text, in text order; a person named twice is one target."""
    hits = sorted(
        (match for pattern in (_ACTIVE, _PASSIVE) for match in pattern.finditer(reading.text)),
        key=lambda match: match.start("role"),
    )
    actors = Placed(reading.text, {name: actor.name for name, actor in by_name(found.actors, INFLUENCE).items()})
    persons = _Persons()
    for match in hits:
        written = re.sub(r"['’]s?$", "", match["name"])
        person = persons.named(written, match["role"])
        sentence, _ = reading.sentence(match.start())
        # The one influence actor that the sentence names before the verb, if it is only one.
        person.by = person.by or actors.only(sentence, match.start())
        person.spans.append(reading.span(match.start("role"), match.start("name") + len(written)))
    return tuple(Target(person.name, person.role, tuple(person.spans), person.by) for person in persons.all)


def _ends(name: str) -> list[str]:
    """The shorter forms of a name: "Jill Biden" is also "Biden"."""
    words = name.split(" ")
    return [" ".join(words[at:]) for at in range(1, len(words))]


def _office(role: str) -> str:
    """The office that a title is for, so that titles can be compared."""
    office = _TIME_AND_PARTY.sub("", role.lower())
    return _OFFICES.get(office, office)
