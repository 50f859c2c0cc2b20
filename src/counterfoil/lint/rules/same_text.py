"""The same text in several rows.

Why it matters: a text that was copied is corrected in one place and stays wrong in the other; several rows with one
text are counted as several pieces of evidence.

Example: three rows of an incident with the same paragraph, each with one technique.

How to fix: make one row with all the ids, or write what is particular to each row. Summaries of fewer than 40
characters are left alone.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import folded
from counterfoil.lint.rule import WORKBOOK, rule

_COLUMNS = (
    ("incidenttechniques", "name"),
    ("incidents", "summary"),
    ("techniques", "summary"),
    ("countermeasures", "summary"),
    ("detections", "summary"),
    ("associatedtechniques", "description"),
)
_LEAST = 40  #: characters; shorter texts are alike by chance


@rule("DL007", "same-text", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in _COLUMNS:
        first: dict[str, Cell] = {}
        for cell in dataset.cells(sheet, column):
            text = folded(cell.text)
            if len(text) < _LEAST:
                continue
            if text in first:
                message = f"The text is that of row {first[text].row} too."
                yield Fault(cell, message, "Merge the rows, or say what differs.", cell.text[:80])
            first.setdefault(text, cell)
