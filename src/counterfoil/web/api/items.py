"""What was extracted from reports besides techniques: items, and the decisions on them."""

from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from counterfoil.kb.items import Wanted
from counterfoil.model.coding import Verdict
from counterfoil.model.judging import ItemDecision
from counterfoil.model.plain import item_decision_to_plain, judged_to_plain
from counterfoil.web.api.bodies import PROBLEMS, Comment, Id, Range, Ranges
from counterfoil.web.bench import BenchOf
from counterfoil.workflow.items import add_item, amend_item, item_review, item_steps, judge, undo_items

router = APIRouter(prefix="/api", tags=["items"], responses=PROBLEMS)

ItemId = Annotated[str, StringConstraints(pattern=r"^X-[0-9a-f]+(-[0-9a-f]*)?$", max_length=100)]
Text = Annotated[str, StringConstraints(max_length=2000)]
ItemIds = Annotated[list[ItemId], Field(min_length=1, max_length=5000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AliasBody(_Body):
    """Another name of an actor, and who uses it."""

    name: Text
    by: Text = ""


class ItemVerdicts(_Body):
    """A verdict on items: all or none are judged."""

    items: ItemIds
    verdict: Verdict
    comment: Comment = ""


class ItemUndo(_Body):
    """Items whose last decision is taken back, all or none."""

    items: ItemIds
    comment: Comment = ""


class ItemChange(_Body):
    """What is put right in an item: its fields (see docs/workbench.md) and its passages; others stay."""

    fields: dict[Annotated[str, StringConstraints(max_length=50)], Text] = {}
    aliases: Annotated[list[AliasBody], Field(max_length=100)] | None = None
    ranges: Annotated[list[Range], Field(min_length=1, max_length=10_000)] | None = None
    comment: Comment = ""

    def wanted(self) -> Wanted:
        """The same as the workflow takes it."""
        fields: dict[str, Any] = dict(self.fields)
        if self.aliases is not None:
            fields["aliases"] = [alias.model_dump() for alias in self.aliases]
        return Wanted(fields, [(part.start, part.end) for part in self.ranges] if self.ranges else None)


class ItemBody(ItemChange):
    """An item of one's own; it is accepted as it is made."""

    kind: Id
    ranges: Ranges


@router.get("/reports/{report_id}/items")
def items(bench: BenchOf, report_id: str, kind: str = "") -> list[dict[str, Any]]:
    """Every item of a report, rejected ones too, kind by kind in text order."""
    found = item_review(bench.workspace, report_id).items
    return [judged_to_plain(one) for one in found if kind in ("", one.kind)]


@router.post("/reports/{report_id}/items", status_code=201)
def add(bench: BenchOf, report_id: str, body: ItemBody) -> dict[str, Any]:
    """Add an item of one's own."""
    return judged_to_plain(add_item(bench.workspace, report_id, body.kind, body.wanted(), bench.sign(body.comment)))


@router.get("/items/{item}")
def one(bench: BenchOf, item: str) -> dict[str, Any]:
    """An item with the decision that counts."""
    return judged_to_plain(item_steps(bench.workspace, item).item)


@router.get("/items/{item}/decisions")
def decisions(bench: BenchOf, item: str) -> list[dict[str, Any]]:
    """Every decision on it, oldest first."""
    return [item_decision_to_plain(step) for step in item_steps(bench.workspace, item).steps]


@router.post("/items/{item}/amend", status_code=201)
def put_right(bench: BenchOf, item: str, body: ItemChange) -> dict[str, Any]:
    """Change an item, and accept it so; what was found is kept beside it."""
    return judged_to_plain(amend_item(bench.workspace, item, body.wanted(), bench.sign(body.comment)))


@router.post("/item-decisions", status_code=201)
def decide(bench: BenchOf, body: ItemVerdicts) -> list[dict[str, Any]]:
    """Accept or reject items, all or none of them."""
    made = judge(bench.workspace, body.items, body.verdict, bench.sign(body.comment))
    return [item_decision_to_plain(decision) for decision in made if isinstance(decision, ItemDecision)]


@router.post("/item-decisions/undo")
def take_back(bench: BenchOf, body: ItemUndo) -> list[dict[str, Any]]:
    """Take back the last decision on items, all or none; `item` is null where an addition is gone with it."""
    touched = undo_items(bench.workspace, body.items, bench.sign(body.comment))
    return [{"id": one.id, "item": judged_to_plain(one.item) if one.item else None} for one in touched]
