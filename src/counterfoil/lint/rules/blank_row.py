"""A row without content between or after the others, or one that holds only a formula's remnant.

Why it matters: tools make a page without a name of it, or stop reading there.

Example: four rows at the end of incidents that have only the longname " - ".

How to fix: delete the row.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule

_REMNANT = " -–—"


@rule("DL025", "blank-row", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet in dataset.sheets.values():
        before = 1
        for row in sheet.rows:
            if row.number > before + 1:
                cell = Cell(sheet.name, before + 1, sheet.columns[0], "")
                count = row.number - before - 1
                what = "The row is" if count == 1 else f"{count} rows from here on are"
                yield Fault(cell, f"{what} empty.", "Delete.")
            before = row.number
            if not any(trimmed(row.text(column)).strip(_REMNANT) for column in sheet.columns):
                column = next(column for column in sheet.columns if row.text(column))
                cell = Cell(sheet.name, row.number, column, row.text(column))
                yield Fault(cell, "The row has no content but a formula's remnant or blanks.", "Delete the row.")
