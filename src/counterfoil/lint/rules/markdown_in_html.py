"""Raw Markdown emphasis in a text that is HTML otherwise.

Why it matters: the texts are HTML (<i>, <br>); inside HTML, _…_ and *…* are shown as they stand or swallow the text up
to the next one.

Example: "_“The accounts were all new.”_<br><br>Here the accounts …".

How to fix: write <i>…</i>. `--fix` does it where a text has exactly one pair of marks at the edges of words.
"""

import re
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import TEXTS

_OPEN = r"(?:(?<=^)|(?<=[\s>(\[]))"
_CLOSE = r"(?=$|[\s<.,;:)\]])"
_PAIR = re.compile(rf"{_OPEN}([_*]{{1,2}})(?=\S)((?:(?!\1).){{2,}}?)(?<=\S)\1{_CLOSE}", re.DOTALL)
_LONE = re.compile(rf"{_OPEN}_(?=[\w“”\"‘’'\[])|(?<=[\w.“”\"‘’'\]])_{_CLOSE}")


@rule("DL021", "markdown-in-html", Severity.INFO, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in dict.fromkeys(TEXTS):
        for cell in dataset.cells(sheet, column):
            if "_" not in cell.text and "*" not in cell.text:
                continue
            pairs = list(_PAIR.finditer(cell.text))
            alone = not pairs and _LONE.search(cell.text)
            if pairs:
                tag = "i" if len(pairs[0][1]) == 1 else "b"
                new = _PAIR.sub(rf"<{tag}>\2</{tag}>", cell.text) if len(pairs) == 1 else None
                value = pairs[0].group()[:80]
                yield Fault(cell, "The text has Markdown emphasis.", f"Write <{tag}>…</{tag}>.", value, new)
            elif alone:
                value = cell.text[alone.start() : alone.start() + 40]
                yield Fault(cell, "The text has a lone Markdown mark.", "Remove it, or write <i>…</i>.", value)
