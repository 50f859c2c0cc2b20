"""A group of like files as one table of the engine: what to select from, and how a column of it is named."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counterfoil.detect.reading_files import DataFile, Form
from counterfoil.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINE = 16 << 20  #: bytes of the longest line
_LINES = f"max_line_size = {LINE}, buffer_size = {2 * LINE}"
RECORD = 32 << 20  #: bytes of the largest record of a JSON array
DOCUMENT = 2 << 30  #: bytes of the largest JSON document that holds its records in a list
DEEPEST = 5  #: steps of a path that is looked at
SAMPLE = 400  #: records looked at to tell what a column holds
DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Source:
    """Files that are read as one table.

    Args:
        table: what stands after FROM; of JSON, a table with the column `record`.
        kinds: the columns and their types (of JSON: the paths seen, all VARCHAR).
        samples: values of each column.
        records: of JSON: some records, parsed.
    """

    files: tuple[DataFile, ...]
    form: Form
    table: str
    kinds: dict[str, str]
    samples: dict[str, list[object]] = field(default_factory=dict)
    records: tuple[object, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in messages."""
        first = str(self.files[0].path)
        return first if len(self.files) == 1 else f"{first} and {len(self.files) - 1} more"

    @property
    def is_json(self) -> bool:
        return self.form not in (Form.CSV, Form.PARQUET)


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def column(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def json_path(path: str) -> str:
    """ "user.id" or "urls[*].expanded_url" as a JSON path."""
    steps = []
    for step in path.split("."):
        plain = step.removesuffix("[*]")
        steps.append('."' + plain.replace('"', '\\"') + '"' + ("[*]" if step.endswith("[*]") else ""))
    return "$" + "".join(steps)


def open_source(connection: "DuckDBPyConnection", files: list[DataFile]) -> Source:
    """The table that a group of files makes, with samples of what it holds.

    Raises:
        InputError: it has no header, or cannot be read.
    """
    form = files[0].form
    if form is Form.CSV:
        return _csv(connection, files)
    names = _names(files)
    if form is Form.PARQUET:
        table = f"read_parquet({names}, union_by_name = true)"
        described = connection.execute(f"DESCRIBE SELECT * FROM {table}").fetchall()
        kinds = {str(row[0]): str(row[1]) for row in described}
        return Source(tuple(files), form, table, kinds, _samples(connection, table, kinds))
    return with_records(
        connection, Source(tuple(files), form, _records(form, names, max(one.size for one in files)), {}), ""
    )


def with_files(source: Source, files: Iterable[DataFile]) -> Source:
    """The same source read from other files of its layout."""
    others = tuple(files)
    return replace(source, files=others, table=source.table.replace(_names(source.files), _names(others)))


def _records(form: Form, names: str, size: int) -> str:
    if form is Form.LINES:
        # Lines as text: what is no JSON is then set aside, and not dropped by the database.
        return (
            f"(SELECT line AS record FROM read_csv({names}, columns = {{'line': 'VARCHAR'}}, auto_detect = false, "
            f"header = false, delim = chr(1), quote = '', escape = '', {_LINES}) WHERE line <> '')"
        )
    if form is Form.SCRIPT:
        body = "rtrim(substr(content, strpos(content, '=') + 1), '; \n\r')"
        return f"(SELECT unnest(CAST(CAST({body} AS JSON) AS JSON[])) AS record FROM read_text({names}))"
    kind = "array" if form is Form.ARRAY else "unstructured"
    largest = RECORD if form is Form.ARRAY else min(max(size + 1024, RECORD), DOCUMENT)
    return (
        f"(SELECT json AS record FROM read_json_objects({names}, format = '{kind}', maximum_object_size = {largest}))"
    )


def with_records(connection: "DuckDBPyConnection", source: Source, items: str) -> Source:
    """The source whose records stand in the list `items` (a path; "" for the records themselves) of each value."""
    table = source.table
    if items:
        valid = "CASE WHEN json_valid(record) THEN record END"
        inner = f"CAST(json_extract({valid}, {text(json_path(items))}) AS JSON[])"
        table = f"(SELECT unnest({inner}) AS record FROM {source.table})"
    rows = connection.execute(f"SELECT CAST(record AS VARCHAR) FROM {table} LIMIT {SAMPLE}").fetchall()
    records = []
    for (row,) in rows:
        try:
            records.append(json.loads(row))
        except (ValueError, TypeError, RecursionError):
            continue  # counted and set aside when all is read
    samples: dict[str, list[object]] = {}
    for record in records:
        _flatten(record, "", samples)
    kinds = dict.fromkeys(samples, "VARCHAR")
    return Source(source.files, source.form, table, kinds, samples, tuple(records))


def _flatten(value: object, path: str, samples: dict[str, list[object]]) -> None:
    if isinstance(value, dict) and path.count(".") < DEEPEST:
        for key, inner in value.items():
            if "." not in key:
                _flatten(inner, f"{path}.{key}" if path else key, samples)
    elif path:
        samples.setdefault(path, []).append(value)


def _csv(connection: "DuckDBPyConnection", files: list[DataFile]) -> Source:
    head = files[0].head
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    first = head.decode("utf-16" if wide else "utf-8-sig", "replace").lstrip("\r\n")
    delimiter = _delimiter(files[0], first)
    names = _header(files[0], first, delimiter)
    columns = ", ".join(f"{text(one)}: 'VARCHAR'" for one in names)
    escape = "\\" if '\\"' in first and '""' not in first.replace(f'{delimiter}""', "") else '"'
    table = (
        f"read_csv({_names(files)}, auto_detect = false, header = true, delim = {text(delimiter)}, "
        f"quote = '\"', escape = {text(escape)}, columns = {{{columns}}}, {_LINES}"
        + (", encoding = 'utf-16'" if wide else "")
        + (", store_rejects = true, rejects_limit = 0)")
    )
    kinds = dict.fromkeys(names, "VARCHAR")
    looking = table.replace("store_rejects = true, rejects_limit = 0", "ignore_errors = true")
    return Source(tuple(files), Form.CSV, table, kinds, _samples(connection, looking, kinds))


def _delimiter(file: DataFile, text_of: str) -> str:
    line = text_of.partition("\n")[0]
    if file.path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    return max(DELIMITERS, key=lambda one: (line.count(one), -DELIMITERS.index(one)))


def _header(file: DataFile, text_of: str, delimiter: str) -> list[str]:
    import csv

    try:
        names = [one.strip() for one in next(csv.reader(text_of.splitlines(), delimiter=delimiter))]
    except (csv.Error, StopIteration) as error:
        raise InputError(
            f"The first row of {file.path} cannot be read: {error}.", "It must name the columns."
        ) from error
    if all(_is_value(one) for one in names):
        raise InputError(
            f"{file.path} has no row of column names: its first row is {', '.join(names)[:80]}.", "Add one."
        )
    seen: dict[str, int] = {}
    unique = []
    for place, name in enumerate(names, start=1):
        plain = name or f"column {place}"
        seen[plain.lower()] = seen.get(plain.lower(), 0) + 1
        unique.append(plain if seen[plain.lower()] == 1 else f"{plain} {seen[plain.lower()]}")
    return unique


def _is_value(name: str) -> bool:
    return name == "" or name.replace(".", "").replace("-", "").replace(":", "").replace(" ", "").isdigit()


def _names(files: Iterable[DataFile]) -> str:
    # Square brackets and the like in a file's name are letters here, not a pattern.
    return "[" + ", ".join(text(_plain_name(str(one.path))) for one in files) + "]"


def _plain_name(path: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in path)


def _samples(connection: "DuckDBPyConnection", table: str, kinds: dict[str, str]) -> dict[str, list[object]]:
    rows = connection.execute(f"SELECT * FROM {table} LIMIT {SAMPLE}").fetchall()
    return {name: [row[place] for row in rows] for place, name in enumerate(kinds)}
