"""An HTML tag that is opened and not closed, closed and not opened, or closed in the wrong order.

Why it matters: from there on the whole page is in italics, or the browser guesses.

Example: "<i>The report says …<br><br>Here the accounts …" without </i>.

How to fix: close the tag where the quotation ends. There is no automatic fix: where a quote ends is the analyst's
knowledge.
"""

import re
from collections.abc import Iterator

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.rule import WORKBOOK, rule
from counterfoil.lint.schema import TEXTS

_NAMES = "a|b|blockquote|code|div|em|h[1-6]|i|li|ol|p|span|strong|sub|sup|table|td|th|tr|u|ul"
_TAG = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]*)?(/?)>", re.IGNORECASE)
_BROKEN = re.compile(rf"</?(?:{_NAMES}|br)\b\s*/?(?=<|$|[^\s\w/>=\"'-])", re.IGNORECASE)


@rule("DL019", "unbalanced-html", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    for sheet, column in dict.fromkeys(TEXTS):
        for cell in dataset.cells(sheet, column):
            for message, value in _faults(cell.text):
                yield Fault(cell, message, "Close the tag where it ends.", value)


def _faults(text: str) -> Iterator[tuple[str, str]]:
    if "<" not in text:
        return
    opened: list[tuple[str, int]] = []
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if tag[3]:
            continue
        if not tag[1]:
            opened.append((name, tag.start()))
        elif opened and opened[-1][0] == name:
            opened.pop()
        elif any(name == open_name for open_name, _ in opened):
            yield f"</{name}> closes over <{opened[-1][0]}>, which is still open.", _around(text, tag.start())
            del opened[max(place for place, (open_name, _) in enumerate(opened) if open_name == name)]
        else:
            yield f"</{name}> closes what is not open.", _around(text, tag.start())
    for name, start in opened:
        yield f"<{name}> is not closed.", _around(text, start)
    for broken in _BROKEN.finditer(text):
        yield f"{broken.group()!r} is half a tag.", _around(text, broken.start())


def _around(text: str, place: int) -> str:
    return text[max(0, place - 20) : place + 40]
