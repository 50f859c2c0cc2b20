"""What was handed in and not read yet, noted beside the database: a launch that is killed leaves it to be told."""

import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex
from threading import Lock

PREFIX, SUFFIX = "unread-", ".jsonl"

_log = logging.getLogger("counterfoil.web")


class Unread:
    """The journal of one launch: a line for each source that came in, and one when it is done with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._path = folder / f"{PREFIX}{os.getpid()}-{token_hex(4)}{SUFFIX}"
        self._open = 0
        self.left = left_by_others(folder)

    def came(self, keys: Iterable[tuple[str, str]]) -> None:
        """Note sources: a key of each, and its name."""
        for key, name in keys:
            self._write({"came": key, "name": name}, 1)

    def done(self, key: str) -> None:
        """That one is stored, or was told to have failed."""
        self._write({"done": key}, -1)

    def forget(self) -> None:
        """The analyst has read what earlier launches left."""
        for path in _ended(self._folder):
            path.unlink(missing_ok=True)
        self.left = []

    def close(self) -> None:
        """Leave the journal if something in it was not read."""
        with self._lock:
            if not self._open:
                self._path.unlink(missing_ok=True)

    def _write(self, line: dict[str, str], more: int) -> None:
        with self._lock:
            self._open += more
            try:
                with self._path.open("a", encoding="utf-8") as out:  # the system keeps it when this process is killed
                    out.write(json.dumps(line) + "\n")
            except OSError as error:
                _log.warning("What is handed in cannot be noted in %s: %s.", self._folder, error.strerror)


def left_by_others(folder: Path) -> list[str]:
    """The names of what launches that have ended did not read, in their order."""
    found: list[str] = []
    for path in _ended(folder):
        waiting: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue  # the last line of a launch that was killed may be cut
            if "came" in said:
                waiting[said["came"]] = said["name"]
            else:
                waiting.pop(said.get("done", ""), None)
        found += waiting.values()
        if not waiting:
            path.unlink(missing_ok=True)
    return found


def _ended(folder: Path) -> list[Path]:
    """The journals whose launches run no more."""
    paths = sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
    return [path for path in paths if not _runs(path.name.removeprefix(PREFIX).partition("-")[0])]


def _runs(number: str) -> bool:
    if not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
