"""Incidents in the knowledge base."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.sqlite import insert

from counterfoil.errors import UsageError
from counterfoil.kb.coding import coding_of, extraction_in
from counterfoil.kb.names import decided_names
from counterfoil.kb.parcels import kept_with
from counterfoil.kb.reports import find_id, report_as_stored
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import incident_reports, incidents
from counterfoil.model.incident import CodedIncident, Details, Incident
from counterfoil.model.judging import NameDecision


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
    store_incidents(connection, [incident])
    return get_incident(connection, incident.id)


def store_incidents(connection: Connection, opened: Iterable[Incident]) -> None:
    """The same for many."""
    for some in slices(opened):
        rows = [
            {
                **{name: getattr(incident, name) for name in ("id", "name", "created", "origin")},
                "details": json.dumps(asdict(incident.details), ensure_ascii=False, sort_keys=True),
            }
            for incident in some
        ]
        connection.execute(insert(incidents).on_conflict_do_nothing(), rows)
        links = [{"incident": incident.id, "report": report} for incident in some for report in incident.reports]
        if links:
            connection.execute(insert(incident_reports).on_conflict_do_nothing(), links)


def get_incident(connection: Connection, incident_id: str) -> Incident:
    """The incident of that id, or of the only id that begins so.

    Raises:
        UsageError: none, or several.
    """
    full_id = find_id(connection, "incident", incident_id)
    return stored_incidents(connection, [full_id])[full_id]


def stored_incidents(connection: Connection, incident_ids: Iterable[str]) -> dict[str, Incident]:
    """Those of the full ids that are here."""
    found: dict[str, Incident] = {}
    for some in slices(incident_ids):
        linked: dict[str, list[str]] = defaultdict(list)
        for link in connection.execute(select(incident_reports).where(incident_reports.c.incident.in_(some))):
            linked[link.incident].append(link.report)
        for row in connection.execute(select(incidents).where(incidents.c.id.in_(some))):
            found[row.id] = _incident(row, linked[row.id])
    return found


def list_incidents(connection: Connection) -> list[Incident]:
    """All incidents, newest first."""
    reports: dict[str, list[str]] = defaultdict(list)
    for incident_id, report_id in connection.execute(select(incident_reports.c.incident, incident_reports.c.report)):
        reports[incident_id].append(report_id)
    rows = connection.execute(select(incidents).order_by(incidents.c.created.desc(), incidents.c.id))
    return [_incident(row, reports[row.id]) for row in rows]


def find_incidents(connection: Connection, wanted: Sequence[str]) -> list[Incident]:
    """The incidents of these ids, or of their beginnings, each once.

    Raises:
        UsageError: one is not there, or several begin so.
    """
    known = stored_incidents(connection, wanted)
    found = (known.get(one) or get_incident(connection, one) for one in wanted)
    return list({one.id: one for one in found}.values())


def incident_ids(connection: Connection) -> list[str]:
    """The ids of all incidents, in their order."""
    return list(connection.execute(select(incidents.c.id).order_by(incidents.c.id)).scalars())


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
    return with_coding(connection, get_incident(connection, incident_id), tuple(decided_names(connection)))


def with_coding(connection: Connection, incident: Incident, names: tuple[NameDecision, ...]) -> CodedIncident:
    """The same for an incident and decisions on names that are at hand."""
    stored = [report_as_stored(connection, report_id) for report_id in incident.reports]
    coded = [coding_of(connection, report) for report, _ in stored]
    return CodedIncident(
        incident=incident,
        reports=tuple(report for report, _ in stored),
        citations=tuple(citation for cited, _ in coded for citation in cited),
        extractions={report.id: extraction_in(connection, report) for report, _ in stored},
        added={report.id: added for report, added in stored},
        names=names,
        uncited=tuple(one for _, rest in coded for one in rest),
        kept=kept_with(connection, incident.id),
    )
