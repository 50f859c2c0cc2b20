"""The posts behind each edge, and what a group is said to have done, on tables whose answer is known by hand."""

import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from counterfoil.detect.clusters import Account, leader_of, read_clusters, read_shared, width_of
from counterfoil.detect.definition import SECOND
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.evidence import Behind, make_evidence, make_posts, posts_query
from counterfoil.detect.networks import make_networks
from counterfoil.detect.sampling import Shot, draw, posts_of_accounts, samples
from tests.detect.network_tables import Act, Tables, looked


@pytest.fixture
def engine() -> Iterator[Duck]:
    with duck("500MB", 1) as made:
        yield made


def _made(engine: Duck, most: int = 1000) -> Behind:
    make_networks(engine, looked())
    behind = make_evidence(engine, most)
    make_posts(engine, looked())
    return behind


def _pairs(engine: Duck) -> list[tuple[str, str]]:
    return engine.rows(f"SELECT source_post, target_post FROM ({posts_query()}) ORDER BY ALL")


def test_each_post_stands_beside_the_nearest_of_the_other(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("a", "b")
    tables.post(
        [
            Act("a", 0, "x"),  # p0, nearest p1
            Act("b", 50, "x"),  # p1: nearest p2
            Act("a", 60, "x"),  # p2
            Act("b", 120, "x"),  # p3: exactly the window from p2
            Act("a", 1000, "y"),  # p4 and p5 are 60.000001 s apart
            Act("b", 1060.000001, "y"),
            Act("a", 2000, "z"),  # nobody else
            Act("stranger", 2001, "z"),
        ]
    )
    assert _made(engine) == Behind(3)
    assert _pairs(engine) == [("p0", "p1"), ("p1", "p2"), ("p2", "p3")]


def test_every_post_is_there_beside_its_nearest_and_no_other(engine: Duck) -> None:
    chance = random.Random(2)
    tables = Tables(engine)
    tables.clique(["a", "b", "c"])
    acts = [Act(chance.choice("abc"), chance.randrange(2000), chance.choice("xyz")) for _ in range(150)]
    tables.post(acts)
    _made(engine)
    seen: dict[tuple[int, str], set[float]] = defaultdict(set)
    for source, target in _pairs(engine):
        one, other = int(source[1:]), int(target[1:])
        gap = acts[other].second - acts[one].second
        assert gap >= 0
        assert acts[one].shared == acts[other].shared
        seen[one, acts[other].account].add(gap)
        seen[other, acts[one].account].add(gap)
    for place, act in enumerate(acts):
        for whose in set("abc") - {act.account}:
            gaps = [abs(one.second - act.second) for one in acts if (one.account, one.shared) == (whose, act.shared)]
            near = min(gaps) if gaps and min(gaps) <= 60 else None
            assert min(seen[place, whose], default=None) == near
    assert sum(map(len, seen.values())) > 100


def test_two_that_repeat_themselves_have_no_more_rows_than_posts(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("a", "b")
    engine.connection.execute(
        "INSERT INTO acts SELECT 'co_repost', i, CASE WHEN i % 2 = 0 THEN ? ELSE ? END, i * 1000, 7 "
        "FROM range(40000) AS every(i)",
        [tables.account("a"), tables.account("b")],
    )
    make_networks(engine, looked())
    assert make_evidence(engine).rows == 39_999


def test_every_row_says_who_what_when(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("b", "a")
    tables.post([Act("b", 100, "x", text="one " * 100), Act("a", 107.5, "x", text="=SUM(A1)")])
    _made(engine)
    (row,) = engine.rows(posts_query())
    assert row[:8] == (1, "co_repost", "b", "a", "Name b", "Name a", "x", "p0")
    assert row[8:12] == ("p1", "1970-01-01T00:01:40.000000Z", "1970-01-01T00:01:47.500000Z", 7.5)
    assert row[12] == "one " * 70 + "…"
    assert row[13] == "'=SUM(A1)"
    assert engine.rows(posts_query(plain=True))[0][13] == "=SUM(A1)"


def test_ids_that_are_negative_numbers_stay_as_they_are(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("-1001234", "-cmd")
    tables.post([Act("-1001234", 0, "x"), Act("-cmd", 1, "x")])
    _made(engine)
    assert engine.rows(posts_query())[0][2:4] == ("-1001234", "'-cmd")


def test_posts_of_other_signals_and_of_pairs_that_are_not_reported_are_not_behind_it(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("a", "b")
    tables.tie("b", "c")
    tables.post(
        [
            Act("a", 0, "x"),
            Act("b", 1, "x"),
            Act("a", 5, "q", "quote_of"),
            Act("b", 6, "q", "quote_of"),
            Act("c", 2, "x"),
        ]
    )
    _made(engine)
    assert _pairs(engine) == [("p0", "p1"), ("p1", "p4")]  # not a with c


def test_what_tells_of_accounts_has_no_posts(engine: Duck) -> None:
    tables = Tables(engine, bios={"a": "the same words", "b": "the same words"})
    tables.tie("a", "b")
    tables.tie("a", "b", "copied_bio", None)
    tables.post([Act("a", 0, "x"), Act("b", 1, "x")])
    tables.bio_acts()
    _made(engine)
    row = engine.rows(f"SELECT * FROM ({posts_query()}) WHERE signal = 'copied_bio'")[0]
    assert row[2:14] == ("a", "b", "Name a", "Name b", "the same words", *[None] * 7)
    (cluster,) = read_clusters(engine, 10)
    assert [(one.acts, one.meetings, one.posts) for one in cluster.accounts] == [(1, 1, 1)] * 2
    assert cluster.first == 0
    assert cluster.last == SECOND
    assert cluster.histogram is not None
    assert list(cluster.histogram.counts) == ["co_repost"]


def test_too_many_posts_are_left_out_of_the_least_improbable_pairs_and_counted(engine: Duck) -> None:
    tables = Tables(engine)
    tables.tie("a", "b", log_p=-50.0)
    tables.tie("b", "c", log_p=-20.0)
    tables.post([Act("a", 0, "x"), Act("b", 1, "x"), Act("c", 2, "x")])
    assert _made(engine, most=6) == Behind(1, left=1)
    assert _pairs(engine) == [("p0", "p1")]


def test_who_leads_and_what_is_shared(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique(["a", "b", "c"])
    acts = []
    for place in range(9):
        acts += [Act("b", 1000 * place, f"x{place}"), Act("a", 1000 * place + 5, f"x{place}")]
    acts += [Act("c", 6, "x0"), Act("c", 1005, "x1")]  # with a at x1
    tables.post(acts)
    _made(engine)
    (cluster,) = read_clusters(engine, 10)
    told = {one.key: (one.ties, one.acts, one.meetings, one.lead, one.objects) for one in cluster.accounts}
    assert told == {
        "a": (2, 9, 11, round(1.5 / 11, 4), 9),  # before c at x0, level with c at x1
        "b": (2, 9, 11, 1.0, 9),
        "c": (2, 2, 4, round(0.5 / 4, 4), 2),
    }
    assert cluster.leader is not None
    assert cluster.leader.key == "b"
    assert cluster.gap == 5 * SECOND
    (strand,) = cluster.strands
    assert (strand.signal, strand.ties, strand.met, strand.expected, strand.objects, strand.posts) == (
        "co_repost", 3, 9, 1.5, 9, 20,
    )  # fmt: skip
    shared = read_shared(engine, 10)[1]
    assert [(one.label, one.accounts, one.posts) for one in shared[:3]] == [("x0", 3, 3), ("x1", 3, 3), ("x2", 2, 2)]


def test_nobody_leads_by_one_thing_alone() -> None:
    def account(key: str, lead: float, objects: int) -> Account:
        return Account(1, key, "", "", "", 0, 9, 9, 9, 90, lead, objects, ())

    assert leader_of([account("a", 1.0, 2), account("b", 0.6, 8)]) is None
    sure = account("c", 0.9, 12)
    assert leader_of([account("a", 1.0, 2), sure, account("d", 0.85, 12)]) == sure
    assert leader_of([]) is None


def test_bins_are_few_and_round() -> None:
    assert width_of(0, 0) == SECOND
    assert width_of(0, 47 * SECOND) == SECOND
    assert width_of(0, 48 * SECOND) == 5 * SECOND
    assert width_of(0, 14 * 86_400 * SECOND) == 12 * 3600 * SECOND
    century = 100 * 365 * 86_400 * SECOND
    assert century // width_of(0, century) < 48


def test_a_histogram_counts_each_post_once_and_all_of_them(engine: Duck) -> None:
    tables = Tables(engine)
    tables.clique(["a", "b", "c"])
    tables.post([Act(key, 100 * place + nth - 250, f"x{place}") for place in range(4) for nth, key in enumerate("abc")])
    _made(engine)
    histogram = read_clusters(engine, 10)[0].histogram
    assert histogram is not None
    assert sum(histogram.counts["co_repost"]) == 12
    assert histogram.start <= -250 * SECOND  # before 1970, too
    assert len(histogram.counts["co_repost"]) <= 48


def test_samples_are_spread_over_signals_things_and_accounts(engine: Duck) -> None:
    tables = Tables(engine)
    keys = [f"k{place}" for place in range(8)]
    tables.clique(keys)
    tables.tie("k0", "k1", "co_quote")
    acts = [Act(key, 1000 * place + nth, f"x{place}") for place in range(20) for nth, key in enumerate(keys)]
    acts += [Act(key, 50_000 + nth, "q", "quote_of") for nth, key in enumerate(("k1", "k0"))]
    tables.post(acts)
    _made(engine)
    drawn = samples(engine, 1)[1]
    assert len(drawn) == 24
    assert {one.account_key for one in drawn} == set(keys)
    assert [one.key for one in drawn if one.signal == "co_quote"] == ["p160", "p161"]
    assert len({one.shared for one in drawn}) >= 6
    assert len({one.key for one in drawn}) == 24
    moments = [one.moment for one in drawn]
    assert moments == sorted(moments)
    seen = posts_of_accounts(engine, 1, accounts=3, most=2)
    assert {len(of) for of in seen.values()} == {2}
    assert len(seen) == 3


def test_a_post_that_shows_two_signals_is_drawn_once_where_there_are_others() -> None:
    shots = [
        Shot(1, signal, place, account, 10 * place + account, 100 * place + account)
        for signal in ("link", "text")
        for place in range(6)
        for account in range(3)
    ]
    drawn = draw(shots, 12)
    assert len({one.message for one in drawn}) == len(drawn) == 12
    assert {one.signal for one in drawn} == {"link", "text"}
    alone = draw([one for one in shots if one.place == 0], 12)  # nothing else to show: both signals show it
    assert {one.signal for one in alone} == {"link", "text"}
