"""The network of all groups as one thing to draw and to hand on: accounts, ties, and where they stand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from counterfoil.detect.clusters import Account, Cluster
from counterfoil.detect.duck import Duck
from counterfoil.detect.evidence import TIMED
from counterfoil.detect.layout import pack, place
from counterfoil.detect.networks import UNTESTED

TIES = 100_000  #: pairs in a network file at most, those with the most evidence first
ROOM = 1.6  #: around a group, in distances of near neighbours


@dataclass(frozen=True, slots=True)
class Tie:
    """Two accounts of a group that act together, by all signals.

    Args:
        low, high: their places in the group's accounts.
        evidence: the sum of log10(1/p) of the signals; 1 for a signal that was not tested.
        met: on how many objects they met, by all signals.
        q: the least of the signals'; None if nothing was tested.
        first, last: microseconds; None where nothing has a time.
        ahead: the share of their meetings in which the first of the two was the earlier; None likewise.
    """

    cluster: int
    low: int
    high: int
    evidence: float
    signals: tuple[str, ...]
    met: int
    q: float | None
    first: int | None
    last: int | None
    ahead: float | None


@dataclass(frozen=True, slots=True)
class Network:
    """Groups with their ties, and where each account stands.

    Args:
        places: for each group, those of its accounts, around the group's own middle.
        middles: of the groups, in the picture of all.
        left: pairs beyond those that are held here.
    """

    clusters: tuple[Cluster, ...]
    ties: dict[int, tuple[Tie, ...]]
    places: dict[int, tuple[tuple[float, float], ...]]
    middles: dict[int, tuple[float, float]]
    left: int = 0

    @property
    def accounts(self) -> int:
        return sum(len(one.accounts) for one in self.clusters)


def read_network(engine: Duck, clusters: Sequence[Cluster], most: int = TIES) -> Network:
    """The network of some groups, laid out.

    Args:
        most: pairs at most; it is told how many were left.
    """
    import numpy as np

    spot = {
        account.account: (cluster.number, nth) for cluster in clusters for nth, account in enumerate(cluster.accounts)
    }
    last = max((one.number for one in clusters), default=0)
    ties: dict[int, list[Tie]] = defaultdict(list)
    for low, high, *values in engine.rows(_ties_sql(last, most)):
        evidence, signals, met, q, first, end, ahead = values
        (number, one), (_, other) = spot[low], spot[high]
        if one > other:
            one, other, ahead = other, one, None if ahead is None else 1 - ahead
        given = None if ahead is None else round(ahead, 4)
        ties[number].append(Tie(number, one, other, evidence, tuple(signals), met, q, first, end, given))
    ((every,),) = engine.rows(
        f"SELECT count(*) FROM (SELECT DISTINCT low, high FROM reported WHERE cluster <= {last:d})"
    )
    places = {}
    for cluster in clusters:
        of = sorted(ties[cluster.number], key=lambda one: (one.low, one.high))
        ties[cluster.number] = of
        at = place(
            np.array([one.community for one in cluster.accounts], dtype=np.int64),
            np.array([one.low for one in of], dtype=np.int64),
            np.array([one.high for one in of], dtype=np.int64),
            np.array([max(one.evidence, 0.1) for one in of], dtype=np.float64),
        )
        places[cluster.number] = tuple((float(x), float(y)) for x, y in at.tolist())
    return Network(
        tuple(clusters),
        {number: tuple(of) for number, of in ties.items()},
        places,
        _middles(places),
        every - sum(map(len, ties.values())),
    )


def _middles(places: dict[int, tuple[tuple[float, float], ...]]) -> dict[int, tuple[float, float]]:
    sizes = []
    for at in places.values():
        wide = max(abs(x) for x, _ in at) * 2 + 2 * ROOM
        high = max(abs(y) for _, y in at) * 2 + 2 * ROOM
        sizes.append((wide, high))
    return dict(zip(places, pack(sizes), strict=True))


def _ties_sql(clusters: int, most: int) -> str:
    """Each pair once. Which of the two was the earlier is asked of what has a time."""
    return (
        "SELECT p.low, p.high, evidence, signals, p.met, q, first, last, ahead FROM ("
        f"SELECT low, high, round(sum(coalesce(-log_p / ln(10), {UNTESTED})), 4) AS evidence, "
        "list_sort(list(signal)) AS signals, CAST(sum(coalesce(met, weight)) AS BIGINT) AS met, min(q) AS q "
        f"FROM reported WHERE cluster <= {clusters:d} GROUP BY low, high "
        f"ORDER BY evidence DESC, met DESC, low, high LIMIT {most:d}) AS p LEFT JOIN ("
        "SELECT low, high, min(source_moment) AS first, max(target_moment) AS last, "
        "avg(CASE WHEN source_moment = target_moment THEN 0.5 WHEN source = low THEN 1.0 ELSE 0.0 END) AS ahead "
        "FROM (SELECT m.*, CASE WHEN one.place < other.place THEN source ELSE target END AS low, "
        "CASE WHEN one.place < other.place THEN target ELSE source END AS high FROM meetings AS m "
        "JOIN looked USING (signal) JOIN members AS one ON one.account = source "
        f"JOIN members AS other ON other.account = target WHERE {TIMED}) GROUP BY low, high) AS seen "
        "ON seen.low = p.low AND seen.high = p.high"
    )


def leading(cluster: Cluster, account: Account) -> bool:
    """Whether it is the one that leads its group."""
    return cluster.leader is not None and cluster.leader.account == account.account
