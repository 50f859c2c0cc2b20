"""Coded incidents as flat tables: what each has for columns, and its rows.

One row is one piece of evidence: a citation that rests on two passages has two rows, with `passage` 1 and 2 of
`passages`. What rests on none has one row with `passage` 0. Count things by their id, or where `passage` <= 1.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from counterfoil.model.coding import Decision, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.judging import identified
from counterfoil.model.plain import KINDS
from counterfoil.model.report import Report

_HALVES = re.compile("[\ud800-\udfff]")
Value = str | int | float | tuple[str, ...]
Row = dict[str, Value]
LOSSES: Mapping[str, str] = {
    "text": "the reports' texts and structure (blocks, pages, notes): tables have the quotes only",
    "item decisions": "who accepted an extracted item, and when; rejected items are not there",
    "history": "decisions that were superseded or withdrawn: the one that counts is there",
    "names": "decisions on whether two names are one actor's; what was joined is one actor",
    "case": "the drafted summary and sections, which follow from the rest",
    "cues": "the places of the cues that fired; their words are among the reasons",
    "surrogates": "a half of a surrogate pair, which is no character, becomes U+FFFD",
    "long cells": "xlsx only: a text over 32,767 UTF-16 units is cut, and listed on the sheet `notes`",
    "item ids": "an item that an analyst changed has another id in a table than in the workspace",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with their types (`str`, `int`, `float`, or `tuple` for a list of texts), and how rows
    are made of an incident."""

    columns: Mapping[str, type]
    rows: Callable[[CodedIncident, Framework], Iterator[Row]]


_CASE = {"incident": str, "incident_name": str, "tlp": str}
_SOURCE = {"report": str, "report_title": str, "report_url": str, "report_published": str, "report_sha256": str}
_EVIDENCE = {"passage": int, "passages": int, "start": int, "end": int, "page": int, "quote": str}
_CODED = {
    "suggestion": str,
    "framework": str,
    "version": str,
    "technique": str,
    "technique_name": str,
    "tactic": str,
    "modality": str,
    "actor": str,
    "voice": str,
    "score": float,
    "coder": str,
    "reasons": tuple,
    "verdict": str,
    "analyst": str,
    "decided": str,
    "comment": str,
}
_INCIDENT = {
    "incident": str,
    "name": str,
    "tlp": str,
    "origin": str,
    "external_id": str,
    "created": str,
    "year": str,
    "summary": str,
    "attributed_to": tuple,
    "found_in": tuple,
    "references": tuple,
    "reports": tuple,
    "citations": int,
}
_REPORT = {
    **_CASE,
    "report": str,
    "title": str,
    "source": str,
    "author": str,
    "publisher": str,
    "published": str,
    "url": str,
    "language": str,
    "sha256": str,
    "characters": int,
    "added": str,
}


def _incidents(coded: CodedIncident, _framework: Framework) -> Iterator[Row]:
    incident = coded.incident
    details = {field.name: getattr(incident.details, field.name) for field in fields(incident.details)}
    yield _row(
        _INCIDENT,
        details
        | {name: getattr(incident, name) for name in ("name", "origin", "created", "reports")}
        | {"incident": incident.id, "tlp": incident.tlp.label, "citations": len(coded.citations)},
    )


def _reports(coded: CodedIncident, _framework: Framework) -> Iterator[Row]:
    plain = ("title", "source", "author", "publisher", "published", "url", "language", "sha256")
    for report in coded.reports:
        about: Row = {name: getattr(report, name) for name in plain}
        about |= {"report": report.id, "characters": len(report.text), "added": coded.added[report.id]}
        yield _row(_REPORT, _case(coded) | about)


def _citations(coded: CodedIncident, framework: Framework) -> Iterator[Row]:
    sources = _sources(coded)
    for citation in coded.citations:
        about = {"citation": citation.id} | _coded(citation.suggestion, citation.decision, framework)
        yield from _with_evidence(sources[citation.suggestion.report], about, citation.suggestion.spans)


def _suggestions(coded: CodedIncident, framework: Framework) -> Iterator[Row]:
    sources = _sources(coded)
    for one in coded.uncited:
        about = _coded(one.suggestion, one.decision, framework)
        yield from _with_evidence(sources[one.suggestion.report], about, one.suggestion.spans)


def _coded(suggestion: Suggestion, decision: Decision | None, framework: Framework) -> Row:
    technique = framework.named(suggestion.code)
    judged: Row = {"verdict": "open"}
    if decision:
        judged = {"verdict": decision.verdict.value, "analyst": decision.analyst, "decided": decision.at}
        judged["comment"] = decision.comment
    return {
        "suggestion": suggestion.id,
        "framework": suggestion.code.framework,
        "version": suggestion.code.version,
        "technique": suggestion.code.id,
        "technique_name": technique.name if technique else "",
        "tactic": technique.tactic if technique else "",
        "modality": suggestion.modality.value,
        "actor": suggestion.actor,
        "voice": suggestion.voice,
        "score": suggestion.score,
        "coder": suggestion.coder,
        "reasons": tuple(reason.text for reason in suggestion.reasons),
        **judged,
    }


def _items(kind: str) -> Table:
    """The table of a kind of extracted items: its own fields between where it is and what it rests on."""
    own = {field.name: tuple if field.name == "aliases" else str for field in fields(KINDS[kind])}
    del own["spans"]
    if "aliases" in own:
        own["aliases_used_by"] = tuple

    def rows(coded: CodedIncident, _framework: Framework) -> Iterator[Row]:
        sources = _sources(coded)
        for report in coded.reports:
            alone = Extraction(**{kind: getattr(coded.extractions[report.id], kind)})
            for number, _, item in identified(report.id, alone):
                about = {"item": number} | {name: getattr(item, name) for name in own if hasattr(item, name)}
                yield from _with_evidence(sources[report.id], about | _aliases(item), item.spans)

    return Table({**_CASE, "item": str, **own, **_SOURCE, **_EVIDENCE}, rows)


def _aliases(item: Any) -> Row:
    """Aliases as two lists: the names, and, if the text says it of any, who uses each."""
    if not hasattr(item, "aliases"):
        return {}
    return {
        "aliases": tuple(alias.name for alias in item.aliases),
        "aliases_used_by": tuple(alias.by for alias in item.aliases) if any(a.by for a in item.aliases) else (),
    }


def _sources(coded: CodedIncident) -> dict[str, tuple[Report, Row]]:
    """Each report with what every row on it says."""
    found: dict[str, tuple[Report, Row]] = {}
    for report in coded.reports:
        about: Row = {"report": report.id, "report_title": report.title, "report_url": report.url}
        about |= {"report_published": report.published, "report_sha256": report.sha256}
        found[report.id] = report, _case(coded) | about
    return found


def _with_evidence(source: tuple[Report, Row], about: Row, spans: Sequence[Span]) -> Iterator[Row]:
    report, common = source
    common = common | about | {"passages": len(spans)}
    for number, span in enumerate(spans, start=1):
        place: Row = {"passage": number, "start": span.start, "end": span.end, "quote": span.quote}
        yield common | place | {"page": report.page_of(span.start) or 0}
    if not spans:
        yield common | {"passage": 0}


def _case(coded: CodedIncident) -> Row:
    incident = coded.incident
    return {"incident": incident.id, "incident_name": incident.name, "tlp": incident.tlp.label}


def _row(columns: Mapping[str, type], values: Mapping[str, Any]) -> Row:
    return {name: values[name] for name in columns if name in values}


#: The tables by name; the first is what a format has that can hold only one.
TABLES: Mapping[str, Table] = {
    "citations": Table({**_CASE, "citation": str, **_CODED, **_SOURCE, **_EVIDENCE}, _citations),
    "incidents": Table(_INCIDENT, _incidents),
    "reports": Table(_REPORT, _reports),
    **{kind: _items(kind) for kind in KINDS},
    "suggestions": Table({**_CASE, **_CODED, **_SOURCE, **_EVIDENCE}, _suggestions),
}


def complete(table: Table, row: Row) -> Row:
    """The row with every column in its order; what it does not say is empty, or 0."""
    return {name: _whole(row.get(name, kind())) for name, kind in table.columns.items()}


def _whole(value: Value) -> Value:
    """Without halves of surrogate pairs, which are no characters and have no form in UTF-8."""
    if isinstance(value, tuple):
        return tuple(_HALVES.sub("\ufffd", entry) for entry in value)
    return _HALVES.sub("\ufffd", value) if isinstance(value, str) and not value.isascii() else value
