"""A blank before or after a name, two in a row, or a no-break space in it.

Why it matters: sorting, comparing and searching by name go wrong, and nobody sees why.

Example: a group's name that ends in a no-break space.

How to fix: `--fix` leaves single, ordinary blanks.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import NAMES


@rule("DL030", "blank-in-name", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in NAMES:
        for cell in dataset.cells(sheet, column):
            if "\n" not in cell.text and trimmed(cell.text) != cell.text:  # line ends are breaks-table's
                yield Fault(
                    cell, "The name has stray blanks.", f"Write {trimmed(cell.text)!r}.", new=trimmed(cell.text)
                )
