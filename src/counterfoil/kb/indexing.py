"""The index of the search, kept in step with what it indexes.

Triggers note in `search_pending` what was written, whoever wrote it; `catch_up` indexes that, and runs at the end
of every transaction that writes. So the index and what it indexes are stored together, or not at all.

An entry is what a search can find: a report, a passage that techniques were suggested for, an incident, or an
actor, observable or narrative of any number of reports. Its id says its kind (`first_id`).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

from counterfoil.kb.folding import fold
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import ANALYST

KINDS = ("report", "quote", "incident", "actor", "narrative", "observable")
GATHERED = ("actor", "narrative", "observable")  #: one entry for all reports that name it
PART = "\x1e"  #: between the parts of an entry's body
_GAP = " \ue000 "  #: a word that nobody can search for: no phrase reaches from one part into the next
_AT_ONCE = 200  #: reports whose texts are held in memory together
_AMONG = "IN (:ids)"  #: of a query: `_among` puts in marks. Not `json_each`, which would cut a key at a NUL.

Row = tuple[Any, ...]

#: Of a suggestion s: whether its report's list shows it (as `kb.coding.reviewed` does).
LISTED = f"""(
    (s.run = (SELECT max(id) FROM runs WHERE runs.report = s.report) AND s.coder NOT LIKE '{ANALYST}%')
    OR EXISTS (SELECT 1 FROM decisions d WHERE d.suggestion = s.id AND d.superseded IS NULL)
)"""  # noqa: S608  # a constant of ours


@dataclass(frozen=True, slots=True)
class Entry:
    """What a search can find. `report` is empty unless it belongs to one; `weight` is how often it occurs."""

    kind: str
    key: str
    report: str = ""
    title: str = ""
    body: str = ""
    tags: str = ""
    about: str = ""
    weight: int = 1


def first_id(kind: str) -> int:
    """The least id of the kind's entries: those of one kind lie together, from here to that of the next."""
    return (KINDS.index(kind) + 1) << 40


def technique_tag(technique: str) -> str:
    """The word by which the index knows a passage's technique."""
    return "t" + "x".join(fold(technique).split())


def catch_up(connection: Connection) -> None:
    """Index what was written since the last time. Within a transaction that writes."""
    pending: dict[str, list[str]] = {}
    for what, ref in _rows(connection, "SELECT what, id FROM search_pending"):
        pending.setdefault(what, []).append(ref)
    if not pending:
        return
    quotes = {*pending.get("quotes", []), *_reports_to_look_at(connection)}
    for some in slices(pending.get("report", []), _AT_ONCE):
        _index_reports(connection, some)
    for some in slices(sorted(quotes), _AT_ONCE):
        _index_quotes(connection, some)
    connection.exec_driver_sql(_ACCEPT)
    _index_extractions(connection, pending.get("extraction", []))
    for some in slices(pending.get("incident", []), _AT_ONCE):
        _index_incidents(connection, some)
    connection.exec_driver_sql("DELETE FROM search_pending")


#: Of the suggestions that were written or judged: whether they count as accepted.
_ACCEPT = """
    UPDATE search_passages SET accepted = EXISTS (
        SELECT 1 FROM decisions d
        WHERE d.suggestion = search_passages.suggestion AND d.superseded IS NULL AND d.verdict = 'accepted')
    WHERE suggestion IN (SELECT id FROM search_pending WHERE what = 'suggestion')"""


def _reports_to_look_at(connection: Connection) -> Iterator[str]:
    """Reports with a suggestion that was written, and is listed but not indexed, or the other way round."""
    query = f"""
        SELECT DISTINCT s.report FROM search_pending p CROSS JOIN suggestions s ON s.id = p.id
        WHERE p.what = 'suggestion'
        AND {LISTED} <> EXISTS (SELECT 1 FROM search_passages q WHERE q.suggestion = s.id)"""  # noqa: S608
    return (report for (report,) in _rows(connection, query))


def _index_reports(connection: Connection, ids: Sequence[str]) -> None:
    query = f"SELECT id, title, source, author, publisher, url, language FROM reports WHERE id {_AMONG}"  # noqa: S608
    entries = {}
    for report, title, source, author, publisher, url, language in _among(connection, query, ids):
        about = PART.join(dict.fromkeys(part for part in (author, publisher, source, url) if part))
        entries[report] = Entry("report", report, report, title or source, about, _language_tag(language))
    _put(connection, [entries[report] for report in ids if report in entries])


def _language_tag(language: str) -> str:
    """The word by which texts and passages of a report are found by its language."""
    return f"l{''.join(fold(language).split())}"


def _index_quotes(connection: Connection, reports: Sequence[str]) -> None:
    """Bring the passages of reports in step with the suggestions that they list."""
    techniques: dict[str, set[str]] = {}
    spans: dict[str, str] = {}
    links: dict[str, tuple[str, str, str, int]] = {}
    for report, suggestion, technique, ranges, accepted in _among(connection, _LISTED_OF, reports):
        key = f"{report}:{sha256(ranges.encode()).hexdigest()[:16]}"
        techniques.setdefault(key, set()).add(technique)
        spans[key] = ranges
        links[suggestion] = (key, report, technique, accepted)
    query = f"SELECT key, id, body FROM search_entries WHERE report {_AMONG} AND kind = 'quote'"  # noqa: S608
    before = {key: (number, body) for key, number, body in _among(connection, query, reports)}
    _drop(connection, [number for key, (number, _) in before.items() if key not in techniques])
    query = f"SELECT id, language FROM reports WHERE id {_AMONG}"  # noqa: S608
    tags = {report: _language_tag(language) for report, language in _among(connection, query, reports)}
    _put(
        connection,
        [
            Entry(
                kind="quote",
                key=key,
                report=report,
                body=before[key][1] if key in before else PART.join(s["quote"] for s in json.loads(spans[key])),
                tags=" ".join([tags[report], *sorted(map(technique_tag, codes))]),
                weight=len(codes),
            )
            for key, codes in techniques.items()
            for report in [key.partition(":")[0]]
        ],
    )
    _link_quotes(connection, reports, links)


#: What the reports' lists show: (report, suggestion, technique, spans, whether it counts as accepted).
_LISTED_OF = f"""
    SELECT s.report, s.id, s.technique, s.spans, coalesce(d.verdict = 'accepted', 0) FROM suggestions s
    LEFT JOIN decisions d ON d.suggestion = s.id AND d.superseded IS NULL
    WHERE s.report {_AMONG} AND {LISTED} ORDER BY s.report"""  # noqa: S608


def _link_quotes(
    connection: Connection, reports: Sequence[str], links: Mapping[str, tuple[str, str, str, int]]
) -> None:
    """Note which passage each listed suggestion rests on; `links`: its key, report, technique, whether accepted."""
    query = f"SELECT key, id FROM search_entries WHERE report {_AMONG} AND kind = 'quote'"  # noqa: S608
    numbers: dict[str, int] = dict(_among(connection, query, reports))
    query = f"SELECT suggestion FROM search_passages WHERE report {_AMONG}"  # noqa: S608
    known = {one for (one,) in _among(connection, query, reports)}
    gone = [(suggestion,) for suggestion in known - links.keys()]
    fresh = [
        (suggestion, numbers[key], report, technique, accepted)
        for suggestion, (key, report, technique, accepted) in links.items()
        if suggestion not in known
    ]
    _run(connection, "DELETE FROM search_passages WHERE suggestion = ?", *gone)
    _run(connection, "INSERT INTO search_passages VALUES (?, ?, ?, ?, ?)", *fresh)


def _index_extractions(connection: Connection, reports: list[str]) -> None:
    """Bring the actors, narratives and observables in step with what these reports name."""
    touched: set[int] = set()
    for some in slices(reports, _AT_ONCE):
        before: dict[tuple[str, int], str] = {}
        for report, entry, said in _among(connection, _SOURCES, some):
            before[report, entry] = said
        contents: dict[str, str] = dict(_among(connection, _CONTENTS, some))
        named = {report: _named(json.loads(contents[report])) for report in some if report in contents}
        numbers = _entry_ids(connection, {key for said in named.values() for key in said})
        now = {
            (report, numbers[key]): json.dumps(said, ensure_ascii=False)
            for report, found in named.items()
            for key, said in found.items()
        }
        changed = [(*key, said) for key, said in now.items() if before.get(key) != said]
        gone = list(before.keys() - now.keys())
        _run(connection, "INSERT OR REPLACE INTO search_sources VALUES (?, ?, ?)", *changed)
        _run(connection, "DELETE FROM search_sources WHERE report = ? AND entry = ?", *gone)
        touched |= {entry for _, entry, _ in changed} | {entry for _, entry in gone}
    for entries in slices(sorted(touched), _AT_ONCE):
        _gather(connection, entries)


_SOURCES = f"SELECT report, entry, said FROM search_sources WHERE report {_AMONG}"  # noqa: S608
_CONTENTS = f"SELECT report, content FROM extractions WHERE report {_AMONG}"  # noqa: S608


def _named(content: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, str], dict[str, Any]]:
    """What one report names, by kind and key: its name, other names, and what is said of it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def add(kind: str, key: str, name: str, others: Iterable[str], about: str) -> None:
        if not key:
            return
        known = found.setdefault((kind, key), {"name": name, "others": [], "about": about})
        known["others"] = list(dict.fromkeys([*known["others"], *(other for other in others if other != name)]))

    for actor in content.get("actors", ()):
        about = " · ".join(filter(None, (actor.get("kind"), actor.get("state"))))
        aliases = (alias["name"] for alias in actor.get("aliases", ()))
        add("actor", _key(actor["name"]), actor["name"], aliases, about)
    for narrative in content.get("narratives", ()):
        add("narrative", _key(narrative["text"]), narrative["text"], (), narrative.get("by", ""))
    for trace in content.get("observables", ()):
        about = " · ".join(filter(None, (trace["type"], trace.get("platform"))))
        # As written, not folded: addresses and hashes that differ in a letter are not the same.
        add("observable", f"{trace['type']}:{trace['value']}", trace["value"], (), about)
    return found


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _entry_ids(connection: Connection, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The ids of the entries of these kinds and keys; empty ones are made of those that are not there."""
    found: dict[tuple[str, str], int] = {}
    for kind in GATHERED:
        keys = sorted(key for one, key in wanted if one == kind)
        for _ in range(2):
            missing = [key for key in keys if (kind, key) not in found]
            found |= {(kind, key): int(number) for key, number in _by_key(connection, "key, id", kind, missing)}
            missing = [key for key in missing if (kind, key) not in found]
            _put(connection, [Entry(kind, key, weight=0) for key in missing])
    return found


def _by_key(connection: Connection, columns: str, kind: str, keys: Sequence[str]) -> Iterator[Row]:
    """These columns of the kind's entries of these keys."""
    for some in slices(keys):
        query = f"SELECT {columns} FROM search_entries WHERE kind = '{kind}' AND key {_AMONG}"  # noqa: S608
        yield from _among(connection, query, some)


def _gather(connection: Connection, entries: Sequence[int]) -> None:
    """Make each entry say what all its reports say together; one that no report names any more is dropped."""
    query = f"SELECT id, kind, key FROM search_entries WHERE id {_AMONG}"  # noqa: S608
    named = {number: (kind, key) for number, kind, key in _among(connection, query, entries)}
    told = {number: list(rows) for number, rows in groupby(_among(connection, _SAID, entries), key=itemgetter(0))}
    made: dict[str, list[Entry]] = {}
    for number in entries:
        if number not in told:
            continue
        said = [(json.loads(plain), count) for _, plain, count in told[number]]
        kind, key = named[number]
        title = _most(said, "name")
        others = dict.fromkeys(other for one, _ in said for other in (one["name"], *one["others"]) if other != title)
        weight = sum(count for _, count in said)
        entry = Entry(kind, key, "", title, PART.join(others), "", _most(said, "about"), weight)
        made.setdefault(kind, []).append(entry)
    _drop(connection, [number for number in entries if number not in told])
    for together in made.values():
        _put(connection, together)


#: What is said of entries. Many reports say the very same of an actor: that is read once.
_SAID = f"""SELECT entry, said, count(*) FROM search_sources WHERE entry {_AMONG}
    GROUP BY entry, said ORDER BY entry, min(report)"""  # noqa: S608


def _most(said: list[tuple[dict[str, Any], int]], part: str) -> str:
    """What most reports say; of words that are said as often, the first in the alphabet."""
    counted: Counter[str] = Counter()
    for one, count in said:
        counted[one[part]] += count
    return min((words for words in counted if words), key=lambda words: (-counted[words], words), default="")


def _index_incidents(connection: Connection, ids: Sequence[str]) -> None:
    query = f"SELECT id, name, origin, details FROM incidents WHERE id {_AMONG}"  # noqa: S608
    entries = {}
    for incident, name, origin, details in _among(connection, query, ids):
        said = json.loads(details)
        about = " · ".join(filter(None, (origin, str(said.get("external_id", "")), str(said.get("year", "")))))
        entries[incident] = Entry("incident", incident, "", name, PART.join(_strings(said)), "", about)
    gone = [incident for incident in ids if incident not in entries]
    _drop(connection, [number for (number,) in _by_key(connection, "id", "incident", gone)])
    _put(connection, [entries[incident] for incident in ids if incident in entries])


def _strings(data: Any) -> Iterator[str]:
    """Every text in what is said of an incident: new parts are found without being told of here."""
    if isinstance(data, str) and data:
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _strings(item)
    elif isinstance(data, dict):
        for name in sorted(data, key=lambda name: (name != "summary", name)):
            yield from _strings(data[name])


def _put(connection: Connection, entries: list[Entry]) -> None:
    """Store entries of one kind with their words; what has not changed is left alone."""
    if not entries:
        return
    kind = entries[0].kind
    known = _known(connection, entries)
    start = first_id(kind)
    query = "SELECT max(id) FROM search_entries WHERE id >= ? AND id < ?"
    free = (_rows(connection, query, (start, first_id(kind) + (1 << 40)))[0][0] or start) + 1
    made, changed, reworded = [], [], []
    for entry in entries:
        parts = (entry.title, entry.body, entry.tags)
        old = known.get(entry.key)
        if old is None:
            made.append((free, entry))
            free += 1
            continue
        number, *words, about, weight = old
        if tuple(words) != parts:
            reworded.append((number, entry))
        if (*words, about, weight) != (*parts, entry.about, entry.weight):
            changed.append((*parts, entry.about, entry.weight, number))
    _unindex(connection, [number for number, _ in reworded])
    update = "UPDATE search_entries SET title = ?, body = ?, tags = ?, about = ?, weight = ? WHERE id = ?"
    _run(connection, update, *changed)
    _run(
        connection,
        "INSERT INTO search_entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *((n, e.kind, e.key, e.report, e.title, e.body, e.tags, e.about, e.weight) for n, e in made),
    )
    _index(connection, [number for number, _ in (*reworded, *made)])


def _known(connection: Connection, entries: list[Entry]) -> dict[str, Row]:
    """What is stored under these keys: (id, title, body, tags, about, weight)."""
    columns = "key, id, title, body, tags, about, weight"
    found = _by_key(connection, columns, entries[0].kind, [entry.key for entry in entries])
    return {key: tuple(rest) for key, *rest in found}


def _drop(connection: Connection, ids: list[int]) -> None:
    _unindex(connection, ids)
    _run(connection, "DELETE FROM search_passages WHERE entry = ?", *((number,) for number in ids))
    _run(connection, "DELETE FROM search_entries WHERE id = ?", *((number,) for number in ids))


def _index(connection: Connection, ids: list[int]) -> None:
    for table, rows in _folded(connection, ids):
        _run(connection, f"INSERT INTO {table} (rowid, title, body, tags) VALUES (?, ?, ?, ?)", *rows)  # noqa: S608


def _unindex(connection: Connection, ids: list[int]) -> None:
    """Take the words of entries out of the index. It must be told which they are: it keeps no copy of them."""
    for table, rows in _folded(connection, ids):
        statement = f"INSERT INTO {table} ({table}, rowid, title, body, tags) VALUES ('delete', ?, ?, ?, ?)"  # noqa: S608
        _run(connection, statement, *rows)


def _folded(connection: Connection, ids: list[int]) -> Iterator[tuple[str, list[Row]]]:
    """The words of entries as they stand in the index, by the table that holds them."""
    texts = first_id("quote")  # reports lie before it
    query = f"""
        SELECT e.id, e.title, e.body, e.tags, coalesce(r.text, '') FROM search_entries e
        LEFT JOIN reports r ON e.kind = 'report' AND r.id = e.report WHERE e.id {_AMONG}"""  # noqa: S608
    for some in slices(ids, _AT_ONCE):
        folded = [
            (number, fold(title), _GAP.join([*map(fold, body.split(PART)), fold(text)]), tags)
            for number, title, body, tags, text in _among(connection, query, some)
        ]
        yield "search_texts", [row for row in folded if row[0] < texts]
        yield "search_lines", [row for row in folded if row[0] >= texts]


def _among(connection: Connection, query: str, ids: Sequence[str] | Sequence[int]) -> list[Row]:
    """The rows of a query that says `_AMONG` once; no id, no row."""
    marks = ", ".join("?" * len(ids))
    return _rows(connection, query.replace(_AMONG, f"IN ({marks})"), tuple(ids)) if ids else []


def _rows(connection: Connection, query: str, values: Row = ()) -> list[Row]:
    return [tuple(row) for row in connection.exec_driver_sql(query, values)]


def _run(connection: Connection, statement: str, *rows: Row) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))
