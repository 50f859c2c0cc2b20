"""Suggestions, and the decisions on them."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from counterfoil.exchange.native import suggestion_to_plain
from counterfoil.model.coding import Reviewed
from counterfoil.model.framework import Framework
from counterfoil.web.api.bodies import PROBLEMS, AmendBody, DecisionBody, UndoBody
from counterfoil.web.bench import BenchOf
from counterfoil.workflow import decide as decide_on
from counterfoil.workflow.own_codes import Change, amend, undo
from counterfoil.workflow.reviewing import steps, suggestion

router = APIRouter(prefix="/api", tags=["suggestions"], responses=PROBLEMS)


def plain(item: Reviewed, framework: Framework) -> dict[str, Any]:
    """A suggestion with the decision that counts, for JSON."""
    return {
        **suggestion_to_plain(item.suggestion, framework),
        "report": item.suggestion.report,
        "replaces": item.suggestion.replaces,
        "decision": asdict(item.decision) if item.decision else None,
    }


@router.get("/suggestions/{suggestion_id}")
def one(bench: BenchOf, suggestion_id: str) -> dict[str, Any]:
    """A suggestion with the decision that counts."""
    return plain(suggestion(bench.workspace, suggestion_id), bench.framework)


@router.get("/suggestions/{suggestion_id}/decisions")
def decisions(bench: BenchOf, suggestion_id: str) -> list[dict[str, Any]]:
    """Every decision on it, oldest first, and who took one back."""
    return [
        {**asdict(step.decision), "withdrawn": asdict(step.withdrawal) if step.withdrawal else None}
        for step in steps(bench.workspace, suggestion_id)
    ]


@router.post("/decisions", status_code=201)
def decide(bench: BenchOf, body: DecisionBody) -> list[dict[str, Any]]:
    """Accept or reject suggestions, all or none of them."""
    made = decide_on(bench.workspace, body.suggestions, body.verdict, bench.sign(body.comment))
    return [asdict(decision) for decision in made]


@router.post("/decisions/undo")
def take_back(bench: BenchOf, body: UndoBody) -> list[dict[str, Any]]:
    """Take back the live decisions on suggestions, all or none; answers with all that were touched."""
    touched = undo(bench.workspace, body.suggestions, bench.sign(body.comment))
    return [plain(item, bench.framework) for item in touched]


@router.post("/suggestions/{suggestion_id}/amend", status_code=201)
def put_right(bench: BenchOf, suggestion_id: str, body: AmendBody) -> dict[str, Any]:
    """Put a suggestion right: the new one is accepted, the old one rejected in its favour."""
    code = bench.framework.code(body.technique) if body.technique else None
    ranges = [(part.start, part.end) for part in body.ranges] if body.ranges else None
    change = Change(code, ranges, body.modality)
    return plain(amend(bench.workspace, suggestion_id, change, bench.sign(body.comment)), bench.framework)
