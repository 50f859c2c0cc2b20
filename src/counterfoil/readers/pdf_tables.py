"""Tables on a PDF page: rows whose cells begin at the same places, each row made one run of text.

A PDF does not say that something is a table. What tells it from columns of prose is that most of its cells are a
few words only. Cells that are broken over several lines are put together again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from counterfoil.readers.pdf_page import Run

CELLS = " | "
_MIN_ROWS = 3
_ALIGNED = 2.5  #: points by which cells of one column may begin apart
_SHORT_WORDS = 3
_SHORT_SHARE = 0.6  #: of the cells that must have no more words than that
_FULL = 0.9  #: of a column's width, from which on a cell's line was probably broken
_CUT = re.compile(r"(?:[0-9A-Fa-f]{8,}|\S*[./@_\]=\-]\S*)$")  #: the end of a line at which an address is cut

_Line = list[Run]  #: runs at one height, from left to right


@dataclass(frozen=True, slots=True)
class _Table:
    """Lines of a table, from top to bottom, and where its columns begin."""

    lines: list[_Line]
    anchors: tuple[float, ...]

    def column(self, run: Run) -> int:
        return max(0, sum(anchor <= run.left + _ALIGNED for anchor in self.anchors) - 1)


def with_tables(runs: list[Run]) -> list[Run]:
    """The runs of a page, with the cells of each table's row joined to one run that is marked as such."""
    lines = _lines(runs)
    joined: list[Run] = []
    taken: set[int] = set()
    for table in _tables(lines):
        taken |= {id(run) for line in table.lines for run in line}
        joined += _rows(table)
    return [run for run in runs if id(run) not in taken] + joined if joined else runs


def _lines(runs: list[Run]) -> list[_Line]:
    lines: list[_Line] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if lines and abs(lines[-1][0].middle - run.middle) < 0.25 * min(lines[-1][0].height, run.height):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _tables(lines: list[_Line]) -> Iterator[_Table]:
    """Stretches of lines, many of which have two runs or more, that begin in the same places."""
    group: list[_Line] = []
    for line in [*lines, []]:
        near = bool(line and group) and group[-1][0].middle - line[0].middle < 3.5 * line[0].height
        if group and not near:
            yield from _in_group(group)
            group = []
        if line:
            group.append(line)


def _in_group(group: list[_Line]) -> Iterator[_Table]:
    """The tables in lines that stand close: prose above and below is cut off."""
    several = [at for at, line in enumerate(group) if len(line) > 1]
    start = 0
    for place, at in enumerate(several):
        following = several[place + 1] if place + 1 < len(several) else None
        if following is None or following - at > 4:
            table = _table(group[several[start] : at + 1], group[at + 1 : at + 4])
            if table:
                yield table
            start = place + 1


def _table(lines: list[_Line], below: list[_Line]) -> _Table | None:
    rows = [line for line in lines if len(line) > 1]
    anchors = _anchors(rows)
    if len(rows) < _MIN_ROWS or len(anchors) < 2:
        return None
    cells = [run for line in rows for run in line]
    at_anchors = sum(any(abs(run.left - anchor) <= _ALIGNED for anchor in anchors) for run in cells)
    short = sum(len(run.text.split()) <= _SHORT_WORDS for run in cells)
    if at_anchors < 0.7 * len(cells) or short < _SHORT_SHARE * len(cells):
        return None
    kept = [line for line in lines if _belongs(line, anchors)]
    for line in below:  # the rest of a last cell that is broken over lines
        if len(line) > 1 or not any(abs(line[0].left - anchor) <= _ALIGNED for anchor in anchors[1:]):
            break
        kept.append(line)
    return _Table(kept, anchors)


def _anchors(rows: Sequence[_Line]) -> tuple[float, ...]:
    """Where runs of at least half of the lines begin."""
    found: list[float] = []
    lefts = sorted((run.left, at) for at, line in enumerate(rows) for run in line)
    while lefts:
        first = lefts[0][0]
        near = [(left, at) for left, at in lefts if left - first <= 2 * _ALIGNED]
        if len({at for _, at in near}) >= max(_MIN_ROWS, 0.5 * len(rows)):
            found.append(median(left for left, _ in near))
        lefts = lefts[len(near) :]
    return tuple(found)


def _belongs(line: _Line, anchors: tuple[float, ...]) -> bool:
    return len(line) > 1 or any(abs(line[0].left - anchor) <= _ALIGNED for anchor in anchors)


def _rows(table: _Table) -> Iterator[Run]:
    """The table's rows as runs. A line without a first cell goes on with the row it stands closest to."""
    heads = [line[0].middle for line in table.lines if table.column(line[0]) == 0]
    steps = [one - other for one, other in pairwise(heads)]
    pitch = median(steps) if steps else 0.0
    rows: list[list[_Line]] = []
    waiting: list[_Line] = []  # lines above the first cell of their row
    for at, line in enumerate(table.lines):
        following = table.lines[at + 1] if at + 1 < len(table.lines) else None
        if table.column(line[0]) == 0:
            rows.append([*waiting, line])
            waiting = []
        elif following and table.column(following[0]) == 0 and line[0].middle - following[0].middle < 0.75 * pitch and (
            not rows or rows[-1][-1][0].middle - line[0].middle > line[0].middle - following[0].middle + 1
        ):  # fmt: skip
            waiting.append(line)
        elif rows and (len(line) == 1 or rows[-1][-1][0].middle - line[0].middle < 0.95 * pitch):
            rows[-1].append(line)
        else:
            rows.append([line])
    widths = Counter[int]()
    for run in (run for line in table.lines for run in line):
        place = table.column(run)
        widths[place] = max(widths[place], round(run.right - run.left))
    for row in rows:
        yield _row(row, table, widths)


def _row(lines: list[_Line], table: _Table, widths: Counter[int]) -> Run:
    cells: list[list[Run]] = [[] for _ in table.anchors]
    for line in lines:
        for run in line:
            cells[table.column(run)].append(run)
    runs = [run for line in lines for run in line]
    first = runs[0]
    return replace(
        first,
        text=CELLS.join(_cell(parts, widths[place]) for place, parts in enumerate(cells)).strip(),
        left=min(run.left for run in runs),
        right=max(run.right for run in runs),
        bottom=min(run.bottom for run in runs),
        top=max(run.top for run in runs),
        table=True,
    )


def _cell(parts: list[Run], width: int) -> str:
    """The text of a cell; an address that had no room on one line is whole again."""
    text = ""
    for before, run in zip([None, *parts], parts, strict=False):
        full = before is not None and before.right - before.left > _FULL * width
        cut = full and _CUT.search(text) is not None and before is not None and abs(before.middle - run.middle) > 1
        text += ("" if cut or not text else " ") + run.text.replace("|", "/")
    return " ".join(text.split())
