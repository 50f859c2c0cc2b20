"""The linear model: what the words and cues of a window say of every technique, learned from coded passages.

One weight per feature and technique. Features are stemmed words and pairs of neighbours (tf-idf, unit
length) and the belief of the cues in every technique, so that one technique's cues speak for its
companions too. Learned by `counterfoil.coding.ridge`; at run time it only adds up.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from counterfoil.coding.tokens import tokens

Floats = npt.NDArray[np.float32]


def terms(text: str) -> list[str]:
    """The words of a text, stemmed, and its pairs of neighbours ("fals_flag")."""
    words = tokens(text)
    return words + [f"{first}_{second}" for first, second in pairwise(words)]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that a model knows, and how telling each is (inverse document frequency)."""

    numbers: Mapping[str, int]
    rarity: Floats

    @classmethod
    def of(cls, documents: Sequence[Sequence[str]], at_least: int = 2) -> "Vocabulary":
        """The terms that stand in at least so many documents."""
        spread = Counter(term for document in documents for term in set(document))
        kept = sorted(term for term, count in spread.items() if count >= at_least)
        rarity = np.array([log(len(documents) / spread[term]) for term in kept], dtype=np.float32)
        return cls({term: number for number, term in enumerate(kept)}, rarity)

    def weigh(self, text: str) -> dict[int, float]:
        """A text's terms by number, with their tf-idf, as a vector of length one (empty if none is known)."""
        counts = Counter(number for term in terms(text) if (number := self.numbers.get(term)) is not None)
        weights = {number: (1 + log(count)) * float(self.rarity[number]) for number, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {number: weight / length for number, weight in weights.items()} if length else {}


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of terms (sparse, in compressed rows) and of cues.

    Term n speaks for the techniques `columns[starts[n]:starts[n + 1]]`; `cues` is of shape (techniques,
    techniques): row, the technique whose cues fired; column, the one they speak for.
    """

    starts: npt.NDArray[np.int32]
    columns: npt.NDArray[np.uint16]
    values: Floats
    cues: Floats

    def add_to(self, scores: Floats, weighed: Mapping[int, float], beliefs: Floats) -> None:
        """Add what a window's terms and cues say to its scores, one for each technique."""
        scores += beliefs @ self.cues
        for term, weight in weighed.items():
            row = slice(self.starts[term], self.starts[term + 1])
            scores[self.columns[row]] += weight * self.values[row]

    def of_terms(self, place: int, weighed: Mapping[int, float]) -> dict[int, float]:
        """What each of a window's terms says for one technique."""
        found = {}
        for term, weight in weighed.items():
            row = slice(self.starts[term], self.starts[term + 1])
            at = np.flatnonzero(self.columns[row] == place)
            if len(at):
                found[term] = weight * float(self.values[row][at[0]])
        return found
