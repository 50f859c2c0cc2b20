"""archive, restore, merge: a whole workspace as one file, and back."""

from pathlib import Path
from typing import Any

import click

from counterfoil.cli.options import file_to_write, open_workspace, print_json, with_config, with_format
from counterfoil.config import Config

_ARCHIVE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 20  #: conflicts that are printed; JSON has all


@click.command("archive")
@click.argument("target", metavar="FILE.zip", type=click.Path(path_type=Path))
@with_format
@with_config
def archive_command(target: Path, config: Config, as_json: bool) -> None:
    """Write the whole workspace into FILE.zip: every report, decision and original, with their history.

    The same workspace gives the same bytes. See docs/archive.md for how to read it without this program.
    """
    from counterfoil.workflow.archiving import archive

    with open_workspace(config) as workspace, file_to_write(target, "FILE.zip") as out:
        done = archive(workspace, out)
    for digest, why in done.missing.items():
        click.echo(f"warning: the original {digest} {why}; it is not in the archive.", err=True)
    _tell(done.rows, done.originals, as_json, {"path": str(target), "fingerprint": done.fingerprint})


@click.command("restore")
@click.argument("source", metavar="FILE.zip", type=_ARCHIVE)
@with_format
@with_config
def restore_command(source: Path, config: Config, as_json: bool) -> None:
    """Make a workspace of FILE.zip in the folder of -w, which must be new or empty.

    Every hash is checked. The workspace is there whole, or not at all.
    """
    from counterfoil.workflow.archiving import restore

    done = restore(source, config.workspace)
    for digest in done.missing:
        click.echo(f"warning: the original {digest} was missing when the archive was made.", err=True)
    _tell(done.rows, done.originals, as_json, {"path": str(config.workspace), "fingerprint": done.fingerprint})


@click.command("merge")
@click.argument("source", metavar="FILE.zip", type=_ARCHIVE)
@with_format
@with_config
def merge_command(source: Path, config: Config, as_json: bool) -> None:
    """Take over what the archive FILE.zip has and the workspace has not.

    Where both were decided differently, the workspace's own decision stays, and the difference is listed.
    Merging the same archive again changes nothing.
    """
    from counterfoil.workflow.merging import merge

    with open_workspace(config) as workspace:
        done = merge(workspace, source)
    conflicts = [
        {"kind": one.kind, "id": one.id, "what": one.what, "ours": one.ours, "theirs": one.theirs}
        for one in done.conflicts
    ]
    if not as_json:
        for one in done.conflicts[:SHOWN]:
            click.echo(
                f"conflict: {one.kind} {one.id}: {one.what}: {one.ours!r} stays; theirs: {one.theirs!r}", err=True
            )
        if len(conflicts) > SHOWN:
            click.echo(f"… and {len(conflicts) - SHOWN} more: --format json lists all.", err=True)
    _tell(done.added, done.originals, as_json, {"conflicts": conflicts})


def _tell(rows: dict[str, int], originals: int, as_json: bool, more: dict[str, Any]) -> None:
    if as_json:
        print_json({"rows": rows, "originals": originals, **more})
        return
    told = [f"{number} {name.replace('_', ' ')}" for name, number in sorted(rows.items()) if number]
    told += [f"{originals} original files"] if originals else []
    click.echo(", ".join(told) or "nothing new")
    for name, value in more.items():
        click.echo(f"{name}: {len(value) if isinstance(value, list) else value}")
