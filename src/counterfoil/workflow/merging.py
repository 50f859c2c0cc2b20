"""Another workspace's archive into this one."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counterfoil.errors import WorkspaceError

if TYPE_CHECKING:
    from counterfoil.kb.merging import Conflict, Merging
    from counterfoil.kb.workspace import Workspace

_AT_ONCE = 200  #: reports that follow a decision on names in one transaction


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: rows added by table, original files added, and where the two say otherwise."""

    added: dict[str, int]
    originals: int
    conflicts: "tuple[Conflict, ...]"


def merge(workspace: "Workspace", path: Path) -> Merged:
    """Take over what an archive has and the workspace has not, all or nothing; what people here said stays.

    Doing it again changes nothing.

    Raises:
        InputError, WorkspaceError: as `archiving.restore`.
    """
    from counterfoil.kb.workspace import Workspace
    from counterfoil.workflow.archiving import unpacked

    with unpacked(path, workspace.folder) as (folder, _):
        other = Workspace.open(folder)
        try:
            files = _copy_originals(other, workspace)
            merged = _merge_rows(other, workspace)
        finally:
            other.close()
    _settle(workspace)
    return Merged(merged.added, files, tuple(sorted(merged.conflicts)))


def _merge_rows(other: "Workspace", workspace: "Workspace") -> "Merging":
    from counterfoil.kb.items import refresh
    from counterfoil.kb.merging import Merging, merge_coding, merge_incidents, merge_things
    from counterfoil.kb.merging_decisions import merge_decisions, merge_items, merge_names

    with other.reading() as there, workspace.writing() as here:
        merging = Merging(here, there)
        merge_things(merging)
        merge_coding(merging)
        merge_decisions(merging)
        merge_items(merging)
        merge_names(merging)
        merge_incidents(merging)
        refresh(here, sorted(merging.reports))
    return merging


def _copy_originals(other: "Workspace", workspace: "Workspace") -> int:
    """The files first: one that no row names does no harm, a row without its file would."""
    from counterfoil.files import writing_whole
    from counterfoil.kb.archiving import kept_files

    count = 0
    with other.reading() as connection:
        for digest in kept_files(connection):
            source, target = other.original_path(digest), workspace.original_path(digest)
            if target.exists() or not source.exists():
                continue
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with source.open("rb") as content, writing_whole(target, durable=True) as out:
                    while chunk := content.read(1024 * 1024):
                        out.write(chunk)
            except OSError as error:
                raise WorkspaceError(f"The original {digest} cannot be kept: {error.strerror}.") from error
            count += 1
    return count


def _settle(workspace: "Workspace") -> None:
    """Let reports follow the decisions on names that came in."""
    from counterfoil.kb.items import settle

    more = True
    while more:
        with workspace.writing() as connection:
            more = settle(connection, _AT_ONCE)
