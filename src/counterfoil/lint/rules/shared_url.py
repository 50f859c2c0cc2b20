"""An address that two incidents share, or that stands twice in urls.

Why it matters: two incidents with one source may be one incident entered twice; a source entered twice has two
authors or dates sooner or later.

Example: I00033 and I00055 rest on the same article.

How to fix: merge the incidents if they are one; if the article covers both, leave it (--ignore shared-url). On a
workspace: one address in several incidents.
"""

from collections.abc import Iterator

from counterfoil.lint.addresses import addresses, is_url, same_address
from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import BOTH, rule


@rule("DL015", "shared-url", Severity.INFO, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    own = {row.number: trimmed(row.text("disarm_id")) for row in dataset.rows("incidents")}
    for sheet, column in (("incidents", "urls"), ("urls", "url_id")):
        first: dict[str, Cell] = {}
        for cell in dataset.cells(sheet, column):
            keys = [same_address(url) for url in addresses(cell) if is_url(url)]
            for key in dict.fromkeys(keys):
                url = next(url for url in addresses(cell) if same_address(url) == key)
                other = first.setdefault(key, cell)
                if other is not cell:
                    whose = f"{own[other.row]} (row {other.row})" if sheet == "incidents" else f"Row {other.row}"
                    yield Fault(cell, f"{whose} has this address as well.", "Merge what is one.", url)
                if keys.count(key) > 1:
                    yield Fault(cell, f"The cell has this address {keys.count(key)} times.", "Keep one.", url)
