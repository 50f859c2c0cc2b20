"""import, quarantine: what others send, looked at before it is applied."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format, with_signature
from counterfoil.config import Config
from counterfoil.errors import CounterfoilError
from counterfoil.exchange import IMPORTERS
from counterfoil.model.coding import Signature
from counterfoil.model.parcel import PlanLine, State
from counterfoil.workflow import load_codebook
from counterfoil.workflow.frameworks import framework_in_use
from counterfoil.workflow.importing import (
    Looked,
    apply,
    drop,
    fetch_file,
    look,
    looked_to_plain,
    quarantined,
    receive,
)

if TYPE_CHECKING:
    from counterfoil.kb.parcels import ParcelRow

SHOWN = 15  #: lines of a state, and problems, on screen; all are in --format json
_STYLE = {
    State.NEW: "green",
    State.SAME: "dim",
    State.CHANGED: "yellow",
    State.CONFLICTING: "red",
    State.UNKNOWN: "magenta",
}


@click.command("import")
@click.argument("sources", nargs=-1, required=True, metavar="FILE|URL...")
@click.option("--from", "kind", default="", metavar="FORMAT", help="The format, if the file does not show it.")
@click.option("--apply", "at_once", is_flag=True, help="Apply it without asking.")
@with_format
@with_config
@with_signature("Who imports it")
def import_command(sources: tuple[str, ...], kind: str, config: Config, as_json: bool, **chosen: Any) -> int:
    """Import what others send: incidents, reports, codes, decisions. See docs/import.md.

    A file goes into quarantine and is shown as a plan: what is new, the same, changed, conflicting or unknown.
    It is applied when you say so, as a whole. What you decided is never overwritten; codes without a decision
    wait for review.
    """
    from counterfoil.cli import show_error

    if kind:
        IMPORTERS.load(kind)  # an unknown format is said before anything is opened
    signature: Signature = chosen["signature"]
    told, failed = [], False
    with open_workspace(config, create=True) as workspace:
        framework = framework_in_use(workspace, load_codebook(config))
        for source in sources:
            try:
                row = receive(workspace, *fetch_file(source, config), kind)
                if chosen["at_once"]:
                    looked = apply(workspace, row.id, framework, signature)
                else:
                    looked = look(workspace, row.id, framework)
                told.append(looked)
                if as_json:
                    continue
                print_looked(looked)
                if not chosen["at_once"] and asked_to_apply(looked):
                    looked = apply(workspace, row.id, framework, signature)
                print_end(looked)
            except CounterfoilError as error:
                show_error(error, source)
                failed = True
    if as_json:
        print_json([looked_to_plain(looked) for looked in told])
    return int(failed)


@click.group("quarantine")
def quarantine_command() -> None:
    """Look at what arrived, apply it or drop it."""


@quarantine_command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what was applied or dropped.")
@with_format
@with_config
def list_command(everything: bool, config: Config, as_json: bool) -> None:
    """List the parcels that wait, newest first."""
    with open_workspace(config) as workspace:
        rows = quarantined(workspace, "" if everything else "waiting")
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        click.echo(_row(row))


@quarantine_command.command("show")
@click.argument("parcel")
@with_format
@with_config
def show_command(parcel: str, config: Config, as_json: bool) -> None:
    """Show what applying a parcel would do now."""
    with open_workspace(config) as workspace:
        looked = look(workspace, parcel, framework_in_use(workspace, load_codebook(config)))
    if as_json:
        print_json(looked_to_plain(looked))
    else:
        print_looked(looked)


@quarantine_command.command("apply")
@click.argument("parcel")
@with_format
@with_config
@with_signature("Who applies it")
def apply_command(parcel: str, signature: Signature, config: Config, as_json: bool) -> None:
    """Apply a parcel, all of it or nothing."""
    with open_workspace(config) as workspace:
        framework = framework_in_use(workspace, load_codebook(config))
        looked = apply(workspace, parcel, framework, signature)
    if as_json:
        print_json(looked_to_plain(looked))
        return
    print_looked(looked)
    print_end(looked)


@quarantine_command.command("drop")
@click.argument("parcel")
@with_format
@with_config
@with_signature("Who drops it")
def drop_command(parcel: str, signature: Signature, config: Config, as_json: bool) -> None:
    """Say that a parcel is not wanted; its file is deleted."""
    with open_workspace(config) as workspace:
        row = drop(workspace, parcel, signature)
    if as_json:
        print_json(asdict(row))
    else:
        click.echo(_row(row))


def _row(row: "ParcelRow") -> str:
    done = f" by {row.analyst} {row.at[:10]}" if row.analyst else ""
    return f"{row.id}  {row.received[:10]}  {row.format}  {row.state}{done}  {row.source}"


def asked_to_apply(looked: Looked) -> bool:
    """Ask in a terminal whether to apply it, if that would change anything; elsewhere nobody says so."""
    if not any(looked.counts[state.value] for state in (State.NEW, State.CHANGED, State.UNKNOWN)):
        return False
    return sys.stdin.isatty() and sys.stdout.isatty() and click.confirm("Apply it?")


def print_looked(looked: Looked) -> None:
    screen = console()
    sender = f" from {looked.sender}" if looked.sender else ""
    screen.print(Text(f"{looked.row.id}  {looked.row.format}{sender}  {looked.row.source}", style="bold"))
    for state in State:
        kinds = looked.counts[state.value]
        if kinds:
            told = ", ".join(
                f"{count} {kind}{'s' if count > 1 and kind != 'kept' else ''}" for kind, count in kinds.items()
            )
            screen.print(Text(f"{state.value}: {told}", style=_STYLE[state]))
            if state is not State.SAME:
                _print_some((line for line in looked.lines if line.state is state), sum(kinds.values()))
    if looked.problems:
        screen.print(Text(f"problems: {len(looked.problems)}", style="red"))
        for problem in looked.problems[:SHOWN]:
            screen.print(Text(f"  {problem.where}: {problem.what}"))
        _print_more(len(looked.problems))


def _print_some(lines: Iterable[PlanLine], total: int) -> None:
    for _, line in zip(range(SHOWN), lines, strict=False):
        why = f" ({line.why})" if line.why else ""
        console().print(Text(f"  {line.kind} {line.id}  {line.name}{why}"))
    _print_more(total)


def _print_more(total: int) -> None:
    if total > SHOWN:
        console().print(Text(f"  … and {total - SHOWN} more in --format json", style="dim"))


def print_end(looked: Looked) -> None:
    row = looked.row
    if row.state == "applied":
        click.echo(f"{row.id} was applied by {row.analyst}.")
    else:
        click.echo(f"{row.id} waits: counterfoil quarantine apply {row.id}, or drop.")
