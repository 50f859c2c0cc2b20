"""Evidence: a range of a frozen text, together with the words that stand there."""

from dataclasses import dataclass

from counterfoil.errors import EvidenceError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A quote and where it stands: `text[start:end] == quote`.

    Offsets count Unicode code points of the report's frozen text, end exclusive. Make one with
    `Span.cut` (from a text) or `Span.check` (from stored parts): both verify. The plain constructor
    can only check that quote and offsets agree in length.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            raise EvidenceError(
                f"A span from {self.start} to {self.end} cannot hold a quote of {len(self.quote)} characters."
            )

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> "Span":
        """The span of `text` from `start` to `end`.

        Raises:
            EvidenceError: the range is empty or reaches beyond the text.
        """
        if not 0 <= start < end <= len(text):
            raise EvidenceError(f"The range {start} to {end} is not inside a text of {len(text)} characters.")
        return cls(start, end, text[start:end])

    @classmethod
    def check(cls, text: str, start: int, end: int, quote: str) -> "Span":
        """The span, if `text` really has `quote` there.

        Raises:
            EvidenceError: it has not; the span is an orphan and is never moved in silence.
        """
        if text[start:end] != quote:
            raise EvidenceError(
                f"The text from {start} to {end} is not the quoted {quote[:60]!r}.",
                "Check that the offsets count Unicode code points of the text that `counterfoil show --text` prints.",
            )
        return cls(start, end, quote)

    def overlaps(self, other: "Span") -> bool:
        """Whether both share at least one character."""
        return self.start < other.end and other.start < self.end
