"""The rows of one workspace into another: what is only there is added, what people here said stays.

Both sides may know each other's earlier state. Where the other's history goes on where ours ends, it is taken over;
where both went on differently, ours counts, theirs is kept as history, and the difference is a conflict.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, tuple_, update

from counterfoil.kb.tables import (
    found_extractions,
    frameworks,
    incident_changes,
    incident_reports,
    incidents,
    kept,
    originals,
    parcels,
    reports,
    runs,
    settings,
    suggestions,
)

Row = dict[str, Any]

#: Tables whose rows are known by their keys -> the columns in which two of the same key may differ unsaid.
KEYED: Mapping[str, frozenset[str]] = {
    frameworks.name: frozenset({"source", "added", "content"}),  # the hash tells contents apart
    reports.name: frozenset({"source", "added", "blocks", "pages", "notes"}),
    originals.name: frozenset({"source", "added"}),
    parcels.name: frozenset({"source", "received"}),
}
AT_ONCE = 500  #: things that are compared together
_SHOWN = 200  #: characters of a value that a conflict shows


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """What the two workspaces say differently: ours stays."""

    kind: str
    id: str
    what: str
    ours: str
    theirs: str


@dataclass(slots=True)
class Merging:
    """What a merge did so far. `added` counts rows by table; `reports` are those to be worked out anew."""

    here: Connection
    there: Connection
    added: dict[str, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)

    def count(self, table: Table, rows: int = 1) -> None:
        """Note rows that were added."""
        if rows:
            self.added[table.name] = self.added.get(table.name, 0) + rows

    def conflict(self, kind: str, id_: str, what: str, values: tuple[Any, Any]) -> None:
        """Note a difference; `values` are ours and theirs."""
        ours, theirs = (str("" if value is None else value)[:_SHOWN] for value in values)
        self.conflicts.append(Conflict(kind, id_, what, ours, theirs))


def merge_things(merging: Merging) -> None:
    """Reports, their files, frameworks, and what arrived."""
    for table in (frameworks, reports, originals, parcels):
        for row, ours in _beside(merging, table):
            _put_keyed(merging, table, row, ours)
    for row, ours in _beside(merging, settings):
        if ours is None or ours["value"] != row["value"]:
            merging.conflict("setting", row["name"], "value", ((ours or {}).get("value", ""), row["value"]))


def _put_keyed(merging: Merging, table: Table, row: Row, ours: Row | None) -> None:
    if ours is None:
        merging.here.execute(table.insert().values(**row))
        merging.count(table)
        if table is reports:
            merging.reports.add(row["id"])
        return
    key = " ".join(str(row[column.name]) for column in table.primary_key)
    for name in sorted(row.keys() - KEYED.get(table.name, frozenset())):
        if ours[name] != row[name]:
            merging.conflict(table.name.removesuffix("s"), key, name, (ours[name], row[name]))


def merge_coding(merging: Merging) -> None:
    """Runs, suggestions and extractions: the newest coding of a report is the one that it shows."""
    _merge_extractions(merging)
    numbers = _merge_runs(merging)
    for row, ours in _beside(merging, suggestions):
        row["run"] = numbers[row["run"]]
        if ours is None:
            merging.here.execute(suggestions.insert().values(**row))
            merging.count(suggestions)
        elif row["run"] > ours["run"]:
            newer = {name: row[name] for name in ("run", "voice", "coder", "score", "reasons", "replaces")}
            merging.here.execute(update(suggestions).where(suggestions.c.id == row["id"]).values(**newer))


def _merge_extractions(merging: Merging) -> None:
    for row, ours in _beside(merging, found_extractions):
        report = row["report"]
        if ours is None:
            merging.here.execute(found_extractions.insert().values(**row))
            merging.count(found_extractions)
            merging.reports.add(report)
        elif ours != row and _coded_at(merging.there, report) > _coded_at(merging.here, report):
            theirs = update(found_extractions).where(found_extractions.c.report == report)
            merging.here.execute(theirs.values(coder=row["coder"], content=row["content"]))
            merging.reports.add(report)


def _coded_at(connection: Connection, report: str) -> str:
    """When the newest coding of a report was made; empty if it has none."""
    found = _runs_of(connection, report)
    return str(found[-1]["at"]) if found else ""


def _merge_runs(merging: Merging) -> dict[int, int]:
    """Add the runs that are not here, each report's in the order of time; their numbers there -> here."""
    numbers: dict[int, int] = {}
    reports_there = merging.there.execute(select(runs.c.report).distinct().order_by(runs.c.report)).scalars()
    for report in list(reports_there):
        ours, theirs = (_runs_of(connection, report) for connection in (merging.here, merging.there))
        known = {(run["coder"], run["at"]): run["id"] for run in ours}
        missing = [run for run in theirs if (run["coder"], run["at"]) not in known]
        if missing:
            known = _renumbered(merging, report, ours, missing)
            merging.count(runs, len(missing))
        numbers |= {run["id"]: known[run["coder"], run["at"]] for run in theirs}
    return numbers


def _renumbered(merging: Merging, report: str, ours: Sequence[Row], missing: Sequence[Row]) -> dict[Any, int]:
    """Put missing runs where their time says, so that the highest number stays the newest coding."""
    free = merging.here.execute(select(func.coalesce(func.max(runs.c.id), 0))).scalar_one()
    places = [*(run["id"] for run in ours), *range(free + 1, free + 1 + len(missing))]
    timed = [*_timed(ours, 0), *_timed(missing, 1)]
    order = [run for *_, run in sorted(timed, key=lambda one: one[:3])]
    moves = [(run["id"], place) for run, place in zip(order, places, strict=True) if run in ours]
    for run, place in zip(order, places, strict=True):
        values = {"report": report, "coder": run["coder"], "at": run["at"]}
        if place > free:
            merging.here.execute(runs.insert().values(id=place, **values))
        else:
            merging.here.execute(update(runs).where(runs.c.id == place).values(**values))
    for before, after in reversed(moves):  # numbers only rise: from the last on, none meets another
        if before != after:
            changed = (suggestions.c.report == report) & (suggestions.c.run == before)
            merging.here.execute(update(suggestions).where(changed).values(run=after))
    return {(run["coder"], run["at"]): place for run, place in zip(order, places, strict=True)}


def _timed(found: Sequence[Row], side: int) -> Iterator[tuple[str, int, int, Row]]:
    """Runs with the latest time so far: a clock that was put back does not turn their order."""
    latest = ""
    for number, run in enumerate(found):
        latest = max(latest, run["at"])
        yield latest, side, number, run


def _runs_of(connection: Connection, report: str) -> list[Row]:
    query = select(runs).where(runs.c.report == report).order_by(runs.c.id)
    return [row._asdict() for row in connection.execute(query)]


def merge_incidents(merging: Merging) -> None:
    """Incidents with the reports they rest on and their history, and what came with them."""
    for theirs, ours in _beside(merging, incidents):
        after = _changes(merging.there, theirs["id"])
        if ours is None:
            merging.here.execute(incidents.insert().values(**theirs))
            merging.count(incidents)
            _follow(merging, theirs["id"], after)
            continue
        before = _changes(merging.here, theirs["id"])
        if len(after) > len(before) and after[: len(before)] == before:
            values = {name: theirs[name] for name in ("name", "details")}
            merging.here.execute(update(incidents).where(incidents.c.id == theirs["id"]).values(**values))
            _follow(merging, theirs["id"], after[len(before) :])
        elif not all(change in before for change in after) or after == before:
            _differences(merging, ours, theirs)
    for row, ours in _beside(merging, kept):
        _put_keyed(merging, kept, row, ours)


def _follow(merging: Merging, incident: str, changes: Sequence[Row]) -> None:
    """Let an incident rest on what it rests on there, with the changes that led there."""
    here, there = (_linked(connection, incident) for connection in (merging.here, merging.there))
    link = incident_reports.c
    for report in sorted(here - there):
        merging.here.execute(incident_reports.delete().where((link.incident == incident) & (link.report == report)))
    for report in sorted(there - here):
        merging.here.execute(insert(incident_reports).values(incident=incident, report=report))
        merging.count(incident_reports)
    for change in changes:
        merging.here.execute(insert(incident_changes).values(incident=incident, **change))
        merging.count(incident_changes)


def _differences(merging: Merging, ours: Row, theirs: Row) -> None:
    """Both were changed here and there, or were made differently: ours stays."""
    incident = ours["id"]
    if ours["name"] != theirs["name"]:
        merging.conflict("incident", incident, "name", (ours["name"], theirs["name"]))
    mine, other = json.loads(ours["details"]), json.loads(theirs["details"])
    for name in sorted(mine.keys() | other.keys()):
        if mine.get(name) != other.get(name):
            merging.conflict("incident", incident, name, (mine.get(name), other.get(name)))
    here, there = (_linked(connection, incident) for connection in (merging.here, merging.there))
    if here != there:
        merging.conflict("incident", incident, "reports", (", ".join(sorted(here)), ", ".join(sorted(there))))


def _changes(connection: Connection, incident: str) -> list[Row]:
    names = [column for column in incident_changes.c if column.name not in ("id", "incident")]
    query = select(*names).where(incident_changes.c.incident == incident).order_by(incident_changes.c.id)
    return [row._asdict() for row in connection.execute(query)]


def _linked(connection: Connection, incident: str) -> set[str]:
    query = select(incident_reports.c.report).where(incident_reports.c.incident == incident)
    return set(connection.execute(query).scalars())


def _beside(merging: Merging, table: Table) -> Iterator[tuple[Row, Row | None]]:
    """Each of their rows in the order of its key, with ours of the same key."""
    keys = list(table.primary_key)
    rows = (row._asdict() for row in merging.there.execute(select(table).order_by(*keys)))
    while some := list(islice(rows, AT_ONCE)):
        wanted = [tuple(row[key.name] for key in keys) for row in some]
        found = merging.here.execute(select(table).where(tuple_(*keys).in_(wanted)))
        ours = {tuple(row._mapping[key] for key in keys): row._asdict() for row in found}
        for row, key in zip(some, wanted, strict=True):
            yield row, ours.get(key)
