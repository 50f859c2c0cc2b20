"""Accounts made together: planted bursts are found, and hardly anything where there is none."""

import random

import pytest

from counterfoil.detect.creation_bursts import judge_creations
from counterfoil.detect.definition import SECOND, Definition
from counterfoil.detect.duck import duck
from counterfoil.detect.hubs import coordinate
from tests.detect.planted import events

DAY = 86_400
MADE = Definition(window=60 * SECOND, minimum=1)


def _significant(moments: list[int]) -> set[frozenset[int]]:
    with duck("500MB") as engine:
        events(engine, [(account, moment, 1) for account, moment in enumerate(moments)])
        coordinate(engine, MADE)
        judge_creations(engine, MADE, 0.05)
        rows = engine.rows("SELECT source, target, q FROM significance")
    assert all(0 <= q <= 1 for *_, q in rows)
    return {frozenset((source, target)) for source, target, q in rows if q <= 0.05}


def _crowd(seed: int, count: int = 3_000) -> list[int]:
    """Two years, with days and an hour at which many more were made."""
    chance = random.Random(seed)
    days = [chance.randrange(730) for _ in range(40)]
    made = [chance.randrange(730 * DAY) + 1 for _ in range(count)]
    made += [chance.choice(days) * DAY + chance.randrange(DAY) for _ in range(count)]
    return made + [100 * DAY + 40_000 + chance.randrange(3_600) for _ in range(400)]


def test_a_planted_burst_is_found() -> None:
    crowd = _crowd(1)
    planted = range(len(crowd), len(crowd) + 8)
    found = _significant([*crowd, *(333 * DAY + 50_000 + 5 * place for place in range(8))])
    inside = {pair for pair in found if pair <= set(planted)}
    assert {account for pair in inside for account in pair} == set(planted)
    assert len(found - inside) <= 0.1 * len(found) + 1


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_nothing_where_nothing_was_planted(seed: int) -> None:
    assert not _significant(_crowd(seed))


def test_dates_without_a_time_of_day_say_nothing() -> None:
    chance = random.Random(5)
    assert not _significant([chance.randrange(60) * DAY for _ in range(3_000)])
