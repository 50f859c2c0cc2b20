"""Tails of distributions and false discoveries, for what is tested in Python rather than in the engine."""

from collections.abc import Sequence
from math import exp, inf, lgamma, log


def log_poisson_tail(seen: int, expected: float) -> float:
    """The logarithm of P(X >= seen), X Poisson with the expected mean."""
    if seen <= 0:
        return 0.0
    if expected <= 0:
        return -inf
    if seen < expected:  # the short side is the lower one: the upper tail is what it leaves of 1
        lower = sum(exp(number * log(expected) - expected - lgamma(number + 1)) for number in range(seen))
        return log(max(1.0 - lower, 1e-300))
    term, total, number = 1.0, 1.0, seen
    while term > total * 1e-17:
        number += 1
        term *= expected / number
        total += term
    return min(seen * log(expected) - expected - lgamma(seen + 1) + log(total), 0.0)


def log_hypergeometric_tail(shared: int, first: int, second: int, universe: int) -> float:
    """The logarithm of the chance that two accounts share at least so many objects, both drawing theirs at random.

    Args:
        shared: objects of both.
        first: objects of the one.
        second: objects of the other.
        universe: objects in all.
    """
    if shared <= max(0, first + second - universe):
        return 0.0
    if shared > min(first, second):
        return -inf

    def chosen(of: int, number: int) -> float:
        return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)

    logs = [
        chosen(first, number) + chosen(universe - first, second - number) - chosen(universe, second)
        for number in range(shared, min(first, second) + 1)
    ]
    most = max(logs)
    return min(most + log(sum(exp(one - most) for one in logs)), 0.0)


def false_discovery_rates(logs: Sequence[float], tests: int) -> list[float]:
    """Benjamini and Hochberg's q for each logarithm of p, among so many tests: those not given have p = 1.

    Source: Benjamini and Hochberg (1995), Controlling the false discovery rate.
    """
    order = sorted(range(len(logs)), key=lambda place: logs[place])
    rates = [1.0] * len(logs)
    least = 0.0
    for rank in range(len(order), 0, -1):
        place = order[rank - 1]
        least = min(least, logs[place] + log(tests) - log(rank))
        rates[place] = exp(least)
    return rates
