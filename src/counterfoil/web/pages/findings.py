"""Findings of detection: the list, one with its pictures and posts, and an account of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse

from counterfoil.errors import UnknownIdError
from counterfoil.web.bench import BenchOf
from counterfoil.web.templating import page
from counterfoil.web.views import findings as views
from counterfoil.web.views.cards import card_of
from counterfoil.workflow.held_findings import held, open_finding

router = APIRouter(include_in_schema=False)

A_PAGE = 50  #: findings in the list
MEMBERS = 100  #: accounts on the page of a finding
GROUPS = 12  #: shared things whose posts are shown open


@router.get("/findings")
def findings(
    request: Request, bench: BenchOf, number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1
) -> HTMLResponse:
    """All findings, those that came last first."""
    every = held(bench.workspace)
    first = (number - 1) * A_PAGE
    values = {
        "findings": every[first : first + A_PAGE],
        "total": len(every),
        "number": number,
        "more": len(every) > first + A_PAGE,
    }
    return page(request, "findings.html", values)


@router.get("/findings/{finding_id}")
def finding(request: Request, bench: BenchOf, finding_id: str, accounts: str = "") -> HTMLResponse:
    """One finding; `accounts=all` lists every account."""
    found = open_finding(bench.workspace, finding_id)
    one = found.held.finding
    values = {
        "finding": one,
        "state": found.held.state,
        "cards": [card_of(item, bench.framework) for item in found.suggestions],
        "incidents": found.incidents,
        "alike": found.alike,
        "network": views.network(one),
        "size": views.NETWORK,
        "times": views.times(one),
        "width": views.TIMES,
        "left": views.LEFT,
        "groups": views.together(one),
        "explanations": [views.explanation(words) for words in one.explanations],
        "open_groups": GROUPS,
        "members": one.members if accounts == "all" else one.members[:MEMBERS],
    }
    return page(request, "finding.html", values)


@router.get("/findings/{finding_id}/accounts/{number}")
def account(
    request: Request, bench: BenchOf, finding_id: str, number: Annotated[int, Path(ge=0, le=10_000_000)]
) -> HTMLResponse:
    """An account of a finding: its sample posts, by which signals and with whom, and where else it was found."""
    found = open_finding(bench.workspace, finding_id)
    one = found.held.finding
    if number >= len(one.members):
        raise UnknownIdError(f"{one.id} has {len(one.members)} accounts.", "They are counted from 0.")
    member = one.members[number]
    known_by = (member.platform, member.key)
    elsewhere = [
        (
            each,
            next(place for place, other in enumerate(each.finding.members) if (other.platform, other.key) == known_by),
        )
        for each in held(bench.workspace)
        if each.state.id != found.held.state.id and known_by in each.finding.accounts
    ]
    values = {
        "finding": one,
        "report": found.held.state.id,
        "member": member,
        "number": number,
        "groups": views.together(one, member.key),
        "partners": views.partners(one, number),
        "elsewhere": elsewhere,
    }
    return page(request, "finding_account.html", values)
