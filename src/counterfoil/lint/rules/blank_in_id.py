"""A blank, no-break space or invisible character around an id or inside a list of ids.

Why it matters: " T0144.002" and "T0144.002" are two ids to most programs. A tool that splits on commas and does not
trim loses the link without a word; that is how part of DISARM's links between incidents and techniques go missing.

Example: technique_ids is "T0143.002, T0144.002", or disarm_id begins with a no-break space.

How to fix: write ids without blanks and separate them by commas only. `--fix` does it: the ids stay the same, in the
same order.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import BLANKS, plain_list, trimmed
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import OWN_ID, REFERENCES, SHAPES


@rule("DL001", "blank-in-id", Severity.ERROR, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet in SHAPES:
        for cell in dataset.cells(sheet, OWN_ID):
            if BLANKS.search(cell.text):
                yield _fault(cell, BLANKS.sub("", cell.text), "The row's own id has a blank in or around it")
    for refers in REFERENCES:
        for cell in dataset.cells(refers.sheet, refers.column):
            if refers.named:
                if cell.text != cell.text.strip() or any(len(b) != 1 or b != " " for b in BLANKS.findall(cell.text)):
                    yield _fault(cell, trimmed(cell.text), "The list has stray blanks")
            elif BLANKS.search(cell.text):
                yield _fault(cell, ",".join(plain_list(cell.text)), "The ids have blanks around them")


def _fault(cell: Cell, new: str, what: str) -> Fault:
    plain = not "".join(BLANKS.findall(cell.text)).strip(" \n\r\t")
    kind = "a blank" if plain else "a no-break space or invisible character"
    return Fault(cell, f"{what} ({kind}).", f"Write {new!r}.", new=new)
