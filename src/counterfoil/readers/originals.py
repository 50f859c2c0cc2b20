"""The original of a report to look at: a page of a PDF as a picture, a web page made harmless.

Both come from people who mean harm, so they are drawn and cleaned in the child process in which they were read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers.reader import Limits, Source

LIMITS = Limits(seconds=20)  #: somebody waits in front of the screen
MARKED = 48  #: letters and digits of a block by which its place in a web page is found


Mark = tuple[int, str, int]  #: an offset, the first letters that stand there, and how many follow until the next


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG: its size in pixels, and how many pages there are."""

    png: bytes = field(repr=False)
    width: int
    height: int
    pages: int


def picture(data: bytes, name: str, page: int) -> Picture:
    """A page of a PDF, counted from 1.

    Raises:
        ReadError: the PDF cannot be drawn, has no such page, or takes too much memory or time.
    """
    from counterfoil.readers.contained import exchange

    answer, png = exchange({"job": "picture", "page": page}, Source(data, name, limits=LIMITS))
    return Picture(png, answer["width"], answer["height"], answer["pages"])


def archived(data: bytes, name: str, marks: Sequence[Mark]) -> str:
    """The body of a web page without scripts, styles, links, forms and all else that does something or asks for
    something elsewhere; what its readers do not see is left out, as when it was read (`hidden`).

    Args:
        marks: places to find again, in their order (`marks_of`). An element with the id "p" and the offset stands
            before each; what is not found gets none.

    Raises:
        ReadError: it cannot be read, or takes too much memory or time.
    """
    from counterfoil.readers.contained import exchange

    _, html = exchange({"job": "archive", "marks": list(marks)}, Source(data, name, limits=LIMITS))
    return html.decode("utf-8")


def marks_of(report: Report) -> list[Mark]:
    """The places of a report's blocks."""
    found = ((block.start, letters_of(report.text[block.start : block.end])) for block in report.blocks)
    return [(start, letters[:MARKED], len(letters)) for start, letters in found if letters]


def letters_of(text: str) -> str:
    """The letters and digits of a text, without case."""
    return "".join(char for char in text if char.isalnum()).casefold()


def no_such_page(name: str, page: int, pages: int) -> ReadError:
    """What to say of a page that is not there."""
    return ReadError(f"{name} has no page {page}: it has {pages}.")
