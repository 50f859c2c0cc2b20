"""The start page, the intake with its progress, and the list of reports."""

import json
import shutil
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from counterfoil.errors import UsageError
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.intake import Batch
from counterfoil.web.templating import page
from counterfoil.workflow.desk import Handed
from counterfoil.workflow.importing import quarantined

router = APIRouter(include_in_schema=False)

RECENT = 12  #: reports on the start page
A_PAGE = 50  #: reports in the list
TICK = 0.25  #: seconds between looks at a batch


@router.get("/")
def start(request: Request, bench: BenchOf) -> HTMLResponse:
    """Hand something in; what waits, what came last."""
    found = bench.overview.queue((0, RECENT), (0, RECENT))
    above = {row.id for row in found.waiting}
    values = {
        "recent": [row for row in found.recent if row.id not in above],
        "waiting": found.waiting,
        "totals": found.totals,
        "running": bench.intake.running(),
        "left": bench.intake.left,
        "arrived": len(quarantined(bench.workspace, "waiting")),
        "offline": bench.settings.config.offline,
        "workspace": str(bench.settings.config.workspace.absolute()),
    }
    return page(request, "start.html", values)


@router.get("/reports")
def reports(
    request: Request,
    bench: BenchOf,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    show: str = "",
) -> HTMLResponse:
    """All reports, newest first, a page at a time."""
    only_waiting = show == "waiting"
    stretch = ((number - 1) * A_PAGE, A_PAGE + 1)
    found = bench.overview.queue(waiting=stretch) if only_waiting else bench.overview.queue(recent=stretch)
    rows = found.waiting if only_waiting else found.recent
    values = {
        "reports": rows[:A_PAGE],
        "totals": found.totals,
        "number": number,
        "more": len(rows) > A_PAGE,
        "only_waiting": only_waiting,
    }
    return page(request, "reports.html", values)


@router.post("/intake")
async def hand_in(request: Request, bench: BenchOf) -> RedirectResponse:
    """Take in files, addresses and pasted text."""
    batch = await taken_in(request, bench)
    return RedirectResponse(f"/intake/{batch.id}", status_code=303)


@router.post("/intake/left")
def forget_left(bench: BenchOf) -> RedirectResponse:
    """What an earlier launch left unread was told of."""
    bench.intake.forget_left()
    return RedirectResponse("/", status_code=303)


@router.get("/intake/{batch_id}")
def intake(request: Request, bench: BenchOf, batch_id: str) -> HTMLResponse:
    """How far each source has come."""
    batch = bench.intake.batch(batch_id)
    version, items = batch.since(-1)
    values = {"batch": batch, "items": items, "version": version, "finished": batch.finished, "counts": batch.counts()}
    return page(request, "intake.html", values)


@router.get("/intake/{batch_id}/events")
def events(bench: BenchOf, batch_id: str, since: int = -1) -> StreamingResponse:
    """The same as server-sent events: what changed since a version, until all is done."""
    batch = bench.intake.batch(batch_id)

    async def stream() -> AsyncIterator[str]:
        seen, quiet = since, 0.0
        while True:
            finished = batch.finished  # before the look: nothing changes after it
            seen, changed = batch.since(seen)
            if changed or finished:
                data = {"items": [asdict(item) for item in changed], "counts": batch.counts(), "finished": finished}
                yield f"id: {seen}\ndata: {json.dumps(data)}\n\n"
                quiet = 0.0
            if finished:
                return
            if quiet > 15:
                yield ": still here\n\n"  # else a dead connection is never noticed
                quiet = 0.0
            await anyio.sleep(TICK)
            quiet += TICK

    return StreamingResponse(stream(), media_type="text/event-stream")


async def taken_in(request: Request, bench: Bench) -> Batch:
    """Queue what a form hands in: `files`, `urls` (one a line), `text` with its `title`.

    Raises:
        UsageError: there is nothing in it.
    """
    settings = bench.settings
    async with request.form(max_files=settings.files, max_fields=50, max_part_size=settings.paste_bytes) as form:
        return await run_in_threadpool(_taken_in, form, bench)


def _taken_in(form: FormData, bench: Bench) -> Batch:
    folder = bench.intake.folder()
    try:
        handed = [*_files(form, folder), *_pasted(form, folder)]
        handed += [Handed(line.strip()) for line in _text(form, "urls").splitlines() if line.strip()]
        if not handed:
            raise UsageError("Nothing was handed in.", "Choose files, paste an address or paste text.")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return bench.intake.add(handed, folder)


def _files(form: FormData, folder: Path) -> list[Handed]:
    found = []
    for number, upload in enumerate(form.getlist("files")):
        if isinstance(upload, UploadFile) and (upload.filename or upload.size):
            path = folder / str(number)
            with path.open("wb") as out:
                shutil.copyfileobj(upload.file, out)
            found.append(Handed(upload.filename or "file", path))
    return found


def _pasted(form: FormData, folder: Path) -> list[Handed]:
    text = _text(form, "text").replace("\r\n", "\n")
    if not text.strip():
        return []
    path = folder / "pasted"
    path.write_text(text, encoding="utf-8", newline="")
    title = " ".join(_text(form, "title").split())
    return [Handed(f"{title or 'Pasted text'}.txt", path)]


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
