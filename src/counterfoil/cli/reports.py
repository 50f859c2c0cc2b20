"""add, code, list, show: from sources to coded drafts."""

import sys
from collections.abc import Iterable, Iterator, Sequence

import click

from counterfoil.cli import show_error
from counterfoil.cli.adviser import Adviser
from counterfoil.cli.options import console, open_workspace, print_bytes, print_json, with_config, with_format
from counterfoil.config import Config
from counterfoil.model.casefile import Source
from counterfoil.model.codebook import Codebook
from counterfoil.workflow import STDIN, Draft, Failure, draft_case, drafts, expand, load_kit, store

PROGRESS_FROM = 3  #: sources from which a progress bar is worth it


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@with_format
@with_config
def add_command(sources: tuple[str, ...], config: Config, as_json: bool) -> int:
    """Add files, folders, URLs or - (standard input) and print the report ids.

    Text, Markdown, HTML, PDF with a text layer, DOCX and e-mail (.eml) are read. Adding the same file
    twice is one report. What cannot be read is listed on stderr and the rest goes on; exit code 1 then.
    """
    names = _expanded(sources)
    failed = 0
    with open_workspace(config, create=True) as workspace:
        for outcome in _with_progress(drafts(names, config, workspace, _stdin(names)), len(names)):
            if isinstance(outcome, Failure):
                failed += 1
                show_error(outcome.error, outcome.source)
                continue
            report = store(workspace, outcome).report
            if as_json:
                from counterfoil.exchange.native import report_summary

                print_json(report_summary(report), indent=None)
            else:
                click.echo(f"{report.id}  {report.title or report.source}")
    return 1 if failed else 0


@click.command("code")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True, help="Suggestions to show.")
@click.option("--llm", is_flag=True, help="Also ask the language model of the settings: sends it the text.")
@with_format
@with_config
def code_command(sources: tuple[str, ...], top: int, llm: bool, config: Config, as_json: bool) -> int:
    """Add sources and suggest DISARM techniques, with the exact quote for each.

    All suggestions are stored and wait for accept or reject; --top only limits what is shown. With
    --format json: one document, or one a line for several sources.
    """
    from counterfoil.workflow.finding_reports import is_of_finding

    names = _expanded(sources)
    failed = 0
    kit = load_kit(config)
    adviser = Adviser(config, kit) if llm else None
    with open_workspace(config, create=True) as workspace:
        for outcome in _with_progress(drafts(names, config, workspace, _stdin(names), kit), len(names)):
            if isinstance(outcome, Failure):
                failed += 1
                show_error(outcome.error, outcome.source)
                continue
            advised = adviser.advise(outcome) if adviser and not is_of_finding(outcome.report) else outcome
            stored = store(workspace, advised, kit)
            if adviser and stored is not advised:
                click.echo("llm: the file was stored under another text meanwhile; run this again for it", err=True)
            if as_json:
                from counterfoil.exchange.native import draft

                shown = stored.suggestions[:top] if _given("top") else stored.suggestions
                source = Source(stored.report, stored.extraction, tuple(shown))
                document = draft(
                    source, draft_case(stored, kit.codebook.framework), kit.codebook.framework, stored.notice
                )
                print_json(document, indent=2 if len(names) == 1 else None)
            else:
                _print_draft(stored, top, kit.codebook)
    return 1 if failed or (adviser and adviser.failed) else 0


@click.command("list")
@with_format
@with_config
def list_command(config: Config, as_json: bool) -> None:
    """List the reports in the workspace, newest first."""
    from dataclasses import asdict

    from rich.table import Table
    from rich.text import Text

    from counterfoil.kb.reports import list_reports

    with open_workspace(config) as workspace, workspace.reading() as connection:
        rows = list_reports(connection)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("report", no_wrap=True, min_width=max((len(row.id) for row in rows), default=0))  # to be copied
    for heading in ("title", "published", "language", "suggestions", "source"):
        table.add_column(heading, justify="right" if heading == "suggestions" else "left")
    for row in rows:
        cells = (row.id, row.title, row.published, row.language, str(row.suggestions), row.source)
        table.add_row(*(Text(cell, overflow="ellipsis", no_wrap=True) for cell in cells))
    console().print(table)


@click.command("show")
@click.argument("report")
@click.option("--text", is_flag=True, help="Print the frozen text, byte for byte: offsets refer to it.")
@with_format
@with_config
def show_command(report: str, text: bool, config: Config, as_json: bool) -> None:
    """Show a report and what was found in it, or its frozen text (--text)."""
    from counterfoil.cli.screen import print_extraction, print_report
    from counterfoil.exchange.native import found_in, report_summary
    from counterfoil.kb.coding import get_extraction
    from counterfoil.kb.reports import get_report

    with open_workspace(config) as workspace, workspace.reading() as connection:
        found = get_report(connection, report)
        extraction = get_extraction(connection, found.id)
    if text and not as_json:
        print_bytes(found.text)
    elif as_json:
        print_json(report_summary(found) | found_in(extraction) | ({"text": found.text} if text else {}))
    else:
        screen = console()
        print_report(screen, found)
        print_extraction(screen, extraction)


def _print_draft(draft: Draft, top: int, codebook: Codebook) -> None:
    from counterfoil.cli.screen import print_case, print_extraction, print_report, print_suggestions

    screen = console()
    print_report(screen, draft.report)
    if draft.notice:
        screen.print(f"notice: {draft.notice}", style="yellow", markup=False)
    screen.print()
    print_case(screen, draft_case(draft, codebook.framework))
    shown = [(suggestion, None) for suggestion in draft.suggestions[:top]]
    print_suggestions(screen, shown, codebook.framework, hidden=len(draft.suggestions) - len(shown))
    print_extraction(screen, draft.extraction)


def _expanded(sources: Sequence[str]) -> tuple[str, ...]:
    """The sources with folders opened; what is passed over in them is said, never dropped in silence."""
    found = expand(sources)
    if found.passed_over:
        few = ", ".join(found.passed_over[:3]) + (", …" if len(found.passed_over) > 3 else "")
        click.echo(f"passed over, of no format that is read: {len(found.passed_over)} ({few})", err=True)
    return found.names


def _given(option: str) -> bool:
    source = click.get_current_context().get_parameter_source(option)
    return source is click.core.ParameterSource.COMMANDLINE


def _stdin(sources: Sequence[str]) -> bytes:
    return sys.stdin.buffer.read() if STDIN in sources else b""


def _with_progress(outcomes: Iterable[Draft | Failure], total: int) -> Iterator[Draft | Failure]:
    """The same outcomes, with a sign of life on stderr while somebody watches: a progress bar when there are many."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    screen = Console(stderr=True)
    if total < PROGRESS_FROM:
        following = iter(outcomes)
        while True:
            with screen.status("reading"):  # gone before the outcome is shown
                outcome = next(following, None)
            if outcome is None:
                return
            yield outcome
    yield from track(outcomes, description="reading", total=total, console=screen, transient=True)
