"""Where a text names whom: looked up once, then asked at many offsets."""

from bisect import bisect_left
from collections.abc import Mapping

from counterfoil.extraction.phrases import PhraseIndex

Mention = tuple[int, int, str]  #: start, end, who is meant


class Placed:
    """Every mention of some names in a text, in order, each with whom the name stands for.

    `meant` is name -> whose name it is. A question costs the logarithm of the number of mentions.
    """

    def __init__(self, text: str, meant: Mapping[str, str]) -> None:
        self.mentions: list[Mention] = [(start, end, meant[name]) for start, end, name in PhraseIndex(meant).find(text)]
        self.starts: list[int] = [start for start, _, _ in self.mentions]
        self._same_from: list[int] = []  #: per mention, where the run of mentions of the same one begins
        for index, (_, _, who) in enumerate(self.mentions):
            goes_on = index and self.mentions[index - 1][2] == who
            self._same_from.append(self._same_from[-1] if goes_on else index)

    def first(self, start: int, end: int) -> Mention | None:
        """The first mention that stands wholly inside a range."""
        index = bisect_left(self.starts, start)
        inside = index < len(self.mentions) and self.mentions[index][1] <= end
        return self.mentions[index] if inside else None

    def last(self, start: int, end: int) -> Mention | None:
        """The last mention that stands wholly inside a range."""
        index = bisect_left(self.starts, end) - 1
        if index >= 0 and self.mentions[index][1] > end:
            index -= 1  # mentions never overlap, so the one before ends early enough
        return self.mentions[index] if index >= 0 and self.mentions[index][0] >= start else None

    def only(self, start: int, end: int) -> str:
        """Who is mentioned in a range, if it is one and the same throughout; else empty."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end) - 1
        if last < first or self._same_from[last] > first:
            return ""
        return self.mentions[last][2]
