"""actors, narratives, join, part: what all reports of a workspace say, put together; and whose name is whose."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from rich.text import Text

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format, with_signature
from counterfoil.config import Config
from counterfoil.model.casefile import CaseFile, Entry
from counterfoil.model.coding import Signature
from counterfoil.model.judging import NameDecision
from counterfoil.workflow import everything
from counterfoil.workflow.items import join_names, name_history, part_names, unnamed

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace


@click.command("actors")
@click.option("--history", is_flag=True, help="Instead: every decision on names, oldest first.")
@with_format
@with_config
def actors_command(history: bool, config: Config, as_json: bool) -> None:
    """List the actors that the coded reports name, and names that may be one actor's.

    Only reports and you join names: what is listed as "perhaps one actor" is for you to judge, with
    counterfoil join or counterfoil part.
    """
    if history:
        with open_workspace(config) as workspace:
            _print_decisions(name_history(workspace), as_json)
        return
    case = _known(config)
    if as_json:
        plain = _plain(case, "actors")
        print_json({"actors": plain["actors"], "aliases_proposed": plain["aliases_proposed"]})
        return
    for entry in case.sections["actors"]:
        _print(entry, "aliases", "kind", "state")
    for proposal in case.aliases:
        used = f", as {proposal.used_by} calls it" if proposal.used_by else ""
        words = f"perhaps one actor: {proposal.name} and {proposal.alias}{used} ({proposal.reason})"
        console().print(Text(words, style="yellow"))


@click.command("join")
@click.argument("name")
@click.argument("aliases", nargs=-1, required=True, metavar="ALIAS...")
@with_format
@with_config
@with_signature("Who decides", why=True)
def join_command(name: str, aliases: tuple[str, ...], signature: Signature, config: Config, as_json: bool) -> None:
    """Say that NAME and each ALIAS are one actor, which goes by NAME.

    Lists, incidents and exports then have one actor, with the other names as aliases. What reports say stays as it
    is: counterfoil part takes the names apart again.
    """
    with open_workspace(config) as workspace:
        _print_decisions(join_names(workspace, name, aliases, signature), as_json)
        _note_unnamed(workspace, aliases)  # NAME may be new: what the actor is to go by


@click.command("part")
@click.argument("name")
@click.argument("alias")
@with_format
@with_config
@with_signature("Who decides", why=True)
def part_command(name: str, alias: str, signature: Signature, config: Config, as_json: bool) -> None:
    """Say that NAME and ALIAS are not one actor: parts them if they were joined, and they are not proposed again."""
    with open_workspace(config) as workspace:
        _print_decisions(part_names(workspace, name, alias, signature), as_json)
        _note_unnamed(workspace, (name, alias))


@click.command("narratives")
@with_format
@with_config
def narratives_command(config: Config, as_json: bool) -> None:
    """List what operations are reported to say; nearly the same words are one narrative."""
    case = _known(config)
    if as_json:
        print_json(_plain(case, "narratives")["narratives"])
        return
    for entry in case.sections["narratives"]:
        _print(entry, "by")


def _note_unnamed(workspace: "Workspace", names: Sequence[str]) -> None:
    for name in unnamed(workspace, names):
        click.echo(f"note: no report here names {name!r}; the decision is kept for when one does.", err=True)


def _print_decisions(decisions: Sequence[NameDecision], as_json: bool) -> None:
    from counterfoil.model.plain import name_decision_to_plain

    rows = [name_decision_to_plain(decision) for decision in decisions]
    if as_json:
        print_json(rows)
        return
    words = {"joined": "{alias} is {name}", "apart": "{alias} is not {name}", "open": "{alias} and {name}: undecided"}
    for row in rows:
        why = f": {row['comment']}" if row["comment"] else ""
        click.echo(f"{row['at']}  {words[row['said']].format(**row)}, by {row['analyst']}{why}")


def _known(config: Config) -> CaseFile:
    with open_workspace(config) as workspace:
        return everything(workspace)


def _plain(case: CaseFile, section: str) -> dict[str, list[dict[str, object]]]:
    from counterfoil.model.plain import case_to_plain

    return case_to_plain(CaseFile(sections={section: case.sections[section]}, aliases=case.aliases))


def _print(entry: Entry, *facts: str) -> None:
    """A line: the name, its facts, and how many reports have it."""
    reports = len({evidence.report for evidence in entry.evidence})
    said = "; ".join(", ".join(entry.facts[fact]) for fact in facts if fact in entry.facts)
    count = f"{reports} report{'s' if reports != 1 else ''}"
    console().print(Text.assemble((entry.name, "bold"), f"  {said}" if said else "", (f"  [{count}]", "dim")))
