"""incident new|list|show, export: from citations to a case that can be shared."""

import io
import os
import sys
from pathlib import Path

import click

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.exchange import EXPORTERS
from counterfoil.workflow import assemble, export, load_codebook, new_incident


@click.group("incident")
def incident_command() -> None:
    """Open, list and show incidents."""


@incident_command.command("new")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--name", required=True, help="What the incident is called.")
@with_format
@with_config
def new_command(reports: tuple[str, ...], name: str, config: Config, as_json: bool) -> None:
    """Open an incident on reports; their accepted suggestions are its citations."""
    with open_workspace(config) as workspace:
        incident = new_incident(workspace, name, reports)
    if as_json:
        print_json({"id": incident.id, "name": incident.name, "reports": incident.reports, "created": incident.created})
    else:
        click.echo(f"{incident.id}  {incident.name}")


@incident_command.command("list")
@with_format
@with_config
def list_command(config: Config, as_json: bool) -> None:
    """List the incidents, newest first."""
    from counterfoil.kb.incidents import list_incidents

    with open_workspace(config) as workspace, workspace.reading() as connection:
        incidents = list_incidents(connection)
    if as_json:
        print_json([{"id": i.id, "name": i.name, "reports": i.reports, "created": i.created} for i in incidents])
        return
    for incident in incidents:
        click.echo(f"{incident.id}  {incident.created[:10]}  {incident.name}  ({len(incident.reports)} reports)")


@incident_command.command("show")
@click.argument("incident")
@with_format
@with_config
def show_command(incident: str, config: Config, as_json: bool) -> None:
    """Show an incident with its reports, citations and their evidence."""
    from rich.text import Text

    from counterfoil.cli.screen import print_extraction, print_report, print_suggestions
    from counterfoil.exchange.native import incident_to_plain

    codebook = load_codebook(config)
    with open_workspace(config) as workspace:
        coded = assemble(workspace, [incident])[0]
    if as_json:
        print_json(incident_to_plain(coded, codebook.framework))
        return
    screen = console()
    screen.print(Text(f"{coded.incident.id}  {coded.incident.name}", style="bold"))
    for report in coded.reports:
        print_report(screen, report)
        screen.print()
        cited = [(c.suggestion, c.decision) for c in coded.citations if c.suggestion.report == report.id]
        print_suggestions(screen, cited, codebook)
        print_extraction(screen, coded.extractions[report.id])


@click.command("export")
@click.argument("kind", metavar="FORMAT")
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT...")
@click.option("--output", "-o", default="-", show_default=True, help="File to write; - is standard output.")
@with_format
@with_config
def export_command(kind: str, incidents: tuple[str, ...], output: str, config: Config, as_json: bool) -> None:
    """Write incidents in a FORMAT: stix (STIX 2.1 bundle), page (Markdown) or json.

    The same incidents give the same bytes. A file appears whole under its name, or not at all.
    """
    exporter = EXPORTERS.load(kind)  # an unknown format is said before anything is opened
    codebook = load_codebook(config)
    with open_workspace(config) as workspace:
        coded = assemble(workspace, incidents)
    text = io.StringIO()
    export(kind, coded, codebook, text)
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.getvalue().encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
        return
    write_whole(Path(output), text.getvalue())
    if as_json:
        print_json({"format": kind, "path": output, "media_type": exporter.media_type})
    else:
        click.echo(output)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it appears whole or not at all.

    Raises:
        UsageError: it cannot be written there.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode("utf-8", "surrogatepass"))
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.", "Name another file with -o.") from error
