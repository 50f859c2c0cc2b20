"""The red and the blue framework: tactics side by side, what belongs to each below it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from counterfoil.site.catalogue import Catalogue, Entry
from counterfoil.site.render import FOLDERS
from counterfoil.site.style import Style

_SCRIPT = """<script>
function handleTechniqueClick(box) {
  var technique = document.getElementById(box);
  var checkBox = document.getElementById(box+"check");
  var text = document.getElementById(box+"text");
  if (checkBox.checked == true){
    text.style.display = "block";
    technique.bgColor = "Lime"
  } else {
     text.style.display = "none";
     technique.bgColor = "Silver"
  }
}
</script>
"""


@dataclass(frozen=True)
class Matrix:
    """One framework as a grid: its colour word, the sheet it shows, its tactics and its rows."""

    colour: str
    sheet: str
    tactics: Sequence[Entry]
    rows: Sequence[Sequence[Entry | None]]


def matrices(catalogue: Catalogue, style: Style) -> dict[str, str]:
    """Both frameworks as page, as clickable HTML and as ids, by path below the output folder."""
    phases = {entry.id: entry.name for entry in catalogue.entries["phases"]}
    written: dict[str, str] = {}
    for colour, sheet, column in (("red", "techniques", "tactic_id"), ("blue", "countermeasures", "tactic")):
        matrix = _matrix(colour, sheet, column, catalogue)
        written[f"generated_pages/disarm_{colour}_framework.md"] = _page(matrix, style)
        written[f"generated_files/disarm_{colour}_framework_clickable.html"] = _clickable(matrix, phases, style)
        written[f"generated_files/{colour}_framework_ids.csv"] = _ids(matrix)
    return written


def _matrix(colour: str, sheet: str, column: str, catalogue: Catalogue) -> Matrix:
    tactics = catalogue.entries["tactics"]
    columns: dict[str, list[Entry]] = {tactic.id: [] for tactic in tactics}
    by_id = {entry.id: entry for entry in catalogue.entries[sheet]}
    for edge in sorted(catalogue.members[sheet, column], key=lambda edge: edge.left):
        if edge.right in columns:
            columns[edge.right].append(by_id[edge.left])
    return Matrix(colour, sheet, tactics, list(zip_longest(*columns.values())))


def _page(matrix: Matrix, style: Style) -> str:
    folder = FOLDERS[matrix.sheet][0]
    heads = "".join(_linked("tactics", tactic, style) for tactic in matrix.tactics)
    rows = "".join(
        "".join(_linked(folder, entry, style) if entry else "<td> </td>\n" for entry in row) + "</tr>\n<tr>\n"
        for row in matrix.rows
    )
    return (
        f'# DISARM {matrix.colour.capitalize()} framework: Latest Framework\n\n<table border="1">\n<tr>\n'
        f'<tr style="background-color:blue;color:white;">\n{heads}</tr>\n<tr>\n{rows}</tr>\n</table>\n'
    )


def _linked(folder: str, entry: Entry, style: Style) -> str:
    return f'<td><a href="{folder}/{entry.id}.md">{_named(entry, " ", style)}</a></td>\n'


def _named(entry: Entry, joint: str, style: Style) -> str:
    return style.html_cell(f"{entry.id}{joint}{entry.name}")


def _clickable(matrix: Matrix, phases: Mapping[str, str], style: Style) -> str:
    ranks = [tactic.fields["phase_id"] for tactic in matrix.tactics]
    phase_cells = "".join(f"<td>{style.html_cell(rank + ' ' + phases.get(rank, ''))}</td>\n" for rank in ranks)
    tactic_cells = "".join(f"<td>{_named(tactic, ' ', style)}</td>\n" for tactic in matrix.tactics)
    rows = "".join("".join(_boxes(row, style)) + "</tr>\n<tr>\n" for row in matrix.rows)
    listed = "".join(
        f'<li id="{entry.id}text" style="display:none">{_named(entry, ": ", style)}</li>\n'
        for row in matrix.rows
        for entry in row
        if entry
    )
    return (
        f"<!DOCTYPE html>\n<html>\n<head>\n    <title>DISARM {matrix.colour.capitalize()} framework</title>\n</head>\n"
        f"<body>\n\n{_SCRIPT}\n<h1>DISARM</h1>\n\n<table border=1 bgcolor=silver>\n<tr bgcolor=fuchsia>\n{phase_cells}"
        f"</tr>\n<tr bgcolor=aqua>\n{tactic_cells}</tr>\n<tr>\n{rows}</tr>\n</table>\n<hr>\n<ul>\n{listed}</ul>\n\n"
        "</body>\n</html>\n"
    )


def _boxes(row: Sequence[Entry | None], style: Style) -> Iterable[str]:
    for entry in row:
        if entry is None:
            yield "<td bgcolor=white> </td>\n"
        else:
            yield (
                f'<td id="{entry.id}">{_named(entry, " ", style)}<input type="checkbox" id="{entry.id}check"  '
                f"onclick=\"handleTechniqueClick('{entry.id}')\"></td>\n"
            )


def _ids(matrix: Matrix) -> str:
    """Phases, tactics and the grid as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([tactic.fields["phase_id"] for tactic in matrix.tactics])
    writer.writerow([tactic.id for tactic in matrix.tactics])
    writer.writerows([entry.id if entry else "" for entry in row] for row in matrix.rows)
    return out.getvalue()
