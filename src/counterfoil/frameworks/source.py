"""The file or folder that a framework is loaded from, opened once for all readers that look at it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from counterfoil.errors import ReadError
from counterfoil.model.loaded import Loaded

MOST_JSON = 200 * 1024 * 1024  #: bytes of a JSON file


@dataclass(frozen=True)
class Source:
    """A path to load from."""

    path: Path

    def checked(self) -> "Source":
        """Itself, if there is something to read.

        Raises:
            ReadError: there is nothing at that path, or it may not be looked at.
        """
        try:
            found = list(self.path.iterdir()) if self.path.is_dir() else self.path.exists()
        except OSError as error:
            raise ReadError(f"{self.path} cannot be read: {error.strerror}.") from error
        if found is False:
            raise ReadError(f"There is no file or folder {self.path}.")
        return self

    @cached_property
    def head(self) -> bytes:
        """The first bytes of a file; empty for a folder.

        Raises:
            ReadError: the file may not be read.
        """
        if self.path.is_dir():
            return b""
        try:
            with self.path.open("rb") as file:
                return file.read(512)
        except OSError as error:
            raise ReadError(f"{self.path} cannot be read: {error.strerror}.") from error

    @property
    def is_json(self) -> bool:
        """Whether it is a file that starts as JSON does."""
        return self.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")

    @cached_property
    def document(self) -> Any:
        """The file's JSON."""
        return read_json(self.path)


def read_json(path: Path) -> Any:
    """The JSON of a file.

    Raises:
        ReadError: not JSON, too large, or nested too deeply.
    """
    try:
        if path.stat().st_size > MOST_JSON:
            raise ReadError(f"{path} is over {MOST_JSON // 1024 // 1024} MB.")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.") from error
    except RecursionError as error:
        raise ReadError(f"{path} is nested too deeply to be a framework.") from error
    except ValueError as error:
        raise ReadError(f"{path} is not JSON: {error}.") from error


class FrameworkReader(Protocol):
    """What reads one form of framework. `version` stays empty in what it gives if the source does not tell."""

    name: str

    def recognises(self, source: Source) -> bool:
        """Whether the source is of this form."""

    def read(self, source: Source, partial: bool) -> Loaded:
        """The framework with its catalogue and report."""
