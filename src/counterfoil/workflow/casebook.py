"""Which techniques occur how often in which incidents: counted, and shown by their quotes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from counterfoil.model.framework import Framework
from counterfoil.model.selection import HAPPENED, Heat, Quoted, Selection

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.analytics.heat import Incidence
    from counterfoil.kb.cited import Mark
    from counterfoil.kb.selecting import Facet, Ids, IncidentRow
    from counterfoil.kb.workspace import Workspace


MOST_KEPT = 40  #: selections whose counts are kept


@dataclass(frozen=True, slots=True)
class Choices:
    """What a selection can be made from, the commonest first; `countries` by code or name."""

    actors: "list[Facet]"
    countries: "list[Facet]"
    targets: "list[Facet]"
    sources: "list[Facet]"
    origins: "list[Facet]"


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the incidents of a selection, with how many techniques happened in each by what is cited; and how
    many incidents there are in all."""

    incidents: "list[IncidentRow]"
    total: int


@dataclass
class Casebook:
    """The incidents of a workspace, found by what their reports say and counted by what is cited in them.

    `framework` is the version whose techniques are counted. What was read is kept, and brought up to date with
    each call. Safe for several threads.
    """

    workspace: "Workspace"
    framework: Framework
    _lock: Lock = field(default_factory=Lock, repr=False)
    _known: "Incidence | None" = field(default=None, repr=False)
    _mark: "Mark | None" = field(default=None, repr=False)
    _links: "tuple[int, ...]" = field(default=(), repr=False)
    _choices: "tuple[tuple[int, ...], Choices] | None" = field(default=None, repr=False)
    _heats: dict[Selection, Heat] = field(default_factory=dict, repr=False)
    _heats_of: "tuple[Mark, tuple[int, ...]] | None" = field(default=None, repr=False)

    def heat(self, *selections: Selection) -> list[Heat]:
        """Each selection counted, all on the same state of the workspace; of all incidents kept until that changes."""
        from counterfoil.kb.cited import facets_mark

        with self._lock, self.workspace.reading() as connection:
            known = self._up_to_date(connection)
            assert self._mark is not None  # it was brought up to date just now
            now = (self._mark, facets_mark(connection))
            if now != self._heats_of or len(self._heats) > MOST_KEPT:
                self._heats, self._heats_of = {}, now
            return [self._heats.get(one) or self._counted(connection, known, one) for one in selections]

    def _counted(self, connection: "Connection", known: "Incidence", one: Selection) -> Heat:
        query = _query(connection, one, known.citing(one.technique, one.modalities))
        heat = known.heat(one, list(connection.scalars(query)))
        # Records of incidents may be replaced by an import: what they are chosen by is looked up anew.
        if one == Selection(modality=one.modality, technique=one.technique):
            self._heats[one] = heat
        return heat

    def find(self, selection: Selection, limit: int, offset: int = 0) -> Found:
        """A stretch of the incidents of a selection, newest first."""
        from counterfoil.kb.selecting import count_matching, list_matching

        with self._lock, self.workspace.reading() as connection:
            known = self._up_to_date(connection)
            citing = known.citing(selection.technique, selection.modalities) if selection.technique else []
            query = _query(connection, selection, citing)
            rows = list_matching(connection, query, limit, offset)
            counted = known.techniques([row.id for row in rows], HAPPENED)
            found = [replace(row, techniques=counted.get(row.id, 0)) for row in rows]
            return Found(found, count_matching(connection, query))

    def quotes(self, selection: Selection, incident_ids: Sequence[str]) -> dict[str, list[Quoted]]:
        """The evidence of the selection's technique and its sub-techniques in these incidents, by incident."""
        from counterfoil.kb.quotes import quotes_in

        with self.workspace.reading() as connection:
            return _grouped(quotes_in(connection, self.framework, selection, incident_ids), "incident")

    def examples(self, selection: Selection) -> dict[str, list[Quoted]]:
        """A few quotes of every technique in the incidents of a selection, by technique."""
        from counterfoil.kb.quotes import examples

        citing = self._citing(selection)
        with self.workspace.reading() as connection:
            found = examples(connection, self.framework, selection, _query(connection, selection, citing))
            return _grouped(found, "technique")

    def choices(self) -> Choices:
        """What selections can be made from."""
        from counterfoil.kb.cited import facets_mark

        with self.workspace.reading() as connection:
            now = facets_mark(connection)
            if self._choices is None or self._choices[0] != now:
                self._choices = (now, _choices(connection))
            return self._choices[1]

    def _citing(self, selection: Selection) -> list[str]:
        """The incidents that cite the selection's technique. Called before a connection is held: who waits for the
        lock must not keep one from whoever has it."""
        if not selection.technique:
            return []
        with self._lock, self.workspace.reading() as connection:
            return self._up_to_date(connection).citing(selection.technique, selection.modalities)

    def _up_to_date(self, connection: "Connection") -> "Incidence":
        from counterfoil.analytics.heat import Incidence
        from counterfoil.kb.cited import cited, links, links_mark, mark, touched

        now = mark(connection)
        if self._known is None or self._mark is None:
            self._known = Incidence(self.framework, cited(connection, self.framework))
        elif now != self._mark:
            changed = touched(connection, self._mark)
            self._known.put(cited(connection, self.framework, changed), changed)
        self._mark = now
        linked = links_mark(connection)
        if linked != self._links or not self._known.linked:
            self._known.link(links(connection))
            self._links = linked
        return self._known


def _query(connection: "Connection", selection: Selection, citing: list[str]) -> "Ids":
    from counterfoil.kb.selecting import matching, spellings
    from counterfoil.model.countries import country_code

    code = country_code(selection.country)
    same = [one for one in spellings(connection, "country") if country_code(one) == code] if code else []
    return matching(selection, same, citing if selection.technique else None)


def _grouped(quotes: Iterable[Quoted], by: str) -> dict[str, list[Quoted]]:
    found: dict[str, list[Quoted]] = {}
    for quoted in quotes:
        found.setdefault(getattr(quoted, by), []).append(quoted)
    return found


def _choices(connection: "Connection") -> Choices:
    """Countries in one spelling, however their sources write them."""
    from counterfoil.kb.selecting import Facet, facets, origins
    from counterfoil.model.countries import country_code

    counted: dict[str, int] = {}
    for facet in facets(connection, "country"):
        named = country_code(facet.value) or facet.value
        counted[named] = counted.get(named, 0) + facet.incidents
    countries = [Facet(name, number) for name, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
    actors, targets, sources = (facets(connection, kind) for kind in ("actor", "target", "source"))
    return Choices(actors, countries, targets, sources, origins(connection))
