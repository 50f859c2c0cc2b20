"""A rule: one file whose docstring is its manual page, and one function that checks."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from counterfoil.lint.dataset import Dataset, Origin
from counterfoil.lint.finding import Edit, Fault, Finding, Severity

Check = Callable[[Dataset], Iterator[Fault]]
WORKBOOK = frozenset({Origin.WORKBOOK})
WORKSPACE = frozenset({Origin.WORKSPACE})
BOTH = WORKBOOK | WORKSPACE


@dataclass(frozen=True, slots=True)
class Rule:
    """An id ("DL002"), a name ("unknown-id"), a severity, the kinds of data it applies to, and its check."""

    id: str
    name: str
    severity: Severity
    applies: frozenset[Origin]
    check: Check

    def run(self, dataset: Dataset) -> Iterator[Finding]:
        """What the check finds; nothing on data that the rule does not apply to."""
        if dataset.origin not in self.applies:
            return
        for fault in self.check(dataset):
            cell = fault.cell
            mended = fault.new is not None and fault.new != cell.text
            fix = Edit(cell.sheet, cell.row, cell.column, cell.text, fault.new or "") if mended else None
            value = cell.text if fault.value is None else fault.value
            place = (cell.sheet, cell.row, cell.column, value)
            yield Finding(self.id, self.name, self.severity, *place, fault.message, fault.suggestion, fix)

    @property
    def page(self) -> str:
        """The manual page: the docstring of the file that the check stands in."""
        return cleandoc(sys.modules[self.check.__module__].__doc__ or "")


def rule(id: str, name: str, severity: Severity, applies: frozenset[Origin]) -> Callable[[Check], Rule]:
    """Makes a check function a `Rule`."""

    def wrap(check: Check) -> Rule:
        return Rule(id, name, severity, applies, check)

    return wrap
