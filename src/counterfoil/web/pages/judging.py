"""Decisions, undoing, amending and own codes as plain forms; scripts use the API instead."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from counterfoil.errors import UsageError
from counterfoil.model.coding import Verdict
from counterfoil.web.bench import BenchOf
from counterfoil.web.pages.forms import AcceptForm, AmendForm, CodeForm, DecisionForm, UndoForm
from counterfoil.web.pages.quoting import range_of
from counterfoil.web.templating import page
from counterfoil.web.views.cards import Wanted, card_of
from counterfoil.workflow import decide
from counterfoil.workflow.own_codes import Change, Claim, add_own, amend, undo
from counterfoil.workflow.reviewing import review, stored_report, suggestion

router = APIRouter(include_in_schema=False)


@router.post("/suggestions/{suggestion_id}/decision")
def judge(bench: BenchOf, suggestion_id: str, form: Annotated[DecisionForm, Form()]) -> RedirectResponse:
    """Accept or reject one suggestion."""
    item = suggestion(bench.workspace, suggestion_id)
    decide(bench.workspace, [item.suggestion.id], form.verdict, bench.sign(form.comment))
    return _to_review(item.suggestion.report, form.back, item.suggestion.id)


@router.post("/suggestions/{suggestion_id}/undo")
def take_back(bench: BenchOf, suggestion_id: str, form: Annotated[UndoForm, Form()]) -> RedirectResponse:
    """Take back the decision that counts."""
    item = suggestion(bench.workspace, suggestion_id)
    undo(bench.workspace, [item.suggestion.id], bench.sign())
    return _to_review(item.suggestion.report, form.back, item.suggestion.id)


@router.post("/suggestions/{suggestion_id}/amend")
def put_right(bench: BenchOf, suggestion_id: str, form: Annotated[AmendForm, Form()]) -> RedirectResponse:
    """Put a suggestion right and accept it so."""
    old = suggestion(bench.workspace, suggestion_id).suggestion
    report = stored_report(bench.workspace, old.report)
    ranges = [range_of(report, words, old.spans[0].start) for words in form.quote if words.strip()]
    named = form.technique.strip().upper()
    code = old.code if named == old.code.id else bench.framework.code(named)
    new = amend(bench.workspace, old.id, Change(code, ranges, form.modality), bench.sign())
    return _to_review(old.report, form.back, new.suggestion.id)


@router.post("/reports/{report_id}/codes")
def code_passage(bench: BenchOf, report_id: str, form: Annotated[CodeForm, Form()]) -> RedirectResponse:
    """An analyst's own code for words of the report."""
    report = stored_report(bench.workspace, report_id)
    code = bench.framework.code(form.technique.strip().upper())
    claim = Claim(report.id, code, [range_of(report, form.quote, 0)], form.modality)
    own = add_own(bench.workspace, claim, bench.sign())
    return _to_review(report.id, form.back, own.suggestion.id)


@router.post("/reports/{report_id}/accept")
def accept_many(request: Request, bench: BenchOf, report_id: str, form: Annotated[AcceptForm, Form()]) -> Response:
    """Accept several suggestions of a report: asks first, then does it, all or none."""
    found = review(bench.workspace, report_id)
    if form.sure:
        decide(bench.workspace, form.ids, Verdict.ACCEPTED, bench.sign())
        return _to_review(found.report.id, form.back)
    wanted = Wanted.of(dict(parse_qsl(form.back)))
    cards = [card_of(item, bench.framework) for item in found.items]
    chosen = [card for card in cards if card.state == "open" and wanted.takes(card)]
    if not chosen:
        raise UsageError("None of the suggestions that are shown waits for a decision.", "Change the filters.")
    return page(request, "accept_all.html", {"report": found.report, "cards": chosen, "back": form.back})


def _to_review(report_id: str, back: str, focus: str = "") -> RedirectResponse:
    """Back to the review with the filters as they were."""
    query = Wanted.of(dict(parse_qsl(back))).query()
    if focus:
        query["focus"] = focus
    anchor = f"#{focus}" if focus else ""
    return RedirectResponse(f"/reports/{report_id}/review?{urlencode(query)}{anchor}", status_code=303)
