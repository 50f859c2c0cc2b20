"""How well a ranking of techniques meets what experts coded.

R@k is the share of an item's codes among the first k ranked; MAP the mean average precision; F1 is of
the asserted codes, micro over all items and macro over techniques. Intervals are bootstraps over
incidents (over items where an item names none): passages of one incident are not independent.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """A coded text: the experts' codes, the coder's ranking (best first) and what it asserts."""

    group: str
    gold: frozenset[str]
    ranked: tuple[str, ...]
    asserted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure with its 90 % bootstrap interval."""

    value: float
    low: float
    high: float


def measure(items: Sequence[Item]) -> dict[str, Figure]:
    """R@5, R@10, MAP, micro_f1, macro_f1, precision and recall of the items (at least one)."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        groups[item.group].append(index)
    names = sorted(groups)
    random = Random(1)  # noqa: S311 - a bootstrap, fixed so that figures can be repeated
    rows = [_ranking(item) for item in items]
    samples = []
    for _ in range(RESAMPLES):
        drawn = [index for _ in names for index in groups[random.choice(names)]]
        samples.append(_figures([items[index] for index in drawn], [rows[index] for index in drawn]))
    whole = _figures(items, rows)
    return {name: _interval(value, [sample[name] for sample in samples]) for name, value in whole.items()}


def _interval(value: float, sampled: list[float]) -> Figure:
    ordered = sorted(sampled)
    return Figure(value, ordered[len(ordered) // 20], ordered[len(ordered) - len(ordered) // 20 - 1])


def _figures(items: Sequence[Item], rows: Sequence[tuple[float, float, float]]) -> dict[str, float]:
    figures = {name: sum(row[place] for row in rows) / len(rows) for place, name in enumerate(("R@5", "R@10", "MAP"))}
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
