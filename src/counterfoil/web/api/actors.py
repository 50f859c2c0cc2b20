"""Actors and observables over all reports, and which names are one actor's."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from counterfoil.kb.known import Filter
from counterfoil.model.plain import name_decision_to_plain
from counterfoil.web.api.bodies import PROBLEMS, Comment
from counterfoil.web.bench import BenchOf
from counterfoil.workflow.actors import actor_page, leading_name, list_known, observable_pages
from counterfoil.workflow.items import Said, name_history, say_of_names

router = APIRouter(prefix="/api", tags=["actors"], responses=PROBLEMS)

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class NamesBody(BaseModel):
    """What is said of two names: "joined" (the actor goes by `name`), "apart", or "open" to take it back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    alias: Name
    said: Said
    comment: Comment = ""


@router.get("/actors")
def actors(bench: BenchOf, q: str = "", kind: str = "", limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Actors that reports name, those that most reports name first; `kind` is actor, network, state, ..."""
    found = list_known(bench.workspace, "actor", Filter(q[:500], (kind,) if kind else ()), limit, offset)
    return {"total": found.total, "kinds": found.kinds, "actors": [asdict(row) for row in found.rows]}


@router.get("/actor")
def actor(bench: BenchOf, name: str, limit: Limit = 10, offset: Offset = 0) -> dict[str, Any]:
    """What is known of an actor, by any name that was joined to it."""
    leader = leading_name(bench.workspace, name)
    found = actor_page(bench.workspace, leader, bench.framework, limit, offset)
    return asdict(found) | {"history": [name_decision_to_plain(step) for step in found.history]}


@router.get("/observables")
def observables(bench: BenchOf, q: str = "", type: str = "", limit: Limit = 50, offset: Offset = 0) -> dict[str, Any]:
    """Observables that reports have, those in most reports first."""
    found = list_known(bench.workspace, "observable", Filter(q[:500], (type,) if type else ()), limit, offset)
    return {"total": found.total, "types": found.kinds, "observables": [asdict(row) for row in found.rows]}


@router.get("/observable")
def observable(bench: BenchOf, value: str, limit: Limit = 10, offset: Offset = 0) -> list[dict[str, Any]]:
    """What is known of an observable, for each type that has the value."""
    return [asdict(found) for found in observable_pages(bench.workspace, value, limit, offset)]


@router.get("/names/proposals")
def proposals(bench: BenchOf) -> list[dict[str, Any]]:
    """Names that may be one actor's, on which nobody has decided; may lag half a minute behind new reports."""
    return [asdict(proposal) for proposal in bench.aliases.proposals()]


@router.get("/names/decisions")
def decisions(bench: BenchOf, name: str = "") -> list[dict[str, Any]]:
    """Every decision on names (of one name), oldest first."""
    return [name_decision_to_plain(step) for step in name_history(bench.workspace, [name] if name.strip() else ())]


@router.post("/names/decisions", status_code=201)
def decide(bench: BenchOf, body: NamesBody) -> list[dict[str, Any]]:
    """Join two names, keep them apart, or take back what was said of them."""
    pair = (body.name, body.alias)
    made = say_of_names(bench.workspace, pair, body.said, bench.sign(body.comment), bench.following.follow)
    return [name_decision_to_plain(decision) for decision in made]
