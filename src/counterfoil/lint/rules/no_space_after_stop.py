"""A full stop with the next sentence hard behind it.

Why it matters: readers stumble, and programs that split sentences take two for one.

Example: "over the lake.The boat sank".

How to fix: put a blank. `--fix` does it where a small letter, or a closing bracket or quotation mark after one, stands
before the stop and a capitalised word of the sentence after it; addresses, domains and names such as Our.News are left
alone.
"""

import re
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import TEXTS

_STOP = re.compile(
    r"(?<![\w/@.:-])(?P<before>[a-z]+(?:[-’'][a-z]+)*[”\"’)\]]{0,2})[.!?](?P<close>[”\"’)\]]{0,2})"
    r"(?=[A-Z][a-z]*(?:['’]\w+)?(?:[\s,;:]|$))"
)


@rule("DL028", "no-space-after-stop", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in dict.fromkeys(TEXTS):
        for cell in dataset.cells(sheet, column):
            found = list(_STOP.finditer(cell.text))
            new = _STOP.sub(lambda stop: stop.group() + " ", cell.text)
            for stop in found:
                around = cell.text[max(0, stop.start() - 5) : stop.end() + 15]
                yield Fault(cell, "There is no blank after the full stop.", "Put one.", around, new)
