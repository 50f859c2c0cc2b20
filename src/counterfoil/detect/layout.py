"""Where the accounts of a network stand in its picture: forces between them, computed here, the same on every run.

Accounts push each other away, ties pull (a force-directed layout in the manner of ForceAtlas2, Jacomy et al. 2014:
what has many ties pushes more, so that groups come apart). No step is random: they begin on a spiral, in an order that
follows the ties, those of each community by themselves. Two thousand accounts take about a second.
"""

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

LARGEST = 2000  #: accounts that are placed by forces; the others of a group stand in rings around them
STEPS = 120  #: of a small network; a large one has as many as its time allows
FEWEST = 30
APART = 1.0  #: distance of near neighbours, the unit of all places
GOLDEN = 2.399963229728653  #: the golden angle in radians


def place(community: "Array", low: "Array", high: "Array", weight: "Array") -> "Array":
    """Places (accounts x 2) of a connected network around (0, 0), neighbours about 1 apart.

    Args:
        community: of each account, whole numbers; those that matter most come first.
        low, high: both ends of each pair, as places in `community`.
        weight: how strong its tie is, above 0.
    """
    import numpy as np

    accounts = len(community)
    if accounts < 3:
        return np.array([[0.0, 0.0]] if accounts == 1 else [[-0.7, 0.0], [0.7, 0.0]])
    inner = min(accounts, LARGEST)
    kept = (low < inner) & (high < inner)
    placed = _by_forces(community[:inner], low[kept], high[kept], weight[kept])
    if inner == accounts:
        return placed
    edge = float(np.sqrt((placed**2).sum(axis=1)).max()) + 2 * APART
    around = np.arange(accounts - inner)
    radius = edge + np.sqrt(around / np.pi + (edge / APART) ** 2) * APART - edge / 2
    return np.concatenate([placed, np.stack([np.cos(GOLDEN * around), np.sin(GOLDEN * around)], 1) * radius[:, None]])


def _by_forces(community: "Array", low: "Array", high: "Array", weight: "Array") -> "Array":
    import numpy as np

    accounts = len(community)
    strength = np.log1p(weight / np.median(weight)) if len(weight) else weight
    ties = np.bincount(low, minlength=accounts) + np.bincount(high, minlength=accounts)
    mass = (1.0 + np.sqrt(ties)).astype(np.float32)
    heavy = mass[:, None]
    at = _start(community, low, high).astype(np.float32)
    pull = (strength * 4.0 / (1.0 + np.sqrt(np.minimum(ties[low], ties[high])))).astype(np.float32)[:, None]
    steps = max(FEWEST, min(STEPS, 40 + 2 * accounts, int(6e7 / accounts**2)))
    for step in range(steps):
        square = (at**2).sum(axis=1)
        near = at @ at.T
        near *= -2.0
        near += square[:, None]
        near += square[None, :]
        np.maximum(near, 0.01, out=near)
        np.reciprocal(near, out=near)
        np.fill_diagonal(near, 0.0)
        force = heavy * (at * (near @ heavy) - near @ (heavy * at))
        along = (at[high] - at[low]) * pull
        for axis in (0, 1):
            force[:, axis] += np.bincount(low, along[:, axis], accounts) - np.bincount(high, along[:, axis], accounts)
        force -= at * (0.15 * heavy)
        length = np.sqrt((force**2).sum(axis=1)) + 1e-9
        furthest = 0.12 * np.sqrt(accounts) * (1.0 - step / steps) ** 1.5 + 0.002
        at = (at + force * (np.minimum(length / mass, furthest) / length)[:, None]).astype(np.float32)
    return _upright(at.astype(np.float64))


def _start(community: "Array", low: "Array", high: "Array") -> "Array":
    """Where all begin: a spiral; with communities, these are placed first, and each is a spiral around its place."""
    import numpy as np

    order = _order(len(community), low, high)
    names, of = np.unique(community, return_inverse=True)
    if len(names) == 1:
        return _spiral(order)
    one, other = np.minimum(of[low], of[high]), np.maximum(of[low], of[high])
    pairs, counts = np.unique(np.stack([one, other])[:, one != other], axis=1, return_counts=True)
    middles = _by_forces(np.zeros(len(names), dtype=np.int64), pairs[0], pairs[1], counts.astype(np.float64))
    apart = 2.2 * (len(community) / len(names)) ** 0.5
    at = np.empty((len(community), 2))
    for number in range(len(names)):
        members = [place for place in order if of[place] == number]
        at[members] = _spiral(list(range(len(members)))) + middles[number] * apart
    return at


def _order(accounts: int, low: "Array", high: "Array") -> list[int]:
    """Accounts as one walks along the ties, so that those that are tied begin near each other."""
    near: list[list[int]] = [[] for _ in range(accounts)]
    for one, other in zip(low.tolist(), high.tolist(), strict=True):
        near[one].append(other)
        near[other].append(one)
    order: list[int] = []
    seen = [False] * accounts
    for start in range(accounts):
        if seen[start]:
            continue
        seen[start] = True
        waiting = deque([start])
        while waiting:
            one = waiting.popleft()
            order.append(one)
            for other in sorted(near[one]):
                if not seen[other]:
                    seen[other] = True
                    waiting.append(other)
    return order


def _spiral(order: list[int]) -> "Array":
    import numpy as np

    turn = np.arange(len(order))
    at = np.empty((len(order), 2))
    at[order] = np.stack([np.cos(GOLDEN * turn), np.sin(GOLDEN * turn)], 1) * np.sqrt(turn + 0.5)[:, None]
    return at


def _upright(at: "Array") -> "Array":
    """Around its middle, the longer side lying, near neighbours `APART`."""
    import numpy as np

    at = at - at.mean(axis=0)
    (a, b), (_, d) = (at.T @ at).tolist()
    angle = 0.5 * float(np.arctan2(2 * b, a - d))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    at = at @ turn
    square = (at**2).sum(axis=1)
    distance = square[:, None] + square[None, :] - 2.0 * (at @ at.T)
    np.fill_diagonal(distance, np.inf)
    near = float(np.median(np.sqrt(np.maximum(distance.min(axis=1), 1e-12))))
    at = at * (APART / max(near, 1e-6))
    reach = float(np.abs(at).max())
    widest = 1.6 * APART * len(at) ** 0.5 + 1.5  # a few that stand far out must not make the others a dot
    placed: Array = np.round(at * min(1.0, widest / max(reach, 1e-9)), 3)
    return placed


def pack(sizes: list[tuple[float, float]], wide: float = 2.2) -> list[tuple[float, float]]:
    """The middles of boxes (width, height) laid in rows, in their order, the whole about `wide` as broad as high."""
    if not sizes:
        return []
    width = max(max(one[0] for one in sizes), (wide * sum(one[0] * one[1] for one in sizes)) ** 0.5)
    middles: list[tuple[float, float]] = []
    left = top = height = 0.0
    for broad, high in sizes:
        if left and left + broad > width * 1.02:
            left, top, height = 0.0, top + height, 0.0
        middles.append((round(left + broad / 2, 3), round(top + high / 2, 3)))
        left += broad
        height = max(height, high)
    return middles
