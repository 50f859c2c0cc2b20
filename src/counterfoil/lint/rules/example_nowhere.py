"""An example or playbook whose object does not exist.

Why it matters: it is shown on no page.

Example: an example of T0008, a technique that is not in the framework any more.

How to fix: point it to the technique, counter or detection that took its place, or remove it.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import canonical
from counterfoil.lint.rule import WORKBOOK, rule


@rule("DL027", "example-nowhere", Severity.ERROR, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for reference in dataset.references:
        if reference.refers.column != "object_id":
            continue
        known = dataset.known_in(*reference.refers.to)
        if known is not None and reference.id not in known:
            meant = canonical(reference.id, known)
            suggestion = f"{meant} ({known[meant]}) is probably meant." if meant else ""
            yield Fault(reference.cell, f"There is no {reference.id!r} to show it with.", suggestion, reference.id)
