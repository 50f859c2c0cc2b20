"""incident new|list|show, export: from citations to a case that can be shared."""

import io
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import click

from counterfoil.cli.options import (
    console,
    has_workspace,
    open_workspace,
    print_bytes,
    print_json,
    with_config,
    with_format,
    write_file,
)
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.exchange import EXPORTERS
from counterfoil.workflow import assemble, export, load_codebook, new_incident, proposed_name, with_case
from counterfoil.workflow.frameworks import framework_in_use


@click.group("incident")
def incident_command() -> None:
    """Open, list and show incidents."""


@incident_command.command("new")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--name", help="What the incident is called; else the first operation that the reports name, or a title.")
@with_format
@with_config
def new_command(reports: tuple[str, ...], name: str | None, config: Config, as_json: bool) -> None:
    """Open an incident on reports; their accepted suggestions are its citations."""
    with open_workspace(config) as workspace:
        incident = new_incident(workspace, proposed_name(workspace, reports) if name is None else name, reports)
    if as_json:
        print_json({"id": incident.id, "name": incident.name, "reports": incident.reports, "created": incident.created})
    else:
        click.echo(f"{incident.id}  {incident.name}")


@incident_command.command("list")
@click.option("--own", is_flag=True, help="Only incidents that were opened here, not imported ones.")
@with_format
@with_config
def list_command(own: bool, config: Config, as_json: bool) -> None:
    """List the incidents, newest first."""
    from counterfoil.kb.incidents import list_incidents

    with open_workspace(config) as workspace, workspace.reading() as connection:
        incidents = [incident for incident in list_incidents(connection) if not (own and incident.origin)]
    if as_json:
        print_json([asdict(incident) for incident in incidents])
        return
    for incident in incidents:
        origin = f"  [{incident.origin} {incident.details.external_id}]" if incident.origin else ""
        click.echo(
            f"{incident.id}  {incident.created[:10]}  {incident.name}  ({len(incident.reports)} reports){origin}"
        )


@incident_command.command("show")
@click.argument("incident")
@with_format
@with_config
def show_command(incident: str, config: Config, as_json: bool) -> None:
    """Show an incident with its reports, citations and their evidence."""
    from rich.text import Text

    from counterfoil.cli.screen import print_case, print_details, print_extraction, print_report, print_suggestions
    from counterfoil.exchange.native import incident_to_plain

    with open_workspace(config) as workspace:
        framework = framework_in_use(workspace, load_codebook(config))
        coded = with_case(assemble(workspace, [incident])[0], framework)
    if as_json:
        print_json(incident_to_plain(coded, framework))
        return
    screen = console()
    screen.print(Text(f"{coded.incident.id}  {coded.incident.name}", style="bold"))
    print_details(screen, coded.incident)
    print_case(screen, coded.case)
    for report in coded.reports:
        print_report(screen, report)
        screen.print()
        cited = [(c.suggestion, c.decision) for c in coded.citations if c.suggestion.report == report.id]
        print_suggestions(screen, cited, framework)
        print_extraction(screen, coded.extractions[report.id])


@click.command("export")
@click.argument("kind", metavar="FORMAT")
@click.argument("incidents", nargs=-1, metavar="[INCIDENT]...")
@click.option("--output", "-o", default="-", show_default=True, help="File to write; - is standard output.")
@click.option("--framework", is_flag=True, help="Export the framework in use instead of incidents (stix only).")
@click.option(
    "--profile",
    type=click.Choice(["disarm", "opencti"]),
    default="disarm",
    show_default=True,
    help="With --framework: as DISARM publishes it, or with the ids and kill chain of OpenCTI's connector.",
)
@with_format
@with_config
def export_command(kind: str, incidents: tuple[str, ...], config: Config, as_json: bool, **chosen: Any) -> None:
    """Write incidents in a FORMAT: stix (STIX 2.1 bundle), page (Markdown), json or navigator
    (a layer for the DISARM Navigator).

    The same incidents give the same bytes. A file appears whole under its name, or not at all.
    """
    exporter = EXPORTERS.load(kind)  # an unknown format is said before anything is opened
    if bool(incidents) == chosen["framework"]:
        raise UsageError("Name the incidents to export, or --framework.", "See: counterfoil incident list.")
    text = io.StringIO()
    if chosen["framework"]:
        _export_framework(kind, chosen["profile"], config, text)
    else:
        with open_workspace(config) as workspace:
            framework = framework_in_use(workspace, load_codebook(config))
            export(kind, assemble(workspace, incidents), framework, text)
    output = str(chosen["output"])
    if output == "-":
        print_bytes(text.getvalue())
        return
    write_file(Path(output), text.getvalue(), "-o")
    if as_json:
        print_json({"format": kind, "path": output, "media_type": exporter.media_type})
    else:
        click.echo(output)


def _export_framework(kind: str, profile: str, config: Config, out: TextIO) -> None:
    from counterfoil.exchange.framework_stix import write_framework

    if kind != "stix":
        raise UsageError(f"A framework is exported as stix, not as {kind}.", "counterfoil pages writes its pages.")
    framework = load_codebook(config).framework
    if has_workspace(config):
        with open_workspace(config) as workspace:
            framework = framework_in_use(workspace, load_codebook(config))
    write_framework(framework, out, profile)
