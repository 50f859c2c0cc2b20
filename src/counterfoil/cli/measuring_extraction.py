"""measure --extraction: how well extraction finds what an expert records of annotated reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterfoil.cli.options import Command, console, print_json
from counterfoil.config import Config
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from counterfoil.extraction.measuring import Fact, Measured, Mistake, Score

#: A folder of this name holds reports that those who write extractors have not read, and shall not.
HELD_OUT = "held_out"


def with_extraction(command: Command) -> Command:
    """Adds --extraction FOLDER and --errors, which measure extraction instead of what the command measures."""

    @click.option(
        "--extraction", type=click.Path(path_type=Path), help="Measure extraction on the annotated reports of a folder."
    )
    @click.option("--errors", is_flag=True, help="With --extraction: list what was missed and what is wrong.")
    @wraps(command)
    def wrapper(extraction: Path | None, errors: bool, config: Config, as_json: bool, **others: Any) -> Any:
        if not extraction and not errors:
            return command(config=config, as_json=as_json, **others)
        if not extraction:
            raise UsageError("--errors needs --extraction.", "Name a folder of annotated reports with it.")
        if any(others.values()):
            raise UsageError("--extraction goes with --errors and --format only.", "Measure the coder in a second run.")
        return show_extraction(extraction, errors, as_json)

    return wrapper


def show_extraction(folder: Path, errors: bool, as_json: bool) -> None:
    """Measure the annotated reports in a folder, each part of it on its own, and print the figures.

    With `errors`, list what was missed and what is wrong, except of held-out reports (unless the folder is theirs).

    Raises:
        ReadError: there is no report, one cannot be read, or an annotation does not fit its text.
    """
    from counterfoil.workflow.measuring_extraction import measure_extraction

    reports = measure_extraction(folder)
    listed = [m for report in reports if errors and report.part != HELD_OUT for m in report.mistakes]
    parts = list(dict.fromkeys(report.part for report in reports))
    if as_json:
        print_json(
            {
                "parts": {part or ".": _part(report for report in reports if report.part == part) for part in parts},
                "reports": {
                    report.name: {"part": report.part, "kinds": _scores(report.scores), "facts": _facts(report.facts)}
                    for report in reports
                },
                **({"errors": [asdict(mistake) for mistake in listed]} if errors else {}),
            }
        )
        return
    for part in parts:
        _show_part(part, [report for report in reports if report.part == part])
    _show_mistakes(listed)


def _part(reports: "Iterable[Measured]") -> dict[str, Any]:
    from counterfoil.extraction.measuring import total

    scores, facts = total(reports)
    return {"kinds": _scores(scores), "facts": _facts(facts)}


def _scores(scores: "Mapping[str, Score]") -> dict[str, dict[str, float | None]]:
    return {
        kind: {**asdict(score), "precision": score.precision, "recall": score.recall, "f1": score.f1}
        for kind, score in scores.items()
    }


def _facts(facts: "Mapping[str, Fact]") -> dict[str, dict[str, int]]:
    return {name: asdict(fact) for name, fact in facts.items()}


def _show_part(part: str, reports: "Sequence[Measured]") -> None:
    from counterfoil.extraction.measuring import KINDS, total

    scores, facts = total(reports)
    named = f"{part.replace('_', ' ')}: " if part else ""
    table = _table("kind", "precision", "recall", "F1", "wanted", "missed", "wrong")
    table.title = f"{named}{len(reports)} report{'s' * (len(reports) != 1)}"
    for kind in KINDS:
        score = scores[kind]
        figures = (score.precision, score.recall, score.f1)
        counts = (score.wanted, score.wanted - score.found, score.wrong)
        table.add_row(kind, *map(_figure, figures), *map(str, counts))
    console().print(table)

    table = _table("of what was found", "right", "wrong", "not said")
    for name, fact in facts.items():
        table.add_row(name, str(fact.right), str(fact.wrong), str(fact.silent))
    console().print(table)

    table = _table("F1 of each report", *(_SHORT[kind] for kind in KINDS))
    for report in reports:
        table.add_row(report.name, *(_figure(report.scores[kind].f1) for kind in KINDS))
    console().print(table)


#: Heads of columns that fit side by side.
_SHORT = {
    "actors": "act",
    "operations": "ops",
    "aliases": "alias",
    "attributions": "attr",
    "attributions, by whom": "by",
    "targets": "targ",
    "people": "peop",
    "voices": "voic",
    "dates": "date",
    "places": "plac",
    "platforms": "platf",
    "observables": "obs",
    "narratives": "narr",
    "figures": "figs",
}


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _show_mistakes(mistakes: "Sequence[Mistake]") -> None:
    from rich.text import Text

    for mistake in mistakes:
        line = Text.assemble(
            (f"{mistake.report}  {mistake.kind}  ", "dim"),
            (mistake.fault, "yellow" if mistake.fault == "missed" else "red"),
            f"  {mistake.label}",
        )
        if mistake.context:
            line.append(f"\n    … {mistake.context} …", style="dim")
        console().print(line)


def _table(*heads: str) -> "Table":
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0), title_justify="left", pad_edge=False)
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left")
    return table
