"""One PDF page: its characters as pdfium places them, gathered into runs of text on a line.

All lengths are in points (1/72 inch), x to the right and y upwards.
"""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

_BLANKS = frozenset({0x09, 0x0A, 0x0D, 0x20, 0xA0})
#: What pdfium puts for a hyphen at the end of a line that it takes to be a mere word break.
_LINE_END_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})
_BOLD = 600


@dataclass(slots=True)
class Run:
    """Characters side by side on one line. `height` is that of the font's box, about 1.15 times its size.

    `table` marks the cells of a table's row, put together.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float
    bold: bool = False
    table: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class _Char:
    code: int
    left: float
    right: float
    bottom: float
    top: float


def page_runs(page: Any) -> tuple[list[Run], bool]:
    """The runs of a pypdfium2 page in the order of its content stream, and whether some was left out.

    The page is turned so that most of its text is upright, whichever way it is shown; text at another
    angle (a stamp in the margin) is left out.
    """
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        angle = _usual_angle(textpage, pdfium)
        runs: list[Run] = []
        askew = False
        for first, chars in _gather(textpage, angle, pdfium):
            text = _text(chars)
            if not text.strip():
                continue
            if _angle(textpage, first, pdfium) in (angle, None):
                runs.append(_run(text, chars, pdfium.FPDFText_GetFontWeight(textpage, first)))
            else:
                askew = True
        return runs, askew
    finally:
        textpage.close()


def _angle(textpage: Any, index: int, pdfium: Any) -> int | None:
    """The quarter turns (0 to 3, clockwise) that a character is turned by; -1 between them."""
    radians = pdfium.FPDFText_GetCharAngle(textpage, index)
    if radians < 0:  # a blank that pdfium made up
        return None
    turns = math.degrees(radians) / 90
    return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else -1


def _usual_angle(textpage: Any, pdfium: Any) -> int:
    count = pdfium.FPDFText_CountChars(textpage)
    step = max(1, count // 200)
    seen = Counter(_angle(textpage, index, pdfium) for index in range(0, count, step))
    return max((turns for turns in seen if turns in (0, 1, 2, 3)), key=lambda turns: seen[turns], default=0) or 0


def _gather(textpage: Any, angle: int, pdfium: Any) -> list[tuple[int, list[_Char]]]:
    """Characters grouped while each stands right beside the one before; with the index of each group's first."""
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    groups: list[tuple[int, list[_Char]]] = []
    last: _Char | None = None
    blank = False
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = unicode_of(textpage, index)
        if code in _BLANKS:
            blank = True
            continue
        if code == 0 or not box_of(textpage, index, pointer):
            continue
        if code in _LINE_END_HYPHENS:
            code = 0x2D
        char = _upright(code, box, angle)
        if last is None or not _beside(last, char):
            groups.append((index, [char]))
        else:
            chars = groups[-1][1]
            if blank:
                chars.append(_Char(0x20, last.right, last.right, last.bottom, last.top))
            chars.append(char)
        last, blank = char, False
    return groups


def _upright(code: int, box: Any, angle: int) -> _Char:
    """The character's box after the page was turned back by `angle` quarter turns."""
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    if angle == 3:
        left, right, bottom, top = bottom, top, -right, -left
    elif angle == 2:
        left, right, bottom, top = -right, -left, -top, -bottom
    elif angle == 1:
        left, right, bottom, top = -top, -bottom, left, right
    return _Char(code, left, right, bottom, top)


def _beside(last: _Char, char: _Char) -> bool:
    """Whether `char` goes on where `last` ends: on its line (or raised), no further off than a wide blank."""
    height = max(last.top - last.bottom, char.top - char.bottom, 0.1)
    smaller = max(min(last.top - last.bottom, char.top - char.bottom), 0.1)
    overlap = min(last.top, char.top) - max(last.bottom, char.bottom)
    if overlap < 0.5 * smaller:
        return False
    rightward = char.left - last.right
    leftward = last.left - char.right
    return -0.6 * height < rightward < 0.9 * height or -0.6 * height < leftward < 0.9 * height


def _text(chars: list[_Char]) -> str:
    """Code units to text: characters beyond the BMP may come as two surrogates."""
    units = "".join(chr(char.code) for char in chars)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _run(text: str, chars: list[_Char], weight: int) -> Run:
    heights = sorted(char.top - char.bottom for char in chars)
    return Run(
        text=text,
        left=min(char.left for char in chars),
        right=max(char.right for char in chars),
        bottom=min(char.bottom for char in chars),
        top=max(char.top for char in chars),
        height=heights[len(heights) // 2],
        bold=weight >= _BOLD,
    )
