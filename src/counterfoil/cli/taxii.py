"""taxii: tokens for those who read what the workbench serves, and what others serve."""

import os
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from counterfoil.cli.options import Command, open_workspace, print_json, with_config, with_format, with_signature
from counterfoil.config import Config
from counterfoil.model.marking import Tlp, tlp
from counterfoil.workflow import load_codebook, now
from counterfoil.workflow.frameworks import framework_in_use

if TYPE_CHECKING:
    from counterfoil.exchange.remote import Remote

SECRET = "COUNTERFOIL_TAXII_TOKEN"  # noqa: S105  # the name of a variable
PASSWORD = "COUNTERFOIL_TAXII_PASSWORD"  # noqa: S105


@click.group("taxii")
def taxii_command() -> None:
    """Tokens for readers of what the workbench serves by TAXII 2.1, and what others serve. See docs/taxii.md."""


@taxii_command.group("token")
def token_group() -> None:
    """Who may read what counterfoil serve serves under /taxii2/."""


@token_group.command("new")
@click.argument("name")
@click.option("--tlp", "label", default=Tlp.CLEAR.value, show_default=True, help="Incidents up to this TLP label.")
@with_format
@with_config
def new_command(name: str, label: str, config: Config, as_json: bool) -> None:
    """Make a token for NAME and print it. It is shown once: only its hash is kept."""
    from counterfoil.workflow.feed_tokens import new_token

    level = tlp(label)
    with open_workspace(config) as workspace:
        secret = new_token(workspace, name, level, now())
    if as_json:
        print_json({"name": name, "tlp": level.value, "token": secret})
    else:
        click.echo(secret)
        click.echo(f"{name} reads incidents up to {level.label}. The token is not shown again.", err=True)


@token_group.command("list")
@with_format
@with_config
def list_command(config: Config, as_json: bool) -> None:
    """List the tokens by name; their secrets are stored nowhere."""
    from counterfoil.workflow.feed import LEVELS
    from counterfoil.workflow.feed_tokens import tokens

    with open_workspace(config) as workspace:
        found = tokens(workspace)
    if as_json:
        print_json([{**asdict(one), "level": LEVELS[one.level].value} for one in found])
        return
    for one in found:
        ended = f"  revoked {one.revoked[:10]}" if one.revoked else ""
        click.echo(f"{one.name}  up to {LEVELS[one.level].label}  since {one.created[:10]}{ended}")


@token_group.command("revoke")
@click.argument("name")
@with_format
@with_config
def revoke_command(name: str, config: Config, as_json: bool) -> None:
    """Let a token open nothing from the next request on."""
    from counterfoil.workflow.feed_tokens import revoke

    with open_workspace(config) as workspace:
        token = revoke(workspace, name, now())
    if as_json:
        print_json({"name": token.name, "revoked": token.revoked})
    else:
        click.echo(f"{token.name} was revoked.")


def with_remote(secret: str, password: str = "") -> Callable[[Command], Command]:
    """Adds --url-like options of another machine, handed over as `remote`: what makes a `Remote` of an address.

    Args:
        secret: the environment variable that holds the token.
        password: the one that holds a user's password, where there are users.
    """

    def decorate(command: Command) -> Command:
        @click.option("--ca", default="", metavar="FILE", help="Certificates to believe instead of the usual ones.")
        @click.option("--plain-http", is_flag=True, help="Allow http:// to another machine: secrets can be read.")
        @wraps(command)
        def wrapper(ca: str, plain_http: bool, **arguments: Any) -> Any:
            def remote(url: str, user: str = "") -> "Remote":
                from counterfoil.exchange.remote import Remote, check_address

                check_address(url, plain_http)
                return Remote(url, os.environ.get(password if user else secret, ""), user, ca)

            return command(remote=remote, **arguments)

        return wrapper

    return decorate


@taxii_command.command("collections")
@click.argument("url")
@click.option("--user", default="", help=f"For HTTP's Basic scheme; the password is in {PASSWORD}.")
@with_remote(SECRET, PASSWORD)
@with_format
@with_config
def collections_command(url: str, user: str, remote: Any, config: Config, as_json: bool) -> None:
    """List the collections of a TAXII 2.1 server. A token is taken from COUNTERFOIL_TAXII_TOKEN."""
    from counterfoil.workflow.fetching_taxii import collections

    found = collections(remote(url, user), config)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        may = " and ".join(word for word, can in (("read", one.can_read), ("write", one.can_write)) if can)
        click.echo(f"{one.id}  {one.title}  ({may or 'closed'})  {one.root}")


@taxii_command.command("fetch")
@click.argument("url")
@click.option("--collection", required=True, metavar="ID", help="Its id, alias or title.")
@click.option("--user", default="", help=f"For HTTP's Basic scheme; the password is in {PASSWORD}.")
@click.option("--again", is_flag=True, help="Everything, not only what was added since the last time.")
@click.option("--apply", "at_once", is_flag=True, help="Apply it without asking.")
@with_remote(SECRET, PASSWORD)
@with_format
@with_config
@with_signature("Who imports it")
def fetch_command(url: str, collection: str, config: Config, as_json: bool, **chosen: Any) -> None:
    """Fetch what was added to a collection since the last time, into quarantine (see counterfoil quarantine)."""
    from counterfoil.workflow.fetching_taxii import fetch_news
    from counterfoil.workflow.importing import apply

    remote = chosen["remote"](url, chosen["user"])
    with open_workspace(config, create=True) as workspace:
        news = fetch_news(workspace, remote, collection, config, chosen["again"])
        applied = False
        if news.parcel and chosen["at_once"]:
            framework = framework_in_use(workspace, load_codebook(config))
            applied = apply(workspace, news.parcel.id, framework, chosen["signature"]).row.state == "applied"
    parcel = news.parcel.id if news.parcel else ""
    if as_json:
        print_json({"objects": news.objects, "parcel": parcel, "applied": applied})
    elif not parcel:
        click.echo("Nothing was added since the last time.")
    elif applied:
        click.echo(f"{news.objects} objects came as {parcel}; it was applied.")
    else:
        click.echo(f"{news.objects} objects came as {parcel}: see counterfoil quarantine show {parcel}.")
