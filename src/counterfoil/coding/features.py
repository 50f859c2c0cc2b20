"""What a ranker weighs for each technique of a window: cues, likeness, the linear model, and practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from counterfoil.coding.linear import Floats

FEATURES = (
    "cues",
    "linear score",
    "place by linear score",
    "highest linear scores",
    "place by likeness",
    "own passages",
    "coded before",
    "family coded before",
    "tactic coded before",
    "has sub-techniques",
)
#: which features stand for which part of the coder, for ablations
PARTS: Mapping[str, tuple[str, ...]] = {
    "cues": FEATURES[0:1],
    "linear model": FEATURES[1:4],
    "likeness": FEATURES[4:5],
    "practice": FEATURES[5:9],
    "hierarchy": FEATURES[9:10],
}
HIGHEST = 5  #: how many of a window's linear scores are added up to tell whether it is about any technique
FIRST = 5  #: how soon the value of a place falls: half at the sixth


@dataclass(frozen=True, slots=True)
class Evidence:
    """What coders saw in a window, one value for each technique, in the ranker's order.

    `cues` is how far the cues are to be believed, 0 to 1; `order` is nearness to the first place by
    likeness, 0 if unseen; `linear` is the linear model's score.
    """

    cues: Floats
    order: Floats
    linear: Floats


@dataclass(frozen=True, slots=True)
class Practice:
    """How often each technique was coded: in our own passages, and by analysts in real ones."""

    own: Floats
    analysts: Floats


class Layout:
    """The techniques in order, and who belongs together."""

    def __init__(self, tactics: Mapping[str, str]) -> None:
        """Args: tactics: the tactic of each technique; the order is kept."""
        self.techniques = tuple(tactics)
        self.places = {technique: place for place, technique in enumerate(self.techniques)}
        self._families = _numbered([technique.split(".")[0] for technique in self.techniques])
        self._tactics = _numbered(list(tactics.values()))

    @cached_property
    def parents(self) -> Floats:
        """1 for a technique that has sub-techniques."""
        families = [technique.split(".")[0] for technique in self.techniques]
        return np.array([families.count(t) > 1 and "." not in t for t in self.techniques], dtype=np.float32)

    def family_sum(self, values: Floats) -> Floats:
        """For each technique the sum over its family."""
        return _sums(values, self._families)

    def tactic_sum(self, values: Floats) -> Floats:
        """For each technique the sum over its tactic."""
        return _sums(values, self._tactics)


def features(evidence: Evidence, practice: Practice, layout: Layout) -> Floats:
    """The features of all techniques in a window, of shape (techniques, FEATURES)."""
    return np.stack(
        [
            np.log(evidence.cues + 0.02),
            evidence.linear,
            nearness(evidence.linear),
            # low where no technique stands out: such a text is mostly about no operation at all
            np.full(len(evidence.linear), np.sort(evidence.linear)[-HIGHEST:].sum(), dtype=np.float32),
            evidence.order,
            np.log1p(practice.own),
            np.log(practice.analysts + 0.3),
            np.log(layout.family_sum(practice.analysts) + 0.5),
            np.log(layout.tactic_sum(practice.analysts) + 1),
            layout.parents,
        ],
        axis=1,
    ).astype(np.float32)


def nearness(values: Floats) -> Floats:
    """1 for the largest value, half for the sixth, and so on; of equal values the earlier comes first."""
    places = np.empty(len(values), dtype=np.int64)
    places[np.argsort(-values, kind="stable")] = np.arange(len(values))
    near: Floats = (FIRST / (FIRST + places)).astype(np.float32)
    return near


def _numbered(names: list[str]) -> npt.NDArray[np.int64]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names])


def _sums(values: Floats, groups: npt.NDArray[np.int64]) -> Floats:
    sums: Floats = np.bincount(groups, weights=values)[groups].astype(np.float32)
    return sums
