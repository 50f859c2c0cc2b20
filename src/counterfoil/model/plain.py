"""Domain types as plain data (for JSON) and back, with every span verified on the way in."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from counterfoil.model.casefile import CaseFile, Entry, Evidence
from counterfoil.model.coding import Decision, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import (
    Actor,
    Alias,
    Attribution,
    DateMention,
    Extraction,
    Figure,
    Narrative,
    Observable,
    Person,
    Place,
    PlatformMention,
    Reference,
    Target,
    Voice,
)
from counterfoil.model.judging import ItemDecision, JudgedItem, NameDecision

KINDS: Mapping[str, type] = {
    "actors": Actor,
    "attributions": Attribution,
    "targets": Target,
    "people": Person,
    "voices": Voice,
    "dates": DateMention,
    "places": Place,
    "platforms": PlatformMention,
    "observables": Observable,
    "narratives": Narrative,
    "figures": Figure,
    "references": Reference,
}


def spans_to_plain(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    """Spans as [{"start", "end", "quote"}, ...]."""
    return [{"start": span.start, "end": span.end, "quote": span.quote} for span in spans]


def spans_from_plain(data: list[dict[str, Any]], text: str) -> tuple[Span, ...]:
    """The spans, checked against the text they cite.

    Raises:
        EvidenceError: a quote is not where it is said to be.
    """
    return tuple(Span.check(text, item["start"], item["end"], item["quote"]) for item in data)


def decision_to_plain(decision: Decision) -> dict[str, str]:
    """What partners see of a decision; its number and history stay in the workspace."""
    return {
        "verdict": decision.verdict.value,
        "analyst": decision.analyst,
        "at": decision.at,
        "comment": decision.comment,
    }


def judged_to_plain(one: JudgedItem) -> dict[str, Any]:
    """An extracted item with its state, and the decision that counts."""
    return {
        "id": one.id,
        "report": one.report,
        "kind": one.kind,
        "state": one.state,
        "own": one.own,
        "found": one.found is not None,
        "item": asdict(one.item),
        "decision": item_decision_to_plain(one.decision) if one.decision and one.decision.verdict else None,
    }


def item_decision_to_plain(decision: ItemDecision) -> dict[str, Any]:
    """A decision on an item; a verdict of "open" took back what was decided before."""
    plain = asdict(decision)
    plain["verdict"] = decision.verdict.value if decision.verdict else "open"
    plain["content"] = json.loads(decision.content) if decision.content else None
    return plain


def name_decision_to_plain(decision: NameDecision) -> dict[str, Any]:
    """A decision on two names: "joined", "apart", or "open" where an earlier word was taken back."""
    words = {Verdict.ACCEPTED: "joined", Verdict.REJECTED: "apart", None: "open"}
    plain = asdict(decision)
    del plain["verdict"]
    return {**plain, "said": words[decision.verdict]}


def case_to_plain(case: CaseFile) -> dict[str, Any]:
    """A case file: each sentence and each entry with the places in the reports that it rests on."""
    return {
        "name": case.name,
        "summary": [{"text": line.text, "evidence": _evidence(line.evidence)} for line in case.summary],
        **{section: [_entry(entry) for entry in entries] for section, entries in case.sections.items()},
        "aliases_proposed": [asdict(proposal) for proposal in case.aliases],
        "views": {
            view.key: [
                {"name": group.name, "note": group.note, "entries": [_entry(entry) for entry in group.entries]}
                for group in view.groups
            ]
            for view in case.views
        },
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {"name": entry.name, **_facts(entry.facts), "evidence": _evidence(entry.evidence)}


def _facts(facts: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {name: list(values) for name, values in facts.items()}


def _evidence(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [{"report": item.report, **spans_to_plain((item.span,))[0]} for item in evidence]


def extraction_to_plain(extraction: Extraction) -> dict[str, list[dict[str, Any]]]:
    """Each kind of item as a list of plain dictionaries; `Extraction.coder` is not part of it."""
    return {kind: [_item_to_plain(item) for item in getattr(extraction, kind)] for kind in KINDS}


def _item_to_plain(item: Any) -> dict[str, Any]:
    """The same as `asdict`, in a fraction of its time."""
    plain = {name: getattr(item, name) for name in item.__slots__}
    plain["spans"] = spans_to_plain(item.spans)
    if "aliases" in plain:
        plain["aliases"] = [{"name": alias.name, "by": alias.by} for alias in item.aliases]
    return plain


def extraction_from_plain(data: Mapping[str, list[dict[str, Any]]], text: str, coder: str) -> Extraction:
    """The extraction that `extraction_to_plain` wrote, checked against its report's text.

    Raises:
        EvidenceError: a quote is not where it is said to be.
    """
    # A kind that is younger than the stored extraction is empty in it.
    items = {kind: tuple(item_from_plain(kind, row, text) for row in data.get(kind, ())) for kind in KINDS}
    return Extraction(**items, coder=coder)


def item_from_plain(kind: str, row: Mapping[str, Any], text: str) -> Any:
    """One item of a kind, as `extraction_to_plain` writes it, checked against its report's text.

    Raises:
        EvidenceError: a quote is not where it is said to be.
    """
    fields = {**row, "spans": spans_from_plain(row["spans"], text)}
    if "aliases" in fields:
        fields["aliases"] = tuple(Alias(**alias) for alias in fields["aliases"])
    return KINDS[kind](**fields)
