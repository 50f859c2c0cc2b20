"""Whether chances are what they say, and what the thresholds of showing and asserting make of them.

Of techniques that are given a chance of 30 per cent, 30 in 100 should be coded: a reliability plot bins
the chances and compares. The expected calibration error is the mean distance of the two, weighted by
the bins' counts (Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian
Binning", 2015); the Brier score is the mean squared distance of chance and truth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from counterfoil.coding.measure import Item
from counterfoil.coding.share import Share

BINS = 10
TRIED = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)  #: thresholds to compare

Pair = tuple[float, bool]  #: the chance that a technique is given in a text, and whether it is coded there


@dataclass(frozen=True, slots=True)
class Bin:
    """The chances between two bounds: their mean, and how many of them came true."""

    low: float
    high: float
    chance: float
    coded: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins that are not empty, the expected calibration error, and the Brier score."""

    bins: tuple[Bin, ...]
    error: float
    brier: float


@dataclass(frozen=True, slots=True)
class Band:
    """What is done with chances from `low` up to `high`.

    `per_text` is how many codes a text has in the band, `right` how many of them experts gave, and
    `of_coded` how many of all the codes they gave are in it.
    """

    name: str
    low: float
    high: float
    per_text: float
    right: Share
    of_coded: Share


@dataclass(frozen=True, slots=True)
class Threshold:
    """What asserting from a chance on would give."""

    chance: float
    per_text: float
    precision: Share
    recall: Share
    f1: float


def calibration(items: Iterable[Item], at_least: float = 0.0) -> Calibration:
    """How chances of at least so much compare with what experts coded."""
    pairs = [pair for pair in _pairs(items) if pair[0] >= at_least]
    edges = [number / BINS for number in range(BINS + 1)]
    bins = [made for low, high in pairwise(edges) if (made := _bin(low, high, pairs))]
    total = max(1, len(pairs))
    return Calibration(
        bins=tuple(bins),
        error=sum(made.coded.of * abs(made.coded.rate - made.chance) for made in bins) / total,
        brier=sum((chance - coded) ** 2 for chance, coded in pairs) / total,
    )


def _bin(low: float, high: float, pairs: Iterable[Pair]) -> Bin | None:
    inside = [pair for pair in pairs if low <= pair[0] < high or pair[0] == high == 1]
    if not inside:
        return None
    return Bin(low, high, sum(c for c, _ in inside) / len(inside), Share.count(sum(t for _, t in inside), len(inside)))


def bands(items: Sequence[Item], shown: float, asserted: float) -> list[Band]:
    """What is asserted, what is shown and left to the analyst, and what is not shown."""
    bounds = (("asserted", asserted, 1.0), ("abstained", shown, asserted), ("not shown", 0.0, shown))
    pairs, coded = _pairs(items), sum(len(item.gold) for item in items)
    made = []
    for name, low, high in bounds:
        inside = [truth for chance, truth in pairs if low <= chance < high or chance == high == 1]
        right = Share.count(sum(inside), len(inside))
        made.append(Band(name, low, high, len(inside) / len(items), right, Share.count(sum(inside), coded)))
    return made


def thresholds(items: Sequence[Item], tried: Iterable[float] = TRIED) -> list[Threshold]:
    """What asserting from each of some chances on would give; of the same items, so no choice between them."""
    pairs, coded = _pairs(items), sum(len(item.gold) for item in items)
    made = []
    for least in tried:
        inside = [truth for chance, truth in pairs if chance >= least]
        right = sum(inside)
        precision, recall = Share.count(right, len(inside)), Share.count(right, coded)
        made.append(
            Threshold(least, len(inside) / len(items), precision, recall, 2 * right / max(1, len(inside) + coded))
        )
    return made


def _pairs(items: Iterable[Item]) -> list[Pair]:
    return [
        (chance, code in item.gold) for item in items for code, chance in zip(item.ranked, item.chances, strict=True)
    ]
