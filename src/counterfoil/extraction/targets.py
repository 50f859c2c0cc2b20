"""Targets: whom an operation acts against, by what the text says it does, fakes and claims of them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from counterfoil.extraction.claims import examined
from counterfoil.extraction.drawn_in import drawn_in
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.foreign_claims import foreign
from counterfoil.extraction.given_names import is_given, is_person
from counterfoil.extraction.naming import by_name
from counterfoil.extraction.phrases import word_starts
from counterfoil.extraction.placed import Placed
from counterfoil.extraction.reading import Reading
from counterfoil.extraction.same_person import Person, Persons
from counterfoil.extraction.speakers import Speakers
from counterfoil.extraction.states import Mention, gazetteer, mentions
from counterfoil.extraction.target_kinds import Named, as_target, kind_of
from counterfoil.extraction.target_places import Hit, Hits
from counterfoil.extraction.target_referents import Referents
from counterfoil.extraction.turned_hits import Turned
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Extraction, Place, Target

_KINDS = ("actor", "network", "state", "agency", "company", "outlet", "person")
_LOCATIVE = Expression(r"\b(?:[Ii]n|[Aa]cross|[Ww]ithin|[Tt]hroughout) (?:the )?$")
_OTHER_MATTER = Expression(
    r"(?i)\b(?:(?:in|as) (?:a|an) (?:separate|unrelated|different|earlier) (?:matter|case|incident|operation|campaign)|"
    r"not (?:to be )?(?:counted )?among the targets|nothing to do with|"
    r"(?:do|does|did|could|can) not (?:connect|link|tie)|not (?:connected|linked|related) (?:to|with)|no (?:link|"
    r"connection) to|had nothing in common)\b"
)
_start_of = attrgetter("start")
_DATE_BEHIND = 18  #: letters between an event and its date: "the election due on 7 June"
_MOST = 3  #: mentions of places that show which country a report is about, if no other has half as many
#: Adjectives that are languages more often than peoples.
_LANGUAGES = frozenset("English French Spanish Portuguese Arabic Russian German Chinese Italian Dutch".split())
_ARTICLE = Expression(r"^[Tt]he ")


@dataclass(slots=True)
class _Group:
    """A target that is nobody in person, as far as the text has been read."""

    name: str
    kind: str
    role: str
    by: str
    country: str
    when: str = ""
    spans: list[Span] = field(default_factory=list)


def find(reading: Reading, found: Extraction) -> tuple[Target, ...]:
    """The targets of the text, in text order; somebody named twice is one target."""
    return _Targets(reading, found).all()


class _Targets:
    """Collects the targets of one report."""

    def __init__(self, reading: Reading, found: Extraction) -> None:
        self._reading, self._text, self._found = reading, reading.text, found
        self._operating, self._claims = examined(reading, found)
        self._speakers = Speakers(reading, found)
        self._referents = Referents(reading)
        self._actors: dict[str, Actor] = by_name(found.actors, _KINDS)
        self._platforms = {words for item in found.platforms for words in (item.name, *(s.quote for s in item.spans))}
        self._persons = Persons()
        self._groups: dict[str, _Group] = {}
        self._events: dict[str, _Group] = {}  #: by date
        self._items: dict[int, Person | _Group] = {}
        self._places = _ranges(reading, found)
        self._mostly = self._where_most()

    def all(self) -> tuple[Target, ...]:
        for hit in sorted(self._hits(), key=lambda hit: (hit.phrase.start, hit.claimed)):
            meant = self._referents.meant(hit.phrase)
            named = None if meant else as_target(self._text, hit.phrase, hit.firm, hit.direct)
            if meant and not self._is_elsewhere(hit) and not self._operating.is_runner(meant):
                named = Named(hit.phrase.start, hit.phrase.end, "person")
                self._person(named, meant, self._by(hit.at))
            elif named is not None:
                self._take(hit, named)
        for said in foreign(self._reading):
            for start, end, role in said.targets:
                self._take_foreign(said.start, start, end, role)
        return tuple(_target(item) for item in self._items.values())

    def _take_foreign(self, at: int, start: int, end: int, role: str) -> None:
        name = self._text[start:end]
        if self._operating.is_operation(name) or self._operating.is_runner(name):
            return
        by = self._by(at)
        if is_person(name):
            before = self._text.rfind(role, max(0, start - 90), start) if role else start
            named = Named(start, end, "person", (before, before + len(role)) if 0 <= before < start else None)
            self._person(named, name, by)
        else:
            kind = _KIND_ABROAD.get(kind_of(name, "", ""), "institution")
            kind = "event" if _EVENT_ABROAD.search(name) else kind
            self._group(Named(start, end, kind), name, kind, by)

    def _hits(self) -> Iterator[Hit]:
        hits = Hits(self._reading, self._operating)
        yield from hits.all()
        yield from Turned(self._reading, self._operating).all()
        yield from drawn_in(self._reading, self._operating)
        for claim in self._claims:
            yield from hits.of_claim(claim)

    def _is_elsewhere(self, hit: Hit) -> bool:
        """Whether the sentence says that it tells of something else."""
        return _OTHER_MATTER.search(self._text, *self._reading.sentence(hit.at)) is not None

    def _by(self, at: int) -> str:
        """Whose doing it is what the text says there."""
        sentence, _ = self._reading.sentence(at)
        return self._operating.by(sentence, at)

    def _take(self, hit: Hit, named: Named) -> None:
        if self._is_elsewhere(hit):
            return
        name = self._text[named.start : named.end]
        kind = named.kind
        if kind == "other":
            full = self._referents.full(name) or self._speakers.fullest(name)
            actor = self._actors.get(name)
            kind = _OF_ACTOR.get(actor.kind, "") if actor else "outlet" if hit.faked else "institution"
            first, _, rest = name.partition(" ")
            if is_person(full) or (actor is None and is_given(first) and rest.istitle() and not hit.faked):
                name, kind = full, "person"
            if kind == "institution" and actor is None and hit.claimed:
                return
        elif kind == "institution" and name in self._actors and self._actors[name].kind in ("outlet", "company"):
            kind = self._actors[name].kind
        if not kind or self._operating.is_operation(name) or self._operating.is_runner(name):
            return
        if name in self._platforms and not hit.faked:
            return
        if kind == "state" and name in gazetteer().names and (hit.claimed or not self._is_foreign(name)):
            return
        if kind == "state" and named.country in self._operating.states:
            return
        by = self._by(hit.at)
        if kind == "person":
            self._person(named, name, by)
        else:
            self._group(named, name, kind, by)

    def _is_foreign(self, name: str) -> bool:
        """Whether a state is not the one that the operation serves."""
        named = gazetteer().names.get(_ARTICLE.sub("", name))
        return named is None or named[0] not in self._operating.states

    def _person(self, named: Named, name: str, by: str) -> None:
        role = self._text[slice(*named.role)] if named.role else ""
        before = len(self._persons.all)
        person = self._persons.named(name, role)
        if len(self._persons.all) > before:
            self._items[id(person)] = person
        person.by = person.by or by
        person.country = person.country or self._country(named)
        start = named.role[0] if named.role and named.role[1] < named.start else named.start
        person.spans.append(self._reading.span(start, named.end))

    def _group(self, named: Named, name: str, kind: str, by: str) -> None:
        actor = self._actors.get(name)
        key = (actor.name if actor else _ARTICLE.sub("", name)).casefold()
        when = self._when(named) if kind == "event" else ""
        group = self._groups.get(key) or self._events.get(when)  # "the parliamentary election", "the vote of 7 June"
        if group is None:
            role = self._text[slice(*named.role)] if named.role else ""
            group = _Group(name, kind, role, by, self._country(named))
            self._groups[key] = self._items[id(group)] = group
        group.country = group.country or (actor.state if actor else "")
        if when:
            group.when = group.when or when
            self._events.setdefault(when, group)
        group.spans.append(self._reading.span(named.start, named.end))

    def _country(self, named: Named) -> str:
        """The state its own words name, else the only one in the sentence that the operation does not serve."""
        if named.country or named.kind == "state":
            country = named.country or gazetteer().names[_ARTICLE.sub("", self._text[named.start : named.end])][0]
            return country if named.kind == "state" or country not in self._operating.states else ""
        start, end = self._reading.sentence(named.start)
        first, last = _with_role(named)
        own = {code for at, stop, code in self._places if first <= at and stop <= last} - self._operating.states
        if len(own) == 1:  # "the mayor of Tallinn"
            return own.pop()
        inside = (
            m for m in self._mentions(start, end) if _LOCATIVE.search(self._text, max(start, m.start - 14), m.start)
        )
        codes = {mention.code.partition("-")[0] for mention in inside}
        codes -= self._operating.states
        if len(codes) == 1:
            return codes.pop()
        return "" if codes or named.kind in ("company", "outlet") else self._mostly

    def _where_most(self) -> str:
        """The state of most places and peoples in the text, the operation's left out; empty if none stands out."""
        counts = Counter(code for _, _, code in self._places)
        starts, adjectives = word_starts(self._text), gazetteer().adjectives
        for word in adjectives.keys() & starts.keys() - _LANGUAGES:
            counts[adjectives[word]] += len(starts[word])
        ranked = Counter({code: n for code, n in counts.items() if code not in self._operating.states}).most_common(2)
        if not ranked or ranked[0][1] < _MOST or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return ""
        return ranked[0][0]

    def _mentions(self, start: int, end: int) -> tuple[Mention, ...]:
        every = mentions(self._text)
        first, last = bisect_left(every, start, key=_start_of), bisect_left(every, end, key=_start_of)
        return every[first:last]

    def _when(self, named: Named) -> str:
        """The date of an event: inside its words or right behind them."""
        first = self._reading.span(named.start, named.end)
        for date in self._found.dates:
            for span in date.spans:
                near = first.start <= span.start <= first.end + _DATE_BEHIND
                if near and date.value and "." not in self._reading.report.text[first.end : span.start]:
                    return date.value
        return ""


_EVENT_ABROAD = Expression(
    r"(?i)wahl(?:en)?\b|abstimmung|élection|scrutin|elecci|comicio|ré?f[eé]rend|выбор|референдум|вибор|\bjeux\b|"
    r"juegos|sommet|"
    r"cumbre|саммит|саміт"
)
_KIND_ABROAD = {"state": "state", "party": "party", "outlet": "outlet"}
_OF_ACTOR = {"agency": "institution", "company": "company", "outlet": "outlet", "person": "person"}


def _with_role(named: Named) -> tuple[int, int]:
    """The range of a name with the words that say who it is, if they stand close."""
    role = named.role or (named.start, named.end)
    return min(named.start, role[0]), max(named.end, role[1])


def _ranges(reading: Reading, found: Extraction) -> list[tuple[int, int, str]]:
    """Where in the text read a place stands, and the code of its state."""
    placed = Placed(
        reading.text, {name: item.code.partition("-")[0] for item in found.places for name in _written(item)}
    )
    return placed.mentions


def _written(place: Place) -> set[str]:
    return {place.name, *(span.quote for span in place.spans)}


def _target(item: Person | _Group) -> Target:
    if isinstance(item, Person):
        return Target(item.name, item.role, tuple(item.spans), item.by, "person", item.country)
    return Target(item.name, item.role, tuple(item.spans), item.by, item.kind, item.country, item.when)
