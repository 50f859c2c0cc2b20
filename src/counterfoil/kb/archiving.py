"""Every row of a workspace on its way into an archive and back.

What can be computed again (search, facets, extractions as analysts left them) does not go along. Row numbers are
given anew in an order that does not depend on which row was stored first: see `NUMBERED`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, Integer, Table, select, union
from sqlalchemy.exc import DatabaseError, InterfaceError

from counterfoil.errors import InputError
from counterfoil.kb.tables import item_decisions, metadata, originals, parcels, reports

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace

Row = dict[str, Any]

#: Follows from the other tables, and is made anew.
DERIVED = frozenset(
    "extractions names names_pending incident_facets report_facets "
    "search_entries search_passages search_sources search_pending".split()
)
#: Numbered tables -> within what their order counts ("the last decision on an item"). Among those rows the order
#: stays; all together are ordered by time.
NUMBERED: Mapping[str, tuple[str, ...]] = {
    "runs": ("report",),
    "decisions": ("suggestion",),
    "item_decisions": ("report", "item"),
    "name_decisions": (),
    "incident_changes": ("incident",),
}
#: Columns that hold structure, as JSON: what their text must be. An item's decision may have none.
_STRUCTURED: Mapping[str, Mapping[str, type]] = {
    "reports": {"blocks": list, "pages": list, "notes": list},
    "suggestions": {"spans": list, "reasons": list},
    "found_extractions": {"content": dict},
    "item_decisions": {"content": dict},
    "incidents": {"details": dict},
    "kept": {"content": dict},
}
_AT_ONCE = 500  #: rows of one statement; reports that are worked out anew in one transaction


def archived_tables() -> list[Table]:
    """The tables whose rows an archive holds, each after those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in DERIVED]


def number_rows(connection: Connection) -> None:
    """Give every numbered row its number in the archive, for this transaction."""
    for name, within in NUMBERED.items():
        parts = ", ".join(within)
        part = f"PARTITION BY {parts} " if within else ""
        order = f", {parts}" if within else ""
        connection.exec_driver_sql(f"CREATE TEMP TABLE numbers_{name} (id INTEGER PRIMARY KEY, number INTEGER)")
        # A clock that was put back must not turn the order of two decisions: the latest time so far counts.
        connection.exec_driver_sql(
            f"INSERT INTO numbers_{name} SELECT id, row_number() OVER (ORDER BY latest{order}, id) FROM "  # noqa: S608
            f"(SELECT *, max(at) OVER ({part}ORDER BY id) AS latest FROM {name})"
        )


def rows_of(connection: Connection, table: Table) -> Iterator[Row]:
    """A table's rows by their keys, after `number_rows`; one at a time."""
    columns = ", ".join(f"{_numbered(column)} AS {_quoted(column.name)}" for column in table.columns)
    keys = ", ".join(str(number) for number, column in enumerate(table.columns, 1) if column.primary_key)
    for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table.name} t ORDER BY {keys}"):  # noqa: S608
        yield dict(row._mapping)


def _numbered(column: Column[Any]) -> str:
    """The column's value; of a number of a numbered table, that of the archive."""
    plain = f"t.{_quoted(column.name)}"
    owner = column.table.name if column.primary_key and isinstance(column.type, Integer) else ""
    for key in column.foreign_keys:
        owner = key.column.table.name
    if owner not in NUMBERED:
        return plain
    return f"(SELECT number FROM numbers_{owner} n WHERE n.id = {plain})"  # noqa: S608


def _quoted(name: str) -> str:
    return f'"{name}"'


def kept_files(connection: Connection) -> Iterator[str]:
    """The hashes of all files that the workspace keeps, in their order."""
    wanted = select(parcels.c.sha256).where(parcels.c.state != "dropped")  # a dropped one's file is deleted
    both = union(select(originals.c.sha256), wanted).subquery("files")
    yield from connection.execute(select(both.c.sha256).order_by(both.c.sha256)).scalars()


def load_rows(workspace: "Workspace", tables: Mapping[str, Iterable[Row]]) -> None:
    """Put rows into an empty workspace of any schema, all or none.

    Raises:
        InputError: a table or column that it does not have, is missing, or rows that contradict each other.
    """
    with _refused(), workspace.engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        wanted = _wanted_tables(connection)
        if set(tables) != wanted:
            odd = ", ".join(sorted(set(tables) ^ wanted))
            raise InputError(f"An archive of this schema has other tables (see: {odd}).", "Make the archive again.")
        for table in metadata.sorted_tables:
            if table.name in wanted:
                _insert(connection, table.name, tables[table.name])
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise InputError(f"A row of {broken[0]} refers to one of {broken[2]} that is not there.")
        connection.commit()


def _wanted_tables(connection: Connection) -> set[str]:
    """The tables of the workspace's schema, whatever it is, that an archive holds."""
    here = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    return (here & metadata.tables.keys()) - DERIVED


def _insert(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
    names = ", ".join(map(_quoted, columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    source = iter(rows)
    while some := list(islice(source, _AT_ONCE)):
        for row in some:
            _check(table, row, columns)
        connection.exec_driver_sql(statement, [tuple(row[name] for name in columns) for row in some])


def _check(table: str, row: Row, columns: list[str]) -> None:
    if row.keys() != set(columns):
        odd = ", ".join(sorted(row.keys() ^ set(columns)))
        raise InputError(f"A row of {table} has not the columns of this schema (see: {odd}).")
    if any(isinstance(value, bool | list | dict) for value in row.values()):
        raise InputError(f"A row of {table} holds what is neither a text nor a number.")
    for name, kind in _STRUCTURED.get(table, {}).items():
        said = row.get(name, "")  # an older schema may not have it
        if not _is_json(said, kind) and not (said == "" and (table == item_decisions.name or name not in row)):
            raise InputError(f"A row of {table} has in {name} what no workspace writes there.")
    if table == reports.name:
        digest = sha256(str(row["text"]).encode("utf-8", "surrogatepass")).hexdigest()
        if digest != row["sha256"] or row["id"] != f"R-{digest[:12]}":
            raise InputError(f"The text of the report {row['id']} is not the one that its hash names.")


def _is_json(text: object, kind: type) -> bool:
    try:
        return isinstance(text, str) and isinstance(json.loads(text), kind)
    except (ValueError, RecursionError):
        return False


@contextmanager
def _refused() -> Iterator[None]:
    """Say what the database would not take."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise InputError(f"The archive holds rows that contradict each other: {error.orig}.") from error
    except (OverflowError, UnicodeError) as error:
        raise InputError(f"The archive holds a value that no workspace can: {error}.") from error


def compute_derived(workspace: "Workspace") -> None:
    """Work out what follows from the rows of a workspace that is up to date."""
    from counterfoil.kb.items import refresh

    with workspace.reading() as connection:
        ids = list(connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars())
    for start in range(0, len(ids), _AT_ONCE):
        with workspace.writing() as connection:
            refresh(connection, ids[start : start + _AT_ONCE])
    with workspace.writing():
        pass  # what waits for the search is indexed at the end of every transaction
