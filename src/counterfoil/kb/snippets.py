"""The part of a text that a search found, with the words that were looked for marked.

A snippet is data: plain pieces, marked or not. Who shows it escapes it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from counterfoil.kb.folding import FOLDS, fold
from counterfoil.kb.search_words import Term

WIDTH = 220  #: characters of a snippet
_BEFORE = 60  #: characters of it that may stand before the first mark
_STRETCH = 8_192  #: characters of a long text that are folded at once
_OVERLAP = 400  #: characters that two stretches share, so that no phrase is cut
_MOST = 40  #: places of one term that are looked at


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of plain text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """Pieces of a text in order; `start` is where the first mark stands (code points), None without one."""

    pieces: tuple[Piece, ...]
    start: int | None = None


Place = tuple[int, int, int]  # start, end, number of the term


def snippet(text: str, terms: Sequence[Term], width: int = WIDTH) -> Snippet:
    """The part of the text with the most of the terms; its beginning if it has none of them."""
    places = _places(text, terms)
    if not places:
        return Snippet(_pieces(text, 0, _until(text, width), ()))
    first = max(places, key=lambda place: (_variety(places, place[0], width - _BEFORE), -place[0]))[0]
    start = _from(text, first)
    end = max(_until(text, start + width), next(place[1] for place in places if place[0] == first))
    return Snippet(_pieces(text, start, end, places), first)


def marked(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """The whole text with the terms marked."""
    return _pieces(text, 0, len(text), _places(text, terms))


def _places(text: str, terms: Sequence[Term]) -> list[Place]:
    """Where the terms stand in the first stretch of the text that has any of them."""
    patterns = [_pattern(term) for term in terms]
    for offset in range(0, len(text), _STRETCH):
        stretch = text[offset : offset + _STRETCH + _OVERLAP]
        found = [(offset + a, offset + b, n) for a, b, n in _found(stretch, patterns)]
        if found:
            return sorted(found)
    return []


def _pattern(term: Term) -> re.Pattern[str]:
    """The term in folded text, with the space before it: a pattern that begins with plain letters is fast."""
    end = "[^ ]*" if term.prefix else ""
    return re.compile(f" {' +'.join(map(re.escape, term.words))}{end}(?= )")


def _found(text: str, patterns: Sequence[re.Pattern[str]]) -> list[Place]:
    folded = fold(text)
    matches = [(match.start(), match.end() - 1, n) for n, p in enumerate(patterns) for match in _some(p, folded)]
    if len(folded) == len(text) and all(_same(text[a:b], folded[a:b]) for a, b, _ in matches):
        return matches
    # A character became none or several: find out which.
    lengths = [len(FOLDS[ord(char)]) for char in text]
    starts = [0, *accumulate(lengths)]
    return [(_char(starts, lengths, a), _char(starts, lengths, b - 1) + 1, n) for a, b, n in matches]


def _some(pattern: re.Pattern[str], folded: str) -> list[re.Match[str]]:
    return [match for match, _ in zip(pattern.finditer(f" {folded} "), range(_MOST), strict=False)]


def _same(text: str, folded: str) -> bool:
    return fold(text) == folded


def _char(starts: list[int], lengths: list[int], at: int) -> int:
    """The character that the folded text's character at that offset comes from."""
    index = bisect_right(starts, at) - 1
    while index and not lengths[index]:
        index -= 1
    return index


def _variety(places: Sequence[Place], start: int, width: int) -> int:
    return len({number for a, b, number in places if a >= start and b <= start + width})


def _from(text: str, first: int) -> int:
    """Where to begin so that a mark at `first` has some words before it: after a space, if there is one."""
    start = max(0, first - _BEFORE)
    if start == 0:
        return 0
    space = re.compile(r"\s").search(text, start - 1, first)
    return space.end() if space else start


def _until(text: str, end: int) -> int:
    """Where to end: before the word that would go beyond."""
    if end >= len(text):
        return len(text)
    spaces = list(re.compile(r"\s").finditer(text, max(0, end - 30), end + 1))
    return spaces[-1].start() if spaces else end


def _pieces(text: str, start: int, end: int, places: Sequence[Place]) -> tuple[Piece, ...]:
    pieces = [Piece("… ", False)] if start else []
    at = start
    for a, b, _ in places:
        if a < at and b > at:
            a = at  # two terms overlap
        if a < at or b > end:
            continue
        pieces += [Piece(_plain(text[at:a]), False), Piece(_plain(text[a:b]), True)]
        at = b
    pieces.append(Piece(_plain(text[at:end]), False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return tuple(piece for piece in pieces if piece.text)


def _plain(text: str) -> str:
    """On one line; the parts of an entry's body are set apart."""
    return re.sub(r"\s+", " ", text.replace("\x1e", " · "))
