"""What a group of accounts did together: who, who leads, what they share, when; asked of the engine for all groups."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from counterfoil.detect.duck import Duck
from counterfoil.detect.evidence import TIMED, harmless_sql

OBJECTS = 12  #: things shared that are named for each signal of a group
BINS = 48  #: of a histogram at most
SECOND = 1_000_000
#: widths of a histogram's bins, in seconds
WIDTHS = (1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 7 * 86400, 28 * 86400)


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a group.

    Args:
        account: its id in the engine, for one run only.
        community: within a group that has several, counted from 1; else 0.
        posts: in the data; `acts` those that show the group.
        ties: accounts of the group with which it acts together.
        meetings: posts of it beside posts of others; `lead` the share of these in which it was the earlier.
        objects: things that it shared with others of the group.
        signals: by which.
    """

    account: int
    key: str
    platform: str
    handle: str
    name: str
    community: int
    posts: int
    acts: int
    ties: int
    meetings: int
    lead: float
    objects: int
    signals: tuple[str, ...]

    @property
    def called(self) -> str:
        """What a reader knows it by."""
        return self.handle or self.name or self.key


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that accounts of a group shared: how many, in how many posts, when (microseconds; 0: no time)."""

    signal: str
    label: str
    object: int
    accounts: int
    posts: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Strand:
    """What one signal adds to a group; `met` and `expected` count objects, over all its pairs."""

    signal: str
    ties: int
    met: int
    expected: float | None
    q: float | None
    objects: int = 0
    posts: int = 0


@dataclass(frozen=True, slots=True)
class Histogram:
    """Acts by time: from `start`, `width` apart (microseconds), for each signal as many numbers as there are bins."""

    start: int
    width: int
    counts: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A group.

    Args:
        number: from 1, that with the most evidence first.
        accounts: those with the most ties first.
        first, last: microseconds of the first and last act that shows it; None: nothing of it has a time.
        gap: microseconds between two posts that met: half of the meetings are nearer.
    """

    number: int
    accounts: tuple[Account, ...]
    strands: tuple[Strand, ...]
    first: int | None = None
    last: int | None = None
    gap: int | None = None
    histogram: Histogram | None = None
    leader: Account | None = None


@dataclass(slots=True)
class _Rows:
    """What the engine said of one group."""

    accounts: list[Account] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)


def read_clusters(engine: Duck, most: int, written: bool = True) -> list[Cluster]:
    """The first groups, at most so many, from the tables of networks.py and evidence.py.

    Args:
        written: whether the table of that name stands; without it, accounts have no number of posts.
    """
    found: dict[int, _Rows] = defaultdict(_Rows)
    for cluster, *values in engine.rows(accounts_sql(most, written)):
        *_, lead, objects, signals = values
        told = [*values[:-3], round(lead or 0.0, 4), objects, tuple(signals)]
        found[cluster].accounts.append(Account(*told))
    for cluster, *values in engine.rows(_strands_sql(most)):
        found[cluster].strands.append(Strand(*values))
    times = {cluster: (first, last, gap) for cluster, first, last, gap in engine.rows(_times_sql(most))}
    bins = _histograms(engine, {one: (first, last) for one, (first, last, _) in times.items()})
    clusters = []
    for number, rows in sorted(found.items()):
        first, last, gap = times.get(number, (None, None, None))
        clusters.append(
            Cluster(
                number,
                tuple(rows.accounts),
                tuple(rows.strands),
                first,
                last,
                gap,
                bins.get(number),
                leader_of(rows.accounts),
            )
        )
    return clusters


def read_shared(engine: Duck, most: int) -> dict[int, list[Shared]]:
    """What the accounts of the first groups shared, the widest first: `make_posts` must have been here."""
    found: dict[int, list[Shared]] = defaultdict(list)
    for cluster, *values in engine.rows(_shared_sql(most)):
        found[cluster].append(Shared(*values))
    return found


def leader_of(accounts: Iterable[Account]) -> Account | None:
    """The account that is first more often than a coin would have it, surest first; None if there is none.

    The lower end of Wilson's interval counts, with the objects as trials: ten meetings on one object are one lead.
    """

    def surely(one: Account) -> float:
        trials, spread = float(max(one.objects, 1)), 1.96**2
        middle = one.lead + spread / (2 * trials)
        reach: float = 1.96 * ((one.lead * (1 - one.lead) + spread / (4 * trials)) / trials) ** 0.5
        return (middle - reach) / (1 + spread / trials)

    leading = [(-round(surely(one), 6), one.key, one.platform, one) for one in accounts if surely(one) > 0.5]
    return min(leading, key=lambda one: one[:3])[3] if leading else None


def accounts_sql(most: int = 2**31 - 1, written: bool = True) -> str:
    """Accounts of the first groups: those with the most ties first."""
    counted = "LEFT JOIN written USING (account) " if written else ""
    posts = "coalesce(posts, 0)" if written else "0"
    return (
        "WITH ends AS (SELECT low AS account, high AS other, signal FROM reported UNION ALL "
        "SELECT high, low, signal FROM reported), "
        "ties AS (SELECT account, count(DISTINCT other) AS ties, list_sort(list(DISTINCT signal)) AS signals FROM ends "
        "GROUP BY account), "
        "acted AS (SELECT account, count(DISTINCT CASE WHEN of_posts THEN message END) AS acts, "
        "count(DISTINCT object) AS objects FROM shown JOIN looked USING (signal) GROUP BY account), "
        "ordered AS (SELECT account, count(*) AS meetings, avg(earlier) AS lead FROM ("
        "SELECT source AS account, CASE WHEN source_moment = target_moment THEN 0.5 ELSE 1.0 END AS earlier "
        f"FROM meetings JOIN looked USING (signal) WHERE {TIMED} UNION ALL "
        "SELECT target, CASE WHEN source_moment = target_moment THEN 0.5 ELSE 0.0 END "
        f"FROM meetings JOIN looked USING (signal) WHERE {TIMED}) GROUP BY account) "
        "SELECT cluster, m.account AS engine_id, account_key, coalesce(platform, '') AS platform, "
        f"coalesce(handle, '') AS handle, coalesce(name, '') AS name, community, {posts} AS posts, "
        "coalesce(acts, 0) AS acts, coalesce(ties, 0) AS ties, coalesce(meetings, 0) AS meetings, lead, "
        "coalesce(objects, 0) AS objects, coalesce(signals, []) AS signals FROM members AS m "
        "JOIN accounts USING (account) LEFT JOIN ties USING (account) LEFT JOIN acted USING (account) "
        "LEFT JOIN ordered USING (account) "
        f"{counted}WHERE cluster <= {most:d} ORDER BY cluster, ties DESC, place"
    )


def nodes_query() -> str:
    """The accounts of all groups as a table for people."""
    account, handle, name = (harmless_sql(one) for one in ("account_key", "handle", "name"))
    return (
        f"SELECT cluster, {account} AS account, platform, {handle} AS handle, {name} AS name, community, posts, acts, "
        "ties, meetings, round(lead, 4) AS lead, objects, array_to_string(signals, ' ') AS signals "
        f"FROM ({accounts_sql()}) ORDER BY cluster, ties DESC, account_key, platform, engine_id"
    )


def _strands_sql(most: int) -> str:
    return (
        "SELECT r.cluster, r.signal, ties, met, expected, q, coalesce(objects, 0), coalesce(posts, 0) FROM ("
        "SELECT cluster, signal, count(*) AS ties, CAST(coalesce(sum(met), sum(weight)) AS BIGINT) AS met, "
        "sum(expected) AS expected, max(q) AS q FROM reported GROUP BY cluster, signal) AS r LEFT JOIN ("
        "SELECT cluster, signal, count(DISTINCT object) AS objects, "
        "count(DISTINCT CASE WHEN of_posts THEN message END) AS posts FROM shown JOIN looked USING (signal) "
        "GROUP BY cluster, signal) AS s ON s.cluster = r.cluster AND s.signal = r.signal "
        f"WHERE r.cluster <= {most:d} ORDER BY r.cluster, (q IS NULL), ties DESC, r.signal"
    )


def _shared_sql(most: int) -> str:
    """What was shared by the most accounts of a group, for each signal."""
    return (
        "SELECT cluster, signal, label, object, accounts, posts, first, last FROM ("
        "SELECT *, row_number() OVER (PARTITION BY cluster, signal ORDER BY accounts DESC, posts DESC, first, label) "
        "AS place FROM (SELECT cluster, signal, coalesce(label, '') AS label, object, "
        "count(DISTINCT account) AS accounts, count(DISTINCT message) AS posts, min(moment) AS first, "
        f"max(moment) AS last FROM shown LEFT JOIN labels USING (signal, object) WHERE cluster <= {most:d} "
        f"GROUP BY cluster, signal, object, label)) WHERE place <= {OBJECTS} "
        "ORDER BY cluster, accounts DESC, posts DESC, first, signal, label"
    )


def _times_sql(most: int) -> str:
    return (
        "SELECT cluster, min(least(source_moment, target_moment)), max(greatest(source_moment, target_moment)), "
        "CAST(quantile_disc(target_moment - source_moment, 0.5) AS BIGINT) FROM meetings "
        f"JOIN looked USING (signal) WHERE {TIMED} AND cluster <= {most:d} GROUP BY cluster"
    )


def width_of(first: int, last: int) -> int:
    """The width of bins (microseconds) that makes few enough of a time from first to last."""
    for seconds in WIDTHS:
        if (last // SECOND // seconds) - (first // SECOND // seconds) < BINS:
            return seconds * SECOND
    return -(-(last - first) // (BINS - 1) // (86400 * SECOND)) * 86400 * SECOND or WIDTHS[-1] * SECOND


def _histograms(engine: Duck, times: dict[int, tuple[int, int]]) -> dict[int, Histogram]:
    if not times:
        return {}
    widths = {cluster: width_of(first, last) for cluster, (first, last) in times.items()}
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE widths AS SELECT unnest(?::INTEGER[]) AS cluster, unnest(?::BIGINT[]) AS width",
        [list(widths), list(widths.values())],
    )
    rows: list[tuple[Any, ...]] = engine.rows(
        "SELECT cluster, signal, CAST(floor(moment / width) AS BIGINT) AS bin, count(*) FROM ("
        "SELECT DISTINCT cluster, signal, message, moment FROM shown JOIN looked USING (signal) "
        "WHERE of_posts OR moment <> 0) JOIN widths USING (cluster) "
        "GROUP BY cluster, signal, CAST(floor(moment / width) AS BIGINT) ORDER BY 1, 2, 3"
    )
    counted: dict[int, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for cluster, signal, place, count in rows:
        counted[cluster][signal][place] = count
    found = {}
    for cluster, signals in counted.items():
        width = widths[cluster]
        low, high = times[cluster][0] // width, times[cluster][1] // width
        bins = {signal: tuple(of.get(place, 0) for place in range(low, high + 1)) for signal, of in signals.items()}
        found[cluster] = Histogram(low * width, width, bins)
    engine.connection.execute("DROP TABLE widths")
    return found
