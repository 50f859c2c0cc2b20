"""An analyst's own codes: a code for a passage that nobody suggested, or a suggestion put right.

Either is a suggestion whose coder is "analyst NAME", accepted as it is made; putting right also rejects what
it replaces, all in one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.model.coding import Modality, Reason, Signature, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Code

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.coding import Reviewed
    from counterfoil.model.extraction import Extraction

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Claim:
    """What an analyst says: that a report tells of this technique in these ranges (code points, end exclusive).

    `actor` None: the one influence actor named in the ranges, if there is just one.
    """

    report: str
    code: Code
    ranges: Ranges
    modality: Modality = Modality.OBSERVED
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an analyst puts right in a suggestion; None leaves it as it is."""

    code: Code | None = None
    ranges: Ranges | None = None
    modality: Modality | None = None


def add_own(workspace: "Workspace", claim: Claim, signature: Signature) -> "Reviewed":
    """Store and accept an analyst's own code. One that was suggested already is accepted as it is.

    Raises:
        UnknownIdError: no such report.
        EvidenceError: a range is not inside the text.
        UsageError: no range, or no analyst.
    """
    from counterfoil.kb.coding import get_extraction, reviewed_one
    from counterfoil.kb.reports import get_report

    name = _name(signature)
    with workspace.writing() as connection:
        report = get_report(connection, claim.report)
        spans = _spans(report.text, claim.ranges)
        extraction = get_extraction(connection, report.id)
        own = Suggestion(
            report=report.id,
            code=claim.code,
            spans=spans,
            coder=f"analyst {name}",
            score=1.0,
            reasons=(Reason(f"{name} coded this passage"),),
            modality=claim.modality,
            actor=_actor(spans, extraction) if claim.actor is None else claim.actor,
            voice=_voice(spans, extraction),
        )
        _accept(connection, own, signature)
        return reviewed_one(connection, own.id)


def amend(workspace: "Workspace", suggestion_id: str, change: Change, signature: Signature) -> "Reviewed":
    """Put a suggestion right: the new one is accepted, and the old one rejected in its favour.

    A change that changes nothing accepts the suggestion as it is.

    Raises:
        UnknownIdError: no such suggestion.
        EvidenceError: a range is not inside the text.
        UsageError: no analyst.
    """
    from counterfoil.kb.coding import decide, reviewed_one
    from counterfoil.kb.reports import get_report

    name = _name(signature)
    with workspace.writing() as connection:
        old = reviewed_one(connection, suggestion_id).suggestion
        spans = old.spans
        if change.ranges is not None:
            spans = _spans(get_report(connection, old.report).text, change.ranges)
        new = replace(
            old,
            code=change.code or old.code,
            spans=spans,
            modality=change.modality or old.modality,
            coder=f"analyst {name}",
            score=1.0,
            reasons=(Reason(f"{name} put {old.id} right: {_said(old, change)}"), *old.reasons),
            replaces=old.id,
        )
        _accept(connection, new, signature)
        if new.id != old.id:
            decide(connection, old.id, Verdict.REJECTED, replace(signature, comment=f"put right as {new.id}"))
        return reviewed_one(connection, new.id)


def undo(workspace: "Workspace", suggestion_ids: Sequence[str], signature: Signature) -> "list[Reviewed]":
    """Take back the live decision on each; with a suggestion that puts another right, also that one's rejection.

    Returns every suggestion that was touched, as it is now.

    Raises:
        UnknownIdError: no such suggestion.
        UsageError: nobody has judged it, or no analyst.
    """
    from counterfoil.kb.coding import decision_on, reviewed_one
    from counterfoil.kb.withdrawing import withdraw

    touched: list[str] = []
    with workspace.writing() as connection:
        for suggestion_id in suggestion_ids:
            one = reviewed_one(connection, suggestion_id)
            if one.suggestion.id in touched:
                continue
            withdraw(connection, one.suggestion.id, signature)
            touched.append(one.suggestion.id)
            replaced = one.suggestion.replaces
            rejected = decision_on(connection, replaced) if replaced else None
            if rejected and rejected.comment == f"put right as {one.suggestion.id}":
                withdraw(connection, replaced, signature)
                touched.append(replaced)
        return [reviewed_one(connection, suggestion_id) for suggestion_id in touched]


def _accept(connection: "Connection", own: Suggestion, signature: Signature) -> None:
    from counterfoil.errors import UnknownIdError
    from counterfoil.kb.coding import add_suggestions, decide, reviewed_one
    from counterfoil.kb.runs import latest_run

    try:
        reviewed_one(connection, own.id)  # somebody suggested just this: theirs stays as it is
    except UnknownIdError:
        add_suggestions(connection, latest_run(connection, own.report, own.coder, signature.at), [own])
    decide(connection, own.id, Verdict.ACCEPTED, signature)


def _said(old: Suggestion, change: Change) -> str:
    parts = []
    if change.code and change.code != old.code:
        parts.append(f"it was {old.code.id}")
    if change.modality and change.modality is not old.modality:
        parts.append(f"it was {old.modality}")
    if change.ranges is not None:
        parts.append("another passage")
    return ", ".join(parts) or "as it is"


def _spans(text: str, ranges: Ranges) -> tuple[Span, ...]:
    if not ranges:
        raise UsageError("A code needs a passage as its evidence.", "Select some text first.")
    return tuple(Span.cut(text, start, end) for start, end in sorted(set(ranges)))


def _name(signature: Signature) -> str:
    name = signature.analyst.strip()
    if not name:
        raise UsageError("A decision needs an analyst's name.", "Set COUNTERFOIL_ANALYST.")
    return name


def _actor(spans: tuple[Span, ...], extraction: "Extraction") -> str:
    named = {
        actor.name
        for actor in extraction.actors
        if actor.is_operation and any(mention.overlaps(span) for mention in actor.spans for span in spans)
    }
    return named.pop() if len(named) == 1 else ""


def _voice(spans: tuple[Span, ...], extraction: "Extraction") -> str:
    """The innermost voice that says all of it."""
    around = [
        (said.end - said.start, voice.speaker)
        for voice in extraction.voices
        for said in voice.spans
        if all(said.start <= span.start and span.end <= said.end for span in spans)
    ]
    return min(around)[1] if around else ""
