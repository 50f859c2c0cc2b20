"""export: incidents, or the framework in use, in a format that partners load."""

import sys
from pathlib import Path
from typing import Any, BinaryIO

import click

from counterfoil.cli.options import (
    file_to_write,
    has_workspace,
    open_workspace,
    print_json,
    with_config,
    with_format,
    write_file,
)
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.exchange import EXPORTERS
from counterfoil.model.loaded import Loaded
from counterfoil.model.marking import Tlp, tlp
from counterfoil.workflow import Sharing, load_codebook, share
from counterfoil.workflow.frameworks import bare, framework_in_use, loaded_in_use


@click.command("export")
@click.argument("kind", metavar="FORMAT")
@click.argument("incidents", nargs=-1, metavar="[INCIDENT]...")
@click.option("--all", "everything", is_flag=True, help="Export every incident of the workspace.")
@click.option("--output", "-o", default="-", show_default=True, help="File to write; - is standard output.")
@click.option("--profile", default="", help="A variant of the format; an unknown one is answered with the known ones.")
@click.option("--tlp", "label", default=Tlp.CLEAR.value, show_default=True, help="For readers up to this TLP label.")
@click.option(
    "--template", type=click.Path(path_type=Path), help="Your own template of a case report (report, docx, pdf)."
)
@click.option("--framework", is_flag=True, help="The framework in use (stix; misp with -o FOLDER).")
@with_format
@with_config
def export_command(kind: str, incidents: tuple[str, ...], config: Config, as_json: bool, **chosen: Any) -> None:
    """Write incidents in a FORMAT: see docs/exchange.md for what each carries.

    The same incidents give the same bytes. A file appears whole under its name, or not at all. An incident
    that is marked for fewer readers than --tlp says does not leave.
    """
    exporter = EXPORTERS.load(kind)  # an unknown format is said before anything is opened
    if [bool(incidents), chosen["everything"], chosen["framework"]].count(True) != 1:
        raise UsageError("Name the incidents to export, or --all, or --framework.", "See: counterfoil incident list.")
    sharing = Sharing(kind, chosen["profile"], tlp(chosen["label"]), _template(chosen["template"]))
    output = str(chosen["output"])
    if chosen["framework"] and kind == "misp":
        if output == "-":
            raise UsageError("Galaxies are several files.", "Name a folder with -o.")
        _write_galaxies(Path(output), config, as_json)
        return
    if output == "-":
        _refuse_screen(exporter.binary, kind)
        sys.stdout.flush()
        _write(sharing, incidents, chosen["framework"], config, sys.stdout.buffer)
        return
    with file_to_write(Path(output), "-o") as out:
        _write(sharing, incidents, chosen["framework"], config, out)
    if as_json:
        print_json({"format": kind, "path": output, "media_type": exporter.media_type})
    else:
        click.echo(output)


def _template(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"The template {path} cannot be read: {reason}.", "See docs/case-report.md.") from error


def _refuse_screen(binary: bool, kind: str) -> None:
    if binary and sys.stdout.isatty():
        raise UsageError(f"A {kind} file is not for a screen.", "Name a file with -o.")


def _write(sharing: Sharing, incidents: tuple[str, ...], framework: bool, config: Config, out: BinaryIO) -> None:
    if framework:
        _write_framework(sharing, config, out)
        return
    from counterfoil.kb.incidents import incident_ids

    with open_workspace(config) as workspace:
        if not incidents:
            with workspace.reading() as connection:
                incidents = tuple(incident_ids(connection))
            if not incidents:
                click.echo("note: there is no incident in this workspace: what is written holds none.", err=True)
        share(workspace, incidents, framework_in_use(workspace, load_codebook(config)), sharing, out)


def _write_framework(sharing: Sharing, config: Config, out: BinaryIO) -> None:
    from counterfoil.exchange.exporter import as_text
    from counterfoil.exchange.framework_stix import write_framework

    if sharing.format != "stix":
        raise UsageError(f"A framework leaves as stix or misp, not as {sharing.format}.", "See: counterfoil pages.")
    with as_text(out) as text:
        write_framework(_loaded(config).framework, text, sharing.profile or "disarm")


def _write_galaxies(folder: Path, config: Config, as_json: bool) -> None:
    """The framework in use as MISP galaxies, one file each."""
    import json

    from counterfoil.exchange.misp_galaxy import galaxies

    made = galaxies(_loaded(config))
    for name, document in made.documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "-o")
    if as_json:
        files = [str(folder / name) for name in made.documents]
        print_json({"format": "misp", "files": files, "left out": made.dangling})
        return
    for name in made.documents:
        click.echo(folder / name)
    for relation in made.dangling:
        click.echo(f"Left out, there is no such entry: {relation}", err=True)


def _loaded(config: Config) -> Loaded:
    codebook = load_codebook(config)
    if not has_workspace(config):
        return bare(codebook.framework)
    with open_workspace(config) as workspace:
        return loaded_in_use(workspace, codebook)
