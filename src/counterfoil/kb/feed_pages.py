"""Pages of what is served."""

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LARGEST = 16_000_000  #: letters of a page
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objects are asked for; what is empty excludes none.

    `level` is the highest marking level. `after` is the number behind which to begin. `versions` are numbers, too.
    """

    root: str
    level: int
    after: int = 0
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """An object in the list of what is served: its number (when it was added) and version; `content` is its JSON."""

    added: int
    id: str
    version: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the wanted objects, the earliest added first, and whether there are more."""

    served: tuple[Served, ...] = field(default=())
    more: bool = False


def page(connection: sqlite3.Connection, wanted: Wanted, limit: int, whole: bool = True) -> Page:
    """The first `limit` of the wanted objects, or fewer if they are large; without their content unless `whole`."""
    where, values = _condition(wanted)
    columns = "o.added, o.id, o.version" + (", b.content" if whole else "")
    bodies = "JOIN bodies b ON b.id = o.body" if whole else ""
    # SQLite knows nothing of how many rows have the same root, and would walk through all of them.
    index = "ix_objects_id" if wanted.ids else "ix_objects_served"
    query = f"SELECT {columns} FROM objects o INDEXED BY {index} {bodies} WHERE {where} ORDER BY o.added LIMIT ?"  # noqa: S608
    found: list[Served] = []
    size = 0
    for row in connection.execute(query, (*values, limit + 1)):
        one = Served(*row)
        size += len(one.content)
        if len(found) == limit or (found and size > LARGEST):
            return Page(tuple(found), True)
        found.append(one)
    return Page(tuple(found))


def is_served(connection: sqlite3.Connection, root: str, level: int, identifier: str) -> bool:
    """Whether there is such an object for readers of that level."""
    query = "SELECT 1 FROM objects INDEXED BY ix_objects_id WHERE root = ? AND id = ? AND lowest <= ? AND highest >= ?"
    return connection.execute(query, (root, identifier, level, level)).fetchone() is not None


def time_of(added: int) -> str:
    """A number as a time."""
    return (_EPOCH + timedelta(microseconds=added)).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def number_of(moment: datetime) -> int:
    """A time as a number."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _condition(wanted: Wanted) -> tuple[str, tuple[str | int, ...]]:
    parts = ["o.root = ?", "o.added > ?", "o.lowest <= ?", "o.highest >= ?"]
    values: list[str | int] = [wanted.root, wanted.after, wanted.level, wanted.level]
    for column, among in (("o.id", wanted.ids), ("o.type", wanted.types)):
        if among:
            parts.append(f"{column} IN ({', '.join('?' * len(among))})")
            values += among
    if wanted.versions:
        parts.append(f"o.moment IN ({', '.join('?' * len(wanted.versions))})")
        values += wanted.versions
    return " AND ".join(parts), tuple(values)
