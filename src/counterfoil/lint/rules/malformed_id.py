"""A row's own id that is missing, has not the shape of its sheet's ids, or is a sub-technique without its technique.

Why it matters: nothing can refer to the row; a sub-technique without its technique has no place in the framework.

Example: a technique with the id T00145 or T0145.6; T0190.001 where there is no T0190.

How to fix: correct the id, or add the technique. Do not use an id again that once meant something else.
"""

import re
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import BLANKS, trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import OWN_ID, SHAPES


@rule("DL031", "malformed-id", Severity.ERROR, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    techniques = dataset.known_in("techniques") or {}
    for sheet, pattern in SHAPES.items():
        if not dataset.has_column(sheet, OWN_ID):
            continue
        for row in dataset.rows(sheet):
            own = BLANKS.sub("", row.text(OWN_ID))
            cell = Cell(sheet, row.number, OWN_ID, row.text(OWN_ID))
            if not own:
                if trimmed(row.text("name")):
                    yield Fault(cell, f"{trimmed(row.text('name'))[:60]!r} has no id.", "Give it the next free id.")
            elif not re.fullmatch(pattern, own):
                example = re.sub(r"\(.*", "", pattern)
                example = re.sub(r"\\d\{(\d+)\}", lambda digits: "0" * (int(digits[1]) - 1) + "1", example)
                yield Fault(cell, f"{own!r} has not the shape of this sheet's ids.", f"They look like {example}.", own)
            elif sheet == "techniques" and "." in own and own.partition(".")[0] not in techniques:
                yield Fault(cell, f"{own} is part of {own.partition('.')[0]}, which does not exist.", "", own)
