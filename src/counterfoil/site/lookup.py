"""A catalogue by every id that a page asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from counterfoil.site.catalogue import Catalogue, Edge, Entry

Groups = Mapping[str, list[Edge]]


class Lookup:
    """Entries by id; edges by the id at either end, each group sorted by the id at the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        c = catalogue
        self.entries = {sheet: {entry.id: entry for entry in entries} for sheet, entries in c.entries.items()}
        self.codings_of_incident = by_left(c.codings)
        self.codings_of_technique = by_right(c.codings)
        self.associated = by_left(c.associated)
        self.counters_of_technique = by_right(c.counter_techniques)
        self.counters_of_actor = by_right(c.counter_actors)
        self.of_counter = {
            "techniques": by_left(c.counter_techniques),
            "tactics": by_left(c.counter_tactics),
            "incidents": by_left(c.counter_incidents),
            "actortypes": by_left(c.counter_actors),
        }
        self.of_detection = {
            "techniques": by_left(c.detection_techniques),
            "tactics": by_left(c.detection_tactics),
            "incidents": by_left(c.detection_incidents),
            "actortypes": by_left(c.detection_actors),
        }
        self._members = {place: by_right(edges) for place, edges in c.members.items()}
        self._belongs = {place: by_left(edges) for place, edges in c.members.items()}

    def members(self, sheet: str, column: str, identity: str) -> list[Entry]:
        """The entries of this sheet that name this id in this column, sorted by id."""
        edges = self._members[sheet, column].get(identity, ())
        return [self.entries[sheet][edge.left] for edge in edges]

    def belongs(self, sheet: str, column: str, identity: str) -> list[str]:
        """The ids that this entry names in this column."""
        return [edge.right for edge in self._belongs[sheet, column].get(identity, ())]


def by_left(edges: Iterable[Edge]) -> Groups:
    """Edges by where they start, each group sorted by where they lead."""
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: edge.right):
        groups[edge.left].append(edge)
    return groups


def by_right(edges: Iterable[Edge]) -> Groups:
    """Edges by where they lead, each group sorted by where they start."""
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: edge.left):
        groups[edge.right].append(edge)
    return groups
