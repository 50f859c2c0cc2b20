"""Suggestions, decisions and extractions in the knowledge base.

Coding again adds: suggestions of an older run that nobody decided on step back from the list, decided
ones stay as they are, and a suggestion that repeats what an analyst has judged is not asked again.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from counterfoil.errors import UsageError
from counterfoil.kb.items import store_extraction
from counterfoil.kb.reports import find_id, get_report
from counterfoil.kb.slices import slices
from counterfoil.kb.tables import ANALYST, decisions, extractions, reports, runs, suggestions
from counterfoil.model.coding import Citation, Decision, Modality, Reason, Reviewed, Signature, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Code
from counterfoil.model.plain import extraction_from_plain, spans_from_plain, spans_to_plain
from counterfoil.model.report import Report


def add_run(
    connection: Connection, report_id: str, found: tuple[Suggestion, ...], extraction: Extraction, at: str
) -> None:
    """Store what a coding of a report found, but for suggestions that an analyst has judged before."""
    label = found[0].coder if found else ""
    run = connection.execute(runs.insert().values(report=report_id, coder=label, at=at)).inserted_primary_key
    number = run[0] if run else 0
    judged = [item.suggestion for item in reviewed(connection, report_id) if item.decision]
    fresh = [suggestion for suggestion in found if not is_judged(suggestion, judged)]
    add_suggestions(connection, number, fresh)
    store_extraction(connection, report_id, extraction)


def add_suggestions(connection: Connection, run: int, found: Iterable[Suggestion]) -> None:
    """Store suggestions under a run; one that is there already is brought up to date, not doubled."""
    add_suggestions_of(connection, ((run, suggestion) for suggestion in found))


def add_suggestions_of(connection: Connection, found: Iterable[tuple[int, Suggestion]]) -> None:
    """The same for suggestions of many runs."""
    statement = insert(suggestions)
    newer = {name: statement.excluded[name] for name in ("run", "voice", "coder", "score", "reasons", "replaces")}
    for some in slices(found):
        rows = [_suggestion_row(suggestion, run) for run, suggestion in some]
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=newer), rows)


def decision_on(connection: Connection, suggestion_id: str) -> Decision | None:
    """The live decision on a suggestion (full id), if anybody has judged it."""
    live = (decisions.c.suggestion == suggestion_id) & decisions.c.superseded.is_(None)
    row = connection.execute(select(decisions).where(live)).first()
    return _decision(row._asdict()) if row else None


def run_of(connection: Connection, suggestion_id: str) -> int:
    """The run that a stored suggestion is listed under."""
    return int(connection.execute(select(suggestions.c.run).where(suggestions.c.id == suggestion_id)).scalar_one())


def reviewed(connection: Connection, report_id: str) -> list[Reviewed]:
    """The report's suggestions with their decisions, best first: the latest run's and every decided one.

    An analyst's own code whose decision was withdrawn is gone: nobody suggests it any more.
    """
    report = get_report(connection, report_id)
    return _of_report(connection, _listed(report.id), report)


def reviewed_one(connection: Connection, suggestion_id: str) -> Reviewed:
    """One suggestion with its live decision, whether or not its report's list still has it.

    Args:
        suggestion_id: the id, or its beginning.

    Raises:
        UnknownIdError: no such suggestion.
    """
    full_id = find_id(connection, "suggestion", suggestion_id)
    row = connection.execute(_with_decisions().where(suggestions.c.id == full_id)).one()._asdict()
    text = connection.execute(select(reports.c.text).where(reports.c.id == row["report"])).scalar_one()
    return _reviewed(row, text)


def decide(connection: Connection, suggestion_id: str, verdict: Verdict, signature: Signature) -> Decision:
    """Add a decision; the one before it, if any, is superseded and kept.

    Args:
        suggestion_id: the id, or its beginning.

    Raises:
        UsageError: no such suggestion, or no analyst.
    """
    if not signature.analyst.strip():
        raise UsageError("A decision needs an analyst's name.", "Set --analyst or COUNTERFOIL_ANALYST.")
    full_id = find_id(connection, "suggestion", suggestion_id)
    number = connection.execute(select(func.coalesce(func.max(decisions.c.id), 0) + 1)).scalar_one()
    live = (decisions.c.suggestion == full_id) & decisions.c.superseded.is_(None)
    connection.execute(update(decisions).where(live).values(superseded=number))
    decision = Decision(number, full_id, verdict, signature.analyst.strip(), signature.at, signature.comment)
    connection.execute(decisions.insert().values(**asdict(decision)))
    return decision


def history(connection: Connection, suggestion_id: str) -> list[Decision]:
    """Every decision on a suggestion, oldest first."""
    full_id = find_id(connection, "suggestion", suggestion_id)
    query = select(decisions).where(decisions.c.suggestion == full_id).order_by(decisions.c.id)
    return [_decision(row._asdict()) for row in connection.execute(query)]


def citations(connection: Connection, report_ids: Iterable[str]) -> Iterator[Citation]:
    """What analysts accepted in these reports, in the order of reports and score.

    A citation that was carried over to another framework version gives way to its successors.
    """
    for report_id in report_ids:
        report = get_report(connection, report_id)
        accepted = _with_decisions().where(decisions.c.verdict == Verdict.ACCEPTED.value)
        yield from _cited(_of_report(connection, accepted, report))[0]


def coding_of(connection: Connection, report: Report) -> tuple[list[Citation], list[Reviewed]]:
    """The report's citations, and its other suggestions: open, rejected, or carried over; each best first."""
    rows = connection.execute(_ALL_LISTED, {"wanted": report.id})
    return _cited([_reviewed(row._asdict(), report.text) for row in rows])


def _listed(report_id: "str | BindParameter[str]") -> "Select[Any]":
    """The latest run's suggestions, but for analysts' own, and every decided one."""
    latest = select(func.max(runs.c.id)).where(runs.c.report == report_id).scalar_subquery()
    open_ones = (suggestions.c.run == latest) & ~suggestions.c.coder.startswith(ANALYST)
    return _with_decisions().where(open_ones | decisions.c.id.is_not(None))


def _of_report(connection: Connection, query: "Select[Any]", report: Report) -> list[Reviewed]:
    rows = connection.execute(query.where(suggestions.c.report == report.id).order_by(*_BEST_FIRST))
    return [_reviewed(row._asdict(), report.text) for row in rows]


def _cited(items: list[Reviewed]) -> tuple[list[Citation], list[Reviewed]]:
    accepted = {
        one.decision.suggestion: Citation(one.suggestion, one.decision)
        for one in items
        if one.decision and one.decision.verdict is Verdict.ACCEPTED
    }
    for one in [citation.suggestion.replaces for citation in accepted.values()]:
        accepted.pop(one, None)
    rest = [one for one in items if one.decision is None or one.decision.suggestion not in accepted]
    return list(accepted.values()), rest


def get_extraction(connection: Connection, report_id: str) -> Extraction:
    """What the latest coding extracted from a report, as analysts left it; empty if it was never coded."""
    query = select(extractions, reports.c.text).join(reports).where(extractions.c.report == report_id)
    row = connection.execute(query).first()
    if row is None:
        return Extraction()
    return extraction_from_plain(json.loads(row.content), row.text, row.coder)


def extraction_in(connection: Connection, report: Report) -> Extraction:
    """The same as `get_extraction` of a report that is at hand."""
    row = connection.execute(_EXTRACTED, {"wanted": report.id}).first()
    return extraction_from_plain(json.loads(row.content), report.text, row.coder) if row else Extraction()


_DECISION = [
    decisions.c[name].label(f"d_{name}") for name in ("id", "verdict", "analyst", "at", "comment", "superseded")
]


_BEST_FIRST = (suggestions.c.score.desc(), suggestions.c.technique, suggestions.c.id)


def _with_decisions() -> "Select[Any]":
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    return select(suggestions, *_DECISION).join(decisions, live, isouter=True)


# Made once: an export of all incidents asks ten thousand times.
_WANTED: "BindParameter[str]" = bindparam("wanted")
_ALL_LISTED = _listed(_WANTED).where(suggestions.c.report == _WANTED).order_by(*_BEST_FIRST)
_EXTRACTED = select(extractions.c.content, extractions.c.coder).where(extractions.c.report == _WANTED)


def is_judged(suggestion: Suggestion, judged: Sequence[Suggestion]) -> bool:
    """Whether an analyst has judged this act on (parts of) these very passages."""
    same = [
        other
        for other in judged
        if (other.code, other.modality, other.actor) == (suggestion.code, suggestion.modality, suggestion.actor)
    ]
    return bool(same) and all(
        any(span.overlaps(known) for other in same for known in other.spans) for span in suggestion.spans
    )


def _suggestion_row(suggestion: Suggestion, run: int) -> dict[str, Any]:
    reasons = [{"text": r.text, "span": spans_to_plain((r.span,))[0] if r.span else None} for r in suggestion.reasons]
    return {
        "id": suggestion.id,
        "report": suggestion.report,
        "run": run,
        "framework": suggestion.code.framework,
        "version": suggestion.code.version,
        "technique": suggestion.code.id,
        **{name: getattr(suggestion, name) for name in ("modality", "actor", "voice", "coder", "score", "replaces")},
        "spans": json.dumps(spans_to_plain(suggestion.spans), ensure_ascii=False),
        "reasons": json.dumps(reasons, ensure_ascii=False),
    }


def _reviewed(row: dict[str, Any], text: str) -> Reviewed:
    suggestion = Suggestion(
        report=row["report"],
        code=Code(row["framework"], row["version"], row["technique"]),
        spans=spans_from_plain(json.loads(row["spans"]), text),
        reasons=tuple(_reason(reason, text) for reason in json.loads(row["reasons"])),
        modality=Modality(row["modality"]),
        **{name: row[name] for name in ("coder", "score", "actor", "voice", "replaces")},
    )
    if row["d_id"] is None:
        return Reviewed(suggestion, None)
    plain = {name.removeprefix("d_"): value for name, value in row.items() if name.startswith("d_")}
    return Reviewed(suggestion, _decision({**plain, "suggestion": row["id"]}))


def _reason(data: dict[str, Any], text: str) -> Reason:
    span = data["span"]
    return Reason(data["text"], Span.check(text, span["start"], span["end"], span["quote"]) if span else None)


def _decision(row: dict[str, Any]) -> Decision:
    return Decision(**{**row, "verdict": Verdict(row["verdict"])})
