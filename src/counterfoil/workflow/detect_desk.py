"""Detection for the workbench: in a process of its own, which takes nothing along when it is ended.

All that it lays on disk is in one folder, which belongs to whoever started it.
"""

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from counterfoil.errors import CounterfoilError, InputError
from counterfoil.model.finding import findings_record
from counterfoil.workflow.detecting import Search

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

OUT = "findings.json"
MEMORY = "2GB"  #: what a search in the workbench may use before it spills: people go on reviewing meanwhile


@dataclass
class Searcher:
    """A search that runs in a process of its own.

    Args:
        folder: where the data was laid, and where it lays what it makes.
    """

    search: Search
    folder: Path
    _process: "SpawnProcess | None" = field(default=None, repr=False)

    def run(self, tell: Callable[[str], None]) -> bytes:
        """Search, and give the file of findings; waits until it is done.

        Args:
            tell: is told what goes on, a sentence at a time.

        Raises:
            CounterfoilError: what the search raised; or the process was ended.
        """
        from multiprocessing import get_context

        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(self.search, str(self.folder), there), daemon=True)
        self._process.start()
        there.close()  # only the process holds that end now: when it is gone, reading ends
        error: CounterfoilError | None = None
        done = False
        try:
            while True:
                kind, said = here.recv()
                if kind == "tell":
                    tell(said)
                elif kind == "done":
                    done = True
                else:
                    error = said
        except EOFError:
            self._process.join()
        finally:
            here.close()
        if error:
            raise error
        if not done:
            raise InputError(
                "The search was ended before it was done: by somebody, or for want of memory.",
                "Nothing of it was stored. Try a shorter time window, or counterfoil detect --memory.",
            )
        return (self.folder / OUT).read_bytes()

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()


def _work(search: Search, folder: str, out: "Connection") -> None:
    from counterfoil.workflow.detecting import detecting
    from counterfoil.workflow.findings import findings
    from counterfoil.workflow.intake import obey_parent

    obey_parent()
    tempfile.tempdir = folder  # what spills to disk goes with the folder, however this ends
    os.environ["TMPDIR"] = folder

    def tell(sentence: str) -> None:
        out.send(("tell", sentence))

    try:
        with detecting(search, tell) as run:
            for note in run.reading.notes:
                tell(note)
            found = findings(run)
            (Path(folder) / OUT).write_text(json.dumps(findings_record(found)), encoding="ascii")
        out.send(("done", ""))
    except CounterfoilError as error:
        out.send(("failed", error))
    out.close()
