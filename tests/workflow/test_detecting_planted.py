"""From generated files to findings: planted groups are found, and where none was planted nothing is."""

from pathlib import Path

import duckdb
import pytest

from counterfoil.workflow.detecting import Search, detecting
from tests.detect.planted import generator

SIGNALS = ("co_repost", "co_link", "co_reply", "same_text")
RATE = 0.05
Pairs = set[frozenset[str]]


def _searched(folder: Path, form: str, **recipe: object) -> tuple[list[int], Pairs, Pairs]:
    """Significant edges by signal; the pairs found, and those planted."""
    made = generator()
    with duckdb.connect(config={"threads": 1}) as connection:
        made.write(connection, made.Recipe(**recipe), folder, form)
        truth = f"'{folder / 'truth.parquet'}'"
        planted = connection.execute(
            f'SELECT x.account, y.account FROM {truth} x JOIN {truth} y ON x."group" = y."group" '
            "AND x.account < y.account"
        ).fetchall()
    with detecting(Search((str(folder / f"posts.{form}"),), signals=SIGNALS, rate=RATE)) as run:
        pairs = run.engine.rows(
            "SELECT DISTINCT s.account_key, t.account_key FROM found JOIN accounts AS s ON s.account = source "
            "JOIN accounts AS t ON t.account = target WHERE significant"
        )
        significant = [one.significant for one in run.signals]
    return significant, {frozenset(pair) for pair in pairs}, {frozenset(pair) for pair in planted}


def test_planted_groups_are_found_and_the_same_in_both_formats(tmp_path: Path) -> None:
    counts, found, planted = _searched(tmp_path, "parquet", posts=40_000, groups=12, seed=21)
    assert len(planted) > 500
    assert len(found & planted) / len(found) >= 0.95
    assert len(found & planted) / len(planted) >= 0.95
    assert all(counts)  # each signal has its groups
    again, same, _ = _searched(tmp_path, "csv", posts=40_000, groups=12, seed=21)
    assert (again, same) == (counts, found)


@pytest.mark.slow
def test_nothing_is_found_in_null_data_beyond_the_stated_rate(tmp_path: Path) -> None:
    """Without groups, and with groups whose posts are dealt to other accounts; docs have a larger run."""
    searches = [
        count
        for seed in range(5)
        for recipe in ({"groups": 0, "communities": 400}, {"groups": 8, "shuffled": True})
        for count in _searched(tmp_path, "parquet", posts=20_000, seed=100 + seed, **recipe)[0]
    ]
    assert len(searches) == 40
    assert sum(map(bool, searches)) / len(searches) <= RATE
