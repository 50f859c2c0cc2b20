"""What coders see in a window of a report, before anybody weighs it: clues, and which of them count.

A clue counts for a technique if the sentence tells of an act, of the operation's, that was seen or is
inferred: a denial, somebody else's act and a definition do not count, but are kept, so that they can be
shown for what they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterfoil.coding.codebook import WEIGHT
from counterfoil.coding.coder import Clue, Coder, Scored
from counterfoil.coding.features import Layout, nearness
from counterfoil.coding.linear import Floats
from counterfoil.coding.parties import Role, party
from counterfoil.coding.roles import generic, modality
from counterfoil.model.coding import Modality

ENGLISH = "en"
UNKNOWN = "und"


@dataclass(frozen=True, slots=True)
class Part:
    """One passage of a window: its text, the same with actors' names masked, and what stands around.

    `before` is the sentence before; `actors` are the ranges of the text that name operations.
    """

    text: str
    masked: str = ""
    before: str = ""
    actors: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A technique that a believing coder sees in a part, how the part puts it, and whose act it is."""

    part: int
    technique: str
    coder: str
    clues: tuple[Clue, ...]
    modality: Modality
    role: Role
    general: str  #: "definition", "rule" or "advice" if the sentence tells of no act

    @property
    def counts(self) -> bool:
        """Whether it is evidence of an act of the operation's."""
        return self.modality is not Modality.NEGATED and not self.role.is_other and not self.general


@dataclass(frozen=True, slots=True)
class Observed:
    """What coders see in a window.

    `beliefs` is what the cues that count amount to by their strength alone, and `order` the nearness to
    the first place by likeness: one value for each technique of a layout. `likely` has the
    coder that puts a technique nearest, and what it says of it, where that is more than words.
    """

    text: str
    language: str
    hits: tuple[Hit, ...]
    beliefs: Floats
    order: Floats
    likely: Mapping[str, tuple[str, Clue]]

    @property
    def foreign(self) -> bool:
        """Whether the text is in a language whose words nothing was learned about."""
        return self.language not in (ENGLISH, UNKNOWN)

    def clues(self) -> Mapping[str, list[Clue]]:
        """By technique, the clues that count."""
        found: dict[str, list[Clue]] = defaultdict(list)
        for hit in self.hits:
            if hit.counts:
                found[hit.technique] += hit.clues
        return found


def observe(parts: Sequence[Part], coders: Mapping[str, Coder], layout: Layout, language: str = ENGLISH) -> Observed:
    """Let all coders read the parts of a window, in a language (ISO 639-1, "und" if it is not known)."""
    hits = tuple(hit for number, part in enumerate(parts) for hit in _hits(number, part, coders, language))
    doubts = np.ones(len(layout.techniques), dtype=np.float32)
    for hit in hits:
        if hit.counts and hit.technique in layout.places:
            for clue in hit.clues:
                doubts[layout.places[hit.technique]] *= 1 - WEIGHT[clue.strength]
    masked = " ".join(part.masked or part.text for part in parts)
    order = np.zeros(len(layout.techniques), dtype=np.float32)
    likely: dict[str, tuple[str, Clue]] = {}
    for name, coder in coders.items():
        if not coder.believes:
            seen = [scored for scored in coder.score(masked, language) if scored.technique in layout.places]
            values = np.zeros(len(layout.techniques), dtype=np.float32)
            for scored in seen:
                values[layout.places[scored.technique]] = scored.score
            near = nearness(values) * (values > 0)
            nearer = near > order
            told = [s for s in seen if s.clues and s.clues[0].end and nearer[layout.places[s.technique]]]
            likely |= {scored.technique: (name, scored.clues[0]) for scored in told}
            order = np.maximum(order, near)
    return Observed(masked, language, hits, 1 - doubts, order, likely)


def _hits(number: int, part: Part, coders: Mapping[str, Coder], language: str) -> Iterator[Hit]:
    for name, coder in coders.items():
        if coder.believes:
            for scored in coder.score(part.masked or part.text, language):
                yield _hit(number, part, name, scored)


def _hit(number: int, part: Part, coder: str, scored: Scored) -> Hit:
    """The clues that tell of the operation's act if there are any; else all of them, and whose act it is."""
    first = scored.clues[0]
    readings = [
        (clue, party(part.text, clue.start, clue.end, before=part.before, actors=part.actors)) for clue in scored.clues
    ]
    own = [(clue, role) for clue, role in readings if not role.is_other] or readings
    clue, role = own[0]
    how = modality(part.text, clue.start, clue.end)
    return Hit(number, scored.technique, coder, tuple(c for c, _ in own), how, role, generic(part.text, first.end))
