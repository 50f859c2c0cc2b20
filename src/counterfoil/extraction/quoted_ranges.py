"""Which offsets stand between quotation marks."""

from bisect import bisect_right
from collections.abc import Iterable

from counterfoil.extraction.quotations import Quotation


class Ranges:
    """The outermost quotations of a text."""

    def __init__(self, quotations: Iterable[Quotation]) -> None:
        self._outer = [item for item in quotations if not item.depth]
        self._starts = [item.start for item in self._outer]

    def around(self, offset: int) -> Quotation | None:
        """The outermost quotation that an offset stands in."""
        at = bisect_right(self._starts, offset) - 1
        return self._outer[at] if at >= 0 and offset < self._outer[at].end else None

    def end_around(self, offset: int) -> int:
        """The offset, or the end of the quotation that it stands in, with its closing mark."""
        inside = self.around(offset - 1)
        return max(offset, inside.end + 1) if inside and inside.end > offset else offset

    def last_end(self, start: int, end: int) -> int:
        """Behind the closing mark of the last quotation that begins in a range; 0 if none does."""
        at = bisect_right(self._starts, end - 1) - 1
        return self._outer[at].end + 1 if at >= 0 and self._starts[at] >= start else 0

    def inside(self, start: int, end: int) -> list[Quotation]:
        """The outermost quotations that begin in a range, in order."""
        return self._outer[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]
