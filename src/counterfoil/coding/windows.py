"""Windows: the stretches of a report that are coded as one, a few paragraphs with their context.

An analyst quotes a paragraph or two and codes what they show together: who poses as whom is told in one
sentence, on which platform in the next. So techniques are weighed over a window, and then tied to the
passages in it that give them away.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from counterfoil.model.report import Passage

LEAST = 60  #: words below which a paragraph takes in the next
MOST = 320  #: words above which a window is divided


def windows(text: str, passages: Sequence[Passage]) -> Iterator[range]:
    """The passages of each window, as ranges of their numbers, in text order; every passage is in one."""
    sizes = [len(text[passage.start : passage.end].split()) for passage in passages]
    begin, words, end = 0, 0, 0
    for paragraph in _paragraphs(passages):
        size = sum(sizes[number] for number in paragraph)
        if words >= LEAST or (words and words + size > MOST):
            yield from _divided(range(begin, end), sizes)
            begin, words = paragraph.start, 0
        words, end = words + size, paragraph.stop
    if end > begin:
        yield from _divided(range(begin, end), sizes)


def _paragraphs(passages: Sequence[Passage]) -> Iterator[range]:
    numbers = range(len(passages))
    for _, members in groupby(numbers, key=lambda number: (passages[number].block, passages[number].block < 0)):
        inside = list(members)
        yield range(inside[0], inside[-1] + 1)


def _divided(window: range, sizes: Sequence[int]) -> Iterator[range]:
    """The window itself, or about equal parts of at most `MOST` words."""
    total = sum(sizes[number] for number in window)
    parts = -(-total // MOST)
    if parts < 2:
        yield window
        return
    begin, words, share = window.start, 0, total / parts
    for number in window:
        words += sizes[number]
        if words >= share and number + 1 < window.stop:
            yield range(begin, number + 1)
            begin, words = number + 1, 0
    yield range(begin, window.stop)
