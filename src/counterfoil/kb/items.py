"""Extracted items in the knowledge base, and what analysts say of them.

What an extraction found is kept as it was found; `extractions` holds it as analysts left it, which is what
everything else reads. Extracting again keeps every verdict: an item is known by what it is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, update

from counterfoil.errors import UnknownIdError, UsageError
from counterfoil.kb.names import names_in_use, pending
from counterfoil.kb.reports import LAST, find_id
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import extractions, found_extractions, item_decisions, names, names_pending, reports
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.item_fields import item_with, known_kind
from counterfoil.model.judging import (
    IDENTITY,
    ItemDecision,
    JudgedItem,
    as_judged,
    identified,
    item_id,
    names_in,
    renamed,
)
from counterfoil.model.plain import extraction_from_plain, extraction_to_plain, item_from_plain

_OPEN = "open"
_COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an item should be: `fields` by name, others stay; `ranges` (code points, end exclusive) or None to stay."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    ranges: Sequence[tuple[int, int]] | None = None


def store_extraction(connection: Connection, report_id: str, extraction: Extraction) -> None:
    """Store what a coding extracted from a report, and what analysts' verdicts leave of it."""
    _put(connection, found_extractions, {report_id: extraction})
    refresh(connection, [report_id])


def store_first_extractions(connection: Connection, found: Mapping[str, Extraction]) -> None:
    """The same for reports of which nothing was extracted or said before: many at a time."""
    joined = names_in_use(connection)
    for some in slices(found.items()):
        rows: dict[Table, list[dict[str, Any]]] = {found_extractions: [], extractions: [], names: []}
        for report_id, extraction in some:
            content = _contents(extraction)
            rows[found_extractions].append({"report": report_id, **content})
            left = renamed(extraction, joined)
            rows[extractions].append({"report": report_id, **(content if left is extraction else _contents(left))})
            rows[names] += [{"name": key, "report": report_id} for key in sorted(names_in(extraction))]
        for table, listed in rows.items():
            if listed:
                connection.execute(table.insert(), listed)


def refresh(connection: Connection, report_ids: Iterable[str]) -> None:
    """Work out anew what decisions leave of what was found in these reports, with joined names as one."""
    joined = names_in_use(connection)
    for some in slices(dict.fromkeys(report_ids)):
        _refresh(connection, some, joined)


def _refresh(connection: Connection, ids: Sequence[str], joined: Mapping[str, str]) -> None:
    texts, decided = _texts(connection, ids), _live_of(connection, ids)
    found = _found_in(connection, texts)
    left = {}
    for report_id in ids:
        judged, live = found.get(report_id, Extraction()), decided.get(report_id, {})
        if live:
            judged = as_judged(_items(report_id, judged, live, texts[report_id]), judged.coder)
        left[report_id] = judged
    _note_names(connection, {report_id: names_in(judged) for report_id, judged in left.items()})
    _put(connection, extractions, {report_id: renamed(judged, joined) for report_id, judged in left.items()})


def settle(connection: Connection, limit: int) -> bool:
    """Let some reports follow the decisions on names; whether there are more."""
    some = pending(connection, limit)
    refresh(connection, some)
    connection.execute(delete(names_pending).where(names_pending.c.report.in_(some)))
    return len(some) == limit


def items_of(connection: Connection, report_id: str) -> list[JudgedItem]:
    """Every item of a report, rejected and added ones too, kind by kind in text order.

    Args:
        report_id: the id, or its beginning.

    Raises:
        UnknownIdError: no such report.
    """
    full_id = find_id(connection, "report", report_id)
    text = _text(connection, full_id)
    return _items(full_id, _found(connection, full_id, text), _live(connection, full_id), text)


def get_item(connection: Connection, wanted: str) -> JudgedItem:
    """The item of that id, or of the only id that begins so.

    Raises:
        UnknownIdError: no such item.
        UsageError: more than one begins so.
    """
    return _items_by_id(connection, [wanted])[0]


def decide_items(
    connection: Connection, wanted: Sequence[str], verdict: Verdict, signature: Signature
) -> list[ItemDecision]:
    """Accept or reject items as they are now; what was decided before is kept.

    Args:
        wanted: their ids, or the beginnings.

    Raises:
        UsageError: no such item, or no analyst.
    """
    rows = []
    for one in {one.id: one for one in _items_by_id(connection, wanted)}.values():
        content = _plain(one.item) if one.own or verdict is Verdict.ACCEPTED else ""
        rows.append(_row(one, verdict, one.own, content))
    return _store(connection, rows, signature)


def amend_item(connection: Connection, item: str, wanted: Wanted, signature: Signature) -> ItemDecision:
    """Change an item, and accept it so. A change that changes nothing accepts it as it is.

    Raises:
        UsageError: no such item, a field that it cannot have, or no analyst.
        EvidenceError: a range is not inside the text.
    """
    one = get_item(connection, item)
    spans = one.item.spans if wanted.ranges is None else _spans(_text(connection, one.report), wanted.ranges)
    changed = item_with(one.kind, wanted.fields, spans, one.item)
    own = one.own or changed != one.item
    return _store(connection, [_row(one, Verdict.ACCEPTED, own, _plain(changed))], signature)[0]


def add_item(connection: Connection, report_id: str, kind: str, wanted: Wanted, signature: Signature) -> ItemDecision:
    """Add an item of an analyst's own, which is accepted as it is made.

    If there is one that is the same but for its passages and lesser fields, that one is changed.

    Raises:
        UsageError: no such report or kind, a field that it cannot have, or no analyst.
        EvidenceError: a range is not inside the text.
    """
    full_id = find_id(connection, "report", report_id)
    spans = _spans(_text(connection, full_id), wanted.ranges or ())
    item = item_with(known_kind(kind), wanted.fields, spans)
    one = JudgedItem(item_id(full_id, kind, item), full_id, kind, item)
    return _store(connection, [_row(one, Verdict.ACCEPTED, True, _plain(item))], signature)[0]


def withdraw_item(connection: Connection, wanted: str, signature: Signature) -> ItemDecision:
    """Take back the decision that counts on an item: what was decided before it counts again.

    Raises:
        UsageError: nobody has judged it, or no analyst.
    """
    one = get_item(connection, wanted)
    stack: list[ItemDecision] = []
    for decision in item_history(connection, one.id):
        if decision.undoes is None:
            stack.append(decision)
        else:
            stack.pop()
    if not stack:
        raise UsageError(f"Nobody has judged {one.id}, so there is nothing to take back.")
    before = stack[-2] if len(stack) > 1 else _row(one, None, False, "")
    return _store(connection, [replace(before, undoes=stack[-1].id)], signature)[0]


def item_history(connection: Connection, item: str) -> list[ItemDecision]:
    """Every decision on an item (full id), oldest first."""
    start = f"R-{item.split('-')[1]}" if item.count("-") > 1 else item
    of_report = (item_decisions.c.report >= start) & (item_decisions.c.report < start + LAST)
    query = select(item_decisions).where(of_report, item_decisions.c.item == item).order_by(item_decisions.c.id)
    return [_decision(row._asdict()) for row in connection.execute(query)]


def _store(connection: Connection, wanted: Sequence[ItemDecision], signature: Signature) -> list[ItemDecision]:
    if not signature.analyst.strip():
        raise UsageError("A decision needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    signed = {"analyst": signature.analyst.strip(), "at": signature.at, "comment": signature.comment}
    stored = []
    for decision in wanted:
        row = {name: value for name, value in asdict(decision).items() if name != "id"} | signed
        row["verdict"] = decision.verdict.value if decision.verdict else _OPEN
        row["own"] = int(decision.own)
        key = connection.execute(item_decisions.insert().values(**row)).inserted_primary_key
        stored.append(_decision({**row, "id": key[0] if key else 0}))
    refresh(connection, dict.fromkeys(decision.report for decision in stored))
    return stored


def _items_by_id(connection: Connection, wanted: Sequence[str]) -> list[JudgedItem]:
    """The item of each id, or of its beginning; each report is read once."""
    by_report: dict[str, list[JudgedItem]] = {}
    found = []
    for one in wanted:
        digits = one.partition("-")[2].partition("-")[0]
        matching = []
        if one.startswith("X-") and digits:
            start = f"R-{digits}"
            query = select(reports.c.id).where((reports.c.id >= start) & (reports.c.id < start + LAST)).limit(4)
            for report_id in connection.execute(query).scalars():
                if report_id not in by_report:
                    by_report[report_id] = items_of(connection, report_id)
                matching += [item for item in by_report[report_id] if item.id.startswith(one)]
        if not matching:
            raise UnknownIdError(f"There is no item {one!r} in this workspace.", "See: counterfoil items REPORT.")
        exact = [item for item in matching if item.id == one]
        if len(matching) > 1 and not exact:
            raise UsageError(f"{one!r} begins more than one item id.", "Type more of it.")
        found.append((exact or matching)[0])
    return found


def _row(one: JudgedItem, verdict: Verdict | None, own: bool, content: str) -> ItemDecision:
    return ItemDecision(0, one.report, one.kind, one.id, verdict, own, content, "", "")


def _items(report_id: str, found: Extraction, live: dict[str, ItemDecision], text: str) -> list[JudgedItem]:
    live = dict(live)

    def judged(number: str, kind: str, item: Any, decision: ItemDecision | None) -> JudgedItem:
        if decision and decision.content and (decision.own or item is None):
            wanted = item_from_plain(kind, json.loads(decision.content), text)
            return JudgedItem(number, report_id, kind, wanted, item, decision)
        return JudgedItem(number, report_id, kind, item, item, decision)

    known = identified(report_id, found)
    items = [judged(number, kind, item, live.pop(number, None)) for number, kind, item in known]
    # What is left was added, or accepted and is not found any more; rejected or taken back it is nothing.
    added = [judged(row.item, row.kind, None, row) for row in live.values() if row.content and row.verdict]
    if added:
        order = {kind: number for number, kind in enumerate(IDENTITY)}
        items = sorted([*items, *added], key=lambda one: (order[one.kind], one.item.spans[:1]))
    return items


def _live(connection: Connection, report_id: str) -> dict[str, ItemDecision]:
    """The last decision on each item of a report."""
    return _live_of(connection, [report_id]).get(report_id, {})


def _live_of(connection: Connection, report_ids: Sequence[str]) -> dict[str, dict[str, ItemDecision]]:
    """The last decision on each item, by report."""
    table = item_decisions.c
    last = select(func.max(table.id)).where(table.report.in_(report_ids)).group_by(table.report, table.item)
    rows = connection.execute(select(item_decisions).where(table.id.in_(last)).order_by(table.id))
    live: dict[str, dict[str, ItemDecision]] = {}
    for row in rows:
        live.setdefault(row.report, {})[row.item] = _decision(row._asdict())
    return live


def _note_names(connection: Connection, keys: Mapping[str, set[str]]) -> None:
    """Note which actors each report names."""
    known: dict[str, set[str]] = {}
    for name, report in connection.execute(select(names.c.name, names.c.report).where(names.c.report.in_(keys))):
        known.setdefault(report, set()).add(name)
    fresh: list[dict[str, str]] = []
    for report_id, now in keys.items():
        before = known.get(report_id, set())
        fresh += [{"name": key, "report": report_id} for key in sorted(now - before)]
        if before - now:
            connection.execute(delete(names).where(names.c.report == report_id, names.c.name.in_(before - now)))
    if fresh:
        connection.execute(names.insert(), fresh)


def _put(connection: Connection, table: Table, found: Mapping[str, Extraction]) -> None:
    """Store the extraction of each report; one that is there just so is left alone."""
    stored = connection.execute(select(table).where(table.c.report.in_(found)))
    before = {row.report: (row.coder, row.content) for row in stored}
    fresh = []
    for report_id, extraction in found.items():
        row = _contents(extraction)
        # No "insert or update": the triggers on the table would take over its way with conflicts.
        if report_id not in before:
            fresh.append({"report": report_id, **row})
        elif before[report_id] != (row["coder"], row["content"]):
            connection.execute(update(table).where(table.c.report == report_id).values(**row))
    if fresh:
        connection.execute(table.insert(), fresh)


def _contents(extraction: Extraction) -> dict[str, str]:
    return {"coder": extraction.coder, "content": json.dumps(extraction_to_plain(extraction), **_COMPACT)}


def _text(connection: Connection, report_id: str) -> str:
    return _texts(connection, [report_id])[report_id]


def _texts(connection: Connection, report_ids: Sequence[str]) -> dict[str, str]:
    query = select(reports.c.id, reports.c.text).where(reports.c.id.in_(report_ids))
    return {row.id: row.text for row in connection.execute(query)}


def _found(connection: Connection, report_id: str, text: str) -> Extraction:
    return _found_in(connection, {report_id: text}).get(report_id, Extraction())


def _found_in(connection: Connection, texts: Mapping[str, str]) -> dict[str, Extraction]:
    """What the latest coding found in each report."""
    rows = connection.execute(select(found_extractions).where(found_extractions.c.report.in_(texts)))
    return {row.report: extraction_from_plain(json.loads(row.content), texts[row.report], row.coder) for row in rows}


def _spans(text: str, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span.cut(text, start, end) for start, end in sorted(set(ranges)))


def _plain(item: Any) -> str:
    return json.dumps(asdict(item), **_COMPACT)


def _decision(row: dict[str, Any]) -> ItemDecision:
    verdict = None if row["verdict"] == _OPEN else Verdict(row["verdict"])
    return ItemDecision(**row | {"verdict": verdict, "own": bool(row["own"])})
