"""Counterfoil's own JSON: a coded draft of one report, and incidents with all that they rest on.

Offsets are Unicode code points of the report's frozen text, which `sha256` identifies.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from counterfoil.exchange.exporter import Exporter, as_text
from counterfoil.model.casefile import CaseFile, Source
from counterfoil.model.coding import Citation, Suggestion
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.plain import case_to_plain, decision_to_plain, extraction_to_plain, spans_to_plain
from counterfoil.model.report import Report

FORMAT = "counterfoil-incident"
VERSION = 1


def draft(source: Source, case: CaseFile, framework: Framework, notice: str = "") -> dict[str, Any]:
    """The document that `counterfoil code --format json` prints for one report."""
    return {
        **({"notice": notice} if notice else {}),
        "report": report_summary(source.report),
        "incident": case_to_plain(case),
        "suggestions": [suggestion_to_plain(suggestion, framework) for suggestion in source.coded],
        **found_in(source.extraction),
    }


def report_summary(report: Report) -> dict[str, Any]:
    """A report without its text."""
    plain = ("id", "sha256", "title", "source", "language", "published", "author", "publisher", "url")
    return {
        **{name: getattr(report, name) for name in plain},
        "chars": len(report.text),
        "notes": list(report.notes),
    }


def suggestion_to_plain(suggestion: Suggestion, framework: Framework) -> dict[str, Any]:
    """A suggestion with the names of its technique and tactic."""
    technique = framework.named(suggestion.code)
    return {
        "id": suggestion.id,
        "framework": suggestion.code.framework,
        "version": suggestion.code.version,
        "technique": suggestion.code.id,
        "name": technique.name if technique else "",
        "tactic": technique.tactic if technique else "",
        "score": suggestion.score,
        "modality": suggestion.modality.value,
        "actor": suggestion.actor,
        "voice": suggestion.voice,
        "coder": suggestion.coder,
        "spans": spans_to_plain(suggestion.spans),
        "reasons": [reason.text for reason in suggestion.reasons],
        "cues": spans_to_plain(tuple(reason.span for reason in suggestion.reasons if reason.span)),
    }


def citation_to_plain(citation: Citation, framework: Framework) -> dict[str, Any]:
    """A citation: the suggestion and the decision that made it one."""
    return {
        "id": citation.id,
        "report": citation.suggestion.report,
        "suggestion": suggestion_to_plain(citation.suggestion, framework),
        "decision": decision_to_plain(citation.decision),
    }


def incident_to_plain(coded: CodedIncident, framework: Framework) -> dict[str, Any]:
    """An incident with its reports' metadata, citations and extractions."""
    return {
        "incident": asdict(coded.incident),
        "case": case_to_plain(coded.case),
        "reports": [
            {**report_summary(report), "added": coded.added[report.id], **found_in(coded.extractions[report.id])}
            for report in coded.reports
        ],
        "citations": [citation_to_plain(citation, framework) for citation in coded.citations],
    }


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    """Write the incidents as one JSON document, one at a time."""
    head = {"format": FORMAT, "version": VERSION, "framework": {"name": framework.name, "version": framework.version}}
    with as_text(out) as text:
        text.write(json.dumps(head, ensure_ascii=False, indent=2)[:-2] + ',\n  "incidents": [')
        for chunk in _separated(incident_to_plain(coded, framework) for coded in incidents):
            text.write(chunk)
        text.write("\n  ]\n}\n")


def _separated(documents: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, document in enumerate(documents):
        text = json.dumps(document, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        yield f"{',' if number else ''}\n    {text}"


def found_in(extraction: Extraction) -> dict[str, list[dict[str, Any]]]:
    """The parts of an extraction; actors' aliases as plain names, who uses them beside it."""
    plain = extraction_to_plain(extraction)
    for row, actor in zip(plain["actors"], extraction.actors, strict=True):
        row["aliases"] = [alias.name for alias in actor.aliases]
        row["aliases_used_by"] = [asdict(alias) for alias in actor.aliases if alias.by]
    return plain


EXPORTER = Exporter(label="JSON", suffix=".json", media_type="application/json", write=write)
