"""A line end or a pipe in a text that pages put into a Markdown table.

Why it matters: a line end ends the table's row, a pipe begins a new cell; the rest of the table is garbled.

Example: an incident's summary of two paragraphs in the table of all incidents.

How to fix: write <br> for a line end, &#124; for a pipe. `--fix` writes <br> in running text and a blank in names; it
leaves pipes alone.
"""

import re
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import NAMES, SHAPES, TEXTS

_LINES = re.compile(r"[ \t]*(?:\r\n|\r|\n|\u2028|\u2029|_x000D_)")
_ENDS = re.compile(r"\s+\Z")
_COLUMNS = tuple(dict.fromkeys((*NAMES, *TEXTS, *((sheet, "summary") for sheet in SHAPES), ("urls", "authors"))))


@rule("DL020", "breaks-table", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in _COLUMNS:
        text = column in ("summary", "description") or (sheet, column) in TEXTS
        for cell in dataset.cells(sheet, column):
            if _LINES.search(cell.text):
                lines = len(_LINES.findall(cell.text))
                message = f"The text has {lines} line end{'s' if lines > 1 else ''}, which break a table."
                new = _LINES.sub("<br>" if text else " ", _ENDS.sub("", cell.text))
                yield Fault(cell, message, "Write <br>." if text else "Write a blank.", cell.text[:80], new)
            if "|" in cell.text:
                place = cell.text.index("|")
                around = cell.text[max(0, place - 20) : place + 20]
                yield Fault(cell, "The text has a pipe, which begins a new cell.", "Write &#124;.", around)
