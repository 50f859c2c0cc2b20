"""What is handed to the workbench: read here, coded in processes of their own, stored.

Coding takes the processor; in a process of its own it does not slow down those who review meanwhile.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from counterfoil.errors import FetchError, ReadError
from counterfoil.model.report import Original
from counterfoil.workflow.finding_reports import code_finding, is_of_finding
from counterfoil.workflow.intake import MOST_WORKERS, Draft, code, kept, known, obey_parent, read
from counterfoil.workflow.kit import load_codebook, load_kit

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import ProcessPoolExecutor

    from counterfoil.config import Config
    from counterfoil.kb.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was received under `name` and lies at `path`; or, without a path, a URL to fetch."""

    name: str
    path: Path | None = None


def receive(handed: Handed, config: "Config", workspace: "Workspace") -> list[Draft]:
    """Read what was handed in, on the text that was frozen when the same file was first added: one draft, of a file
    of findings several.

    Raises:
        ReadError: it cannot be read.
        FetchError: the URL cannot be fetched, or we are offline.
    """
    from counterfoil.readers import read_all

    if handed.path is None:
        # Without a scheme it would name a file of this machine: nobody may read those through a browser.
        if not handed.name.startswith(("http://", "https://")):
            raise FetchError(f"{handed.name!r} is no web address.", "It begins with https:// or http://.")
        return [known(workspace, draft) for draft in read(handed.name, config)]
    results = read_all(handed.path.read_bytes(), handed.name)
    return [known(workspace, Draft(result.report, result.original)) for result in results]


def store_coded(workspace: "Workspace", draft: Draft, code_again: "Callable[[Draft], Draft]") -> Draft:
    """Store a coded draft, all of it or nothing; returns what is stored.

    If the original was stored under another text meanwhile, that text is coded instead.
    """
    if kept(workspace, draft, coded=True):
        return draft
    return store_coded(workspace, code_again(known(workspace, draft)), code_again)


class CodingPool:
    """Processes that code, started when the first report comes; one core is left to those who review."""

    def __init__(self, config: "Config") -> None:
        self.size = max(1, min((os.cpu_count() or 2) - 1, MOST_WORKERS))
        self._config = config
        self._lock = Lock()
        self._alone = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def code(self, draft: Draft) -> Draft:
        """The draft with suggestions and extraction; waits for a free process.

        A process that ends takes along what other processes are coding: whatever was lost so is coded once more,
        by a process of its own.

        Raises:
            ReadError: the process ended again, probably for want of memory.
            CodebookError: the user's own codebook is broken.
        """
        from concurrent.futures import BrokenExecutor

        if is_of_finding(draft.report):  # takes a moment, and no coder of prose
            return code_finding(draft, load_codebook(self._config).framework)
        bare = replace(draft, original=Original(b"", draft.original.media_type))  # the file need not travel
        with self._lock:  # so that no renewal comes between
            pool = self._started()
            try:
                waiting = pool.submit(_code, bare, self._config)
            except BrokenExecutor:  # it ended while nothing was coded
                self._pool = None
                waiting = self._started().submit(_code, bare, self._config)
        try:
            coded = waiting.result()
        except BrokenExecutor:
            self._forget(pool)
            coded = self._code_alone(bare)
        return replace(coded, original=draft.original)

    def renew(self) -> None:
        """Have what comes next coded by new processes, which read the codebook anew; what is being coded goes on."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait=False)
                self._pool = None

    def close(self) -> None:
        """End the processes; what waits is given up."""
        with self._lock:
            if self._pool:
                self._pool.shutdown(wait=True, cancel_futures=True)
                self._pool = None

    def _code_alone(self, bare: Draft) -> Draft:
        from concurrent.futures import BrokenExecutor

        with self._alone, self._processes(1) as pool:
            try:
                return pool.submit(_code, bare, self._config).result()
            except BrokenExecutor as error:
                raise ReadError(
                    f"Coding {bare.report.source} ended the process that did it, twice: probably for want of memory.",
                    "Split the report, or free some memory, and add it again.",
                ) from error

    def _forget(self, pool: "ProcessPoolExecutor") -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None

    def _started(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            self._pool = self._processes(self.size)
        return self._pool

    def _processes(self, count: int) -> "ProcessPoolExecutor":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(count, get_context("spawn"), obey_parent)


_kit: dict[str, Any] = {}  # what a coding process keeps; empty in the parent


def _code(draft: Draft, config: "Config") -> Draft:
    if "kit" not in _kit:  # here, not at the start: what is wrong with a codebook is then told as what it is
        _kit["kit"] = load_kit(config)
    return code(draft, _kit["kit"])
