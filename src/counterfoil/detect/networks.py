"""Networks: the pairs of accounts that all signals found, fused, and cut into groups that hold together.

Only pairs that beat chance make a group. What a signal without a null hypothesis found (a copied description) is kept
where it ties two accounts of one group, and makes a group by itself only if the user asked for that signal by name.

A group is a connected part of the fused network. A large part that falls into communities (Louvain, Blondel et al.
2008, weighted by evidence, with a fixed seed) between which hardly any evidence lies is several groups: one chance
meeting must not make two operations one. Nothing here depends on the order in which an engine gives its rows.

Tables made in the engine, beside `found` and `acts` (detect/gathering.py):

- looked(signal, reach, of_posts, forms): the signals, the greatest distance of two acts, whether their acts are posts,
  and whether the signal alone can make a group;
- tied(signal, low, high, weight, met, expected, log_p, q): pairs of accounts, each signal's, without direction;
- members(account, place, cluster, community): accounts of groups; `place` is their order by key, clusters count from 1;
- reported(signal, cluster, low, high, weight, met, expected, log_p, q): pairs within a group, `low` first by place.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counterfoil.detect.duck import Duck
from counterfoil.detect.gathering import FOUND
from counterfoil.detect.trace import Trace

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

LARGE = 8  #: accounts of a part that may fall into communities
CROSSING = 0.1  #: share of the evidence that may lie between communities that count as groups of their own
DIVIDED = 100_000  #: pairs of the largest part that is looked at for communities: some ten seconds at worst
SEED = 1
UNTESTED = 1.0  #: evidence of a pair that nothing was tested of, where a tested one has log10(1/p)


@dataclass(frozen=True, slots=True)
class Looked:
    """A signal that was looked at.

    Args:
        reach: the greatest distance of two acts that count, in microseconds.
        tested: whether its pairs were held against chance.
        named: whether the user asked for it by name.
    """

    trace: Trace
    reach: int
    tested: bool
    named: bool = False

    @property
    def forms(self) -> bool:
        """Whether its pairs alone can make a group."""
        return self.tested or self.named


@dataclass(frozen=True, slots=True)
class Networks:
    """The groups that were found.

    Args:
        clusters: how many; they are numbered from 1, those with the most evidence first.
        accounts: in all of them.
        bridges: for each group that was cut off a larger part, the pairs that tie it to other groups.
        undivided: groups too large to be looked at for communities.
        apart: pairs of signals that cannot make a group and that tie no two accounts of one: left out.
    """

    clusters: int
    accounts: int
    bridges: dict[int, int]
    undivided: tuple[int, ...]
    apart: int


@dataclass(frozen=True, slots=True)
class _Fused:
    """The network that makes groups: places of its accounts, and for each pair both ends and the evidence."""

    accounts: "Array"
    low: "Array"
    high: "Array"
    evidence: "Array"


def make_networks(engine: Duck, looked: Sequence[Looked]) -> Networks:
    """Make `looked`, `tied`, `members` and `reported` from what all signals found."""
    import numpy as np

    _tables(engine, looked)
    fused = _fused(engine)
    group, community, undivided = _groups(fused)
    names = _by_evidence(fused, group)
    cluster = np.zeros(len(group), dtype=np.int64)
    cluster[names] = np.arange(1, len(names) + 1)  # a group is called by its first account until here
    numbered = cluster[group]
    _members(engine, fused, numbered, community)
    return Networks(
        clusters=len(names),
        accounts=len(group),
        bridges=_bridges(fused, numbered),
        undivided=tuple(sorted(int(numbered[one]) for one in undivided)),
        apart=_apart(engine),
    )


def _tables(engine: Duck, looked: Sequence[Looked]) -> None:
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE looked (signal VARCHAR, reach BIGINT, of_posts BOOLEAN, forms BOOLEAN)"
    )
    for one in looked:
        engine.connection.execute(
            "INSERT INTO looked VALUES (?, ?, ?, ?)", [one.trace.name, one.reach, not one.trace.of_accounts, one.forms]
        )
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE tied AS SELECT signal, least(source, target) AS low, "
        "greatest(source, target) AS high, max(weight) AS weight, max(together) AS met, max(expected) AS expected, "
        f"round(min(log_p), 6) AS log_p, max(q) AS q FROM {FOUND} WHERE significant AND source <> target "
        "GROUP BY signal, least(source, target), greatest(source, target)"
    )


def _fused(engine: Duck) -> _Fused:
    """Each two accounts once, with the evidence of all signals that can make a group."""
    import numpy as np

    keyed = engine.connection.execute(
        "SELECT account FROM accounts WHERE account IN (SELECT low FROM tied JOIN looked USING (signal) WHERE forms "
        "UNION SELECT high FROM tied JOIN looked USING (signal) WHERE forms) "
        "ORDER BY account_key, platform NULLS FIRST, account"
    ).fetchnumpy()
    accounts = np.asarray(keyed["account"], dtype=np.int64)
    pairs = engine.connection.execute(
        f"SELECT low, high, round(sum(coalesce(-log_p / ln(10), {UNTESTED})), 6) AS evidence "
        "FROM tied JOIN looked USING (signal) WHERE forms GROUP BY low, high"
    ).fetchnumpy()
    by_id = np.argsort(accounts, kind="stable")

    def place(ids: Any) -> Any:
        return by_id[np.searchsorted(accounts[by_id], np.asarray(ids, dtype=np.int64))]

    one, other = place(pairs["low"]), place(pairs["high"])
    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((high, low))
    evidence = np.asarray(pairs["evidence"], dtype=np.float64)
    return _Fused(accounts, low[order], high[order], evidence[order])


def _groups(fused: _Fused) -> tuple["Array", "Array", list[int]]:
    """For each account its group (the place of its first account) and community; the groups too large to divide."""
    import numpy as np

    group = _parts(len(fused.accounts), fused.low, fused.high)
    community = np.zeros(len(group), dtype=np.int64)
    undivided: list[int] = []
    if not len(group):
        return group, community, undivided
    part_of = group[fused.low]
    order = np.argsort(part_of, kind="stable")
    parts, starts = np.unique(part_of[order], return_index=True)
    sizes = np.bincount(group, minlength=len(group))
    for part, pairs in zip(parts.tolist(), np.split(order, starts[1:]), strict=True):
        if sizes[part] < LARGE:
            continue
        if len(pairs) > DIVIDED:
            undivided.append(part)
            continue
        found = _communities(fused, pairs)
        if _crossing(fused, pairs, found) <= CROSSING:
            group[list(found)] = list(found.values())
        else:
            community[list(found)] = _numbered(found)
    return group, community, undivided


def _parts(accounts: int, low: "Array", high: "Array") -> "Array":
    """The connected parts, each called by its first account: the smallest name wanders along the pairs."""
    import numpy as np

    name = np.arange(accounts)
    while True:
        before = name.copy()
        smaller = np.minimum(name[low], name[high])
        np.minimum.at(name, low, smaller)
        np.minimum.at(name, high, smaller)
        np.minimum.at(name, before, name)
        name = name[name]
        if (name == before).all():
            return name


def _communities(fused: _Fused, pairs: "Array") -> dict[int, int]:
    """Each account's community, called by its first account. No community is one account alone."""
    import networkx as nx

    graph = nx.Graph()
    low, high = fused.low[pairs].tolist(), fused.high[pairs].tolist()
    weights = fused.evidence[pairs].tolist()
    graph.add_nodes_from(sorted({*low, *high}))
    graph.add_weighted_edges_from(zip(low, high, weights, strict=True))
    found: dict[int, int] = {}
    for members in nx.community.louvain_communities(graph, weight="weight", seed=SEED):
        if len(members) == 1:  # to its strongest neighbour's, below
            continue
        found |= dict.fromkeys(members, min(members))
    for place in graph:
        if place not in found:
            near = sorted(graph[place], key=lambda other: (-graph[place][other]["weight"], other))
            found[place] = next((found[other] for other in near if other in found), min(place, near[0]))
    return found


def _crossing(fused: _Fused, pairs: "Array", found: dict[int, int]) -> float:
    """The share of the evidence that lies between communities."""
    import numpy as np

    low = np.array([found[place] for place in fused.low[pairs].tolist()])
    high = np.array([found[place] for place in fused.high[pairs].tolist()])
    evidence = fused.evidence[pairs]
    return float(evidence[low != high].sum() / evidence.sum())


def _numbered(found: dict[int, int]) -> list[int]:
    """Communities counted from 1, the largest first; 0 where there is but one."""
    sizes = Counter(found.values())
    order = sorted(sizes, key=lambda one: (-sizes[one], one))
    number = {one: place for place, one in enumerate(order, start=1)}
    return [number[one] if len(order) > 1 else 0 for one in found.values()]


def _by_evidence(fused: _Fused, group: "Array") -> list[int]:
    """The groups, those with the most evidence within first."""
    import numpy as np

    within = group[fused.low] == group[fused.high]
    total = np.bincount(group[fused.low][within], fused.evidence[within], minlength=len(group))
    return sorted(np.unique(group).tolist(), key=lambda one: (-round(float(total[one]), 3), one))


def _bridges(fused: _Fused, cluster: "Array") -> dict[int, int]:
    low, high = cluster[fused.low], cluster[fused.high]
    between = low != high
    return dict(sorted(Counter([*low[between].tolist(), *high[between].tolist()]).items()))


def _members(engine: Duck, fused: _Fused, cluster: "Array", community: "Array") -> None:
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE members AS SELECT unnest(?::BIGINT[]) AS account, unnest(?::INTEGER[]) AS place, "
        "unnest(?::INTEGER[]) AS cluster, unnest(?::INTEGER[]) AS community",
        [fused.accounts.tolist(), list(range(len(cluster))), cluster.tolist(), community.tolist()],
    )
    first = "CASE WHEN one.place < other.place THEN tied.{} ELSE tied.{} END"
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE reported AS SELECT signal, one.cluster AS cluster, "
        f"{first.format('low', 'high')} AS low, {first.format('high', 'low')} AS high, weight, met, expected, log_p, q "
        "FROM tied JOIN members AS one ON one.account = tied.low JOIN members AS other ON other.account = tied.high "
        "WHERE one.cluster = other.cluster"
    )


def _apart(engine: Duck) -> int:
    """Pairs of signals that cannot make a group, where the two are not of one group anyway."""
    counted = "(SELECT count(*) FROM {} JOIN looked USING (signal) WHERE NOT forms)"
    ((left,),) = engine.rows(f"SELECT {counted.format('tied')} - {counted.format('reported')}")
    return int(left)
