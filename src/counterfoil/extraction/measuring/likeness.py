"""Which finding is which wanted item, kind by kind: 0 if they are not the same, more the more they agree in."""

from collections.abc import Callable, Mapping, Sequence

from counterfoil.extraction.measuring.alike import within
from counterfoil.extraction.measuring.annotated import Item, Range

Likeness = Callable[[Item, Item], int]  #: wanted, found

_NONE: frozenset[str] = frozenset()
_OPERATIONS = frozenset({"actor", "network"})


def same_actor(wanted: Item, found: Item) -> int:
    """By a name or an alias; a state also by its code."""
    shared = len(wanted.names & found.names)
    if shared or wanted.facts["also"] & found.names:
        return 2 + shared
    return int("state" in _fact(wanted, "kind") & _fact(found, "kind") and _agree(wanted, found, "state"))


def is_operation(item: Item, only: bool = False) -> bool:
    """Whether an actor is, or may be taken for, an operation; with `only`, whether it is nothing else."""
    kinds = _fact(item, "kind")
    return bool(kinds) and kinds <= _OPERATIONS if only else bool(kinds & _OPERATIONS)


def same_attribution(wanted: Item, found: Item) -> int:
    """Actor and sponsor by any of their names, a claim or a denial; likest with the same source and strength."""
    if not (_agree(wanted, found, "actor") and _agree(wanted, found, "to")):
        return 0
    if ("denied" in _fact(wanted, "strength")) is not ("denied" in _fact(found, "strength")):
        return 0
    return 1 + 2 * _same_source(wanted, found) + _agree(wanted, found, "strength")


def same_sourced(wanted: Item, found: Item) -> int:
    """The same attribution by the same source."""
    return same_attribution(wanted, found) if _same_source(wanted, found) else 0


def same_target(wanted: Item, found: Item) -> int:
    """By name, or by a run of its words."""
    if wanted.names & found.names:
        return 2
    return int(any(within(one, other) for one in wanted.names for other in found.names))


def same_date(wanted: Item, found: Item) -> int:
    """By value and precision; unresolved ones by place. Any reading of an optional date is excused."""
    together = _overlap(wanted.ranges, found.ranges)
    if wanted.optional and together:
        return 1
    resolved = "" not in _fact(found, "value")
    return int(_agree(wanted, found, "value") and _agree(wanted, found, "precision") and (resolved or together))


def same_place(wanted: Item, found: Item) -> int:
    """By the words and the country."""
    one, other = ({code.split("-")[0] for code in _fact(item, "code")} for item in (wanted, found))
    return int(_overlap(wanted.ranges, found.ranges) and bool(one & other))


def same_figure(wanted: Item, found: Item) -> int:
    """By value and place; any reading of an optional figure is excused."""
    together = _overlap(wanted.ranges, found.ranges)
    return int(together and (wanted.optional or _agree(wanted, found, "value")))


def same_name(wanted: Item, found: Item) -> int:
    """By name, or by value."""
    return int(bool(wanted.names & found.names))


def same_speaker(wanted: Item, found: Item) -> bool:
    """By name, or by a run of its words; what has no speaker is alike."""
    if not wanted.names and not found.names:
        return True
    return any(within(one, other) for one in wanted.names for other in found.names)


#: Kinds of which each wanted item is found once, by name.
ONCE: Mapping[str, Likeness] = {
    "actors": same_actor,
    "targets": same_target,
    "people": same_target,
    "attributions": same_attribution,
    "attributions, by whom": same_sourced,
}
#: Kinds of which one wanted item may be found in several forms.
OFTEN: Mapping[str, Likeness] = {
    "dates": same_date,
    "places": same_place,
    "platforms": same_name,
    "observables": same_name,
    "figures": same_figure,
}


def _fact(item: Item, name: str) -> frozenset[str]:
    return item.facts.get(name, _NONE)


def _agree(wanted: Item, found: Item, name: str) -> bool:
    return bool(_fact(wanted, name) & _fact(found, name))


def _same_source(wanted: Item, found: Item) -> bool:
    return any(within(one, other) for one in wanted.facts["by"] for other in found.facts["by"])


def _overlap(ranges: Sequence[Range], others: Sequence[Range]) -> bool:
    return any(start < last and first < end for start, end in ranges for first, last in others)
