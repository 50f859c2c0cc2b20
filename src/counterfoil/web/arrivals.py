"""What the pages of imports remember between two requests: sheets whose columns are being named, plans just made.

All of it can be made again, and is forgotten when the workbench ends. What arrived is in the workspace's quarantine.
"""

import shutil
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp
from threading import Lock
from time import monotonic

from counterfoil.errors import UnknownIdError
from counterfoil.workflow.importing import Looked

SHEETS = 20  #: that wait for their columns at once; the oldest goes
PLANS = 3
SLOW = 0.5  #: seconds that making a plan takes, from which on it is kept
FRESH = 60.0  #: seconds that it is shown; what is applied is always made anew
DONE = 100


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A spreadsheet that was handed in, and whose columns nobody has named yet."""

    id: str
    name: str
    path: Path

    @property
    def file(self) -> tuple[str, bytes]:
        """Its name and its content."""
        return self.name, self.path.read_bytes()


class Arrivals:
    """The sheets, plans and outcomes of one launch; threads may share it."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._sheets: OrderedDict[str, WaitingSheet] = OrderedDict()
        self._plans: OrderedDict[tuple[str, ...], tuple[float, Looked]] = OrderedDict()
        self._done: OrderedDict[str, Looked] = OrderedDict()
        self._lock = Lock()

    def put_sheet(self, name: str, data: bytes) -> WaitingSheet:
        """Keep a sheet until its columns are named."""
        with self._lock:
            if self._folder is None:
                self._folder = Path(mkdtemp(prefix="counterfoil-sheets-"))
            sheet_id = token_hex(8)
            sheet = WaitingSheet(sheet_id, name, self._folder / sheet_id)
            sheet.path.write_bytes(data)
            self._sheets[sheet_id] = sheet
            while len(self._sheets) > SHEETS:
                self._sheets.popitem(last=False)[1].path.unlink(missing_ok=True)
        return sheet

    def sheet(self, sheet_id: str) -> WaitingSheet:
        """The sheet of that id.

        Raises:
            UnknownIdError: there is none, or no longer.
        """
        found = self._sheets.get(sheet_id)
        if found is None:
            raise UnknownIdError("This sheet is no longer known.", "Hand it in again on the page of imports.")
        return found

    def drop_sheet(self, sheet_id: str) -> None:
        """Forget a sheet."""
        with self._lock:
            found = self._sheets.pop(sheet_id, None)
        if found:
            found.path.unlink(missing_ok=True)

    def plan(self, key: tuple[str, ...], make: Callable[[], Looked]) -> Looked:
        """The plan that was made a moment ago if that took long, else a new one."""
        with self._lock:
            at, kept = self._plans.get(key, (0.0, None))
        if kept is not None and monotonic() - at < FRESH:
            return kept
        began = monotonic()
        made = make()
        if monotonic() - began > SLOW:
            with self._lock:
                self._plans[key] = (monotonic(), made)
                while len(self._plans) > PLANS:
                    self._plans.popitem(last=False)
        return made

    def close_plan(self, done: Looked | None = None) -> None:
        """Something was applied or dropped: plans are made anew; what was `done` can be looked at until the end."""
        with self._lock:
            self._plans.clear()
            if done:
                self._done[done.row.id] = done
                while len(self._done) > DONE:
                    self._done.popitem(last=False)

    def done(self, parcel_id: str) -> Looked | None:
        """What applying a parcel did, if that was in this launch."""
        return self._done.get(parcel_id)

    def forget_done(self, parcel_id: str) -> None:
        """The parcel waits again."""
        with self._lock:
            self._done.pop(parcel_id, None)

    def close(self) -> None:
        """Remove the sheets that wait."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
