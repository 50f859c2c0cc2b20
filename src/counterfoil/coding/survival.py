"""How many of a coder's suggestions survive an analyst's review: a measure that needs no coded texts.

It speaks of what was decided: analysts judge first what looks worth judging, and what nobody suggested is
never counted. Read it beside the share that is still open.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from counterfoil.coding.share import Share


@dataclass(frozen=True, slots=True)
class Judged:
    """A suggestion, and what became of it: accepted or rejected, or still open (None)."""

    technique: str
    coder: str
    asserted: bool
    accepted: bool | None


@dataclass(frozen=True, slots=True)
class Survived:
    """Suggestions of one kind: how many of the decided ones were accepted, and how many are open."""

    key: str
    accepted: Share
    open: int


@dataclass(frozen=True, slots=True)
class Survival:
    """The whole, and by band ("asserted", "abstained"), technique and coder; most often decided first."""

    whole: Survived
    bands: tuple[Survived, ...]
    techniques: tuple[Survived, ...]
    coders: tuple[Survived, ...]


def survival(judged: Sequence[Judged]) -> Survival:
    """What became of suggestions."""
    return Survival(
        whole=_survived("all", judged),
        bands=_by(judged, lambda one: "asserted" if one.asserted else "abstained"),
        techniques=_by(judged, lambda one: one.technique),
        coders=_by(judged, lambda one: one.coder),
    )


def _by(judged: Iterable[Judged], key: Callable[[Judged], str]) -> tuple[Survived, ...]:
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[key(one)].append(one)
    found = (_survived(name, members) for name, members in kinds.items())
    return tuple(sorted(found, key=lambda kind: (-kind.accepted.of, -kind.open, kind.key)))


def _survived(key: str, members: Sequence[Judged]) -> Survived:
    decided = [one.accepted for one in members if one.accepted is not None]
    return Survived(key, Share.count(sum(decided), len(decided)), len(members) - len(decided))
