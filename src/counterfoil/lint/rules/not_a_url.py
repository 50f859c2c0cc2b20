"""A cell of addresses that holds something else.

Why it matters: it becomes a link that leads nowhere.

Example: "twitter.com/remarrk" (no scheme), "-", "url", an address broken by a line end.

How to fix: write the whole address with https://. `--fix` takes away blanks around an address; it does not guess a
scheme. On a workspace: a report whose URL is none.
"""

from collections.abc import Iterator

from counterfoil.lint.addresses import addresses, is_url
from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import trimmed
from counterfoil.lint.rule import BOTH, rule
from counterfoil.lint.schema import ADDRESSES


@rule("DL014", "not-a-url", Severity.WARNING, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column, several in ADDRESSES:
        for cell in dataset.cells(sheet, column):
            for text in addresses(cell) or [cell.text]:
                if not is_url(text):
                    like = is_url(f"https://{text}")
                    suggestion = f"Write https://{text}, if that is where it is." if like else "Give the address."
                    yield Fault(cell, f"{text!r} is no web address.", suggestion, text)
            if not several and len(addresses(cell)) > 1:
                yield Fault(cell, "The cell holds more than one address.", "One row for each.")
            if cell.text != cell.text.strip():
                message = "There are blanks around the address."
                yield Fault(cell, message, "Remove them.", new=trimmed(cell.text))
