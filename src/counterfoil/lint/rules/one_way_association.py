"""A technique is associated with another, and not the other way round.

Why it matters: the reader of one page learns of the other, the reader of the other does not.

Example: Romantic Suitor Persona points to Dating Platform, but Dating Platform does not point back.

How to fix: add the row for the way back, with its own description; if the association is meant to go one way, leave it
(--ignore one-way-association).
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule

_FROM, _TO = "technique_id", "associated_technique_id"


@rule("DL026", "one-way-association", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    rows = dataset.rows("associatedtechniques")
    ways = {(trimmed(row.text(_FROM)), trimmed(row.text(_TO))) for row in rows}
    names = dataset.known_in("techniques") or {}
    for row in rows:
        start, end = trimmed(row.text(_FROM)), trimmed(row.text(_TO))
        if not start or not end:
            continue
        cell = Cell("associatedtechniques", row.number, _TO, row.text(_TO))
        if start == end:
            yield Fault(cell, f"{start} is associated with itself.", "Remove the row.", end)
        elif (end, start) not in ways:
            left, right = (f"{own} ({names[own]})" if own in names else own for own in (start, end))
            message = f"{left} points to {right}, which does not point back."
            yield Fault(cell, message, f"Add a row from {end} to {start}.", end)
