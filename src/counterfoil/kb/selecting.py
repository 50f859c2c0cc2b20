"""Find incidents by actor, period, country, target, source, origin and technique, and what there is to choose from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Join, Select, and_, func, or_, select, union

from counterfoil.kb.tables import decisions, incident_facets, incident_reports, incidents, report_facets, suggestions
from counterfoil.model.framework import Framework
from counterfoil.model.selection import OWN, Selection

Ids = Select[Any]  #: a query for incidents' ids


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that incidents can be found by, and in how many it occurs."""

    value: str
    incidents: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """What a list of incidents shows of one; whoever lists them counts the `techniques` cited in them."""

    id: str
    name: str
    created: str
    origin: str
    details: str
    reports: int = 0
    techniques: int = 0


def matching(selection: Selection, same_country: Sequence[str] = (), citing: Sequence[str] | None = None) -> Ids:
    """A query for the ids of the incidents that a selection lets through.

    Args:
        same_country: other spellings of its country.
        citing: the incidents that cite its technique, if it has one.
    """
    query = select(incidents.c.id)
    for kind in ("actor", "target", "source"):
        value = getattr(selection, kind)
        if value:
            query = query.where(incidents.c.id.in_(_with(kind, [value])))
    if selection.country:
        query = query.where(incidents.c.id.in_(_with("country", [selection.country, *same_country])))
    if selection.since or selection.until:
        query = query.where(incidents.c.id.in_(_between(selection.since or "0000", selection.until or "9999")))
    if selection.origin:
        query = query.where(incidents.c.origin == ("" if selection.origin == OWN else selection.origin))
    if selection.q:
        words = [incidents.c.name.icontains(word, autoescape=True) for word in selection.q.split()]
        query = query.where(or_(and_(*words), incidents.c.id == selection.q))
    if citing is not None:
        given = func.json_each(json.dumps(citing)).table_valued("value")
        query = query.where(incidents.c.id.in_(select(given.c.value)))
    return query


def count_matching(connection: Connection, query: Ids) -> int:
    """How many incidents a query of `matching` finds."""
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def list_matching(connection: Connection, query: Ids, limit: int, offset: int = 0) -> list[IncidentRow]:
    """A stretch of the incidents that a query of `matching` finds, newest first."""
    columns = [incidents.c[name] for name in ("id", "name", "created", "origin", "details")]
    newest = (incidents.c.created.desc(), incidents.c.id.desc())
    page = query.with_only_columns(*columns).order_by(*newest).limit(limit).offset(offset)
    rows = [IncidentRow(**row._asdict()) for row in connection.execute(page)]
    by_incident = incident_reports.c.incident
    linked = select(by_incident, func.count()).where(by_incident.in_([row.id for row in rows])).group_by(by_incident)
    reports: dict[str, int] = {row[0]: row[1] for row in connection.execute(linked)}
    return [replace(row, reports=reports.get(row.id, 0)) for row in rows]


def facets(connection: Connection, kind: str, limit: int = 200) -> list[Facet]:
    """The commonest values of a facet ("actor", "country", "target", "source"), each with its number of incidents."""
    rows = _all_of(kind)
    count = func.count()
    query = select(rows.c.value, count).group_by(rows.c.value).order_by(count.desc(), rows.c.value).limit(limit)
    return [Facet(value, number) for value, number in connection.execute(query)]


def origins(connection: Connection) -> list[Facet]:
    """Whose incidents there are: `OWN`, and who imported ones came from."""
    query = select(incidents.c.origin, func.count()).group_by(incidents.c.origin).order_by(incidents.c.origin)
    return [Facet(origin or OWN, number) for origin, number in connection.execute(query)]


def spellings(connection: Connection, kind: str) -> list[str]:
    """Every value of a facet, as it is written anywhere."""
    tables = (incident_facets, report_facets)
    both = union(*(select(table.c.value).where(table.c.kind == kind) for table in tables))
    return sorted(connection.execute(both).scalars())


def _all_of(kind: str) -> CTE:
    """Each incident's values of a facet, each once: its own record's and its reports'."""
    own = select(incident_facets.c.value, incident_facets.c.incident).where(incident_facets.c.kind == kind)
    joined = report_facets.join(incident_reports, incident_reports.c.report == report_facets.c.report)
    told = select(report_facets.c.value, incident_reports.c.incident).select_from(joined)
    return union(own, told.where(report_facets.c.kind == kind)).cte("facet")


def _with(kind: str, values: Sequence[str]) -> Ids:
    own = (incident_facets.c.kind == kind) & incident_facets.c.value.in_(values)
    told = (report_facets.c.kind == kind) & report_facets.c.value.in_(values)
    return _either(own, told)


def _between(since: str, until: str) -> Ids:
    """A report whose text dates no activity counts in the year in which it came out."""
    own = (incident_facets.c.kind == "year") & incident_facets.c.value.between(since, until)
    dated = report_facets.alias("dated")
    same = (dated.c.kind == "year") & (dated.c.report == report_facets.c.report)
    undated = ~select(dated.c.report).where(same).exists()
    year = report_facets.c.kind == "year"
    published = (report_facets.c.kind == "published") & undated
    return _either(own, (year | published) & report_facets.c.value.between(since, until))


def _either(own: ColumnElement[bool], told: ColumnElement[bool]) -> Ids:
    """The incidents of whose own record, or of whose reports, this is true."""
    reports = select(report_facets.c.report).where(told)
    by_report = select(incident_reports.c.incident).where(incident_reports.c.report.in_(reports))
    both = union(select(incident_facets.c.incident).where(own), by_report).subquery()
    return select(both.c.incident)


def in_incidents() -> Join:
    """Suggestions with the incidents that their reports belong to."""
    return suggestions.join(incident_reports, incident_reports.c.report == suggestions.c.report)


def accepted() -> ColumnElement[bool]:
    """Whether the suggestion is a citation; looked up one by one, as SQLite would read all decisions first."""
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    return select(decisions.c.id).where(live & (decisions.c.verdict == "accepted")).correlate(suggestions).exists()


def coded_in(framework: Framework) -> ColumnElement[bool]:
    """Whether the suggestion's code is of this version of the framework."""
    return (suggestions.c.framework == framework.name) & (suggestions.c.version == framework.version)
