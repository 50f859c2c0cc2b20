"""The command line. Each command group is one file, imported when it is called.

This is the one place that turns errors into exit codes: 2 for a request that cannot be right, 1 for
data that cannot be read, 130 for Ctrl-C.
"""

import gc
import io
import os
import sys
from importlib import import_module

import click

from counterfoil import __version__
from counterfoil.errors import CounterfoilError, UsageError

#: command -> (module, one line for --help); the line is here so that --help imports nothing
COMMANDS = {
    "demo": ("demo", "The whole job on a sample report, files left in ./demo-out."),
    "add": ("reports", "Add files, folders or URLs; print the report ids."),
    "code": ("reports", "Add sources and suggest DISARM techniques for them."),
    "list": ("reports", "List the reports in the workspace."),
    "show": ("reports", "Show a report, or its frozen text (--text)."),
    "suggestions": ("review", "List a report's suggestions and what was decided."),
    "items": ("review", "List what was extracted from a report, and what was decided on it."),
    "accept": ("review", "Accept suggestions (they become citations) or extracted items."),
    "reject": ("review", "Reject suggestions or extracted items."),
    "history": ("review", "Every decision on a suggestion or an extracted item."),
    "serve": ("serve", "Review reports in the browser, on this machine only."),
    "search": ("search", "Find reports, quotes, incidents, actors and techniques by words."),
    "incident": ("incidents", "Open, list, show and edit incidents."),
    "export": ("sharing", "Write incidents as STIX 2.1, a page or JSON."),
    "archive": ("archiving", "Write the whole workspace into one file."),
    "restore": ("archiving", "Make a workspace of an archive."),
    "merge": ("archiving", "Take over what another workspace's archive has."),
    "import": ("importing", "Take in what others send: shown as a plan, applied when you say so."),
    "import-table": ("importing_tables", "Take in a spreadsheet of coded incidents."),
    "taxii": ("taxii", "Tokens for readers of what serve serves by TAXII, and what others serve."),
    "push": ("pushing", "Send incidents to an OpenCTI, a MISP or a TAXII server."),
    "quarantine": ("importing", "What arrived and waits: look at it, apply it or drop it."),
    "actors": ("known", "Actors of all reports, and names that may be one actor's."),
    "join": ("known", "Say that names are one actor's."),
    "part": ("known", "Say that two names are not one actor's."),
    "narratives": ("known", "What operations say in all reports, alike ones together."),
    "framework": ("frameworks", "Load frameworks, compare versions, carry codings to the next."),
    "pages": ("pages", "Write DISARM's Markdown page tree from its workbooks."),
    "lint": ("lint", "Check DISARM's workbooks or your own incidents."),
    "detect": ("detect", "Find accounts that act together in a data set of posts."),
    "findings": ("findings", "What detection found: list it, put it into the workspace, into an incident."),
    "impersonation": ("impersonation", "Accounts and domains that may be taken for a roster's."),
    "provenance": ("provenance", "What pictures and films declare, and which match."),
    "technique": ("reference", "What a technique means, when to use it, its siblings and cues."),
    "codebook": ("reference", "Check a codebook."),
    "train": ("training", "Let the coder learn from your decisions."),
    "measure": ("measuring", "Measure the coder on coded texts."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when called: `--help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        attribute = f"{cmd_name.replace('-', '_')}_command"
        command: click.Command = getattr(import_module(f"counterfoil.cli.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {' or '.join(near)}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: counterfoil demo. Settings: docs/cli.md.",
)
@click.version_option(__version__, prog_name="counterfoil")
def cli() -> None:
    """Counterfoil codes reports on influence operations with DISARM techniques.

    Every suggestion has its exact quote; an analyst accepts or rejects it; incidents leave as STIX 2.1,
    Markdown or JSON. Everything runs on this machine.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    # A command makes thousands of objects that stay until it ends: looking for garbage among them all the
    # time would cost half of it.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without our letters gets \\u2026, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="counterfoil", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except CounterfoilError as error:
        show_error(error)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: not an error. Python must not flush on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        click.echo(f"error: The output cannot be written: {error.strerror}.", err=True)
        return 1
    return code if isinstance(code, int) else 0


def show_error(error: CounterfoilError, source: str = "") -> None:
    """One sentence and a hint on stderr."""
    named = f"{source}: " if source and source not in error.message else ""
    click.echo(f"error: {named}{error.message}", err=True)
    if error.hint:
        click.echo(f"hint: {error.hint}", err=True)
