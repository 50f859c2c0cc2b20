"""An id that no sheet defines.

Why it matters: the link leads nowhere, so the technique, incident or actor type that was meant does not show it.

Example: an incident's text cites T00145.006 (a zero too many), T0143.208 (the number of a persona under the wrong
technique) or T0097:109 (a colon for the point).

How to fix: the message names the id that was probably meant: the same number written properly, or the id whose name
stands beside it. `--fix` mends only slips of writing (T00145.006, T0097:109), where just one id can be meant and the
name beside it, if there is one, agrees. Techniques that counters and detections name have a rule of their own
(counter-unknown-technique), examples and playbooks too (example-nowhere). On a workspace: citations of a technique
that the framework in use does not have.
A sentence that calls an id deprecated or formerly used may cite one that is gone, one that names ATT&CK its ids.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from counterfoil.lint.dataset import Dataset, Inline
from counterfoil.lint.finding import Cell, Fault, Severity
from counterfoil.lint.ids import canonical, folded
from counterfoil.lint.rule import BOTH, rule

_ELSEWHERE = {("countermeasures", "techniques"), ("detections", "techniques"), ("MOE", "tactic")}
_ELSEWHERE |= {("countermeasures", "tactic"), ("detections", "tactic"), ("MOE", "phase")}
_ELSEWHERE |= {("examples", "object_id"), ("playbooks", "object_id")}
_SENTENCE = re.compile(r"[.!?]\s|<br|\n")
_HISTORY = re.compile(r"\b(?:previously|formerly|deprecated|used the ID|used to be|ATT&CK)", re.IGNORECASE)


@rule("DL002", "unknown-id", Severity.ERROR, BOTH)
def check(dataset: Dataset) -> Iterator[Fault]:
    techniques = dataset.known_in("techniques", "tactics")
    beside: dict[str, str] = {}
    if techniques is not None:
        unknown = [inline for inline in dataset.inline if inline.id not in techniques and not _of_history(inline)]
        beside = {inline.id: named for inline in unknown if (named := _named(inline, techniques))}
        yield from _inline_faults(unknown, techniques)
    yield from _reference_faults(dataset, beside)


def _inline_faults(unknown: list[Inline], known: Mapping[str, str]) -> Iterator[Fault]:
    by_cell: defaultdict[Cell, list[Inline]] = defaultdict(list)
    for inline in unknown:
        by_cell[inline.cell].append(inline)
    for cell, inlines in by_cell.items():
        new = cell.text
        for inline in reversed(inlines):
            slip, named = canonical(inline.id, known), _named(inline, known)
            if slip and named in ("", slip):
                new = new[: inline.start] + slip + _after(inline, known[slip], new[inline.end :])
        for inline in inlines:
            meant = _named(inline, known) or canonical(inline.id, known)
            yield Fault(cell, _message(inline.id, "technique"), _suggestion(meant, known), inline.id, new)


def _of_history(inline: Inline) -> bool:
    """Whether the sentence says that the id is an old one, or another framework's."""
    text = inline.cell.text
    start = max((end.end() for end in _SENTENCE.finditer(text, 0, inline.start)), default=0)
    end = _SENTENCE.search(text, inline.end)
    return _HISTORY.search(text[start : end.start() if end else len(text)]) is not None


def _after(inline: Inline, name: str, rest: str) -> str:
    """What follows a mended id; the colon that stood inside it goes where it belongs."""
    moved = ":" in inline.id and not rest.startswith(":") and folded(rest.lstrip()).startswith(folded(name))
    return f":{rest}" if moved else rest


def _named(inline: Inline, known: Mapping[str, str]) -> str:
    """The id whose name stands right after the inline id; "" if there is none or several fit equally."""
    after = folded(inline.after.lstrip(" :-–")[:120])
    fits = [(own, name) for own, name in _folded(tuple(known.items())) if name and _begins(after, name)]
    longest = max((len(name) for _, name in fits), default=0)
    best = [own for own, name in fits if len(name) == longest]
    return best[0] if len(best) == 1 else ""


@lru_cache(maxsize=8)
def _folded(known: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((own, folded(name)) for own, name in known)


def _begins(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _reference_faults(dataset: Dataset, beside: Mapping[str, str]) -> Iterator[Fault]:
    for reference in dataset.references:
        refers = reference.refers
        if (refers.sheet, refers.column) in _ELSEWHERE:
            continue
        known = dataset.known_in(*refers.to)
        if known is None or (reference.id and reference.id in known):
            continue
        what = refers.to[0].rstrip("s") if len(refers.to) == 1 else "row"
        if not reference.id:
            message, suggestion = f"{reference.name!r} is no id.", f"Give the id of a row of {refers.to[0]}."
            yield Fault(reference.cell, message, suggestion, reference.name)
            continue
        slip, meant = canonical(reference.id, known), beside.get(reference.id, "")
        new = reference.cell.text.replace(reference.id, slip) if slip and meant in ("", slip) else None
        if new is not None and reference.cell.text.count(reference.id) != 1:
            new = None
        suggestion = _suggestion(meant or slip, known)
        yield Fault(reference.cell, _message(reference.id, what), suggestion, reference.id, new)


def _message(token: str, what: str) -> str:
    return f"There is no {what} {token!r}."


def _suggestion(meant: str, known: Mapping[str, str]) -> str:
    return f"{meant} ({known[meant]}) is probably meant." if meant in known else ""
