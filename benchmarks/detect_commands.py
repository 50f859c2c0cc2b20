"""The whole command on files, from the interpreter's start to its answer, and what reading alone must take."""

import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from counterfoil.detect.definition import SECOND
from counterfoil.workflow.detecting import Search, detecting
from detect_data import Recipe, write

#: signal -> the columns without which it cannot be
COLUMNS = {
    "co_repost": "post_id, account, time, repost_of",
    "co_link": "post_id, account, time, repost_of, urls",
    "co_reply": "post_id, account, time, repost_of, reply_to",
    "same_text": "post_id, account, time, repost_of, text",
}
HUB = 50_000  #: accounts that repost one post
HOURS = 16.4  #: within which they do: 148 million pairs are an hour apart


def command(name: str, arguments: Sequence[str]) -> list[str]:
    """Run `counterfoil detect`, and say what it took; returns what it told while it ran."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "counterfoil", "detect", *arguments, "--format", "json"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    told, first = [], 0.0
    for line in process.stderr:
        told.append(line.strip())
        if "within the window" in line and not first:
            first = time.perf_counter() - begun
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"counterfoil detect {' '.join(arguments)}: {' '.join(told)}")
    print(
        f"{name:<44} {time.perf_counter() - begun:7.2f} s, processor {used.ru_utime + used.ru_stime:6.2f} s, "
        f"{used.ru_maxrss / 1024:,.0f} MB; cost told after {first:.2f} s",
        flush=True,
    )
    return told


def parquet(folder: Path, rate: float) -> None:
    """Each signal from Parquet, all together, and what DuckDB alone needs to read the same columns."""
    path = str(folder / "posts.parquet")
    for signal, columns in COLUMNS.items():
        command(f"command, {signal}", [path, "--signals", signal, "--fdr", str(rate)])
        begun, cpu = time.perf_counter(), time.process_time()
        with duckdb.connect() as connection:
            hashed = ", ".join(f"max(hash({column}))" for column in columns.split(", "))
            connection.execute(f"SELECT {hashed} FROM '{path}'").fetchall()
        print(
            f"  reading {columns} alone: {time.perf_counter() - begun:.2f} s, "
            f"processor {time.process_time() - cpu:.2f} s"
        )
    command("command, all four", [path, "--signals", ",".join(COLUMNS), "--fdr", str(rate)])


def from_csv(folder: Path, posts: int, memory: str) -> None:
    """The four networks, with significance, from CSV; ten million posts are 1.5 GB."""
    path = folder / f"csv-{posts}" / "posts.csv"
    if not path.exists():
        with duckdb.connect() as connection:
            write(connection, Recipe(posts=posts, letters=70), path.parent, "csv")
    name = f"command, CSV of {path.stat().st_size / 1e9:.2f} GB, all four"
    command(name, [str(path), "--signals", ",".join(COLUMNS), "--memory", memory])


def hub(folder: Path) -> None:
    """50,000 accounts repost one post; the window is an hour."""
    path = folder / "hub.csv"
    chance = random.Random(7)
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["post_id", "account", "time", "repost_of"])
        for place in range(HUB):
            rows.writerow([f"p{place}", f"u{place}", 1_700_000_000 + chance.randrange(int(HOURS * 3600)), "r1"])
    told = command(f"command, {HUB:,} accounts repost one post", [str(path), "--window", "1h"])
    print(f"  {told[-1]}")


def coortweet(shared: Path) -> None:
    """CooRTweet's own data set, in process, its edges compared."""
    search = Search((str(shared / "detect" / "russian.csv"),), window=10 * SECOND, minimum=2, definition="coortweet")
    for turn in ("first", "second"):
        begun, cpu = time.perf_counter(), time.process_time()
        with detecting(search) as run:
            wall, used = time.perf_counter() - begun, time.process_time() - cpu
            ours = run.engine.rows(
                "SELECT least(s.account_key, t.account_key), greatest(s.account_key, t.account_key), weight FROM found "
                "JOIN accounts AS s ON s.account = source JOIN accounts AS t ON t.account = target"
            )
            theirs = run.engine.rows(
                'SELECT least("from", "to"), greatest("from", "to"), weight FROM read_csv(?, all_varchar = true)',
                [str(shared / "detect" / "rus_mp2_tw10_edges.csv")],
            )
        equal = {(one, two, int(weight)) for one, two, weight in theirs} == {tuple(row) for row in ours}
        print(f"russian.csv, {turn} time: {wall:.2f} s, processor {used:.2f} s; {len(ours)} edges, equal: {equal}")
