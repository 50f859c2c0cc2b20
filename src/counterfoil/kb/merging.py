"""The rows of one workspace into another: what is only there is added, what people here said stays.

Both sides may know each other's earlier state. Where the other's history goes on where ours ends, it is taken over;
where both went on differently, ours counts, theirs is kept as history, and the difference is a conflict.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select, tuple_, update

from counterfoil.kb.slices import AT_ONCE, slices
from counterfoil.kb.tables import (
    found_extractions,
    frameworks,
    incident_changes,
    incident_reports,
    incidents,
    kept,
    metadata,
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
    _fresh: dict[str, list[Row]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def add(self, table: Table, row: Row) -> None:
        """Add a row; it is there after `flush`, many at a time."""
        fresh = self._fresh.setdefault(table.name, [])
        fresh.append(row)
        self.added[table.name] = self.added.get(table.name, 0) + 1
        if len(fresh) >= AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Store what was added, each table after those that it refers to."""
        if not self._fresh:
            return
        for table in metadata.sorted_tables:
            if rows := self._fresh.pop(table.name, None):
                self.here.execute(table.insert(), rows)

    def next_number(self, table: Table) -> int:
        """A number for a new row of a numbered table: one after another."""
        if table.name not in self._numbers:
            self.flush()
            last = select(func.coalesce(func.max(table.c.id), 0))
            self._numbers[table.name] = self.here.execute(last).scalar_one()
        self._numbers[table.name] += 1
        return self._numbers[table.name]

    def conflict(self, kind: str, id_: str, what: str, values: tuple[Any, Any]) -> None:
        """Note a difference; `values` are ours and theirs."""
        ours, theirs = (str("" if value is None else value)[:_SHOWN] for value in values)
        self.conflicts.append(Conflict(kind, id_, what, ours, theirs))


def merge_things(merging: Merging) -> None:
    """Reports, their files, frameworks, and what arrived."""
    for table in (frameworks, reports, originals, parcels):
        for row, ours in _beside(merging, table):
            _put_keyed(merging, table, row, ours)
    merging.flush()
    for row, ours in _beside(merging, settings):
        if ours is None or ours["value"] != row["value"]:
            merging.conflict("setting", row["name"], "value", ((ours or {}).get("value", ""), row["value"]))


def _put_keyed(merging: Merging, table: Table, row: Row, ours: Row | None) -> None:
    if ours is None:
        merging.add(table, row)
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
            merging.add(suggestions, row)
        elif row["run"] > ours["run"]:
            newer = {name: row[name] for name in ("run", "voice", "coder", "score", "reasons", "replaces")}
            merging.here.execute(update(suggestions).where(suggestions.c.id == row["id"]).values(**newer))
    merging.flush()


def _merge_extractions(merging: Merging) -> None:
    for row, ours in _beside(merging, found_extractions):
        report = row["report"]
        if ours is None:
            merging.add(found_extractions, row)
            merging.reports.add(report)
        elif ours != row and _coded_at(merging.there, report) > _coded_at(merging.here, report):
            theirs = update(found_extractions).where(found_extractions.c.report == report)
            merging.here.execute(theirs.values(coder=row["coder"], content=row["content"]))
            merging.reports.add(report)
    merging.flush()


def _coded_at(connection: Connection, report: str) -> str:
    """When the newest coding of a report was made; empty if it has none."""
    found = _runs_of(connection, [report]).get(report)
    return str(found[-1]["at"]) if found else ""


def _merge_runs(merging: Merging) -> dict[int, int]:
    """Add the runs that are not here, each report's in the order of time; their numbers there -> here."""
    numbers: dict[int, int] = {}
    reports_there = merging.there.execute(select(runs.c.report).distinct().order_by(runs.c.report)).scalars()
    for some in slices(list(reports_there)):
        here, there = (_runs_of(connection, some) for connection in (merging.here, merging.there))
        for report in some:
            ours, theirs = here.get(report, []), there[report]
            known = {(run["coder"], run["at"]): run["id"] for run in ours}
            missing = [run for run in theirs if (run["coder"], run["at"]) not in known]
            if missing:
                known = _renumbered(merging, report, ours, missing)
            numbers |= {run["id"]: known[run["coder"], run["at"]] for run in theirs}
    merging.flush()
    return numbers


def _renumbered(merging: Merging, report: str, ours: Sequence[Row], missing: Sequence[Row]) -> dict[Any, int]:
    """Put missing runs where their time says, so that the highest number stays the newest coding."""
    fresh = [merging.next_number(runs) for _ in missing]
    places = [*(run["id"] for run in ours), *fresh]
    timed = [*_timed(ours, 0), *_timed(missing, 1)]
    order = [run for *_, run in sorted(timed, key=lambda one: one[:3])]
    moves = [(run["id"], place) for run, place in zip(order, places, strict=True) if run in ours]
    for run, place in zip(order, places, strict=True):
        values = {"report": report, "coder": run["coder"], "at": run["at"]}
        if place in fresh:
            merging.add(runs, {"id": place, **values})
        else:
            merging.here.execute(update(runs).where(runs.c.id == place).values(**values))
    if moves:
        merging.flush()
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


def _runs_of(connection: Connection, report_ids: Sequence[str]) -> dict[str, list[Row]]:
    return _grouped(connection, select(runs).where(runs.c.report.in_(report_ids)).order_by(runs.c.id), "report")


def _grouped(connection: Connection, query: Select[Any], by: str) -> dict[str, list[Row]]:
    """The rows of a query in their order, by what they say in one column."""
    found: dict[str, list[Row]] = {}
    for row in connection.execute(query):
        found.setdefault(row._mapping[by], []).append(row._asdict())
    return found


def merge_incidents(merging: Merging) -> None:
    """Incidents with the reports they rest on and their history, and what came with them."""
    for some in slices(_beside(merging, incidents)):
        ids = [theirs["id"] for theirs, _ in some]
        here, there = (_Incidents.of(connection, ids) for connection in (merging.here, merging.there))
        for theirs, ours in some:
            _merge_incident(merging, (ours, here), (theirs, there))
    for row, ours in _beside(merging, kept):
        _put_keyed(merging, kept, row, ours)
    merging.flush()


@dataclass(frozen=True, slots=True)
class _Incidents:
    """What some incidents rest on, and what was changed in them, by their ids."""

    reports: Mapping[str, set[str]]
    changes: Mapping[str, list[Row]]

    @classmethod
    def of(cls, connection: Connection, ids: Sequence[str]) -> "_Incidents":
        links = _grouped(connection, select(incident_reports).where(incident_reports.c.incident.in_(ids)), "incident")
        query = select(incident_changes).where(incident_changes.c.incident.in_(ids)).order_by(incident_changes.c.id)
        changes = _grouped(connection, query, "incident")
        return cls(
            {one: {row["report"] for row in links.get(one, ())} for one in ids},
            {one: [_without(row, "id") for row in changes.get(one, ())] for one in ids},
        )


def _without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def _merge_incident(merging: Merging, here: tuple[Row | None, _Incidents], there: tuple[Row, _Incidents]) -> None:
    ours, theirs = here[0], there[0]
    before, after = (side.changes[theirs["id"]] for side in (here[1], there[1]))
    resting = [side.reports[theirs["id"]] for side in (here[1], there[1])]
    if ours is None:
        merging.add(incidents, theirs)
        _follow(merging, theirs["id"], resting, after)
    elif len(after) > len(before) and after[: len(before)] == before:
        values = {name: theirs[name] for name in ("name", "details")}
        merging.here.execute(update(incidents).where(incidents.c.id == theirs["id"]).values(**values))
        _follow(merging, theirs["id"], resting, after[len(before) :])
    elif not all(change in before for change in after) or after == before:
        _differences(merging, (ours, theirs), resting)


def _follow(merging: Merging, incident: str, resting: Sequence[set[str]], changes: Sequence[Row]) -> None:
    """Let an incident rest on what it rests on there, with the changes that led there."""
    here, there = resting
    link = incident_reports.c
    for report in sorted(here - there):
        merging.here.execute(incident_reports.delete().where((link.incident == incident) & (link.report == report)))
    for report in sorted(there - here):
        merging.add(incident_reports, {"incident": incident, "report": report})
    for change in changes:
        merging.add(incident_changes, change)


def _differences(merging: Merging, sides: tuple[Row, Row], resting: Sequence[set[str]]) -> None:
    """Both were changed here and there, or were made differently: ours stays."""
    ours, theirs = sides
    incident = ours["id"]
    if ours["name"] != theirs["name"]:
        merging.conflict("incident", incident, "name", (ours["name"], theirs["name"]))
    mine, other = json.loads(ours["details"]), json.loads(theirs["details"])
    for name in sorted(mine.keys() | other.keys()):
        if mine.get(name) != other.get(name):
            merging.conflict("incident", incident, name, (mine.get(name), other.get(name)))
    here, there = resting
    if here != there:
        merging.conflict("incident", incident, "reports", (", ".join(sorted(here)), ", ".join(sorted(there))))


def _beside(merging: Merging, table: Table) -> Iterator[tuple[Row, Row | None]]:
    """Each of their rows in the order of its key, with ours of the same key."""
    keys = list(table.primary_key)
    rows = (row._asdict() for row in merging.there.execute(select(table).order_by(*keys)))
    for some in slices(rows):
        wanted = [tuple(row[key.name] for key in keys) for row in some]
        found = merging.here.execute(select(table).where(tuple_(*keys).in_(wanted)))
        ours = {tuple(row._mapping[key] for key in keys): row._asdict() for row in found}
        for row, key in zip(some, wanted, strict=True):
            yield row, ours.get(key)
