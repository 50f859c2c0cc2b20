"""Reports: list, hand in, read; their suggestions, and codes of one's own."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from counterfoil.exchange.native import found_in, report_summary
from counterfoil.web.api.bodies import PROBLEMS, CodeBody
from counterfoil.web.api.suggestions import plain
from counterfoil.web.bench import BenchOf
from counterfoil.web.pages.start import taken_in
from counterfoil.workflow.own_codes import Claim, add_own
from counterfoil.workflow.reviewing import review

router = APIRouter(prefix="/api", tags=["reports"], responses=PROBLEMS)

_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "urls": {"type": "string", "description": "one address a line"},
                        "text": {"type": "string"},
                        "title": {"type": "string", "description": "of the text"},
                    },
                }
            }
        },
    }
}


@router.get("/reports")
def list_reports(
    bench: BenchOf,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
    waiting: bool = False,
) -> dict[str, Any]:
    """Reports, newest first, with the state of their review."""
    found = bench.overview.queue(waiting=(offset, limit)) if waiting else bench.overview.queue(recent=(offset, limit))
    rows = found.waiting if waiting else found.recent
    return {"totals": asdict(found.totals), "reports": [asdict(row) for row in rows]}


@router.post("/reports", status_code=202, openapi_extra=_UPLOAD)
async def hand_in(request: Request, bench: BenchOf) -> dict[str, Any]:
    """Hand in files, addresses or text; they are read and coded one by one (see the intake)."""
    batch = await taken_in(request, bench)
    return {"intake": batch.id, "items": len(batch.items)}


@router.get("/intake/{intake_id}")
def intake(bench: BenchOf, intake_id: str) -> dict[str, Any]:
    """How far each source of an intake has come."""
    batch = bench.intake.batch(intake_id)
    finished = batch.finished
    _, items = batch.since(-1)
    return {"finished": finished, "counts": batch.counts(), "items": [asdict(item) for item in items]}


@router.get("/reports/{report_id}")
def report(bench: BenchOf, report_id: str) -> dict[str, Any]:
    """A report with its text, its structure and what extraction found in it."""
    found = review(bench.workspace, report_id)
    return {
        **report_summary(found.report),
        "text": found.report.text,
        "blocks": [asdict(block) for block in found.report.blocks],
        "pages": [asdict(page) for page in found.report.pages],
        "found": found_in(found.extraction),
    }


@router.get("/reports/{report_id}/suggestions")
def suggestions(bench: BenchOf, report_id: str) -> list[dict[str, Any]]:
    """A report's suggestions, best first, each with the decision that counts."""
    return [plain(item, bench.framework) for item in review(bench.workspace, report_id).items]


@router.post("/reports/{report_id}/codes", status_code=201)
def code(bench: BenchOf, report_id: str, body: CodeBody) -> dict[str, Any]:
    """A code of one's own for passages of the report; it is accepted as it is made."""
    ranges = [(part.start, part.end) for part in body.ranges]
    claim = Claim(report_id, bench.framework.code(body.technique), ranges, body.modality)
    return plain(add_own(bench.workspace, claim, bench.sign(body.comment)), bench.framework)
