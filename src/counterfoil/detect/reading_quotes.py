"""Quotes that never close: a CSV reader takes all that follows for one value, and would lose those rows unseen.

The database says where such a row begins, but resumes wherever its next buffer does. So the line is blanked in a copy
of the file, kept among the rejected rows, and the file is read again: what is lost is one line, not all after it.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from counterfoil.detect.reading_files import CHUNK, DataFile
from counterfoil.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROUNDS = 20  #: of reading again, each blanking all lines that were found
KEPT = 10_000  #: letters of a row that the database keeps


def swallowing(connection: "DuckDBPyConnection") -> dict[str, dict[int, str]]:
    """Rows of the last reading that swallowed others: file -> position of the row in bytes -> its first line."""
    if not connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'").fetchall()[0][
        0
    ]:
        return {}
    rows = connection.execute(
        "SELECT DISTINCT s.file_path, e.line_byte_position, e.csv_line FROM reject_errors AS e JOIN reject_scans AS s "
        "ON s.scan_id = e.scan_id AND s.file_id = e.file_id WHERE CAST(e.error_type AS VARCHAR) IN "
        "('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM') "
        f"AND (contains(e.csv_line, chr(10)) OR length(e.csv_line) >= {KEPT})"
    ).fetchall()
    found: dict[str, dict[int, str]] = {}
    for path, position, line in rows:
        found.setdefault(path, {})[int(position)] = line.partition("\n")[0].rstrip("\r")
    return found


def blanked(file: DataFile, lines: dict[int, str], copy: Path) -> DataFile:
    """A copy of the file in which some lines are blank.

    Args:
        lines: position in bytes -> how the line begins.

    Raises:
        InputError: the lines are not where they should be.
    """
    waiting = sorted(lines.items())
    with _opened(file.path) as source, copy.open("wb") as out:
        position = 0
        for line in _lines(source):
            # A byte order mark is not always counted.
            if (
                waiting
                and position + len(line) > waiting[0][0]
                and line.decode("utf-8", "replace").startswith(waiting[0][1][:200])
            ):
                waiting.pop(0)
                out.write(b"\r\n" if line.endswith(b"\r\n") else b"\n")
            else:
                out.write(line)
            position += len(line)
    if waiting:
        raise InputError(
            f"{file.path} has quotes that never close, so that its rows cannot be told apart.",
            "Write it again as CSV with every value quoted and quotes doubled, or as JSON Lines.",
        )
    return DataFile(copy, file.form, file.head, file.size)


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else path.open("rb")


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    """Lines, or pieces of those that are longer than any row may be."""
    while line := source.readline(16 * CHUNK):
        yield line
