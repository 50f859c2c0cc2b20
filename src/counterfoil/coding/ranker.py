"""The ranker: how likely an analyst is to code each technique for a window, all evidence weighed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from counterfoil.coding.coder import Clue
from counterfoil.coding.features import Evidence, Layout, Practice, features
from counterfoil.coding.knowledge import Knowledge
from counterfoil.coding.linear import Floats
from counterfoil.coding.observing import Observed
from counterfoil.coding.reliability import Reliability
from counterfoil.model.codebook import Codebook

TOLD = 4  #: how many words a reason names
LEAST_COUNTED = 5  #: passages that a cue must have fired in for its count to be told


def layout_of(codebook: Codebook, techniques: Iterable[str] | None = None) -> Layout:
    """The techniques of a codebook in its order, or those given (by id) in theirs."""
    known = codebook.framework.techniques
    wanted = codebook.entries if techniques is None else techniques
    return Layout({technique: known[technique].tactic if technique in known else "" for technique in wanted})


@dataclass(frozen=True)
class Ranker:
    """Weighs what was observed in a window by what was learned.

    The layout may have techniques that the knowledge does not know (a codebook of the user's own): for
    these only cues and likeness speak.
    """

    knowledge: Knowledge
    layout: Layout

    @property
    def label(self) -> str:
        """Which knowledge it weighs by, to be stored with suggestions."""
        return f"knowledge {self.knowledge.digest[:8]}"

    def chances(self, observed: Observed) -> Floats:
        """The probability of each technique of the layout."""
        evidence = self.evidence(observed)
        learned = self.knowledge.fusion().chance(features(evidence, self._practice, self.layout))
        if observed.foreign:  # what was learned knows English words: there, cues may speak for themselves
            return np.maximum(evidence.cues, learned)
        return np.where(self._unknown, evidence.cues, learned)

    def belief(self, technique: str, clues: Iterable[Clue]) -> float:
        """How far the cues that fired for a technique are to be believed, 0 to 1."""
        return self._reliability.belief(technique, clues)

    def counted(self, technique: str, clue: Clue) -> str:
        """How often a cue was right, in words for an analyst; empty if it was hardly counted."""
        counts = self._reliability.cues.get((technique, clue.text))
        if counts is None or counts.fired < LEAST_COUNTED:
            return ""
        return f" (right in {counts.right:.0f} of {counts.fired:.0f} coded passages)"

    def evidence(self, observed: Observed) -> Evidence:
        """What is weighed."""
        cues = np.zeros(len(self.layout.techniques), dtype=np.float32)
        for technique, clues in observed.clues().items():
            if technique in self.layout.places:
                cues[self.layout.places[technique]] = self.belief(technique, clues)
        return Evidence(cues, observed.order, self.linear(observed))

    def linear(self, observed: Observed) -> Floats:
        """The linear model's score of each technique."""
        known = np.zeros(len(self.knowledge.techniques), dtype=np.float32)
        here = self._here
        beliefs = np.where(here >= 0, observed.beliefs[here], 0).astype(np.float32)
        weighed = self.knowledge.vocabulary.weigh(observed.text)
        for layer in self.knowledge.layers:
            layer.weights.add_to(known, weighed, beliefs)
        scores = np.zeros(len(self.layout.techniques), dtype=np.float32)
        scores[here[here >= 0]] = known[here >= 0]
        return scores

    def telling(self, text: str, technique: str) -> tuple[float, list[str]]:
        """How much a text's words speak for a technique by the linear model, and the words that do most."""
        place = self._known.get(technique)
        if place is None:
            return 0.0, []
        weighed = self.knowledge.vocabulary.weigh(text)
        said: dict[int, float] = {}
        for layer in self.knowledge.layers:
            for term, value in layer.weights.of_terms(place, weighed).items():
                said[term] = said.get(term, 0.0) + value
        best = sorted((term for term in said if said[term] > 0), key=lambda term: (-said[term], term))[:TOLD]
        return sum(said.values()), [self._terms[term].replace("_", " ") for term in best]

    @cached_property
    def _practice(self) -> Practice:
        practice = self.knowledge.practice()
        return Practice(self._placed(practice.own), self._placed(practice.analysts))

    def _placed(self, known: Floats) -> Floats:
        placed = np.zeros(len(self.layout.techniques), dtype=np.float32)
        placed[self._here[self._here >= 0]] = known[self._here >= 0]
        return placed

    @cached_property
    def _reliability(self) -> Reliability:
        return self.knowledge.reliability()

    @cached_property
    def _unknown(self) -> npt.NDArray[np.bool_]:
        """The techniques of the layout that nothing was learned about."""
        unknown = np.ones(len(self.layout.techniques), dtype=bool)
        unknown[self._here[self._here >= 0]] = False
        return unknown

    @cached_property
    def _known(self) -> Mapping[str, int]:
        return {technique: place for place, technique in enumerate(self.knowledge.techniques)}

    @cached_property
    def _terms(self) -> list[str]:
        return list(self.knowledge.vocabulary.numbers)

    @cached_property
    def _here(self) -> npt.NDArray[np.int64]:
        """For each technique of the knowledge, its place in the layout, or -1."""
        return np.array([self.layout.places.get(technique, -1) for technique in self.knowledge.techniques])
