"""Full-text search over what `kb.indexing` keeps: reports, passages, incidents, actors, narratives, observables."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log1p
from typing import Any

from sqlalchemy import Connection

from counterfoil.kb.folding import fold
from counterfoil.kb.indexing import GATHERED, first_id
from counterfoil.kb.search_words import Query, Term, lines_expression, texts_expression, titles_expression
from counterfoil.kb.snippets import Piece, marked, snippet

RANKED = 200  #: of very many entries that match, how many are weighed against each other
TITLE = 1000.0  #: a word in a report's title counts as so often in its text: more than any text says it
COUNTED = 1000  #: so far entries are counted

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A technique that a passage is coded with; `state` is "open", "accepted" or "rejected"."""

    suggestion: str
    technique: str
    state: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found.

    `id` is the report's or incident's id, a passage's first suggestion, a technique's id; for an actor, narrative
    or observable its name. `report` is the report it stands in (the first, if several), `reports` how many name
    it. Of a report: `start` is where the first mark stands in its text, `block` where that one's block begins
    (code points).
    """

    kind: str
    id: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    about: str = ""
    report: str = ""
    report_title: str = ""
    date: str = ""
    reports: int = 0
    start: int | None = None
    block: int | None = None
    codes: tuple[Coded, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, best first, from `offset`; `total` counts all, up to COUNTED (then `more`)."""

    kind: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    offset: int = 0
    more: bool = False


def find(connection: Connection, query: Query, kind: str, limit: int, offset: int = 0) -> Group:
    """The entries of one kind that match, best first: of very many, the best of the latest RANKED.

    Args:
        kind: one of KINDS; the query's own kind is not looked at.
        limit: hits to return; offset: hits to pass over, at most RANKED.
    """
    if query.is_empty or (query.technique and kind in GATHERED):
        return Group(kind, offset=offset)
    matches = _matches(query, kind)
    ids = _ranked(connection, query, kind, matches)
    total = len(ids) if len(ids) < RANKED else _count(connection, matches)
    hits = _MAKERS.get(kind, _gathered)(connection, query, ids[offset : offset + limit])
    return Group(kind, tuple(hits), min(total, COUNTED), offset, total > COUNTED)


def _count(connection: Connection, matches: "_Matches") -> int:
    sql = f"SELECT count(*) FROM ({matches.sql('e.id')} LIMIT {COUNTED + 1})"  # noqa: S608
    return int(_rows(connection, sql, matches.values)[0][0])


@dataclass(frozen=True, slots=True)
class _Matches:
    """The entries e that a query finds, as SQL: the words of an index (`f`), and further conditions."""

    table: str
    expression: str
    conditions: tuple[str, ...]
    values: dict[str, Any]

    @property
    def number(self) -> str:
        """The column of the entry's id in which the database walks: that of the index, if there are words."""
        return "f.rowid" if self.expression else "e.id"

    def sql(self, columns: str, more: str = "") -> str:
        """A selection of the entries' columns."""
        conditions = [f"{self.number} >= :first", f"{self.number} < :last", *self.conditions]
        source = "search_entries e"
        if self.expression:
            source = f"{self.table} f CROSS JOIN search_entries e ON e.id = f.rowid"
            conditions.insert(0, f"{self.table} MATCH :words")
        return f"SELECT {columns} FROM {source} WHERE {' AND '.join(conditions)} {more}"  # noqa: S608

    def besides(self, expression: str) -> "_Matches":
        """Those of them that have other words too."""
        return replace(self, values={**self.values, "words": f"({expression}) AND ({self.expression})"})


def _matches(query: Query, kind: str) -> _Matches:
    whole = kind == "report"
    tagged = query if kind in ("report", "quote") else replace(query, language="", technique="")
    expression = (texts_expression if whole else lines_expression)(tagged)
    first = first_id(kind)
    values: dict[str, Any] = {"first": first, "last": first + (1 << 40), "words": expression}
    values |= {name: getattr(query, name) for name in ("technique", "language", "since", "until")}
    conditions = []
    if query.technique and kind in _CODED:
        conditions.append(_CODED[kind])
        values["beneath"] = f"{query.technique}."
    if query.language or query.since or query.until:
        conditions.append(_DATED[kind if kind in _DATED else ""])
    return _Matches("search_texts" if whole else "search_lines", expression, tuple(conditions), values)


_IS_TECHNIQUE = "(p.technique = :technique OR substr(p.technique, 1, length(:beneath)) = :beneath)"
_UNDER = "p.technique >= :technique AND p.technique < :technique || '/'"  # so that the index serves: '.' < '/'
_CODED = {
    "report": f"EXISTS (SELECT 1 FROM search_passages p WHERE p.report = e.report AND {_UNDER} AND {_IS_TECHNIQUE})",  # noqa: S608
    "incident": f"""e.key IN (SELECT i.incident FROM incident_reports i WHERE i.report IN (
        SELECT p.report FROM search_passages p WHERE p.accepted AND {_UNDER} AND {_IS_TECHNIQUE}))""",  # noqa: S608
}
_REPORTS = """(
    SELECT id FROM (SELECT id, language, coalesce(nullif(published, ''), substr(added, 1, 10)) AS day FROM reports)
    WHERE :language IN ('', language) AND substr(:since, 1, length(day)) <= day
    AND substr(day, 1, length(:until)) <= coalesce(nullif(:until, ''), day))"""
_DATED = {
    "report": f"e.report IN {_REPORTS}",
    "quote": f"e.report IN {_REPORTS}",
    "incident": f"e.key IN (SELECT incident FROM incident_reports WHERE report IN {_REPORTS})",  # noqa: S608
    "": f"e.id IN (SELECT entry FROM search_sources WHERE report IN {_REPORTS})",  # noqa: S608
}


def _ranked(connection: Connection, query: Query, kind: str, matches: _Matches) -> list[int]:
    """The ids of the entries, best first."""
    if kind == "report" and query.terms:
        order = f"ORDER BY bm25({matches.table}, {TITLE}, 1.0, 0.0), e.id DESC LIMIT {RANKED}"
        return [number for (number,) in _rows(connection, matches.sql("e.id", order), matches.values)]
    often = kind in ("actor", "observable")  # other things are seldom named twice: the latest are looked at
    columns = "e.id, e.title, length(e.body), e.weight"
    limit = f"ORDER BY {'e.weight DESC, e.id DESC' if often else f'{matches.number} DESC'} LIMIT {RANKED}"
    rows = _rows(connection, matches.sql(columns, limit), matches.values)
    if len(rows) == RANKED and query.terms and (often or kind == "incident"):
        # So many that good ones may be missing: those with all the words in their names are weighed first.
        named = matches.besides(titles_expression(query))
        rows = [*dict.fromkeys((*_rows(connection, named.sql(columns, limit), named.values), *rows))][:RANKED]
    if not query.terms:
        return [row[0] for row in rows]
    scored = [(_score(query.terms, *row[1:]), row[0]) for row in rows]
    return [number for _, number in sorted(scored, reverse=True)]


def _score(terms: Sequence[Term], title: str, size: int, weight: int) -> float:
    """How well a short text answers: its name says just this, begins so, has it all; else how much of it is this."""
    name = " ".join(fold(title).split())
    wanted = " ".join(word for term in terms for word in term.words)
    score = log1p(weight) / 4 + min(1.0, len(wanted) / max(1, len(name) or size))
    if name == wanted:
        return score + 8
    if name.startswith(wanted):
        return score + 4
    padded = f" {name} "
    return score + 2 * all(f" {' '.join(term.words)}{'' if term.prefix else ' '}" in padded for term in terms)


def _reports(connection: Connection, query: Query, ids: list[int]) -> list[Hit]:
    sql = """
        SELECT e.id, r.id, e.title, r.publisher, r.author, r.published, r.added, r.language, r.text, r.blocks
        FROM search_entries e JOIN reports r ON r.id = e.report WHERE e.id = :id"""
    hits = []
    for _, report, title, publisher, author, published, added, language, text, blocks in _each(connection, sql, ids):
        found = snippet(text, query.terms)
        said = "" if published else f"added {added[:10]}"
        hits.append(
            Hit(
                kind="report",
                id=report,
                title=marked(title, query.terms),
                text=found.pieces,
                about=" · ".join(part for part in (publisher or author, language, said) if part),
                report=report,
                date=published,
                start=found.start,
                block=_block(blocks, found.start),
            )
        )
    return hits


def _block(blocks: str, offset: int | None) -> int | None:
    """Where the block begins that the offset is in, or the last one before it."""
    starts = [block["start"] for block in json.loads(blocks)] if offset is not None else []
    return max((start for start in starts if start <= (offset or 0)), default=None)


def _quotes(connection: Connection, query: Query, ids: list[int]) -> list[Hit]:
    sql = """
        SELECT e.id, e.body, r.id, e2.title, r.published
        FROM search_entries e JOIN reports r ON r.id = e.report
        JOIN search_entries e2 ON e2.kind = 'report' AND e2.key = r.id WHERE e.id = :id"""
    hits = []
    for entry, body, report, title, date in _each(connection, sql, ids):
        codes = tuple(Coded(*row) for row in _rows(connection, _CODES, {"id": entry}))
        wanted = next((code for code in codes if _is_wanted(code, query)), codes[0])
        text = snippet(body, query.terms).pieces
        hits.append(Hit("quote", wanted.suggestion, (), text, "", report, title, date, codes=codes))
    return hits


_CODES = """
    SELECT s.id, s.technique, coalesce(d.verdict, 'open')
    FROM search_passages p JOIN suggestions s ON s.id = p.suggestion
    LEFT JOIN decisions d ON d.suggestion = s.id AND d.superseded IS NULL
    WHERE p.entry = :id ORDER BY d.verdict IS NOT 'accepted', s.score DESC, s.id"""


def _is_wanted(code: Coded, query: Query) -> bool:
    return bool(query.technique) and f"{code.technique}.".startswith(f"{query.technique}.")


def _incidents(connection: Connection, query: Query, ids: list[int]) -> list[Hit]:
    sql = """
        SELECT e.id, e.key, e.title, e.body, e.about, i.created,
        (SELECT count(*) FROM incident_reports l WHERE l.incident = i.id)
        FROM search_entries e JOIN incidents i ON i.id = e.key WHERE e.id = :id"""
    return [
        Hit("incident", key, marked(title, query.terms), _text(body, query), about, date=created[:10], reports=reports)
        for _, key, title, body, about, created, reports in _each(connection, sql, ids)
    ]


def _gathered(connection: Connection, query: Query, ids: list[int]) -> list[Hit]:
    sql = """
        SELECT e.id, e.kind, e.title, e.body, e.about, e.weight,
        (SELECT report FROM search_sources s WHERE s.entry = e.id ORDER BY report LIMIT 1)
        FROM search_entries e WHERE e.id = :id"""
    return [
        Hit(kind, title, marked(title, query.terms), _text(body, query), about, report=report, reports=weight)
        for _, kind, title, body, about, weight, report in _each(connection, sql, ids)
    ]


def _text(body: str, query: Query) -> tuple[Piece, ...]:
    """What there is to say besides the name: the part with the words, else the beginning."""
    return snippet(body, query.terms).pieces


_MAKERS: dict[str, Callable[[Connection, Query, list[int]], list[Hit]]] = {
    "report": _reports,
    "quote": _quotes,
    "incident": _incidents,
}


def _each(connection: Connection, sql: str, ids: list[int]) -> list[Row]:
    return [row for number in ids for row in _rows(connection, sql, {"id": number})]


def _rows(connection: Connection, sql: str, values: dict[str, Any]) -> list[Row]:
    return [tuple(row) for row in connection.exec_driver_sql(sql, values)]
