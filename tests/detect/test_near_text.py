"""Near texts against brute force over all pairs."""

import random
from itertools import combinations

import pytest

from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.near_text import Nearness, groups, near_docs, near_posts, template_of, tokens
from counterfoil.errors import UsageError

Row = tuple[int, int, int, str | None]  # message, account, moment, text
WORDS = "harbour water school train vote now clean budget mayor ferry park music winter bridge market river".split()


def _load(engine: Duck, rows: list[Row]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE texts AS SELECT unnest(?::BIGINT[]) AS message, unnest(?::BIGINT[]) AS account, "
        "unnest(?::BIGINT[]) AS moment, unnest(?::VARCHAR[]) AS text",
        columns,
    )


def _posts(rows: list[Row], nearness: Nearness) -> set[tuple[int, int]]:
    with duck() as engine:
        _load(engine, rows)
        engine.run(near_posts(nearness))
        found = engine.rows("SELECT x_message, y_message FROM near_posts")
    assert len(found) == len(set(found))
    return set(found)


def _tokens(texts: list[str]) -> list[set[str]]:
    with duck() as engine:
        _load(engine, [(at, at, at, text) for at, text in enumerate(texts)])
        engine.run(tokens(Nearness(least_tokens=1)), keep={"posted", "docs", "known"})
        found: list[set[str]] = [set() for _ in texts]
        for message, token in engine.rows(
            "SELECT message, token FROM posted JOIN (SELECT doc, unnest(words) AS number FROM docs) AS each "
            "ON posted.doc = each.doc JOIN known ON each.number = known.number"
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


@pytest.mark.parametrize(("per_cent", "window"), [(80, 60), (50, 0), (67, 1000), (100, 100)])
def test_posts_within_a_window_are_those_of_brute_force(per_cent: int, window: int) -> None:
    rows = _random_rows(per_cent, 400)
    expected = set()
    for one, other in combinations(sorted(rows, key=lambda row: (row[2], row[0])), 2):
        ours, theirs = set(str(one[3]).split()), set(str(other[3]).split())
        near = 100 * len(ours & theirs) >= per_cent * len(ours | theirs)
        if near and one[1] != other[1] and other[2] - one[2] <= window:
            expected.add((one[0], other[0]))
    assert expected
    assert _posts(rows, Nearness(per_cent, window, least_tokens=1)) == expected


def test_texts_of_all_time_are_those_of_brute_force_but_for_a_few() -> None:
    rows = _random_rows(5, 1200)
    with duck() as engine:
        _load(engine, rows)
        engine.run(near_docs(Nearness(80, least_tokens=1)), keep={"docs"})
        docs = dict(engine.rows("SELECT doc, words FROM docs"))
        found = {(low, high): (common, both) for low, high, common, both in engine.rows("SELECT * FROM near_docs")}
    expected = {}
    for (one, ours), (other, theirs) in combinations(sorted(docs.items()), 2):
        common, both = len(set(ours) & set(theirs)), len(set(ours) | set(theirs))
        if 100 * common >= 80 * both:
            expected[one, other] = (common, both)
    assert len(expected) > 50
    assert found.items() <= expected.items()
    assert len(found) >= 0.98 * len(expected)


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


def test_edges_of_the_window_and_posts_without_text() -> None:
    text = "clean water for the harbour now"
    rows: list[Row] = [
        (1, 1, 0, text),
        (2, 2, 60, text),
        (3, 3, 121, text),
        (4, 1, 1, text),
        (5, 5, 60, None),
        (6, 6, 60, ""),
    ]
    assert _posts(rows, Nearness(80, 60)) == {(1, 2), (4, 2)}
    assert _posts(rows, Nearness(80, 61)) == {(1, 2), (4, 2), (2, 3)}
    assert _posts([(1, 1, 0, "ok"), (2, 2, 0, "ok")], Nearness(80, 60)) == set()
    with pytest.raises(UsageError):
        near_posts(Nearness(80))
    with pytest.raises(UsageError):
        Nearness(0)


def test_templates_and_groups() -> None:
    texts = ["Dear Ann please sign by Monday", "Dear Bob Roe please sign by Friday", "Dear all please sign by May 3"]
    assert template_of(texts) == "Dear … please sign by …"
    assert template_of(["same words"] * 3) == "same words"
    assert groups([(4, 5), (2, 3), (3, 4), (8, 9)]) == {2: 2, 3: 2, 4: 2, 5: 2, 8: 8, 9: 8}
