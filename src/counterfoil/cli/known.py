"""actors, narratives: what all reports of a workspace say, put together."""

import click
from rich.text import Text

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format
from counterfoil.config import Config
from counterfoil.model.casefile import CaseFile, Entry
from counterfoil.workflow import everything


@click.command("actors")
@with_format
@with_config
def actors_command(config: Config, as_json: bool) -> None:
    """List the actors that the coded reports name, and names that may be one actor's.

    Only reports themselves join names: what is listed as "perhaps one actor" is for you to judge.
    """
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
