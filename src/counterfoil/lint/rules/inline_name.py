"""A name written beside an id that is not the id's name.

Why it matters: readers trust the name, programs the id. If the two differ, one of them is wrong, and the citation may
stand for another technique than the analyst saw.

Example: "T0143.003: Fabricated Persona", where T0143.003 is Impersonated Persona and Fabricated Persona is T0143.002.

How to fix: find out which of the two was meant and correct the other. Where the name is that of another id, the
message says which. There is no automatic fix: where the two differ by a letter, it may be the framework that has the
misprint.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from counterfoil.lint.dataset import Dataset, Inline
from counterfoil.lint.finding import Fault, Severity
from counterfoil.lint.ids import folded
from counterfoil.lint.rule import WORKBOOK, rule

_WRITTEN = re.compile(r"\s*:\s*((?:[^,;).<\n(]|\([^)]*\)?){2,100})")


@rule("DL003", "inline-name", Severity.WARNING, WORKBOOK)
def check(dataset: Dataset) -> Iterator[Fault]:
    known = dataset.known_in("techniques", "tactics")
    if known is None:
        return
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for own, name in known.items():
        owners[folded(name)].append(own)
    for inline in dataset.inline:
        written = _WRITTEN.match(inline.after)
        if written and inline.id in known and not _agrees(inline.after, known[inline.id]):
            yield _fault(inline, written[1].strip(), known, owners)


def _agrees(after: str, name: str) -> bool:
    text, right = folded(after.lstrip(" :")), folded(name)
    return text.startswith(right) and not text[len(right) : len(right) + 1].isalnum()


def _fault(inline: Inline, written: str, known: Mapping[str, str], owners: Mapping[str, list[str]]) -> Fault:
    right = known[inline.id]
    others = [own for own in owners.get(folded(written), []) if own != inline.id]
    if not others:  # the name may run on into the sentence
        written = " ".join(written.split()[: len(right.split()) + 1])
    message = f"{inline.id} is {right!r}, but {written!r} stands beside it."
    if others:
        suggestion = f"{written!r} is the name of {', '.join(others)}: say which of the two is meant."
    else:
        suggestion = f"Write {inline.id}: {right}."
    return Fault(inline.cell, message, suggestion, f"{inline.id}: {written}")
