"""Store what arrived from elsewhere, many things at a time, and never over what is here.

Whoever calls this has compared it with what is here first (`workflow.arrival_plan`): all of it is new.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, func, select, update

from counterfoil.errors import UsageError
from counterfoil.kb.coding import add_suggestions_of
from counterfoil.kb.reports import row_of
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import (
    decisions,
    found_extractions,
    incident_changes,
    incident_reports,
    incidents,
    item_decisions,
    name_decisions,
    reports,
    runs,
    suggestions,
)
from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.incident import Incident
from counterfoil.model.judging import NameDecision
from counterfoil.model.report import Report


@dataclass(frozen=True, slots=True)
class Standing:
    """How a stored suggestion stands: the live verdict on it and whose, and whether anybody ever judged it."""

    verdict: Verdict | None
    analyst: str
    judged: bool


def hashes(connection: Connection, report_ids: Sequence[str]) -> dict[str, str]:
    """Of those reports that are here: id -> hash of the text."""
    query = select(reports.c.id, reports.c.sha256)
    return {
        report: digest
        for some in slices(report_ids)
        for report, digest in connection.execute(query.where(reports.c.id.in_(some)))
    }


def techniques_of(connection: Connection, ids: Sequence[str]) -> dict[str, set[str]]:
    """The techniques that were ever suggested in those reports, or in the reports of those incidents, that are here."""
    found: dict[str, set[str]] = {}
    on = incident_reports.c
    coded = reports.join(suggestions, suggestions.c.report == reports.c.id, isouter=True)
    linked = incidents.join(incident_reports, on.incident == incidents.c.id, isouter=True)
    linked = linked.join(suggestions, suggestions.c.report == on.report, isouter=True)
    for owner, origin in ((reports.c.id, coded), (incidents.c.id, linked)):
        query = select(owner, suggestions.c.technique).select_from(origin).distinct()
        for some in slices(ids):
            for one, technique in connection.execute(query.where(owner.in_(some))):
                found.setdefault(one, set()).update(filter(None, (technique,)))
    return found


def standings(connection: Connection, suggestion_ids: Sequence[str]) -> dict[str, Standing]:
    """Of those suggestions that are here: how they stand."""
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    ever = select(decisions.c.id).where(decisions.c.suggestion == suggestions.c.id).correlate(suggestions).exists()
    query = select(suggestions.c.id, decisions.c.verdict, decisions.c.analyst, ever).join(decisions, live, isouter=True)
    return {
        one: Standing(Verdict(verdict) if verdict else None, analyst or "", bool(judged))
        for some in slices(suggestion_ids)
        for one, verdict, analyst, judged in connection.execute(query.where(suggestions.c.id.in_(some)))
    }


def extracted(connection: Connection, report_ids: Sequence[str]) -> set[str]:
    """Those of the reports of which something was extracted here, or said of what was."""
    found: set[str] = set()
    for some in slices(report_ids):
        for table in (found_extractions, item_decisions):
            found |= set(connection.execute(select(table.c.report).where(table.c.report.in_(some))).scalars())
    return found


def touched_fields(connection: Connection, incident_id: str, importer: str) -> set[str]:
    """The fields of an incident that somebody changed here; what imports changed (their name begins so) is not."""
    mine = incident_changes.c.incident == incident_id
    query = select(incident_changes.c.field).where(mine, ~incident_changes.c.analyst.startswith(importer))
    return set(connection.execute(query).scalars())


def removed_reports(connection: Connection, incident_id: str) -> set[str]:
    """The reports that somebody took from an incident."""
    mine = (incident_changes.c.incident == incident_id) & (incident_changes.c.field == "report removed")
    return set(connection.execute(select(incident_changes.c.before).where(mine)).scalars())


def add_texts(connection: Connection, arrived: Iterable[tuple[Report, str]]) -> None:
    """Store new reports, each with the time it counts as added; they have no original of their own."""
    for some in slices(arrived):
        connection.execute(reports.insert(), [{**row_of(report), "added": added} for report, added in some])


def add_coding(connection: Connection, coded: Mapping[str, Sequence[Suggestion]], at: str) -> None:
    """Store new suggestions by report, listed with those of its latest coding: nothing steps back for them."""
    latest: dict[str, int] = {}
    for some in slices(coded):
        query = select(runs.c.report, func.max(runs.c.id)).where(runs.c.report.in_(some)).group_by(runs.c.report)
        latest |= {row[0]: row[1] for row in connection.execute(query)}
    number = connection.execute(select(func.coalesce(func.max(runs.c.id), 0))).scalar_one()
    fresh = [report for report, found in coded.items() if found and report not in latest]
    latest |= {report: number for number, report in enumerate(fresh, number + 1)}
    rows = [{"id": latest[report], "report": report, "coder": coded[report][0].coder, "at": at} for report in fresh]
    if rows:
        connection.execute(runs.insert(), rows)
    add_suggestions_of(connection, ((latest[report], one) for report, found in coded.items() for one in found))


def add_decisions(connection: Connection, judged: Iterable[tuple[str, Verdict, Signature]]) -> None:
    """Store decisions on suggestions that nobody here has judged."""
    number = connection.execute(select(func.coalesce(func.max(decisions.c.id), 0))).scalar_one()
    for some in slices(enumerate(judged, number + 1)):
        rows = [
            {
                "id": place,
                "suggestion": suggestion,
                "verdict": verdict.value,
                **{name: getattr(signature, name) for name in ("analyst", "at", "comment")},
                "superseded": None,
            }
            for place, (suggestion, verdict, signature) in some
        ]
        connection.execute(decisions.insert(), rows)


def add_names(connection: Connection, words: Iterable[NameDecision]) -> None:
    """Store words on names of which nothing was said here."""
    rows = [
        {
            **{field: getattr(word, field) for field in ("name", "alias", "analyst", "at", "comment")},
            "verdict": word.verdict.value if word.verdict else "open",
        }
        for word in words
    ]
    if rows:
        connection.execute(name_decisions.insert(), rows)


def follow(
    connection: Connection, incident: Incident, fields: Mapping[str, tuple[str, str]], signature: Signature
) -> None:
    """Bring an incident to what its source says of it now; each field is a row of its history.

    Args:
        fields: what changes: field -> what it was and what it is now, as texts.

    Raises:
        UsageError: no analyst.
    """
    if not signature.analyst.strip():
        raise UsageError("A change needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    details = json.dumps(asdict(incident.details), ensure_ascii=False, sort_keys=True)
    here = incidents.c.id == incident.id
    connection.execute(update(incidents).where(here).values(name=incident.name, details=details))
    for field, (before, after) in fields.items():
        row = {"incident": incident.id, "field": field, "before": before, "after": after}
        connection.execute(incident_changes.insert().values(**row, analyst=signature.analyst, at=signature.at))
