"""Two rows of one sheet with the same id.

Why it matters: one of them hides the other: its page overwrites the first, its links go to the wrong row.

Example: a row that was copied to make a new one, and kept its id.

How to fix: give the newer row the next free id.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import OWN_ID, SHAPES


@rule("DL024", "duplicate-id", Severity.ERROR, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet in SHAPES:
        first: dict[str, int] = {}
        for cell in dataset.cells(sheet, OWN_ID):
            own = trimmed(cell.text)
            if own in first:
                message = f"Row {first[own]} has the id {own} already."
                yield Fault(cell, message, f"Give this row an id of its own; the last is {max(first)}.", own)
            first.setdefault(own, cell.row)
