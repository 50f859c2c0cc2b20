"""An incident's URL that the urls sheet does not have.

Why it matters: the urls sheet holds a source's author, publisher, date and archived copy. Without it the page shows a
bare link, and nothing is left once the page is gone.

Example: an incident of 2019 with a news article that was never entered in urls.

How to fix: add a row to urls, with an archived copy. http and https, www. and a last slash make no difference.
"""

from collections.abc import Iterator

from counterfoil.lint.addresses import addresses, is_url, same_address
from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.rule import WORKBOOK, rule


@rule("DL013", "url-not-listed", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    if not dataset.has_column("urls", "url_id"):
        return
    listed = {same_address(url) for cell in dataset.cells("urls", "url_id") for url in addresses(cell)}
    for cell in dataset.cells("incidents", "urls"):
        for url in addresses(cell):
            if is_url(url) and same_address(url) not in listed:
                yield Fault(cell, "The urls sheet does not have this address.", "Add a row with an archived copy.", url)
