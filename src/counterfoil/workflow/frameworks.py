"""Frameworks in a workspace: add, choose, import DISARM's incidents, carry citations to another version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterfoil.errors import UsageError
from counterfoil.model.catalogue import Catalogue
from counterfoil.model.coding import Reason, Signature, Suggestion, Verdict
from counterfoil.model.framework import Code, Framework
from counterfoil.model.ids import short_id
from counterfoil.model.incident import Details, Incident
from counterfoil.model.loaded import Loaded, LoadReport
from counterfoil.model.report import Block, BlockKind, Original, Report
from counterfoil.workflow.kit import now

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.frameworks.migration import Migration
    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.catalogue import KnownIncident
    from counterfoil.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a framework did: whether it is new, and what was imported with it."""

    loaded: Loaded
    new: bool
    incidents: int = 0
    citations: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """A citation and what becomes of its code in the other version.

    `left` are successors that were judged on this very evidence before, and so were not accepted again.
    """

    suggestion: Suggestion
    migration: "Migration"
    left: tuple[Code, ...] = ()


def add_framework(workspace: "Workspace", loaded: Loaded, source: str, overwrite: bool = False) -> Added:
    """Store a loaded framework and import the incidents of its catalogue, all or nothing.

    Raises:
        UsageError: another content is stored under its name and version, and `overwrite` is not set.
    """
    from counterfoil.frameworks.disarm_incidents import disarm_incidents
    from counterfoil.kb.frameworks import add_framework as add

    known = disarm_incidents(loaded)
    at = now()
    drafts = [_imported(item, loaded.framework, at) for item in known]
    for draft in drafts:
        if draft.original:
            workspace.keep_original(draft.original)
    with workspace.writing() as connection:
        new = add(connection, loaded, source, at, overwrite)
        for draft in drafts:
            _store(connection, draft)
    cited = {suggestion.id for draft in drafts for suggestion, _ in draft.suggestions}
    return Added(loaded, new, len(drafts), len(cited))


@dataclass(frozen=True, slots=True)
class _Import:
    """An incident of DISARM's in our types: its quotes as one report, its codes as accepted suggestions."""

    incident: Incident
    report: Report | None
    original: Original | None
    suggestions: tuple[tuple[Suggestion, Signature], ...]


def _imported(known: "KnownIncident", framework: Framework, at: str) -> _Import:
    item = known.incident
    origin = f"{framework.name} {framework.version}"
    urls = tuple(dict.fromkeys(source.id for source in known.references if source.id))
    details = Details(item.id, known.text, item.year, item.attributed_to, item.found_in, urls)
    # DISARM repeats a paragraph for each technique: the same quote is the same evidence.
    quotes = list(dict.fromkeys(quoted.quote for paragraph in known.paragraphs for quoted in paragraph.quotes))
    report = _quotes_report(known, quotes, urls) if quotes else None
    incident = Incident(
        id=short_id("I", origin, item.id),
        name=item.name or item.id,
        reports=(report.id,) if report else (),
        created=at,
        origin=origin,
        details=details,
    )
    if report is None:
        return _Import(incident, None, None, ())
    return _Import(
        incident,
        report,
        Original(report.text.encode(), "text/plain"),
        tuple(_imported_suggestions(known, report, framework, at)),
    )


def _quotes_report(known: "KnownIncident", quotes: Sequence[str], urls: Sequence[str]) -> Report:
    blocks, start = [], 0
    for quote in quotes:
        blocks.append(Block(BlockKind.QUOTE, start, start + len(quote), 1))
        start += len(quote) + 2
    described = known.references[0] if known.references else None
    return Report(
        text="\n\n".join(quotes),
        source=f"DISARM {known.incident.id}",
        title=known.incident.name or known.incident.id,
        author=described.authors if described else "",
        publisher=described.publisher if described else "",
        url=urls[0] if urls and urls[0].startswith(("http://", "https://")) else "",
        language="en",
        blocks=tuple(blocks),
        notes=("Only the passages that DISARM's analysts quoted; the whole source is not here.",),
    )


def _imported_suggestions(
    known: "KnownIncident", report: Report, framework: Framework, at: str
) -> Iterator[tuple[Suggestion, Signature]]:
    blocks = {report.text[block.start : block.end]: block for block in report.blocks}
    for paragraph in known.paragraphs:
        gloss = " ".join(filter(None, [paragraph.lead, *(quoted.gloss for quoted in paragraph.quotes)]))
        for citation in paragraph.citations:
            cited = dict.fromkeys(blocks[paragraph.quotes[number].quote] for number in citation.quotes)
            where = "in the analyst's text" if citation.inline else "in the row's list only"
            suggestion = Suggestion(
                report=report.id,
                code=framework.code(citation.technique),
                spans=tuple(report.span(block.start, block.end) for block in cited),
                coder=f"imported from {framework.name} {framework.version}",
                score=1.0,
                reasons=(Reason(f"coded by DISARM's analysts in {paragraph.id}, {where}"),),
            )
            yield suggestion, Signature("DISARM Foundation", at, gloss)


def _store(connection: "Connection", draft: _Import) -> None:
    from counterfoil.kb.coding import add_run, decide, reviewed
    from counterfoil.kb.incidents import store_incident
    from counterfoil.kb.reports import add_report
    from counterfoil.model.extraction import Extraction

    if draft.report and draft.original:
        add_report(connection, draft.report, draft.original, draft.incident.created)
        found = tuple({suggestion.id: suggestion for suggestion, _ in draft.suggestions}.values())
        add_run(connection, draft.report.id, found, Extraction(), draft.incident.created)
        judged = {item.suggestion.id for item in reviewed(connection, draft.report.id) if item.decision}
        for suggestion, signature in draft.suggestions:
            if suggestion.id not in judged:
                decide(connection, suggestion.id, Verdict.ACCEPTED, signature)
                judged.add(suggestion.id)
    store_incident(connection, draft.incident)


def framework_named(workspace: "Workspace", codebook: "Codebook", name: str, version: str) -> Loaded:
    """A framework of the workspace, or the codebook's own.

    Raises:
        UsageError: neither has it.
    """
    from counterfoil.kb.frameworks import get_framework, list_frameworks
    from counterfoil.model.catalogue import Catalogue
    from counterfoil.model.loaded import LoadReport

    with workspace.reading() as connection:
        loaded = get_framework(connection, name, version)
        known = [f"{row.name} {row.version}" for row in list_frameworks(connection)]
    own = codebook.framework
    if loaded is None and (name, version) == (own.name, own.version):
        loaded = Loaded(own, Catalogue(), LoadReport("codebook"))
    if loaded is None:
        listed = ", ".join(dict.fromkeys([f"{own.name} {own.version}", *known]))
        raise UsageError(f"There is no framework {name} {version} in this workspace.", f"There are: {listed}.")
    return loaded


def framework_in_use(workspace: "Workspace", codebook: "Codebook") -> Framework:
    """The framework that the analyst chose with `framework use`, else the codebook's."""
    return loaded_in_use(workspace, codebook).framework


def loaded_in_use(workspace: "Workspace", codebook: "Codebook") -> Loaded:
    """The same with its catalogue; the codebook's has none."""
    from counterfoil.kb.frameworks import framework_in_use as chosen

    with workspace.reading() as connection:
        named = chosen(connection)
    return framework_named(workspace, codebook, *named) if named else bare(codebook.framework)


def bare(framework: Framework) -> Loaded:
    """A framework that came without a catalogue."""
    return Loaded(framework, Catalogue(), LoadReport("codebook"))


def in_use_mark(workspace: "Workspace") -> tuple[str, str]:
    """What changes when another framework is put in use, or the one in use is loaded anew."""
    from counterfoil.kb.frameworks import in_use_mark as mark

    with workspace.reading() as connection:
        return mark(connection)


def migrate_citations(
    workspace: "Workspace", source: Code, target: str, signature: Signature, dry_run: bool = False
) -> list[Carried]:
    """Carry every accepted citation of one framework version to another, all or none.

    What has successors is accepted under their codes, on the same evidence, and stands for the old
    citation; what needs an analyst's choice stays under its own version. The old decision is kept.

    Args:
        source: framework and version to leave (its id is not looked at).
        target: the version to go to.

    Raises:
        UsageError: nothing is known of the versions.
    """
    from counterfoil.frameworks.migration import migrate
    from counterfoil.kb.coding import citations
    from counterfoil.kb.reports import list_reports

    with workspace.writing() as connection:
        cited = [
            citation.suggestion
            for row in list_reports(connection)
            for citation in citations(connection, [row.id])
            if (citation.suggestion.code.framework, citation.suggestion.code.version)
            == (source.framework, source.version)
        ]
        moves = migrate([s.code for s in cited], source.version, target, source.framework)
        return [_carry(connection, s, move, signature, dry_run) for s, move in zip(cited, moves, strict=True)]


def _carry(
    connection: "Connection", old: Suggestion, move: "Migration", signature: Signature, dry_run: bool
) -> Carried:
    """Accept the successors in the citation's place, but for those that an analyst has judged already."""
    from counterfoil.kb.coding import add_suggestions, decide, decision_on, run_of

    left = []
    for code in move.successors:
        new = replace(old, code=code, replaces=old.id)
        if code == old.code:
            continue
        if decision_on(connection, new.id):
            left.append(code)
        elif not dry_run:
            before = decision_on(connection, old.id)
            said = f" Before, {before.analyst}: {before.comment}" if before and before.comment else ""
            add_suggestions(connection, run_of(connection, old.id), [new])
            why = f"carried over from {old.code}: {move.why}{said}"
            decide(connection, new.id, Verdict.ACCEPTED, replace(signature, comment=why))
    return Carried(old, move, tuple(left))
