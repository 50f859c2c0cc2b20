"""An incident as a Markdown page: what was done, by whom, on what evidence."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from counterfoil.exchange.exporter import Exporter, as_text
from counterfoil.model.casefile import Entry, Evidence
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.model.report import Report

_MODALITY_WORDS = {
    Modality.OBSERVED: "observed",
    Modality.ASSESSED: "assessed (inferred, not seen)",
    Modality.WARNED: "warned of (may happen)",
    Modality.NEGATED: "said not to have happened",
}
#: Section of the case file -> heading of its table, and the facts that are its columns.
_SECTIONS = {
    "attributions": ("Attributions", ("by", "strength", "confidence")),
    "targets": ("Targets", ("kind", "role", "country", "by", "when")),
    "dates": ("Dates", ("role", "precision")),
    "narratives": ("Narratives", ("by",)),
}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_BLANK = re.compile(r"\s+")


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    """Write one page with the incidents one after the other."""
    with as_text(out) as text:
        for number, coded in enumerate(incidents):
            if number:
                text.write("\n---\n\n")
            for line in _page(coded, framework):
                text.write(line + "\n")


def _page(coded: CodedIncident, framework: Framework) -> Iterator[str]:
    reports = {report.id: report for report in coded.reports}
    yield f"# {_plain(coded.incident.name)}"
    yield ""
    opened = coded.incident.created[:10]
    yield f"Incident {coded.incident.id}, opened {opened}, coded in {framework.name} {framework.version}."
    yield from _details(coded.incident)
    yield from _summary(coded)
    yield ""
    yield "## Reports"
    yield ""
    for report in coded.reports:
        yield f"- {_report_line(report)}"
    yield from _techniques(coded, framework, reports)
    yield from _actors(coded)
    for section, (heading, facts) in _SECTIONS.items():
        yield from _section(coded.case.sections.get(section, ()), heading, facts)
    yield from _observables(coded)


def _details(incident: Incident) -> Iterator[str]:
    """What is said of the incident as a whole, where it was described elsewhere."""
    details = incident.details
    facts = (
        ("Imported from", " ".join(filter(None, (incident.origin, details.external_id)))),
        ("Started", details.year),
        ("Attributed to", ", ".join(details.attributed_to)),
        ("Found in", ", ".join(details.found_in)),
        ("References", ", ".join(details.references)),
    )
    for label, value in facts:
        if value:
            yield ""
            yield f"**{label}**: {_plain(value)}"
    if details.summary:
        yield ""
        yield _plain(details.summary)


def _summary(coded: CodedIncident) -> Iterator[str]:
    """The drafted sentences, each with the places it rests on."""
    if coded.case.summary:
        yield from ("", "## What the reports say", "")
    for statement in coded.case.summary:
        places = _places(statement.evidence)
        cited = f" ({places})" if places else ""
        yield f"- {_plain(statement.text)}{cited}"


def _report_line(report: Report) -> str:
    facts = [_plain(part) for part in (report.author, report.publisher, report.published) if part]
    where = report.url or report.source
    return (
        f"**{_plain(report.title or report.id)}**{' — ' + ', '.join(facts) if facts else ''}; "
        f"{_plain(where)} ({report.id}, text SHA-256 `{report.sha256}`)"
    )


def _techniques(coded: CodedIncident, framework: Framework, reports: dict[str, Report]) -> Iterator[str]:
    by_tactic: dict[str, list[Citation]] = defaultdict(list)
    for citation in coded.citations:
        technique = framework.named(citation.suggestion.code)
        by_tactic[technique.tactic if technique else ""].append(citation)
    yield ""
    yield "## Techniques"
    if not coded.citations:
        yield ""
        yield "No technique has been accepted yet."
    for tactic in framework.tactics:
        if by_tactic[tactic.id]:
            yield ""
            yield f"### {tactic.id} {tactic.name}"
            for citation in sorted(by_tactic[tactic.id], key=lambda c: (c.suggestion.code.id, c.suggestion.spans)):
                yield from _citation(citation, framework, reports)
    if by_tactic[""]:
        yield ""
        yield "### Of another framework version"
        for citation in by_tactic[""]:
            yield from _citation(citation, framework, reports)


def _citation(citation: Citation, framework: Framework, reports: dict[str, Report]) -> Iterator[str]:
    suggestion, decision = citation.suggestion, citation.decision
    technique = framework.named(suggestion.code)
    name = technique.name if technique else f"({suggestion.code.framework} {suggestion.code.version})"
    report = reports[suggestion.report]
    said = [_MODALITY_WORDS[suggestion.modality]]
    said += [f"by {_plain(suggestion.actor)}"] if suggestion.actor else []
    said += [f"according to {_plain(suggestion.voice)}"] if suggestion.voice else []
    yield ""
    yield f"**{suggestion.code.id} {_plain(name)}** — {', '.join(said)}"
    for span in suggestion.spans:
        yield ""
        yield f"> {_plain(span.quote)}"
        yield ">"
        yield f"> — {report.id}, {_place(report, span)}"
    yield ""
    comment = f": {_plain(decision.comment).rstrip('.')}" if decision.comment else ""
    done = "Imported from" if suggestion.coder.startswith("imported") else "Accepted by"
    yield f"{done} {_plain(decision.analyst)} on {decision.at[:10]}{comment}."


def _place(report: Report, span: Span) -> str:
    page = report.page_of(span.start)
    return f"characters {span.start}–{span.end}" + (f", page {page}" if page else "")


def _actors(coded: CodedIncident) -> Iterator[str]:
    rows: dict[str, tuple[str, str, set[str]]] = {}
    for extraction in coded.extractions.values():
        for actor in extraction.actors:
            kind, state, aliases = rows.setdefault(actor.name, (actor.kind, actor.state, set()))
            aliases.update(alias.name for alias in actor.aliases)
    if rows:
        yield from ("", "## Actors named", "", "| Name | Also known as | Kind | State |", "| --- | --- | --- | --- |")
        for name, (kind, state, aliases) in sorted(rows.items()):
            yield f"| {_plain(name)} | {_plain(', '.join(sorted(aliases)))} | {kind} | {state} |"


def _section(entries: Sequence[Entry], heading: str, facts: Sequence[str]) -> Iterator[str]:
    """A table of what the reports say, with the places it rests on; nothing if there is nothing."""
    if entries:
        yield from ("", f"## {heading}", "")
        yield f"| What | {' | '.join(fact.capitalize() for fact in facts)} | Where |"
        yield "| --- |" + " --- |" * (len(facts) + 1)
    for entry in entries:
        said = (_plain(", ".join(entry.facts.get(fact, ()))) for fact in facts)
        yield f"| {_plain(entry.name)} | {' | '.join(said)} | {_places(entry.evidence)} |"


def _places(evidence: Iterable[Evidence]) -> str:
    return "; ".join(dict.fromkeys(f"{item.report} {item.span.start}–{item.span.end}" for item in evidence))


def _observables(coded: CodedIncident) -> Iterator[str]:
    rows = {(o.type, o.value) for extraction in coded.extractions.values() for o in extraction.observables}
    if rows:
        yield from ("", "## Observables", "", "| Type | Value |", "| --- | --- |")
        for kind, value in sorted(rows):
            yield f"| {kind} | `{value.replace('`', '').replace('|', '%7C')}` |"


def _plain(text: str) -> str:
    """Text that Markdown and tables take as it is: one line, nothing special."""
    return _SPECIAL.sub(r"\\\1", _BLANK.sub(" ", text).strip())


EXPORTER = Exporter(label="Markdown", suffix=".md", media_type="text/markdown", write=write)
