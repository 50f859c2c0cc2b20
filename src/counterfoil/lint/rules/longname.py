"""A longname that is not the id, a dash and the name.

Why it matters: longname is what lists and menus show. It is a formula's result that was pasted as text, so that it
stays behind when the name changes.

Example: name "Flood Existing Hashtag", longname "Hijack Existing Hashtag -".

How to fix: write "T0049.002 - Flood Existing Hashtag", or let a formula do it. `--fix` writes it where the longname is
empty or holds the name already and lacks the id; where it holds another name, one of the two is wrong and the analyst
must say which (the longname may even be the one without the misprint).
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import folded, trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import OWN_ID, SHAPES


@rule("DL029", "longname", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet in SHAPES:
        if not dataset.has_column(sheet, "longname"):
            continue
        for row in dataset.rows(sheet):
            own, name, text = trimmed(row.text(OWN_ID)), trimmed(row.text("name")), row.text("longname")
            right = f"{own} - {name}"
            if not own or not name or trimmed(text) == right:
                continue
            said = folded(text.replace(own, "")).strip(" -")
            same = said in ("", folded(name))
            message = "The longname is empty." if not text else f"The longname is {text!r}, the name {name!r}."
            suggestion = f"Write {right!r}." if same else "Find out which of the two is right."
            cell = Cell(sheet, row.number, "longname", text)
            yield Fault(cell, message, suggestion, new=right if same else None)
