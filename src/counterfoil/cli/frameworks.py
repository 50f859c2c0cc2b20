"""framework add|list|show|use|diff|migrate: frameworks in every form, and codings across versions."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterfoil.cli.options import (
    console,
    has_workspace,
    open_workspace,
    print_json,
    with_config,
    with_format,
    with_signature,
    write_file,
)
from counterfoil.config import Config
from counterfoil.errors import UsageError, WorkspaceError
from counterfoil.model.framework import Code
from counterfoil.workflow import load_codebook

if TYPE_CHECKING:
    from counterfoil.frameworks.diff import Change
    from counterfoil.model.framework import Framework
    from counterfoil.model.loaded import Loaded
    from counterfoil.workflow.frameworks import Carried

DEFAULT = "DISARM"


@click.group("framework")
def framework_command() -> None:
    """Load frameworks, compare versions, carry codings from one to the next."""


@framework_command.command("add")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--version", default="", help="Such as 1.6, where the source does not tell.")
@click.option("--partial", is_flag=True, help="Load what can be loaded where something is missing or contradictory.")
@click.option("--replace", is_flag=True, help="Take the place of another content of the same name and version.")
@click.option("--report", type=click.Path(path_type=Path), help="Write every remark of the load report here, as CSV.")
@with_format
@with_config
def add_command(path: Path, config: Config, as_json: bool, **chosen: Any) -> None:
    """Load DISARM's workbooks (file or folder), a STIX bundle or a MISP galaxy into the workspace.

    Nothing is lost: what does not fit is in the load report with sheet, row, column, value and reason.
    Incidents that come with it (DISARM's data workbook) become incidents here, marked as imported.
    """
    from counterfoil.frameworks.load import load
    from counterfoil.workflow.frameworks import add_framework

    loaded = load(path, version=chosen["version"], partial=chosen["partial"])
    with open_workspace(config, create=True) as workspace:
        added = add_framework(workspace, loaded, str(path.resolve()), chosen["replace"])
    if chosen["report"]:
        write_file(chosen["report"], _remarks(loaded), "--report")
    counts = {fate.value: number for fate, number in loaded.report.counts().items()}
    if as_json:
        imported = {"incidents": added.incidents, "citations": added.citations}
        print_json({**_summary(loaded), "new": added.new, "remarks": counts, "imported": imported})
        return
    framework = loaded.framework
    state = "added" if added.new else "was there already"
    click.echo(f"{framework.name} {framework.version} {state}: {len(framework.techniques)} techniques")
    if added.incidents:
        click.echo(f"{added.incidents} incidents with {added.citations} citations, marked as imported")
    if counts:
        click.echo("load report: " + ", ".join(f"{number} {fate}" for fate, number in sorted(counts.items())), err=True)
        if not chosen["report"]:
            click.echo("hint: --report FILE.csv writes each with sheet, row, column, value and reason", err=True)


@framework_command.command("list")
@with_format
@with_config
def list_command(config: Config, as_json: bool) -> None:
    """List the frameworks: the packaged codebook's, and those of the workspace. * marks the one in use."""
    from dataclasses import asdict

    from counterfoil.kb.frameworks import framework_in_use, list_frameworks

    own = load_codebook(config).framework
    packaged = {"name": own.name, "version": own.version, "source": "packaged codebook", "added": ""}
    rows: list[dict[str, str]] = []
    used: tuple[str, str] | None = None
    if has_workspace(config):
        with open_workspace(config) as workspace, workspace.reading() as connection:
            stored = list_frameworks(connection)
            used = framework_in_use(connection)
        rows = [asdict(row) for row in stored]
    if (own.name, own.version) not in {(row["name"], row["version"]) for row in rows}:
        rows.insert(0, packaged)
    in_use = used or (own.name, own.version)
    marked = [{**row, "in_use": (row["name"], row["version"]) == in_use} for row in rows]
    if as_json:
        print_json(marked)
        return
    for row in marked:
        click.echo(f"{'*' if row['in_use'] else ' '} {row['name']} {row['version']}  {row['source']}")


@framework_command.command("show")
@click.argument("version", metavar="[NAME] VERSION", nargs=-1, required=True)
@with_format
@with_config
def show_command(version: tuple[str, ...], config: Config, as_json: bool) -> None:
    """Show what a framework holds: counts of each kind, tactics, and the load report in numbers."""
    loaded = _named(config, version)
    summary = {**_summary(loaded), "remarks": {f.value: n for f, n in loaded.report.counts().items()}}
    if as_json:
        print_json(summary)
        return
    framework = loaded.framework
    click.echo(f"{framework.name} {framework.version}")
    for tactic in framework.tactics:
        number = sum(technique.tactic == tactic.id for technique in framework.techniques.values())
        click.echo(f"  {tactic.id} {tactic.name}: {number} techniques")
    for kind, number in summary["contents"].items():
        click.echo(f"  {kind}: {number}")
    for fate, number in summary["remarks"].items():
        click.echo(f"  load report, {fate}: {number}")


@framework_command.command("use")
@click.argument("version", metavar="[NAME] VERSION", nargs=-1, required=True)
@with_format
@with_config
def use_command(version: tuple[str, ...], config: Config, as_json: bool) -> None:
    """Name techniques by this framework in incidents, pages and exports."""
    from counterfoil.kb.frameworks import use_framework

    framework = _named(config, version).framework
    with open_workspace(config) as workspace, workspace.writing() as connection:
        use_framework(connection, framework.name, framework.version)
    if as_json:
        print_json({"name": framework.name, "version": framework.version})
    else:
        click.echo(f"{framework.name} {framework.version} is in use")


@framework_command.command("diff")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--markdown", is_flag=True, help="Print the changes as a Markdown table.")
@click.option("--partial", is_flag=True, help="Compare what can be loaded of a faulty file.")
@with_format
@with_config
def diff_command(a: str, b: str, config: Config, as_json: bool, **chosen: bool) -> None:
    """What changed from A to B: each a version in the workspace (1.5 or DISARM:1.5) or a file.

    Added, removed, renamed, moved to another tactic, re-parented, text changed.
    """
    from dataclasses import asdict

    from counterfoil.frameworks.diff import diff

    changes = diff(*(_version_or_file(config, named, chosen["partial"]) for named in (a, b)))
    if as_json:
        print_json([asdict(change) for change in changes])
    elif chosen["markdown"]:
        click.echo("| Change | Id | Before | After |\n| --- | --- | --- | --- |")
        for change in changes:
            before, after = (_cell(text) for text in (change.before, change.after))
            click.echo(f"| {change.kind.value} | {change.id} | {before} | {after} |")
    else:
        _print_changes(changes)


@framework_command.command("migrate")
@click.option("--from", "source", required=True, help="The version that citations are in, such as 1.3.")
@click.option("--to", "target", required=True, help="The version to carry them to, such as 1.6.")
@click.option("--dry-run", is_flag=True, help="Only show what would become of each citation.")
@with_format
@with_config
@with_signature("Who signs")
def migrate_command(source: str, target: str, dry_run: bool, config: Config, as_json: bool, **chosen: Any) -> None:
    """Carry the workspace's citations to another version: keep, rename, move, split, merge, review.

    Nothing is dropped: what needs an analyst's choice stays under its own version and is listed.
    """
    from counterfoil.workflow.frameworks import migrate_citations

    with open_workspace(config) as workspace:
        carried = migrate_citations(workspace, Code(DEFAULT, source, ""), target, chosen["signature"], dry_run)
    if as_json:
        print_json([_carried(item) for item in carried])
        return
    for item in carried:
        row = _carried(item)
        went = ", ".join(row["successors"]) if row["verdict"] != "review" else "stays; choose one"
        went += "  (left: an analyst has judged it)" if row["left"] else ""
        candidates = f" (perhaps {', '.join(row['candidates'])})" if row["candidates"] else ""
        click.echo(f"{row['verdict']:7} {row['code']} → {went}{candidates}  {row['suggestion']}\n        {row['why']}")
    counted = Counter("left" if item.left else item.migration.verdict.value for item in carried)
    summary = ", ".join(f"{number} {verdict}" for verdict, number in counted.items()) or "no citation of that version"
    click.echo(f"{'would be' if dry_run else 'done'}: {summary}")


def _carried(item: "Carried") -> dict[str, Any]:
    move = item.migration
    return {
        "suggestion": item.suggestion.id,
        "report": item.suggestion.report,
        "code": move.code.id,
        "verdict": move.verdict.value,
        "successors": [code.id for code in move.successors],
        "candidates": [code.id for code in move.candidates],
        "why": move.why,
        "left": [code.id for code in item.left],
    }


def _print_changes(changes: "list[Change]") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table("change", "id", "before", "after", box=None, padding=(0, 2, 0, 0))
    for change in changes:
        cells = (change.kind.value, change.id, _short(change.before), _short(change.after))
        table.add_row(*(Text(cell) for cell in cells))
    screen = console()
    screen.print(table)
    counted = Counter((change.kind.value, change.what) for change in changes)
    for (kind, of), number in counted.items():
        screen.print(f"{number:5} {of} {kind}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:60].rstrip() + "…"


def _cell(text: str) -> str:
    return _short(text).replace("|", "\\|").replace("<", "&lt;")


def _version_or_file(config: Config, named: str, partial: bool) -> "Framework":
    """A version of the workspace or the codebook's, else a file: a folder called 1.5 hides no version."""
    from counterfoil.frameworks.load import load

    name, _, version = named.rpartition(":")
    try:
        return _named(config, (name or DEFAULT, version)).framework
    except (UsageError, WorkspaceError):
        if not Path(named).exists():
            raise
    return load(Path(named), partial=partial).framework


def _named(config: Config, words: tuple[str, ...]) -> "Loaded":
    from counterfoil.workflow.frameworks import framework_named

    if len(words) > 2:
        raise UsageError(f"{' '.join(words)!r} is no framework's name and version.", "Such as: DISARM 1.6")
    name, version = words if len(words) == 2 else (DEFAULT, words[0])
    with open_workspace(config) as workspace:
        return framework_named(workspace, load_codebook(config), name, version)


def _summary(loaded: "Loaded") -> dict[str, Any]:
    framework = loaded.framework
    catalogue = {
        name: len(getattr(loaded.catalogue, name))
        for name in loaded.catalogue.__dataclass_fields__
        if isinstance(getattr(loaded.catalogue, name), tuple) and getattr(loaded.catalogue, name)
    }
    return {
        "name": framework.name,
        "version": framework.version,
        "contents": {"tactics": len(framework.tactics), "techniques": len(framework.techniques), **catalogue},
    }


def _remarks(loaded: "Loaded") -> str:
    import csv
    import io

    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["sheet", "row", "column", "value", "fate", "why"])
    for remark in loaded.report.remarks:
        table.writerow([remark.sheet, remark.row, remark.column, remark.value, remark.fate.value, remark.why])
    return out.getvalue()
