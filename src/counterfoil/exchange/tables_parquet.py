"""A table as Apache Parquet, written by DuckDB.

DuckDB and not pyarrow: it is a third of the size, and what detects coordination here runs on it anyway.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from counterfoil.exchange.exporter import Exporter, Write
from counterfoil.exchange.tables import TABLES, Table, complete
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

_TYPES = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", tuple: "VARCHAR[]"}
_LONGEST_ROW = 512 * 1024 * 1024  #: bytes of a row on its way to DuckDB


def _parquet(table: Table) -> Write:
    def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
        connection = _duckdb()
        with TemporaryDirectory(prefix="counterfoil-") as folder, connection:
            rows, made = Path(folder) / "rows.jsonl", Path(folder) / "table.parquet"
            with rows.open("w", encoding="utf-8", newline="\n") as lines:
                for coded in incidents:
                    for row in table.rows(coded, framework):
                        lines.write(json.dumps(complete(table, row), ensure_ascii=False) + "\n")
            connection.execute(_copy(table, rows, made))
            with made.open("rb") as content:
                shutil.copyfileobj(content, out)

    return write


def _copy(table: Table, rows: Path, made: Path) -> str:
    """The statement; all in it is ours but the two paths, in which quotes are doubled."""
    columns = ", ".join(f"'{name}': '{_TYPES[kind]}'" for name, kind in table.columns.items())
    source, target = (str(path).replace("'", "''") for path in (rows, made))
    read = f"read_json('{source}', format='newline_delimited', columns={{{columns}}}, "
    read += f"maximum_object_size={_LONGEST_ROW})"
    return f"COPY (SELECT * FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608


def _duckdb() -> Any:
    import duckdb

    # One thread, so that rows keep their order and the bytes are the same; nothing is fetched.
    return duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False})


_PROFILES = {name: _parquet(table) for name, table in TABLES.items()}
EXPORTER = Exporter(
    "Parquet table", ".parquet", "application/vnd.apache.parquet", _PROFILES["citations"], _PROFILES, binary=True
)
