"""Techniques of the framework in use, with the codebook's definitions: what the palette searches."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from counterfoil.model.framework import Technique
from counterfoil.web.api.bodies import PROBLEMS
from counterfoil.web.bench import Bench, BenchOf

router = APIRouter(prefix="/api", tags=["techniques"], responses=PROBLEMS)


@router.get("/techniques")
def techniques(request: Request, bench: BenchOf) -> Response:
    """All techniques, in the framework's order. An ETag saves sending them again."""
    framework = bench.framework
    tag = f'"{framework.name}-{framework.version}-{bench.codebook.digest}"'.replace(" ", "-")
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return JSONResponse([_plain(bench, one) for one in framework.techniques.values()], headers=headers)


@router.get("/techniques/{technique_id}")
def technique(bench: BenchOf, technique_id: str) -> dict[str, Any]:
    """One technique with its siblings."""
    found = bench.framework.technique(technique_id)
    return {**_plain(bench, found), "siblings": [one.id for one in bench.framework.siblings(technique_id)]}


@router.get("/cues")
def cues(bench: BenchOf, q: Annotated[str, Query(max_length=200)] = "") -> list[dict[str, str]]:
    """Techniques with a cue of the codebook that holds all the words, those with the most telling cues first."""
    known = bench.framework.techniques
    found = [hit for hit in bench.cues.find(q) if hit.technique in known]
    return [{"technique": hit.technique, "cue": hit.cue, "strength": hit.strength.value} for hit in found]


def _plain(bench: Bench, technique: Technique) -> dict[str, Any]:
    names = {tactic.id: tactic.name for tactic in bench.framework.tactics}
    entry = bench.codebook.entries.get(technique.id)
    return {
        "id": technique.id,
        "name": technique.name,
        "tactic": technique.tactic,
        "tactic_name": names.get(technique.tactic, ""),
        "parent": technique.parent,
        "definition": entry.definition if entry else technique.summary,
        "use_when": entry.use_when if entry else "",
        "not_when": [{"when": one.when, "instead": one.instead} for one in entry.not_when] if entry else [],
    }
