"""A counter, detection or measure of effectiveness whose name for an id is not the one that the id has today.

Why it matters: DISARM has given old ids new meanings. "T0022 - Conspiracy Narratives" may or may not be what T0022
stands for today, and the link is made by the id alone.

Example: "A007 - factcheckers", where A007 is factchecker; "T0029 - Manipulate Online Polls", where the name today is
Online Polls.

How to fix: read what the id means today; if it is what the row means, write today's name, else another id. There is
no automatic fix, not even where the two differ by a letter: it may be the id's own name that is misspelt.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import same_name
from counterfoil.lint.rule import WORKBOOK, rule

_TACTICS = {("countermeasures", "tactic"), ("detections", "tactic"), ("MOE", "phase")}  # counter-old-tactic's


@rule("DL012", "counter-stale-name", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for reference in dataset.references:
        refers = reference.refers
        if not refers.named or not reference.name or (refers.sheet, refers.column) in _TACTICS:
            continue
        known = dataset.known_in(refers.to[0])
        if known is None or reference.id not in known or same_name(reference.name, known[reference.id]):
            continue
        right = known[reference.id]
        message = f"{reference.id} is {right!r} today, not {reference.name!r}."
        suggestion = f"If it is still meant, write {reference.id} - {right}."
        yield Fault(reference.cell, message, suggestion, f"{reference.id} - {reference.name}")
