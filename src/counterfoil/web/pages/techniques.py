"""Techniques: a list to search in, and one page each with its incidents and quotes."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterfoil.model.selection import Selection
from counterfoil.web.bench import BenchOf
from counterfoil.web.templating import page
from counterfoil.web.views.matrix import form_values
from counterfoil.web.views.techniques import about, evidence, groups

router = APIRouter(include_in_schema=False)

A_PAGE = 20  #: incidents on a technique's page


@router.get("/techniques")
def techniques(request: Request, bench: BenchOf, q: str = "") -> Response:
    """All techniques by tactic, or those that have the words; a technique's id leads to its page."""
    words = " ".join(q.split())[:200]
    if words.upper() in bench.framework.techniques:
        return RedirectResponse(f"/techniques/{words.upper()}", status_code=303)
    (heat,) = bench.casebook.heat(Selection())
    found = groups(words, heat, bench.framework, bench.codebook)
    values = {"framework": bench.framework, "groups": found, "q": words, "total": sum(len(g.items) for g in found)}
    return page(request, "techniques.html", values)


@router.get("/techniques/{technique_id}")
def technique(
    request: Request,
    bench: BenchOf,
    technique_id: str,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """What a technique means, and where it was cited; the filters are the matrix's."""
    one = bench.framework.technique(technique_id)
    wanted = Selection.of({**request.query_params, "technique": one.id, "q": ""})
    base = Selection.of({**request.query_params, "technique": "", "q": ""})
    (heat,) = bench.casebook.heat(base)
    found = bench.casebook.find(wanted, A_PAGE, (number - 1) * A_PAGE)
    quotes = bench.casebook.quotes(wanted, [row.id for row in found.incidents])
    values = {
        "framework": bench.framework,
        "about": about(one.id, heat, bench.framework, bench.codebook, bench.counters),
        "names": {code: known.name for code, known in bench.framework.techniques.items()},
        "wanted": base,
        "links": urlencode(base.query()),
        "evidence": evidence(found.incidents, quotes),
        "total": found.total,
        "number": number,
        "pages": max(1, -(-found.total // A_PAGE)),
        **form_values(bench.casebook.choices()),
    }
    return page(request, "technique.html", values)
