"""Passages: what coders are handed, a sentence at a time with its neighbours, as ranges of the text."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from counterfoil.model.report import Passage, Report
from counterfoil.readers.sentences import sentence_ranges

#: Longer sentences are cut, so that a passage stays something that can be read and coded at a glance.
MAX_CHARS = 800
_MIN_PIECE = 200
_CLAUSE_END = re.compile(r"[;:,—–،؛、，；：](?=\s)|[、，；：]|\s[—–-](?=\s)")
_BLANK = re.compile(r"\s")
_JOINER = "\u200d"
_NO_BLOCK = -1
_BLANK_LINE = re.compile(r"\n\s*\n")


def passages(report: Report) -> tuple[Passage, ...]:
    """Every sentence of the report, in text order; together they hold each non-blank character once.

    Sentences never cross blocks; those over 800 characters are cut after a clause or at a blank. The window
    takes in one neighbour on either side in the same block. Text outside all blocks (a report without
    structure) is taken by paragraphs, with `block` -1.
    """
    found: list[Passage] = []
    for index, start, end in _stretches(report):
        ranges = [
            piece
            for sentence in sentence_ranges(report.text, start, end, report.language)
            for piece in _pieces(report.text, *sentence)
        ]
        last = len(ranges) - 1
        for at, (begin, stop) in enumerate(ranges):
            window = (ranges[max(0, at - 1)][0], ranges[min(last, at + 1)][1])
            found.append(Passage(begin, stop, *window, index))
    return tuple(found)


def _stretches(report: Report) -> Iterator[tuple[int, int, int]]:
    """The blocks as (index, start, end), and what lies between them by paragraphs as index -1."""
    position = 0
    for index, block in enumerate(report.blocks):
        start = max(block.start, position)
        yield from _loose(report.text, position, start)
        if start < block.end:
            yield index, start, block.end
            position = block.end
    yield from _loose(report.text, position, len(report.text))


def _loose(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    breaks = [match.span() for match in _BLANK_LINE.finditer(text, start, end)]
    edges = [start, *(edge for span in breaks for edge in span), end]
    for begin, stop in list(pairwise(edges))[::2]:
        if text[begin:stop].strip():
            yield _NO_BLOCK, begin, stop


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence itself, or its parts of at most `MAX_CHARS` characters, trimmed."""
    while end - start > MAX_CHARS:
        cut = _cut(text, start)
        piece = text[start:cut].rstrip()
        yield start, start + len(piece)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _cut(text: str, start: int) -> int:
    """Where to cut text that is too long: after the last clause, else at the last blank, else anywhere."""
    limit = start + MAX_CHARS
    for pattern in (_CLAUSE_END, _BLANK):
        ends = [match.end() for match in pattern.finditer(text, start + _MIN_PIECE, limit)]
        if ends:
            return ends[-1]
    cut = limit
    while cut > start + _MIN_PIECE and _clings(text, cut):
        cut -= 1
    return cut


def _clings(text: str, at: int) -> bool:
    """Whether the character at `at` belongs to the one before it: an accent, a part of an emoji."""
    char = text[at : at + 1]
    return text[at - 1] == _JOINER or (
        bool(char)
        and (
            unicodedata.combining(char) > 0 or unicodedata.category(char) in ("Mn", "Mc", "Me", "Sk") or char == _JOINER
        )
    )
