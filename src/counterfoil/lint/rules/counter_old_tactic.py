"""A counter, detection or measure of effectiveness that names a tactic which is gone or has another name today.

Why it matters: tables by tactic drop the row or show a name that the framework does not use.

Example: "TA01 Strategic Planning", where TA01 is Plan Strategy; "ALL"; a tactic in the list of techniques.

How to fix: write the tactic's id with the name it has today. There is no automatic fix where the name is another: read
whether the tactic still means what the row was written for.
"""

from collections.abc import Iterator, Mapping

from counterfoil.lint.dataset import Dataset, Reference
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import same_name
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import shape

_COLUMNS = {("countermeasures", "tactic"), ("detections", "tactic"), ("MOE", "phase")}
_MIXED = {("countermeasures", "techniques"), ("detections", "techniques")}


@rule("DL011", "counter-old-tactic", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    tactics = dataset.known_in("tactics")
    if tactics is None:
        return
    ids = shape(("tactics",))
    for reference in dataset.references:
        column = (reference.refers.sheet, reference.refers.column)
        if column in _COLUMNS or (column in _MIXED and ids.fullmatch(reference.id)):
            yield from _judge(reference, tactics, mixed=column in _MIXED)


def _judge(reference: Reference, tactics: Mapping[str, str], mixed: bool) -> Iterator[Fault]:
    own, name, cell = reference.id, reference.name, reference.cell
    value = f"{own} - {name}" if own and name else own or name
    where = ", and it stands among the techniques" if mixed else ""
    if not own:
        yield Fault(cell, f"{name!r} is no tactic's id.", "Give the tactic's id.", value)
    elif own not in tactics:
        yield Fault(cell, f"There is no tactic {value}{where}.", "", value)
    elif name and not same_name(name, tactics[own]):
        message = f"{own} is {tactics[own]!r} today, not {name!r}{where}."
        yield Fault(cell, message, f"If it is still meant, write {own} - {tactics[own]}.", value)
    elif mixed:
        yield Fault(cell, f"The tactic {value} stands among the techniques.", "Name techniques.", value)
