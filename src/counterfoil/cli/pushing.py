"""push: incidents to a platform of others."""

from typing import Any

import click

from counterfoil.cli.options import open_workspace, print_json, with_config, with_format
from counterfoil.cli.taxii import with_remote
from counterfoil.config import Config
from counterfoil.errors import FetchError, UsageError
from counterfoil.model.marking import Tlp, tlp
from counterfoil.workflow import load_codebook
from counterfoil.workflow.frameworks import framework_in_use
from counterfoil.workflow.pushing import PLATFORMS, Shipment, pack, send

SHOWN = 20  #: things that a dry run names
KEYS = {name: f"COUNTERFOIL_{name.upper()}_KEY" for name in PLATFORMS}  #: where each platform's key is


@click.command("push")
@click.argument("platform", type=click.Choice(list(PLATFORMS)))
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT...")
@click.option("--url", required=True, help="The platform's address.")
@click.option("--tlp", "label", default=Tlp.CLEAR.value, show_default=True, help="For readers up to this TLP label.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("--collection", default="", metavar="ID", help="Of a TAXII server: its id, alias or title.")
@click.option("--user", default="", help="Of a TAXII server, for HTTP's Basic scheme; the key is the password.")
@with_remote("")
@with_format
@with_config
def push_command(platform: str, incidents: tuple[str, ...], config: Config, as_json: bool, **chosen: Any) -> None:
    """Send incidents to an OpenCTI, a MISP or a TAXII 2.1 collection. See docs/push.md.

    The key is taken from COUNTERFOIL_OPENCTI_KEY, COUNTERFOIL_MISP_KEY or COUNTERFOIL_TAXII_KEY. Sending again
    updates what is there. An incident that is marked for fewer readers than --tlp says does not leave.
    """
    from dataclasses import replace
    from os import environ

    remote = replace(chosen["remote"](chosen["url"], chosen["user"]), secret=environ.get(KEYS[platform], ""))
    if platform == "taxii" and not chosen["collection"]:
        raise UsageError("A TAXII server has several collections.", "Name one with --collection.")
    with open_workspace(config) as workspace:
        framework = framework_in_use(workspace, load_codebook(config))
        shipment = pack(workspace, incidents, framework, platform, tlp(chosen["label"]))
    done: dict[str, Any] = {}
    if not chosen["dry_run"]:
        if config.offline:
            raise FetchError(f"Nothing is sent to {remote.host} in offline mode.", "Leave out --offline.")
        if not remote.secret:
            raise UsageError(f"There is no key for {remote.host}.", f"Set {KEYS[platform]}.")
        done = send(shipment, remote, chosen["collection"])
    if as_json:
        print_json(_plain(shipment, done))
        return
    _print(shipment, remote.host, sent=bool(done))
    if done:
        click.echo("Done: " + ", ".join(f"{name} {value}" for name, value in done.items()) + ".")


def _plain(shipment: Shipment, done: dict[str, Any]) -> dict[str, Any]:
    things = [{"type": kind, "id": identifier, "name": name} for kind, identifier, name in shipment.things]
    about = {"platform": shipment.platform, "tlp": shipment.label.value, "bytes": len(shipment.content)}
    return {**about, "sent": bool(done), "done": done, "counts": shipment.counts, "things": things}


def _print(shipment: Shipment, host: str, sent: bool) -> None:
    counted = ", ".join(f"{count} {kind}" for kind, count in shipment.counts.items())
    size = f"{len(shipment.content) / 1000:.0f} kB"
    click.echo(f"{'Sent' if sent else 'Would send'} to {host}, for {shipment.label.label}, {size}: {counted}.")
    if sent:
        return
    for kind, identifier, name in shipment.things[:SHOWN]:
        click.echo(f"  {kind}  {identifier}  {name}")
    if len(shipment.things) > SHOWN:
        click.echo(f"  … and {len(shipment.things) - SHOWN} more in --format json")
