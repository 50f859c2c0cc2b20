"""detect: accounts that act together, in a data set of posts."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterfoil.cli.options import console, print_json, with_format, write_file
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    from counterfoil.workflow.detecting import Run, Search, Signal
    from counterfoil.workflow.findings import Detected

SHOWN = 10  #: edges and rejected rows on screen
UNITS = {"us": 1, "ms": 1_000, "": 1_000_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}


@click.command("detect")
@click.argument("data", nargs=-1, required=True, metavar="DATA...")
@click.option("--accounts", multiple=True, metavar="FILE", help="Accounts, if they have a file of their own.")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Which column is what, or a saved mapping.")
@click.option(
    "--save-map", default=None, type=click.Path(path_type=Path), help="Save the columns as used to this file."
)
@click.option("--preset", default="", metavar="NAME", help="A known layout (it is recognised by itself).")
@click.option("--zone", default="", metavar="ZONE", help="Time zone of times that name none (default: UTC).")
@click.option("--time-format", default="", metavar="FORMAT", help="How times are written, as in %d/%m/%Y %H:%M.")
@click.option("--signals", default="", metavar="A,B", help="What to look at (default: the usual; all: everything).")
@click.option("--window", default="", metavar="TIME", help="Two acts are together within this time (default: 60s).")
@click.option(
    "--min", "minimum", type=click.IntRange(min=1), default=None, help="Least weight of an edge (default: 2)."
)
@click.option("--definition", default="", metavar="NAME", help="A published tool's definition of acting together.")
@click.option("--fdr", "rate", type=click.FloatRange(0, 1, min_open=True), default=0.05, show_default=True,
              help="Accepted share of false discoveries.")  # fmt: skip
@click.option("--memory", default="4GB", show_default=True, help="What may be used before it goes to disk.")
@click.option("--budget", type=click.IntRange(min=0), default=None, help="Pairs of posts to make one by one at most.")
@click.option("--try-windows", is_flag=True, help="Also say what windows from a second to an hour would give.")
@click.option("--weighting", type=click.Choice(["tfidf"]), default=None,
              help="Also write how alike what two accounts share is, popular objects counting for little.")  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True,
              help="What makes the pairs of accounts; Spark is an extra.")  # fmt: skip
@click.option("--master", default="", metavar="URL", help="Spark's master (default: this machine).")
@click.option("--list", "listing", is_flag=True, is_eager=True, expose_value=False, callback=lambda *a: _list(*a),
              help="List signals and layouts, and end.")  # fmt: skip
@click.option(
    "--out", "-o", default=None, type=click.Path(path_type=Path), help="Write all results to this new folder."
)
@with_format
def detect_command(data: tuple[str, ...], out: Path | None, as_json: bool, **chosen: Any) -> None:
    """Find accounts that act together in DATA (CSV, JSON, Parquet; files, folders, patterns): docs/detection.md.

    Acting together is not proof of anything false: fans, newsrooms and unions coordinate, too.
    """
    from counterfoil.detect.reading_fields import columns_json
    from counterfoil.workflow.detected_files import summary, write_tables
    from counterfoil.workflow.detecting import detecting, output_folder
    from counterfoil.workflow.findings import groups_of

    search = _search(data, chosen)

    def tell(sentence: str) -> None:
        click.echo(sentence, err=True)

    if out is None:
        with detecting(search, tell) as run:
            groups = groups_of(run, whole=False)
            told = summary(run, groups)
            if not as_json:
                _print(run, groups)
    else:
        with output_folder(out) as folder, detecting(search, tell) as run:
            groups = groups_of(run)
            written = write_tables(run, folder, groups)
            told = {**summary(run, groups), "files": written}
            if not as_json:
                _print(run, groups)
        click.echo(f"written to {out}: {', '.join(written)}", err=True)
    if chosen["save_map"]:
        write_file(chosen["save_map"], columns_json(run.reading.columns), "--save-map")
    if as_json:
        print_json(told)


def _search(data: tuple[str, ...], chosen: dict[str, Any]) -> "Search":
    from counterfoil.detect.reading_fields import columns_of
    from counterfoil.workflow.detecting import Search

    columns = columns_of(chosen["maps"])
    columns = replace(
        columns,
        preset=chosen["preset"] or columns.preset,
        zone=chosen["zone"] or columns.zone,
        form=chosen["time_format"] or columns.form,
    )
    search = Search(
        data=data,
        accounts=chosen["accounts"],
        columns=columns,
        signals=tuple(one for one in chosen["signals"].split(",") if one.strip()),
        window=time_of(chosen["window"]) if chosen["window"] else None,
        minimum=chosen["minimum"],
        definition=chosen["definition"],
        rate=chosen["rate"],
        memory=_memory(chosen["memory"]),
        engine=chosen["engine"],
        try_windows=chosen["try_windows"],
        weighting=chosen["weighting"] or "",
        master=chosen["master"],
    )
    return search if chosen["budget"] is None else replace(search, budget=chosen["budget"])


def time_of(said: str) -> int:
    """ "60s", "5m", "250ms" as microseconds; a number alone is seconds.

    Raises:
        UsageError: it is no time.
    """
    matched = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(us|ms|s|m|min|h|d|)", said.strip().lower().replace("min", "m"))
    if not matched:
        raise UsageError(f"{said!r} is no length of time.", "Write 60s, 5m, 1h, 1d or 250ms.")
    return round(float(matched[1]) * UNITS[matched[2]])


def _memory(said: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)?\s*[KMGT]i?B", said.strip(), re.IGNORECASE):
        raise UsageError(f"{said!r} is no amount of memory.", "Write it as 4GB or 500MB.")
    return said.strip()


def _print(run: "Run", groups: "Detected") -> None:
    from rich.table import Table

    from counterfoil.workflow.findings import group_notes
    from counterfoil.workflow.network_words import group_lines

    for note in (*run.reading.notes, *group_notes(groups)):
        click.echo(f"note: {note}", err=True)
    for reason, file, line, content in run.reading.samples[:SHOWN]:
        where = f"{file}:{line}" if line else file
        click.echo(f"set aside, {reason}: {where} {content[:80]!r}", err=True)
    screen = console()
    table = Table("signal", "accounts that", "acts", "edges", "significant", box=None)
    for one in run.signals:
        significant = f"{one.significant:,}" if one.tested else "not tested"
        table.add_row(one.trace.name, one.trace.label, f"{one.events:,}", f"{one.edges:,}", significant)
    screen.print(table)
    for one in run.signals:
        if one.windows:
            _print_windows(one)
    if not groups.clusters:
        screen.print("No two accounts act together more often than chance would have it.")
        return
    for cluster in groups.clusters[:SHOWN]:
        click.echo("\n".join(group_lines(cluster)))
    if groups.networks.clusters > SHOWN:
        click.echo(f"and {groups.networks.clusters - SHOWN:,} more with less evidence")


def _print_windows(signal: "Signal") -> None:
    from rich.table import Table

    from counterfoil.detect.windows import shortest

    table = Table("window", "pairs of posts", "of all pairs", "edges", "significant", box=None, title=signal.trace.name)
    for one in signal.windows:
        exact = "" if one.exact else " (hubs)"
        window = f"{one.window / 1_000_000:g} s"
        table.add_row(window, f"{one.pairs:,}", f"{one.share:.2%}", f"{one.edges:,}{exact}", f"{one.significant:,}")
    console().print(table)
    chosen = shortest(signal.windows)
    if chosen:
        click.echo(f"--window {chosen.window / 1_000_000:g}s is the shortest that finds nearly all that any finds.")


def _list(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from counterfoil.detect.presets import PRESETS, load_preset
    from counterfoil.detect.traces import TRACES

    click.echo("Signals (accounts that …):")
    for name in TRACES.names():
        click.echo(f"  {name:<18} {TRACES.load(name).label}")
    click.echo("Layouts:")
    for name in PRESETS.names():
        click.echo(f"  {name:<30} {load_preset(name).label}")
    context.exit()
