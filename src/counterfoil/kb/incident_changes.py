"""Change an incident where it stands. What it was before, who changed it and when is kept in rows of its own."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, delete, select, update

from counterfoil.errors import UsageError
from counterfoil.kb.incidents import get_incident
from counterfoil.kb.reports import find_id
from counterfoil.kb.tables import incident_changes, incident_reports, incidents
from counterfoil.model.coding import Signature
from counterfoil.model.incident import Details, Incident
from counterfoil.model.marking import Tlp

NAME, SUMMARY, MARKED, ADDED, REMOVED = "name", "summary", "tlp", "report added", "report removed"


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """A step of an incident's history. `field` is "name", "summary", "tlp", "report added" or "report removed";
    `before` and `after` are the texts, or the report's id on the side on which it belonged. `at` is ISO 8601 in UTC."""

    id: int
    incident: str
    field: str
    before: str
    after: str
    analyst: str
    at: str


def rename(connection: Connection, incident_id: str, name: str, signature: Signature) -> Incident:
    """Give an incident another name; its id stays.

    Raises:
        UsageError: no such incident, no name, or no analyst.
    """
    incident = get_incident(connection, incident_id)
    wanted = " ".join(name.split())
    if not wanted:
        raise UsageError("An incident needs a name.", "Nothing was changed.")
    if wanted != incident.name:
        _log(connection, incident, (NAME, incident.name, wanted), signature)
        connection.execute(update(incidents).where(incidents.c.id == incident.id).values(name=wanted))
    return get_incident(connection, incident.id)


def summarise(connection: Connection, incident_id: str, summary: str, signature: Signature) -> Incident:
    """Say in one's own words what the incident was; an empty summary leaves it to what the reports say.

    Raises:
        UsageError: no such incident, or no analyst.
    """
    incident = get_incident(connection, incident_id)
    wanted = summary.replace("\r\n", "\n").strip()
    if wanted != incident.details.summary:
        _log(connection, incident, (SUMMARY, incident.details.summary, wanted), signature)
        _describe(connection, incident, replace(incident.details, summary=wanted))
    return get_incident(connection, incident.id)


def mark(connection: Connection, incident_id: str, label: Tlp, signature: Signature) -> Incident:
    """Say who may see an incident.

    Raises:
        UsageError: no such incident, or no analyst.
    """
    incident = get_incident(connection, incident_id)
    if label is not incident.tlp:
        _log(connection, incident, (MARKED, incident.details.tlp, label.value), signature)
        _describe(connection, incident, replace(incident.details, tlp=label.value))
    return get_incident(connection, incident.id)


def add_reports(connection: Connection, incident_id: str, report_ids: Sequence[str], signature: Signature) -> Incident:
    """Let an incident rest on more reports; one that it rests on already is passed over.

    Raises:
        UsageError: no such incident or report, or no analyst.
    """
    incident = get_incident(connection, incident_id)
    for report in dict.fromkeys(find_id(connection, "report", one) for one in report_ids):
        if report not in incident.reports:
            _log(connection, incident, (ADDED, "", report), signature)
            connection.execute(incident_reports.insert().values(incident=incident.id, report=report))
    return get_incident(connection, incident.id)


def remove_report(connection: Connection, incident_id: str, report_id: str, signature: Signature) -> Incident:
    """Take a report from an incident; the report and what was decided on it stay in the workspace.

    Raises:
        UsageError: no such incident, it does not rest on this report, or no analyst.
    """
    incident = get_incident(connection, incident_id)
    report = find_id(connection, "report", report_id)
    if report not in incident.reports:
        raise UsageError(f"{incident.id} does not rest on {report}.", "Nothing was changed.")
    _log(connection, incident, (REMOVED, report, ""), signature)
    link = (incident_reports.c.incident == incident.id) & (incident_reports.c.report == report)
    connection.execute(delete(incident_reports).where(link))
    return get_incident(connection, incident.id)


def changes(connection: Connection, incident_id: str) -> list[IncidentChange]:
    """What was changed in an incident, newest first.

    Raises:
        UsageError: no such incident.
    """
    full_id = find_id(connection, "incident", incident_id)
    query = select(incident_changes).where(incident_changes.c.incident == full_id)
    rows = connection.execute(query.order_by(incident_changes.c.id.desc()))
    return [IncidentChange(**row._asdict()) for row in rows]


def _describe(connection: Connection, incident: Incident, details: Details) -> None:
    plain = json.dumps(asdict(details), ensure_ascii=False, sort_keys=True)
    connection.execute(update(incidents).where(incidents.c.id == incident.id).values(details=plain))


def _log(connection: Connection, incident: Incident, change: tuple[str, str, str], signature: Signature) -> None:
    if not signature.analyst.strip():
        raise UsageError("A change needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    field, before, after = change
    values = {"incident": incident.id, "field": field, "before": before, "after": after}
    connection.execute(incident_changes.insert().values(**values, analyst=signature.analyst.strip(), at=signature.at))
