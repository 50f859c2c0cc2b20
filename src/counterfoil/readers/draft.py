"""A report in the making: blocks go in one by one, the frozen text with its ranges comes out."""

import re
from collections.abc import Iterable

from counterfoil.errors import ReadError
from counterfoil.model.report import Block, BlockKind, Report
from counterfoil.readers.reader import Source

#: Between two blocks, and never inside one.
SEPARATOR = "\n\n"

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_ROUND_LINE_ENDS = re.compile(r" *\n *")
_EMPTY_LINES = re.compile(r"\n\s*\n")


def clean(text: str) -> str:
    """`text` with "\\n" as its only line end and without control characters or lone surrogates."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def collapse(text: str) -> str:
    """Clean text with every run of blanks made one, and none at the ends of lines."""
    return _ROUND_LINE_ENDS.sub("\n", _BLANKS.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Text fit for a title or a name: clean, and on one line."""
    return " ".join(clean(text).split())


class Draft:
    """Collects blocks and notes. Text must be clean; blocks without any text are passed over."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self.notes: list[str] = []

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Append a block; empty lines in it are closed up, so that only blocks are set apart by one."""
        text = _EMPTY_LINES.sub("\n", text.strip())
        if not text:
            return
        start = self._length + (len(SEPARATOR) if self._parts else 0)
        self._parts.append(text)
        self._blocks.append(Block(kind, start, start + len(text), level))
        self._length = start + len(text)

    def extend(self, blocks: Iterable[tuple[BlockKind, str, int]]) -> None:
        for kind, text, level in blocks:
            self.add(kind, text, level)

    def note(self, sentence: str) -> None:
        """Say what was left out or mended; empty sentences are passed over."""
        if sentence:
            self.notes.append(sentence)

    @property
    def text(self) -> str:
        return SEPARATOR.join(self._parts)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)

    def first_heading(self) -> str:
        """The text of the first top-level heading, else an empty string."""
        pairs = zip(self._blocks, self._parts, strict=True)
        return next((text for block, text in pairs if block.kind is BlockKind.HEADING and block.level == 1), "")

    def report(self, source: Source, **about: str) -> Report:
        """The finished report; `about` takes title, author, publisher, published and url.

        Raises:
            ReadError: there is no text, or more than the limit.
        """
        if not self._parts:
            raise ReadError(f"{source.name} holds no text.", "There is nothing to code in it.")
        check_text_size(source, self._length)
        return Report(
            text=self.text,
            source=source.name,
            title=one_line(about.get("title", "")),
            author=one_line(about.get("author", "")),
            publisher=one_line(about.get("publisher", "")),
            published=about.get("published", ""),
            url=one_line(about.get("url", "")),
            blocks=self.blocks,
            notes=tuple(self.notes),
        )


def check_text_size(source: Source, size: int) -> None:
    """Refuse a text of `size` bytes or characters that is over the limit.

    Raises:
        ReadError: it is.
    """
    if size > source.limits.text_bytes:
        raise ReadError(
            f"{source.name} holds {size / 1e6:.0f} MB of text; the limit is {source.limits.text_bytes / 1e6:.0f} MB.",
            "Split it, or keep only the part that is to be coded.",
        )
