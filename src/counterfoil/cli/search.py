"""search: find reports, passages, incidents, actors, techniques, narratives and observables by their words."""

import click
from rich.text import Text

from counterfoil.cli.options import Command, console, open_workspace, print_json, with_config, with_format
from counterfoil.config import Config
from counterfoil.kb.search import Group, Hit
from counterfoil.kb.search_words import ALL_KINDS, read_query
from counterfoil.kb.snippets import Piece
from counterfoil.workflow.searching import LABELS, Guide, Wanted, found_to_plain, search

MOST_CODES = 6  #: of a passage on a line
_STATES = {"accepted": " (accepted)", "rejected": " (rejected)", "open": ""}


def _filter(name: str, metavar: str, words: str) -> Command:
    """An option that stands for a filter of the query; what is no such filter is refused."""

    def checked(_: click.Context, option: click.Parameter, value: str) -> str:
        notes = read_query(Wanted("", {name: value}).words() or f"{name}:?").notes if value else ()
        if notes:
            raise click.BadParameter(notes[0].partition(": ")[2], param=option)
        return value

    return click.option(f"--{name}", metavar=metavar, default="", callback=checked, help=words)


@click.command("search")
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("--kind", type=click.Choice(ALL_KINDS), help="Only what is of this kind.")
@_filter("technique", "ID", "Only what is coded with it or a sub-technique.")
@_filter("language", "CODE", "Only reports in this language (en, uk, ...) and what they name.")
@_filter("since", "DATE", "Only reports from then on: 2024, 2024-03 or 2024-03-01.")
@_filter("until", "DATE", "Only reports up to then.")
@click.option("--limit", type=click.IntRange(1, 400), default=5, show_default=True, help="Hits of each kind.")
@with_format
@with_config
def search_command(query: tuple[str, ...], limit: int, config: Config, as_json: bool, **filters: str | None) -> None:
    """Find reports, quotes, incidents, actors, techniques, narratives and observables.

    All words must be there, in any order; case and accents do not count. QUERY takes "several words" that stand
    next to each other, begin* for words that begin so, -word for what must not be there, and the filters too:
    kind:actor, technique:T0097, lang:uk, date:2024-03, since:2023, until:2024. Put it in single quotes, so that
    the shell leaves it alone: counterfoil search '"fake accounts" -satire'.
    """
    from counterfoil.workflow import load_codebook
    from counterfoil.workflow.frameworks import framework_in_use

    codebook = load_codebook(config)
    wanted = Wanted(" ".join(query), {name: value for name, value in filters.items() if value})
    with open_workspace(config) as workspace:
        guide = Guide(framework_in_use(workspace, codebook), codebook)
        found = search(workspace, guide, wanted, limit)
    for note in found.query.notes:
        click.echo(f"note: {note}", err=True)
    if as_json:
        print_json(found_to_plain(found))
        return
    for group in found.groups:
        _print(group)
    if not found.groups:
        click.echo("Nothing was found.", err=True)


def _print(group: Group) -> None:
    count = f"{group.total}{'+' if group.more else ''}"
    console().print(Text.assemble((LABELS[group.kind], "bold"), f" {count}"))
    for hit in group.hits:
        console().print(_line(hit))
        if hit.text:
            console().print(Text("    ").append_text(_marked(hit.text)))


def _line(hit: Hit) -> Text:
    """What it is and where to look at it."""
    if hit.kind == "quote":
        codes = ", ".join(f"{code.technique}{_STATES[code.state]}" for code in hit.codes[:MOST_CODES])
        more = len(hit.codes) - MOST_CODES
        return Text.assemble(
            *("  ", (hit.report, "cyan"), f"  {hit.report_title}  ", (codes, "bold"), f" +{more}" if more > 0 else "")
        )
    number = "" if hit.kind in ("actor", "narrative", "observable") else hit.id
    facts = " · ".join(part for part in (hit.date, hit.about) if part)
    named = f"  [{hit.reports} report{'' if hit.reports == 1 else 's'}]" if hit.reports else ""
    return Text.assemble(
        "  ", (f"{number}  " if number else "", "cyan"), _marked(hit.title), f"  {facts}", (named, "dim")
    )


def _marked(pieces: tuple[Piece, ...]) -> Text:
    return Text.assemble(*((piece.text, "bold yellow" if piece.marked else "") for piece in pieces))
