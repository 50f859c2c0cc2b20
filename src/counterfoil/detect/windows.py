"""Help in choosing the window: what each would pair, and how much of that is more than chance.

A window that is too short misses groups, one that is too long drowns them. The significant pairs grow with the window
until it is as long as the groups take, and then no more; the pairs of posts go on growing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterfoil.detect.definition import SECOND, Definition
from counterfoil.detect.hubs import BUDGET, Engine, coordinate
from counterfoil.detect.significance import judge

#: in microseconds: from one second to one hour
USUAL = tuple(seconds * SECOND for seconds in (1, 5, 10, 30, 60, 120, 300, 900, 3600))
NEARLY = 0.95  #: of the significant pairs that any window finds


@dataclass(frozen=True, slots=True)
class Tried:
    """What a window gives.

    Args:
        window: in microseconds.
        pairs: pairs of acts of two accounts within it.
        share: of all pairs of acts of two accounts on one object, at whatever distance.
        edges: pairs of accounts that reach the minimum weight.
        significant: of these, at the rate of false discoveries asked for.
        exact: whether hubs cannot have hidden an edge.
    """

    window: int
    pairs: int
    share: float
    edges: int
    significant: int
    exact: bool


def try_windows(
    engine: Engine,
    definition: Definition,
    windows: Sequence[int] = USUAL,
    rate: float = 0.05,
    several: bool = False,
) -> list[Tried]:
    """What each window gives, from the table `events`; the tables of the last one stay.

    Raises:
        UsageError: a window would make billions of pairs.
    """
    everything = engine.rows(
        "SELECT sum(acts * acts - own) / 2 FROM (SELECT object, sum(acts) AS acts, sum(acts * acts) AS own FROM "
        "(SELECT object, account, CAST(count(*) AS DOUBLE) AS acts FROM events GROUP BY object, account) AS counted "
        "GROUP BY object) AS objects"
    )[0][0]
    tried = []
    for window in sorted(set(windows)):
        asked = replace(definition, window=window)
        told = coordinate(engine, asked, several, BUDGET)
        judge(engine, asked, rate)
        edges = engine.rows(
            "SELECT count(*) FROM (SELECT DISTINCT least(source, target), greatest(source, target) FROM edges "
            "WHERE source <> target) AS pairs"
        )[0][0]
        significant = engine.rows(f"SELECT count(*) FROM significance WHERE q <= {rate:.12g}")[0][0]
        share = told.pairs / everything if everything else 0.0
        tried.append(Tried(window, told.pairs, float(share), edges, significant, told.exact))
    return tried


def shortest(tried: Sequence[Tried]) -> Tried | None:
    """The shortest window that finds nearly all the significant pairs that any finds; none if none finds any."""
    most = max((one.significant for one in tried), default=0)
    return next((one for one in tried if most and one.significant >= NEARLY * most), None)
