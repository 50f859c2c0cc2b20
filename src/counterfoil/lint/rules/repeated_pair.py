"""A pair that stands twice: an incident with the same technique on the same text, an id twice in one list, the same
association or the same group and activity again.

Why it matters: the pair is counted twice, and pages list it twice.

Example: technique_ids is "T0150.005,T0151.008,T0150.005".

How to fix: keep one. `--fix` removes an id that repeats within one cell. The same technique of an incident on another
text is further evidence, not a repetition. On a workspace: two citations of one technique on the same quote.
"""

from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset, Origin
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import folded, plain_list, trimmed
from counterfoil.lint.rule import BOTH, rule
from counterfoil.lint.schema import REFERENCES

_PAIRS = (
    ("associatedtechniques", "technique_id", "associated_technique_id"),
    ("externalgroupcounters", "externalgroup_id", "activity_id"),
)


@rule("DL006", "repeated-pair", Severity.WARNING, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    yield from _in_one_cell(dataset)
    yield from _over_rows(dataset)
    for sheet, left, right in _PAIRS:
        first: dict[tuple[str, str], int] = {}
        for row in dataset.rows(sheet):
            pair = (trimmed(row.text(left)), trimmed(row.text(right)))
            if not all(pair):
                continue
            if pair in first:
                message = f"{pair[0]} and {pair[1]} stand together in row {first[pair]} already."
                yield Fault(Cell(sheet, row.number, right, row.text(right)), message, "Remove this row.")
            first.setdefault(pair, row.number)


def _in_one_cell(dataset: Dataset) -> Iterator[Fault]:
    plain = {(refers.sheet, refers.column) for refers in REFERENCES if not refers.named}
    ids: dict[Cell, list[str]] = {}
    for reference in dataset.references:
        if reference.id:
            ids.setdefault(reference.cell, []).append(reference.id)
    for cell, listed in ids.items():
        once = list(dict.fromkeys(listed))
        new = ",".join(once) if (cell.sheet, cell.column) in plain else None
        for own in once:
            if listed.count(own) > 1:
                yield Fault(cell, f"The cell lists {own} {listed.count(own)} times.", "Keep one.", own, new)


def _over_rows(dataset: Dataset) -> Iterator[Fault]:
    what = "citation" if dataset.origin is Origin.WORKSPACE else "row"
    first: dict[tuple[str, str, str], int] = {}
    for row in dataset.rows("incidenttechniques"):
        incident, text = trimmed(row.text("incident_id")), folded(row.text("name"))
        for own in dict.fromkeys(plain_list(row.text("technique_ids"))):
            key = (incident, own, text)
            if key in first:
                cell = Cell("incidenttechniques", row.number, "technique_ids", row.text("technique_ids"))
                message = f"{incident} has {own} on the same text in {what} {first[key]} already."
                yield Fault(cell, message, "Keep one.", own)
            first.setdefault(key, row.number)
