"""lint: what is wrong with DISARM's workbooks or with the workspace's incidents."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterfoil import __version__
from counterfoil.cli.options import open_workspace, print_json, with_config
from counterfoil.config import Config
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    from counterfoil.lint.dataset import Dataset
    from counterfoil.lint.finding import Finding
    from counterfoil.lint.rule import Rule

VALUE_CHARS = 60  #: of an offending value in the table; the whole is in --format json
_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}


@click.command("lint")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format", "output", type=click.Choice(["table", "json", "sarif", "github"]), default="table", show_default=True
)
@click.option("--fix", is_flag=True, help="Write corrected copies and a list of the edits to the folder of -o.")
@click.option("--output", "-o", "folder", type=click.Path(path_type=Path), help="Folder for --fix.")
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule (id or name); can be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule; can be repeated.")
@click.option(
    "--severity",
    type=click.Choice(["error", "warning", "info"]),
    default="info",
    show_default=True,
    help="The least grave findings to show.",
)
@click.option("--explain", metavar="RULE", help="Print a rule's manual page, or all of them (all).")
@with_config
def lint_command(
    paths: tuple[Path, ...],
    output: str,
    fix: bool,
    folder: Path | None,
    config: Config,
    **chosen: str | tuple[str, ...] | None,
) -> int:
    """Check workbooks (PATH: files, or folders of .xlsx), or without PATH the incidents of the workspace.

    Exit code 1 if an error was found, else 0. The rules are in docs/lint.md.
    """
    from counterfoil.lint import lint, load_rules

    if chosen["explain"]:
        _explain(str(chosen["explain"]))
        return 0
    if fix != (folder is not None):
        raise UsageError("--fix and -o go together.", "For example: counterfoil lint DATA.xlsx --fix -o corrected")
    rules = load_rules(tuple(chosen["select"] or ()), tuple(chosen["ignore"] or ()))
    dataset = _workbooks(paths) if paths else _workspace(config)
    rules = [rule for rule in rules if dataset.origin in rule.applies]
    findings = lint(dataset, rules)
    _show([f for f in findings if f.severity.value in _from(str(chosen["severity"]))], dataset, rules, output)
    if fix and folder is not None:
        _fix(dataset, rules, folder)
    return 1 if any(finding.severity.value == "error" for finding in findings) else 0


def _explain(name: str) -> None:
    from counterfoil.lint import load_rules
    from counterfoil.lint.manual import manual, section

    click.echo(manual(load_rules()) if name == "all" else section(load_rules([name])[0]))


def _from(severity: str) -> list[str]:
    """The severities from this one on."""
    order = list(_COLOURS)
    return order[: order.index(severity) + 1]


def _workbooks(paths: Sequence[Path]) -> "Dataset":
    from counterfoil.frameworks.sheets import read_inspected
    from counterfoil.lint.dataset import Dataset

    files: list[Path] = []
    for path in paths:
        inside = [file for file in sorted(path.glob("*.xlsx")) if not file.name.startswith(("~", "."))]
        if path.is_dir() and not inside:
            raise UsageError(f"The folder {path} has no .xlsx workbook.", "Name the workbooks themselves.")
        files += inside if path.is_dir() else [path]
    master, faults = read_inspected(files)
    for fault in faults:
        click.echo(f"warning: sheet {fault.sheet!r}: {fault.why}", err=True)
    return Dataset.of_master(master)


def _workspace(config: Config) -> "Dataset":
    from counterfoil.kb.incidents import list_incidents
    from counterfoil.lint.dataset import Dataset
    from counterfoil.workflow import assemble, load_codebook
    from counterfoil.workflow.frameworks import framework_in_use

    with open_workspace(config) as workspace:
        with workspace.reading() as connection:
            incidents = [incident.id for incident in list_incidents(connection)]
        coded = assemble(workspace, incidents)
        framework = framework_in_use(workspace, load_codebook(config))
    return Dataset.of_incidents(coded, framework)


def _show(findings: "Sequence[Finding]", dataset: "Dataset", rules: "Sequence[Rule]", output: str) -> None:
    from counterfoil.lint.formats import to_github, to_json, to_sarif

    if output == "json":
        print_json(to_json(findings, dataset))
    elif output == "sarif":
        print_json(to_sarif(findings, dataset, rules, __version__))
    elif output == "github":
        for line in to_github(findings, dataset):
            click.echo(line)
    else:
        _table(findings, dataset, rules)


def _table(findings: "Sequence[Finding]", dataset: "Dataset", rules: "Sequence[Rule]") -> None:
    from counterfoil.lint.formats import cell_name, counts

    for finding in findings:
        severity = click.style(finding.severity.value, fg=_COLOURS[finding.severity.value])
        value = " ".join(finding.value.split())
        shown = value if len(value) <= VALUE_CHARS else value[:VALUE_CHARS].rstrip() + "…"
        click.echo(f"{cell_name(dataset, finding)}  {severity}  {finding.rule} {finding.name}  {shown}")
        click.echo(f"    {finding.message} {finding.suggestion}".rstrip())
    found = counts(findings)
    named = {rule.id: rule for rule in rules}
    if findings:
        click.echo()
    for rule_id, number in found.items():
        rule = named[rule_id]
        click.echo(f"{number:6}  {rule.severity.value:8} {rule.id} {rule.name}")
    mendable = sum(1 for finding in findings if finding.fix)
    click.echo(f"{len(findings):6}  in all, {mendable} of them mended by --fix")


def _fix(dataset: "Dataset", rules: "Sequence[Rule]", folder: Path) -> None:
    from counterfoil.lint.correct import corrections, write_corrected

    if not dataset.sources:
        raise UsageError(
            "--fix corrects workbooks; the workspace's incidents are corrected by decisions.", "Name files."
        )
    made = write_corrected(dataset, corrections(dataset, rules), folder)
    left = sum(1 for correction in made if correction.left)
    note = f", {left} more left as they hold formulas" if left else ""
    click.echo(f"{len(made) - left} edits written to {folder}{note}: see edits.csv", err=True)
