"""Incidents in the knowledge base."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from counterfoil.errors import UsageError
from counterfoil.kb.coding import citations, get_extraction
from counterfoil.kb.names import decided_names
from counterfoil.kb.reports import added_at, find_id, get_report
from counterfoil.kb.tables import incident_reports, incidents
from counterfoil.model.incident import CodedIncident, Details, Incident


def add_incident(connection: Connection, name: str, report_ids: Sequence[str], created: str) -> Incident:
    """Open an incident on reports; the same name and reports give the incident that is there already.

    Raises:
        UsageError: no name, or no such report.
    """
    if not name.strip():
        raise UsageError("An incident needs a name.", "Give one with --name.")
    full_ids = tuple(dict.fromkeys(find_id(connection, "report", report_id) for report_id in report_ids))
    return store_incident(connection, Incident.opened(name.strip(), full_ids, created))


def store_incident(connection: Connection, incident: Incident) -> Incident:
    """Store an incident with its links to reports; one of the same id stays as it is."""
    details = json.dumps(asdict(incident.details), ensure_ascii=False, sort_keys=True)
    row = {"id": incident.id, "name": incident.name, "created": incident.created, "origin": incident.origin}
    connection.execute(insert(incidents).values(**row, details=details).on_conflict_do_nothing())
    links = [{"incident": incident.id, "report": report_id} for report_id in incident.reports]
    if links:
        connection.execute(insert(incident_reports).on_conflict_do_nothing(), links)
    return get_incident(connection, incident.id)


def get_incident(connection: Connection, incident_id: str) -> Incident:
    """The incident of that id, or of the only id that begins so.

    Raises:
        UsageError: none, or several.
    """
    full_id = find_id(connection, "incident", incident_id)
    row = connection.execute(select(incidents).where(incidents.c.id == full_id)).one()
    linked = select(incident_reports.c.report).where(incident_reports.c.incident == full_id)
    return _incident(row, connection.execute(linked).scalars())


def list_incidents(connection: Connection) -> list[Incident]:
    """All incidents, newest first."""
    reports: dict[str, list[str]] = defaultdict(list)
    for incident_id, report_id in connection.execute(select(incident_reports.c.incident, incident_reports.c.report)):
        reports[incident_id].append(report_id)
    rows = connection.execute(select(incidents).order_by(incidents.c.created.desc(), incidents.c.id))
    return [_incident(row, reports[row.id]) for row in rows]


def _incident(row: Row[Any], reports: Iterable[str]) -> Incident:
    plain = json.loads(row.details)
    kept: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    details = Details(**kept)
    return Incident(row.id, row.name, tuple(sorted(reports)), row.created, row.origin, details)


def coded_incident(connection: Connection, incident_id: str) -> CodedIncident:
    """The incident with everything that belongs to it, as exporters take it.

    Raises:
        UsageError: no such incident.
    """
    incident = get_incident(connection, incident_id)
    return CodedIncident(
        incident=incident,
        reports=tuple(get_report(connection, report_id) for report_id in incident.reports),
        citations=tuple(citations(connection, incident.reports)),
        extractions={report_id: get_extraction(connection, report_id) for report_id in incident.reports},
        added={report_id: added_at(connection, report_id) for report_id in incident.reports},
        names=tuple(decided_names(connection)),
    )
