"""An incident without an address.

Why it matters: nothing shows what it rests on, and nobody can check the coding.

Example: an incident that was entered by name only.

How to fix: give at least one source. On a workspace: no report of the incident has a URL.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import BOTH, rule
from counterfoil.lint.schema import OWN_ID


@rule("DL016", "no-url", Severity.WARNING, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    if not dataset.has_column("incidents", "urls"):
        return
    for row in dataset.rows("incidents"):
        if trimmed(row.text(OWN_ID)) and not trimmed(row.text("urls")):
            message = f"{trimmed(row.text(OWN_ID))} ({trimmed(row.text('name'))}) has no source."
            yield Fault(Cell("incidents", row.number, "urls", ""), message, "Give at least one.")
