"""Groups of accounts on small tables: who belongs together, and who does not."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.networks import make_networks
from tests.detect.network_tables import Tables, looked


@pytest.fixture
def engine() -> Iterator[Duck]:
    with duck("500MB", 1) as made:
        yield made


def test_nothing_found_is_no_group(engine: Duck) -> None:
    tables = Tables(engine)
    made = make_networks(engine, looked())
    assert (made.clusters, made.accounts, made.apart) == (0, 0, 0)
    assert tables.members() == {}


def test_parts_are_groups_those_with_more_evidence_first(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique(["z", "y", "x"], log_p=-20.0)
    tables.tie("a", "b", log_p=-400.0)
    tables.tie("c", "d")
    tables.tie("d", "e", log_p=-25.0)
    made = make_networks(engine, looked())
    assert tables.members() == {1: {"a", "b"}, 2: {"x", "y", "z"}, 3: {"c", "d", "e"}}
    assert (made.clusters, made.accounts) == (3, 8)
    rows = engine.rows(
        "SELECT cluster, l.account_key, h.account_key, weight, met FROM reported JOIN accounts AS l ON l.account = low "
        "JOIN accounts AS h ON h.account = high ORDER BY ALL"
    )
    assert rows == [
        (1, "a", "b", 3, 3),
        (2, "x", "y", 3, 3),
        (2, "x", "z", 3, 3),
        (2, "y", "z", 3, 3),
        (3, "c", "d", 3, 3),
        (3, "d", "e", 3, 3),
    ]


def test_what_was_not_tested_makes_no_group_but_joins_one(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique(["a", "b", "c"])
    for one, other in (("a", "b"), ("c", "outside"), ("x", "y"), ("y", "z")):
        tables.tie(one, other, "copied_bio", None)
    made = make_networks(engine, looked())
    assert tables.members() == {1: {"a", "b", "c"}}
    assert made.apart == 3
    assert engine.rows("SELECT count(*) FROM reported WHERE signal = 'copied_bio'") == [(1,)]


def test_a_signal_that_was_asked_for_by_name_makes_groups(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique(["a", "b", "c"])
    for one, other in (("c", "outside"), ("x", "y")):
        tables.tie(one, other, "copied_bio", None)
    made = make_networks(engine, looked(named=True))
    assert tables.members() == {1: {"a", "b", "c", "outside"}, 2: {"x", "y"}}
    assert made.apart == 0


def test_signals_are_fused(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("a", "b")
    tables.tie("b", "c", "co_quote")
    make_networks(engine, looked())
    assert tables.members() == {1: {"a", "b", "c"}}


def test_one_chance_meeting_does_not_make_two_operations_one(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique([f"a{place}" for place in range(7)])
    tables.clique([f"b{place}" for place in range(6)])
    tables.tie("a0", "b0", log_p=-16.0)
    made = make_networks(engine, looked())
    assert tables.members() == {1: {f"a{place}" for place in range(7)}, 2: {f"b{place}" for place in range(6)}}
    assert made.bridges == {1: 1, 2: 1}


def test_two_operations_that_share_much_are_one_with_two_communities(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique([f"a{place}" for place in range(7)])
    tables.clique([f"b{place}" for place in range(6)])
    for place in range(6):
        tables.tie(f"a{place}", f"b{place}")
    made = make_networks(engine, looked())
    assert len(tables.members()[1]) == 13
    assert made.bridges == {}
    communities = dict(engine.rows("SELECT account_key, community FROM members JOIN accounts USING (account)"))
    assert communities == {key: 1 if key.startswith("a") else 2 for key in communities}


def test_a_group_that_holds_together_is_not_divided(engine: Duck) -> None:
    tables = Tables(engine)
    chance = random.Random(3)
    keys = [f"k{place:02}" for place in range(20)]
    for place, one in enumerate(keys):
        for other in keys[:place]:
            if chance.random() < 0.7:
                tables.tie(one, other, log_p=-15 - 10 * chance.random())
    assert make_networks(engine, looked()).clusters == 1


def test_the_order_of_rows_does_not_matter(engine: Duck) -> None:
    seen = set()
    for seed in range(3):
        tables = Tables(engine)
        for key in sorted("abcdefghijklmnopqrst"):  # the same ids each time
            tables.account(key)
        chance = random.Random(5)
        pairs = [(one, other) for one in "abcdefghij" for other in "bcdefghij" if one < other and chance.random() < 0.5]
        pairs += [
            (one, other) for one in "klmnopqrst" for other in "lmnopqrst" if one < other and chance.random() < 0.5
        ]
        pairs += [("a", "k"), ("b", "l"), ("c", "m")]
        random.Random(seed).shuffle(pairs)
        for one, other in pairs:
            tables.tie(one, other)
        make_networks(engine, looked())
        seen.add(str(engine.rows("SELECT account, place, cluster, community FROM members ORDER BY place")))
    assert len(seen) == 1


def test_a_long_chain_is_one_part(engine: Duck) -> None:
    tables = Tables(engine)
    keys = [f"{place * 37 % 101:03}" for place in range(101)]
    for one, other in pairwise(keys):
        tables.tie(one, other)
    make_networks(engine, looked())
    parts = engine.rows("SELECT count(*) FROM members")
    assert parts == [(101,)]
    joined = engine.rows("SELECT count(DISTINCT cluster) FROM members")[0][0]
    assert 1 <= joined <= 12  # a chain falls into stretches, never into single accounts
    assert all(len(of) > 1 for of in tables.members().values())
