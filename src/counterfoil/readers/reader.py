"""What a reader is: what it is handed, what it may use, and how it is known."""

from collections.abc import Callable
from dataclasses import dataclass, field

from counterfoil.model.report import Report

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one source may cost before it is refused with a ReadError.

    `file_bytes` bounds the source as it comes, `text_bytes` a source that is text itself (plain text,
    Markdown, HTML, a mail's body), `unpacked_bytes` an archive's parts once inflated, `pages` a PDF.
    `memory_bytes` and `seconds` (of processor time, and of wall time) bound the child process.
    """

    file_bytes: int = 100 * _MEGABYTE
    text_bytes: int = 20 * _MEGABYTE
    unpacked_bytes: int = 200 * _MEGABYTE
    pages: int = 3000
    memory_bytes: int = 1024 * _MEGABYTE
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Source:
    """A source as bytes. `name` is its path, URL or "-"; `media_type` a server's Content-Type, or empty."""

    data: bytes = field(repr=False)
    name: str
    media_type: str = ""
    limits: Limits = Limits()

    @property
    def stem(self) -> str:
        """The name without folders, query and suffix, for want of a title; empty for standard input."""
        from urllib.parse import unquote, urlsplit

        if self.name == "-":
            return ""
        try:
            url = urlsplit(self.name) if "://" in self.name else None
        except ValueError:  # a bracket in the host: no URL then
            url = None
        path = unquote(url.path) if url else self.name.replace("\\", "/")
        last = path.rstrip("/").rpartition("/")[2]
        stem = last.rpartition(".")[0] or last
        return stem or (url.hostname or "" if url else "")


@dataclass(frozen=True, slots=True)
class Reader:
    """One file format. A new one is a module with a `Reader` and one line in `readers/__init__.py`.

    Attributes:
        read: makes the report; raises ReadError. Runs in a child process if `contained`.
        suffixes: of file names, lower case, with the dot.
        media_types: the first is what the original is filed under.
        sniff: whether these bytes are surely of this format. Content goes before suffix.
        signed: files of this format always pass `sniff`, so a suffix alone is not believed.
        parts: of a format whose files hold several reports: takes one apart into files of one report each.
    """

    read: Callable[[Source], Report]
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    signed: bool = False
    contained: bool = True
    parts: Callable[[Source], tuple[bytes, ...]] | None = None
