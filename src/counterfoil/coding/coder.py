"""What a coder is: it scores techniques for one passage and says why."""

from dataclasses import dataclass
from typing import Protocol

from counterfoil.model.codebook import Strength


@dataclass(frozen=True, slots=True)
class Clue:
    """A reason inside a passage: what fired, how telling it is, and where (offsets in the passage).

    `start` and `end` are equal when the reason is the passage as a whole.
    """

    text: str
    strength: Strength
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """A technique with a coder's score for a passage: higher is better, 0 to 1."""

    technique: str
    score: float
    clues: tuple[Clue, ...]


class Coder(Protocol):
    """Scores techniques for a passage. Same text, same answer, on every machine.

    `believes` says what its scores are: beliefs (the chance that the technique applies), which can make a
    suggestion by themselves; or only an order, which can support what another coder believes.
    """

    name: str
    version: str
    believes: bool

    def score(self, text: str, language: str = "en") -> list[Scored]:
        """The techniques that the coder sees in the text, best first; those it does not see are left out.

        `language` is the report's, an ISO 639-1 code or "und"; a coder may do without.
        """
        ...
