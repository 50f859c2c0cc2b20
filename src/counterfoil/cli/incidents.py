"""incident new|list|show|edit: a case on reports, and what is said of it."""

from dataclasses import asdict
from typing import Any

import click

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format, with_signature
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.model.coding import Signature
from counterfoil.model.incident import Incident
from counterfoil.workflow import assemble, load_codebook, new_incident, proposed_name, with_case
from counterfoil.workflow.frameworks import framework_in_use


@click.group("incident")
def incident_command() -> None:
    """Open, list, show and edit incidents."""


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
        click.echo(f"{incident.id}  {incident.created[:10]}  {incident.name}  ({_reports(incident)}){origin}")


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


@incident_command.command("edit")
@click.argument("incident")
@click.option("--name", help="Another name; the id stays.")
@click.option("--summary", help="What it was, in your own words; empty: as drafted from its reports.")
@click.option("--tlp", help="Who may see it (TLP 2.0): clear, green, amber, amber+strict or red.")
@click.option("--add", multiple=True, metavar="REPORT", help="Let it rest on this report too (repeatable).")
@click.option("--remove", multiple=True, metavar="REPORT", help="Take this report from it (repeatable).")
@with_format
@with_config
@with_signature("Who changes it")
def edit_command(incident: str, config: Config, as_json: bool, signature: Signature, **changed: Any) -> None:
    """Change an incident, all of it or nothing. What it was before stays in its history."""
    from counterfoil.workflow.incident_editing import Edit, edit_incident

    if not any(value is not None and value != () for value in changed.values()):
        raise UsageError("Nothing is to be changed.", "Name it: --name, --summary, --tlp, --add or --remove.")
    with open_workspace(config) as workspace:
        made = edit_incident(workspace, incident, Edit(**changed), signature)
    if as_json:
        print_json(asdict(made))
    else:
        click.echo(f"{made.id}  {made.name}  {made.tlp.label}  ({_reports(made)})")


def _reports(incident: Incident) -> str:
    return f"{len(incident.reports)} report{'s' * (len(incident.reports) != 1)}"
