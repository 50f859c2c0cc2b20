"""A report at a glance: where it comes from, how far its review is, what it names, the incidents it belongs to."""

from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from counterfoil.model.coding import Verdict
from counterfoil.model.finding import MEDIA_TYPE
from counterfoil.model.item_fields import LABELS
from counterfoil.web.bench import BenchOf
from counterfoil.web.pages.actors import path_of
from counterfoil.web.templating import page
from counterfoil.web.views.items import line_of, tally
from counterfoil.workflow.items import report_glance
from counterfoil.workflow.originals import kept_of

router = APIRouter(include_in_schema=False)

MOST = 12  #: items of a kind


@router.get("/reports/{report_id}")
def report(request: Request, bench: BenchOf, report_id: str) -> HTMLResponse:
    """The page."""
    found = report_glance(bench.workspace, report_id)
    kept = [one for one in found.items if one.state != Verdict.REJECTED.value]
    kinds = [
        (kind, LABELS[kind], [line_of(one) for one in items])
        for kind, items in ((kind, list(group)) for kind, group in groupby(kept, key=lambda one: one.kind))
    ]
    cited: dict[str, int] = {}
    for suggestion in found.accepted:
        cited[suggestion.code.id] = cited.get(suggestion.code.id, 0) + 1
    original = kept_of(bench.workspace, found.report)
    values = {
        "report": found.report,
        "finding": original is not None and original.file.media_type == MEDIA_TYPE,
        "state": found.state,
        "incidents": found.incidents,
        "kinds": kinds,
        "tally": tally(found.items),
        "most": MOST,
        "cited": sorted(cited.items()),
        "techniques": bench.framework.techniques,
        "path_of": path_of,
        "original": original,
    }
    return page(request, "report.html", values)
