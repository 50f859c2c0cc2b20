"""Actors and observables of all reports: lists, and what is known of one. Read from the search's index."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from counterfoil.kb.folding import fold
from counterfoil.kb.indexing import PART, first_id
from counterfoil.model.framework import Framework

Row = tuple[Any, ...]
RELATED = 300  #: latest reports in which related things are looked for
ORDERS: Mapping[str, str] = {"reports": "e.weight DESC, e.title, e.id", "name": "e.key, e.id"}


@dataclass(frozen=True, slots=True)
class Known:
    """An actor or observable. `about` is its kind (and state, platform), `reports` how many name it."""

    entry: int
    key: str
    name: str
    others: tuple[str, ...]
    about: str
    reports: int

    @property
    def kind(self) -> str:
        return self.about.partition(" · ")[0]


@dataclass(frozen=True, slots=True)
class Naming:
    """A report that names it; `facts` are the parts of the report's extraction that were asked for."""

    report: str
    title: str
    publisher: str
    published: str
    added: str
    facts: Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that occurs in the same reports, and in how many of them."""

    id: str
    name: str
    about: str
    reports: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which are wanted: words of the name, kinds (any of them), and one of ORDERS."""

    q: str = ""
    kinds: tuple[str, ...] = ()
    order: str = "reports"


def list_known(
    connection: Connection, kind: str, wanted: Filter, limit: int, offset: int = 0
) -> tuple[list[Known], int]:
    """Actors or observables (`kind` "actor" or "observable"), and how many there are in all."""
    first = first_id(kind)
    conditions = ["e.id >= ?", "e.id < ?", "e.weight > 0"]
    values: list[Any] = [first, first + (1 << 40)]
    if wanted.kinds:
        conditions.append(f"({' OR '.join(['e.about = ? OR e.about LIKE ?'] * len(wanted.kinds))})")
        values += [value for one in wanted.kinds for value in (one, f"{one} · %")]
    words = fold(wanted.q).split()[:20]
    if words:
        expression = " AND ".join(f'{{title body}} : "{word}" *' for word in words)
        conditions.append("e.id IN (SELECT rowid FROM search_lines WHERE search_lines MATCH ? AND rowid >= ?)")
        values += [expression, first]
    where = " AND ".join(conditions)
    total = _rows(connection, f"SELECT count(*) FROM search_entries e WHERE {where}", values)[0][0]  # noqa: S608
    order = ORDERS.get(wanted.order, ORDERS["reports"])
    query = f"{_ENTRY} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    return [_known(row) for row in _rows(connection, query, (*values, limit, offset))], int(total)


def counted_kinds(connection: Connection, kind: str) -> dict[str, int]:
    """How many actors or observables there are of each kind (type), commonest first."""
    first = first_id(kind)
    query = "SELECT about, count(*) FROM search_entries WHERE id >= ? AND id < ? AND weight > 0 GROUP BY about"
    counts: dict[str, int] = {}
    for about, count in _rows(connection, query, (first, first + (1 << 40))):
        name = about.partition(" · ")[0]
        counts[name] = counts.get(name, 0) + count
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def known_actor(connection: Connection, name: str) -> Known | None:
    """The actor that goes by that name in some report, however it is spelled there (case, accents)."""
    rows = _rows(connection, f"{_ENTRY} WHERE e.kind = 'actor' AND e.key = ?", (" ".join(fold(name).split()),))
    return _known(rows[0]) if rows else None


def known_observables(connection: Connection, value: str) -> list[Known]:
    """The observables of that value: seldom more than one type has it."""
    first = first_id("observable")
    query = f"{_ENTRY} WHERE e.id >= ? AND e.id < ? AND e.title = ? ORDER BY e.weight DESC"
    return [_known(row) for row in _rows(connection, query, (first, first + (1 << 40), value))]


def names_said(connection: Connection, one: Known) -> dict[str, int]:
    """Every name that reports give it, and in how many of them; its own names before other ones."""
    query = "SELECT said, count(*) FROM search_sources WHERE entry = ? GROUP BY said"
    counts: dict[str, int] = {}
    others: dict[str, int] = {}
    for said, count in _rows(connection, query, (one.entry,)):
        plain = json.loads(said)
        counts[plain["name"]] = counts.get(plain["name"], 0) + count
        for other in plain["others"]:
            others[other] = others.get(other, 0) + count
    for name, count in others.items():
        counts.setdefault(name, count)
    return counts


def naming(connection: Connection, one: Known, kinds: Sequence[str], limit: int, offset: int = 0) -> list[Naming]:
    """Reports that name it, latest first, with those kinds of their extractions (as analysts left them)."""
    parts = ", ".join(f"json_extract(x.content, '$.{kind}')" for kind in kinds)
    query = f"""
        SELECT r.id, coalesce(nullif(r.title, ''), r.source), r.publisher, r.published, r.added, {parts}
        FROM ({_LATEST}) l JOIN reports r ON r.id = l.report JOIN extractions x ON x.report = r.id
        ORDER BY l.day DESC, r.id"""  # noqa: S608
    rows = _rows(connection, query, (one.entry, limit, offset))
    return [
        Naming(row[0], row[1], row[2], row[3], row[4], dict(zip(kinds, map(_items, row[5:]), strict=True)))
        for row in rows
    ]


def seen_with(connection: Connection, one: Known, kind: str, limit: int) -> list[Shared]:
    """Actors or observables that occur in the same reports (the latest RELATED), the most frequent first."""
    first = first_id(kind)
    query = f"""
        SELECT e.key, e.title, e.about, count(*) AS shared
        FROM ({_LATEST}) l CROSS JOIN search_sources o ON o.report = l.report AND o.entry >= ? AND o.entry < ?
        JOIN search_entries e ON e.id = o.entry
        WHERE o.entry <> ? GROUP BY o.entry ORDER BY shared DESC, e.title LIMIT ?"""  # noqa: S608
    values = (one.entry, RELATED, 0, first, first + (1 << 40), one.entry, limit)
    return [Shared(*row) for row in _rows(connection, query, values)]


def incidents_with(connection: Connection, one: Known, limit: int) -> tuple[list[Shared], int]:
    """Incidents that rest on reports that name it, those with most such reports first; and how many in all."""
    query = """
        SELECT l.incident, count(*) AS shared FROM search_sources s JOIN incident_reports l ON l.report = s.report
        WHERE s.entry = ? GROUP BY l.incident ORDER BY shared DESC, l.incident"""
    counted = _rows(connection, query, (one.entry,))
    found = []
    for incident, shared in counted[:limit]:
        rows = _rows(connection, "SELECT id, name, origin FROM incidents WHERE id = ?", (incident,))
        found += [Shared(number, name, origin, shared) for number, name, origin in rows]
    return found, len(counted)


def techniques_of(connection: Connection, framework: Framework, names: Sequence[str]) -> list[Shared]:
    """Techniques that are cited as acts of an actor of these names, with the number of reports; not what is negated."""
    marks = ", ".join("?" * len(names))
    query = f"""
        SELECT s.technique, count(DISTINCT s.report) AS shared FROM suggestions s
        WHERE s.actor IN ({marks}) AND s.framework = ? AND s.version = ? AND s.modality <> 'negated'
        AND EXISTS (
            SELECT 1 FROM decisions d WHERE d.suggestion = s.id AND d.superseded IS NULL AND d.verdict = 'accepted')
        GROUP BY s.technique ORDER BY shared DESC, s.technique"""  # noqa: S608
    rows = _rows(connection, query, (*names, framework.name, framework.version))
    found = []
    for technique, reports in rows:
        known = framework.techniques.get(technique)
        found.append(Shared(technique, known.name if known else "", known.tactic if known else "", reports))
    return found


def texts_of(connection: Connection, reports: Sequence[str]) -> dict[str, str]:
    """The texts of some reports."""
    marks = ", ".join("?" * len(reports))
    return dict(_rows(connection, f"SELECT id, text FROM reports WHERE id IN ({marks})", reports))  # noqa: S608


def said_mark(connection: Connection) -> tuple[int, ...]:
    """What changes when reports name other actors than before: codings and decisions are only ever added."""
    tables = ("runs", "item_decisions", "name_decisions")
    return tuple(_rows(connection, f"SELECT coalesce(max(id), 0) FROM {table}", ())[0][0] for table in tables)  # noqa: S608


def actors_said(connection: Connection) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every actor as reports name it: name, other names, kind; each way of saying it once."""
    first = first_id("actor")
    query = "SELECT DISTINCT said FROM search_sources WHERE entry >= ? AND entry < ?"
    for (said,) in _rows(connection, query, (first, first + (1 << 40))):
        plain = json.loads(said)
        yield plain["name"], tuple(plain["others"]), plain["about"].partition(" · ")[0]


#: The reports that name an entry, latest first; walks along the index, as the reports' texts lie in between.
_LATEST = """
    SELECT r.id AS report, coalesce(nullif(r.published, ''), r.added) AS day
    FROM reports r INDEXED BY ix_reports_dated CROSS JOIN search_sources s ON s.report = r.id AND s.entry = ?
    ORDER BY day DESC, report LIMIT ? OFFSET ?"""
_ENTRY = "SELECT e.id, e.key, e.title, e.body, e.about, e.weight FROM search_entries e"


def _items(plain: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(plain or "[]")
    return found


def _known(row: Row) -> Known:
    entry, key, title, body, about, weight = row
    return Known(entry, key, title, tuple(part for part in body.split(PART) if part), about, weight)


def _rows(connection: Connection, query: str, values: Sequence[Any]) -> list[Row]:
    return [tuple(row) for row in connection.exec_driver_sql(query, tuple(values))]
