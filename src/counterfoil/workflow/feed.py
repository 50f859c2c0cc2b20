"""What subscribers are served follows the workspace: incidents that have changed give their objects anew."""

import io
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from counterfoil import __version__
from counterfoil.model.framework import Framework
from counterfoil.model.marking import Tlp, tlp
from counterfoil.workflow.frameworks import in_use_mark
from counterfoil.workflow.sharing import coded_cases

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.kb.feed import Feed
    from counterfoil.kb.feed_objects import Given
    from counterfoil.kb.feed_pages import Page, Wanted
    from counterfoil.kb.workspace import Workspace

#: The API roots: each is a profile of the STIX export.
ROOTS = ("counterfoil", "opencti")
#: The levels that are served; RED is for those present, and never is.
LEVELS = (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT)
TOGETHER = 200  #: incidents of one transaction


@dataclass
class Subscription:
    """The feed of a workspace, brought up to date whenever somebody asks. Safe for several threads.

    Nothing that was withdrawn, or marked for fewer readers, before a page is asked for is in it: if bringing the
    feed up to date takes longer than `patience` (the first time, with many incidents), there is no page.
    """

    workspace: "Workspace"
    patience: float = 20.0
    _lock: Lock = field(default_factory=Lock, repr=False)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1), repr=False)
    _running: dict[str, "Future[None]"] = field(default_factory=dict, repr=False)
    _seen: dict[str, tuple[int, Framework]] = field(default_factory=dict, repr=False)
    _watch: "Connection | None" = field(default=None, repr=False)
    _feed: "Feed | None" = field(default=None, repr=False)

    def page(self, framework: Framework, wanted: "Wanted", limit: int, whole: bool = True) -> "Page | None":
        """A page of what is wanted, as it is now; None if that is not ready yet: ask again later."""
        from counterfoil.kb.feed_pages import page

        if not self._ready(wanted.root, framework):
            return None
        with self.feed.reading() as connection:
            return page(connection, wanted, limit, whole)

    def has(self, root: str, level: Tlp, identifier: str) -> bool:
        """Whether an object is served to readers of that level, as of the last page."""
        from counterfoil.kb.feed_pages import is_served

        with self.feed.reading() as connection:
            return is_served(connection, root, level.rank, identifier)

    @property
    def feed(self) -> "Feed":
        """The database."""
        from counterfoil.kb.feed import Feed

        with self._lock:
            if self._feed is None:
                self._feed = Feed.open(self.workspace.folder)
            return self._feed

    def close(self) -> None:
        """Let go of the workspace; what is being brought up to date goes on the next time."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _ready(self, root: str, framework: Framework) -> bool:
        """Bring the root up to date; False if that takes too long."""
        feed, end = self.feed, monotonic() + self.patience
        while True:
            with self._lock:
                now = (self._stored(), framework)
                if self._seen.get(root) == now:
                    return True
                running = self._running.get(root)
                ours = running is None or running.done()
                if running is None or ours:
                    running = self._running[root] = self._worker.submit(self._follow, feed, root, now)
            try:
                running.result(max(0.0, end - monotonic()))
            except TimeoutError:
                return False
            if ours:  # it began after we were asked; another's may not have seen what was stored before that
                return True

    def _follow(self, feed: "Feed", root: str, now: tuple[int, Framework]) -> None:
        follow(self.workspace, feed, root, now[1])
        with self._lock:
            self._seen[root] = now

    def _stored(self) -> int:
        """A number that changes with everything that is stored."""
        from counterfoil.kb.fingerprints import data_version

        if self._watch is None:
            self._watch = self.workspace.engine.connect()
        return data_version(self._watch)


def follow(workspace: "Workspace", feed: "Feed", root: str, framework: Framework) -> int:
    """Bring a root in step with the workspace; returns how many incidents were looked at anew.

    A process that is killed leaves whole incidents done and the others to do.
    """
    from counterfoil.exchange.stix_merging import merged
    from counterfoil.kb.feed import mark, set_mark
    from counterfoil.kb.feed_objects import forget_fingerprints, give, known_fingerprints, settle, sweep, take_back
    from counterfoil.kb.fingerprints import fingerprints

    made_by = _made_by(workspace, framework)
    with workspace.reading() as connection:
        looks = {one: look for one, (look, label) in fingerprints(connection).items() if tlp(label) in LEVELS}
    with feed.writing() as store:
        if mark(store, f"made by {root}") != made_by:
            forget_fingerprints(store, root)
            set_mark(store, f"made by {root}", made_by)
        known = known_fingerprints(store, root)
        gone = [one for one in known if one not in looks]
        take_back(store, root, gone)
    changed = [(one, look) for one, look in looks.items() if known.get(one) != look]
    giving = _given(workspace, root, changed, framework)
    while some := list(islice(giving, TOGETHER)):
        with feed.writing() as store:
            for one in some:
                give(store, root, one)
    unsettled = True
    while unsettled:
        with feed.writing() as store:
            unsettled = settle(store, root, len(LEVELS), merged)
    if changed or gone:
        with feed.writing() as store:
            sweep(store)
    return len(changed) + len(gone)


def _given(
    workspace: "Workspace", root: str, changed: Sequence[tuple[str, str]], framework: Framework
) -> "Iterator[Given]":
    """What incidents (with their fingerprints) give now: the objects of an export of each alone."""
    from counterfoil.exchange import EXPORTERS
    from counterfoil.exchange.stix_merging import marked_for
    from counterfoil.kb.feed_objects import Given
    from counterfoil.kb.incidents import find_incidents

    exporter = EXPORTERS.load("stix")
    write, looks = exporter.writer(root), dict(changed)
    with workspace.reading() as connection:
        incidents = find_incidents(connection, list(looks))
    for coded in coded_cases(workspace, incidents, framework, exporter.drafted):
        incident = coded.incident  # it may have been marked otherwise since the fingerprint was taken
        objects: list[dict[str, Any]] = []
        if incident.tlp in LEVELS:
            out = io.BytesIO()
            write([coded], framework, out)
            objects = json.loads(out.getvalue())["objects"]
        marked = ((marked_for(one, incident.tlp).rank, one) for one in objects)
        yield Given(incident.id, looks[incident.id], tuple(marked))


def _made_by(workspace: "Workspace", framework: Framework) -> str:
    """Changes when all objects have to be made anew."""
    said = f"{__version__}\n{in_use_mark(workspace)}\n{framework!r}"
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
