"""A technique that a row's text cites, but its technique_ids do not list.

Why it matters: pages and counts are made from technique_ids. What only the text says is lost to them.

Example: the text ends "(T0097.102: Journalist Persona, T0143.002: Fabricated Persona)" and technique_ids is
"T0097.102".

How to fix: add the id to the row, or take the code out of the text. The rule looks at all rows of the same incident
whose texts begin alike, because older entries use one row for each technique. There is no automatic fix: to add a code
is to code. Ids that do not exist are unknown-id's.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import plain_list, trimmed
from counterfoil.lint.rule import WORKBOOK, rule


@rule("DL004", "cited-not-listed", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    techniques = dataset.known_in("techniques")
    if techniques is None:
        return
    listed: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    same: dict[int, tuple[str, str]] = {}
    for row in dataset.rows("incidenttechniques"):
        same[row.number] = (trimmed(row.text("incident_id")), _beginning(row.text("name")))
        listed[same[row.number]].update(plain_list(row.text("technique_ids")))
    said: set[tuple[tuple[str, str], str]] = set()
    for inline in dataset.inline:
        if inline.cell.sheet != "incidenttechniques" or inline.id not in techniques:
            continue
        key = same[inline.cell.row]
        if inline.id not in listed[key] and (key, inline.id) not in said:
            said.add((key, inline.id))
            message = f"The text cites {inline.id} ({techniques[inline.id]}), but technique_ids does not list it."
            yield Fault(inline.cell, message, f"Add {inline.id} to technique_ids.", inline.id)


def _beginning(text: str) -> str:
    """The first hundred letters without tags: rows of one passage differ in blanks and in the gloss at its end."""
    return re.sub(r"<[^<>]*>|[\W_]+", "", text)[:100].lower()
