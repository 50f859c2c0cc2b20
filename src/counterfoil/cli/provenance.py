"""provenance: what pictures and films declare of themselves, and which of them match."""

from pathlib import Path

import click

from counterfoil.cli.options import print_json, with_format


@click.command("provenance")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE...")
@with_format
def provenance_command(files: tuple[Path, ...], as_json: bool) -> None:
    """What pictures and films declare: Content Credentials, source types, generators' marks, Exif; and which match.

    FILEs are JPEG, PNG, WebP, MP4 and MOV, or folders of them. Whether a picture is fake is not recognised: no marks
    prove nothing.
    """
    from counterfoil.cli.impersonation import shown
    from counterfoil.workflow.examining import CAVEAT, examine_files

    found = examine_files(files)
    if as_json:
        print_json(found.to_plain())
        return
    for one in found.files:
        click.echo(shown(str(one.path)))
        for mark in one.marks:
            support = f"  [can support {', '.join(mark.techniques)}]" if mark.techniques else ""
            click.echo(f"  {mark.kind}, {shown(mark.where)}: {shown(mark.words)}{support}")
        if not one.marks:
            click.echo("  no marks")
        for remark in one.remarks:
            click.echo(f"  note: {shown(remark)}")
    for match in found.matches:
        click.echo(f"{shown(str(match.one))} and {shown(str(match.other))} {match.words}")
    for problem in found.problems:
        click.echo(f"left out: {shown(problem)}", err=True)
    click.echo(CAVEAT, err=True)
