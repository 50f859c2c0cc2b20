"""Running headers, footers and page numbers: lines at the edge of most pages that say the same."""

import re
from collections import Counter

from counterfoil.readers.pdf_columns import Line

_EDGE_LINES = 3  #: lines at the top and at the bottom of a page that may be running ones
_SHARE = 0.5  #: of the pages; left and right pages may have headers of their own
_MIN_PAGES = 3
_SAME_HEIGHT = 5.0  #: points; a running line stands at one height on all pages
_LARGER = 1.1  #: than the usual line: a heading, whatever it says
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|seite|página|стр\.?|p\.?)\s*)?\d{1,4}(?:\s*(?:of|/|von|de|из)\s*\d{1,4})?[\W_]*", re.I
)


def without_margins(pages: list[list[Line]]) -> tuple[list[list[Line]], str]:
    """The pages' lines without running ones, and a note that names them (empty if there are none).

    From the top and from the bottom, lines go until the first that is not a running one.
    """
    running = _Running(pages)
    dropped: list[Line] = []
    for number, lines in enumerate(pages):
        by_height = sorted(lines, key=lambda line: -line.top)
        for edge in (by_height[:_EDGE_LINES], by_height[: -_EDGE_LINES - 1 : -1]):
            for line in edge:
                if not running.has(line, number):
                    break
                dropped.append(line)
    gone = {id(line) for line in dropped}
    return [[line for line in lines if id(line) not in gone] for lines in pages], _note(dropped)


class _Running:
    """What runs through a document: lines of the same words, and page numbers that count up."""

    def __init__(self, pages: list[list[Line]]) -> None:
        full = [lines for lines in pages if lines]
        heights = sorted(line.height for lines in pages for line in lines)
        self._usual = heights[len(heights) // 2] if heights else 0.0
        self._places: dict[str, list[float]] = {}
        counts: Counter[int] = Counter()
        for number, lines in enumerate(pages):
            by_height = sorted(lines, key=lambda line: -line.top)
            edges = {id(line): line for line in by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]}.values()
            for line in edges:
                self._places.setdefault(_key(line), []).append(line.bottom)
            counts.update({step for line in edges for step in _steps(line, number)})
        self._enough = max(_MIN_PAGES, _SHARE * len(full))
        often = counts.most_common(1)
        self._step = often[0][0] if often and often[0][1] >= max(2, 0.6 * len(full)) else None

    def has(self, line: Line, page: int) -> bool:
        if line.height > _LARGER * self._usual:
            return False
        if self._step is not None and self._step in _steps(line, page):
            return True
        near = [place for place in self._places[_key(line)] if abs(place - line.bottom) < _SAME_HEIGHT]
        return len(near) >= self._enough


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text).casefold()


def _steps(line: Line, page: int) -> list[int]:
    """For a line that is a page number: how far it is ahead of the page's place in the file."""
    return [int(n) - page for n in _NUMBER.findall(line.text)[:1]] if _PAGE_NUMBER.fullmatch(line.text) else []


def _note(dropped: list[Line]) -> str:
    if not dropped:
        return ""
    texts = dict.fromkeys(line.text for line in dropped if not _PAGE_NUMBER.fullmatch(line.text))
    named = ", ".join(f"“{text[:60]}”" for text in list(texts)[:3])
    return f"Left out running headers, footers and page numbers ({len(dropped)} lines{': ' if named else ''}{named})."
