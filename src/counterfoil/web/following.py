"""Reports that follow what was said of names: beside the requests, as there may be thousands."""

import logging
from threading import Event, Lock, Thread

from counterfoil.errors import CounterfoilError
from counterfoil.kb.workspace import Workspace
from counterfoil.workflow.items import count_following, settle_names

PATIENCE = 1.0  #: seconds that a request waits for it: mostly all is done by then

_log = logging.getLogger("counterfoil.web")


class Following:
    """One thread at most works through the reports that wait; what is left when it ends follows at the next launch."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = Lock()
        self._thread: Thread | None = None
        self._again = False
        self._ended = Event()

    def follow(self, workspace: Workspace) -> None:
        """Let the reports of this workspace follow; returns when they have, or after PATIENCE."""
        with self._lock:
            self._again = True
            if self._thread is None:
                self._thread = Thread(target=self._run, daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(PATIENCE)

    def left(self) -> int:
        """How many reports still have to follow."""
        return count_following(self._workspace) if self._thread else 0

    def close(self) -> None:
        """Leave the rest to the next launch."""
        self._ended.set()
        thread = self._thread
        if thread:
            thread.join()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
            try:
                settle_names(self._workspace, self._ended.is_set)
            except CounterfoilError as error:
                _log.warning("%s Reports follow what was said of names with the next word on names.", error.message)
