"""A field that a row cannot do without is empty.

Why it matters: an incident without a year, country, attribution, type or summary cannot be found, sorted or counted; a
thing without a name has a page without a title.

Example: incidents entered from 2024 on have a source and codes, but no year.

How to fix: fill it in; for an attribution that is not known write "Unknown".
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import NAMES, OWN_ID

_NEEDED = (
    *NAMES,
    *(
        ("incidents", column)
        for column in ("objecttype", "summary", "year_started", "attributions_seen", "found_in_country")
    ),
    ("incidenttechniques", "name"),
    ("incidenttechniques", "incident_id"),
    ("incidenttechniques", "technique_ids"),
    ("techniques", "tactic_id"),
    ("techniques", "summary"),
    ("tactics", "phase_id"),
    ("countermeasures", "tactic"),
    ("countermeasures", "responsetype"),
    ("countermeasures", "summary"),
    ("examples", "object_id"),
    ("playbooks", "object_id"),
)


@rule("DL017", "empty-field", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in _NEEDED:
        if not dataset.has_column(sheet, column):
            continue
        for row in dataset.rows(sheet):
            own = trimmed(row.text(OWN_ID))
            if own and not trimmed(row.text(column)):
                yield Fault(Cell(sheet, row.number, column, row.text(column)), f"{own} has no {column}.", "Fill it in.")
