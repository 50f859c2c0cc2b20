"""DuckDB as the engine: embedded, spills to disk under a stated cap."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from counterfoil.detect.plan import Step

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


INTERRUPTED = "Query interrupted"  #: what the database says after Ctrl-C


class Duck:
    """A database in memory (or a file of it on disk) in which steps are run."""

    def __init__(self, connection: "DuckDBPyConnection") -> None:
        self.connection = connection

    def run(self, steps: Iterable[Step], keep: Iterable[str] = ()) -> None:
        """Make each step's table, one after the other; intermediate tables go when all are made.

        Args:
            keep: intermediate tables that stay.
        """
        made = []
        for step in steps:
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}")
            made.append(step.name)
        for name in made[:-1]:
            if name not in set(keep):
                self.connection.execute(f"DROP TABLE {name}")

    def rows(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to a query."""
        return self.connection.execute(sql, list(values)).fetchall()


@contextmanager
def duck(memory: str = "4GB", threads: int = 0) -> Iterator[Duck]:
    """An engine in memory that lets go of everything when the block ends.

    Args:
        memory: what it may use before it spills to a temporary folder.
        threads: 0 means one for each core.
    """
    import duckdb

    with TemporaryDirectory(prefix="counterfoil-detect-") as spilled:
        connection = duckdb.connect(":memory:", config={"memory_limit": memory, "preserve_insertion_order": False})
        try:
            connection.execute("SET temp_directory = ?", [spilled])
            if threads:
                connection.execute(f"SET threads = {threads:d}")
            yield Duck(connection)
        except RuntimeError as error:
            if INTERRUPTED not in str(error):
                raise
            raise KeyboardInterrupt from error  # Ctrl-C while the database was at work
        finally:
            connection.close()
