"""Planted groups are found, and nothing beyond the stated rate where nothing was planted."""

import math
import random
from pathlib import Path

import pytest

from counterfoil.detect.chance import false_discovery_rates, log_poisson_tail
from counterfoil.detect.definition import SECOND, Definition
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.hubs import coordinate
from counterfoil.detect.significance import judge, log_tail
from tests.detect.planted import KINDS, events, load, share

MINUTE = Definition(window=60 * SECOND, minimum=2)
RATE = 0.05
ALL = 1e12  #: a rate at which every pair is on the shortlist


def _found(engine: Duck, rate: float = RATE) -> set[tuple[int, int]]:
    coordinate(engine, MINUTE)
    judge(engine, MINUTE, rate)
    return set(engine.rows(f"SELECT source, target FROM significance WHERE q <= {rate}"))


def test_planted_groups_are_found_with_precision_and_recall(tmp_path: Path) -> None:
    with duck() as engine:
        load(engine, tmp_path, posts=60_000, groups=16, seed=11)
        team = dict(engine.rows("SELECT account, team FROM truth"))
        pairs: set[tuple[int, int]] = set()
        for kind in KINDS:
            share(engine, kind)
            pairs |= _found(engine)
    right = {pair for pair in pairs if team.get(pair[0], -1) == team.get(pair[1], -2)}
    planted = {(one, two) for one in team for two in team if one < two and team[one] == team[two]}
    assert len(planted) > 1000
    assert len(right) / len(pairs) >= 0.95
    assert len(right & planted) / len(planted) >= 0.95
    assert len({account for pair in right for account in pair}) / len(team) >= 0.95


def test_weak_groups_are_found_by_their_accounts(tmp_path: Path) -> None:
    """Eight acts together, half of them on what the crowd shares as well."""
    with duck() as engine:
        load(engine, tmp_path, posts=60_000, groups=16, acts=8, seed=12)
        team = dict(engine.rows("SELECT account, team FROM truth"))
        pairs: set[tuple[int, int]] = set()
        for kind in KINDS:
            share(engine, kind)
            pairs |= _found(engine)
    right = {pair for pair in pairs if team.get(pair[0], -1) == team.get(pair[1], -2)}
    assert len(right) / len(pairs) >= 0.95
    assert len({account for pair in right for account in pair}) / len(team) >= 0.95


@pytest.mark.parametrize("recipe", [{"shuffled": True}, {"groups": 0}, {"groups": 0, "communities": 400}])
def test_nothing_is_found_where_nothing_was_planted(tmp_path: Path, recipe: dict[str, int]) -> None:
    """Dealt anew, or made without groups, with wide and with narrow circles of interest."""
    runs = [(seed, kind) for seed in range(5) for kind in KINDS]
    wrong, met = 0, 0
    with duck() as engine:
        for seed, kind in runs:
            if kind == KINDS[0]:
                load(engine, tmp_path, posts=20_000, seed=seed, **{"groups": 8, **recipe})
            share(engine, kind)
            wrong += bool(_found(engine))
            met += engine.rows("SELECT count(*) FROM edges")[0][0]
    assert met > 0
    assert wrong / len(runs) <= RATE  # if all is null, the rate is the chance of any discovery at all


def _crowd(chance: random.Random, accounts: int = 24, objects: int = 60) -> list[tuple[int, int, int]]:
    """Everybody shares most things, half of the times in one hour."""
    return [
        (account, chance.choice([chance.randrange(3600), chance.randrange(40_000)]), thing)
        for thing in range(objects)
        for account in range(accounts)
        if chance.random() < 0.5 + 0.4 * (account % 3 == 0)
    ]


def test_p_is_no_smaller_than_it_should_be() -> None:
    """Of pairs that are together by chance alone, at most a share `level` has p below it, at every level."""
    logs: list[float] = []
    tested = 0
    with duck() as engine:
        for seed in range(12):
            events(engine, _crowd(random.Random(seed)))
            coordinate(engine, MINUTE)
            null = judge(engine, MINUTE, rate=ALL)
            logs += [log for (log,) in engine.rows("SELECT log_p FROM significance")]
            tested += null.pairs
    for level in (0.2, 0.1, 0.05, 0.01):
        assert sum(log <= math.log(level) for log in logs) <= level * tested
    assert any(log <= math.log(0.2) for log in logs)  # and p does vary


def test_two_who_share_everything_at_times_of_their_own_are_no_finding_and_two_at_the_same_second_are() -> None:
    chance = random.Random(3)
    rows = [(account, chance.randrange(80_000), thing) for thing in range(80) for account in range(12)]
    rows += [(20 + chance.randrange(400), chance.randrange(80_000), chance.randrange(5000)) for _ in range(8000)]
    with duck() as engine:
        events(engine, rows)
        assert not _found(engine)
        together = [(account, thing * 900, thing) for thing in range(20) for account in (500, 501)]
        events(engine, rows + together)
        assert _found(engine) == {(500, 501)}
        shared, met, log_p, log_synchrony, q = engine.rows(
            "SELECT shared, together, log_p, log_synchrony, q FROM significance WHERE source = 500 AND target = 501"
        )[0]
    assert (shared, met) == (20, 20)
    assert log_synchrony < log_p < math.log(q) < math.log(RATE)


def test_the_bound_on_the_tail_is_never_below_it_and_close() -> None:
    cases = [(seen, mean) for seen in (1, 2, 5, 20, 100, 700) for mean in (1e-6, 0.01, 0.5, 0.9, 3.0, 18.0, 90.0)]
    with duck() as engine:
        for seen, mean in cases:
            bound = engine.rows(f"SELECT {log_tail(f'{seen}::DOUBLE', f'{mean!r}::DOUBLE')}")[0][0]
            exact = log_poisson_tail(seen, mean)
            assert exact <= bound + 1e-9
            if seen >= 2 * mean + 1:
                assert bound <= exact + 0.15
            if seen < mean + 1:
                assert bound == 0


def test_q_is_benjamini_and_hochbergs() -> None:
    with duck() as engine:
        rows = _crowd(random.Random(5))
        rows += [(100 + number % 4, number // 4 * 700 + 5, 1000 + number // 4) for number in range(60)]
        events(engine, rows)
        coordinate(engine, MINUTE)
        null = judge(engine, MINUTE, rate=ALL)
        logs, rates = zip(*engine.rows("SELECT log_p, q FROM significance"), strict=True)
    assert len(set(rates)) > 1
    assert list(rates) == pytest.approx(false_discovery_rates(logs, null.pairs), rel=1e-9)


def test_what_is_left_out_of_the_shortlist_could_not_have_been_found(tmp_path: Path) -> None:
    with duck() as engine:
        load(engine, tmp_path, posts=20_000, groups=8, seed=2)
        share(engine, "repost_of")
        some = _found(engine)
        coordinate(engine, MINUTE)
        judge(engine, MINUTE, ALL)
        assert some
        assert engine.rows("SELECT count(*) FROM significance")[0][0] > len(some)
        assert set(engine.rows(f"SELECT source, target FROM significance WHERE q <= {RATE}")) == some


def test_what_one_message_acts_on_is_no_repeated_coincidence() -> None:
    """Two accounts post two messages with ten rare links each, at the same time: two coincidences, not twenty."""
    rows = [(account % 700, account * 61, account) for account in range(700)]
    many = [(900 + number % 2, 10_000 + 500 * (number // 20), 1000 + number // 2) for number in range(40)]
    for several in (True, False):
        with duck() as engine:
            events(engine, rows + many)
            if several:
                engine.connection.execute(
                    "UPDATE events SET message = 10000 + account * 10 + moment // 500000000 WHERE account >= 900"
                )
            coordinate(engine, MINUTE, several=several)
            judge(engine, MINUTE, rate=ALL)
            found = engine.rows("SELECT shared, together FROM significance")
        assert found == [(20, 2 if several else 20)]
