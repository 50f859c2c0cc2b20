"""A whole workspace into one file, and back."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

from counterfoil.errors import InputError, UsageError, WorkspaceError

if TYPE_CHECKING:
    from counterfoil.exchange.archive import Archive
    from counterfoil.kb.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive holds: rows by table, how many original files, and which of them are missing and why.

    `fingerprint` is the same for the same content, on every machine.
    """

    fingerprint: str
    rows: dict[str, int]
    originals: int
    missing: dict[str, str]


def archive(workspace: "Workspace", out: BinaryIO) -> Archived:
    """Write everything that the workspace holds, row by row, as it was at one moment."""
    from counterfoil.exchange.archive import ArchiveWriter
    from counterfoil.kb.archiving import archived_tables, kept_files, number_rows, rows_of
    from counterfoil.kb.tables import SCHEMA

    writer = ArchiveWriter(out)
    missing = {}
    originals = 0
    with workspace.reading() as connection:
        number_rows(connection)
        rows = {table.name: writer.table(table.name, rows_of(connection, table)) for table in archived_tables()}
        for digest in kept_files(connection):
            wrong = writer.original(digest, workspace.original_path(digest))
            if wrong:
                missing[digest] = wrong
            else:
                originals += 1
    return Archived(writer.finish(SCHEMA, missing), rows, originals, missing)


def restore(path: Path, folder: Path) -> Archived:
    """Make a workspace of an archive in a folder that is new or empty; it is there whole, or not at all.

    Raises:
        UsageError: something is in the folder already.
        InputError: the archive is damaged, was changed, or is none.
        WorkspaceError: it is of a newer version, or there is no room for it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already.", "Name a new folder with -w, or see: counterfoil merge.")
    with unpacked(path, folder.parent) as (made, found):
        _complete(made)
        try:
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
        except OSError as error:
            raise WorkspaceError(f"{folder} cannot be made: {error.strerror}.", "Name another with -w.") from error
    return found


@contextmanager
def unpacked(path: Path, beside: Path) -> Iterator[tuple[Path, Archived]]:
    """The rows and files of an archive as a workspace in a folder of its own, all checked; it is gone afterwards.

    What follows from the rows (search, extractions as analysts left them) is not in it yet.

    Args:
        beside: the folder to make it in.

    Raises:
        InputError, WorkspaceError: as `restore`.
    """
    from counterfoil.exchange.archive import opened

    with opened(path) as source:
        try:
            beside.mkdir(parents=True, exist_ok=True)
            _refuse_full(source, beside)
            made = beside / f".counterfoil-{os.getpid()}-{token_hex(4)}.part"
            made.mkdir()
        except OSError as error:
            raise WorkspaceError(f"{beside} cannot be written: {error.strerror}.", "Name another with -w.") from error
        try:
            found = _fill(source, made)
            yield made, found
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _refuse_full(source: "Archive", beside: Path) -> None:
    free = shutil.disk_usage(beside).free
    if source.size > free:
        raise WorkspaceError(
            f"{source.name} needs {source.size // 1024**2} MB, and {free // 1024**2} MB are free in {beside}.",
            "Free some space, or name another folder with -w.",
        )


def _fill(source: "Archive", folder: Path) -> Archived:
    from counterfoil.kb.archiving import kept_files, load_rows
    from counterfoil.kb.workspace import Workspace

    counts: dict[str, int] = {}
    empty = Workspace.create_empty(folder, source.schema)
    try:
        load_rows(empty, {name: _counted(name, rows, counts) for name, rows in source.tables().items()})
        digests = source.originals()
        for digest in digests:
            _store(source.original(digest), empty.original_path(digest))
        source.finish()
    finally:
        empty.close()
    workspace = Workspace.open(folder)
    try:
        with workspace.reading() as connection:
            lacking = set(kept_files(connection)) - set(digests) - source.missing.keys()
        if lacking:
            raise InputError(f"{source.name} lacks the original file {min(lacking)}.", "Use an untouched copy.")
    finally:
        workspace.close()
    return Archived(source.fingerprint, counts, len(digests), source.missing)


def _complete(folder: Path) -> None:
    """Work out what an archive does not hold."""
    from counterfoil.kb.archiving import compute_derived
    from counterfoil.kb.workspace import Workspace

    workspace = Workspace.open(folder)
    try:
        compute_derived(workspace)
    finally:
        workspace.close()


def _counted(name: str, rows: Iterator[dict[str, object]], counts: dict[str, int]) -> Iterator[dict[str, object]]:
    counts[name] = 0
    for row in rows:
        counts[name] += 1
        yield row


def _store(chunks: Iterator[bytes], path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
    except OSError as error:
        raise WorkspaceError(f"The original {path.name} cannot be kept: {error.strerror}.") from error
