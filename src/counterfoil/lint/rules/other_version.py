"""A citation whose code belongs to another framework or version than the one in use.

Why it matters: a code means what its version says. DISARM has used ids again with other meanings, so that a code of
1.3 read with the names of 1.6 may say something that no analyst has decided.

Example: a citation of DISARM Red 1.3 T0131 in a workspace that uses 1.6.

How to fix: `counterfoil framework migrate` carries citations over and lists what an analyst must decide.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.rule import WORKSPACE, rule


@rule("DL032", "other-version", Severity.WARNING, WORKSPACE)
def check(dataset: Dataset) -> Iterator[Fault]:
    for row in dataset.rows("incidenttechniques"):
        version = row.text("framework")
        if version != dataset.framework:
            own = row.text("technique_ids")
            message = f"{row.text('incident_id')} cites {own} of {version}; {dataset.framework} is in use."
            cell = Cell("incidenttechniques", row.number, "technique_ids", own)
            yield Fault(cell, message, "See: counterfoil framework migrate --help.", f"{version} {own}")
