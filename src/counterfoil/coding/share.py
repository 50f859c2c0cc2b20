"""A share of counted cases with its interval: three of four are no 75 per cent to rely on."""

from dataclasses import dataclass
from math import sqrt

NINETY = 1.6449  #: standard deviations that a 90 % interval reaches to either side


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many cases, with a 90 % interval by Wilson's method; of no case anything may be true.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927).
    """

    right: int
    of: int
    rate: float
    low: float
    high: float

    @classmethod
    def count(cls, right: int, of: int) -> "Share":
        """The share of `right` in `of` cases that do not depend on each other."""
        if not of:
            return cls(0, 0, 0.0, 0.0, 1.0)
        rate, spread = right / of, NINETY * NINETY / of
        middle = (rate + spread / 2) / (1 + spread)
        reach = sqrt(rate * (1 - rate) * spread + spread * spread / 4) / (1 + spread)
        return cls(right, of, rate, max(0.0, min(rate, middle - reach)), min(1.0, max(rate, middle + reach)))
