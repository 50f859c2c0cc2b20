"""Actors and observables: lists to look through, a page each, and names that are joined or kept apart."""

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, StringConstraints

from counterfoil.kb.known import Filter
from counterfoil.model.judging import name_key
from counterfoil.web.bench import BenchOf
from counterfoil.web.pages.forms import Words
from counterfoil.web.templating import page
from counterfoil.workflow.actors import OPERATIONS, actor_page, leading_name, list_known, observable_pages
from counterfoil.workflow.items import say_of_names

router = APIRouter(include_in_schema=False)

A_PAGE = 50  #: rows of a list
REPORTS = 10  #: reports with quotes on a page
PROPOSED = 20  #: pairs of names above the list of actors
OPERATING = "operations"  #: the choice of kinds that is shown first
Name = Annotated[str, StringConstraints(max_length=500)]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


class NamesForm(BaseModel):
    """What is said of two names, and the page that it was said on: a report's, else the actor's."""

    name: Name
    alias: Name
    said: Literal["joined", "swapped", "apart", "open"]
    comment: Words = ""
    report: Words = ""
    back: Name = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: words, a kind, an order, a page; `kind` None if none was named."""

    q: str
    kind: str | None
    order: str
    number: int


def asked(q: str = "", kind: str | None = None, order: str = "reports", number: Number = 1) -> Asked:
    """The parameters of a list's address."""
    return Asked(" ".join(q.split())[:200], kind, order, number)


AskedFor = Annotated[Asked, Depends(asked)]


@router.get("/actors")
def actors(request: Request, bench: BenchOf, ask: AskedFor) -> HTMLResponse:
    """The actors that reports name, operations first."""
    kind = OPERATING if ask.kind is None else ask.kind
    kinds = OPERATIONS if kind == OPERATING else (kind,) if kind else ()
    wanted = Filter(ask.q, kinds, ask.order)
    found = list_known(bench.workspace, "actor", wanted, A_PAGE, (ask.number - 1) * A_PAGE)
    proposed = bench.aliases.proposals() if ask.number == 1 and not ask.q else ()
    choices = {OPERATING: sum(found.kinds.get(one, 0) for one in OPERATIONS)}
    choices |= {one: count for one, count in found.kinds.items() if one not in OPERATIONS}
    values = {
        "found": found,
        "choices": choices,
        "all": sum(found.kinds.values()),
        "q": ask.q,
        "kind": kind,
        "order": ask.order,
        "proposals": proposed[:PROPOSED],
        "proposed": len(proposed),
        "following": bench.following.left(),
        "address": _address("/actors", {"q": ask.q, "kind": kind, "order": ask.order}),
        "path_of": path_of,
        **_paging(ask.number, found.total, A_PAGE),
    }
    return page(request, "actors.html", values)


@router.get("/actors/{name:path}")
def actor(request: Request, bench: BenchOf, name: str, number: Number = 1) -> Response:
    """What is known of an actor; a name that was joined to another leads to that one's page."""
    leader = leading_name(bench.workspace, name)
    if name_key(leader) != name_key(name):
        return RedirectResponse(f"/actors/{path_of(leader)}", status_code=303)
    found = actor_page(bench.workspace, name, bench.framework, REPORTS, (number - 1) * REPORTS)
    names = [found.known.name, *(other.name for other in found.names if other.joined)]
    values = {
        "found": found,
        "proposals": bench.aliases.proposals(names)[:PROPOSED],
        "following": bench.following.left(),
        "tactics": {tactic.id: tactic.name for tactic in bench.framework.tactics},
        "path_of": path_of,
        **_paging(number, found.known.reports, REPORTS),
    }
    return page(request, "actor.html", values)


@router.post("/names")
def say(bench: BenchOf, form: Annotated[NamesForm, Form()]) -> RedirectResponse:
    """Join two names, keep them apart, or take back what was said of them."""
    signature = bench.sign(form.comment)
    if form.said == "swapped":
        say_of_names(bench.workspace, (form.alias, form.name), "joined", signature, bench.following.follow)
    else:
        say_of_names(bench.workspace, (form.name, form.alias), form.said, signature, bench.following.follow)
    if form.report:
        return RedirectResponse(f"/reports/{quote(form.report, safe='')}/review?tab=found", status_code=303)
    there = f"/actors/{path_of(form.back)}" if form.back else "/actors"
    return RedirectResponse(there, status_code=303)


@router.get("/observables")
def observables(request: Request, bench: BenchOf, ask: AskedFor) -> HTMLResponse:
    """The technical traces that reports have."""
    kind = ask.kind or ""
    wanted = Filter(ask.q, (kind,) if kind else (), ask.order)
    found = list_known(bench.workspace, "observable", wanted, A_PAGE, (ask.number - 1) * A_PAGE)
    values = {
        "found": found,
        "all": sum(found.kinds.values()),
        "q": ask.q,
        "kind": kind,
        "order": ask.order,
        "address": _address("/observables", {"q": ask.q, "kind": kind, "order": ask.order}),
        "path_of": path_of,
        **_paging(ask.number, found.total, A_PAGE),
    }
    return page(request, "observables.html", values)


@router.get("/observables/{value:path}")
def observable(request: Request, bench: BenchOf, value: str, number: Number = 1) -> HTMLResponse:
    """Where an observable occurs, and with whom."""
    found = observable_pages(bench.workspace, value, REPORTS, (number - 1) * REPORTS)
    most = max(one.known.reports for one in found)
    return page(request, "observable.html", {"found": found, "path_of": path_of, **_paging(number, most, REPORTS)})


def path_of(name: str) -> str:
    """A name as a part of an address."""
    return quote(name, safe="")


def _address(path: str, plain: dict[str, str]) -> object:
    """Makes addresses of the same list with something changed."""

    def address(**changed: str | int) -> str:
        return f"{path}?{urlencode({**plain, **changed})}"

    return address


def _paging(number: int, total: int, rows: int) -> dict[str, int]:
    return {"number": number, "pages": max(1, -(-total // rows))}
