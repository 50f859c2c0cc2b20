"""Imports: take in what others send, look at what it would change, apply it or drop it."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from counterfoil.web.api.bodies import PROBLEMS
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.pages.imports import planned
from counterfoil.web.received import Received, into_quarantine, received
from counterfoil.workflow.importing import apply, drop, looked_to_plain, parcel_row, quarantined, receive
from counterfoil.workflow.importing_tables import Wishes, read_table, save_columns

router = APIRouter(prefix="/api", tags=["imports"], responses=PROBLEMS)

_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {"type": "string", "format": "binary", "description": "one file"},
                        "url": {"type": "string", "description": "or a web address"},
                        "format": {
                            "type": "string",
                            "description": "stix, misp, navigator or sheet; empty: told by the file's beginning",
                        },
                        "sheet": {"type": "string", "description": "of a workbook: which sheet"},
                        "map": {
                            "type": "array",
                            "items": {"type": "string"},
                            "description": "of a sheet: role=column; the rest is as suggested",
                        },
                        "use_map": {"type": "string", "description": "columns as saved under this name"},
                        "save_map": {"type": "string", "description": "save the columns under this name"},
                        "version": {"type": "string", "description": "of the framework that a sheet codes by"},
                        "incident": {"type": "string", "description": "the incident of rows that name none"},
                        "waiting": {"type": "string", "description": "not empty: a sheet's codes wait for review"},
                    },
                }
            }
        },
    }
}


@router.get("/imports")
def imports(bench: BenchOf, state: Literal["", "waiting", "applied", "dropped"] = "") -> list[dict[str, Any]]:
    """The parcels, newest first."""
    return [asdict(row) for row in quarantined(bench.workspace, state)]


@router.post("/imports", status_code=201, openapi_extra=_UPLOAD)
async def hand_in(request: Request, bench: BenchOf) -> dict[str, Any]:
    """Take a file into quarantine; what applying it would do."""
    file = await received(request, bench)
    return await run_in_threadpool(_put, bench, file)


@router.get("/imports/{parcel_id}")
def one(
    bench: BenchOf,
    parcel_id: str,
    limit: Annotated[int, Query(ge=1, le=100_000)] = 1000,
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> dict[str, Any]:
    """What applying a parcel would do now: all counts and problems, and a stretch of the plan."""
    found = looked_to_plain(planned(bench, parcel_row(bench.workspace, parcel_id)))
    return {**found, "lines": len(found["plan"]), "plan": found["plan"][offset : offset + limit]}


@router.post("/imports/{parcel_id}/apply")
def apply_parcel(bench: BenchOf, parcel_id: str) -> dict[str, Any]:
    """Do what the plan says now, all of it or nothing; what was done."""
    row = parcel_row(bench.workspace, parcel_id)
    done = apply(bench.workspace, row.id, bench.framework, bench.sign())
    bench.arrivals.close_plan(done)
    return looked_to_plain(done)


@router.post("/imports/{parcel_id}/drop")
def drop_parcel(bench: BenchOf, parcel_id: str) -> dict[str, Any]:
    """Say that a parcel is not wanted: its file is deleted, that it came stays known."""
    row = drop(bench.workspace, parcel_row(bench.workspace, parcel_id).id, bench.sign())
    bench.arrivals.close_plan()
    return asdict(row)


def _put(bench: Bench, file: Received) -> dict[str, Any]:
    if not file.is_sheet:
        return looked_to_plain(planned(bench, into_quarantine(bench, file)))
    wishes = Wishes(
        sheet=file.said("sheet"),
        maps=tuple(file.all_said("map")),
        saved=file.said("use_map"),
        version=file.said("version"),
        incident=file.said("incident"),
        signature=None if file.said("waiting") else bench.sign(),
    )
    table = read_table(bench.workspace, (file.name, file.data), bench.framework, wishes)
    if file.said("save_map"):
        save_columns(bench.workspace, file.said("save_map"), table.columns)
    row = receive(bench.workspace, file.name, table.document, "table")
    bench.arrivals.forget_done(row.id)
    return {**looked_to_plain(planned(bench, row)), "columns": table.columns, "unused": table.unused}
