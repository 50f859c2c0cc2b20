"""Imports: hand a file in, look at its plan, apply it or drop it; what came before."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from counterfoil.errors import CounterfoilError, InputError, UsageError
from counterfoil.exchange import IMPORTERS
from counterfoil.kb.parcels import ParcelRow
from counterfoil.model.parcel import State
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.problems import status_of
from counterfoil.web.received import Received, into_quarantine, received
from counterfoil.web.templating import page
from counterfoil.web.views.imports import PROBLEMS, Wanted, decisions, does_something, page_of, shown
from counterfoil.workflow.importing import Looked, apply, drop, look, parcel_row, quarantined

router = APIRouter(include_in_schema=False)

A_PAGE = 50  #: parcels in the list
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


@router.get("/imports")
def imports(request: Request, bench: BenchOf, number: PageNumber = 1) -> HTMLResponse:
    """Hand something in; what waits, and what became of the rest."""
    return _start(request, bench, number)


@router.post("/imports", response_model=None)
async def hand_in(request: Request, bench: BenchOf) -> HTMLResponse | RedirectResponse:
    """Take a file or an address into quarantine; of a sheet the columns are asked for first."""
    try:
        file = await received(request, bench)
        where = await run_in_threadpool(_put, bench, file)
    except (UsageError, InputError) as error:
        return await run_in_threadpool(_start, request, bench, 1, error)
    return RedirectResponse(where, status_code=303)


@router.get("/imports/{parcel_id}")
def one(request: Request, bench: BenchOf, parcel_id: str) -> HTMLResponse:
    """What applying a parcel would do now, or what it did; the query chooses lines by `state`, `kind` and `q`."""
    return _plan(request, bench, parcel_row(bench.workspace, parcel_id))


@router.post("/imports/{parcel_id}/apply", response_model=None)
def apply_parcel(
    request: Request, bench: BenchOf, parcel_id: str, seen: Annotated[str, Form(max_length=100)] = ""
) -> HTMLResponse | RedirectResponse:
    """Do what the plan says, if it still says what was `seen`."""
    row = parcel_row(bench.workspace, parcel_id)
    try:
        done = apply(bench.workspace, row.id, bench.framework, bench.sign(), seen)
    except (UsageError, InputError) as error:
        bench.arrivals.close_plan()
        return _plan(request, bench, row, error)
    bench.arrivals.close_plan(done)
    return RedirectResponse(f"/imports/{row.id}", status_code=303)


@router.post("/imports/{parcel_id}/drop")
def drop_parcel(bench: BenchOf, parcel_id: str) -> RedirectResponse:
    """The parcel is not wanted."""
    drop(bench.workspace, parcel_row(bench.workspace, parcel_id).id, bench.sign())
    bench.arrivals.close_plan()
    return RedirectResponse("/imports", status_code=303)


def planned(bench: Bench, row: ParcelRow) -> Looked:
    """What applying a parcel would do; what it did, if that was in this launch.

    Raises:
        UsageError: it was dropped.
        InputError: it cannot be read.
    """
    done = bench.arrivals.done(row.id)
    if done and done.row == row:
        return done
    key = (row.id, row.state, row.at, bench.framework.name, bench.framework.version)
    return bench.arrivals.plan(key, lambda: look(bench.workspace, row.id, bench.framework))


def _put(bench: Bench, file: Received) -> str:
    if file.is_sheet:
        return f"/imports/sheets/{bench.arrivals.put_sheet(file.name, file.data).id}"
    return f"/imports/{into_quarantine(bench, file).id}"


def _start(request: Request, bench: Bench, number: int, problem: CounterfoilError | None = None) -> HTMLResponse:
    parcels = quarantined(bench.workspace)
    waiting = [row for row in parcels if row.state == "waiting"]
    closed: Sequence[ParcelRow] = [row for row in parcels if row.state != "waiting"]
    values = {
        "waiting": waiting[:A_PAGE],
        "more_waiting": max(0, len(waiting) - A_PAGE),
        "closed": closed[(number - 1) * A_PAGE : number * A_PAGE],
        "total": len(closed),
        "number": number,
        "pages": max(1, -(-len(closed) // A_PAGE)),
        "formats": _labels(),
        "offline": bench.settings.config.offline,
        "problem": problem,
    }
    return page(request, "imports.html", values, status_of(problem) if problem else 200)


def _plan(request: Request, bench: Bench, row: ParcelRow, problem: CounterfoilError | None = None) -> HTMLResponse:
    wanted, number = Wanted.of(request.query_params)
    values: dict[str, Any] = {"parcel": row, "label": _labels().get(row.format, row.format), "problem": problem}
    values |= {"looked": None, "wanted": wanted, "number": number, "states": list(State)}
    status = status_of(problem) if problem else 200
    if row.state != "dropped":
        try:
            looked = planned(bench, row)
        except (UsageError, InputError) as error:  # a file that cannot be read waits too, until somebody drops it
            return page(request, "import.html", {**values, "problem": problem or error}, status)
        values |= {
            "looked": looked,
            "mark": looked.mark,
            "does": does_something(looked),
            "decisions": decisions(looked),
            "done": bench.arrivals.done(row.id) is looked,
            "shown": shown(looked, wanted, number),
            "problems": looked.problems[:PROBLEMS],
            "page_of": page_of,
        }
    return page(request, "import.html", values, status)


def _labels() -> dict[str, str]:
    return {name: IMPORTERS.load(name).label for name in IMPORTERS.names()}
