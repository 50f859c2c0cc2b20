"""How long detection takes on posts with planted groups, what it finds, and how a peer does on the same posts.

    python benchmarks/detect.py FOLDER [--posts 1000000] [--rate 0.01] [--peer PYTHON] [--csv 10000000]
        [--shared FOLDER] [--only library|command]

First the steps in this process, then whole commands on files: each signal from Parquet beside what DuckDB alone needs
to read the same columns, all four from CSV (with --csv), a post that 50,000 accounts repost, and CooRTweet's own data
(with --shared, the folder that has detect/russian.csv; CooRTweet itself is written in R, and is not run here).

PYTHON is the interpreter of an environment of its own in which coordination-network-toolkit (MIT) is installed; it is
no part of Counterfoil. Its edges and ours are compared one by one. Wall time and processor time are both printed:
where other work is running, the second is the one to trust.
"""

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from counterfoil.detect.definition import SECOND, Definition
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.hubs import coordinate, preview
from counterfoil.detect.significance import judge
from detect_commands import coortweet, from_csv, parquet
from detect_commands import hub as hub_command
from detect_data import Recipe, write

#: name: what is shared, which posts share, and the peer's table
KINDS = {
    "co-repost": ("repost_of", "repost_of IS NOT NULL", "co_retweet_network"),
    "co-link": ("urls[1]", "len(urls) > 0 AND repost_of IS NULL", "co_link_network"),
    "co-reply": ("reply_to", "reply_to IS NOT NULL AND repost_of IS NULL", "co_reply_network"),
    "same text": ("lower(text)", "repost_of IS NULL AND text <> ''", "co_tweet_network"),
}
PEER = """
import sqlite3, sys, time
from coordination_network_toolkit import compute_networks as nets
from coordination_network_toolkit.preprocess import preprocess_csv_files
def timed(name, work):
    wall, work_ = time.perf_counter(), work()
    print(f"PEER {name}: {time.perf_counter() - wall:.1f} s", flush=True)
if __name__ == "__main__":
    base, posts = sys.argv[1:3]
    timed("load", lambda: preprocess_csv_files(base, [posts]))
    # Posts without a link have the empty one, through which the peer would link them all.
    with sqlite3.connect(base) as connection:
        connection.execute("DELETE FROM message_url WHERE url = ''")
    timed("co-repost", lambda: nets.compute_co_retweet_parallel(base, 60, n_threads=2, min_edge_weight=2))
    timed("co-link", lambda: nets.compute_co_link_network(base, 60, n_threads=2, min_edge_weight=2))
    timed("co-reply", lambda: nets.compute_co_reply_network(base, 60, n_threads=2, min_edge_weight=2))
    timed("same text", lambda: nets.compute_co_tweet_network(base, 60, n_threads=2, min_edge_weight=2))
"""


def clocked(name: str, work: Callable[[], Any]) -> Any:
    """Do the work, and say how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    print(f"{name:<44} {time.perf_counter() - wall:7.2f} s, processor {time.process_time() - cpu:6.2f} s", flush=True)
    return done


def load(engine: Duck, folder: Path) -> None:
    """Posts and truth with integer accounts."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE posted AS SELECT row_number() OVER () AS post, substr(account, 2)::BIGINT "
        f"AS account, epoch_us(time::TIMESTAMP) AS moment, * EXCLUDE (account, time) FROM '{folder / 'posts.parquet'}'"
    )
    engine.connection.execute(
        'CREATE OR REPLACE TEMP TABLE truth AS SELECT substr(account, 2)::BIGINT AS account, "group" AS team '
        f"FROM '{folder / 'truth.parquet'}'"
    )


def events(engine: Duck, kind: str) -> None:
    """What is shared, as integers."""
    what, where, _ = KINDS[kind]
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE events AS SELECT post AS message, account, moment, "
        f"CAST(hash({what}) >> 1 AS BIGINT) AS object FROM posted WHERE {where}"
    )


def found(engine: Duck, rate: float) -> tuple[int, int, set[int]]:
    """Significant pairs, those of them in one planted group, and the planted accounts in these."""
    rows = engine.rows(
        "SELECT source, target, one.team IS NOT NULL AND one.team = two.team FROM significance "
        "LEFT JOIN truth AS one ON one.account = source LEFT JOIN truth AS two ON two.account = target "
        f"WHERE q <= {rate}"
    )
    right = [row[:2] for row in rows if row[2]]
    return len(rows), len(right), {account for pair in right for account in pair}


def own(engine: Duck, folder: Path, rate: float) -> None:
    """The four networks with significance; `edges` of each stay as `edges_0` and so on."""
    clocked("posts from Parquet", lambda: load(engine, folder))
    definition = Definition(window=60 * SECOND, minimum=2)
    everyone: set[int] = set()
    pairs = right = 0
    for number, kind in enumerate(KINDS):
        clocked(f"{kind}: events", lambda kind=kind: events(engine, kind))  # type: ignore[misc]
        told = clocked(f"{kind}: cost and edges", lambda: coordinate(engine, definition))
        clocked(f"{kind}: significance", lambda: judge(engine, definition, rate))
        some, good, accounts = found(engine, rate)
        pairs, right, everyone = pairs + some, right + good, everyone | accounts
        rows, planted = engine.rows(
            "SELECT count(*), sum(CASE WHEN one.team = two.team THEN 1 ELSE 0 END) FROM edges "
            "LEFT JOIN truth AS one ON one.account = source LEFT JOIN truth AS two ON two.account = target"
        )[0]
        print(
            f"  {told.pairs:,} pairs of posts; "
            f"{rows:,} edges of weight 2, planted {int(planted or 0) / max(rows, 1):.3f}; "
            f"{some:,} pairs of accounts significant, planted {good / max(some, 1):.4f}"
        )
        engine.connection.execute(f"CREATE OR REPLACE TEMP TABLE edges_{number} AS SELECT * FROM edges")
    total = engine.rows("SELECT count(*) FROM truth")[0][0]
    print(f"all: precision {right / max(pairs, 1):.4f}, planted accounts found {len(everyone) / max(total, 1):.4f}")


def hub(engine: Duck) -> None:
    """50,000 accounts repost one post within four hours; the window is one."""
    engine.connection.execute(
        "CREATE OR REPLACE TEMP TABLE events AS SELECT i AS message, i AS account, "
        f"CAST(hash(i) % {14_400 * SECOND} AS BIGINT) AS moment, 1::BIGINT AS object FROM range(50000) AS rows(i)"
    )
    hour = Definition(window=3600 * SECOND, minimum=2)
    print(clocked("50,000 repost one post: cost", lambda: preview(engine, hour)).told())
    clocked("50,000 repost one post: edges", lambda: coordinate(engine, hour))


def peer(engine: Duck, folder: Path, python: str) -> None:
    """coordination-network-toolkit on the same posts; then its edges against ours."""
    posts, base = folder / "peer.csv", folder / "peer.db"
    base.unlink(missing_ok=True)
    engine.connection.execute(
        "COPY (SELECT post AS message_id, account AS user_id, account AS username, "
        "coalesce(repost_of, '') AS repost_id, coalesce(reply_to, '') AS reply_id, text AS message, "
        f"moment // 1000000 AS timestamp, array_to_string(urls, ' ') AS urls "
        f"FROM posted) TO '{posts}' (FORMAT csv, HEADER)"
    )
    script = folder / "peer.py"
    script.write_text(PEER)
    clocked("peer, all", lambda: subprocess.run([python, str(script), str(base), str(posts)], check=True))
    theirs_all = sqlite3.connect(base)
    for number, (kind, (_, _, table)) in enumerate(KINDS.items()):
        ours = {row[:2]: row[2] for row in engine.rows(f"SELECT source, target, weight FROM edges_{number}")}
        theirs = {
            (int(one), int(two)): int(weight)
            for one, two, weight in theirs_all.execute(f"SELECT user_1, user_2, weight FROM {table}")
            if one != two
        }
        both = sum(theirs.get(edge) == weight for edge, weight in ours.items())
        print(f"{kind}: {len(ours):,} edges of ours, {len(theirs):,} of the peer's, {both:,} equal with their weights")


def main() -> None:
    """Make the data if it is not there, and measure."""
    parser = argparse.ArgumentParser(description="Detection on posts with planted groups.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--peer", default="", metavar="PYTHON")
    parser.add_argument("--csv", type=int, default=0, metavar="POSTS")
    parser.add_argument("--shared", type=Path, default=None)
    parser.add_argument("--only", choices=["library", "command"], default="")
    asked = parser.parse_args()
    print(f"{asked.posts:,} posts; load of the machine {os.getloadavg()[0]:.1f}; DuckDB {duckdb.__version__}")
    folders = {name: asked.folder / f"{name}-{asked.posts}" for name in ("planted", "shuffled")}
    for name, folder in folders.items():
        if not (folder / "posts.parquet").exists() and (name == "planted" or asked.only != "command"):
            with duckdb.connect() as connection:
                write(connection, Recipe(posts=asked.posts, shuffled=name == "shuffled"), folder)
    if asked.only != "command":
        library(asked, folders)
    if asked.only != "library":
        print("--- whole commands")
        parquet(folders["planted"], asked.rate)
        if asked.csv:
            from_csv(asked.folder, asked.csv, asked.memory)
        hub_command(asked.folder)
        if asked.shared:
            coortweet(asked.shared)


def library(asked: argparse.Namespace, folders: dict[str, Path]) -> None:
    """The steps in this process."""
    for name, folder in folders.items():
        print(f"--- {name}")
        with duck(asked.memory) as engine:
            engine.connection.execute("SET temp_directory = ?", [str(asked.folder / "spilled")])
            own(engine, folder, asked.rate)
            if name == "planted" and asked.peer:
                peer(engine, folder, asked.peer)
    with duck(asked.memory) as engine:
        hub(engine)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB", file=sys.stdout)


if __name__ == "__main__":
    main()
