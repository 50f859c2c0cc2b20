"""What our extensions hold: the contract that docs/stix.md writes down. Empty values are left out."""

from collections.abc import Iterable
from typing import Any

from counterfoil.exchange.stix_ids import Object, without_empty
from counterfoil.model.coding import Citation, Reason, Reviewed, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Code
from counterfoil.model.incident import CodedIncident
from counterfoil.model.judging import NameDecision, name_key
from counterfoil.model.plain import decision_to_plain, extraction_to_plain, name_decision_to_plain, spans_to_plain
from counterfoil.model.report import Report

_DETAILS = ("external_id", "summary", "year", "attributed_to", "found_in", "references", "tlp")
_REPORT = ("source", "title", "author", "publisher", "url", "language")
_NAME_WORDS = ("name", "alias", "said", "analyst", "at", "comment")


def incident_content(coded: CodedIncident, whole: bool) -> Object:
    """The incident's extension."""
    incident = coded.incident
    details = {name: _listed(getattr(incident.details, name)) for name in _DETAILS}
    named = [_name_content(one) for one in names_of(coded)] if whole else []
    return _extension(
        {
            "id": incident.id,
            "name": incident.name,
            "created": incident.created,
            "origin": incident.origin,
            "reports": list(incident.reports),
            **details,
            "names": named,
        }
    )


def names_of(coded: CodedIncident) -> list[NameDecision]:
    """The decisions on names of which both are actors' in this incident: others say nothing about it."""
    if not coded.names:
        return []
    actors = [actor for extraction in coded.extractions.values() for actor in extraction.actors]
    known = {name_key(actor.name) for actor in actors}
    known |= {name_key(alias.name) for actor in actors for alias in actor.aliases}
    return [one for one in coded.names if known.issuperset(one.pair)]


def report_content(report: Report, whole: bool) -> Object:
    """The report's extension, without what was found in it."""
    named = {"id": report.id, "sha256": report.sha256, "published_as_written": report.published}
    if not whole:
        return _extension(named)
    structure = {
        "text": report.text,
        "blocks": [_block(block.kind.value, block.start, block.end, block.level) for block in report.blocks],
        "pages": [{"number": page.number, "start": page.start, "end": page.end} for page in report.pages],
        "notes": list(report.notes),
    }
    return _extension({**named, **{name: getattr(report, name) for name in _REPORT}, **structure})


def found_content(extraction: Extraction, suggestions: Iterable[Reviewed], added: str) -> Object:
    """What the report's extension has besides: when it was added, what was found in it and how it was coded."""
    plain = extraction_to_plain(extraction)
    found = {kind: [_item(row) for row in rows] for kind, rows in plain.items() if rows}
    return without_empty(
        {
            "added": added,
            "extraction": found,
            "extraction_coder": extraction.coder,
            "suggestions": [_suggestion(one) for one in suggestions],
        }
    )


def citation_evidence(citation: Citation, sha256: str) -> Object:
    """One passage's worth of evidence for a `uses`."""
    suggestion = citation.suggestion
    return without_empty(
        {
            "report": suggestion.report,
            "report_text_sha256": sha256,
            "citation": citation.id,
            "suggestion": citation.decision.suggestion,
            "technique": code_content(suggestion.code),
            "spans": spans_to_plain(suggestion.spans),
            "modality": suggestion.modality.value,
            "actor": suggestion.actor,
            "voice": suggestion.voice,
            "coder": suggestion.coder,
            "score": suggestion.score,
            "reasons": [reason.text for reason in suggestion.reasons],
            "decision": without_empty(decision_to_plain(citation.decision)),
        }
    )


def item_evidence(report: str, sha256: str, spans: tuple[Span, ...], said: Object) -> Object:
    """The evidence of what extraction found: an attribution or a target."""
    return without_empty({"report": report, "report_text_sha256": sha256, "spans": spans_to_plain(spans), **said})


def evidence_extension(evidence: list[Object], **more: Any) -> Object:
    """The evidence extension's content."""
    return _extension({"evidence": evidence, **more})


def code_content(code: Code) -> Object:
    """A technique's full code."""
    return {"framework": code.framework, "version": code.version, "id": code.id}


def _extension(content: Object) -> Object:
    return {"extension_type": "property-extension", **without_empty(content)}


def _suggestion(one: Reviewed) -> Object:
    suggestion: Suggestion = one.suggestion
    return without_empty(
        {
            "id": one.decision.suggestion if one.decision else suggestion.id,  # the same, without working it out
            "technique": code_content(suggestion.code),
            "spans": spans_to_plain(suggestion.spans),
            "coder": suggestion.coder,
            "score": suggestion.score,
            "reasons": [_reason(reason) for reason in suggestion.reasons],
            "modality": suggestion.modality.value,
            "actor": suggestion.actor,
            "voice": suggestion.voice,
            "replaces": suggestion.replaces,
            "decision": without_empty(decision_to_plain(one.decision)) if one.decision else {},
        }
    )


def _reason(reason: Reason) -> Object:
    return {"text": reason.text, **({"span": spans_to_plain((reason.span,))[0]} if reason.span else {})}


def _item(row: Object) -> Object:
    plain = without_empty(row)
    if "aliases" in plain:
        plain["aliases"] = [without_empty(alias) for alias in plain["aliases"]]
    return plain


def _block(kind: str, start: int, end: int, level: int) -> Object:
    return {"kind": kind, "start": start, "end": end, **({"level": level} if level else {})}


def _name_content(decision: NameDecision) -> Object:
    plain = name_decision_to_plain(decision)
    return without_empty({name: plain[name] for name in _NAME_WORDS})


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
