"""How often anything is found where nothing was planted, and how much is found where groups were.

    python benchmarks/detect_nulls.py FOLDER [--sets 20] [--posts 20000] [--rate 0.05]

Each set is searched as the command does, for all four signals together and from Parquet. Null sets are made in two
ways: without groups, with narrow circles of interest; and with groups, the accounts then dealt to the posts anew. If
all is null, the rate of false discoveries is the chance of any discovery in a signal.
"""

import argparse
import time
from pathlib import Path

import duckdb

from counterfoil.workflow.detecting import Search, detecting
from detect_data import Recipe, write

SIGNALS = ("co_repost", "co_link", "co_reply", "same_text")


def search(folder: Path, recipe: Recipe, rate: float) -> tuple[list[int], set[frozenset[str]]]:
    """The significant edges of each signal, and the pairs of accounts of all."""
    with duckdb.connect() as connection:
        write(connection, recipe, folder)
    with detecting(Search((str(folder / "posts.parquet"),), signals=SIGNALS, rate=rate)) as run:
        pairs = run.engine.rows(
            "SELECT DISTINCT s.account_key, t.account_key FROM found JOIN accounts AS s ON s.account = source "
            "JOIN accounts AS t ON t.account = target WHERE significant"
        )
        return [one.significant for one in run.signals], {frozenset(pair) for pair in pairs}


def truth(folder: Path) -> set[frozenset[str]]:
    """The pairs of accounts that were planted together."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT x.account, y.account FROM '{folder / 'truth.parquet'}' AS x "
            f'JOIN \'{folder / "truth.parquet"}\' AS y ON x."group" = y."group" AND x.account < y.account'
        ).fetchall()
    return {frozenset(row) for row in rows}


def main() -> None:
    """Search null sets and planted sets, and say what was found."""
    parser = argparse.ArgumentParser(description="Discoveries in null data and in planted data.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--rate", type=float, default=0.05)
    asked = parser.parse_args()
    begun = time.perf_counter()
    for name, made in (
        ("no groups, narrow circles", {"groups": 0, "communities": 400}),
        ("dealt anew", {"groups": 8, "shuffled": True}),
    ):
        found = [
            count
            for seed in range(asked.sets)
            for count in search(asked.folder, Recipe(posts=asked.posts, seed=seed, **made), asked.rate)[0]  # type: ignore[arg-type]
        ]
        print(
            f"{name}: {asked.sets} sets, {len(found)} searches, {sum(map(bool, found))} with any discovery, "
            f"{sum(found)} edges in all"
        )
    for acts in (24, 8):
        right = wrong = planted = 0
        accounts: set[tuple[int, str]] = set()
        members: set[tuple[int, str]] = set()
        for seed in range(3):
            recipe = Recipe(posts=asked.posts * 5, groups=16, acts=acts, seed=seed)
            _, pairs = search(asked.folder, recipe, asked.rate)
            real = truth(asked.folder)
            right, wrong, planted = right + len(pairs & real), wrong + len(pairs - real), planted + len(real)
            accounts |= {(seed, account) for pair in pairs & real for account in pair}
            members |= {(seed, account) for pair in real for account in pair}
        print(
            f"16 groups with {acts} acts in {asked.posts * 5:,} posts, three sets: precision "
            f"{right / max(right + wrong, 1):.4f}, recall of pairs {right / planted:.4f}, "
            f"of accounts {len(accounts) / len(members):.4f}"
        )
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
