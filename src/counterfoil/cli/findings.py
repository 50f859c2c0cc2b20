"""findings: what detection found, listed and put into the workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format, with_signature
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.model.coding import Signature
from counterfoil.workflow import load_codebook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counterfoil.model.finding import Finding
    from counterfoil.workflow.held_findings import Put


@click.command("findings")
@click.argument("source", required=False, default=None, type=click.Path(path_type=Path), metavar="[OUT|FILE]")
@click.option("--add", is_flag=True, help="Put them into the workspace; their suggestions wait for review.")
@click.option("--incident", default="", metavar="NAME|ID", help="Also put them into this incident, opened if new.")
@click.option("--only", default="", metavar="1,3", help="Only the findings of these numbers.")
@click.option("--minimum-accounts", "least", type=click.IntRange(min=1), default=1, help="Only of so many accounts.")
@with_format
@with_config
@with_signature("Who puts them in")
def findings_command(source: Path | None, signature: Signature, config: Config, as_json: bool, **asked: Any) -> None:
    """List the findings of `counterfoil detect -o OUT`; without a source those in the workspace.

    With --add each becomes a report of the workspace: its accounts, figures and sample posts, with the DISARM
    techniques that they can support as suggestions. All are put in, or none; those that are there stay as they are.
    """
    from counterfoil.workflow.held_findings import Adding, chosen, held, load_findings, put
    from counterfoil.workflow.intake import FINDINGS

    if source is None:
        if asked["add"] or asked["incident"]:
            raise UsageError("There is nothing to put in.", "Name the folder or file that counterfoil detect wrote.")
        with open_workspace(config) as workspace:
            every = held(workspace)
        kept = {one.finding.id: one.state.id for one in every}
        _show(chosen([one.finding for one in every], _numbers(asked["only"]), asked["least"]), kept, as_json)
        return
    found = chosen(load_findings(source), _numbers(asked["only"]), asked["least"])
    if not asked["add"] and not asked["incident"]:
        _show(found, {}, as_json)
        return
    framework = load_codebook(config).framework
    name = str(source / FINDINGS if source.is_dir() else source)
    with open_workspace(config, create=True) as workspace:
        done, incident = put(workspace, found, Adding(framework, name, signature, asked["incident"]))
    if as_json:
        made = {"id": incident.id, "name": incident.name, "reports": list(incident.reports)} if incident else None
        print_json({"findings": [_put(one) for one in done], "incident": made})
        return
    for one in done:
        _tell(one)
    if incident:
        click.echo(f"{incident.id}  {incident.name}")


def _tell(one: "Put") -> None:
    click.echo(f"{one.report}  {one.finding.title}{'' if one.new else '  (was there already)'}")
    for other in one.before:
        data = "the same data" if other.data_sha256 == one.finding.data_sha256 else "other data"
        both = len(other.accounts & one.finding.accounts)
        of = len(one.finding.accounts)
        click.echo(f"  new: {both} of its {of} accounts were in {other.id} already, found in {data}", err=True)
    if one.notice:
        click.echo(f"  notice: {one.notice}", err=True)


def _show(found: "Sequence[Finding]", kept: dict[str, str], as_json: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    if as_json:
        print_json([_plain(one) | ({"report": kept[one.id]} if one.id in kept else {}) for one in found])
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("no.", "finding", "accounts", "that", "q", *(["report"] if kept else [])):
        table.add_column(heading, justify="right" if heading in ("no.", "accounts") else "left")
    for number, one in enumerate(found, 1):
        does = "; ".join(f"{each.label} {each.within}".strip() for each in one.supports)
        tested = [each.q for each in one.supports if each.q is not None]
        cells = (str(number), one.id, f"{len(one.members):,}", does, f"{min(tested):.1g}" if tested else "not tested")
        table.add_row(*map(Text, (*cells, *([kept.get(one.id, "")] if kept else []))))
    console().print(table)


def _put(one: "Put") -> dict[str, Any]:
    return {
        **_plain(one.finding),
        "report": one.report,
        "new": one.new,
        "same_accounts_before": [other.id for other in one.before],
        "notice": one.notice,
    }


def _plain(one: "Finding") -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "accounts": len(one.members),
        "signals": [each.signal for each in one.supports],
        "techniques": sorted({code for each in one.supports for code in each.techniques}),
        "first": one.first,
        "last": one.last,
        "data_sha256": one.data_sha256,
    }


def _numbers(said: str) -> list[int]:
    """ "1,3-5" as numbers.

    Raises:
        UsageError: it is no list of numbers.
    """
    numbers: list[int] = []
    for part in filter(None, (one.strip() for one in said.split(","))):
        first, _, last = part.partition("-")
        if not first.isdecimal() or not (last or first).isdecimal():
            raise UsageError(f"{part!r} is no number of a finding.", "Write --only 1,3 or --only 2-5.")
        numbers += range(int(first), min(int(last or first), int(first) + 9999) + 1)
    return numbers
