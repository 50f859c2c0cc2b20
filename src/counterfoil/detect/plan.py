"""From events to edges, as named steps of plain SQL that every engine runs alike.

A step makes one table of those before it, and the executor materialises it. The SQL keeps to what DuckDB and Spark
both have: window functions, equi-joins, one level of aggregation.

What makes it fast, measured on ten million posts: objects of one account and acts without a neighbour in reach are
dropped first; acts are joined by object and time bin, each later act standing in its own bin and the one before, so
that no range join is needed; and whether an act is the other account's first in the window follows from the time of
its last act on the object, so that no distinct count over pairs is needed.

An object on which a hundred thousand accounts acted is five billion pairs. With `hubs`, the objects of the table
`hubs` (detect/hubs.py chooses them) add weight only to pairs of accounts that also act together on another object.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counterfoil.detect.definition import Count, Definition


@dataclass(frozen=True, slots=True)
class Step:
    """A table to be made: its name, and the query that makes it."""

    name: str
    sql: str


EDGES = "edges"  #: source, target, weight, first_moment, last_moment (microseconds)


def plan(definition: Definition, events: str = "events", several: bool = False, hubs: bool = False) -> list[Step]:
    """The steps from a table of events (message, account, moment, object) to the table `edges`.

    Rows of `events` are distinct. An edge has `source`, `target` (source <= target if undirected), `weight`, and
    `first_moment` and `last_moment`, the times of the first and last act in it.

    Args:
        several: whether one message may act on several objects; then messages are counted distinct.
        hubs: whether a table `hubs` (object) names objects that only add weight to pairs found elsewhere.
    """
    return [*reaching(definition, events), *pairing(definition, several, hubs)]


def reaching(definition: Definition, events: str = "events") -> list[Step]:
    """The plan's first part, `acting` and `near`: the acts that have another in reach. The cost is told from `near`."""
    return [Step("acting", _acting(definition, events)), Step("near", _near(definition))]


def pairing(definition: Definition, several: bool = False, hubs: bool = False) -> list[Step]:
    """The plan's second part, from `acting` and `near` to `edges`."""
    return list(_pairing(definition, several, hubs))


def _pairing(definition: Definition, several: bool, hubs: bool) -> Iterator[Step]:
    each: Callable[[Definition, str], str] = _pair_of_acts
    if definition.count is Count.MESSAGES and not several:
        each = _both_weights
    elif definition.count is Count.OBJECTS and not definition.participation:
        each = _object_of_pair
    yield Step("binned", _binned(definition))
    if hubs:
        light = "(SELECT * FROM binned WHERE NOT EXISTS (SELECT 1 FROM hubs WHERE hubs.object = binned.object))"
        yield Step("light", each(definition, _by_bin(definition, light)))
        yield Step("candidates", _candidates(each is _pair_of_acts))
        yield Step("heavy", each(definition, _of_candidates(definition)))
        yield Step("paired", "SELECT * FROM light UNION ALL SELECT * FROM heavy")
    else:
        yield Step("paired", each(definition, _by_bin(definition, "binned")))
    if each is _both_weights:
        yield Step("directed", _directed(hubs))
    elif each is _object_of_pair:
        yield Step("directed", _counted_objects())
    elif definition.count is Count.MESSAGES:
        yield Step("directed", _distinct_messages())
    else:
        yield Step("directed", _undirected(definition))
    yield Step(EDGES, _edges(definition))


def _acting(definition: Definition, events: str) -> str:
    """Events of accounts that act often enough to be looked at."""
    if not definition.participation:
        return f"SELECT message, account, moment, object FROM {events}"
    return (
        f"SELECT message, account, moment, object FROM {events} WHERE account IN "
        f"(SELECT account FROM {events} GROUP BY account HAVING count(*) >= {definition.participation})"
    )


def _near(definition: Definition) -> str:
    """Events with another on the same object in reach; objects on which only one account acted go first."""
    shared = "count(*) > 1" if definition.self_loops else "min(account) <> max(account)"
    reach = definition.reach
    return (
        "SELECT message, account, moment, object FROM ("
        "SELECT message, account, moment, object, "
        "lag(moment) OVER (PARTITION BY object ORDER BY moment) AS earlier, "
        "lead(moment) OVER (PARTITION BY object ORDER BY moment) AS later FROM acting WHERE object IN "
        f"(SELECT object FROM acting GROUP BY object HAVING {shared})"
        f") AS neighboured WHERE moment - earlier <= {reach} OR later - moment <= {reach}"
    )


def _binned(definition: Definition) -> str:
    """Events in bins as wide as the reach; `strong` says that the account may be a source, `again` when it acted last.

    Only the source of an edge needs as many messages as the minimum weight asks for. An account's last act matters
    only if it is in reach of the other's, and then it is in `near` itself.
    """
    width = max(definition.reach, 1)
    least = definition.minimum if definition.count is Count.MESSAGES else 1
    again = "lag(moment) OVER (PARTITION BY object, near.account ORDER BY moment, message) AS again"
    if least < 2:
        return f"SELECT message, account, moment, object, {again}, moment // {width} AS bin, 1 AS strong FROM near"
    return (
        f"SELECT message, near.account, moment, object, {again}, moment // {width} AS bin, "
        "CASE WHEN busy.account IS NULL THEN 0 ELSE 1 END AS strong FROM near LEFT JOIN "
        f"(SELECT account FROM near GROUP BY account HAVING count(DISTINCT message) >= {least}) AS busy "
        "ON near.account = busy.account"
    )


def _condition(definition: Definition) -> str:
    """`x` is the earlier act, `y` the later one, of two accounts (of one, for self-loops)."""
    same = "" if definition.self_loops and definition.count is not Count.MESSAGES else "x.account <> y.account AND "
    return (
        f"WHERE {same}y.moment - x.moment <= {definition.reach} AND x.strong + y.strong > 0 "
        "AND (x.moment < y.moment OR (x.moment = y.moment AND x.message < y.message))"
    )


def _by_bin(definition: Definition, acts: str) -> str:
    """The join of all acts with those in reach of them."""
    return (
        f"FROM {acts} AS x JOIN ("
        f"SELECT message, account, moment, object, again, strong, bin FROM {acts} AS own UNION ALL "
        f"SELECT message, account, moment, object, again, strong, bin - 1 AS bin FROM {acts} AS next) AS y "
        f"ON x.object = y.object AND x.bin = y.bin {_condition(definition)}"
    )


def _candidates(acts: bool) -> str:
    """Pairs of accounts that act together on an object that is no hub, both ways round."""
    low, high = ("x_account", "y_account") if acts else ("low", "high")
    return f"SELECT {low} AS one, {high} AS other FROM light UNION SELECT {high} AS one, {low} AS other FROM light"


def _of_candidates(definition: Definition) -> str:
    """The join of the candidates' acts on hubs."""
    hubbed = "(SELECT * FROM binned WHERE object IN (SELECT object FROM hubs))"
    return (
        f"FROM candidates JOIN {hubbed} AS x ON x.account = candidates.one "
        f"JOIN {hubbed} AS y ON y.account = candidates.other AND y.object = x.object {_condition(definition)}"
    )


def _both_weights(definition: Definition, pairs: str) -> str:
    """For each two accounts, both weights in one pass: an act counts if it is the other's first in the window."""
    reach = definition.reach
    by_x = f"CASE WHEN y.again IS NULL OR y.again < x.moment - {reach} THEN 1 ELSE 0 END"
    by_y = f"CASE WHEN x.again IS NULL OR x.again < y.moment - {reach} THEN 1 ELSE 0 END"
    lower = "x.account < y.account"
    return (
        "SELECT least(x.account, y.account) AS low, greatest(x.account, y.account) AS high, "
        f"sum(CASE WHEN {lower} THEN {by_x} ELSE {by_y} END) AS from_low, "
        f"sum(CASE WHEN {lower} THEN {by_y} ELSE {by_x} END) AS from_high, "
        "min(x.moment) AS first_moment, max(y.moment) AS last_moment "
        f"{pairs} GROUP BY least(x.account, y.account), greatest(x.account, y.account)"
    )


def _directed(hubs: bool) -> str:
    paired = "paired"
    if hubs:
        paired = (
            "(SELECT low, high, sum(from_low) AS from_low, sum(from_high) AS from_high, "
            "min(first_moment) AS first_moment, max(last_moment) AS last_moment FROM paired GROUP BY low, high)"
        )
    return (
        f"SELECT low AS source, high AS target, from_low AS weight, first_moment, last_moment FROM {paired} AS one_way "
        "UNION ALL "
        f"SELECT high AS source, low AS target, from_high AS weight, first_moment, last_moment FROM {paired} AS back"
    )


def _object_of_pair(_: Definition, pairs: str) -> str:
    """Each object on which two accounts acted together, once."""
    return (
        "SELECT least(x.account, y.account) AS low, greatest(x.account, y.account) AS high, x.object AS object, "
        "min(x.moment) AS first_moment, max(y.moment) AS last_moment "
        f"{pairs} GROUP BY least(x.account, y.account), greatest(x.account, y.account), x.object"
    )


def _counted_objects() -> str:
    return (
        "SELECT low AS source, high AS target, count(*) AS weight, min(first_moment) AS first_moment, "
        "max(last_moment) AS last_moment FROM paired GROUP BY low, high"
    )


def _pair_of_acts(_: Definition, pairs: str) -> str:
    return (
        "SELECT x.account AS x_account, y.account AS y_account, x.message AS x_message, y.message AS y_message, "
        f"x.object AS object, x.moment AS x_moment, y.moment AS y_moment {pairs}"
    )


def _distinct_messages() -> str:
    both = "AS source, {}_account AS target, {}_message AS message, x_moment, y_moment FROM paired"
    ends = f"SELECT x_account {both.format('y', 'x')} UNION ALL SELECT y_account {both.format('x', 'y')}"
    return (
        "SELECT source, target, count(DISTINCT message) AS weight, min(x_moment) AS first_moment, "
        "max(y_moment) AS last_moment "
        f"FROM ({ends}) AS ends GROUP BY source, target"
    )


def _undirected(definition: Definition) -> str:
    weight = "count(DISTINCT object)" if definition.count is Count.OBJECTS else "count(*)"
    kept = ""
    if definition.participation:
        # CooRTweet: the acts whose message is in any pair, by account; either account of a pair suffices.
        busy = (
            "SELECT account FROM acting WHERE message IN "
            "(SELECT x_message FROM paired UNION SELECT y_message FROM paired) "
            f"GROUP BY account HAVING count(*) >= {definition.participation}"
        )
        kept = f" WHERE x_account IN ({busy}) OR y_account IN ({busy})"
    return (
        "SELECT least(x_account, y_account) AS source, greatest(x_account, y_account) AS target, "
        f"{weight} AS weight, min(x_moment) AS first_moment, max(y_moment) AS last_moment FROM paired{kept} "
        "GROUP BY least(x_account, y_account), greatest(x_account, y_account)"
    )


def _edges(definition: Definition) -> str:
    edges = (
        f"SELECT source, target, weight, first_moment, last_moment FROM directed WHERE weight >= {definition.minimum}"
    )
    if not (definition.self_loops and definition.count is Count.MESSAGES):
        return edges
    reach = definition.reach
    loops = (
        "SELECT account AS source, account AS target, count(DISTINCT message) AS weight, "
        "min(moment) AS first_moment, max(moment) AS last_moment FROM ("
        "SELECT message, account, moment, "
        "lag(moment) OVER (PARTITION BY object, account ORDER BY moment, message) AS earlier, "
        "lead(moment) OVER (PARTITION BY object, account ORDER BY moment, message) AS later FROM near) AS own "
        f"WHERE moment - earlier <= {reach} OR later - moment <= {reach} "
        f"GROUP BY account HAVING count(DISTINCT message) >= {definition.minimum}"
    )
    return f"{edges} UNION ALL {loops}"
