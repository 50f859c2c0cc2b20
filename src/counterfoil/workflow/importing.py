"""Import what others send: into quarantine first, then as a plan to look at, then applied as a whole or dropped.

The file is kept as it came, under its hash, and read again whenever it is looked at: a plan follows from the file
and from what is here, and is never stored.
"""

from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from counterfoil.errors import FetchError, InputError, ReadError, UsageError, WorkspaceError
from counterfoil.model.coding import Signature
from counterfoil.model.framework import Framework
from counterfoil.model.ids import short_id
from counterfoil.model.parcel import Parcel, PlanLine, Problem
from counterfoil.model.report import Original
from counterfoil.workflow.kit import now

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.config import Config
    from counterfoil.exchange.importer import Importer
    from counterfoil.kb.parcels import ParcelRow
    from counterfoil.kb.workspace import Workspace
    from counterfoil.workflow.arrival_orders import Plan

HEAD = 64 * 1024  #: bytes by which an importer tells a file
SECONDS = 120.0  #: to fetch a file that is imported
#: Files that come in by another door, by their suffix.
ELSEWHERE = {
    **dict.fromkeys((".csv", ".tsv", ".xlsx", ".ods"), "A table of coded incidents: counterfoil import-table FILE."),
    ".zip": "An archive of a workspace: counterfoil merge FILE, or counterfoil restore FILE.",
    **dict.fromkeys((".pdf", ".docx", ".html", ".txt", ".md"), "A report to be coded: counterfoil code FILE."),
}
DROPPED_HINT = "Import the file again if you want it after all."


@dataclass(frozen=True, slots=True)
class Looked:
    """A parcel in quarantine and what applying it would do; what that is, if it was applied now."""

    row: "ParcelRow"
    sender: str
    lines: tuple[PlanLine, ...]
    problems: tuple[Problem, ...]
    counts: dict[str, dict[str, int]]

    @property
    def mark(self) -> str:
        """What the plan says, as a short hash: who looked at one applies this one and no other."""
        told = sha256()
        for line in self.lines:
            told.update(repr((line.state.value, line.kind, line.id, line.name, line.why)).encode())
        for problem in self.problems:
            told.update(repr((problem.where, problem.what)).encode())
        return told.hexdigest()[:16]


def looked_to_plain(looked: Looked) -> dict[str, Any]:
    """A plan as JSON has it."""
    return {
        "parcel": asdict(looked.row),
        "sender": looked.sender,
        "counts": looked.counts,
        "plan": [
            {"state": line.state.value, "kind": line.kind, "id": line.id, "name": line.name, "why": line.why}
            for line in looked.lines
        ],
        "problems": [{"where": one.where, "what": one.what} for one in looked.problems],
    }


def fetch_file(source: str, config: "Config") -> tuple[str, bytes]:
    """The name and the bytes of a file or URL.

    Raises:
        ReadError: the file cannot be read.
        FetchError: the URL cannot be fetched, or we are offline.
        InputError: it is too large.
    """
    from counterfoil.exchange.importer import LARGEST, refuse_large

    if "://" in source:
        from counterfoil.readers.fetch import FetchSettings, fetch

        if config.offline:
            raise FetchError(f"{source} is not fetched in offline mode.", "Save it and import the file.")
        page = fetch(source, FetchSettings(max_bytes=LARGEST, seconds=SECONDS))
        return page.url, page.data
    path = Path(source)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"{source} cannot be read: {reason}.") from error
    refuse_large(data, source)
    return source, data


def receive(workspace: "Workspace", source: str, data: bytes, form: str = "") -> "ParcelRow":
    """Put a file into quarantine, as a format or as the first one that recognises it.

    Raises:
        UsageError: there is no such format.
        InputError: no format recognises it.
    """
    from counterfoil.kb.parcels import ParcelRow, add_parcel

    name = form or recognised(source, data)
    _importer(name)
    original = Original(data, "application/octet-stream")
    workspace.keep_original(original)
    row = ParcelRow(short_id("Q", name, original.sha256), name, source, original.sha256, now())
    with workspace.writing() as connection:
        return add_parcel(connection, row)


def recognised(source: str, data: bytes) -> str:
    """The name of the first format that recognises a file by its name and its beginning.

    Raises:
        InputError: none does.
    """
    from counterfoil.exchange import IMPORTERS

    path = urlsplit(source).path if "://" in source else source
    name = PurePosixPath(unquote(path).replace("\\", "/")).name
    for form in IMPORTERS.names():
        if _importer(form).recognises(name, data[:HEAD]):
            return form
    usual = f"If it is one of these, say so with --from: {_known()}."
    raise InputError(
        f"{source} is in no format that can be imported.", ELSEWHERE.get(PurePosixPath(name).suffix.lower(), usual)
    )


def look(workspace: "Workspace", parcel_id: str, framework: Framework) -> Looked:
    """What applying a parcel would do.

    Raises:
        UsageError: no such parcel, or it was dropped.
        InputError: it cannot be read.
    """
    from counterfoil.kb.parcels import get_parcel

    with workspace.reading() as connection:
        row = get_parcel(connection, parcel_id)
    parcel = _read(workspace, row, framework)
    with workspace.reading() as connection:
        return _looked(row, parcel, _planned(connection, parcel, row, framework))


def apply(workspace: "Workspace", parcel_id: str, framework: Framework, signature: Signature, seen: str = "") -> Looked:
    """Do what the plan says, all of it or nothing; returns what was done.

    Args:
        seen: the mark of the plan that somebody agreed to; empty: whatever it is now.

    Raises:
        UsageError: no such parcel, it was dropped, no analyst, or the plan is no longer the one that was seen.
        InputError: it cannot be read.
    """
    from counterfoil.kb.parcels import APPLIED, close_parcel, get_parcel
    from counterfoil.workflow.arrival_orders import carry_out
    from counterfoil.workflow.items import settle_names

    with workspace.reading() as connection:
        row = get_parcel(connection, parcel_id)
    parcel = _read(workspace, row, framework)
    with workspace.writing() as connection:
        made = _planned(connection, parcel, row, framework)
        if seen and seen != _looked(row, parcel, made).mark:
            raise UsageError(
                f"What is here has changed since you looked at {row.id}; nothing was applied.", "Look at it again."
            )
        done = close_parcel(connection, row.id, APPLIED, signature)
        carry_out(connection, made.orders, signature)
    if made.orders.names:
        settle_names(workspace)
    return _looked(done, parcel, made)


def drop(workspace: "Workspace", parcel_id: str, signature: Signature) -> "ParcelRow":
    """Say that a parcel is not wanted: its file is deleted, that it was there stays known.

    Raises:
        UsageError: no such parcel, or no analyst.
    """
    from counterfoil.kb.parcels import DROPPED, close_parcel, get_parcel, only_user

    with workspace.writing() as connection:
        row = get_parcel(connection, parcel_id)
        if row.state == DROPPED:
            return row
        done = close_parcel(connection, row.id, DROPPED, signature)
        alone = only_user(connection, row)
    if alone:
        workspace.original_path(row.sha256).unlink(missing_ok=True)
    return done


def quarantined(workspace: "Workspace", state: str = "") -> "list[ParcelRow]":
    """The parcels, newest first; of one state only, if it is given."""
    from counterfoil.kb.parcels import list_parcels

    with workspace.reading() as connection:
        return list_parcels(connection, state)


def parcel_row(workspace: "Workspace", parcel_id: str) -> "ParcelRow":
    """A parcel as it stands in quarantine.

    Raises:
        UnknownIdError: no such parcel.
    """
    from counterfoil.kb.parcels import get_parcel

    with workspace.reading() as connection:
        return get_parcel(connection, parcel_id)


def _importer(name: str) -> "Importer":
    from counterfoil.exchange import IMPORTERS

    found: Importer = IMPORTERS.load(name)
    return found


def _known() -> str:
    from counterfoil.exchange import IMPORTERS

    return ", ".join(IMPORTERS.names())


def _read(workspace: "Workspace", row: "ParcelRow", framework: Framework) -> Parcel:
    # The bytes have no name here: an importer can let go of them, up to a gigabyte, when it has read them.
    return _importer(row.format).read(_kept(workspace, row), framework)


def _kept(workspace: "Workspace", row: "ParcelRow") -> bytes:
    """The file of a parcel, if it is still what arrived."""
    from counterfoil.kb.parcels import DROPPED

    if row.state == DROPPED:
        raise UsageError(f"{row.id} was dropped by {row.analyst}.", DROPPED_HINT)
    path = workspace.original_path(row.sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WorkspaceError(
            f"The file of {row.id} cannot be read: {error.strerror}.", f"It should be {path}."
        ) from error
    if sha256(data).hexdigest() != row.sha256:
        raise WorkspaceError(f"The file of {row.id} is not what arrived: {path} was changed.", "Import it again.")
    return data


def _planned(connection: "Connection", parcel: Parcel, row: "ParcelRow", framework: Framework) -> "Plan":
    from counterfoil.workflow.arrival_plan import plan
    from counterfoil.workflow.arriving_codes import meanings

    return plan(connection, parcel, meanings(connection, framework), row.received)


def _looked(row: "ParcelRow", parcel: Parcel, made: "Plan") -> Looked:
    return Looked(row, parcel.sender, tuple(made.lines), tuple(made.problems), made.counts())
