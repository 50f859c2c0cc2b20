"""suggestions, accept, reject, history: what an analyst does with a draft, and with what was extracted."""

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format, with_signature
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.model.coding import Decision, Signature, Verdict
from counterfoil.model.item_fields import LABELS
from counterfoil.model.item_words import about, title
from counterfoil.model.judging import ItemDecision, JudgedItem
from counterfoil.model.plain import item_decision_to_plain, judged_to_plain
from counterfoil.workflow import load_codebook
from counterfoil.workflow.frameworks import framework_in_use
from counterfoil.workflow.items import ITEM, item_review, item_steps, judge

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace


@click.command("suggestions")
@click.argument("report")
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has judged.")
@with_format
@with_config
def suggestions_command(report: str, only_open: bool, config: Config, as_json: bool) -> None:
    """List a report's suggestions, best first, and what was decided on them."""
    from counterfoil.cli.screen import print_suggestions
    from counterfoil.exchange.native import suggestion_to_plain
    from counterfoil.kb.coding import reviewed

    with open_workspace(config) as workspace:
        framework = framework_in_use(workspace, load_codebook(config))
        with workspace.reading() as connection:
            items = [item for item in reviewed(connection, report) if not (only_open and item.decision)]
    if as_json:
        print_json(
            [
                suggestion_to_plain(item.suggestion, framework)
                | {"decision": asdict(item.decision) if item.decision else None}
                for item in items
            ]
        )
    else:
        print_suggestions(console(), [(item.suggestion, item.decision) for item in items], framework)


def _verdict_command(name: str, verdict: Verdict, what: str) -> click.Command:
    @click.command(name, help=what, short_help=what.splitlines()[0])
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @with_format
    @with_config
    @with_signature("Who decides", why=True)
    def command(ids: tuple[str, ...], signature: Signature, config: Config, as_json: bool) -> None:
        with open_workspace(config) as workspace:
            decisions = judge(workspace, ids, verdict, signature)
        if as_json:
            print_json([_plain(decision) for decision in decisions])
        else:
            for decision in decisions:
                number = decision.item if isinstance(decision, ItemDecision) else decision.suggestion
                click.echo(f"{number}  {decision.verdict} by {decision.analyst}")

    return command


accept_command = _verdict_command(
    "accept",
    Verdict.ACCEPTED,
    "Accept suggestions (S-…), each of which becomes a citation, or extracted items (X-…).\n\n"
    "A decision is never overwritten: a change of mind adds another.",
)
reject_command = _verdict_command(
    "reject",
    Verdict.REJECTED,
    "Reject suggestions (S-…), or extracted items (X-…), which are then left out of all that follows.\n\n"
    "A decision is never overwritten: a change of mind adds another.",
)


def _plain(decision: Decision | ItemDecision) -> dict[str, Any]:
    return item_decision_to_plain(decision) if isinstance(decision, ItemDecision) else asdict(decision)


@click.command("items")
@click.argument("report")
@click.option("--kind", type=click.Choice(list(LABELS)), help="Only items of this kind.")
@click.option("--rejected", is_flag=True, help="Rejected ones too.")
@with_format
@with_config
def items_command(report: str, kind: str | None, rejected: bool, config: Config, as_json: bool) -> None:
    """List what was extracted from a report besides techniques, and what was decided on it.

    counterfoil accept and reject take the ids (X-…); counterfoil serve also changes and adds items.
    """
    with open_workspace(config) as workspace:
        found = item_review(workspace, report).items
    shown = [one for one in found if kind in (None, one.kind) and (rejected or one.state != Verdict.REJECTED.value)]
    if as_json:
        print_json([judged_to_plain(one) for one in shown])
        return
    screen = console()
    for label, items in groupby(shown, key=lambda one: LABELS[one.kind]):
        screen.print(Text(label, style="bold"))
        for one in items:
            screen.print(_line(one))


def _line(one: JudgedItem) -> Text:
    said = about(one.kind, one.item)
    line = Text.assemble("  ", (one.id, "cyan"), f"  {title(one.kind, one.item)}", (f"  {said}" if said else "", "dim"))
    if one.decision and one.decision.verdict:
        own = (", as they put it" if one.found else ", who added it") if one.own else ""
        style = "green" if one.decision.verdict is Verdict.ACCEPTED else "red"
        line.append(f"  {one.state} by {one.decision.analyst}{own}", style=style)
    return line


@click.command("history")
@click.argument("number", metavar="ID")
@with_format
@with_config
def history_command(number: str, config: Config, as_json: bool) -> None:
    """Every decision on a suggestion (S-…) or an extracted item (X-…), oldest first."""
    with open_workspace(config) as workspace:
        rows = _item_steps(workspace, number) if number.startswith(ITEM) else _steps(workspace, number)
    if as_json:
        print_json(rows)
        return
    if not rows:
        raise UsageError(f"Nobody has judged {number} yet.", "Use counterfoil accept or counterfoil reject.")
    for row in rows:
        why = f": {row['comment']}" if row["comment"] else ""
        click.echo(f"{row['at']}  {row['verdict']} by {row['analyst']}{why}{_later(row)}")


def _later(row: dict[str, Any]) -> str:
    """What became of a decision."""
    if "withdrawn" in row:
        return f" (taken back by {row['withdrawn']['analyst']}, {row['withdrawn']['at']})"
    if row.get("superseded"):
        return f" (superseded by decision {row['superseded']})"
    if row.get("undoes"):
        return f" (took decision {row['undoes']} back)"
    return " (as they put it)" if row.get("own") else ""


def _steps(workspace: "Workspace", suggestion: str) -> list[dict[str, Any]]:
    from counterfoil.kb.coding import history
    from counterfoil.kb.withdrawing import withdrawn

    with workspace.reading() as connection:
        rows: list[dict[str, Any]] = [asdict(decision) for decision in history(connection, suggestion)]
        taken_back = withdrawn(connection, suggestion)
    for row in rows:
        if row["id"] in taken_back:
            row["withdrawn"] = asdict(taken_back[row["id"]])
    return rows


def _item_steps(workspace: "Workspace", item: str) -> list[dict[str, Any]]:
    return [item_decision_to_plain(step) for step in item_steps(workspace, item).steps]
