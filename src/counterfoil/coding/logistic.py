"""Logistic regression with a ridge penalty, by Newton's method: small, exact and always the same.

Features are standardised inside; rows may have weights. For a few dozen features and up to a million
rows. See Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning" (2009), 4.4.1.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

STEPS = 30  #: Newton's method needs about eight
PENALTY = 30.0  #: on the squared distance of standardised features' weights from the prior
SETTLED = 1e-6


@dataclass(frozen=True, slots=True)
class Logistic:
    """What each feature weighs, on the features' own scale, and the constant."""

    weights: Array
    constant: float

    def chance(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The probability for each row of features."""
        return _sigmoid(rows @ self.weights + self.constant).astype(np.float32)


def fit(rows: npt.NDArray[np.float32], labels: Array, weights: Array, prior: Logistic | None = None) -> Logistic:
    """The weights by which the rows' features tell their labels (0 to 1) best.

    Args:
        rows: of shape (rows, features).
        weights: how much each row counts.
        prior: what is believed before: the penalty draws towards it. Default: towards no weight at all.
    """
    mean, spread = np.average(rows, axis=0, weights=weights), rows.std(axis=0) + 1e-9
    scaled = np.column_stack([(rows - mean) / spread, np.ones(len(rows))]).astype(np.float64)
    penalty = np.full(scaled.shape[1], PENALTY)
    penalty[-1] = 0
    before = np.zeros(scaled.shape[1])
    if prior is not None:
        before = np.append(prior.weights * spread, prior.constant + (prior.weights * mean).sum())
    found = before.copy()
    for _ in range(STEPS):
        chance = _sigmoid(scaled @ found)
        slope = scaled.T @ (weights * (labels - chance)) - penalty * (found - before)
        curve = (scaled * (weights * chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        cost = _cost(scaled, labels, weights, found) + _pull(found - before, penalty)
        # Newton's step can overshoot where the prior is far off: halve it until it helps
        while (
            np.abs(step).max() > SETTLED
            and _cost(scaled, labels, weights, found + step) + _pull(found + step - before, penalty) > cost
        ):
            step = step / 2
        found = found + step
        if np.abs(step).max() <= SETTLED:
            break
    return Logistic(found[:-1] / spread, float(found[-1] - (found[:-1] * mean / spread).sum()))


def _cost(rows: Array, labels: Array, weights: Array, found: Array) -> float:
    """The negative log-likelihood."""
    margins = rows @ found
    return float((weights * (np.logaddexp(0, margins) - labels * margins)).sum())


def _pull(distance: Array, penalty: Array) -> float:
    return float((penalty * distance**2).sum() / 2)


def _sigmoid(values: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(values, -40, 40)))
