"""Incidents: open one on reports, list, read."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from counterfoil.exchange.native import incident_to_plain
from counterfoil.kb.incidents import list_incidents
from counterfoil.web.api.bodies import PROBLEMS, IncidentBody
from counterfoil.web.bench import BenchOf
from counterfoil.workflow import assemble, new_incident

router = APIRouter(prefix="/api", tags=["incidents"], responses=PROBLEMS)


@router.get("/incidents")
def incidents(bench: BenchOf) -> list[dict[str, Any]]:
    """All incidents, newest first."""
    with bench.workspace.reading() as connection:
        return [asdict(incident) for incident in list_incidents(connection)]


@router.post("/incidents", status_code=201)
def open_incident(bench: BenchOf, body: IncidentBody) -> dict[str, Any]:
    """Open an incident on reports; their accepted suggestions are its citations."""
    return asdict(new_incident(bench.workspace, body.name, body.reports))


@router.get("/incidents/{incident_id}")
def incident(bench: BenchOf, incident_id: str) -> dict[str, Any]:
    """An incident with its reports, citations and what was extracted."""
    return incident_to_plain(assemble(bench.workspace, [incident_id])[0], bench.framework)
