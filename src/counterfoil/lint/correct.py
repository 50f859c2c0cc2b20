"""Make the safe fixes: first on the data, then in a copy of the workbooks. The originals are never written to."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from counterfoil.errors import UsageError
from counterfoil.files import write_whole
from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Edit
from counterfoil.lint.rule import Rule
from counterfoil.lint.xlsx import rewrite

MOST_ROUNDS = 20  #: of one rule, each mending at most one fault a cell; more would be a rule that never ends
EDITS = "edits.csv"


@dataclass(frozen=True, slots=True)
class Correction:
    """One edit with the rule that asked for it, the file it is in, and why it was not made ("" if it was)."""

    rule: str
    name: str
    edit: Edit
    source: str
    left: str = ""


def corrections(dataset: Dataset, rules: Iterable[Rule]) -> list[Correction]:
    """The edits that the rules call safe, in order: each starts from the text that the one before it left."""
    made: list[Correction] = []
    for rule in rules:
        for _ in range(MOST_ROUNDS):
            edits: dict[tuple[str, int, str], Edit] = {}
            for finding in rule.run(dataset):
                if finding.fix is not None:
                    edits.setdefault((finding.sheet, finding.row, finding.column), finding.fix)
            if not edits:
                break
            dataset = dataset.edited(edits.values())
            made += [Correction(rule.id, rule.name, edit, dataset.sources[edit.sheet]) for edit in edits.values()]
    return made


def write_corrected(dataset: Dataset, made: Sequence[Correction], folder: Path) -> list[Correction]:
    """Write corrected copies of all workbooks and `edits.csv` into a folder; returns what became of each edit.

    A cell that holds a formula is left as it is. A workbook without edits is copied as it is.

    Raises:
        UsageError: a file of that name is there already, a workbook is no .xlsx, or the folder cannot be written.
    """
    sources = sorted(set(dataset.sources.values()))
    targets = {source: folder / Path(source).name for source in sources}
    for target in (*targets.values(), folder / EDITS):
        if target.exists():
            raise UsageError(
                f"{target} is there already.", "Name an empty folder with -o; originals are never changed."
            )
    if len(set(targets.values())) != len(sources):
        raise UsageError("Two of the workbooks have the same file name.", "Correct them one at a time.")
    final = _final_texts(dataset, made)
    left: dict[tuple[str, int, str], str] = {}
    written: dict[Path, bytes] = {}
    for source, target in targets.items():
        data = Path(source).read_bytes()
        if source in final:
            data, kept = rewrite(data, final[source], source)
            for sheet, row, place in kept:
                left[sheet, row, dataset.sheets[sheet].columns[place - 1]] = "the cell holds a formula"
        written[target] = data
    done = [
        Correction(c.rule, c.name, c.edit, c.source, left.get((c.edit.sheet, c.edit.row, c.edit.column), ""))
        for c in made
    ]
    written[folder / EDITS] = edits_csv(done).encode("utf-8", "surrogatepass")
    _write(folder, written)
    return done


def _final_texts(dataset: Dataset, made: Sequence[Correction]) -> Mapping[str, dict[str, dict[tuple[int, int], str]]]:
    """source -> sheet -> (row, column by position from 1) -> the text once all edits are made."""
    final: dict[str, dict[str, dict[tuple[int, int], str]]] = {}
    for correction in made:
        edit = correction.edit
        place = dataset.sheets[edit.sheet].columns.index(edit.column) + 1
        final.setdefault(correction.source, {}).setdefault(edit.sheet, {})[edit.row, place] = edit.new
    return final


def _write(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Each file appears whole under its name, or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            write_whole(path, data)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.", "Name another folder with -o.") from error


def edits_csv(made: Sequence[Correction]) -> str:
    """The edits as CSV, in the order in which they were made."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["file", "sheet", "row", "column", "rule", "name", "old", "new", "left"])
    for c in made:
        place = (Path(c.source).name, c.edit.sheet, c.edit.row, c.edit.column)
        table.writerow([*place, c.rule, c.name, c.edit.old, c.edit.new, c.left])
    return out.getvalue()
