"""What incidents give to the feed, and what is served of it."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from counterfoil.kb.feed import mark, set_mark
from counterfoil.kb.feed_pages import number_of, time_of

Object = dict[str, Any]
Merge = Callable[[Sequence[Object]], Object]

LAST_ADDED = "last added"
SETTLED_TOGETHER = 2000  #: objects of one transaction


@dataclass(frozen=True, slots=True)
class Given:
    """An incident's objects, each with the marking level up from which it is served (0 for CLEAR)."""

    incident: str
    fingerprint: str
    objects: tuple[tuple[int, Object], ...]


def known_fingerprints(connection: sqlite3.Connection, root: str) -> dict[str, str]:
    """The incidents that gave their objects, and how they looked then."""
    return dict(connection.execute("SELECT id, fingerprint FROM incidents WHERE root = ?", (root,)).fetchall())


def forget_fingerprints(connection: sqlite3.Connection, root: str) -> None:
    """Have every incident looked at again; what it gave stays until then."""
    connection.execute("UPDATE incidents SET fingerprint = '' WHERE root = ?", (root,))


def take_back(connection: sqlite3.Connection, root: str, incidents: Iterable[str]) -> None:
    """Take back what incidents gave."""
    for incident in incidents:
        ours = (root, incident)
        query = "SELECT root, object FROM fragments WHERE root = ? AND incident = ?"
        _unsettle(connection, connection.execute(query, ours).fetchall())
        connection.execute("DELETE FROM fragments WHERE root = ? AND incident = ?", ours)
        connection.execute("DELETE FROM incidents WHERE root = ? AND id = ?", ours)


def give(connection: sqlite3.Connection, root: str, given: Given) -> None:
    """Store what an incident gives now, in place of what it gave before."""
    query = "SELECT object, level, body FROM fragments WHERE root = ? AND incident = ?"
    before = {one: (level, body) for one, level, body in connection.execute(query, (root, given.incident))}
    now = {made["id"]: (level, _body(connection, made)) for level, made in given.objects}
    other = [one for one in now if before.get(one) != now[one]]
    gone = [one for one in before if one not in now]
    rows = [(root, given.incident, one) for one in gone]
    connection.executemany("DELETE FROM fragments WHERE root = ? AND incident = ? AND object = ?", rows)
    made = [(root, given.incident, one, *now[one]) for one in other]
    connection.executemany("INSERT OR REPLACE INTO fragments VALUES (?, ?, ?, ?, ?)", made)
    _unsettle(connection, [(root, one) for one in (*other, *gone)])
    looks = (root, given.incident, given.fingerprint)
    connection.execute("INSERT OR REPLACE INTO incidents VALUES (?, ?, ?)", looks)


def settle(connection: sqlite3.Connection, root: str, levels: int, merge: Merge) -> bool:
    """Bring some of what is served in step with what incidents give; False if all of it is.

    Args:
        levels: how many marking levels are served, from CLEAR on.
        merge: makes one object of what several incidents give.
    """
    query = "SELECT place, object FROM unsettled WHERE root = ? ORDER BY place LIMIT ?"
    some = connection.execute(query, (root, SETTLED_TOGETHER)).fetchall()
    clock = _Clock(int(mark(connection, LAST_ADDED) or 0))
    for _, one in some:
        wanted = list(_ranges(connection, root, one, levels, merge))
        served = _served(connection, root, one)
        kept = {(low, high, body) for low, high, body, _ in wanted}
        stale = [(added,) for row, added in served.items() if row not in kept]
        connection.executemany("DELETE FROM objects WHERE added = ?", stale)
        for low, high, body, made in wanted:
            if (low, high, body) not in served:
                added = clock.next()
                version, moment = _version(made, added)
                row = (added, root, one, low, high, made["type"], version, moment, body)
                connection.execute("INSERT INTO objects VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    connection.executemany("DELETE FROM unsettled WHERE place = ?", [(place,) for place, _ in some])
    set_mark(connection, LAST_ADDED, str(clock.last))
    return bool(some)


def _served(connection: sqlite3.Connection, root: str, one: str) -> dict[tuple[int, int, int], int]:
    query = "SELECT lowest, highest, body, added FROM objects INDEXED BY ix_objects_id WHERE root = ? AND id = ?"
    return {(low, high, body): added for low, high, body, added in connection.execute(query, (root, one))}


def _unsettle(connection: sqlite3.Connection, objects: Iterable[tuple[str, str]]) -> None:
    connection.executemany("INSERT OR IGNORE INTO unsettled (root, object) VALUES (?, ?)", objects)


def sweep(connection: sqlite3.Connection) -> None:
    """Drop the contents that nothing refers to any more."""
    connection.execute(
        """DELETE FROM bodies WHERE NOT EXISTS (SELECT 1 FROM fragments f WHERE f.body = bodies.id)
        AND NOT EXISTS (SELECT 1 FROM objects o WHERE o.body = bodies.id)"""
    )


def _version(made: Object, added: int) -> tuple[str, int]:
    """When an object last changed, as written and as a number; where it says so nowhere, as cyber-observables do,
    when it was added."""
    written = str(made.get("modified") or made.get("created") or "")
    try:
        return written, number_of(datetime.fromisoformat(written).astimezone(UTC))
    except (ValueError, OverflowError):
        return time_of(added), added


class _Clock:
    """Times that grow, in microseconds since 1970."""

    def __init__(self, last: int) -> None:
        self.last = last

    def next(self) -> int:
        self.last = max(self.last + 1, time.time_ns() // 1000)
        return self.last


def _ranges(
    connection: sqlite3.Connection, root: str, one: str, levels: int, merge: Merge
) -> Iterator[tuple[int, int, int, Object]]:
    """What is to be served of an object: (lowest level, highest, body, object)."""
    query = """
        SELECT f.level, f.body, b.content FROM fragments f JOIN bodies b ON b.id = f.body
        WHERE f.root = ? AND f.object = ? GROUP BY f.level, f.body ORDER BY min(f.incident), f.body"""
    given = connection.execute(query, (root, one)).fetchall()
    starts = sorted({level for level, _, _ in given if level < levels})
    made: list[tuple[int, int, Object]] = []
    for low in starts:
        read = {body: content for level, body, content in given if level <= low}
        parts = [json.loads(content) for content in read.values()]
        whole = parts[0] if len(parts) == 1 else merge(parts)
        body = next(iter(read)) if len(parts) == 1 else _body(connection, whole)
        if not made or made[-1][1] != body:
            made.append((low, body, whole))
    for place, (low, body, whole) in enumerate(made):
        high = made[place + 1][0] - 1 if place + 1 < len(made) else levels - 1
        yield low, high, body, whole


def _body(connection: sqlite3.Connection, made: Object) -> int:
    content = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    content = content.encode("utf-8", "replace").decode()  # SQLite has no place for half of a letter
    digest = sha256(content.encode()).digest()
    row = connection.execute("SELECT id FROM bodies WHERE hash = ?", (digest,)).fetchone()
    if row is None:
        statement = "INSERT INTO bodies (hash, content) VALUES (?, ?) RETURNING id"
        row = connection.execute(statement, (digest, content)).fetchone()
    return int(row[0])
