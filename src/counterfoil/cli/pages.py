"""pages: DISARM's Markdown page tree from its workbooks."""

from pathlib import Path

import click

from counterfoil.cli.options import has_workspace, open_workspace, print_json, with_config, with_format, write_file
from counterfoil.config import Config
from counterfoil.errors import ReadError, UsageError
from counterfoil.site.templates import TEMPLATES


@click.command("pages")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Folder of DISARM's two workbooks (default: where the workspace's DISARM was loaded from).",
)
@click.option("--exact", is_flag=True, help="Byte for byte what DISARM's own generator writes, faults included.")
@click.option("--template", type=click.Choice(list(TEMPLATES)), default="current", show_default=True)
@click.option(
    "--changes", type=click.Path(path_type=Path), help="Write here what differs from --exact and why, as Markdown."
)
@with_format
@with_config
def pages_command(  # noqa: PLR0913 (one parameter an option)
    out: Path, source: Path | None, exact: bool, template: str, changes: Path | None, config: Config, as_json: bool
) -> None:
    """Write the pages into OUT/generated_pages and OUT/generated_files.

    Notes below the line "DO NOT EDIT ABOVE THIS LINE" are kept; only pages that change are written; stale
    pages without notes are removed; files that are not pages of ours are left alone.
    """
    from counterfoil.frameworks.sheets import read_inspected
    from counterfoil.site.changes import differences, report
    from counterfoil.site.pages import Settings, generate
    from counterfoil.site.publish import publish

    master, faults = read_inspected(_workbooks(source or _loaded_from(config)))
    for fault in faults:
        click.echo(f"warning: sheet {fault.sheet!r}: {fault.why}", err=True)
    pages = generate(master, Settings(exact, template))
    if changes:
        plain = pages if exact else generate(master, Settings(exact=True, template=template))
        write_file(changes, report(differences(plain, pages), pages.findings), "--changes")
    done = publish(pages, out)
    if as_json:
        print_json(
            {
                "created": len(done.created),
                "updated": len(done.updated),
                "unchanged": done.unchanged,
                "removed": list(done.removed),
                "kept": list(done.kept),
                "foreign": list(done.foreign),
                "findings": len(pages.findings),
            }
        )
        return
    click.echo(
        f"{out}: {len(done.created)} created, {len(done.updated)} updated, {done.unchanged} unchanged, "
        f"{len(done.removed)} stale removed"
    )
    for path in done.kept:
        click.echo(f"kept {path}: no data makes this page any more, but it has notes", err=True)
    for path in done.foreign:
        click.echo(f"left {path} alone: it is not a page that we made", err=True)
    if pages.findings and not changes:
        click.echo(
            f"{len(pages.findings)} entries of the workbooks stand on no page as links: --changes FILE lists them"
        )


def _loaded_from(config: Config) -> Path:
    """Where the framework in use was loaded from, or the only one of the workspace.

    Raises:
        UsageError: there is none, or it did not come from workbooks that are still there.
    """
    from counterfoil.kb.frameworks import framework_in_use, list_frameworks

    hint = "Name the folder of DISARM's workbooks with --from."
    if not has_workspace(config):
        raise UsageError("No workbooks are named.", hint)
    with open_workspace(config) as workspace, workspace.reading() as connection:
        rows = list_frameworks(connection)
        used = framework_in_use(connection)
    chosen = [row for row in rows if (row.name, row.version) == used] if used else rows
    if len(chosen) != 1:
        raise UsageError("It is not clear which framework's pages are meant.", f"counterfoil framework use. Or: {hint}")
    source = Path(chosen[0].source)
    if not (source.suffix == ".xlsx" and source.is_file()) and not list(source.glob("*.xlsx")):
        raise UsageError(f"{chosen[0].name} {chosen[0].version} was not loaded from workbooks.", hint)
    return source


def _workbooks(source: Path) -> list[Path]:
    """The workbooks of a folder, or the one workbook that is named; an editor's lock files are none.

    Raises:
        ReadError: there is none.
    """
    found = [source] if source.is_file() else sorted(source.glob("*.xlsx"))
    books = [path for path in found if not path.name.startswith(("~$", "."))]
    if not books:
        raise ReadError(f"{source} has no workbooks.", "Name the folder of DISARM's workbooks with --from.")
    return books
