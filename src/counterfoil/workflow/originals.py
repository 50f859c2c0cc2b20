"""The original of a report: as pictures of its pages, as a web page made harmless, or as the file to save."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from counterfoil.errors import UnknownIdError, WorkspaceError
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from counterfoil.kb.reports import OriginalRow
    from counterfoil.kb.workspace import Workspace
    from counterfoil.readers.originals import Picture

_SUFFIXES = {"text/markdown": ".md", "message/rfc822": ".eml", "text/csv": ".csv", "text/html": ".html"}


class Look(StrEnum):
    """How an original can be looked at."""

    PAGES = "pages"  #: a picture of each page
    WEB = "web"  #: one web page
    FILE = "file"  #: not at all: only saved


@dataclass(frozen=True, slots=True)
class Kept:
    """A report and the file that it was read from."""

    report: Report
    file: "OriginalRow"

    @property
    def look(self) -> Look:
        """How it can be looked at."""
        if self.file.media_type == "application/pdf" and self.report.pages:
            return Look.PAGES
        return Look.WEB if self.file.media_type == "text/html" else Look.FILE

    @property
    def name(self) -> str:
        """A name to save it under."""
        source = self.file.source
        path = unquote(urlsplit(source).path) if source.startswith(("http://", "https://")) else source
        last = PurePath(path.replace("\\", "/")).name
        if PurePath(last).suffix:
            return last
        return f"{last or self.report.id}{_SUFFIXES.get(self.file.media_type, '')}"

    def page_at(self, offset: int) -> int:
        """The page on which the character at `offset` stands, or the first."""
        return self.report.page_of(offset) or 1


def kept(workspace: "Workspace", report_id: str) -> Kept:
    """A report with what is known of its original.

    Raises:
        UnknownIdError: no such report, or none of its originals is known.
    """
    from counterfoil.kb.reports import get_report

    with workspace.reading() as connection:
        report = get_report(connection, report_id)
    found = kept_of(workspace, report)
    if found is None:
        raise UnknownIdError(f"Nothing is known of the file that {report.id} was read from.")
    return found


def kept_of(workspace: "Workspace", report: Report) -> Kept | None:
    """The same of a report that was read already; None if none of its originals is known."""
    from counterfoil.kb.reports import original_of

    with workspace.reading() as connection:
        file = original_of(connection, report.id)
    return Kept(report, file) if file else None


def original_data(workspace: "Workspace", one: Kept) -> bytes:
    """The file as it came.

    Raises:
        WorkspaceError: it is missing.
    """
    path = workspace.original_path(one.file.sha256)
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(
            f"The original of {one.report.id} cannot be read: {error.strerror}.", f"It should be {path}."
        ) from error


def page_picture(workspace: "Workspace", one: Kept, page: int) -> "Picture":
    """A page of a PDF, counted from 1.

    Raises:
        ReadError: it cannot be drawn, or there is no such page.
        WorkspaceError: the original is missing.
    """
    from counterfoil.readers.originals import picture

    return picture(original_data(workspace, one), one.name, page)


def web_page(workspace: "Workspace", one: Kept) -> str:
    """The body of a web page without whatever does something; a block that begins at 12 is found by the id "p12".

    Raises:
        ReadError: it cannot be read.
        WorkspaceError: the original is missing.
    """
    from counterfoil.readers.originals import archived, marks_of

    return archived(original_data(workspace, one), one.name, marks_of(one.report))
