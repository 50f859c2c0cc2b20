"""The review's second tab: actors, dates, observables and all else that was extracted, judged item by item."""

from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Checked

from counterfoil.kb.items import Wanted as WantedItem
from counterfoil.model.coding import Verdict
from counterfoil.model.item_fields import FIELDS, LABELS, known_kind
from counterfoil.model.judging import JudgedItem
from counterfoil.model.report import Report
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.pages.forms import DecisionForm, Quote, UndoForm, Words
from counterfoil.web.pages.quoting import range_of
from counterfoil.web.templating import page
from counterfoil.web.views.items import (
    Detail,
    Wanted,
    aliases_from,
    detail_of,
    kinds_of,
    line_of,
    parts_of,
    tally,
    verdict_of,
)
from counterfoil.web.views.text import paragraphs
from counterfoil.workflow.items import add_item, amend_item, item_review, item_steps, judge, undo_items
from counterfoil.workflow.originals import kept_of
from counterfoil.workflow.reviewing import stored_report

router = APIRouter(include_in_schema=False)

FIELD = "f_"  #: how the form's names of an item's own fields begin
PROPOSED = 8  #: pairs of names above the items
_STATES = {"open": "waiting", "accepted": "accepted", "rejected": "rejected"}


class ItemForm(BaseModel):
    """An item as it should be: its fields (names with `FIELD`), the passages that it keeps, one more passage."""

    model_config = ConfigDict(extra="allow")

    back: Words = ""
    range: list[Words] = Checked(default_factory=list, max_length=10_000)
    quote: Quote = ""

    def fields(self) -> dict[str, object]:
        """The item's own fields, by their names."""
        extra = self.model_extra or {}
        given = {name.removeprefix(FIELD): value for name, value in extra.items() if name.startswith(FIELD)}
        if isinstance(given.get("aliases"), str):
            given["aliases"] = aliases_from(given["aliases"])
        return given

    def ranges(self, report: Report, near: int) -> list[tuple[int, int]]:
        """The passages: those that were kept, and the one that was written."""
        kept = [tuple(int(edge) for edge in words.split("-")) for words in self.range if _is_range(words)]
        found = [(pair[0], pair[1]) for pair in kept]
        return [*found, range_of(report, self.quote, near)] if self.quote.strip() else found


class AddForm(ItemForm):
    """A new item of a kind."""

    of: Words


def show_items(request: Request, bench: Bench, report_id: str) -> HTMLResponse:
    """The page; `focus` opens an item, `at` the one that stands at that code point, `add` the form for a new one."""
    query = request.query_params
    wanted = Wanted.of(query)
    found = item_review(bench.workspace, report_id)
    focused = _focused(found.items, query.get("focus", ""), query.get("at", ""))
    add = query.get("add", "")
    names = [one.item.name for one in found.items if one.kind == "actors" and one.state != Verdict.REJECTED.value]
    proposals = bench.aliases.proposals(names)
    values = {
        "report": found.report,
        "paragraphs": paragraphs(found.report, focused.item.spans if focused else ()),
        "tab": "found",
        "count": found.suggestions,
        "found_count": sum(one.state != Verdict.REJECTED.value for one in found.items),
        "kinds": kinds_of(found.items, wanted),
        "labels": LABELS,
        "states": _STATES,
        "wanted": wanted,
        "back": urlencode(wanted.query()),
        "tally": tally(found.items),
        "focus": focused.id if focused else "",
        "detail": _detail(bench, focused.id) if focused else None,
        "proposals": proposals[:PROPOSED],
        "proposed": len(proposals),
        "add": add if add in FIELDS else "",
        "parts": parts_of(add) if add in FIELDS else (),
        "verdict_of": verdict_of,
        "original": kept_of(bench.workspace, found.report),
        "at": focused.item.spans[0].start if focused and focused.item.spans else 0,
    }
    return page(request, "items.html", values)


@router.get("/items/fields/{kind}")
def fields(request: Request, kind: str) -> HTMLResponse:
    """The fields of a new item, as the page's script needs them."""
    values = {"parts": parts_of(known_kind(kind)), "aliases": "" if kind == "actors" else None}
    return page(request, "_fields_alone.html", values)


@router.get("/items/{item}/card")
def card(request: Request, bench: BenchOf, item: str) -> HTMLResponse:
    """One line of the list, as the page's script needs it after a change."""
    found = item_steps(bench.workspace, item).item
    return page(request, "_item_alone.html", {"line": line_of(found), "focus": "", "back": "tab=found"})


@router.get("/items/{item}/detail")
def detail(request: Request, bench: BenchOf, item: str) -> HTMLResponse:
    """What opens under an item: its passages, its history, the form to put it right."""
    values = {"detail": _detail(bench, item), "back": "tab=found", "verdict_of": verdict_of}
    return page(request, "_item_detail_alone.html", values)


@router.post("/items/{item}/decision")
def decide(bench: BenchOf, item: str, form: Annotated[DecisionForm, Form()]) -> RedirectResponse:
    """Accept or reject an item."""
    one = item_steps(bench.workspace, item).item
    judge(bench.workspace, [one.id], form.verdict, bench.sign(form.comment))
    return _to_items(one.report, form.back, one.id)


@router.post("/items/{item}/undo")
def take_back(bench: BenchOf, item: str, form: Annotated[UndoForm, Form()]) -> RedirectResponse:
    """Take back the decision that counts."""
    one = item_steps(bench.workspace, item).item
    undo_items(bench.workspace, [one.id], bench.sign())
    return _to_items(one.report, form.back, one.id)


@router.post("/items/{item}/amend")
def put_right(bench: BenchOf, item: str, form: Annotated[ItemForm, Form()]) -> RedirectResponse:
    """Change an item, and accept it so."""
    one = item_steps(bench.workspace, item).item
    report = stored_report(bench.workspace, one.report)
    wanted = WantedItem(form.fields(), form.ranges(report, one.item.spans[0].start if one.item.spans else 0))
    amend_item(bench.workspace, one.id, wanted, bench.sign())
    return _to_items(one.report, form.back, one.id)


@router.post("/reports/{report_id}/items")
def add(bench: BenchOf, report_id: str, form: Annotated[AddForm, Form()]) -> Response:
    """Add an item of one's own."""
    report = stored_report(bench.workspace, report_id)
    made = add_item(
        bench.workspace, report.id, form.of, WantedItem(form.fields(), form.ranges(report, 0)), bench.sign()
    )
    return _to_items(report.id, form.back, made.id)


def _detail(bench: Bench, item: str) -> Detail:
    found = item_steps(bench.workspace, item)
    return detail_of(found.item, found.steps)


def _focused(items: list[JudgedItem], number: str, at: str) -> JudgedItem | None:
    """The item of that id; or of those that stand at a code point the one with the fewest passages there."""
    if number:
        return next((one for one in items if one.id == number), None)
    here = [one for one in items if at and any(str(span.start) == at for span in one.item.spans)]
    return min(here, key=lambda one: len(one.item.spans), default=None)


def _is_range(words: str) -> bool:
    start, _, end = words.partition("-")
    return all(edge.isascii() and edge.isdecimal() and len(edge) < 12 for edge in (start, end))


def _to_items(report_id: str, back: str, focus: str) -> RedirectResponse:
    """Back to the list with the filters as they were."""
    query = {**Wanted.of(dict(parse_qsl(back))).query(), "focus": focus}
    return RedirectResponse(f"/reports/{report_id}/review?{urlencode(query)}#{focus}", status_code=303)
