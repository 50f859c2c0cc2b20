"""Search the workspace: what the search page does, for programs and for the box at the top of every page."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from counterfoil.kb.search import RANKED
from counterfoil.web.api.bodies import PROBLEMS
from counterfoil.web.bench import BenchOf
from counterfoil.web.pages.search import Asked
from counterfoil.web.views.hits import sections
from counterfoil.workflow.searching import Guide, found_to_plain, search

router = APIRouter(prefix="/api", tags=["search"], responses=PROBLEMS)


@router.get("/search")
def find(
    request: Request,
    bench: BenchOf,
    wanted: Asked,
    limit: Annotated[int, Query(ge=1, le=100, description="hits of each kind")] = 10,
    offset: Annotated[int, Query(ge=0, le=RANKED, description="hits of each kind to pass over")] = 0,
) -> dict[str, Any]:
    """Reports, quotes, incidents, actors, techniques, narratives and observables that match, by kind, best first.

    `q` takes words, "phrases", begin*, -not and filters (kind:, technique:, lang:, date:, since:, until:); the
    other parameters are the same filters. No query is an error: `notes` tells what was passed over. `page` of a
    hit is where the workbench shows it. With `typing` the last word may be the beginning of one.
    """
    found = search(bench.workspace, Guide(bench.framework, bench.codebook), wanted, limit, offset)
    plain = found_to_plain(found)
    for group, section in zip(plain["groups"], sections(found, request.app.routes), strict=True):
        group["label"] = section.label
        for hit, row in zip(group["hits"], section.rows, strict=True):
            hit["page"] = row.href
    return plain
