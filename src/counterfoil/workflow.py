"""The steps of the job, each joining capabilities that do not know each other.

read -> store -> suggest -> decide -> assemble -> export. Each function takes what it needs (an open
workspace, a kit of coders) and does one step; the command line and the web call these and nothing below.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from counterfoil.errors import CounterfoilError, ReadError, UsageError
from counterfoil.model.coding import Decision, Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.model.report import Original, Passage, Report

if TYPE_CHECKING:
    from counterfoil.coding.coder import Coder
    from counterfoil.coding.measure import Item
    from counterfoil.coding.suggest import Context
    from counterfoil.config import Config
    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.codebook import Codebook

STDIN = "-"
SHARED_FROM = 24  #: sources from which worker processes pay for their start
MOST_WORKERS = 4  #: more would each hold a codebook in memory


@dataclass(frozen=True, slots=True)
class Kit:
    """The codebook in use and the coders built on it."""

    codebook: "Codebook"
    coders: "Mapping[str, Coder]"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as read and coded, not yet stored."""

    report: Report
    original: Original
    suggestions: tuple[Suggestion, ...] = ()
    extraction: Extraction = field(default_factory=Extraction)


@dataclass(frozen=True, slots=True)
class Failure:
    """A source of a batch that could not be read; the rest went on."""

    source: str
    error: CounterfoilError


def now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def load_codebook(config: "Config") -> "Codebook":
    """The codebook that the settings name, else the packaged one."""
    from counterfoil.frameworks.codebook import load_codebook as load

    return load(config.codebook, config.cache)


def load_kit(config: "Config") -> Kit:
    """The codebook and every registered coder.

    Raises:
        CodebookError: the user's own codebook breaks the schema or the cue language.
    """
    from counterfoil.coding import CODERS
    from counterfoil.coding.check import compile_all

    codebook = load_codebook(config)
    if config.codebook:
        compile_all(codebook)
    return Kit(codebook, {name: CODERS.load(name)(codebook) for name in CODERS.names()})


def expand(sources: Iterable[str]) -> Iterator[str]:
    """Each source, folders replaced by the files in them that a reader takes (sorted, hidden ones left out).

    A folder without such a file stays as it is; `read` then says so.
    """
    from counterfoil.readers import READERS

    suffixes = {suffix for name in READERS.names() for suffix in READERS.load(name).suffixes}
    for source in sources:
        folder = Path(source)
        if "://" in source or source == STDIN or not folder.is_dir():
            yield source
            continue
        inside = (path for path in sorted(folder.rglob("*")) if path.is_file())
        files = [path for path in inside if path.suffix.lower() in suffixes and not _hidden(path.relative_to(folder))]
        yield from map(str, files or [folder])


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read(source: str, config: "Config", stdin: bytes = b"") -> Draft:
    """Read a file, a URL or standard input ("-", handed over as bytes).

    Raises:
        ReadError: it cannot be read.
        FetchError: the URL cannot be fetched, or we are offline.
    """
    from counterfoil.readers import read_bytes, read_file

    if source == STDIN:
        result = read_bytes(stdin, STDIN)
    elif "://" in source:
        from counterfoil.readers.fetch import fetch

        if config.offline:
            raise UsageError(f"{source} is not fetched in offline mode.", "Save the page and add the file.")
        page = fetch(source)
        result = read_bytes(page.data, page.url, page.media_type)
    elif Path(source).is_dir():
        raise ReadError(f"The folder {source} has no file that a reader takes.", "See: counterfoil add --help.")
    else:
        result = read_file(Path(source))
    return Draft(result.report, result.original)


def code(draft: Draft, kit: Kit) -> Draft:
    """The draft with suggestions and extraction."""
    from counterfoil.coding.suggest import suggest
    from counterfoil.extraction import extract
    from counterfoil.readers.passages import passages

    report = draft.report
    parts = passages(report)
    extraction = extract(report)
    contexts = [_context(passage, extraction) for passage in parts]
    found = suggest(report, parts, contexts, kit.coders, kit.codebook.framework)
    return Draft(report, draft.original, found, extraction)


def _context(passage: Passage, extraction: Extraction) -> "Context":
    """Who acts and who speaks in a passage, and the names there that cues must look past."""
    from counterfoil.coding.suggest import Context

    def inside(start: int, end: int) -> bool:
        return start < passage.end and passage.start < end

    named = [
        (actor, span)
        for actor in extraction.actors
        if actor.kind in ("actor", "network")
        for span in actor.spans
        if inside(span.start, span.end)
    ]
    actors = {actor.name for actor, _ in named}
    half = (passage.end - passage.start) / 2
    voices = [
        (span.end - span.start, voice.speaker)
        for voice in extraction.voices
        for span in voice.spans
        if min(span.end, passage.end) - max(span.start, passage.start) > half
    ]
    return Context(
        actor=actors.pop() if len(actors) == 1 else "",  # with two, the passage alone does not tell
        voice=min(voices)[1] if voices else "",  # the innermost voice of most of it is who says it
        names=tuple((span.start, span.end) for _, span in named),
    )


def known(workspace: "Workspace", draft: Draft) -> Draft:
    """The draft on the text that was frozen when this original was first added, if it was."""
    from counterfoil.kb.reports import get_report, report_of_original

    with workspace.reading() as connection:
        report_id = report_of_original(connection, draft.original.sha256)
        return Draft(get_report(connection, report_id), draft.original) if report_id else draft


def drafts(
    sources: Sequence[str], config: "Config", workspace: "Workspace", stdin: bytes = b"", kit: Kit | None = None
) -> Iterator[Draft | Failure]:
    """Each source read (and coded, with a kit), in order; many are shared out to worker processes.

    A source that cannot be read gives a `Failure`, and the rest goes on.
    """
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    if len(sources) < SHARED_FROM or workers < 2:
        for source in sources:
            yield _draft(source, config, workspace, stdin, kit)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    setup = (config, workspace.folder, stdin if STDIN in sources else b"", kit is not None)
    with ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, setup) as pool:
        yield from pool.map(_work, sources, chunksize=2)


def _draft(source: str, config: "Config", workspace: "Workspace", stdin: bytes, kit: Kit | None) -> Draft | Failure:
    try:
        draft = known(workspace, read(source, config, stdin))
        return code(draft, kit) if kit else draft
    except CounterfoilError as error:
        return Failure(source, error)


_worker: dict[str, Any] = {}  # what a worker process keeps between sources; empty in the parent


def _start_worker(config: "Config", folder: Path, stdin: bytes, coded: bool) -> None:
    from threading import Thread

    from counterfoil.kb.workspace import Workspace

    Thread(target=_die_with_parent, daemon=True).start()
    kit = load_kit(config) if coded else None
    _worker.update(config=config, workspace=Workspace.open(folder), stdin=stdin, kit=kit)


def _die_with_parent() -> None:
    """A pool's workers outlive a killed parent otherwise."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(source: str) -> Draft | Failure:
    return _draft(source, **_worker)


def store(workspace: "Workspace", draft: Draft, coded: bool) -> str:
    """Store a draft, all of it or nothing; returns the report's id."""
    from counterfoil.kb.coding import add_run
    from counterfoil.kb.reports import add_report

    workspace.keep_original(draft.original)
    with workspace.writing() as connection:
        report_id = add_report(connection, draft.report, draft.original, now())
        if coded:
            add_run(connection, report_id, draft.suggestions, draft.extraction, now())
    return report_id


def decide(
    workspace: "Workspace", suggestion_ids: Sequence[str], verdict: Verdict, signature: Signature
) -> list[Decision]:
    """Judge suggestions, all or none of them.

    Raises:
        UsageError: an id that is not there.
    """
    from counterfoil.kb.coding import decide as decide_one

    with workspace.writing() as connection:
        return [decide_one(connection, suggestion_id, verdict, signature) for suggestion_id in suggestion_ids]


def new_incident(workspace: "Workspace", name: str, report_ids: Sequence[str]) -> Incident:
    """Open an incident on reports.

    Raises:
        UsageError: no name, or a report that is not there.
    """
    from counterfoil.kb.incidents import add_incident

    with workspace.writing() as connection:
        return add_incident(connection, name, report_ids, now())


def assemble(workspace: "Workspace", incident_ids: Sequence[str]) -> list[CodedIncident]:
    """The incidents with everything that belongs to them.

    Raises:
        UsageError: one is not there.
    """
    from counterfoil.kb.incidents import coded_incident

    with workspace.reading() as connection:
        return [coded_incident(connection, incident_id) for incident_id in incident_ids]


def export(kind: str, incidents: Sequence[CodedIncident], codebook: "Codebook", out: TextIO) -> None:
    """Write incidents in a registered format.

    Raises:
        UsageError: no such format.
    """
    from counterfoil.exchange import EXPORTERS

    EXPORTERS.load(kind).write(incidents, codebook.framework, out)


def rank(text: str, kit: Kit) -> tuple[list[tuple[str, float]], list[str]]:
    """All techniques of the framework ranked for a text, and those that the coder asserts.

    Raises:
        ReadError: the text is empty or no text.
    """
    from counterfoil.coding.suggest import ASSERTED
    from counterfoil.coding.suggest import rank as rank_report
    from counterfoil.readers import READERS, Source
    from counterfoil.readers.passages import passages

    report = READERS.load("text").read(Source(text.encode("utf-8", "replace"), STDIN))
    fused = rank_report(report, passages(report), kit.coders)
    seen = {item.technique for item in fused}
    rest = [(technique, 0.0) for technique in kit.codebook.framework.techniques if technique not in seen]
    asserted = [item.technique for item in fused if item.belief >= ASSERTED]
    return [(item.technique, item.score) for item in fused] + rest, asserted


def measure_lines(lines: Iterable[Mapping[str, Any]], kit: Kit) -> Iterator[tuple[dict[str, Any], "Item"]]:
    """Rank each coded line; yields the prediction and the item to be measured.

    Args:
        lines: {"id", "text", "labels"}, optionally "incident", by which intervals are drawn.
    """
    from counterfoil.coding.measure import Item

    for line in lines:
        ranked, asserted = rank(line["text"], kit)
        yield (
            {"id": line["id"], "ranked": [[code, round(score, 6)] for code, score in ranked], "asserted": asserted},
            Item(
                group=str(line.get("incident", line["id"])),
                gold=frozenset(line["labels"]),
                ranked=tuple(code for code, _ in ranked),
                asserted=frozenset(asserted),
            ),
        )
