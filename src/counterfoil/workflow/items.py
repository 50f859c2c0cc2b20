"""Judge what was extracted: accept, reject, change, add, undo; and say which names are one actor's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import sleep
from typing import TYPE_CHECKING, Literal

from counterfoil.errors import UnknownIdError
from counterfoil.model.coding import Decision, Signature, Suggestion, Verdict
from counterfoil.model.judging import ItemDecision, JudgedItem, NameDecision
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.kb.items import Wanted
    from counterfoil.kb.overview import ReportState
    from counterfoil.kb.report_names import IncidentName
    from counterfoil.kb.workspace import Workspace

ITEM = "X-"  #: how the ids of items begin
AT_ONCE = 50  #: reports that follow a decision on names in one transaction
BREATH = 0.03  #: seconds in which others can take their turn to write


@dataclass(frozen=True, slots=True)
class ItemReview:
    """A report with its items as analysts left them, and how many suggestions it has."""

    report: Report
    items: list[JudgedItem]
    suggestions: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A report with the state of its review, its items, its citations, and the incidents that rest on it."""

    report: Report
    state: "ReportState"
    items: list[JudgedItem]
    accepted: list[Suggestion]
    incidents: "list[IncidentName]"


@dataclass(frozen=True, slots=True)
class ItemSteps:
    """An item with every decision on it, oldest first."""

    item: JudgedItem
    steps: list[ItemDecision]


@dataclass(frozen=True, slots=True)
class Touched:
    """An item that a step changed; `item` is None if it is no more: an undone addition."""

    id: str
    item: JudgedItem | None


def item_review(workspace: "Workspace", report_id: str) -> ItemReview:
    """Every item of a report, rejected ones too.

    Raises:
        UnknownIdError: no such report.
    """
    from counterfoil.kb.items import items_of
    from counterfoil.kb.reports import get_report
    from counterfoil.kb.runs import count_listed

    with workspace.reading() as connection:
        report = get_report(connection, report_id)
        return ItemReview(report, items_of(connection, report.id), count_listed(connection, report.id))


def report_glance(workspace: "Workspace", report_id: str) -> Glance:
    """What the page of a report shows.

    Raises:
        UnknownIdError: no such report.
    """
    from counterfoil.kb.coding import citations
    from counterfoil.kb.items import items_of
    from counterfoil.kb.overview import states
    from counterfoil.kb.report_names import incidents_of
    from counterfoil.kb.reports import get_report

    with workspace.reading() as connection:
        report = get_report(connection, report_id)
        accepted = [citation.suggestion for citation in citations(connection, [report.id])]
        state = states(connection, [report.id])[0]
        return Glance(report, state, items_of(connection, report.id), accepted, incidents_of(connection, report.id))


def item_steps(workspace: "Workspace", item: str) -> ItemSteps:
    """One item with its history.

    Args:
        item: the id, or its beginning.

    Raises:
        UnknownIdError: no such item.
    """
    from counterfoil.kb.items import get_item, item_history

    with workspace.reading() as connection:
        one = get_item(connection, item)
        return ItemSteps(one, item_history(connection, one.id))


def judge(
    workspace: "Workspace", ids: Sequence[str], verdict: Verdict, signature: Signature
) -> list[Decision | ItemDecision]:
    """Judge suggestions and items, all or none of them.

    Raises:
        UsageError: an id that is not there, or no analyst.
    """
    from counterfoil.kb.coding import decide
    from counterfoil.kb.items import decide_items

    with workspace.writing() as connection:
        items = decide_items(connection, [one for one in ids if one.startswith(ITEM)], verdict, signature)
        others = [decide(connection, one, verdict, signature) for one in ids if not one.startswith(ITEM)]
        return [*others, *items]


def undo_items(workspace: "Workspace", ids: Sequence[str], signature: Signature) -> list[Touched]:
    """Take back the decision that counts on each item, all or none.

    Raises:
        UsageError: nobody has judged one, or no analyst.
    """
    from counterfoil.kb.items import get_item, withdraw_item

    with workspace.writing() as connection:
        numbers = [withdraw_item(connection, one, signature).item for one in dict.fromkeys(ids)]
        touched = []
        for number in numbers:
            try:
                touched.append(Touched(number, get_item(connection, number)))
            except UnknownIdError:
                touched.append(Touched(number, None))
        return touched


def amend_item(workspace: "Workspace", item: str, wanted: "Wanted", signature: Signature) -> JudgedItem:
    """Change an item, and accept it so.

    Raises:
        UsageError: no such item, a field that it cannot have, or no analyst.
        EvidenceError: a range is not inside the text.
    """
    from counterfoil.kb.items import amend_item as amend
    from counterfoil.kb.items import get_item

    with workspace.writing() as connection:
        return get_item(connection, amend(connection, item, wanted, signature).item)


def add_item(workspace: "Workspace", report_id: str, kind: str, wanted: "Wanted", signature: Signature) -> JudgedItem:
    """Add an item of one's own.

    Raises:
        UsageError: no such report or kind, a field that it cannot have, or no analyst.
        EvidenceError: a range is not inside the text.
    """
    from counterfoil.kb.items import add_item as add
    from counterfoil.kb.items import get_item

    with workspace.writing() as connection:
        return get_item(connection, add(connection, report_id, kind, wanted, signature).item)


def settle_names(workspace: "Workspace", ended: "Callable[[], bool]" = lambda: False) -> None:
    """Let all reports follow the decisions on names: some at a time, so that others can decide meanwhile.

    What is left when the process ends, or when `ended` says so, is noted and follows with the next call.
    """
    from counterfoil.kb.items import settle

    more = True
    while more and not ended():
        with workspace.writing() as connection:
            more = settle(connection, AT_ONCE)
        if more:
            sleep(BREATH)


def count_following(workspace: "Workspace") -> int:
    """How many reports still have to follow the decisions on names."""
    from counterfoil.kb.names import count_pending

    with workspace.reading() as connection:
        return count_pending(connection)


Said = Literal["joined", "apart", "open"]  #: of two names
Follow = Callable[["Workspace"], None]  #: has reports follow a decision on names, now or beside other work


def join_names(
    workspace: "Workspace", name: str, aliases: Sequence[str], signature: Signature, follow: Follow = settle_names
) -> list[NameDecision]:
    """Say that names are one actor's, which goes by `name`; all that reports say of them follows.

    Raises:
        UsageError: no analyst, no two different names, or another word keeps two of them apart.
    """
    from counterfoil.kb.names import join_names as join

    made = _named(workspace, lambda connection: [join(connection, name, alias, signature) for alias in aliases])
    follow(workspace)
    return made


def part_names(
    workspace: "Workspace", name: str, alias: str, signature: Signature, follow: Follow = settle_names
) -> list[NameDecision]:
    """Say that two names are not one actor's; what they had been joined for is parted again.

    Raises:
        UsageError: no analyst, or no two different names.
    """
    from counterfoil.kb.names import part_names as part

    made = _named(workspace, lambda connection: part(connection, name, alias, signature))
    follow(workspace)
    return made


def forget_names(
    workspace: "Workspace", name: str, alias: str, signature: Signature, follow: Follow = settle_names
) -> NameDecision:
    """Take back what was said of two names.

    Raises:
        UsageError: nothing was said of them, or no analyst.
    """
    from counterfoil.kb.names import forget_names as forget

    made = _named(workspace, lambda connection: [forget(connection, name, alias, signature)])[0]
    follow(workspace)
    return made


def say_of_names(
    workspace: "Workspace", pair: tuple[str, str], said: Said, signature: Signature, follow: Follow = settle_names
) -> list[NameDecision]:
    """Say that two names are one actor's, which goes by the first ("joined"), or are not ("apart"); or take back what
    was said of them ("open").

    Raises:
        UsageError: as `join_names`, `part_names`, `forget_names`.
    """
    name, alias = pair
    if said == "joined":
        return join_names(workspace, name, [alias], signature, follow)
    if said == "apart":
        return part_names(workspace, name, alias, signature, follow)
    return [forget_names(workspace, name, alias, signature, follow)]


def _named(workspace: "Workspace", say: "Callable[[Connection], list[NameDecision]]") -> list[NameDecision]:
    from counterfoil.kb.names import names_in_use, note_pending

    with workspace.writing() as connection:
        before = names_in_use(connection)
        made = say(connection)
        note_pending(connection, before, names_in_use(connection))
        return made


def unnamed(workspace: "Workspace", wanted: Sequence[str]) -> list[str]:
    """Those of the names that no coded report has: slips of the hand, or a name that reports will bring."""
    from counterfoil.kb.names import unnamed as unnamed_in

    with workspace.reading() as connection:
        return unnamed_in(connection, wanted)


def name_history(workspace: "Workspace", names: Sequence[str] = ()) -> list[NameDecision]:
    """Every decision on names, oldest first; of some names only, if any are given."""
    from counterfoil.kb.names import decided_names
    from counterfoil.model.judging import name_key

    wanted = {name_key(name) for name in names}
    with workspace.reading() as connection:
        return [one for one in decided_names(connection) if not wanted or wanted & set(one.pair)]
