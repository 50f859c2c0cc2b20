"""How well a ranking of techniques meets what experts coded.

R@k is the share of an item's codes among the first k ranked; MAP the mean average precision; F1 is of
the asserted codes, micro over all items and macro over techniques. Intervals are bootstraps over
incidents (over items where an item names none): passages of one incident are not independent.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

RESAMPLES = 1000
MEASURES = ("R@5", "R@10", "MAP", "micro_f1", "macro_f1", "precision", "recall")


@dataclass(frozen=True, slots=True)
class Item:
    """A coded text: the experts' codes, the coder's ranking (best first) and what it asserts.

    `chances` are the coder's for each ranked technique, if it gives any; `name` tells texts apart.
    """

    group: str
    gold: frozenset[str]
    ranked: tuple[str, ...]
    asserted: frozenset[str]
    chances: tuple[float, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its 90 % bootstrap interval."""

    value: float
    low: float
    high: float


def measure(items: Sequence[Item]) -> dict[str, Figure]:
    """R@5, R@10, MAP, micro_f1, macro_f1, precision and recall of the items (at least one)."""
    rows = [_ranking(item) for item in items]
    samples = list(_sampled(items, rows))
    return {
        name: interval(value, [sample[name] for sample in samples]) for name, value in _figures(items, rows).items()
    }


def difference(items: Sequence[Item], others: Sequence[Item]) -> dict[str, Figure]:
    """By how much the first are better than the others on the same texts.

    Both are resampled together, so that what makes a text hard for both does not widen the interval.

    Args:
        others: of the same texts, in the same order.
    """
    if [(item.group, item.gold) for item in items] != [(other.group, other.gold) for other in others]:
        raise ValueError("the two measured sets are not of the same texts")
    rows = [_ranking(item) for item in items], [_ranking(other) for other in others]
    whole = _minus(_figures(items, rows[0]), _figures(others, rows[1]))
    pairs = zip(_sampled(items, rows[0]), _sampled(others, rows[1]), strict=True)
    samples = [_minus(one, other) for one, other in pairs]
    return {name: interval(value, [sample[name] for sample in samples]) for name, value in whole.items()}


def at_level(items: Iterable[Item], level: Callable[[str], str]) -> list[Item]:
    """The same items with coarser codes (`parent`, or a technique's tactic): each ranked where its first comes."""
    return [
        replace(
            item,
            gold=frozenset(map(level, item.gold)),
            ranked=tuple(dict.fromkeys(map(level, item.ranked))),
            asserted=frozenset(map(level, item.asserted)),
            chances=(),
        )
        for item in items
    ]


def parent(code: str) -> str:
    """The technique that a sub-technique belongs to; itself if it is none."""
    return code.split(".")[0]


def resamples(groups: Sequence[str]) -> Iterator[list[int]]:
    """The places of the cases drawn in each resample: as many groups as there are, each with all its cases."""
    members: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        members[group].append(place)
    names = sorted(members)
    random = Random(1)  # noqa: S311 - a bootstrap, fixed so that figures can be repeated
    for _ in range(RESAMPLES):
        yield [place for _ in names for place in members[random.choice(names)]]


def interval(value: float, sampled: Iterable[float]) -> Figure:
    """A value with the 90 % interval that resamples of it give."""
    ordered = sorted(sampled)
    return Figure(value, ordered[len(ordered) // 20], ordered[len(ordered) - len(ordered) // 20 - 1])


def _sampled(items: Sequence[Item], rows: Sequence[tuple[float, float, float]]) -> Iterator[dict[str, float]]:
    for drawn in resamples([item.group for item in items]):
        yield _figures([items[index] for index in drawn], [rows[index] for index in drawn])


def _minus(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {name: value - other[name] for name, value in one.items()}


def _figures(items: Sequence[Item], rows: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    figures = {name: sum(row[place] for row in rows) / len(rows) for place, name in enumerate(MEASURES[:3])}
    return figures | _f1(items)


def _ranking(item: Item) -> tuple[float, float, float]:
    hits = [code in item.gold for code in item.ranked]
    found, precision = 0, 0.0
    for position, hit in enumerate(hits, start=1):
        if hit:
            found += 1
            precision += found / position
    total = len(item.gold)
    return sum(hits[:5]) / total, sum(hits[:10]) / total, precision / total


def _f1(items: Sequence[Item]) -> dict[str, float]:
    right, wrong, missed = (defaultdict[str, int](int) for _ in range(3))
    for item in items:
        for code in item.gold & item.asserted:
            right[code] += 1
        for code in item.asserted - item.gold:
            wrong[code] += 1
        for code in item.gold - item.asserted:
            missed[code] += 1
    tp, fp, fn = (sum(counts.values()) for counts in (right, wrong, missed))
    labels = {code for item in items for code in item.gold}
    per_code = [2 * right[c] / (2 * right[c] + wrong[c] + missed[c]) for c in labels]
    return {
        "micro_f1": 2 * tp / max(1, 2 * tp + fp + fn),
        "macro_f1": sum(per_code) / len(per_code),
        "precision": tp / max(1, tp + fp),
        "recall": tp / max(1, tp + fn),
    }
