"""measure: how well the coder's ranking meets what experts coded, and what analysts make of its suggestions."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterfoil.cli.measuring_extraction import with_extraction
from counterfoil.cli.options import console, open_workspace, print_json, with_config, with_format, write_file
from counterfoil.config import Config
from counterfoil.errors import ReadError, UsageError
from counterfoil.workflow import load_kit, measure_lines

if TYPE_CHECKING:
    from rich.table import Table

    from counterfoil.coding.measure import Figure, Item
    from counterfoil.coding.survival import Survived
    from counterfoil.workflow.evaluating import Progress
    from counterfoil.workflow.quality import Quality, Reviews

TECHNIQUES = 15  #: of the techniques that were decided on, how many the screen shows


@dataclass(frozen=True, slots=True)
class _Measured:
    """What there is to tell: of coded texts (measured one by one, or each left out), and of reviews."""

    texts: int = 0
    figures: "Mapping[str, Figure] | None" = None
    quality: "Quality | None" = None
    reviews: "Reviews | None" = None


@click.command("measure")
@click.argument("gold", required=False, type=click.Path(path_type=Path))
@click.option("--predictions", type=click.Path(path_type=Path), help="Write the rankings here, a line each.")
@click.option("--leave-one-out", is_flag=True, help="Rank each incident by what was learned from the others only.")
@click.option(
    "--html", type=click.Path(path_type=Path), help="Write a full report here: takes minutes, leaves one out."
)
@click.option("--survival", is_flag=True, help="Tell how many suggestions in the workspace survived review.")
@with_format
@with_config
@with_extraction
def measure_command(  # noqa: PLR0913 (one parameter an option)
    gold: Path | None,
    predictions: Path | None,
    leave_one_out: bool,
    html: Path | None,
    survival: bool,
    config: Config,
    as_json: bool,
) -> None:
    """Rank all techniques for each line of GOLD and compare with its labels.

    GOLD has a JSON object a line: {"id", "text", "labels"}, and "incident" if several lines are of one.
    Intervals are 90 % bootstraps over incidents.

    The packaged coder has learned from DISARM's own codings. To measure it on these, use --leave-one-out,
    or --html for the full report: by technique and tactic, each part's worth, calibration, worst misses.

    Without GOLD, --survival needs nothing but the decisions in the workspace.
    """
    if not gold and not survival:
        raise UsageError("There is nothing to measure.", "Name a file of coded texts, or use --survival.")
    if not gold and (predictions or leave_one_out):
        raise UsageError("--predictions and --leave-one-out need coded texts.", "Name a file of them.")
    measured = _Measured()
    if gold:
        lines = list(_lines(gold))
        measured, items = _of_gold(lines, config, leave_one_out or bool(html), bool(html))
        if predictions:
            written = "".join(_prediction(line["id"], item) for line, item in zip(lines, items, strict=True))
            write_file(predictions, written, "--predictions")
    if survival:
        measured = _with_reviews(measured, config)
    if html:
        from counterfoil.site.quality import write

        write_file(html, write(measured.quality, measured.reviews), "--html")
    if as_json:
        print_json(_plain(measured))
    else:
        _show(measured)


def _of_gold(
    lines: Sequence[Mapping[str, Any]], config: Config, left_out: bool, thorough: bool
) -> "tuple[_Measured, Sequence[Item]]":
    from counterfoil.coding.measure import measure
    from counterfoil.workflow.quality import assess

    kit = load_kit(config)
    if left_out:
        with _progress() as progress:
            quality, items = assess(lines, kit, thorough, progress)
        return _Measured(texts=len(items), figures=quality.levels["technique"], quality=quality), items
    ranked = list(measure_lines(lines, kit))
    return _Measured(texts=len(ranked), figures=measure(ranked)), ranked


def _with_reviews(measured: _Measured, config: Config) -> _Measured:
    from counterfoil.workflow.quality import reviews

    with open_workspace(config) as workspace:
        return _Measured(measured.texts, measured.figures, measured.quality, reviews(workspace, load_kit(config)))


@contextmanager
def _progress() -> "Iterator[Progress]":
    """A progress bar on stderr for each stage of the work, if somebody watches."""
    from counterfoil.workflow.evaluating import quiet

    if not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def progress(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bars.add_task(doing, total=total)
            bars.update(tasks[doing], completed=done, total=total)

        yield progress


def _prediction(name: object, item: "Item") -> str:
    ranked = [[code, round(chance, 6)] for code, chance in zip(item.ranked, item.chances, strict=True)]
    asserted = [code for code in item.ranked if code in item.asserted]
    return json.dumps({"id": name, "ranked": ranked, "asserted": asserted}, ensure_ascii=False) + "\n"


def _plain(measured: _Measured) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if measured.figures:
        plain |= {"texts": measured.texts, **{name: asdict(found) for name, found in measured.figures.items()}}
    if measured.quality:
        plain |= asdict(measured.quality)
    if measured.reviews:
        plain["reviews"] = asdict(measured.reviews)
    return plain


def _show(measured: _Measured) -> None:
    screen = console()
    if measured.quality:
        screen.print(_levels(measured.quality))
        screen.print(_familiarity(measured.quality))
    elif measured.figures:
        table = _table("measure", "value", "90 % interval", title=f"{measured.texts} texts")
        for name, found in measured.figures.items():
            table.add_row(name, f"{found.value:.3f}", f"{found.low:.2f} – {found.high:.2f}")
        screen.print(table)
    if measured.reviews:
        _show_reviews(measured.reviews)


def _levels(quality: "Quality") -> "Table":
    about = quality.about
    title = f"{about.texts} texts of {about.incidents} incidents, each ranked by what the others teach; 90 % intervals"
    table = _table("measure", *(f"by {level}" for level in quality.levels), title=title)
    for name in quality.levels["technique"]:
        found = [figures[name] for figures in quality.levels.values()]
        table.add_row(name, *(f"{one.value:.3f}  {one.low:.2f} – {one.high:.2f}" for one in found))
    return table


def _familiarity(quality: "Quality") -> "Table":
    table = _table("technique", "codes", "in first 10", "90 % interval")
    says = {"seen": "coded in another incident", "unseen": "in no other incident"}
    for kind in quality.familiarity:
        found = kind.figures["at_10"]
        table.add_row(says[kind.name], str(kind.codings), f"{found.value:.3f}", f"{found.low:.2f} – {found.high:.2f}")
    return table


def _show_reviews(reviews: "Reviews") -> None:
    found, screen = reviews.survival, console()
    title = f"suggestions in {reviews.reports} report{'s' * (reviews.reports != 1)}"
    table = _table("", "decided", "accepted", "share", "90 % interval", "open", title=title)
    for kind in (found.whole, *found.bands, *found.coders):
        table.add_row(*_survived(kind.key, kind))
    screen.print(table)
    decided = [kind for kind in found.techniques if kind.accepted.of]
    if decided:
        table = _table("technique", "decided", "accepted", "share", "90 % interval", "open")
        for kind in decided[:TECHNIQUES]:
            table.add_row(*_survived(f"{kind.key} {reviews.names.get(kind.key, '')}".strip(), kind))
        screen.print(table)
    if len(decided) > TECHNIQUES:
        screen.print(f"… and {len(decided) - TECHNIQUES} techniques more: see --format json or --html", style="dim")
    if reviews.left_out:
        screen.print(f"{reviews.left_out} imported or carried over are left out.", style="dim")


def _survived(name: str, kind: "Survived") -> list[str]:
    share = kind.accepted
    rates = [f"{share.rate:.2f}", f"{share.low:.2f} – {share.high:.2f}"] if share.of else ["–", "–"]
    return [name, str(share.of), str(share.right), *rates, str(kind.open)]


def _table(*heads: str, title: str = "") -> "Table":
    from rich.table import Table

    return Table(*heads, title=title or None, box=None, padding=(0, 2, 0, 0), title_justify="left")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is not UTF-8 text.", "Save it as UTF-8, a JSON object a line.") from error
    number = 0
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            yield _checked(line, f"{path}, line {number}")
    if not content.strip():
        raise ReadError(f"{path} has no lines.", 'Expected: {"id", "text", "labels"} a line.')


def _checked(line: str, where: str) -> dict[str, Any]:
    hint = 'Expected: {"id": "...", "text": "...", "labels": ["T0097.110", ...]}'
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ReadError(f"{where} is not JSON: {error}.", hint) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip() or "id" not in row:
        raise ReadError(f"{where} has no id or no text.", hint)
    labels = row.get("labels")
    if not isinstance(labels, list) or not labels or not all(isinstance(label, str) for label in labels):
        raise ReadError(f"{where} has no list of labels.", hint)
    return row
