"""The search: one box for everything in the workspace, and what it found, kind by kind."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from counterfoil.kb.search import RANKED
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.templating import page
from counterfoil.web.views.hits import sections
from counterfoil.workflow.searching import FILTERS, LABELS, ORDER, Found, Guide, Wanted, search

router = APIRouter(include_in_schema=False)

OF_EACH = 5  #: hits of each kind, when all kinds are shown
A_PAGE = 25  #: hits on a page of one kind
LAST = RANKED // A_PAGE  #: pages of one kind: further down nothing is ranked


def asked(  # noqa: PLR0913  # the query's own parameters
    q: str = "",
    kind: str = "",
    technique: str = "",
    language: str = "",
    since: str = "",
    until: str = "",
    typing: bool = False,
) -> Wanted:
    """What a request's parameters look for."""
    filters = {"kind": kind, "technique": technique, "language": language, "since": since, "until": until}
    return Wanted(q, {name: value for name, value in filters.items() if value}, typing)


Asked = Annotated[Wanted, Depends(asked)]


@router.get("/search")
def show_search(
    request: Request,
    bench: BenchOf,
    wanted: Asked,
    number: Annotated[int, Query(alias="page", ge=1, le=LAST)] = 1,
    part: bool = False,
) -> HTMLResponse:
    """The search page; with `part` only what was found, as the page's script needs it."""
    found = looked_up(bench, wanted, number)
    one_kind = bool(found.query.kind)
    plain = {"q": wanted.text, **wanted.filters}
    values = {
        "wanted": wanted,
        "found": found,
        "sections": sections(found, request.app.routes),
        "one_kind": one_kind,
        "number": number,
        "last": min(LAST, -(-found.total // A_PAGE)) if one_kind else 1,
        "ranked": RANKED,
        "kinds": {kind: LABELS[kind] for kind in ORDER},
        "filters": FILTERS,
        "address": lambda **changed: "/search?" + urlencode({**plain, **changed}),
        "names": {code: technique.name for code, technique in bench.framework.techniques.items()},
    }
    return page(request, "_results.html" if part else "search.html", values)


def looked_up(bench: Bench, wanted: Wanted, number: int = 1) -> Found:
    """A few hits of every kind, or a page of the one kind that is asked for."""
    from counterfoil.kb.search_words import read_query

    guide = Guide(bench.framework, bench.codebook)
    if read_query(wanted.words()).kind:
        return search(bench.workspace, guide, wanted, A_PAGE, (number - 1) * A_PAGE)
    return search(bench.workspace, guide, wanted, OF_EACH)
