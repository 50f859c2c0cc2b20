"""The definitions of published tools, met exactly on their own data (the shared data's README has the figures)."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.detect.definition import SECOND, Count, Definition, published
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.plan import plan

Edges = dict[tuple[str, str], int]

#: window in seconds, least weight -> directed edges of coordination-network-toolkit on its own test input
RETWEETS: dict[tuple[int, int], Edges] = {
    (1, 1): {("uid0", "uid0"): 2, ("uid4", "uid5"): 1, ("uid5", "uid4"): 1},
    (1, 2): {("uid0", "uid0"): 2},
    (10, 1): {
        ("uid0", "uid0"): 2,
        ("uid10", "uid10"): 2,
        ("uid2", "uid3"): 1,
        ("uid3", "uid2"): 1,
        ("uid4", "uid5"): 1,
        ("uid5", "uid4"): 1,
    },
    (60, 1): {
        ("uid0", "uid0"): 2,
        ("uid0", "uid1"): 2,
        ("uid1", "uid0"): 1,
        ("uid10", "uid10"): 2,
        ("uid2", "uid3"): 1,
        ("uid3", "uid2"): 1,
        ("uid4", "uid5"): 2,
        ("uid5", "uid4"): 2,
    },
    (60, 2): {
        ("uid0", "uid0"): 2,
        ("uid0", "uid1"): 2,
        ("uid10", "uid10"): 2,
        ("uid4", "uid5"): 2,
        ("uid5", "uid4"): 2,
    },
}
#: participation, window in seconds, self-loops -> nodes, edges, sum of weights, greatest weight; and the same of the
#: sub-graph above the median weight (nodes, edges): CooRTweet 2.1.3 on russian.csv
SHARES = {
    (2, 10, False): ((525, 442, 447, 3), (8, 4)),
    (5, 10, False): ((23, 20, 22, 3), (2, 1)),
    (5, 10, True): ((30, 27, 60, 26), (6, 5)),
    (2, 60, False): ((2110, 3721, 3791, 4), (94, 60)),
}


def _edges(engine: Duck, definition: Definition, several: bool) -> Edges:
    engine.run(plan(definition, several=several))
    return {
        (source, target): weight
        for source, target, weight in engine.rows(
            "SELECT s.name, t.name, weight FROM edges JOIN accounts s ON s.id = source JOIN accounts t ON t.id = target"
        )
    }


def _load(engine: Duck, rows: str, values: list[object]) -> None:
    """Events with integer ids, of a query that gives message, account, at (seconds) and object."""
    engine.connection.execute(f"CREATE TEMP TABLE raw AS {rows}", values)
    for table, column in (("accounts", "account"), ("objects", "object")):
        engine.connection.execute(
            f"CREATE TEMP TABLE {table} AS SELECT {column} AS name, row_number() OVER (ORDER BY {column}) AS id "
            f"FROM (SELECT DISTINCT {column} FROM raw)"
        )
    engine.connection.execute(
        f"CREATE TEMP TABLE events AS SELECT raw.message, accounts.id AS account, raw.moment * {SECOND} AS moment, "
        "objects.id AS object FROM raw JOIN accounts ON accounts.name = raw.account "
        "JOIN objects ON objects.name = raw.object"
    )


@pytest.mark.shared
@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(("window", "least"), RETWEETS)
def test_retweets_as_the_toolkit_counts_them(shared: Path, window: int, least: int, several: bool) -> None:
    definition = published("coordination-network-toolkit", window * SECOND, least)
    with duck() as engine:
        source = str(shared / "detect" / "coretweet_test_input.csv")
        query = "SELECT message_id AS message, user_id AS account, timestamp::BIGINT AS moment, repost_id AS object "
        _load(engine, f"{query} FROM read_csv(?, all_varchar=true) WHERE repost_id IS NOT NULL", [source])
        assert _edges(engine, replace(definition, self_loops=True), several) == RETWEETS[window, least]
        without = {edge: weight for edge, weight in RETWEETS[window, least].items() if edge[0] != edge[1]}
        assert _edges(engine, definition, several) == without


@pytest.mark.shared
@pytest.mark.parametrize(("participation", "window", "loops"), SHARES)
def test_shares_as_coortweet_counts_them(shared: Path, participation: int, window: int, loops: bool) -> None:
    definition = replace(published("coortweet", window * SECOND, participation), self_loops=loops)
    with duck() as engine:
        source = str(shared / "detect" / "russian.csv")
        query = (
            "SELECT content_id AS message, account_id AS account, timestamp_share::BIGINT AS moment, "
            "object_id AS object"
        )
        _load(engine, f"{query} FROM read_csv(?, all_varchar=true)", [source])
        found = _edges(engine, definition, several=False)
        name = f"rus_mp{participation}_tw{window}{'_loops' if loops else ''}_edges.csv"
        rows = engine.rows('SELECT "from", "to", weight FROM read_csv(?)', [str(shared / "detect" / name)])
    assert found == {(min(one, other), max(one, other)): weight for one, other, weight in rows}
    (nodes, edges, total, most), (fewer, kept) = SHARES[participation, window, loops]
    weights = list(found.values())
    assert (len({end for edge in found for end in edge}), len(found)) == (nodes, edges)
    assert (sum(weights), max(weights)) == (total, most)
    cut = sorted(weights)[(len(weights) - 1) // 2]  # all medians here are whole numbers
    above = [edge for edge, weight in found.items() if weight > cut]
    assert (len({end for edge in above for end in edge}), len(above)) == (fewer, kept)


Row = tuple[str, str, int, str]  # message, account, second, object


def _of(rows: list[Row], definition: Definition, several: bool = False) -> Edges:
    with duck() as engine:
        _load(
            engine,
            "SELECT unnest(?) AS message, unnest(?) AS account, unnest(?) AS moment, unnest(?) AS object",
            [list(column) for column in zip(*rows, strict=True)],
        )
        return _edges(engine, definition, several)


ONE = Definition(window=60 * SECOND, minimum=1)


@pytest.mark.parametrize(("closed", "edges"), [(True, {("a", "b"): 1, ("b", "a"): 1}), (False, {})])
def test_acts_exactly_a_window_apart(closed: bool, edges: Edges) -> None:
    rows = [("1", "a", 0, "x"), ("2", "b", 60, "x"), ("3", "c", 121, "x")]
    assert _of(rows, replace(ONE, closed=closed)) == edges


def test_two_acts_at_the_same_second_are_one_pair_each_way() -> None:
    assert _of([("1", "a", 5, "x"), ("2", "b", 5, "x")], ONE) == {("a", "b"): 1, ("b", "a"): 1}


def test_an_account_that_acts_twice_is_counted_by_its_own_messages() -> None:
    rows = [("1", "a", 0, "x"), ("2", "a", 10, "x"), ("3", "b", 20, "x")]
    assert _of(rows, ONE) == {("a", "b"): 2, ("b", "a"): 1}
    assert _of(rows, replace(ONE, count=Count.PAIRS)) == {("a", "b"): 2}
    assert _of(rows, replace(ONE, count=Count.OBJECTS)) == {("a", "b"): 1}


def test_a_message_with_two_links_counts_once() -> None:
    rows = [("1", "a", 0, "x"), ("1", "a", 0, "y"), ("2", "b", 9, "x"), ("2", "b", 9, "y")]
    assert _of(rows, ONE, several=True) == {("a", "b"): 1, ("b", "a"): 1}
    assert _of(rows, replace(ONE, count=Count.OBJECTS), several=True) == {("a", "b"): 2}


def test_only_the_source_needs_the_minimum() -> None:
    rows = [("1", "a", 0, "x"), ("2", "a", 10, "x"), ("3", "b", 20, "x")]
    assert _of(rows, replace(ONE, minimum=2)) == {("a", "b"): 2}
