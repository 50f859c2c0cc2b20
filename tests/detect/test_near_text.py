"""Near texts against brute force over all pairs."""

import random
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from counterfoil.detect.definition import SECOND
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.gathering import edges_query
from counterfoil.detect.near_search import Looked, near_groups, near_in_window
from counterfoil.detect.near_sets import Places, Sets, join, near_labels, near_pairs, sets_of
from counterfoil.detect.near_text import Nearness, template_of, tokens
from counterfoil.errors import UsageError
from counterfoil.workflow.detecting import Run, Search, detecting

Row = tuple[int, int, int, str | None]  # message, account, moment, text
WORDS = "harbour water school train vote now clean budget mayor ferry park music winter bridge market river".split()


def _load(engine: Duck, rows: list[Row]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE texts AS SELECT unnest(?::BIGINT[]) AS message, unnest(?::BIGINT[]) AS account, "
        "unnest(?::BIGINT[]) AS moment, unnest(?::VARCHAR[]) AS text",
        columns,
    )


def _tokens(texts: list[str]) -> list[set[str]]:
    with duck() as engine:
        _load(engine, [(at, at, at, text) for at, text in enumerate(texts)])
        engine.run(tokens(), keep={"wordings", "known"})
        found: list[set[str]] = [set() for _ in texts]
        for message, token in engine.rows(
            "SELECT message, folded FROM texts JOIN wordings ON texts.text = wordings.text "
            "JOIN said ON key >> 32 = wording JOIN known ON key & 4294967295 = number"
        ):
            found[message].add(token)
    return found


def _random_rows(seed: int, count: int) -> list[Row]:
    chance = random.Random(seed)
    stems = [chance.choices(WORDS, k=chance.randrange(3, 12)) for _ in range(count // 8)]
    rows: list[Row] = []
    for message in range(count):
        words = list(chance.choice(stems))
        for _ in range(chance.randrange(3)):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        rows.append((message, chance.randrange(30), chance.randrange(500), " ".join(words)))
    return rows


def _near(one: str | None, other: str | None, per_cent: int) -> bool:
    ours, theirs = set(str(one).split()), set(str(other).split())
    return 100 * len(ours & theirs) >= per_cent * len(ours | theirs)


@pytest.mark.parametrize(("per_cent", "window"), [(80, 60), (50, 0), (67, 1000), (100, 100)])
def test_texts_within_a_window_are_those_of_brute_force(per_cent: int, window: int) -> None:
    rows = _random_rows(per_cent, 400)
    expected = {
        (one[0], other[0])
        for one, other in combinations(sorted(rows, key=lambda row: (row[2], row[0])), 2)
        if other[2] - one[2] <= window and _near(one[3], other[3], per_cent)
    }
    assert expected
    with duck() as engine:
        _load(engine, rows)
        looked = near_in_window(engine, Nearness(per_cent, window, least_tokens=1))
        found = engine.rows(
            "SELECT x.message, y.message FROM posted AS x JOIN posted AS y ON x.moment < y.moment "
            "OR (x.moment = y.moment AND x.message < y.message) LEFT JOIN near_docs "
            "ON low = least(x.doc, y.doc) AND high = greatest(x.doc, y.doc) "
            f"WHERE y.moment - x.moment <= {window} AND (x.doc = y.doc OR low IS NOT NULL)"
        )
    assert looked.exact
    assert set(found) == expected


@pytest.mark.parametrize("per_cent", [60, 80, 95])
def test_groups_of_all_time_are_those_of_brute_force(per_cent: int) -> None:
    rows = _random_rows(per_cent + 1, 700)
    with duck() as engine:
        _load(engine, rows)
        near_groups(engine, Nearness(per_cent, least_tokens=1))
        teams = dict(engine.rows("SELECT message, team FROM posted JOIN near_groups ON near_groups.doc = posted.doc"))
    labels = np.arange(len(rows))
    pairs = [(a, b) for a, b in combinations(range(len(rows)), 2) if _near(rows[a][3], rows[b][3], per_cent)]
    join(labels, np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]))
    assert len(pairs) > 50
    for one, other in combinations(range(len(rows)), 2):
        assert (teams[one] == teams[other]) == (labels[one] == labels[other])


def _sets(seed: int, longest: int, vocabulary: int) -> Sets:
    chance = np.random.default_rng(seed)
    made: list[list[int]] = []
    for _ in range(200):
        if made and chance.random() < 0.6:
            one = list(made[chance.integers(len(made))])
            one[chance.integers(len(one))] = int(chance.integers(1, vocabulary))
        else:
            one = chance.integers(1, vocabulary, size=chance.integers(1, longest)).tolist()
        made.append(one)
    keys = np.array([text << 32 | token for text, one in enumerate(made) for token in one], dtype=np.int64)
    return sets_of(keys, 1)[0]


@pytest.mark.parametrize("per_cent", [30, 67, 80, 90])
@pytest.mark.parametrize(("longest", "vocabulary"), [(8, 13), (30, 40), (90, 300)])
def test_pairs_of_sets_of_every_size_are_those_of_brute_force(per_cent: int, longest: int, vocabulary: int) -> None:
    sets = _sets(per_cent + longest, longest, vocabulary)
    each = [set(sets.numbers[low:high].tolist()) for low, high in zip(sets.starts, sets.starts[1:], strict=False)]
    assert len({frozenset(one) for one in each}) == len(each)
    everywhere = Places(np.arange(len(each)), np.zeros(len(each), np.int64), 0)
    low, high, done = near_pairs(sets, per_cent, everywhere)
    expected = {
        (one, other)
        for one, other in combinations(range(len(each)), 2)
        if 100 * len(each[one] & each[other]) >= per_cent * len(each[one] | each[other])
    }
    assert set(zip(low.tolist(), high.tolist(), strict=True)) == expected
    assert not done.uncovered


def test_what_a_budget_leaves_out_is_told_and_what_is_found_is_near() -> None:
    texts = [f"dear name{i} please sign for the clean harbour and the old bridge of our town now" for i in range(400)]
    with duck() as engine:
        _load(engine, [(i, i, 0, text) for i, text in enumerate(texts)])
        looked = near_groups(engine, Nearness(), budget=1)
        assert engine.rows("SELECT count(DISTINCT team) FROM near_groups") == [(1,)]  # one template is one group
        assert looked.pairs < 400 * 40  # of 79,800 in each of twenty boxes
        few = near_in_window(engine, Nearness(window=60), budget=1)
    assert not few.exact
    assert "may be missing" in few.told()
    assert "none that is near is missing" in Looked(4, 6).told()


def test_no_texts_at_all() -> None:
    with duck() as engine:
        _load(engine, [(1, 1, 0, ""), (2, 2, 0, None), (3, 3, 0, "ok")])
        assert near_groups(engine, Nearness()).texts == 0
        assert near_in_window(engine, Nearness(window=60)).pairs == 0
        assert engine.rows("SELECT count(*) FROM near_docs") == [(0,)]
    assert near_labels(_sets(1, 5, 9), 100)[0].tolist() == list(range(len(_sets(1, 5, 9).sizes)))


def test_tokens_of_words_mentions_numbers_and_addresses() -> None:
    first, second, third, empty = _tokens(
        [
            "Dear @ann_b, 3 DAYS left! https://a.example/x",
            "dear @c 14 days left",
            "Déjà-vu, naïve",
            "!!! https://b.example",
        ]
    )
    assert first == second == {"dear", "@", "0", "days", "left"}
    assert third == {"déjà", "vu", "naïve"}
    assert empty == set()


def test_scripts_without_spaces_are_cut_into_pairs_of_letters() -> None:
    chinese, mixed, thai, lone = _tokens(["清洁港口", "投票 now 吧", "น้ำสะอาด", "水 ok"])
    assert chinese == {"清洁", "洁港", "港口"}
    assert mixed == {"投票", "now", "吧"}
    assert len(thai) > 3
    assert all(len(token) == 2 for token in thai)
    assert lone == {"水", "ok"}


def test_what_cannot_be_asked() -> None:
    with duck() as engine, pytest.raises(UsageError):
        near_in_window(engine, Nearness(80))
    with pytest.raises(UsageError):
        Nearness(0)


def test_templates() -> None:
    texts = ["Dear Ann please sign by Monday", "Dear Bob Roe please sign by Friday", "Dear all please sign by May 3"]
    assert template_of(texts) == "Dear … please sign by …"
    assert template_of(["same words"] * 3) == "same words"


#: a, b and c are near one after the other, a and c are not; d posts a's text too late, e another
CHAIN = [
    ("a", 0, "one two three four five six seven eight nine"),
    ("b", 10, "one two three four five six seven eight nine x"),
    ("c", 20, "three four five six seven eight nine x"),
    ("d", 700, "one two three four five six seven eight nine"),
    ("e", 5, "something else that nobody else has ever said"),
]


def _run(folder: Path, signal: str, window: int | None = None) -> tuple[set[str], Run, list[str]]:
    rows = [
        f'{who}{act},{who},{1_700_000_000 + act * 90_000 + second},"{text} {"again" * act}"'
        for act in range(2)
        for who, second, text in CHAIN
    ]
    (folder / "posts.csv").write_text("id,user,time,text\n" + "\n".join(rows) + "\n")
    told: list[str] = []
    with detecting(
        Search((str(folder / "posts.csv"),), signals=(signal,), window=window, minimum=2), told.append
    ) as run:
        found = run.engine.rows(
            "SELECT s.account_key || t.account_key FROM found JOIN accounts AS s ON s.account = source "
            "JOIN accounts AS t ON t.account = target"
        )
    return {"".join(sorted(pair)) for (pair,) in found}, run, told


def test_edges_are_between_texts_that_are_near_themselves(tmp_path: Path) -> None:
    pairs, run, told = _run(tmp_path, "near_text", 60 * SECOND)
    assert pairs == {"ab", "bc"}
    assert run.signals[0].events == 10
    assert any("groups of near texts" in one for one in told)


def test_groups_of_all_time_join_what_a_chain_of_near_texts_joins(tmp_path: Path) -> None:
    assert _run(tmp_path, "near_text_ever")[0] == {"ab", "ac", "ad", "bc", "bd", "cd"}
    assert _run(tmp_path, "near_text_ever", 60 * SECOND)[0] == {"ab", "ac", "bc"}


def test_other_windows_and_the_likeness_of_what_is_shared(tmp_path: Path) -> None:
    rows = [f"{who}{act},{who},{1_700_000_000 + act * 9_000 + at},same words of number {act}" for act in range(6)
            for who, at in (("a", 0), ("b", 4))]  # fmt: skip
    rows += [f"x{n},x{n},{1_700_000_000 + n * 7_000},same words of number {n % 6}" for n in range(60)]
    (tmp_path / "posts.csv").write_text("id,user,time,text\n" + "\n".join(rows) + "\n")
    search = Search((str(tmp_path / "posts.csv"),), signals=("same_text",), try_windows=True, weighting="tfidf")
    with detecting(search) as run:
        (signal,) = run.signals
        by_window = {one.window // SECOND: one.edges for one in signal.windows}
        assert by_window[1] == 0
        assert by_window[5] == by_window[60] == 1
        assert signal.edges == 2  # both ways
        assert "cosine" in summary_columns(run)
        ((cosine,),) = run.engine.rows("SELECT DISTINCT round(cosine, 3) FROM likenesses")
        assert 0 < cosine <= 1


def summary_columns(run: Run) -> list[str]:
    """The names of the columns of the table of edges."""
    return [row[0] for row in run.engine.rows(f"DESCRIBE ({edges_query(weighted=True)})")]


def test_where_pairs_are_counted_groups_are_what_is_shared(tmp_path: Path) -> None:
    rows = [f"{who}{act},{who},{1_700_000_000 + act * 90_000 + second},{text}" for act in range(2)
            for who, second, text in CHAIN[:3]]  # fmt: skip
    (tmp_path / "posts.csv").write_text("id,user,time,text\n" + "\n".join(rows) + "\n")
    search = Search((str(tmp_path / "posts.csv"),), signals=("near_text",), window=60 * SECOND, definition="coortweet")
    with detecting(search) as run:
        assert run.engine.rows("SELECT DISTINCT weight FROM found") == [(2,)]
