"""Reports by name: found by words, and how much of each still waits for review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, or_, select

from counterfoil.kb.tables import ANALYST, decisions, incident_reports, incidents, reports, runs, suggestions
from counterfoil.model.coding import UNDECIDED_BELOW


@dataclass(frozen=True, slots=True)
class ReportName:
    """What a choice of reports shows of one."""

    id: str
    title: str
    source: str
    publisher: str
    published: str


@dataclass(frozen=True, slots=True)
class IncidentName:
    """An incident's id and name."""

    id: str
    name: str


def incidents_of(connection: Connection, report_id: str) -> list[IncidentName]:
    """The incidents that rest on a report, newest first."""
    joined = incidents.join(incident_reports, incident_reports.c.incident == incidents.c.id)
    query = select(incidents.c.id, incidents.c.name).select_from(joined).where(incident_reports.c.report == report_id)
    rows = connection.execute(query.order_by(incidents.c.created.desc(), incidents.c.id))
    return [IncidentName(row.id, row.name) for row in rows]


def find_by_words(connection: Connection, words: str, limit: int, without: Sequence[str] = ()) -> list[ReportName]:
    """Reports that have all the words in title, publisher, source or id, newest first."""
    named = (reports.c.title, reports.c.publisher, reports.c.source, reports.c.id)
    columns = [reports.c[name] for name in ("id", "title", "source", "publisher", "published")]
    query = select(*columns).where(reports.c.id.not_in(without))
    if words.split():
        hits = [or_(*(column.icontains(word, autoescape=True) for column in named)) for word in words.split()[:20]]
        query = query.where(and_(*hits))
    rows = connection.execute(query.order_by(reports.c.added.desc(), reports.c.id).limit(limit))
    return [ReportName(**row._asdict()) for row in rows]


def by_id(connection: Connection, report_ids: Sequence[str]) -> list[ReportName]:
    """The reports of these ids, in this order; one that is not there is passed over."""
    columns = [reports.c[name] for name in ("id", "title", "source", "publisher", "published")]
    rows = connection.execute(select(*columns).where(reports.c.id.in_(report_ids)))
    found = {row.id: ReportName(**row._asdict()) for row in rows}
    return [found[one] for one in report_ids if one in found]


def waiting_in(connection: Connection, report_ids: Sequence[str]) -> Mapping[str, int]:
    """How many asserted suggestions of each report nobody has judged; reports with none are left out."""
    latest = select(func.max(runs.c.id)).where(runs.c.report.in_(report_ids)).group_by(runs.c.report)
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    judged = select(decisions.c.id).where(live).correlate(suggestions).exists()
    asserted = (suggestions.c.score >= UNDECIDED_BELOW) & ~suggestions.c.coder.startswith(ANALYST)
    query = (
        select(suggestions.c.report, func.count())
        .where(suggestions.c.report.in_(report_ids) & suggestions.c.run.in_(latest))
        .where(asserted & ~judged)
        .group_by(suggestions.c.report)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
