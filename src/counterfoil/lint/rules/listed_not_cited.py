"""A technique that a row lists, but its text does not cite.

Why it matters: the reader cannot see which words of the text the code rests on; it may be a slip of an id.

Example: technique_ids is "T0146.004,T0148.009", the text says only "(T0148.009: Cryptocurrency Wallet)".

How to fix: cite the code where its evidence stands in the text, or take it out of the row. A text that cites no code
at all gives one finding for the row.
"""

from collections import defaultdict
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import canonical, plain_list
from counterfoil.lint.rule import WORKBOOK, rule


@rule("DL005", "listed-not-cited", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    techniques = dataset.known_in("techniques")
    if techniques is None:
        return
    cited: defaultdict[int, set[str]] = defaultdict(set)
    for inline in dataset.inline:
        if inline.cell.sheet == "incidenttechniques":
            known = inline.id in techniques
            cited[inline.cell.row].add(inline.id if known else canonical(inline.id, techniques) or inline.id)
    for row in dataset.rows("incidenttechniques"):
        text = row.text("technique_ids")
        cell, ids = Cell("incidenttechniques", row.number, "technique_ids", text), dict.fromkeys(plain_list(text))
        if not row.text("name") or not ids:
            continue
        if not cited[row.number]:
            yield Fault(cell, "The row lists techniques, but its text cites none.", "Cite each where its evidence is.")
            continue
        for own in ids:
            if own in techniques and own not in cited[row.number]:
                message = f"The row lists {own} ({techniques[own]}), but its text does not cite it."
                yield Fault(cell, message, "Cite it where its evidence is, or take it out of the row.", own)
