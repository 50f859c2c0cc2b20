"""Tails, the configuration model, likeness, and the choice of a window."""

import math
import random

import numpy as np
import pytest

from counterfoil.detect.bipartite import chance_of_acts, overlaps
from counterfoil.detect.chance import false_discovery_rates, log_hypergeometric_tail, log_poisson_tail
from counterfoil.detect.definition import SECOND, Count, Definition
from counterfoil.detect.duck import duck
from counterfoil.detect.hubs import coordinate
from counterfoil.detect.innocent import EXPLANATIONS, explanations
from counterfoil.detect.weighting import likeness
from counterfoil.detect.windows import shortest, try_windows
from counterfoil.errors import UsageError
from tests.detect.planted import events


def test_poissons_tail() -> None:
    for mean in (0.3, 2.0, 11.0):
        for seen in range(25):
            below = sum(math.exp(-mean) * mean**number / math.factorial(number) for number in range(seen))
            assert math.exp(log_poisson_tail(seen, mean)) == pytest.approx(1 - below, rel=1e-6, abs=1e-12)
    assert log_poisson_tail(1, 0) == -math.inf
    assert log_poisson_tail(2000, 1.0) < -10_000


def test_the_hypergeometric_tail() -> None:
    def exact(shared: int, first: int, second: int, universe: int) -> float:
        ways = sum(
            math.comb(first, number) * math.comb(universe - first, second - number)
            for number in range(shared, min(first, second) + 1)
        )
        return ways / math.comb(universe, second)

    for case in [(0, 5, 7, 30), (3, 5, 7, 30), (5, 5, 7, 30), (9, 10, 12, 14), (8, 10, 12, 14)]:
        assert math.exp(log_hypergeometric_tail(*case)) == pytest.approx(exact(*case), rel=1e-9)
    assert log_hypergeometric_tail(6, 5, 7, 30) == -math.inf


def test_false_discovery_rates_as_in_the_textbook() -> None:
    ps = [0.01, 0.04, 0.03, 0.5]
    assert false_discovery_rates([math.log(p) for p in ps], 4) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert false_discovery_rates([math.log(0.01)], 1000) == [1.0]


@pytest.mark.parametrize("full", [False, True])
def test_the_configuration_model_keeps_every_number_of_acts(full: bool) -> None:
    chance = np.random.default_rng(4)
    acted = (chance.random((40, 60)) < np.outer(np.linspace(0.1, 0.9, 40), np.linspace(0.2, 0.8, 60))).astype(
        np.float32
    )
    if full:
        acted[3, :] = 1
        acted[:, 5] = 1
    model = chance_of_acts(acted)
    assert np.abs(model.sum(axis=1) - acted.sum(axis=1)).max() < 1e-5
    assert np.abs(model.sum(axis=0) - acted.sum(axis=0)).max() < 1e-5
    assert model.min() >= 0
    assert model.max() <= 1


def test_shared_popular_objects_are_no_finding_and_shared_rare_ones_are() -> None:
    chance = random.Random(8)
    acts = [
        (account, thing) for account in range(60) for thing in range(200) if chance.random() < 0.9 / (1 + thing / 8)
    ]
    assert not [one for one in overlaps(acts) if one.q <= 0.05]
    planted = [(account, thing) for account in (100, 101, 102) for thing in range(190, 215)]
    found = [one for one in overlaps(acts + planted) if one.q <= 0.05]
    assert {(one.source, one.target) for one in found} == {(100, 101), (100, 102), (101, 102)}
    assert all(one.shared == 25 and one.expected < 10 and one.log_hypergeometric < -20 for one in found)
    assert not overlaps([])


def test_the_configuration_model_refuses_what_is_too_large() -> None:
    with pytest.raises(UsageError, match="too many"):
        overlaps((number, number) for number in range(8000))


def test_likeness_is_the_cosine_of_weighted_vectors() -> None:
    rows = [(1, 0, 7), (2, 10, 7), (1, 500, 8), (2, 510, 8), (3, 0, 7), (3, 900, 9), (4, 3000, 9), (1, 4000, 9)]
    with duck() as engine:
        events(engine, rows)
        coordinate(engine, Definition(window=60 * SECOND, minimum=1, count=Count.OBJECTS))
        engine.run(likeness())
        found = {row[:2]: row[2] for row in engine.rows("SELECT source, target, cosine FROM likeness")}
    rare = {7: math.log(4 / 3), 8: math.log(4 / 2), 9: math.log(4 / 3)}
    one, two, three = ({7: 1, 8: 1, 9: 1}, {7: 1, 8: 1}, {7: 1, 9: 1})

    def cosine(a: dict[int, int], b: dict[int, int]) -> float:
        length = [math.sqrt(sum((rare[thing] * of[thing]) ** 2 for thing in of)) for of in (a, b)]
        return sum(rare[thing] ** 2 for thing in a if thing in b) / (length[0] * length[1])

    expected = {(1, 2): cosine(one, two), (1, 3): cosine(one, three), (2, 3): cosine(two, three)}
    assert found == pytest.approx(expected)


def test_the_shortest_window_that_finds_the_group() -> None:
    chance = random.Random(1)
    rows = [(chance.randrange(300), chance.randrange(400_000), int(400 * chance.random() ** 2)) for _ in range(9000)]
    rows += [
        (1000 + member, thing * 9000 + chance.randrange(25), 2000 + thing) for thing in range(24) for member in range(6)
    ]
    with duck() as engine:
        events(engine, rows)
        tried = try_windows(engine, Definition(minimum=2), [SECOND, 60 * SECOND, 30 * SECOND, 3600 * SECOND])
    assert [one.window for one in tried] == [SECOND, 30 * SECOND, 60 * SECOND, 3600 * SECOND]
    assert tried[0].significant == 0
    assert tried[1].significant == 15
    assert sorted(one.share for one in tried) == [one.share for one in tried]
    assert 0 < tried[0].share < tried[-1].share < 1
    chosen = shortest(tried)
    assert chosen is not None
    assert chosen.window == 30 * SECOND
    assert shortest(tried[:1]) is None


def test_every_explanation_can_be_asked_for() -> None:
    assert explanations() == EXPLANATIONS
    assert 0 < len(explanations(["co_reply"])) < len(EXPLANATIONS)
    assert all(one.check.endswith(("?", ".")) for one in EXPLANATIONS)
