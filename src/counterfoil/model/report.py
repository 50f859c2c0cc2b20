"""Reports: a text frozen when it was added, its structure as ranges, and its passages."""

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from counterfoil.model.evidence import Span


class BlockKind(StrEnum):
    """What a block of the text was in the original."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, block quote, ... as a range of the report's text.

    `level` is the depth of a heading (1 to 6) or of a nested block quote (1 and up), else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a paginated original: its printed order (from 1) and the range of its text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Original:
    """The file as it came: kept in the workspace beside the database, named by its hash."""

    data: bytes = field(repr=False)
    media_type: str

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


@lru_cache(maxsize=64)  # asked for again and again while a report is at hand; hashing a text again costs more
def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """A text that evidence points into. Frozen: the text never changes after it was added.

    `source` is the path, URL or "-" it came from; `published` an ISO 8601 date with the precision
    that the source gives ("2024-10-23", "2024-10", "2024"); `language` an ISO 639-1 code or "und".
    `notes` says in plain words what the reader left out or mended.
    """

    text: str = field(repr=False)
    source: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = "und"
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    pages: tuple[Page, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the text's UTF-8 form, in hex: what offsets refer to."""
        return _hash(self.text)

    @property
    def id(self) -> str:
        """The report's id, from its text alone: the same text is the same report."""
        return f"R-{self.sha256[:12]}"

    def span(self, start: int, end: int) -> Span:
        """The evidence from `start` to `end` of this report's text."""
        return Span.cut(self.text, start, end)

    def page_of(self, offset: int) -> int | None:
        """The page on which the character at `offset` stands; None without pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[index].number if index >= 0 else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with a window of its neighbours, as ranges of the report's text (never copies).

    `start`/`end` is the sentence; `window_start`/`window_end` also takes in the neighbours inside
    the same block; `block` indexes `Report.blocks`.
    """

    start: int
    end: int
    window_start: int
    window_end: int
    block: int
