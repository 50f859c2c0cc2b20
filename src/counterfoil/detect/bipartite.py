"""Who shares more objects with whom than their numbers explain: for small sets, and where times are unknown.

The bipartite configuration model takes the least committed random network of accounts and objects in which every
account acts on as many objects, and every object is acted on by as many accounts, as was seen (on average). It is
harder to beat than the hypergeometric test, which takes all objects for equally popular. The number of objects that
two accounts share is then a sum of independent events, and its tail is bounded by Poisson's.

Source: Saracco et al. (2017), Inferring monopartite projections of bipartite networks: an entropy-based approach.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.detect.chance import false_discovery_rates, log_hypergeometric_tail, log_poisson_tail
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CELLS = 50_000_000  #: accounts times objects; beyond, memory and patience end
ROUNDS = 20_000


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two accounts and the objects that they share.

    Args:
        shared: objects of both.
        expected: by the bipartite configuration model.
        log_p: of at least so many, by that model.
        log_hypergeometric: the same if all objects were equally popular.
        q: the least rate of false discoveries at which the pair would be reported.
    """

    source: int
    target: int
    shared: int
    expected: float
    log_p: float
    log_hypergeometric: float
    q: float


def overlaps(acts: Iterable[tuple[int, int]], least: int = 2) -> list[Overlap]:
    """Pairs of accounts that share objects, the most improbable first.

    Args:
        acts: (account, object); repeated acts count once.
        least: objects that a pair shares at least.

    Raises:
        UsageError: there are too many accounts and objects for this model.
    """
    import numpy as np

    pairs = sorted(set(acts))
    accounts = sorted({account for account, _ in pairs})
    objects = sorted({thing for _, thing in pairs})
    if len(accounts) * len(objects) > CELLS:
        raise UsageError(
            f"{len(accounts):,} accounts and {len(objects):,} objects are too many for the configuration model.",
            "Use it on one cluster or a shorter time; the test by permutation has no such limit.",
        )
    if not pairs:
        return []
    rows = {account: place for place, account in enumerate(accounts)}
    columns = {thing: place for place, thing in enumerate(objects)}
    acted = np.zeros((len(accounts), len(objects)), dtype=np.float32)
    for account, thing in pairs:
        acted[rows[account], columns[thing]] = 1
    degrees = acted.sum(axis=1).astype(int).tolist()
    shared = acted @ acted.T
    chances = chance_of_acts(acted)
    expected = chances @ chances.T
    found = [(int(one), int(two)) for one, two in np.argwhere(np.triu(shared, 1) >= max(least, 1))]
    logs = [log_poisson_tail(round(float(shared[pair])), float(expected[pair])) for pair in found]
    rates = false_discovery_rates(logs, max(len(accounts) * (len(accounts) - 1) // 2, 1))
    listed = [
        Overlap(
            source=accounts[one],
            target=accounts[two],
            shared=(both := round(float(shared[one, two]))),
            expected=float(expected[one, two]),
            log_p=log_p,
            log_hypergeometric=log_hypergeometric_tail(both, degrees[one], degrees[two], len(objects)),
            q=rate,
        )
        for (one, two), log_p, rate in zip(found, logs, rates, strict=True)
    ]
    return sorted(listed, key=lambda overlap: (overlap.log_p, overlap.source, overlap.target))


def chance_of_acts(acted: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """For each account and object the chance of an act, in the configuration model with the numbers seen.

    Raises:
        UsageError: the model's equations were not solved.
    """
    import numpy as np

    chances = np.zeros(acted.shape, dtype=np.float64)
    by_account, by_object = acted.sum(axis=1).astype(float), acted.sum(axis=0).astype(float)
    live_accounts, live_objects = by_account > 0, by_object > 0
    while True:  # who acts on everything, and what everyone acts on, leave nothing to chance
        full_accounts = live_accounts & (by_account >= live_objects.sum())
        full_objects = live_objects & (by_object >= live_accounts.sum()) & ~full_accounts.all()
        if not full_accounts.any() and not full_objects.any():
            break
        if full_accounts.any():
            chances[np.ix_(full_accounts, live_objects)] = 1
            by_object[live_objects] -= full_accounts.sum()
            live_accounts &= ~full_accounts
        else:
            chances[np.ix_(live_accounts, full_objects)] = 1
            by_account[live_accounts] -= full_objects.sum()
            live_objects &= ~full_objects
        live_accounts, live_objects = live_accounts & (by_account > 0), live_objects & (by_object > 0)
    if live_accounts.any() and live_objects.any():
        solved = _solved(by_account[live_accounts], by_object[live_objects])
        chances[np.ix_(live_accounts, live_objects)] = solved
    return chances


def _solved(by_account: "NDArray[np.float64]", by_object: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """The model's chances, by iteration over classes of equal degree: equal degrees have equal chances."""
    import numpy as np

    degrees, place, many = np.unique(by_account, return_inverse=True, return_counts=True)
    sizes, spot, often = np.unique(by_object, return_inverse=True, return_counts=True)
    total = float(by_account.sum())
    x, y = degrees / np.sqrt(total), sizes / np.sqrt(total)
    for _ in range(ROUNDS):
        x = degrees / (often * y / (1 + np.outer(x, y))).sum(axis=1)
        y = sizes / (many[:, None] * x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        product = np.outer(x, y)
        chances = product / (1 + product)
        worst = np.abs((often * chances).sum(axis=1) - degrees).max()
        if worst < 1e-6:
            break
    else:
        raise UsageError(
            f"The configuration model was not solved in {ROUNDS:,} rounds (an account is off by {worst:.2g} objects).",
            "Leave out accounts that act on nearly everything, or use the test by permutation.",
        )
    whole: NDArray[np.float64] = chances[np.ix_(place, spot)]
    return whole
