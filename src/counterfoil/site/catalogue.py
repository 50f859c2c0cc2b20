"""What the pages show: entries by sheet and the edges between them, all as text.

Two readings of the same workbooks fill these types: `faithful` (what DISARM's generator sees, faults
included) and `careful` (every id found, every oddity reported). Rendering is then the same for both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that may have a page: its id, its name, its cells as text, and its row in the sheet."""

    id: str
    name: str
    fields: Mapping[str, str] = field(repr=False)
    row: int


@dataclass(frozen=True, slots=True)
class Edge:
    """`left` cites `right` in this cell; `text` is what the row says about it ("" if nothing)."""

    left: str
    right: str
    sheet: str
    row: int
    column: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A web address that an incident rests on, and what the urls sheet knows of it."""

    incident: str
    url: str
    published: str
    authors: str
    publisher: str
    archive: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A token of the workbook that no page links, or a cell that had to be changed, and why.

    `kind` is one word for grouping; `value` is the token exactly as the cell has it.
    """

    kind: str
    sheet: str
    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Entries by sheet name, in page order, and edges in the order of the sheets.

    `codings` cites techniques from incidents, `associated` techniques from techniques; the `counter_…`
    and `detection_…` edges start at a counter or a detection. `members` says by (sheet, column) which
    tactic, phase, metatechnique or response type an entry belongs to. `playbooks` are names by the id of
    the counter or detection.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    members: Mapping[tuple[str, str], tuple[Edge, ...]]
    codings: tuple[Edge, ...] = ()
    associated: tuple[Edge, ...] = ()
    counter_techniques: tuple[Edge, ...] = ()
    counter_tactics: tuple[Edge, ...] = ()
    counter_incidents: tuple[Edge, ...] = ()
    counter_actors: tuple[Edge, ...] = ()
    detection_techniques: tuple[Edge, ...] = ()
    detection_tactics: tuple[Edge, ...] = ()
    detection_incidents: tuple[Edge, ...] = ()
    detection_actors: tuple[Edge, ...] = ()
    references: tuple[Reference, ...] = ()
    playbooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
