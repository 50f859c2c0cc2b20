"""Words that somebody copied from a report, found in it again."""

from counterfoil.errors import EvidenceError
from counterfoil.model.report import Report


def range_of(report: Report, words: str, near: int) -> tuple[int, int]:
    """Where the words stand in the report: letter by letter; of several places the one nearest to `near`.

    Raises:
        EvidenceError: they do not stand there.
    """
    quote = words.replace("\r\n", "\n").strip()
    places, at = [], report.text.find(quote) if quote else -1
    while at >= 0:
        places.append(at)
        at = report.text.find(quote, at + 1)
    if not places:
        raise EvidenceError(
            f"The report does not say {quote[:60]!r}.", "Copy the words from its text, letter by letter."
        )
    start = min(places, key=lambda place: abs(place - near))
    return start, start + len(quote)
