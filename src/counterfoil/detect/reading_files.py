"""The files of a data set: names, folders and patterns become files with a format, checked before they are read."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from counterfoil.detect.zstd_frames import is_whole
from counterfoil.errors import InputError

CHUNK = 1 << 20
HEAD = 1 << 18  #: bytes read to recognise a layout


class Form(StrEnum):
    """How a file holds its records."""

    CSV = "csv"
    LINES = "lines"  #: one JSON value a line
    ARRAY = "array"  #: one JSON array of records
    DOCUMENT = "document"  #: JSON objects that hold their records in a list
    SCRIPT = "script"  #: JavaScript of X's archive: `window.YTD.… = [records]`
    PARQUET = "parquet"


SUFFIXES = {
    ".csv": Form.CSV,
    ".tsv": Form.CSV,
    ".tab": Form.CSV,
    ".txt": Form.CSV,
    ".jsonl": Form.LINES,
    ".ndjson": Form.LINES,
    ".json": Form.DOCUMENT,
    ".js": Form.SCRIPT,
    ".parquet": Form.PARQUET,
    ".pq": Form.PARQUET,
}
PACKED = (".gz", ".zst")
KINDS = "CSV, TSV, JSON Lines, JSON (also .gz and .zst) or Parquet"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file and how it holds its records.

    Args:
        head: how it begins: bytes, unpacked; empty for Parquet.
        size: its bytes, unpacked (of Zstandard, at a guess).
    """

    path: Path
    form: Form
    head: bytes = b""
    size: int = 0


def find_files(named: Iterable[str]) -> list[DataFile]:
    """The files that names, folders (looked into) and patterns such as "data/*.csv" stand for, by name.

    Raises:
        InputError: nothing is there, a file's format is not known, or it is damaged in a way that can be told
            before it is read.
    """
    found: dict[Path, None] = {}
    for name in named:
        found.update(dict.fromkeys(_paths(name)))
    return [_looked(path) for path in found]


def _paths(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        inside = [
            one
            for one in sorted(path.rglob("*"))
            if one.is_file() and _suffix(one) in SUFFIXES and not _hidden(one.relative_to(path))
        ]
        if not inside:
            raise InputError(f"The folder {name} has no data file in it.", f"It may hold {KINDS}.")
        return inside
    if path.is_file():
        return [path]
    if any(letter in name for letter in "*?["):
        anchor = Path(path.anchor) if path.is_absolute() else Path()
        matched = sorted(
            one for one in anchor.glob(str(path.relative_to(anchor))) if one.is_file() and not one.name.startswith(".")
        )
        if not matched:
            raise InputError(f"No file matches {name}.", "Put the pattern in quotes, and check the folder.")
        return matched
    raise InputError(f"There is no file or folder {name}.", "Check the name; patterns such as 'data/*.csv' work too.")


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _suffix(path: Path) -> str:
    suffixes = [one.lower() for one in path.suffixes]
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _looked(path: Path) -> DataFile:
    form = SUFFIXES.get(_suffix(path))
    if form is None:
        raise InputError(f"The format of {path} cannot be told from its name.", f"It may be {KINDS}.")
    try:
        if path.stat().st_size == 0:
            raise InputError(f"{path} is empty.", "Leave it out, or get it again.")
        if form is Form.PARQUET:
            _check_parquet(path)
            return DataFile(path, form)
        size = path.stat().st_size
        if path.suffix.lower() == ".gz":
            size = _check_gzip(path)
        elif path.suffix.lower() == ".zst":
            if not is_whole(path):
                raise InputError(f"{path} is damaged or cut off, or no Zstandard file.", "Get the file again.")
            size *= 20
        head = _head(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror or error}.", "Check the file and its rights."
        ) from error
    if form is Form.CSV and head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{":
        form = Form.LINES  # JSON Lines under the name .txt
    return DataFile(path, _json_form(head) if form is Form.DOCUMENT else form, head, size)


def _json_form(head: bytes) -> Form:
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if text[:1] == b"[":
        return Form.ARRAY
    first, _, rest = text.partition(b"\n")
    whole_line = first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"
    return Form.LINES if whole_line else Form.DOCUMENT


def _check_parquet(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(max(path.stat().st_size - 4, 0))
        end = file.read(4)
    if start == b"PAR1" and end != b"PAR1":
        raise InputError(f"{path} is cut off: the end of a Parquet file is missing.", "Get the file again.")
    if start != b"PAR1":
        raise InputError(f"{path} is not a Parquet file.", "Check its format; the name says Parquet.")


def _check_gzip(path: Path) -> int:
    """Read to the end, and return the bytes that there are.

    The database does not check gzip's sums, and would read damaged rows as rows.
    """
    read = 0
    try:
        with gzip.open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                read += len(chunk)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            f"{path} is damaged or cut off after {read:,} bytes of its content.",
            f"Get the file again, or keep what can be read: gzip -dc {path.name} > {path.stem}",
        ) from error
    return read


def _head(path: Path) -> bytes:
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as file:
            return file.read(HEAD)
    if path.suffix.lower() == ".zst":
        return _zst_head(path)
    with path.open("rb") as file:
        return file.read(HEAD)


def _zst_head(path: Path) -> bytes:
    """The first lines of a Zstandard file, which Python reads from 3.14 on and DuckDB at once."""
    import duckdb

    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        try:
            rows = connection.execute(
                "SELECT line FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, "
                "delim = chr(1), quote = '', escape = '', compression = 'zstd', max_line_size = 16777216, "
                "buffer_size = 33554432, ignore_errors = true) LIMIT 200",
                [str(path)],
            ).fetchall()
        except duckdb.Error as error:
            raise InputError(f"{path} is damaged or no Zstandard file.", "Get the file again.") from error
    return "\n".join(line for (line,) in rows if line is not None).encode()[:HEAD]


def groups(files: Iterable[DataFile]) -> Iterator[list[DataFile]]:
    """Files of one form, one folder-wide layout and one header together: they are read as one table."""
    by_layout: dict[tuple[Form, bytes, bool], list[DataFile]] = {}
    for file in files:
        header = file.head.partition(b"\n")[0].rstrip(b"\r") if file.form is Form.CSV else b""
        if file.form is Form.PARQUET:
            header = str(file.path.parent).encode()
        by_layout.setdefault((file.form, header, file.path.suffix.lower() == ".zst"), []).append(file)
    yield from by_layout.values()
