"""What a reader writes down while it loads: remarks on tokens, and problems that stop it unless told otherwise."""

from dataclasses import dataclass, field

from counterfoil.errors import ReadError
from counterfoil.model.loaded import Fate, Remark

PARTIAL = "With --partial what can be loaded is loaded; the rest is listed in the load report."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands: sheet or file, row or position, column or property."""

    sheet: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.sheet, f"row {self.row}" if self.row else "", f"column {self.column!r}" if self.column else ""]
        return ", ".join(part for part in parts if part)


@dataclass(slots=True)
class Ledger:
    """The remarks of one load; with `partial`, problems become remarks as well."""

    source: str
    partial: bool
    remarks: list[Remark] = field(default_factory=list)

    def note(self, place: Place, value: str, fate: Fate, why: str) -> None:
        """Write down what became of a token."""
        self.remarks.append(Remark(place.sheet, place.row, place.column, value, fate, why))

    def problem(self, place: Place, value: str, why: str) -> None:
        """Something that should not be: an error, or a remark if only part is to be loaded.

        Raises:
            ReadError: the whole was asked for.
        """
        if not self.partial:
            raise ReadError(f"{self.source}: {place}: {why}.", PARTIAL)
        self.note(place, value, Fate.LEFT_OUT, why)
