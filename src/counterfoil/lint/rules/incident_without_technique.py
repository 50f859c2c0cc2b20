"""An incident that no technique is coded for.

Why it matters: its page says nothing about what was done, and it counts in no statistic.

Example: an incident with a reference and a summary, and no row of incidenttechniques.

How to fix: code it, or mark it as a reference only. On a workspace: an incident without an accepted suggestion.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import BOTH, rule
from counterfoil.lint.schema import OWN_ID


@rule("DL008", "incident-without-technique", Severity.WARNING, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    if "incidenttechniques" not in dataset.sheets:
        return
    coded = {
        trimmed(row.text("incident_id")) for row in dataset.rows("incidenttechniques") if row.text("technique_ids")
    }
    for row in dataset.rows("incidents"):
        own = trimmed(row.text(OWN_ID))
        if own and own not in coded:
            message = f"{own} ({trimmed(row.text('name'))}) has no technique."
            yield Fault(Cell("incidents", row.number, OWN_ID, row.text(OWN_ID)), message, "Code it.")
