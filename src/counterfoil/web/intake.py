"""The intake: what was handed in waits in a queue, is read, coded and stored, and tells how far it has come."""

import logging
import shutil
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from secrets import token_hex
from tempfile import mkdtemp
from threading import Lock, Thread

from counterfoil.config import Config
from counterfoil.errors import CounterfoilError, UnknownIdError
from counterfoil.kb.workspace import Workspace
from counterfoil.web.unread import Unread
from counterfoil.workflow.desk import CodingPool, Handed, receive, store_coded
from counterfoil.workflow.intake import Draft

KEPT = 50  #: batches whose outcome can still be looked at

_log = logging.getLogger("counterfoil.web")


class Stage(StrEnum):
    """How far a source has come."""

    WAITING = "waiting"
    READING = "reading"
    CODING = "coding"
    DONE = "done"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        return self in (Stage.DONE, Stage.FAILED)


@dataclass(slots=True)
class Item:
    """One source of a batch; `version` is the batch's at its last change, `page` where what was stored can be seen."""

    number: int
    name: str
    stage: Stage = Stage.WAITING
    version: int = 0
    report: str = ""
    page: str = ""
    title: str = ""
    suggestions: int = 0
    message: str = ""
    hint: str = ""


@dataclass(slots=True)
class Batch:
    """What was handed in together. `version` grows with every change: who has seen one asks for what is newer."""

    id: str
    items: list[Item]
    folder: Path | None = None
    version: int = 0
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def finished(self) -> bool:
        return all(item.stage.final for item in self.items)

    def counts(self) -> dict[str, int]:
        """How many sources are at each stage."""
        found = dict.fromkeys((stage.value for stage in Stage), 0)
        for item in self.items:
            found[item.stage] += 1
        return found

    def move(self, item: Item, stage: Stage, **known: str | int) -> None:
        """Say how far an item has come."""
        with self.lock:
            self.version += 1
            for name, value in known.items():
                setattr(item, name, value)
            item.version = self.version
            item.stage = stage

    def since(self, version: int) -> tuple[int, list[Item]]:
        """The version now, and copies of the items that changed after `version`."""
        with self.lock:
            return self.version, [replace(item) for item in self.items if item.version > version]


class Intake:
    """Threads that take sources from the queue one by one; coding itself runs in processes of its own."""

    def __init__(self, config: Config, workspace: Workspace) -> None:
        self._config = config
        self._workspace = workspace
        self._pool = CodingPool(config)
        self._unread = Unread(workspace.folder)
        self._queue: SimpleQueue[tuple[Batch, Item, Handed] | None] = SimpleQueue()
        self._batches: OrderedDict[str, Batch] = OrderedDict()
        self._threads: list[Thread] = []
        self._lock = Lock()

    def folder(self) -> Path:
        """A new folder for files on their way in; the batch that it is handed to removes it."""
        return Path(mkdtemp(prefix="counterfoil-"))

    def add(self, handed: Sequence[Handed], folder: Path | None = None) -> Batch:
        """Queue what was handed in; `folder` is removed when all of it is done."""
        items = [Item(number, source.name) for number, source in zip(count(), handed, strict=False)]
        batch = Batch(token_hex(8), items, folder)
        with self._lock:
            self._batches[batch.id] = batch
            for old in [one.id for one in self._batches.values() if one.finished][:-KEPT]:
                del self._batches[old]
            if not self._threads:
                self._threads = [Thread(target=self._run, daemon=True) for _ in range(self._pool.size)]
                for thread in self._threads:
                    thread.start()
        self._unread.came((_key(batch, item), item.name) for item in items)
        for item, source in zip(items, handed, strict=True):
            self._queue.put((batch, item, source))
        return batch

    def batch(self, batch_id: str) -> Batch:
        """The batch of that id.

        Raises:
            UnknownIdError: there is none, or it is long done.
        """
        found = self._batches.get(batch_id)
        if found is None:
            raise UnknownIdError(
                "This intake is no longer known; what it stored is among the reports.", "See the start page."
            )
        return found

    @property
    def left(self) -> list[str]:
        """The names of what an earlier launch was handed and had not read when it ended."""
        return self._unread.left

    def forget_left(self) -> None:
        """Tell of it no more."""
        self._unread.forget()

    def running(self) -> list[Batch]:
        """The batches that are not finished, oldest first."""
        with self._lock:
            return [batch for batch in self._batches.values() if not batch.finished]

    def renew(self) -> None:
        """Code what comes next with the codebook as it is now."""
        self._pool.renew()

    def close(self) -> None:
        """Give up what waits; what is stored is stored."""
        while not self._queue.empty():
            self._queue.get()
        for _ in self._threads:
            self._queue.put(None)
        self._pool.close()
        self._unread.close()
        for batch in self._batches.values():
            if batch.folder:
                shutil.rmtree(batch.folder, ignore_errors=True)

    def _run(self) -> None:
        while (task := self._queue.get()) is not None:
            batch, item, source = task
            try:
                self._take(batch, item, source)
            except CounterfoilError as error:
                batch.move(item, Stage.FAILED, message=error.message, hint=error.hint)
            except Exception:
                # The thread must live on for the others; what happened is told, here and in the terminal.
                _log.exception("%s could not be taken in", source.name)
                batch.move(item, Stage.FAILED, message="This failed in a way it should not; see the terminal.")
            self._unread.done(_key(batch, item))
            if batch.finished and batch.folder:
                shutil.rmtree(batch.folder, ignore_errors=True)

    def _take(self, batch: Batch, item: Item, source: Handed) -> None:
        batch.move(item, Stage.READING)
        drafts = receive(source, self._config, self._workspace)
        batch.move(item, Stage.CODING, title=_title(drafts))
        stored = [store_coded(self._workspace, self._pool.code(draft), self._pool.code) for draft in drafts]
        first = stored[0].report
        batch.move(
            item,
            Stage.DONE,
            report=first.id,
            page=_page(stored),
            title=_title(stored),
            suggestions=sum(not one.undecided for draft in stored for one in draft.suggestions),
            message=" ".join(dict.fromkeys(draft.notice for draft in stored if draft.notice)),
        )


def _title(drafts: Sequence[Draft]) -> str:
    """What was read is called; only a file of findings holds several."""
    return drafts[0].report.title or drafts[0].report.source if len(drafts) == 1 else f"{len(drafts)} findings"


def _page(stored: Sequence[Draft]) -> str:
    return f"/reports/{stored[0].report.id}/review" if len(stored) == 1 else "/findings"


def _key(batch: Batch, item: Item) -> str:
    return f"{batch.id}-{item.number}"
