"""impersonation: accounts and domains that may be taken for those of a roster."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from counterfoil.cli.options import print_json, with_format, write_file
from counterfoil.detect.reading_fields import ACCOUNT_FIELDS
from counterfoil.errors import UsageError
from counterfoil.workflow.impersonating import Impersonations, Sources, look_for_impersonators

SHOWN = 5  #: problems on screen; all are in JSON
_FILE = click.Path(path_type=Path)


@click.command("impersonation")
@click.argument("roster", type=_FILE)
@click.argument("accounts", type=_FILE, nargs=-1, metavar="ACCOUNTS...")
@click.option("--posts", multiple=True, type=_FILE, help="Posts of the accounts, to find copied ones.")
@click.option("--domains", multiple=True, type=_FILE, help="Domains or URLs, one a line.")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Which column of ACCOUNTS is what.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.6, show_default=True, help="Score to be listed.")
@click.option("--output", "-o", type=_FILE, default=None, help="Write all to this file, .csv or .json.")
@with_format
def impersonation_command(
    roster: Path, output: Path | None, least: float, as_json: bool, **chosen: tuple[Path, ...] | tuple[str, ...]
) -> None:
    """Find accounts and domains that may be taken for those of a ROSTER (CSV or JSON: name, kind, handles, ...).

    ACCOUNTS are files of accounts, CSV or JSON. What is listed is alike in what is told; whether it impersonates is
    for an analyst to say. Parody and admirers' accounts that say so are told apart.
    """
    files = {name: tuple(map(Path, chosen[name])) for name in ("accounts", "posts", "domains")}
    sources = Sources(**files, maps=_maps(map(str, chosen["maps"])))
    if not (sources.accounts or sources.domains):
        raise UsageError("There is nothing to hold against the roster.", "Name files of ACCOUNTS, or --domains.")
    if output and output.suffix.lower() not in (".csv", ".json"):
        raise UsageError(f"{output} is neither .csv nor .json.", "Name another file with --output.")
    found = look_for_impersonators(roster, sources, least)
    if output:
        _write(found, output)
    if as_json:
        print_json(found.to_plain())
    else:
        _print(found)


def _maps(maps: Iterable[str]) -> dict[str, str]:
    found = {}
    for one in maps:
        name, equals, column = one.partition("=")
        if not equals or name not in ACCOUNT_FIELDS:
            raise UsageError(
                f"--map {one} names no field.", f"Write FIELD=COLUMN; fields: {', '.join(ACCOUNT_FIELDS)}."
            )
        found[name] = column
    return found


def _write(found: Impersonations, output: Path) -> None:
    plain = output.suffix.lower() == ".csv"
    text = found.to_csv() if plain else json.dumps(found.to_plain(), ensure_ascii=False, indent=2) + "\n"
    write_file(output, text, "--output")


def _print(found: Impersonations) -> None:
    told = found.to_plain()
    click.echo(f"{found.roster} in the roster, {found.accounts:,} accounts")
    groups = {
        "Accounts to look at": [one for one in told["suspects"] if not one["says_parody"]],
        "Accounts that say they are a parody or an admirer's": [one for one in told["suspects"] if one["says_parody"]],
        "Domains to look at": told["domains"],
    }
    for title, rows in groups.items():
        if rows:
            click.echo(f"\n{title}")
        for row in rows:
            click.echo(f"{row['score']:.2f}  {shown(row['suspect'])}  may be taken for {shown(row['known'])}")
            for line in row["reasons"]:
                click.echo(f"        {shown(line)}")
            for line in row.get("against", ()):
                click.echo(f"      - {shown(line)}")
            click.echo(f"        can support {', '.join(row['techniques'])}")
    if not any(groups.values()):
        click.echo("Nothing is alike.", err=True)
    elif told["suspects"]:
        click.echo("\nCheck before you call it impersonation:")
        for line in told["check"]:
            click.echo(f"  {line}")
    for problem in found.problems[:SHOWN]:
        click.echo(f"left out: {problem}", err=True)
    if len(found.problems) > SHOWN:
        click.echo(f"... and {len(found.problems) - SHOWN} more rows left out", err=True)


def shown(text: str) -> str:
    """A text of the data as it may stand in a terminal: what steers it or turns the direction shows as its code."""
    return "".join(one if one.isprintable() or one == "\u200d" else f"<U+{ord(one):04X}>" for one in text)
