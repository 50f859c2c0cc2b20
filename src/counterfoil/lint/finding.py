"""What lint says: a fault in a cell, how grave it is, and the edit that would mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is, gravest first.

    An error breaks a link or gives a wrong statement; a warning is a likely fault; an info is a gap or a habit
    that costs readers time.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the data with its text as it stands; `row` as the spreadsheet shows it."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell's whole text before and after."""

    sheet: str
    row: int
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule's check yields.

    `message` is one sentence; `suggestion` says what to do, where we know. `value` is the offending part (default:
    the cell's text). `new` is the cell's whole text once mended; a check gives it only where the mend cannot change
    the meaning. Faults of one cell are mended one after the other.
    """

    cell: Cell
    message: str
    suggestion: str = ""
    value: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the rule that found it ("DL002", "unknown-id")."""

    rule: str
    name: str
    severity: Severity
    sheet: str
    row: int
    column: str
    value: str
    message: str
    suggestion: str = ""
    fix: Edit | None = None
