"""The review: a report's text beside its suggestions; beside what else was found in it: see `items`."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from counterfoil.model.coding import Modality
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.pages.items import show_items
from counterfoil.web.templating import page
from counterfoil.web.views.cards import Card, Detail, Wanted, card_of, cards_of, detail_of, filters_of
from counterfoil.web.views.text import anchor_of, paragraphs
from counterfoil.workflow.originals import kept_of
from counterfoil.workflow.reviewing import review, steps, suggestion

router = APIRouter(include_in_schema=False)


@router.get("/reports/{report_id}/review")
def show_review(request: Request, bench: BenchOf, report_id: str, tab: str = "", focus: str = "") -> Response:
    """The page on which suggestions are judged; `focus` opens one of them without a script."""
    if tab == "found":
        return show_items(request, bench, report_id)
    wanted = Wanted.of(request.query_params)
    found = review(bench.workspace, report_id)
    cards = cards_of(found.items, bench.framework, wanted)
    focused = next((item for item in found.items if item.suggestion.id == focus), None)
    text = paragraphs(found.report, focused.suggestion.spans if focused else ())
    values = {
        "report": found.report,
        "paragraphs": text,
        "anchor": lambda offset: anchor_of(text, offset),
        "tab": "codes",
        "cards": cards,
        "filters": filters_of(cards),
        "wanted": wanted,
        "back": urlencode(wanted.query()),
        "query": lambda **changed: urlencode({**wanted.query(), **changed}),
        "focus": focus if focused else "",
        "detail": _detail(bench, focus) if focused else None,
        "tally": tally(cards),
        "hidden_hints": sum(card.hint and card.state == "open" for card in cards) if wanted.least else 0,
        "count": len(cards),
        "found_count": found.found,
        "modalities": list(Modality),
        "techniques": bench.framework.techniques,
        "original": kept_of(bench.workspace, found.report),
        "at": focused.suggestion.spans[0].start if focused else 0,
    }
    return page(request, "review.html", values)


@router.get("/suggestions/{suggestion_id}/card")
def card(request: Request, bench: BenchOf, suggestion_id: str) -> HTMLResponse:
    """One card of the list, as the page's script needs it after a change."""
    item = suggestion(bench.workspace, suggestion_id)
    values = {"card": card_of(item, bench.framework), "focus": "", "back": ""}
    return page(request, "_card_alone.html", values)


@router.get("/suggestions/{suggestion_id}/detail")
def detail(request: Request, bench: BenchOf, suggestion_id: str) -> HTMLResponse:
    """What opens under a card: why, the definition, the siblings, the forms."""
    found = _detail(bench, suggestion_id)
    values = {"detail": found, "back": "", "modalities": list(Modality)}
    return page(request, "_detail_alone.html", values)


def tally(cards: list[Card]) -> dict[str, int]:
    """How far the review has come; hints that nobody judged do not count as waiting."""
    counted = {state: sum(card.state == state for card in cards) for state in ("accepted", "rejected")}
    return {**counted, "open": sum(card.state == "open" and not card.hint for card in cards)}


def _detail(bench: Bench, suggestion_id: str) -> Detail:
    item = suggestion(bench.workspace, suggestion_id)
    past = steps(bench.workspace, item.suggestion.id)
    return detail_of(item, past, bench.framework, bench.codebook)
