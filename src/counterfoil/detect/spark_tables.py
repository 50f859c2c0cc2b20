"""What goes to Spark and what comes back: posts there, edges and the posts behind them here.

Reading (fifteen layouts, bad rows) and everything after the edges (networks, evidence, files) stay with DuckDB; what
grows with the posts' pairs is done by Spark. Tables go from one to the other as Parquet.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from counterfoil.detect.dialect import to_spark
from counterfoil.detect.duck import Duck
from counterfoil.detect.plan import Step
from counterfoil.detect.spark import Spark, spark
from counterfoil.detect.trace import DUCKDB_ID, Trace, events_step, objects_sql
from counterfoil.errors import UsageError

ENGINES = ("duckdb", "spark")
TABLES = ("posts", "accounts", "namings")


@dataclass(frozen=True, slots=True)
class Engines:
    """Where a search is done.

    Args:
        duck: what reads and writes, and without `spark` does everything.
        spark: what makes the edges, if asked for.
    """

    duck: Duck
    spark: Spark | None = None

    def of(self, trace: Trace) -> Duck | Spark:
        """The engine that makes a trace's edges: what needs more than a SELECT stays with DuckDB."""
        own = trace.prepare is not None or trace.judge is not None
        return self.duck if self.spark is None or own else self.spark

    def hand_over(self, traces: Sequence[Trace]) -> None:
        """Give Spark, if it is asked for, the tables and columns that traces read.

        Raises:
            InputError: Spark does not see them.
        """
        if self.spark is None:
            return
        asked = [to_spark(events_step(trace).sql) for trace in traces if self.of(trace) is self.spark]
        columns = {"account", *(column for query in asked for column in query.columns)}
        for table in TABLES:
            if any(query.tables[table] for query in asked):
                there = [row[0] for row in self.duck.rows(f"DESCRIBE {table}")]
                chosen = ", ".join(column for column in there if column in columns)
                path = str(self.spark.folder / f"handed-{table}.parquet")
                self.duck.rows(f"COPY (SELECT {chosen} FROM {table}) TO '{_quoted(path)}' (FORMAT parquet)")
                self.spark.take(table, path)

    def bring_back(self, trace: Trace, rate: float | None) -> None:
        """Bring what `gathering.gather` reads: `edges`, `significance`, and of `near` the acts of edges that count.

        Objects get DuckDB's ids, which evidence asks for.

        Args:
            rate: of false discoveries; None: nothing was tested, and all edges count.
        """
        if self.spark is None or self.of(trace) is self.duck:
            return
        counting, where = ("edges", "") if rate is None else ("significance", f" WHERE q <= {rate:.17g}")
        ends = " UNION ".join(f"SELECT {end} FROM {counting}{where}" for end in ("source", "target"))
        steps = [
            Step("shown", f"SELECT message, account, moment, object FROM near WHERE account IN ({ends})"),
            Step(
                "labelled",
                "SELECT shown.message AS message, account, moment, label FROM shown "
                f"JOIN ({objects_sql(trace, 'shown')}) AS named "
                "ON named.message = shown.message AND named.object = shown.object",
            ),
        ]
        self.spark.run(steps)
        self._fetch("edges", "*", "edges")
        if rate is not None:
            self._fetch("significance", "*", "significance")
        self._fetch("near", f"message, account, moment, {DUCKDB_ID.format('label')} AS object", "labelled")
        self.spark.drop("labelled")

    def _fetch(self, name: str, columns: str, table: str) -> None:
        assert self.spark is not None
        files = _quoted(self.spark.files(table))
        self.duck.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {columns} FROM read_parquet('{files}')")


@contextmanager
def engines(duck: Duck, name: str, master: str = "", memory: str = "4GB") -> Iterator[Engines]:
    """DuckDB, and Spark beside it if it is asked for.

    Raises:
        UsageError: there is no such engine, or it cannot be started.
    """
    if name not in ENGINES:
        raise UsageError(f"There is no engine {name!r}.", f"Choose one of: {', '.join(ENGINES)}.")
    if name == "duckdb":
        if master:
            raise UsageError("A master is one of Spark.", "Add --engine spark, or leave --master out.")
        yield Engines(duck)
        return
    with spark(master, memory) as other:
        yield Engines(duck, other)


def _quoted(path: str) -> str:
    return path.replace("'", "''")
