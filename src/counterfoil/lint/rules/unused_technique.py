"""A technique that no incident shows and no counter answers.

Why it matters: its page is a definition without a case, and nobody learns what to do about it.

Example: a sub-technique added in the last version that has not been used yet.

How to fix: code an incident with it, or name it in a counter. A technique whose sub-techniques are in use counts as
used. The rule needs both workbooks: incidents are in one, counters in the other.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import OWN_ID


@rule("DL009", "unused-technique", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    if not {"incidenttechniques", "countermeasures"} <= dataset.sheets.keys():
        return
    used = {
        reference.id
        for reference in dataset.references
        if reference.refers.sheet in ("incidenttechniques", "countermeasures") and "techniques" in reference.refers.to
    }
    used |= {own.partition(".")[0] for own in used}
    for row in dataset.rows("techniques"):
        own = trimmed(row.text(OWN_ID))
        if own and own not in used:
            message = f"{own} ({trimmed(row.text('name'))}) has neither an incident nor a counter."
            yield Fault(Cell("techniques", row.number, OWN_ID, row.text(OWN_ID)), message)
