"""Lines of a PDF to paragraphs: where one ends, which hyphens were only line breaks, what is a heading."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from counterfoil.model.report import BlockKind
from counterfoil.readers.pdf_columns import Line

_SENTENCE_END = re.compile(r"[.!?:…。！？؟۔][\"'”’»)\]\d]*$")
_BULLET = re.compile(r"[•‣▪●◦·■➢\uf0b7]\s*|[-–]\s+")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+\S")
_NOTE_MARK = re.compile(r"(?:\[?\d{1,3}\]?|[*†‡§])\s*\S")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"(\S*?)([^\W\d_]+)-$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: First parts that keep their hyphen whatever follows.
_KEEPING = frozenset(
    "well self non anti pro ex cross co half all state semi pan so-called post pre counter multi ill "
    "high low long short real hard mid north south east west far left right full part open ever".split()
)


@dataclass(slots=True)
class Paragraph:
    """Text of one block. `marks` are (offset in text, page number) where a page begins in it."""

    kind: BlockKind
    text: str
    level: int = 0
    marks: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual in the document: the body's font height, line spacing, and each column's edges."""

    height: float
    spacing: float
    edges: dict[int, tuple[float, float]]
    headings: tuple[float, ...]  #: heights larger than the body's, largest first


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Join the document's lines, given in reading order, to paragraphs."""
    if not lines:
        return []
    measure = _measure(lines)
    words = _vocabulary(lines)
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _breaks(before, line, groups[-1], measure):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_paragraph(group, measure, words) for group in groups]


def _measure(lines: list[Line]) -> _Measure:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.height, 1)] += len(line.text)
    height = sizes.most_common(1)[0][0]
    steps = [
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if before.column == line.column and 0 < before.bottom - line.bottom < 3 * height
    ]
    edges: dict[int, tuple[float, float]] = {}
    for line in lines:
        left, right = edges.get(line.column, (line.left, line.right))
        edges[line.column] = (min(left, line.left), max(right, line.right))
    larger = {size for size in sizes if size >= 1.15 * height}
    return _Measure(height, median(steps) if steps else 1.2 * height, edges, tuple(sorted(larger, reverse=True)))


def _breaks(before: Line, line: Line, group: list[Line], measure: _Measure) -> bool:
    if (
        line.table
        or before.table
        or not 0.88 < line.height / max(before.height, 0.1) < 1.14
        or line.bold != before.bold
    ):
        return True
    if _BULLET.match(line.text) or (_NUMBERED.match(line.text) and _ends(group, line)):
        return True
    if before.column != line.column:
        return _SENTENCE_END.search(before.text) is not None or _ends(group, line)
    step = before.bottom - line.bottom
    usual = measure.spacing * max(1.0, line.height / measure.height)
    if step > 1.35 * usual or step < -0.5 * usual:
        return True
    left = measure.edges[line.column][0]
    indented = line.left - left > 0.7 * line.height and line.left - before.left > 0.5 * line.height
    hanging = _BULLET.match(group[0].text) or _NUMBERED.match(group[0].text) or _NOTE_MARK.match(group[0].text)
    if indented and not (hanging and len(group) == 1):
        return True
    return _ends(group, line)


def _ends(group: list[Line], line: Line) -> bool:
    """Whether the paragraph's last line was ended on purpose: after a sentence though the next word would
    have fitted, or far from where the lines around it end."""
    before = group[-1]
    if _LAST_WORD.search(before.text):
        return False
    right = max(before.right, *(near.right for near in group[-5:]))
    if line.column == before.column:
        right = max(right, line.right)
    room = right - before.right
    if _SENTENCE_END.search(before.text):
        letter = (line.right - line.left) / max(len(line.text), 1)
        word = len(line.text.split(None, 1)[0]) if line.text else 1
        return room > (word + 2) * letter
    return room > 0.4 * (right - before.left)


def _paragraph(group: list[Line], measure: _Measure, words: Counter[str]) -> Paragraph:
    text = ""
    marks: list[tuple[int, int]] = []
    page = 0
    for line in group:
        text, start = _join(text, line.text, words)
        if line.page != page:
            page = line.page
            marks.append((start, page))
    kind, level = _kind(group, text, measure)
    if kind is BlockKind.LIST_ITEM and (bullet := _BULLET.match(text)):
        text = text[bullet.end() :]
        marks = [(max(0, offset - bullet.end()), number) for offset, number in marks]
    return Paragraph(kind, text, level, marks)


def _kind(group: list[Line], text: str, measure: _Measure) -> tuple[BlockKind, int]:
    height = group[0].height
    if group[0].table:
        return BlockKind.TABLE, 0
    if _BULLET.match(text) or _NUMBERED.match(text):
        return BlockKind.LIST_ITEM, 0
    short = len(text) < 200 and any(char.isalpha() for char in text)
    if height >= 1.15 * measure.height and short:
        level = next((n for n, size in enumerate(measure.headings, 1) if height >= size - 0.1), 1)
        return BlockKind.HEADING, min(level, 6)
    if group[0].bold and short and len(group) <= 2 and not text.endswith((".", ",", ";")):
        return BlockKind.HEADING, min(len(measure.headings) + 1, 6)
    if height <= 0.9 * measure.height and _NOTE_MARK.match(text):
        return BlockKind.FOOTNOTE, 0
    return BlockKind.PARAGRAPH, 0


def _join(text: str, following: str, words: Counter[str]) -> tuple[str, int]:
    """`text` with the next line, and where in it that line begins."""
    if not text:
        return following, 0
    if text.endswith("-") and len(text) > 1 and not text[-2].isspace():
        if _is_word_break(text, following, words):
            text = text[:-1]
        return text + following, len(text)
    if text[-1] in "—–/" and not text[-2:-1].isspace() and len(text) > 1:
        return text + following, len(text)
    if _is_cjk(text[-1]) and _is_cjk(following[:1]):
        return text + following, len(text)
    return f"{text} {following}", len(text) + 1


def _is_word_break(text: str, following: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of `text` only marks that the word goes on.

    It stays before a capital or digit, after a first part such as "well" or "self", in an address, and
    where the document writes the compound with its hyphen, or both parts as words but never as one.
    """
    last, first = _LAST_WORD.search(text), _FIRST_WORD.match(following)
    if last is None or first is None or not first.group()[0].islower():
        return False
    before, part = last.group(1), last.group(2).casefold()
    rest = first.group().casefold()
    if "://" in before or before.endswith(("/", ".", "@")) or part in _KEEPING or before.endswith("-"):
        return False
    if words[part + rest]:
        return True
    if words[f"{part}-{rest}"]:
        return False
    return not (len(part) > 2 and words[part] and words[rest])


def _vocabulary(lines: list[Line]) -> Counter[str]:
    """How often each whole word stands in the document; parts broken at a line's end are not counted."""
    words: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = [word.casefold() for word in _WORD.findall(line.text)]
        after, broken = broken, line.text.endswith("-")
        words.update(found[1 if after else 0 : len(found) - 1 if broken else len(found)])
    return words


def _is_cjk(char: str) -> bool:
    return "\u3000" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
