"""What is known of an actor or an observable over all reports, and which names may be one actor's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

from counterfoil.errors import UnknownIdError
from counterfoil.model.casefile import AliasProposal
from counterfoil.model.extraction import Actor, Alias
from counterfoil.model.framework import Framework
from counterfoil.model.judging import NameDecision, joined_names, name_key, undecided

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.kb.known import Filter, Known, Naming, Shared
    from counterfoil.kb.workspace import Workspace

LOOKED = 60  #: latest reports that are read for what they say of an actor
QUOTES = 3  #: of a report on an actor's page
AROUND = 130  #: letters before and after a name in a quote
MOST = 24  #: entries of a section beside the reports
OPERATIONS = ("actor", "network")  #: the kinds of actors that are influence operations or who runs them
LAG = 30.0  #: seconds that proposals may lag behind what was coded meanwhile; what is decided counts at once


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report with what stands around them; `start` in code points."""

    before: str
    words: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A report that names somebody, with quotes; `more` mentions are not shown."""

    report: str
    title: str
    publisher: str
    date: str
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a report."""

    report: str
    title: str
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class Said:
    """Something that reports say of an actor: its facts (by name, in words), and where."""

    facts: Mapping[str, str]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of an actor: who uses it, how many reports do, and whether an analyst joined it."""

    name: str
    users: tuple[str, ...]
    reports: int
    joined: bool


@dataclass(frozen=True, slots=True)
class ActorPage:
    """What is known of an actor. `looked` latest reports were read for attributions, dates and users of names."""

    known: "Known"
    looked: int
    names: tuple[OtherName, ...]
    reports: tuple[NamedIn, ...]
    attributions: tuple[Said, ...]
    dates: tuple[Said, ...]
    techniques: "list[Shared]"
    incidents: "list[Shared]"
    incidents_total: int
    observables: "list[Shared]"
    neighbours: "list[Shared]"
    history: tuple[NameDecision, ...]


@dataclass(frozen=True, slots=True)
class ObservablePage:
    """What is known of an observable: reports that have it, actors and incidents it was seen with."""

    known: "Known"
    reports: tuple[NamedIn, ...]
    actors: "list[Shared]"
    others: "list[Shared]"
    incidents: "list[Shared]"
    incidents_total: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A stretch of a list, how many there are in all, and of each kind."""

    rows: "list[Known]"
    total: int
    kinds: Mapping[str, int]


@dataclass
class AliasBook:
    """Names that may be one actor's, over all reports. Keeps what it worked out until reports say something new."""

    workspace: "Workspace"
    _proposed: tuple[AliasProposal, ...] = field(default=(), repr=False)
    _mark: tuple[int, ...] | None = field(default=None, repr=False)
    _at: float = field(default=0.0, repr=False)

    def proposals(self, names: Iterable[str] | None = None) -> tuple[AliasProposal, ...]:
        """What nobody has decided on yet; of some names only, if any are given."""
        from counterfoil.kb.known import actors_said, said_mark
        from counterfoil.kb.names import decided_names

        with self.workspace.reading() as connection:
            mark = said_mark(connection)
            if self._mark is None or (mark != self._mark and monotonic() - self._at > LAG):
                self._proposed = _proposals(actors_said(connection))
                self._mark, self._at = mark, monotonic()
            left = undecided(self._proposed, decided_names(connection))
        if names is None:
            return left
        wanted = {name_key(name) for name in names}
        return tuple(one for one in left if wanted & {name_key(one.name), name_key(one.alias)})


def list_known(workspace: "Workspace", kind: str, wanted: "Filter", limit: int, offset: int = 0) -> Listed:
    """A stretch of the actors or observables (`kind` "actor" or "observable")."""
    from counterfoil.kb.known import counted_kinds
    from counterfoil.kb.known import list_known as listed

    with workspace.reading() as connection:
        rows, total = listed(connection, kind, wanted, limit, offset)
        return Listed(rows, total, counted_kinds(connection, kind))


def leading_name(workspace: "Workspace", name: str) -> str:
    """The name that an actor of this name goes by; the same, if it was not joined to another."""
    from counterfoil.kb.names import names_in_use

    with workspace.reading() as connection:
        return names_in_use(connection).get(name_key(name), name)


def actor_page(workspace: "Workspace", name: str, framework: Framework, limit: int = 10, offset: int = 0) -> ActorPage:
    """What is known of an actor; `limit` reports with quotes, after the first `offset`.

    Raises:
        UnknownIdError: no report names it.
    """
    from counterfoil.kb import known as kb
    from counterfoil.kb.names import decided_names

    with workspace.reading() as connection:
        one = kb.known_actor(connection, name)
        if one is None:
            raise UnknownIdError(f"No report names an actor {name!r}.", "See: counterfoil actors.")
        decided = decided_names(connection)
        said = kb.names_said(connection, one)
        looked = kb.naming(connection, one, ("actors", "attributions", "dates"), LOOKED)
        shown = looked[offset : offset + limit]
        if offset + limit > LOOKED:
            shown = kb.naming(connection, one, ("actors",), limit, offset)
        incidents, total = kb.incidents_with(connection, one, MOST)
        joined = _joined(decided, one.name)
        written = [name for name in said if name_key(name) in joined or _same(name, one)]
        return ActorPage(
            known=one,
            looked=len(looked),
            names=_other_names(one, said, looked, joined),
            reports=_named_in(connection, shown, lambda row: _mentions(row, "actors", "name", one)),
            attributions=_attributions(looked, one),
            dates=_dates(looked),
            techniques=kb.techniques_of(connection, framework, sorted({one.name, *written})),
            incidents=incidents,
            incidents_total=total,
            observables=kb.seen_with(connection, one, "observable", MOST),
            neighbours=kb.seen_with(connection, one, "actor", MOST),
            history=tuple(row for row in decided if {name_key(one.name), *joined} & set(row.pair)),
        )


def observable_pages(workspace: "Workspace", value: str, limit: int = 10, offset: int = 0) -> list[ObservablePage]:
    """What is known of an observable: one page for each type that has the value.

    Raises:
        UnknownIdError: no report has it.
    """
    from counterfoil.kb import known as kb

    with workspace.reading() as connection:
        found = kb.known_observables(connection, value)
        if not found:
            raise UnknownIdError(f"No report has the observable {value[:100]!r}.", "See: counterfoil search.")
        pages = []
        for one in found:
            rows = kb.naming(connection, one, ("observables",), limit, offset)
            incidents, total = kb.incidents_with(connection, one, MOST)
            named = _named_in(connection, rows, lambda row, one=one: _mentions(row, "observables", "value", one))
            actors = kb.seen_with(connection, one, "actor", MOST)
            others = kb.seen_with(connection, one, "observable", MOST)
            pages.append(ObservablePage(one, named, actors, others, incidents, total))
        return pages


def _proposals(said: Iterable[tuple[str, tuple[str, ...], str]]) -> tuple[AliasProposal, ...]:
    from counterfoil.extraction.alias_proposals import proposals

    return proposals(Actor(name, (), tuple(map(Alias, others)), kind or "actor") for name, others, kind in sorted(said))


def _joined(decided: Sequence[NameDecision], name: str) -> set[str]:
    """The keys of the names that analysts joined to this one."""
    names = joined_names(decided)
    return {key for key, leader in names.items() if name_key(leader) == name_key(name)}


def _same(name: str, one: "Known") -> bool:
    from counterfoil.kb.folding import fold

    return " ".join(fold(name).split()) == one.key


def _other_names(
    one: "Known", said: Mapping[str, int], looked: "Sequence[Naming]", joined: set[str]
) -> tuple[OtherName, ...]:
    users: dict[str, dict[str, None]] = {}
    for row in looked:
        for actor in row.facts["actors"]:
            if _same(actor["name"], one):
                for alias in actor.get("aliases", ()):
                    if alias.get("by"):
                        users.setdefault(alias["name"], {})[alias["by"]] = None
    found = [
        OtherName(name, tuple(users.get(name, ())), count, name_key(name) in joined)
        for name, count in said.items()
        if name != one.name
    ]
    written = {name_key(other.name) for other in found} | {name_key(one.name)}
    found += [OtherName(key, (), 0, True) for key in sorted(joined - written)]
    return tuple(sorted(found, key=lambda other: (not other.joined, -other.reports, other.name)))


def _mentions(row: "Naming", kind: str, called: str, one: "Known") -> list[dict[str, Any]]:
    return [
        span
        for item in row.facts[kind]
        if (_same(item[called], one) if kind == "actors" else item[called] == one.name)
        for span in item["spans"]
    ]


def _named_in(connection: "Connection", rows: "Sequence[Naming]", mentions: Any) -> tuple[NamedIn, ...]:
    from counterfoil.kb.known import texts_of

    texts = texts_of(connection, [row.report for row in rows])
    found = []
    for row in rows:
        spans = sorted(mentions(row), key=lambda span: span["start"])
        text = texts[row.report]
        quotes = tuple(_quote(text, span["start"], span["end"]) for span in _apart(spans)[:QUOTES])
        more = len(spans) - len(quotes)
        found.append(NamedIn(row.report, row.title, row.publisher, row.published, quotes, more))
    return tuple(found)


def _apart(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mentions that do not stand in each other's quotes."""
    kept: list[dict[str, Any]] = []
    for span in spans:
        if not kept or span["start"] - kept[-1]["end"] > 2 * AROUND:
            kept.append(span)
    return kept


def _quote(text: str, start: int, end: int) -> Quote:
    """The words with what stands around them in their line, cut at blanks."""
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    if len(before) == AROUND:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == AROUND:
        after = f"{after.rpartition(' ')[0]} …"
    return Quote(before, text[start:end], after, start)


def _attributions(looked: "Sequence[Naming]", one: "Known") -> tuple[Said, ...]:
    """Whom it is said to act for, and who is said to act for it; the same said in several reports is one."""
    found: dict[tuple[str, ...], list[Place]] = {}
    names = ("actor", "to", "by", "strength", "confidence")
    for row in looked:
        for claim in row.facts["attributions"]:
            if _same(claim["actor"], one) or _same(claim["to"], one):
                key = tuple(claim.get(name, "") for name in names)
                found.setdefault(key, []).extend(_places(row, claim))
    rows = [Said(dict(zip(names, key, strict=True)), tuple(places)) for key, places in found.items()]
    return tuple(sorted(rows, key=lambda said: -len({place.report for place in said.places})))


def _dates(looked: "Sequence[Naming]") -> tuple[Said, ...]:
    """What the reports that name it date, in the order of the dates."""
    found: dict[tuple[str, str], list[Place]] = {}
    for row in looked:
        for date in row.facts["dates"]:
            if date.get("role") and date.get("value"):
                found.setdefault((date["value"], date["role"]), []).extend(_places(row, date))
    return tuple(Said({"date": date, "role": role}, tuple(places)) for (date, role), places in sorted(found.items()))


def _places(row: "Naming", item: dict[str, Any]) -> list[Place]:
    return [Place(row.report, row.title, span["start"], span["quote"]) for span in item["spans"][:1]]
