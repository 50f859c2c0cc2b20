"""What changed between two versions of a framework."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from counterfoil.model.framework import Framework, Tactic, Technique


class ChangeKind(StrEnum):
    """What can happen to a technique or a tactic."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"  #: a technique to other tactics, a tactic to another phase or place
    REPARENTED = "re-parented"
    TEXT = "text changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `what` is "technique" or "tactic"; `name` the newer name.

    `before` and `after` are names, tactic ids, parents or texts, as `kind` says; of what was added or
    removed, only the name on its side.
    """

    kind: ChangeKind
    what: str
    id: str
    name: str
    before: str = ""
    after: str = ""


def diff(a: Framework, b: Framework) -> list[Change]:
    """The changes from `a` to `b`: tactics first, then techniques, each by id.

    What one side does not tell at all (phases in a bundle without them, texts in a codebook without
    texts) is no change. Texts that differ in blanks or line breaks only are equal.
    """
    tactics_a, tactics_b = ({tactic.id: tactic for tactic in f.tactics} for f in (a, b))
    phases = bool(a.phases) and bool(b.phases)
    texts = all(any(technique.summary for technique in f.techniques.values()) for f in (a, b))
    found = [*_one_sided("tactic", tactics_a, tactics_b)]
    for identity in sorted(tactics_a.keys() & tactics_b.keys()):
        found += _of_tactic(tactics_a[identity], tactics_b[identity], phases)
    found += _one_sided("technique", a.techniques, b.techniques)
    for identity in sorted(a.techniques.keys() & b.techniques.keys()):
        found += _of_technique(a.techniques[identity], b.techniques[identity], texts)
    return sorted(found, key=lambda change: (change.what, change.id))


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ at most in blanks and line breaks, be they written as HTML or not."""
    return _flat(one) == _flat(other)


def _flat(text: str) -> str:
    return " ".join(re.sub(r"<br\s*/?>", "\n", text).split())


def _one_sided(
    what: str, a: Mapping[str, Tactic] | Mapping[str, Technique], b: Mapping[str, Tactic] | Mapping[str, Technique]
) -> Iterator[Change]:
    for identity in a.keys() - b.keys():
        yield Change(ChangeKind.REMOVED, what, identity, a[identity].name, before=a[identity].name)
    for identity in b.keys() - a.keys():
        yield Change(ChangeKind.ADDED, what, identity, b[identity].name, after=b[identity].name)


def _of_tactic(a: Tactic, b: Tactic, phases: bool) -> Iterator[Change]:
    if a.name != b.name:
        yield Change(ChangeKind.RENAMED, "tactic", b.id, b.name, a.name, b.name)
    if phases and a.phase != b.phase:
        yield Change(ChangeKind.MOVED, "tactic", b.id, b.name, a.phase, b.phase)
    if a.summary and b.summary and not same_text(a.summary, b.summary):
        yield Change(ChangeKind.TEXT, "tactic", b.id, b.name, a.summary, b.summary)


def _of_technique(a: Technique, b: Technique, texts: bool) -> Iterator[Change]:
    if a.name != b.name:
        yield Change(ChangeKind.RENAMED, "technique", b.id, b.name, a.name, b.name)
    served = [", ".join((t.tactic, *t.more_tactics)) for t in (a, b)]
    if served[0] != served[1]:
        yield Change(ChangeKind.MOVED, "technique", b.id, b.name, *served)
    if a.parent != b.parent:
        yield Change(ChangeKind.REPARENTED, "technique", b.id, b.name, a.parent, b.parent)
    if texts and not same_text(a.summary, b.summary):
        yield Change(ChangeKind.TEXT, "technique", b.id, b.name, a.summary, b.summary)
