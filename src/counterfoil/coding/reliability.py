"""How often a cue was right: counted on coded passages, shrunk where little was counted.

A cue's strength is its author's guess. Where it has fired on coded passages, what analysts then coded
says more: its rate of being right, drawn towards the rate of the technique's other cues of that strength,
and that towards a constant.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from counterfoil.coding.coder import Clue
from counterfoil.model.codebook import CodedPassage, Strength

#: what a cue of a strength is worth before anything was counted
UNCOUNTED: Mapping[Strength, float] = {Strength.STRONG: 0.55, Strength.FAIR: 0.35, Strength.WEAK: 0.1}
TRUST = 4.0  #: how many passages that constant counts for, and then the technique's own rate
FURTHER = 0.5  #: what each further cue counts, against the one before
ARGUABLE = 0.5  #: a code that an analyst might give

Cue = tuple[str, str, Strength]  #: technique, the cue as written, and its strength


@dataclass(slots=True)
class Counts:
    """How often something fired, and how often that was right."""

    fired: float = 0.0
    right: float = 0.0

    def add(self, fired: float, right: float) -> None:
        self.fired += fired
        self.right += right

    def rate(self, prior: float) -> float:
        return (self.right + TRUST * prior) / (self.fired + TRUST)


@dataclass(slots=True)
class Reliability:
    """Counts for each cue, and for each technique's cues of one strength together."""

    cues: dict[tuple[str, str], Counts] = field(default_factory=lambda: defaultdict(Counts))
    strengths: dict[tuple[str, Strength], Counts] = field(default_factory=lambda: defaultdict(Counts))

    def count(self, fired: Iterable[Cue], passage: CodedPassage, times: float = 1.0) -> None:
        """Count the cues that fired in a coded passage; with `times` -1 take them back."""
        cues = set(fired)
        for technique, cue, _ in cues:
            if (right := _right(technique, passage)) is not None:
                self.cues[technique, cue].add(times, times * right)
        for technique, strength in {(technique, strength) for technique, _, strength in cues}:
            if (right := _right(technique, passage)) is not None:
                self.strengths[technique, strength].add(times, times * right)

    def plus(self, other: "Reliability") -> "Reliability":
        """Both counts together."""
        total = Reliability()
        for part in (self, other):
            for cue, counts in part.cues.items():
                total.cues[cue].add(counts.fired, counts.right)
            for strength, counts in part.strengths.items():
                total.strengths[strength].add(counts.fired, counts.right)
        return total

    def worth(self, technique: str, cue: str, strength: Strength) -> float:
        """The chance that the cue is right, 0 to 1."""
        nothing = Counts()
        general = self.strengths.get((technique, strength), nothing).rate(UNCOUNTED[strength])
        return self.cues.get((technique, cue), nothing).rate(general)

    def belief(self, technique: str, clues: Iterable[Clue]) -> float:
        """What several clues for a technique amount to, 0 to 1: each cue once, each further one half as much."""
        cues = {(clue.text, clue.strength) for clue in clues}
        doubt, weight = 1.0, 1.0
        for worth in sorted((self.worth(technique, cue, strength) for cue, strength in cues), reverse=True):
            doubt *= 1 - worth * weight
            weight *= FURTHER
        return 1 - doubt


def _right(technique: str, passage: CodedPassage) -> float | None:
    """Whether a technique is coded in the passage; None where nobody judged it."""
    if technique in passage.codes:
        return 1.0
    if technique in passage.arguable:
        return ARGUABLE
    return None if technique in passage.unjudged else 0.0
