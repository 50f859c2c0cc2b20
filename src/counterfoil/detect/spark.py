"""Spark as the engine: the same steps, on all cores of a machine or of a cluster.

Each table that is used more than once is laid down as Parquet in a scratch folder, so that no query has to be done
again, plans stay small, and what does not fit into memory is on disk; one that is used once, or only picks columns of
another, is a view. A cluster has to see the scratch folder under the same name as this machine: TMPDIR names a shared
disk.
"""

import logging
import os
import re
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from counterfoil.detect.dialect import to_spark
from counterfoil.detect.plan import Step
from counterfoil.errors import CounterfoilError, InputError, UsageError

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import DataFrame, SparkSession

INSTALL = "Run: pip install 'counterfoil[spark]', and have Java 17 or 21 installed; or leave --engine spark out."
LOCAL = "local[*]"  #: all cores of this machine
LEAST = 1024  #: megabytes without which Spark does not start
#: what the results hang on, and what small tables need
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # whole numbers that overflow are an error
    "spark.sql.caseSensitive": "false",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.legacy.sizeOfNull": "false",
    "spark.sql.parquet.compression.codec": "snappy",
    "spark.sql.parquet.int96RebaseModeInWrite": "CORRECTED",
    "spark.sql.execution.arrow.pyspark.enabled": "false",
}
EXCLUDED = "spark.sql.optimizer.excludedRules"
_RULES = "org.apache.spark.sql.catalyst.optimizer"
#: rules that copy an expression into each filter on it: nested ones, as of links, grow by thousands
REPEATING = ("PushDownPredicates", "InferFiltersFromConstraints")


class Spark:
    """A session of Spark in which steps are run."""

    def __init__(self, session: "SparkSession", folder: Path) -> None:
        self.session = session
        self.folder = folder
        self._made = 0
        self._laid: dict[str, Path] = {}

    def run(self, steps: Iterable[Step], keep: Iterable[str] = ()) -> None:
        """Make each step's table, one after the other; intermediate tables go when all are made.

        Args:
            keep: intermediate tables that stay.

        Raises:
            InputError: Spark could not go on.
        """
        planned = [(step.name, to_spark(step.sql)) for step in steps]
        used: Counter[str] = Counter()
        for _, query in planned:
            used.update(query.tables)
        kept = {*keep, planned[-1][0]} if planned else set()
        with plainly():
            for name, query in planned:
                frame = self.session.sql(query.sql)
                if name == planned[-1][0] or ((name in kept or used[name] > 1) and not query.plain):
                    self._lay(name, frame, heavy="REGEXP_" in query.sql)
                else:
                    frame.createOrReplaceTempView(name)
            for name, _ in planned:
                if name not in kept:
                    self.drop(name)

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to a query.

        Raises:
            InputError: Spark could not go on.
        """
        bound = list(values)
        with plainly():
            frame = self.session.sql(to_spark(sql).sql, args=bound) if bound else self.session.sql(to_spark(sql).sql)
            return [tuple(row) for row in frame.collect()]

    def take(self, name: str, files: str) -> None:
        """Give Parquet files a table's name.

        Raises:
            InputError: Spark does not see them.
        """
        with plainly():
            self.session.read.parquet(files).createOrReplaceTempView(name)

    def files(self, name: str) -> str:
        """A pattern for the Parquet files of a table that a step made."""
        return str(self._laid[name] / "*.parquet")

    def drop(self, name: str) -> None:
        """Let go of a table and its files."""
        self.session.catalog.dropTempView(name)
        if name in self._laid:
            shutil.rmtree(self._laid.pop(name), ignore_errors=True)

    def _lay(self, name: str, frame: "DataFrame", heavy: bool = False) -> None:
        """Write a table down, and read it from there from now on.

        Args:
            heavy: whether what filters ask for is costly to compute: filters then stay where they are.
        """
        from pyspark.sql.functions import col

        self._made += 1
        path = self.folder / f"{name}-{self._made}"
        short = {one for one, kind in frame.dtypes if kind == "int"}
        frame = frame.select(*[col(one).cast("bigint") if one in short else col(one) for one in frame.columns])
        self.session.conf.set(EXCLUDED, ",".join(f"{_RULES}.{rule}" for rule in REPEATING) if heavy else "")
        frame.write.parquet(str(path))
        before = self._laid.pop(name, None)
        self._laid[name] = path
        self.session.read.schema(frame.schema).parquet(str(path)).createOrReplaceTempView(name)
        if before:
            shutil.rmtree(before, ignore_errors=True)


@contextmanager
def spark(master: str = "", memory: str = "4GB", more: Mapping[str, str] | None = None) -> Iterator[Spark]:
    """An engine that lets go of everything when the block ends.

    A session that runs already in this process is used and left; else one is started and stopped.

    Args:
        master: as Spark has it: local[N], spark://HOST:PORT, yarn, k8s://…; "": this machine.
        memory: that Spark may use on this machine. A cluster's is set in its own spark-defaults.conf.
        more: settings of Spark's own, which win.

    Raises:
        UsageError: pyspark or Java is missing, or the master cannot be reached.
    """
    if master and not re.fullmatch(r"local(\[[\d*]+\])?|yarn|(spark|k8s)://\S+", master):
        raise UsageError(f"{master!r} is no master of Spark.", "Name local[4], spark://HOST:7077, yarn or k8s://….")
    with TemporaryDirectory(prefix="counterfoil-spark-", ignore_cleanup_errors=True) as made:
        scratch = Path(made)
        tables = scratch / "tables"
        tables.mkdir()
        with _session(
            {**_settings(master or LOCAL, memory, scratch), **(more or {})}, scratch / "spark.log"
        ) as session:
            own = session.newSession()
            for name, value in {**SETTINGS, **(more or {})}.items():
                if name.startswith("spark.sql.") and own.conf.isModifiable(name):
                    own.conf.set(name, value)
            yield Spark(own, tables)


@contextmanager
def _session(settings: Mapping[str, str], log: Path) -> "Iterator[SparkSession]":
    """The session that runs in this process, or one of our own."""
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError("The engine Spark needs pyspark, which is not installed.", INSTALL) from error
    if SparkContext._active_spark_context is not None:
        yield SparkSession.builder.getOrCreate()
        return
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise UsageError("The engine Spark needs Java, which is not installed.", INSTALL)
    for name in ("py4j", "SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they say is raised, too
    interrupt = signal.getsignal(signal.SIGINT)
    context = _started(SparkConf().setAll(list(settings.items())), log)
    try:
        yield SparkSession(context)
    finally:
        _stop(context)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, interrupt)  # Spark put its own in the place


def _stop(context: "SparkContext | None") -> None:
    """End Spark and its Java, also where one of them has gone already."""
    from py4j.protocol import Py4JError
    from pyspark import SparkContext

    gateway: Any = SparkContext._gateway
    with suppress(Py4JError, OSError):
        if context is not None:
            context.stop()
    SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
    if gateway is not None:
        with suppress(Py4JError, OSError):
            gateway.shutdown()
        gateway.proc.stdin.close()  # at which Java ends
        gateway.proc.wait()


def _settings(master: str, memory: str, scratch: Path) -> dict[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "counterfoil detect",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
    }
    if master.startswith("local"):
        settings |= {
            "spark.driver.memory": f"{_megabytes(memory)}m",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": str(scratch / "spilled"),
            "spark.sql.shuffle.partitions": str(4 * max(os.cpu_count() or 1, 4)),  # Spark makes fewer where less do
        }
    return settings


def _megabytes(memory: str) -> int:
    """ "4GB" in megabytes."""
    matched = re.fullmatch(r"([\d.]+)\s*([KMGT])i?B", memory, re.IGNORECASE)
    if not matched:
        raise UsageError(f"{memory!r} is no amount of memory.", "Write it as 4GB or 500MB.")
    return max(int(float(matched[1]) * 1024 ** ("KMGT".index(matched[2].upper()) - 1)), LEAST)


def _started(conf: "SparkConf", log: Path) -> "SparkContext":
    from py4j.protocol import Py4JError
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    try:
        with log.open("wb") as said:  # what Java says while it starts goes there and not between our own lines
            gateway = SparkContext._gateway or launch_gateway(conf, {"stdout": said, "stderr": said})
        return SparkContext(conf=conf, gateway=gateway)
    except (PySparkException, Py4JError) as error:
        lines = [line for line in log.read_text(errors="replace").splitlines() if re.search("Error|Exception", line)]
        why = (lines or [str(error)])[0].strip()
        master = str(conf.get("spark.master"))
        _stop(None)
        hint = INSTALL if master.startswith("local") else "Check that the master's address is right and that it runs."
        raise UsageError(f"Spark does not start on {master}: {why[:300]}", hint) from error


@contextmanager
def plainly() -> Iterator[None]:
    """Turns Spark's errors into ours.

    Raises:
        InputError: Spark could not go on.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise told(str(error)) from error


def told(said: str) -> CounterfoilError:
    """Spark's error as a sentence and a hint."""
    for pattern, sentence, hint in _KNOWN:
        if re.search(pattern, said):
            return InputError(f"Spark {sentence}.", hint)
    found = re.search(r"Caused by: [\w.$]*?(\w+): (.+)", said)
    first = f"{found[1]}: {found[2]}" if found else said.partition("\n")[0]
    return InputError(f"Spark cannot go on: {first.strip()[:300]}", "Without --engine spark, DuckDB does the same.")


_KNOWN = (
    (
        "No space left",
        "cannot go on: the disk is full while intermediate results are laid there",
        "Free some space, or name another disk by TMPDIR.",
    ),
    (
        "OutOfMemoryError|Java heap space|GC overhead",
        "cannot go on: the memory that it may use is not enough",
        "Allow more, as in --memory 8GB; on a cluster in its spark-defaults.conf.",
    ),
    (
        "FileNotFoundException|PATH_NOT_FOUND|FAILED_READ_FILE",
        "does not find the tables that were handed to it",
        "All machines of the cluster have to see the scratch folder: set TMPDIR to a folder on a shared disk.",
    ),
    ("Answer from Java side is empty|Connection refused", "went away while it worked", "Try with more --memory."),
)
