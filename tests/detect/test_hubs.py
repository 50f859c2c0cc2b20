"""Costs told before a run, and objects that everybody shares."""

import random
from dataclasses import replace

import pytest

from counterfoil.detect.definition import SECOND, Count, Definition
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.hubs import affordable, coordinate, preview
from counterfoil.errors import UsageError
from tests.detect.planted import events

MINUTE = Definition(window=60 * SECOND, minimum=2)


def _rows(seed: int, accounts: int = 30, objects: int = 12, acts: int = 600) -> list[tuple[int, int, int]]:
    """Acts of which the first object has most; times tie often."""
    chance = random.Random(seed)
    return [
        (chance.randrange(accounts), chance.randrange(2000), int(objects * chance.random() ** 3)) for _ in range(acts)
    ]


def _edges(engine: Duck) -> set[tuple[int, ...]]:
    return set(engine.rows("SELECT source, target, weight, first_moment, last_moment FROM edges"))


@pytest.mark.parametrize("closed", [True, False])
def test_the_preview_counts_the_pairs_of_each_object(closed: bool) -> None:
    rows = _rows(1)
    told: dict[int, int] = {}
    for place, (account, second, thing) in enumerate(rows):
        for other, when, what in rows[place + 1 :]:
            if thing == what and account != other and abs(second - when) <= (60 if closed else 59.999):
                told[thing] = told.get(thing, 0) + 1
    with duck() as engine:
        events(engine, rows)
        cost = preview(engine, replace(MINUTE, closed=closed))
        assert dict(engine.rows("SELECT object, pairs FROM costs WHERE pairs > 0")) == told
        assert cost.pairs == cost.made == sum(told.values())
        assert not cost.hubs
        assert cost.exact


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("count", list(Count))
def test_hubs_add_their_weight_to_pairs_found_elsewhere_and_to_no_others(count: Count, several: bool) -> None:
    definition = replace(MINUTE, count=count, minimum=2)
    for seed in range(4):
        with duck() as engine:
            events(engine, _rows(seed))
            coordinate(engine, definition, several)
            whole = _edges(engine)
            everything = engine.rows("SELECT sum(pairs) FROM costs")[0][0]
            told = coordinate(engine, definition, several, budget=everything // 2)
            assert told.hubs
            assert told.made <= everything // 2
            hubs = ", ".join(str(hub.object) for hub in told.hubs)
            together = set(
                engine.rows(
                    "SELECT DISTINCT x.account, y.account FROM events x JOIN events y ON x.object = y.object "
                    f"AND x.account <> y.account AND abs(x.moment - y.moment) <= {60 * SECOND} "
                    f"WHERE x.object NOT IN ({hubs})"
                )
            )
            assert _edges(engine) == {edge for edge in whole if edge[:2] in together}
            assert not told.exact or _edges(engine) == whole


def test_a_hub_that_hides_nothing_is_said_to_be_exact() -> None:
    crowd = [(account, account % 50, 0) for account in range(400)]
    pair = [(1, 500, 1), (2, 505, 1)]
    with duck() as engine:
        events(engine, crowd + pair)
        told = coordinate(engine, MINUTE, budget=100)
        assert told.exact
        assert [hub.object for hub in told.hubs] == [0]
        assert told.hubs[0].pairs == 400 * 399 // 2
        assert {edge[:3] for edge in _edges(engine)} == {(1, 2, 2), (2, 1, 2)}
        assert "No edge can be missing" in told.told()


def test_hubs_that_may_hide_an_edge_are_disclosed() -> None:
    crowd = [(account, account % 50, thing) for account in range(200) for thing in (0, 1)]
    with duck() as engine:
        events(engine, crowd)
        told = coordinate(engine, MINUTE, budget=100)
        assert not told.exact
        assert told.exposed == 200
        assert "can be missing" in told.told()
        assert not _edges(engine)


def test_one_account_that_reaches_the_minimum_alone_is_enough_for_an_edge_with_a_direction() -> None:
    crowd = [(account, account, 0) for account in range(50)] + [(0, 5, 0)]
    with duck() as engine:
        events(engine, crowd)
        assert not preview(engine, MINUTE, budget=10).exact
        assert preview(engine, replace(MINUTE, count=Count.OBJECTS), budget=10).exact


def test_billions_of_pairs_are_refused_with_a_hint() -> None:
    with duck() as engine:
        engine.connection.execute(
            "CREATE TEMP TABLE events AS SELECT i AS message, i AS account, 0::BIGINT AS moment, 7::BIGINT AS object "
            "FROM range(100000) AS rows(i)"
        )
        assert preview(engine, MINUTE).pairs == 100_000 * 99_999 // 2
        affordable(preview(engine, MINUTE), MINUTE)
        with pytest.raises(UsageError, match="4,999,950,000 pairs") as refused:
            affordable(preview(engine, MINUTE, budget=10**12), MINUTE)
        assert "window" in refused.value.hint
        with pytest.raises(UsageError):
            coordinate(engine, replace(MINUTE, minimum=1))


def test_nothing_costs_nothing() -> None:
    with duck() as engine:
        events(engine, [(1, 0, 1), (2, 500, 1)])
        told = coordinate(engine, MINUTE)
        assert (told.acts, told.pairs, told.exact) == (0, 0, True)
        assert not _edges(engine)
