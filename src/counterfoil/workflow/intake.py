"""From sources to stored drafts: expand, read, code, store; one source or many."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.errors import CounterfoilError, FetchError, ReadError
from counterfoil.model.coding import Suggestion
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Original, Passage, Report
from counterfoil.workflow.kit import Kit, load_kit, now

if TYPE_CHECKING:
    from counterfoil.coding.suggest import Context
    from counterfoil.config import Config
    from counterfoil.kb.workspace import Workspace

STDIN = "-"
SHARED_FROM = 24  #: sources from which worker processes pay for their start
MOST_WORKERS = 4  #: more would each hold a codebook in memory


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
            raise FetchError(f"{source} is not fetched in offline mode.", "Save the page and add the file.")
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
