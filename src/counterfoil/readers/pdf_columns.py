"""Reading order of a page: where its columns are, and which runs make up a line."""

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from counterfoil.readers.pdf_page import Run

_MIN_LINES = 4  #: on either side, for two stacks of text to be columns
_MIN_LETTERS = 15  #: on average in a run: cells of a table have fewer


@dataclass(slots=True)
class Line:
    """A line of a column. `column` numbers the columns of a document in reading order."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float
    bold: bool
    page: int = 0
    column: int = 0
    table: bool = False


def columns(runs: list[Run]) -> list[list[Line]]:
    """The page's lines, column by column in reading order, each from top to bottom.

    What crosses the space between two columns (a title, a figure's caption) splits them into an upper and a
    lower pair. Pages of right-to-left script are read from the right column to the left.
    """
    if not runs:
        return []
    rightward = not _is_rtl("".join(run.text for run in runs))
    return [_lines(stack) for stack in _stacks(runs, rightward) if stack]


def _stacks(runs: list[Run], rightward: bool) -> list[list[Run]]:
    gutter = _gutter(runs)
    if gutter is None:
        return [runs]
    stacks: list[list[Run]] = []
    across: list[Run] = []
    left: list[Run] = []
    right: list[Run] = []

    def close_columns() -> None:
        for side in (left, right) if rightward else (right, left):
            if side:
                stacks.extend(_stacks(list(side), rightward))
            side.clear()

    for run in sorted(runs, key=lambda run: -run.middle):
        if run.right <= gutter or run.left >= gutter:
            if across:
                stacks.append(list(across))
                across.clear()
            (left if run.right <= gutter else right).append(run)
        else:
            if left or right:
                close_columns()
            across.append(run)
    close_columns()
    if across:
        stacks.append(across)
    return stacks


def _gutter(runs: list[Run]) -> float | None:
    """The x between two columns: where most runs end to the left and most others begin to the right."""
    if len(runs) < 2 * _MIN_LINES:
        return None
    ends = sorted(run.right for run in runs)
    starts = sorted(run.left for run in runs)
    best, place = 0, None
    for left_count, end in enumerate(ends, 1):
        first = bisect_left(starts, end)
        right_count = len(starts) - first
        if min(left_count, right_count) > best:
            best, place = min(left_count, right_count), (end + starts[first]) / 2
    if place is None or best < _MIN_LINES:
        return None
    left = [run for run in runs if run.right <= place]
    right = [run for run in runs if run.left >= place]
    return place if _are_columns(left, right) else None


def _are_columns(left: list[Run], right: list[Run]) -> bool:
    if min(mean(len(run.text) for run in side) for side in (left, right)) < _MIN_LETTERS:
        return False
    smaller, larger = sorted((left, right), key=len)
    side_by_side = sum(
        1 for run in smaller if any(other.bottom < run.top and run.bottom < other.top for other in larger)
    )
    return side_by_side >= max(_MIN_LINES - 1, len(smaller) // 2)


def _lines(runs: list[Run]) -> list[Line]:
    """Put runs at the same height together; a raised or lowered run belongs to the line it overlaps."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        current = lines[-1] if lines else None
        if current is not None and _same_line(current[0], run):
            current.append(run)
        else:
            lines.append([run])
    return [_line(parts) for parts in lines]


def _same_line(first: Run, run: Run) -> bool:
    overlap = min(first.top, run.top) - max(first.bottom, run.bottom)
    return overlap > 0.5 * min(first.top - first.bottom, run.top - run.bottom)


def _line(parts: list[Run]) -> Line:
    rtl = _is_rtl("".join(run.text for run in parts))
    parts.sort(key=lambda run: -run.right if rtl else run.left)
    text = parts[0].text
    for before, run in pairwise(parts):
        gap = (before.left - run.right) if rtl else (run.left - before.right)
        text += ("" if gap < 0.12 * run.height else " ") + run.text
    longest = max(parts, key=lambda run: len(run.text))
    return Line(
        text=" ".join(text.split()),
        left=min(run.left for run in parts),
        right=max(run.right for run in parts),
        bottom=min(run.bottom for run in parts),
        top=max(run.top for run in parts),
        height=longest.height,
        bold=all(run.bold for run in parts),
        table=any(run.table for run in parts),
    )


def _is_rtl(text: str) -> bool:
    rtl = sum(1 for char in text if unicodedata.bidirectional(char) in ("R", "AL"))
    return rtl > sum(1 for char in text if char.isalpha()) / 2
