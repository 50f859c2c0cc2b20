"""How each incident looks, in a few letters: whoever keeps what follows from incidents sees which have changed."""

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, select

from counterfoil.kb.names import decided_names
from counterfoil.kb.tables import names

_AT_ONCE = 500  #: names of one query

#: What is said of each report, by what changes with it: its suggestions and the runs that list them, the decisions
#: that count, what was extracted from it as analysts left it.
_SUGGESTED = "SELECT report, count(*), max(run), sum(run), max(rowid) FROM suggestions GROUP BY report"
_DECIDED = """
    SELECT q.report, count(*), max(d.id), sum(d.id) FROM decisions d
    CROSS JOIN search_passages q ON q.suggestion = d.suggestion WHERE d.superseded IS NULL GROUP BY q.report"""
_EXTRACTED = "SELECT report, coder, digest(content) FROM extractions"


def fingerprints(connection: Connection) -> dict[str, tuple[str, str]]:
    """Of each incident: its fingerprint, and the TLP label that it was given ("" if none)."""
    _teach_digest(connection)
    reports: dict[str, list[str]] = defaultdict(list)
    for query in (_SUGGESTED, _DECIDED, _EXTRACTED):
        for report, *said in connection.exec_driver_sql(query):
            reports[report].append(repr(said))
    for report, decision in _judged_names(connection):
        reports[report].append(str(decision))
    incidents: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for incident, *said in connection.exec_driver_sql("SELECT id, name, created, origin, details FROM incidents"):
        incidents[incident] = [repr(said)]
        labels[incident] = str(json.loads(said[-1]).get("tlp", ""))
    linked = "SELECT incident, report FROM incident_reports ORDER BY incident, report"
    for incident, report in connection.exec_driver_sql(linked):
        incidents[incident] += [report, *reports.get(report, ())]
    for incident, *said in connection.exec_driver_sql('SELECT incident, format, "key", digest(content) FROM kept'):
        incidents[incident].append(repr(said))
    return {one: (_digest("\n".join(said)), labels[one]) for one, said in incidents.items()}


def data_version(connection: Connection) -> int:
    """A number that changes whenever another connection has stored something. Outside of a transaction."""
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def _judged_names(connection: Connection) -> Iterator[tuple[str, int]]:
    """The reports that name somebody on whose names there was a decision, and the latest such."""
    latest = {key: one.id for one in decided_names(connection) for key in one.pair}
    keys = sorted(latest)
    found: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        query = select(names.c.report, names.c.name).where(names.c.name.in_(some))
        for report, name in connection.execute(query):
            found[report] = max(found.get(report, 0), latest[name])
    yield from found.items()


def _teach_digest(connection: Connection) -> None:
    raw = connection.connection.dbapi_connection
    raw.create_function("digest", 1, _digest, deterministic=True)  # type: ignore[union-attr]  # SQLite's own


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
