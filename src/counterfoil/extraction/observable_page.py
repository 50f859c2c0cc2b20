"""The refanged text as the finders of observables share it: who has claimed which letters."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.reading import Mapped

LONG = 26  #: letters of the shortest wallet address


class Hit(NamedTuple):
    """An observable: its range in the refanged text and its normalised value.

    `platform` is where a handle lives or what issued an id; `kind` replaces the type that the finder stands for.
    """

    start: int
    end: int
    value: str
    platform: str = ""
    kind: str = ""


class Page:
    """The refanged text, and which of its characters an observable has already claimed."""

    def __init__(self, mapped: Mapped, frozen: str) -> None:
        self.mapped = mapped
        self.text = mapped.text
        self._frozen = frozen
        self._claimed = bytearray(len(mapped.text))

    @cached_property
    def folded(self) -> str:
        """The text in lower case, letter by letter (a letter whose lower case is longer stays)."""
        low = self.text.lower()
        return (
            low if len(low) == len(self.text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        )

    @cached_property
    def _chunks(self) -> list[tuple[int, int, str]]:
        """What stands between blanks and may be more than a word."""
        chunks: list[tuple[int, int, str]] = []
        end = 0
        for chunk in self.text.split():
            start = self.text.find(chunk, end)  # only blanks stand between
            end = start + len(chunk)
            if not chunk.isalpha() or len(chunk) >= LONG:
                chunks.append((start, end, chunk))
        return chunks

    def matches(self, pattern: Expression, sign: str) -> Iterator[re.Match[str]]:
        """The matches of a pattern that holds no blank, in what has a sign in it; if it is empty, in what is long."""
        for start, end, written in self._chunks:
            if sign in written if sign else end - start >= LONG:
                yield from pattern.finditer(self.text, start, end)

    def is_free(self, start: int, end: int) -> bool:
        """Whether no part of a range is taken."""
        return self._claimed.find(1, start, end) < 0

    def claim(self, start: int, end: int) -> bool:
        """Take a range, unless a part of it is taken."""
        if not self.is_free(start, end):
            return False
        self._claimed[start:end] = b"\x01" * (end - start)
        return True

    def is_defanged(self, start: int, end: int) -> bool:
        """Whether the range was written in another way than it reads now."""
        first, last = self.mapped.range(start, end)
        return self._frozen[first:last] != self.text[start:end]
