"""Several coders' rankings made one, by reciprocal rank.

Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank
Learning Methods" (SIGIR 2009). Equal scores share a rank, so that one coder's ties are another's to break.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterfoil.coding.coder import Clue, Scored

K = 10  #: ranks are short lists here; the paper's 60 is for thousands
WEIGHT: Mapping[str, float] = {"codebook": 2.0}  #: cues know more than shared words; others weigh 1


@dataclass(frozen=True, slots=True)
class Fused:
    """A technique with its fused score (0 to 1) and, by coder, that coder's own score and clues."""

    technique: str
    score: float
    parts: Mapping[str, Scored]

    def clues(self) -> Iterator[tuple[str, Clue]]:
        """Every clue with the name of its coder, cues first."""
        for coder in sorted(self.parts, key=lambda name: -WEIGHT.get(name, 1.0)):
            for clue in self.parts[coder].clues:
                yield coder, clue


def fuse(rankings: Mapping[str, Sequence[Scored]]) -> list[Fused]:
    """One ranking, best first, of all that any coder named.

    Args:
        rankings: by coder name, each best first.
    """
    best = sum(WEIGHT.get(name, 1.0) for name in rankings) / (K + 1)
    totals: dict[str, float] = defaultdict(float)
    parts: dict[str, dict[str, Scored]] = defaultdict(dict)
    for name, ranking in rankings.items():
        for rank, scored in _ranked(ranking):
            totals[scored.technique] += WEIGHT.get(name, 1.0) / (K + rank)
            parts[scored.technique][name] = scored
    fused = [Fused(technique, total / best, parts[technique]) for technique, total in totals.items()]
    return sorted(fused, key=lambda item: (-item.score, item.technique))


def _ranked(ranking: Sequence[Scored]) -> Iterator[tuple[int, Scored]]:
    rank, previous = 0, None
    for position, scored in enumerate(ranking, start=1):
        if scored.score != previous:
            rank, previous = position, scored.score
        yield rank, scored
