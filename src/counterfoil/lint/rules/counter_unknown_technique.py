"""A counter, detection or measure of effectiveness that names a technique the framework no longer has.

Why it matters: the counter is not shown with the technique it answers. Most counters were written for DISARM's first
version; their techniques have since been renumbered, split or removed.

Example: "T0053 - Twitter Trolls Amplify and Manipulate", an id that is not in version 1.6.

How to fix: name the technique that took its place (`counterfoil framework migrate` knows successors), or remove it.
Where a technique of today has the old name, the message says so. There is no automatic fix: DISARM has used ids again
with other meanings.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import canonical, folded
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import shape

_COLUMNS = {("countermeasures", "techniques"), ("detections", "techniques"), ("MOE", "tactic")}


@rule("DL010", "counter-unknown-technique", Severity.ERROR, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    techniques = dataset.known_in("techniques")
    if techniques is None:
        return
    tactic = shape(("tactics",))
    owners = {folded(name): own for own, name in techniques.items()}
    for reference in dataset.references:
        if (reference.refers.sheet, reference.refers.column) not in _COLUMNS or reference.id in techniques:
            continue
        if not reference.id:
            message, suggestion = f"{reference.name!r} is no technique's id.", "List the ids of techniques."
            yield Fault(reference.cell, message, suggestion, reference.name)
        elif not tactic.fullmatch(reference.id):
            today, slip = owners.get(folded(reference.name), ""), canonical(reference.id, techniques)
            suggestion = f"{today} has that name today." if today else ""
            if slip:
                suggestion = f"{slip} ({techniques[slip]}) is probably meant."
            named = f" ({reference.name})" if reference.name else ""
            value = f"{reference.id} - {reference.name}" if reference.name else reference.id
            yield Fault(reference.cell, f"There is no technique {reference.id}{named}.", suggestion, value)
