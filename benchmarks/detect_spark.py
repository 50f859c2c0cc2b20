"""The same search on DuckDB and on Spark: how long each takes, and whether their edges are equal.

    python benchmarks/detect_spark.py FOLDER [--posts 1000000] [--master local[2]] [--memory 4GB]

Read once by DuckDB and handed to Spark as Parquet; then acts, edges and significance of the usual signals, each by
both. Wall time and processor time (of Spark: of its Java process, where /proc tells it) are both printed.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from counterfoil.detect.definition import Definition
from counterfoil.detect.duck import Duck, duck
from counterfoil.detect.hubs import coordinate
from counterfoil.detect.reading import Asked, read
from counterfoil.detect.significance import judge
from counterfoil.detect.spark import Spark, spark
from counterfoil.detect.spark_tables import Engines
from counterfoil.detect.trace import Trace, events_step
from counterfoil.detect.traces import load_traces
from detect_data import Recipe, write

SIGNALS = ("co_repost", "co_link", "co_reply", "same_text")
EDGES = "SELECT source, target, weight, first_moment, last_moment FROM edges"
JUDGED = "SELECT source, target, shared, together, q FROM significance"


def java_seconds(engine: Duck | Spark) -> float:
    """Processor time of Spark's process so far."""
    if isinstance(engine, Duck):
        return time.process_time()
    from pyspark import SparkContext

    gateway: Any = SparkContext._gateway
    stat = Path(f"/proc/{gateway.proc.pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def clocked(name: str, engine: Duck | Spark, work: Callable[[], Any]) -> tuple[float, float]:
    """Do the work, and say how long it took."""
    wall, cpu = time.perf_counter(), java_seconds(engine)
    work()
    spent = time.perf_counter() - wall, java_seconds(engine) - cpu
    print(f"{name:<44} {spent[0]:7.2f} s, processor {spent[1]:6.2f} s", flush=True)
    return spent


def search(engine: Duck | Spark, trace: Trace) -> None:
    """A signal's acts, edges and their significance."""
    definition = Definition()
    engine.run([events_step(trace)])
    coordinate(engine, definition, trace.several)
    judge(engine, definition, 0.01)


def equal(ours: Duck, theirs: Spark) -> str:
    """Whether both have the same edges with their weights and times, and the same q."""
    one, two = (set(engine.rows(EDGES)) for engine in (ours, theirs))
    first, second = ({row[:4]: row[4] for row in engine.rows(JUDGED)} for engine in (ours, theirs))
    same = first.keys() == second.keys() and all(
        abs(q - second[key]) <= 1e-9 * max(q, second[key]) for key, q in first.items()
    )
    return f"{len(one):,} edges, {len(one & two):,} equal, {len(one ^ two):,} not; q {'equal' if same else 'NOT EQUAL'}"


def main() -> None:
    """Make the data if it is not there, and measure."""
    parser = argparse.ArgumentParser(description="The same search on DuckDB and on Spark.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--memory", default="4GB")
    asked = parser.parse_args()
    folder = asked.folder / f"planted-{asked.posts}"
    if not (folder / "posts.parquet").exists():
        with duckdb.connect() as connection:
            write(connection, Recipe(posts=asked.posts), folder)
    print(f"{asked.posts:,} posts; load of the machine {os.getloadavg()[0]:.1f}; DuckDB {duckdb.__version__}")
    traces = load_traces(SIGNALS)
    start = time.perf_counter()
    with duck(asked.memory) as ours, spark(asked.master, asked.memory) as theirs:
        print(f"Spark {theirs.session.version} on {asked.master} started after {time.perf_counter() - start:.1f} s")
        files = Asked((str(folder / "posts.parquet"),), needs=frozenset(("repost_of", "urls", "reply_to", "text")))
        clocked("DuckDB reads", ours, lambda: read(ours, files))
        clocked("handed to Spark", ours, lambda: Engines(ours, theirs).hand_over(traces))
        sums = [0.0] * 4
        for trace in traces:
            spent = [
                each
                for name, engine in (("DuckDB", ours), ("Spark", theirs))
                for each in clocked(f"{trace.name}: {name}", engine, lambda e=engine, t=trace: search(e, t))  # type: ignore[misc]
            ]
            sums = [one + more for one, more in zip(sums, spent, strict=True)]
            print(f"  {equal(ours, theirs)}")
    print(f"all: Spark took {sums[2] / sums[0]:.1f} times as long, {sums[3] / sums[1]:.1f} times the processor time")


if __name__ == "__main__":
    main()
