"""Write pages into a folder: only what changes, each file whole or not at all, people's notes kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterfoil.errors import InputError
from counterfoil.files import write_whole
from counterfoil.site.pages import PAGES, Pages
from counterfoil.site.render import FOLDERS
from counterfoil.site.templates import MARKER

_MARKER = re.compile(rb"^" + re.escape(MARKER.encode()), re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Changes:
    """What publishing did, as paths below the output folder, sorted.

    `kept` are stale pages with notes below the line: nobody's data makes them any more, but the notes are
    somebody's work. `foreign` are files that stand where a page belongs but are not pages of ours; they
    were left alone.
    """

    created: tuple[str, ...]
    updated: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    foreign: tuple[str, ...]
    unchanged: int


def publish(pages: Pages, out: Path) -> Changes:
    """Bring the folder up to date with the pages.

    Notes below the marker line are kept to the byte. Stale pages of earlier runs are removed if they have
    no notes. A second run with the same pages writes nothing.

    Raises:
        InputError: a file cannot be read, written or removed.
    """
    done: dict[str, list[str]] = {"created": [], "updated": [], "foreign": [], "unchanged": []}
    made: set[Path] = set()
    for path, text in sorted(pages.texts.items()):
        target = out / path
        try:
            done[_bring_up_to_date(target, text.encode("utf-8", "surrogatepass"), made)].append(path)
        except OSError as error:
            raise InputError(f"{target} cannot be written: {error.strerror}.", "Name another folder.") from error
    stale = list(_stale(pages, out))
    try:
        removed = [page for page in stale if _remove_without_notes(out / page)]
    except OSError as error:
        raise InputError(f"{error.filename} cannot be removed: {error.strerror}.", "Close or free the file.") from error
    return Changes(
        created=tuple(done["created"]),
        updated=tuple(done["updated"]),
        removed=tuple(removed),
        kept=tuple(page for page in stale if page not in removed),
        foreign=tuple(done["foreign"]),
        unchanged=len(done["unchanged"]),
    )


def _bring_up_to_date(target: Path, new: bytes, made: set[Path]) -> str:
    """Write the page if it differs; returns what was done."""
    try:
        old = None if target.is_symlink() else target.read_bytes()
    except FileNotFoundError:
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        _write(target, new)
        return "created"
    except IsADirectoryError:
        return "foreign"
    if old == new:
        return "unchanged"
    if old is None or not _is_ours(old, new):
        return "foreign"
    whole = new + (_notes(old) or b"") if _MARKER.search(new) else new
    if whole == old:
        return "unchanged"
    _write(target, whole)
    return "updated"


def _is_ours(old: bytes, new: bytes) -> bool:
    """A page with notes is known by its line; an index or table, which has none, by how it starts."""
    if _MARKER.search(new):
        return _MARKER.search(old) is not None
    start = re.match(rb"[^,\n]*", new)
    return start is not None and old.startswith(start[0])


def _notes(page: bytes) -> bytes | None:
    """Everything after the marker line's words, or None if there is no such line."""
    marker = _MARKER.search(page)
    return page[marker.end() :] if marker else None


def _write(target: Path, content: bytes) -> None:
    """Whoever reads the page sees the old one or the new one, never a half."""
    write_whole(target, content)


def _stale(pages: Pages, out: Path) -> Iterator[str]:
    """Pages of ours in the folder that are not among these pages."""
    for folder, word in FOLDERS.values():
        for found in sorted((out / PAGES / folder).glob("*.md")):
            path = f"{PAGES}/{folder}/{found.name}"
            if path not in pages.texts and found.is_file() and not found.is_symlink():
                try:
                    content = found.read_bytes()
                except OSError as error:
                    raise InputError(f"{found} cannot be read: {error.strerror}.", "Check its permissions.") from error
                title = f"# {word} {found.name.removesuffix('.md')}:".encode()
                if content.startswith(title) and _MARKER.search(content):
                    yield path


def _remove_without_notes(page: Path) -> bool:
    if (_notes(page.read_bytes()) or b"").strip():
        return False
    page.unlink()
    return True
