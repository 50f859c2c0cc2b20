"""A report's text as paragraphs, each one node of the page, so that offsets can be found again in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from counterfoil.model.evidence import Span
from counterfoil.model.report import Block, BlockKind, Report


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph, lit or not."""

    text: str
    lit: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text: `start` and `end` in code points, `page` where a new page begins, else None."""

    start: int
    end: int
    tag: str
    kind: str
    pieces: tuple[Piece, ...]
    page: int | None = None

    @property
    def anchor(self) -> str:
        return f"p{self.start}"


def paragraphs(report: Report, lit: Sequence[Span] = ()) -> list[Paragraph]:
    """The whole text, in order; `lit` spans are marked for browsers that run no script."""
    found: list[Paragraph] = []
    last_page: int | None = None
    depth = 0  # of the last heading; none goes deeper than one below it, whatever the original did
    for block in _without_gaps(report):
        page = report.page_of(block.start)
        is_heading = block.kind is BlockKind.HEADING
        depth = min(block.level or 1, depth + 1) if is_heading else depth
        found.append(
            Paragraph(
                start=block.start,
                end=block.end,
                tag=f"h{min(1 + depth, 6)}" if is_heading else "p",  # the page's own h1 is the report's title
                kind=block.kind.value,
                pieces=tuple(_pieces(report.text, block, lit)),
                page=page if page != last_page else None,
            )
        )
        last_page = page
    return found


def anchor_of(found: Sequence[Paragraph], offset: int) -> str:
    """The anchor of the paragraph in which the character at `offset` stands, or the last before it."""
    from bisect import bisect_right

    index = max(0, bisect_right(found, offset, key=lambda paragraph: paragraph.start) - 1)
    return found[index].anchor if found else ""


def _without_gaps(report: Report) -> Iterator[Block]:
    """The blocks in order, none twice, and paragraphs for text that stands in no block."""
    at = 0
    for block in sorted(report.blocks, key=lambda block: (block.start, -block.end)):
        start = max(block.start, at)
        if start >= block.end:
            continue
        yield from _loose(report.text, at, start)
        yield Block(block.kind, start, block.end, block.level)
        at = block.end
    yield from _loose(report.text, at, len(report.text))


def _loose(text: str, start: int, end: int) -> Iterator[Block]:
    inside = text[start:end]
    if inside.strip():
        first = start + len(inside) - len(inside.lstrip())
        yield Block(BlockKind.PARAGRAPH, first, start + len(inside.rstrip()))


def _pieces(text: str, block: Block, lit: Iterable[Span]) -> Iterator[Piece]:
    at = block.start
    for start, end in _merged((max(s.start, block.start), min(s.end, block.end)) for s in lit):
        if at < start:
            yield Piece(text[at:start], False)
        yield Piece(text[start:end], True)
        at = end
    if at < block.end:
        yield Piece(text[at : block.end], False)


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
