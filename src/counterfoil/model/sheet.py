"""Workbooks as they are: sheets, rows and cells, nothing trimmed, nothing lost.

DISARM keeps its data in spreadsheets. The loader makes domain types of them, lint judges them, and the
exact pages need even their faults; all three start from these types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | float | bool | datetime | date | time | timedelta  #: an empty cell is ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it (the header is row 1) and its cells by column."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """The cell as text, exactly; whole numbers without ".0"; "" where it is empty or there is no such column."""
        value = self.cells.get(column, "")
        if isinstance(value, float) and not isinstance(value, bool) and value.is_integer():
            return str(int(value))
        return str(value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: column names in order (a nameless column is "#3" by its position) and its rows.

    Rows without any content are left out; `Row.number` keeps their place.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Master:
    """The sheets of one or more workbooks that belong together, by sheet name.

    `sources` names the file that each sheet came from.
    """

    sheets: Mapping[str, Sheet]
    sources: Mapping[str, str]
