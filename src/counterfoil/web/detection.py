"""The workbench's detection: one search at a time, in a process of its own; it tells how far it has come."""

import json
import logging
import shutil
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from threading import Lock, Thread

from counterfoil.errors import CounterfoilError, UnknownIdError, UsageError
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature
from counterfoil.model.finding import findings_of
from counterfoil.model.framework import Framework
from counterfoil.workflow.detect_desk import Searcher
from counterfoil.workflow.detecting import Search
from counterfoil.workflow.held_findings import Adding, put
from counterfoil.workflow.kit import now

_log = logging.getLogger("counterfoil.web")


class Stage(StrEnum):
    """How far a search has come."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(slots=True)
class SearchRun:
    """A search: what was asked, what it told, what became of it.

    Args:
        names: of the files, as they were handed in.
        lines: what it told, a sentence each.
        found: the findings that it put into the workspace (their reports' ids and titles).
    """

    id: str
    names: tuple[str, ...]
    stage: Stage = Stage.RUNNING
    lines: list[str] = field(default_factory=list)
    message: str = ""
    hint: str = ""
    found: list[tuple[str, str]] = field(default_factory=list)


class Detection:
    """Runs searches, one at a time. Safe for several threads."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = Lock()
        self._run: SearchRun | None = None
        self._searcher: Searcher | None = None
        self._thread: Thread | None = None

    def folder(self) -> Path:
        """A new folder for data on its way in; the search that it is handed to removes it."""
        return Path(mkdtemp(prefix="counterfoil-detect-"))

    @property
    def running(self) -> SearchRun | None:
        """The search that runs now."""
        run = self._run
        return run if run and run.stage is Stage.RUNNING else None

    @property
    def last(self) -> SearchRun | None:
        """The search that was started last, whatever became of it."""
        return self._run

    def run(self, run_id: str) -> SearchRun:
        """The search of that id, as it stands.

        Raises:
            UnknownIdError: there is none, or another was started since.
        """
        run = self._run
        if run is None or run.id != run_id:
            raise UnknownIdError(
                "This search is no longer known; what it found is among the findings.", "See: Findings."
            )
        with self._lock:
            return replace(run, lines=list(run.lines), found=list(run.found))

    def start(self, search: Search, names: tuple[str, ...], folder: Path, coding: tuple[Framework, str]) -> SearchRun:
        """Start a search; `folder` holds its data, and goes when it is done.

        Args:
            coding: the framework that findings are coded with, and who puts them into the workspace.

        Raises:
            UsageError: another one runs.
        """
        with self._lock:
            if self.running:
                raise UsageError("A search is running already.", "Wait until it is done, or stop it.")
            run = self._run = SearchRun(token_hex(8), names)
            self._searcher = Searcher(search, folder)
            self._thread = Thread(target=self._work, args=(run, self._searcher, coding), daemon=True)
            self._thread.start()
            return run

    def stop(self) -> None:
        """End the search that runs, if one does; nothing of it is stored."""
        with self._lock:
            if self.running and self._run and self._searcher:  # there is none any more while it is stored
                self._run.stage = Stage.STOPPED
                self._searcher.stop()

    def close(self) -> None:
        """End what runs, and wait until its folder is gone."""
        self.stop()
        if self._thread:
            self._thread.join(timeout=10)

    def _work(self, run: SearchRun, searcher: Searcher, coding: tuple[Framework, str]) -> None:
        def tell(sentence: str) -> None:
            with self._lock:
                run.lines.append(_plain(sentence, searcher.folder))

        try:
            data = searcher.run(tell)
            self._end(run, Stage.DONE, found=self._store(data, run, coding))
        except CounterfoilError as error:
            message, hint = (_plain(words, searcher.folder) for words in (error.message, error.hint))
            self._end(run, Stage.FAILED, message=message, hint=hint)
        except Exception:
            # Whatever it was, the page must not say for ever that it runs; the terminal has the rest.
            _log.exception("the search failed")
            self._end(run, Stage.FAILED, message="This failed in a way it should not; see the terminal.")
        finally:
            shutil.rmtree(searcher.folder, ignore_errors=True)

    def _store(self, data: bytes, run: SearchRun, coding: tuple[Framework, str]) -> list[tuple[str, str]]:
        found = findings_of(json.loads(data))
        with self._lock:
            if not found or run.stage is Stage.STOPPED:
                return []
            self._searcher = None
        framework, analyst = coding
        adding = Adding(framework, ", ".join(run.names), Signature(analyst, now()))
        done, _ = put(self._workspace, found, adding)
        return [(one.report, one.finding.title) for one in done]

    def _end(self, run: SearchRun, stage: Stage, **known: object) -> None:
        with self._lock:
            if run.stage is Stage.STOPPED:
                return
            for name, value in known.items():
                setattr(run, name, value)
            run.stage = stage


def _plain(words: str, folder: Path) -> str:
    """A sentence without the folder that the data was laid in: nobody chose it."""
    return words.replace(f"{folder}/", "")
