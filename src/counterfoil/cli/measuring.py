"""measure: how well the coder's ranking meets what experts coded."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from counterfoil.cli.options import console, print_json, with_format, with_settings, write_file
from counterfoil.config import Config
from counterfoil.errors import ReadError
from counterfoil.workflow import load_kit, measure_lines


@click.command("measure")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--predictions", type=click.Path(path_type=Path), help="Write the rankings here, a line each.")
@with_format
@with_settings
def measure_command(gold: Path, predictions: Path | None, config: Config, as_json: bool) -> None:
    """Rank all techniques for each line of GOLD and compare with its labels.

    GOLD has a JSON object a line: {"id", "text", "labels"}, and "incident" if several lines are of one.
    Intervals are 90 % bootstraps over incidents.
    """
    from counterfoil.coding.measure import measure

    results = list(measure_lines(list(_lines(gold)), load_kit(config)))
    if predictions:
        written = [json.dumps(row, ensure_ascii=False) + "\n" for row, _ in results]
        write_file(predictions, "".join(written), "--predictions")
    figures = measure([item for _, item in results])
    if as_json:
        print_json(
            {
                "texts": len(results),
                **{name: {"value": f.value, "low": f.low, "high": f.high} for name, f in figures.items()},
            }
        )
        return
    from rich.table import Table

    table = Table("measure", "value", "90 % interval", title=f"{len(results)} texts", box=None, padding=(0, 2, 0, 0))
    for name, figure in figures.items():
        table.add_row(name, f"{figure.value:.3f}", f"{figure.low:.2f} – {figure.high:.2f}")
    console().print(table)


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
