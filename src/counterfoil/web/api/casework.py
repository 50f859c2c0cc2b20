"""Incidents changed, found and exported, and the numbers behind the matrix."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from counterfoil.model.marking import tlp
from counterfoil.model.selection import Selection
from counterfoil.web.api.bodies import PROBLEMS
from counterfoil.web.bench import BenchOf
from counterfoil.web.downloads import exported
from counterfoil.web.views.incidents import line_of
from counterfoil.web.views.matrix import Wanted
from counterfoil.workflow import Sharing
from counterfoil.workflow.incident_editing import Edit, edit_incident, incident_history

router = APIRouter(prefix="/api", tags=["incidents"], responses=PROBLEMS)

Ids = list[Annotated[str, StringConstraints(min_length=1, max_length=100)]]


class EditBody(BaseModel):
    """Changes to an incident; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(max_length=500)] | None = None
    summary: Annotated[str, StringConstraints(max_length=50_000)] | None = None
    add: Annotated[Ids, Field(max_length=1000)] = []
    remove: Annotated[Ids, Field(max_length=1000)] = []
    tlp: Annotated[str, StringConstraints(max_length=50)] | None = None


@router.get("/found-incidents")
def find(
    request: Request,
    bench: BenchOf,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Incidents by `actor`, `since`, `until`, `country`, `target`, `source`, `origin`, `technique` and `q`."""
    found = bench.casebook.find(Selection.of(request.query_params), limit, offset)
    return {"total": found.total, "incidents": [asdict(line_of(row)) for row in found.incidents]}


@router.patch("/incidents/{incident_id}")
def change(bench: BenchOf, incident_id: str, body: EditBody) -> dict[str, Any]:
    """Rename an incident, say what it was, add or remove reports: all of it or nothing."""
    edit = Edit(body.name, body.summary, body.add, body.remove, body.tlp)
    return asdict(edit_incident(bench.workspace, incident_id, edit, bench.sign()))


@router.get("/incidents/{incident_id}/history")
def history(bench: BenchOf, incident_id: str) -> list[dict[str, Any]]:
    """What was changed in an incident, newest first."""
    return [asdict(one) for one in incident_history(bench.workspace, incident_id)]


@router.get("/incidents/{incident_id}/export/{kind}", response_class=Response)
def download(
    bench: BenchOf,
    incident_id: str,
    kind: Annotated[str, Path(max_length=50)],
    profile: str = "",
    label: Annotated[str, Query(alias="tlp")] = "",
) -> Response:
    """An incident in a registered format (stix, page, json, navigator, ...), for readers up to a TLP label."""
    return exported(bench, incident_id, Sharing(kind, profile, tlp(label)))


@router.get("/matrix")
def matrix(request: Request, bench: BenchOf) -> list[dict[str, Any]]:
    """Incidents and reports by technique for a selection, or two (parameters that begin with `b_`)."""
    heats = bench.casebook.heat(*Wanted.of(request.query_params).selections)
    return [asdict(heat) for heat in heats]
