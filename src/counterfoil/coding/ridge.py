"""Learn a linear model: ridge regression of codes on words and cues, in its dual form.

Saunders, Gammerman and Vovk, "Ridge Regression Learning Algorithm in Dual Variables" (ICML 1998). With a
few thousand documents and many more features, one matrix of likenesses between documents is solved for
all techniques at once; what each document would be given by a model that never saw its group follows from
the same solution (Pahikkala and others, "Fast n-Fold Cross-Validation for Regularized Least-Squares", 2006).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterfoil.coding.linear import Floats, Weights

Matrix = npt.NDArray[np.float64]
Column = tuple[list[int], list[float]]  #: the documents that have a term, and its weight in each

PENALTY = 1.0  #: against what is learned from one document
CUE_SHARE = 0.1  #: how much likeness of cues counts against likeness of words
COMMON = 100  #: documents from which a term's likenesses are multiplied as a block
KEPT = 500_000  #: of the terms' weights, how many are kept: the largest


@dataclass(frozen=True, slots=True)
class Document:
    """A text to learn from.

    `terms` are weighed by a vocabulary; `beliefs` is what the cues believe of each technique; `targets` is
    what the model should say of each. Documents of one group (an incident) are left out together.
    """

    terms: Mapping[int, float]
    beliefs: Floats
    targets: Floats
    group: str


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights, and for each document its scores from a model that never saw its group."""

    weights: Weights
    without: Floats


def learn(documents: Sequence[Document], terms: int) -> Learned:
    """The weights for documents over so many terms: a second for a thousand documents, 20 for seven thousand."""
    columns = _columns(documents)
    beliefs = np.stack([document.beliefs for document in documents]).astype(np.float64)
    targets = np.stack([document.targets for document in documents]).astype(np.float64)
    likeness = _likeness(columns, len(documents)) + CUE_SHARE * (beliefs @ beliefs.T)
    inverse: Matrix = np.asarray(np.linalg.inv(likeness + PENALTY * np.eye(len(documents))), dtype=np.float64)
    dual: Matrix = inverse @ targets
    cues = (CUE_SHARE * (beliefs.T @ dual)).astype(np.float32)
    weights = _compress(columns, dual, terms, cues)
    return Learned(weights, _without(inverse, dual, targets, [document.group for document in documents]))


def _columns(documents: Sequence[Document]) -> dict[int, Column]:
    found: dict[int, Column] = defaultdict(lambda: ([], []))
    for number, document in enumerate(documents):
        for term, weight in document.terms.items():
            found[term][0].append(number)
            found[term][1].append(weight)
    return found


def _likeness(columns: Mapping[int, Column], size: int) -> Matrix:
    """The cosine of every two documents' terms, of shape (documents, documents)."""
    total = np.zeros((size, size))
    common = [column for column in columns.values() if len(column[0]) > COMMON]
    block = np.zeros((size, len(common)), dtype=np.float32)
    for place, (documents, weights) in enumerate(common):
        block[documents, place] = weights
    total += block @ block.T
    for documents, weights in columns.values():
        if len(documents) <= COMMON:
            total[np.ix_(documents, documents)] += np.outer(weights, weights)
    return total


def _compress(columns: Mapping[int, Column], dual: Matrix, terms: int, cues: Floats) -> Weights:
    """The largest weights of the terms, in compressed rows."""
    least = _least_kept(columns, dual)
    starts, places, values = np.zeros(terms + 1, dtype=np.int32), [], []
    for term in range(terms):
        row = _row(columns[term], dual) if term in columns else np.zeros(0)
        kept = np.flatnonzero(np.abs(row) >= least)
        places.append(kept.astype(np.uint16))
        values.append(row[kept].astype(np.float32))
        starts[term + 1] = starts[term] + len(kept)
    return Weights(starts, np.concatenate(places), np.concatenate(values), cues)


def _row(column: Column, dual: Matrix) -> Matrix:
    documents, weights = column
    row: Matrix = np.array(weights) @ dual[documents]
    return row


def _least_kept(columns: Mapping[int, Column], dual: Matrix) -> float:
    """The size from which at most `KEPT` weights remain."""
    edges = np.concatenate([[0], np.logspace(-7, 2, 2000)])
    counts = np.zeros(2000, dtype=np.int64)
    for column in columns.values():
        counts += np.histogram(np.abs(_row(column, dual)), edges)[0]
    return float(edges[int(np.argmax(np.cumsum(counts[::-1])[::-1] <= KEPT))])


def _without(inverse: Matrix, dual: Matrix, targets: Matrix, groups: Sequence[str]) -> Floats:
    members = defaultdict(list)
    for number, group in enumerate(groups):
        members[group].append(number)
    scores = np.empty_like(targets)
    for own in members.values():
        scores[own] = targets[own] - np.linalg.solve(inverse[np.ix_(own, own)], dual[own])
    return scores.astype(np.float32)
