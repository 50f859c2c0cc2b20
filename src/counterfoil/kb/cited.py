"""Which techniques are cited in which reports, and which reports changed since somebody last looked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, union

from counterfoil.kb.tables import (
    decisions,
    incident_changes,
    incident_reports,
    incidents,
    item_decisions,
    name_decisions,
    runs,
    suggestions,
    withdrawals,
)
from counterfoil.model.framework import Framework


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the decisions of a workspace had come. They are append-only: what is newer is what changed."""

    decision: int
    withdrawals: int


def mark(connection: Connection) -> Mark:
    """How far they have come now."""
    last = select(func.coalesce(func.max(decisions.c.id), 0))
    return Mark(
        connection.execute(last).scalar_one(),
        connection.execute(select(func.count()).select_from(withdrawals)).scalar_one(),
    )


def touched(connection: Connection, since: Mark) -> list[str]:
    """The reports on whose suggestions something was decided or taken back since."""
    joined = suggestions.join(decisions, decisions.c.suggestion == suggestions.c.id)
    judged = select(suggestions.c.report).select_from(joined).where(decisions.c.id > since.decision)
    taken_back = select(suggestions.c.report).select_from(
        joined.join(withdrawals, withdrawals.c.decision == decisions.c.id)
    )
    changed = mark(connection).withdrawals != since.withdrawals
    return sorted(connection.execute(union(judged, taken_back) if changed else judged.distinct()).scalars())


def cited(
    connection: Connection, framework: Framework, report_ids: Sequence[str] | None = None
) -> list[tuple[str, str, str]]:
    """Report, technique and modality of every citation in a framework's version; of all reports, or of some."""
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    query = (
        select(suggestions.c.report, suggestions.c.technique, suggestions.c.modality)
        .join(decisions, live & (decisions.c.verdict == "accepted"))
        .where((suggestions.c.framework == framework.name) & (suggestions.c.version == framework.version))
    )
    if report_ids is not None:
        query = query.where(suggestions.c.report.in_(report_ids))
    return [(report, technique, modality) for report, technique, modality in connection.execute(query)]


def links(connection: Connection) -> list[tuple[str, str]]:
    """Incident and report of every link between them, by incident."""
    query = select(incident_reports.c.incident, incident_reports.c.report)
    return [(incident, report) for incident, report in connection.execute(query)]


def links_mark(connection: Connection) -> tuple[int, int]:
    """What changes when a link does: a new one counts more, one that is taken away leaves a change behind."""
    return (
        connection.execute(select(func.count()).select_from(incident_reports)).scalar_one(),
        connection.execute(select(func.coalesce(func.max(incident_changes.c.id), 0))).scalar_one(),
    )


def facets_mark(connection: Connection) -> tuple[int, ...]:
    """What changes when something else can be chosen than before: an incident, a link, a coding, a word on items."""
    numbered = (runs.c.id, item_decisions.c.id, name_decisions.c.id)
    last = (func.count(incidents.c.id), *(func.coalesce(func.max(number), 0) for number in numbered))
    return (*links_mark(connection), *(int(connection.execute(select(one)).scalar_one()) for one in last))
