"""suggestions, accept, reject, history: what an analyst does with a draft."""

from dataclasses import asdict
from typing import Any

import click

from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.model.coding import Signature, Verdict
from counterfoil.workflow import decide, load_codebook, now
from counterfoil.workflow.frameworks import framework_in_use


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
    @click.argument("suggestions", nargs=-1, required=True, metavar="SUGGESTION...")
    @click.option("--why", default="", help="Your reason, kept with the decision.")
    @click.option("--analyst", default=None, help="Who decides (default: COUNTERFOIL_ANALYST or the login name).")
    @with_format
    @with_config
    def command(suggestions: tuple[str, ...], why: str, analyst: str | None, config: Config, as_json: bool) -> None:
        signature = Signature(config.analyst if analyst is None else analyst, now(), why)
        with open_workspace(config) as workspace:
            decisions = decide(workspace, suggestions, verdict, signature)
        if as_json:
            print_json([asdict(decision) for decision in decisions])
        else:
            for decision in decisions:
                click.echo(f"{decision.suggestion}  {decision.verdict} by {decision.analyst}")

    return command


accept_command = _verdict_command(
    "accept",
    Verdict.ACCEPTED,
    "Accept suggestions: each becomes a citation.\n\nA decision is never overwritten: a change of mind adds another.",
)
reject_command = _verdict_command(
    "reject",
    Verdict.REJECTED,
    "Reject suggestions.\n\nA decision is never overwritten: a change of mind adds another.",
)


@click.command("history")
@click.argument("suggestion")
@with_format
@with_config
def history_command(suggestion: str, config: Config, as_json: bool) -> None:
    """Every decision on a suggestion, oldest first."""
    from counterfoil.kb.coding import history

    with open_workspace(config) as workspace, workspace.reading() as connection:
        rows: list[dict[str, Any]] = [asdict(decision) for decision in history(connection, suggestion)]
    if as_json:
        print_json(rows)
        return
    if not rows:
        raise UsageError(f"Nobody has judged {suggestion} yet.", "Use counterfoil accept or counterfoil reject.")
    for row in rows:
        later = f" (superseded by decision {row['superseded']})" if row["superseded"] else ""
        why = f": {row['comment']}" if row["comment"] else ""
        click.echo(f"{row['at']}  {row['verdict']} by {row['analyst']}{why}{later}")
