"""From sources to stored drafts: expand, read, code, store; one source or many."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterfoil.errors import CounterfoilError, FetchError, ReadError, UsageError
from counterfoil.model.coding import Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Original, Passage, Report
from counterfoil.workflow.kit import Kit, load_kit, now

if TYPE_CHECKING:
    from concurrent.futures import Future

    from counterfoil.coding.suggest import Context
    from counterfoil.config import Config
    from counterfoil.kb.workspace import Workspace

STDIN = "-"
SHARED_FROM = 24  #: sources from which worker processes pay for their start
FINDINGS = "findings.json"  #: what detection calls its file of findings
AHEAD = 4  #: drafts a worker may be ahead of what is stored
MOST_WORKERS = 4  #: more would each hold a codebook in memory


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as read and coded, not yet stored. `notice` says what the coders cannot do with it."""

    report: Report
    original: Original
    suggestions: tuple[Suggestion, ...] = ()
    extraction: Extraction = field(default_factory=Extraction)
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source of a batch that could not be read; the rest went on."""

    source: str
    error: CounterfoilError


@dataclass(frozen=True, slots=True)
class Sources:
    """What to read, and what was found in folders that no reader takes."""

    names: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


def expand(sources: Iterable[str]) -> Sources:
    """Each source, folders replaced by the files in them that a reader takes (sorted, hidden ones left out).

    A folder without such a file stays as it is; `read` then says so. Of a folder that detection wrote only its
    findings are taken.

    Raises:
        UsageError: a source is an empty text.
    """
    from counterfoil.readers import READERS

    suffixes = {suffix for name in READERS.names() for suffix in READERS.load(name).suffixes}
    names: list[str] = []
    passed_over: list[str] = []
    for source in sources:
        folder = Path(source)
        if not source.strip():
            raise UsageError("A source is empty.", "Name a file, a folder or a URL; is a variable of yours unset?")
        if "://" in source or source == STDIN or not _is_folder(folder):
            names.append(source)
            continue
        inside = [
            path for path in sorted(folder.rglob("*")) if path.is_file() and not _hidden(path.relative_to(folder))
        ]
        files = [path for path in inside if path.suffix.lower() in suffixes]
        if (folder / FINDINGS).is_file():  # what detection left: its tables are no reports
            files = [folder / FINDINGS]
        names += map(str, files or [folder])
        passed_over += (str(path) for path in inside if path not in files)
    return Sources(tuple(names), tuple(passed_over))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that no file system takes: the reader says so
        return False


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read(source: str, config: "Config", stdin: bytes = b"") -> list[Draft]:
    """Read a file, a URL or standard input ("-", handed over as bytes): one draft, of a file of findings several.

    Raises:
        ReadError: it cannot be read.
        FetchError: the URL cannot be fetched, or we are offline.
    """
    from counterfoil.readers import file_bytes, read_all

    if source == STDIN:
        results = read_all(stdin, STDIN)
    elif "://" in source:
        from counterfoil.readers.fetch import fetch

        if config.offline:
            raise FetchError(f"{source} is not fetched in offline mode.", "Save the page and add the file.")
        page = fetch(source)
        results = read_all(page.data, page.url, page.media_type)
    elif _is_folder(Path(source)):
        raise ReadError(f"The folder {source} has no file that a reader takes.", "See: counterfoil add --help.")
    else:
        results = read_all(*file_bytes(Path(source)))
    return [Draft(result.report, result.original) for result in results]


def code(draft: Draft, kit: Kit) -> Draft:
    """The draft with suggestions and extraction."""
    from counterfoil.coding.stated import with_stated
    from counterfoil.coding.suggest import suggest
    from counterfoil.extraction import extract
    from counterfoil.readers.passages import passages
    from counterfoil.workflow.finding_reports import code_finding, is_of_finding

    report = draft.report
    if is_of_finding(report):
        return code_finding(draft, kit.codebook.framework)
    parts = passages(report)
    extraction = extract(report)
    around, framework = contexts(parts, extraction), kit.codebook.framework
    found = suggest(report, parts, around, kit.panel, framework)
    stated = with_stated(found, extraction.references, (report, parts, around), framework)
    return Draft(report, draft.original, stated, extraction, _notice(report, kit))


def _notice(report: Report, kit: Kit) -> str:
    """What an analyst must know of a coding in this language."""
    from counterfoil.coding.codebook import techniques_with_cues

    if report.language in ("en", "und"):
        return ""
    known = techniques_with_cues(kit.codebook).get(report.language)
    if known:
        return (
            f"The text is in {report.language!r}: the codebook has cues for {known} of {len(kit.codebook.entries)} "
            "techniques in it, and nothing was learned from coded passages: read it yourself as well."
        )
    return (
        f"The text is in {report.language!r}, in which the codebook has no cues. Only names of platforms, products and "
        "the like are recognised: read it yourself."
    )


def contexts(parts: "Sequence[Passage]", extraction: Extraction) -> "list[Context]":
    """For each passage who acts and who speaks there, and the names that cues must look past."""
    from counterfoil.coding.suggest import Context

    acting = [(span, actor.name) for actor in extraction.actors if actor.is_operation for span in actor.spans]
    speaking = [(span, voice.speaker) for voice in extraction.voices for span in voice.spans]
    found = []
    for passage, actors, voices in zip(parts, _over(parts, acting), _over(parts, speaking), strict=True):
        names = {name for _, name in actors}
        half = (passage.end - passage.start) / 2
        most = [
            (span.end - span.start, name)
            for span, name in voices
            if min(span.end, passage.end) - max(span.start, passage.start) > half
        ]
        found.append(
            Context(
                actor=names.pop() if len(names) == 1 else "",  # with two, the passage alone does not tell
                voice=min(most)[1] if most else "",  # the innermost voice of most of it is who says it
                names=tuple((span.start, span.end) for span, _ in actors),
            )
        )
    return found


def _over(parts: "Sequence[Passage]", named: list[tuple[Span, str]]) -> Iterator[list[tuple[Span, str]]]:
    """For each passage, in text order, the spans that share characters with it; one sweep over both."""
    waiting = deque(sorted(named))
    active: list[tuple[Span, str]] = []
    for passage in parts:
        while waiting and waiting[0][0].start < passage.end:
            active.append(waiting.popleft())
        active = [item for item in active if item[0].end > passage.start]
        yield [item for item in active if item[0].start < passage.end]


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
            yield from _drafts(source, config, workspace, stdin, kit)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    setup = (config, workspace.folder, stdin if STDIN in sources else b"", kit is not None)
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, setup)
    try:
        waiting: deque[Future[list[Draft | Failure]]] = deque()
        for source in sources:
            waiting.append(pool.submit(_work, source))
            # Drafts carry their originals: only so many are read ahead of what has been stored.
            if len(waiting) >= AHEAD * workers:
                yield from _done(waiting.popleft())
        while waiting:
            yield from _done(waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _done(future: "Future[list[Draft | Failure]]") -> list[Draft | Failure]:
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor as error:
        raise ReadError(
            "A worker process ended, probably for want of memory.", "What was printed is stored; run the rest again."
        ) from error


def _drafts(
    source: str, config: "Config", workspace: "Workspace", stdin: bytes, kit: Kit | None
) -> list[Draft | Failure]:
    try:
        found = [known(workspace, draft) for draft in read(source, config, stdin)]
        return [code(draft, kit) if kit else draft for draft in found]
    except CounterfoilError as error:
        return [Failure(source, error)]


_worker: dict[str, Any] = {}  # what a worker process keeps between sources; empty in the parent


def _start_worker(config: "Config", folder: Path, stdin: bytes, coded: bool) -> None:
    from counterfoil.kb.workspace import Workspace

    obey_parent()
    kit = load_kit(config) if coded else None
    _worker.update(config=config, workspace=Workspace.open(folder), stdin=stdin, kit=kit)


def obey_parent() -> None:
    """What a process of a pool does first: its parent alone hears Ctrl-C and ends it in order, or takes it along."""
    from signal import SIG_IGN, SIGINT, signal
    from threading import Thread

    signal(SIGINT, SIG_IGN)  # it reaches the whole group
    Thread(target=die_with_parent, daemon=True).start()


def die_with_parent() -> None:
    """A pool's workers outlive a killed parent otherwise."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(source: str) -> list[Draft | Failure]:
    return _drafts(source, **_worker)


def store(workspace: "Workspace", draft: Draft, kit: Kit | None = None) -> Draft:
    """Store a draft (coded, if a kit is given), all of it or nothing; returns what is stored.

    If the original was stored under another text meanwhile (two copies in one batch, read as different
    formats), that text is the report and is coded instead.
    """
    if kept(workspace, draft, coded=kit is not None):
        return draft
    first = known(workspace, draft)
    return store(workspace, code(first, kit) if kit else first, kit)


def kept(workspace: "Workspace", draft: Draft, coded: bool) -> bool:
    """Store a draft, all of it or nothing; False if its original was stored under another text meanwhile."""
    from counterfoil.kb.coding import add_run
    from counterfoil.kb.reports import add_report, report_of_original

    workspace.keep_original(draft.original)
    with workspace.writing() as connection:
        if report_of_original(connection, draft.original.sha256) not in (None, draft.report.id):
            return False
        add_report(connection, draft.report, draft.original, now())
        if coded:
            add_run(connection, draft.report.id, draft.suggestions, draft.extraction, now())
        return True
