"""What is served to subscribers, in a database of its own beside the workspace's: `taxii.db`.

Everything in it but the tokens follows from the workspace and is made anew if it is lost: then all objects count as
added then. It is no part of an archive, so that a copy of a workspace opens no doors.

`fragments` are the objects as each incident gives them; `objects` what is served of them: of an object that several
incidents speak of, one row for each range of marking levels in which it reads the same. `unsettled` are those of which
incidents give something else than what is served. A row's number is the time at
which it was added, in microseconds since 1970: it grows from row to row, also when the clock is set back.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counterfoil.errors import WorkspaceError

DATABASE = "taxii.db"
VERSION = 1
PATIENCE = 30.0  #: seconds to wait for another process that is writing

_SCHEMA = """
CREATE TABLE tokens (
    name TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, level INTEGER NOT NULL, created TEXT NOT NULL,
    revoked TEXT NOT NULL
) STRICT;
CREATE TABLE fetched (
    address TEXT NOT NULL, collection TEXT NOT NULL, added_after TEXT NOT NULL, PRIMARY KEY (address, collection)
) STRICT;
CREATE TABLE marks (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE incidents (
    root TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, PRIMARY KEY (root, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE unsettled (
    place INTEGER PRIMARY KEY, root TEXT NOT NULL, object TEXT NOT NULL, UNIQUE (root, object)
) STRICT;
CREATE TABLE bodies (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, content TEXT NOT NULL) STRICT;
CREATE TABLE fragments (
    root TEXT NOT NULL, incident TEXT NOT NULL, object TEXT NOT NULL, level INTEGER NOT NULL, body INTEGER NOT NULL,
    PRIMARY KEY (root, incident, object)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_fragments_object ON fragments (root, object, level, body, incident);
CREATE INDEX ix_fragments_body ON fragments (body);
CREATE TABLE objects (
    added INTEGER PRIMARY KEY, root TEXT NOT NULL, id TEXT NOT NULL, lowest INTEGER NOT NULL, highest INTEGER NOT NULL,
    type TEXT NOT NULL, version TEXT NOT NULL, moment INTEGER NOT NULL, body INTEGER NOT NULL
) STRICT;
CREATE INDEX ix_objects_served ON objects (root, added, lowest, highest, type, id, version, moment, body);
CREATE INDEX ix_objects_id ON objects (root, id, lowest, highest, body, added);
CREATE INDEX ix_objects_body ON objects (body);
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """The database of what is served. Safe for several threads: each reader and writer has a connection of its own."""

    path: Path

    @classmethod
    def open(cls, folder: Path) -> "Feed":
        """The feed of the workspace in `folder`, made if there is none.

        Raises:
            WorkspaceError: it cannot be opened, or is a later version's.
        """
        feed = cls(folder / DATABASE)
        with feed._connected() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise WorkspaceError(
                    f"{feed.path} is of a later version of Counterfoil.",
                    "Update Counterfoil: pip install --upgrade counterfoil.",
                )
            if version < VERSION:
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
        return feed

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A consistent view."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is stored when the block ends, or nothing is."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection  # closing the connection undoes what was not committed
            connection.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA cache_size = -32768")
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise WorkspaceError(
                f"The database {self.path} failed: {error}.",
                "If it is damaged, remove it: it is made anew, without its tokens.",
            ) from error


def mark(connection: sqlite3.Connection, name: str) -> str:
    """A remembered value, "" if there is none."""
    row = connection.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def set_mark(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Remember a value."""
    connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))


def fetched_until(connection: sqlite3.Connection, address: str, collection: str) -> str:
    """The time up to which somebody else's collection was fetched, as its server wrote it; "" if it never was."""
    query = "SELECT added_after FROM fetched WHERE address = ? AND collection = ?"
    row = connection.execute(query, (address, collection)).fetchone()
    return str(row[0]) if row else ""


def set_fetched(connection: sqlite3.Connection, address: str, collection: str, until: str) -> None:
    """Remember up to which time somebody else's collection was fetched."""
    connection.execute("INSERT OR REPLACE INTO fetched VALUES (?, ?, ?)", (address, collection, until))
