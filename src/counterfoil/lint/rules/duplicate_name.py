"""Two rows of one sheet with the same name.

Why it matters: who chooses by name cannot know which is meant, and links by name go to the first.

Example: two techniques called Traditional Media, two counters called Content Moderation.

How to fix: merge the rows if they are one thing, else give each a name of its own. Case and blanks make no difference.
Examples and playbooks may share a name. On a workspace: two incidents of one name.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import folded, trimmed
from counterfoil.lint.rule import BOTH, rule
from counterfoil.lint.schema import NAMES, OWN_ID

_MANY = {"examples", "playbooks"}


@rule("DL023", "duplicate-name", Severity.WARNING, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in NAMES:
        if sheet in _MANY or not dataset.has_column(sheet, column):
            continue
        first: dict[str, tuple[str, int]] = {}
        for row in dataset.rows(sheet):
            own, name = trimmed(row.text(OWN_ID)), folded(row.text(column))
            if not own or not name:
                continue
            if name in first:
                other, number = first[name]
                message = f"{own} has the name of {other} (row {number})."
                yield Fault(Cell(sheet, row.number, column, row.text(column)), message, "Merge them, or rename one.")
            first.setdefault(name, (own, row.number))
