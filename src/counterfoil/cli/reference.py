"""technique, codebook check: what the codebook says, and whether it is sound."""

import re
from pathlib import Path
from typing import Any

import click

from counterfoil.cli.options import console, print_json, with_format, with_settings
from counterfoil.config import Config
from counterfoil.errors import CodebookError, UnknownCodeError
from counterfoil.model.codebook import Codebook
from counterfoil.model.framework import Framework
from counterfoil.workflow import load_codebook

_LIKE_AN_ID = re.compile(r"[Tt]\d")


@click.command("technique")
@click.argument("technique")
@with_format
@with_settings
def technique_command(technique: str, config: Config, as_json: bool) -> None:
    """What a TECHNIQUE (its id or name) means, when to use it, its siblings and its cues."""
    codebook = load_codebook(config)
    page = _page(codebook, _found(codebook.framework, technique.strip()))
    if as_json:
        print_json(page)
    else:
        _print_page(page)


def _found(framework: Framework, words: str) -> str:
    """The id of a technique that was named by its id or by its name, in any case."""
    named = [one.id for one in framework.techniques.values() if one.name.casefold() == words.casefold()]
    if len(named) == 1:
        return named[0]
    if words.upper() in framework.techniques or _LIKE_AN_ID.match(words):
        return framework.technique(words.upper()).id
    hint = f"More than one is called so: {', '.join(named)}." if named else "To find one by words: counterfoil search."
    raise UnknownCodeError(f"{framework.name} {framework.version} has no technique {words!r}.", hint)


def _page(codebook: Codebook, technique_id: str) -> dict[str, Any]:
    framework = codebook.framework
    technique, entry = framework.technique(technique_id), codebook.entries[technique_id]
    tactic = framework.tactic(technique.tactic)
    return {
        "framework": framework.name,
        "version": framework.version,
        "id": technique.id,
        "name": technique.name,
        "parent": technique.parent,
        "tactic": {"id": tactic.id, "name": tactic.name},
        "definition": entry.definition,
        "use_when": entry.use_when,
        "not_when": [{"when": item.when, "instead": item.instead} for item in entry.not_when],
        "companions": list(entry.companions),
        "siblings": [{"id": sibling.id, "name": sibling.name} for sibling in framework.siblings(technique_id)],
        "cues": {strength.value: list(cues) for strength, cues in entry.cues.items()},
        "excludes": list(entry.excludes),
        "examples": {"positive": list(entry.positive), "negative": list(entry.negative)},
    }


def _print_page(page: dict[str, Any]) -> None:
    from rich.text import Text

    screen = console()
    screen.print(Text(f"{page['id']} {page['name']}", style="bold"))
    tactic = page["tactic"]
    screen.print(Text(f"{page['framework']} {page['version']} · {tactic['id']} {tactic['name']}\n", style="dim"))
    screen.print(Text(page["definition"] + "\n"))
    screen.print(Text.assemble(("Use when: ", "bold"), page["use_when"]))
    for item in page["not_when"]:
        instead = f" → {item['instead']}" if item["instead"] else ""
        screen.print(Text.assemble(("Not when: ", "bold"), item["when"], instead))
    for title, names in (
        ("Comes with", page["companions"]),
        ("Siblings", [f"{sibling['id']} {sibling['name']}" for sibling in page["siblings"]]),
        *((f"Cues, {strength}", cues) for strength, cues in page["cues"].items()),
        ("Silenced by", page["excludes"]),
        ("For example", page["examples"]["positive"]),
        ("But not", page["examples"]["negative"]),
    ):
        if names:
            screen.print(Text(f"\n{title}", style="bold"))
            for name in names:
                screen.print(Text(f"  {name}"))


@click.group("codebook")
def codebook_command() -> None:
    """Check a codebook."""


@codebook_command.command("check")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@with_format
@with_settings
def check_command(folder: Path | None, config: Config, as_json: bool) -> int:
    """Check the codebook in FOLDER (default: the one in use): schema, cues, examples, copies."""
    from counterfoil.coding.check import check
    from counterfoil.frameworks.codebook import load_codebook as load

    codebook = load(folder) if folder else load_codebook(config)
    problems = check(codebook)
    if as_json:
        print_json([{"technique": problem.technique, "message": problem.message} for problem in problems])
        return 1 if problems else 0
    for problem in problems:
        click.echo(f"{problem.technique}: {problem.message}")
    if problems:
        raise CodebookError(f"The codebook has {len(problems)} problems.", "How to write cues: docs/codebook.md.")
    framework = codebook.framework
    click.echo(f"{len(codebook.entries)} techniques of {framework.name} {framework.version}: no problem.")
    return 0
