"""Look for coordination in a data set: the form, how far the search has come, what it found."""

import re
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from counterfoil.errors import CounterfoilError, UsageError
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.detection import SearchRun
from counterfoil.web.problems import status_of
from counterfoil.web.templating import page
from counterfoil.workflow.detect_desk import MEMORY
from counterfoil.workflow.detecting import Search

router = APIRouter(include_in_schema=False)

WINDOWS = {"": 0, "10 seconds": 10, "1 minute": 60, "5 minutes": 300, "1 hour": 3600, "1 day": 86_400}
RATES = ("0.05", "0.01", "0.001")
MOST_FILES = 50
_ODD = re.compile(r"[^\w.\-]+")


@router.get("/detect")
def form(request: Request, bench: BenchOf) -> HTMLResponse:
    """The form, and the search that was started last."""
    return _form(request, bench)


@router.post("/detect", response_model=None)
async def start(request: Request, bench: BenchOf) -> HTMLResponse | RedirectResponse:
    """Take data in and start a search."""
    try:
        if bench.detection.running:  # said before the data is read
            raise UsageError("A search is running already.", "Wait until it is done, or stop it.")
        async with request.form(max_files=MOST_FILES, max_fields=20) as sent:
            run = await run_in_threadpool(_start, sent, bench)
    except UsageError as error:
        return await run_in_threadpool(_form, request, bench, error)
    return RedirectResponse(f"/detect/{run.id}", status_code=303)


@router.post("/detect/stop")
def stop(bench: BenchOf) -> RedirectResponse:
    """End the search that runs."""
    bench.detection.stop()
    last = bench.detection.last
    return RedirectResponse(f"/detect/{last.id}" if last else "/detect", status_code=303)


@router.get("/detect/{run_id}")
def run(request: Request, bench: BenchOf, run_id: str) -> HTMLResponse:
    """How far a search has come, and what it found."""
    return page(request, "detect_run.html", {"run": bench.detection.run(run_id)})


@router.get("/detect/{run_id}/state")
def state(bench: BenchOf, run_id: str) -> JSONResponse:
    """The same for the page's script."""
    return JSONResponse(asdict(bench.detection.run(run_id)))


def _form(request: Request, bench: Bench, problem: CounterfoilError | None = None) -> HTMLResponse:
    values: dict[str, Any] = {
        "windows": list(WINDOWS),
        "rates": RATES,
        "last": bench.detection.last,
        "problem": problem,
    }
    values |= {"most": f"{bench.settings.upload_bytes / 1e9:.1f} GB"}
    return page(request, "detect.html", values, status_of(problem) if problem else 200)


def _start(sent: FormData, bench: Bench) -> SearchRun:
    folder = bench.detection.folder()
    try:
        data, names = _files(sent, "files", folder)
        accounts, _ = _files(sent, "accounts", folder)
        if not data:
            raise UsageError("Nothing was handed in.", "Choose a file of posts: CSV, JSON, JSON Lines or Parquet.")
        search = _search(sent, data, accounts)
        return bench.detection.start(search, names, folder, (bench.codebook.framework, bench.analyst))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _search(sent: FormData, data: tuple[str, ...], accounts: tuple[str, ...]) -> Search:
    window, rate = str(sent.get("window", "")), str(sent.get("rate", RATES[0]))
    if window not in WINDOWS or rate not in RATES:
        raise UsageError("The window or the rate is none of the choices.", "Choose one of the list.")
    seconds = WINDOWS[window]
    return Search(
        data=data,
        accounts=accounts,
        window=seconds * 1_000_000 if seconds else None,
        rate=float(rate),
        memory=MEMORY,
    )


def _files(sent: FormData, name: str, folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of a field, laid in folders of their own under (nearly) their names, which tell of their formats."""
    paths, names = [], []
    for number, upload in enumerate(sent.getlist(name)):
        if isinstance(upload, UploadFile) and upload.filename:
            called = _ODD.sub("_", Path(upload.filename.replace("\\", "/")).name).lstrip(".")[-100:] or "data"
            path = folder / f"{name}{number}" / called
            path.parent.mkdir()
            with path.open("wb") as out:
                shutil.copyfileobj(upload.file, out, 1 << 20)
            paths.append(str(path))
            names.append(called)
    return tuple(paths), tuple(names)
