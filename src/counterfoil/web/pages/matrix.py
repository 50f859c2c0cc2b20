"""The matrix: DISARM Red with the number of incidents by technique, filtered and compared, and as files."""

import io
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response

from counterfoil.exchange.matrix import darkest
from counterfoil.web.bench import BenchOf
from counterfoil.web.downloads import attachment
from counterfoil.web.templating import page
from counterfoil.web.views.matrix import Wanted, columns, form_values
from counterfoil.workflow.matrix_files import KINDS, write_matrix

router = APIRouter(include_in_schema=False)


@router.get("/matrix")
def matrix(request: Request, bench: BenchOf) -> HTMLResponse:
    """The matrix of one selection, or of two beside each other."""
    wanted = Wanted.of(request.query_params)
    heats = bench.casebook.heat(*wanted.selections)
    values = {
        "framework": bench.framework,
        "wanted": wanted,
        "heats": heats,
        "columns": columns(heats, bench.framework, wanted.only_cited),
        "darkest": darkest(heats),
        "files": KINDS,
        "links": "" if wanted.compared else wanted.query,
        **form_values(bench.casebook.choices()),
    }
    return page(request, "matrix.html", values)


@router.get("/matrix/{kind}")
def download(request: Request, bench: BenchOf, kind: Annotated[str, Path(max_length=20)]) -> Response:
    """What the matrix shows, as a file."""
    wanted = Wanted.of(request.query_params)
    text = io.StringIO()
    write_matrix(bench.casebook, wanted.selections, kind, text)
    name = " vs ".join(selection.words for selection in wanted.selections)
    return attachment(text.getvalue(), f"matrix {name}{KINDS[kind].suffix}", KINDS[kind].media_type)
