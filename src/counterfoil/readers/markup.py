"""A tree of HTML elements to blocks of text: one walk for HTML, Markdown, DOCX and mail.

The walk keeps its own stack: pages nested deeper than Python recurses must not matter.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterfoil.model.report import BlockKind
from counterfoil.readers.draft import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Block = tuple[BlockKind, str, int]

#: Elements whose content nobody reads as text of the page.
SKIPPED = frozenset(
    "script style template noscript head title svg math iframe object embed canvas audio video map "
    "select option textarea button input datalist progress meter rp area".split()
)
_BREAKING = frozenset(
    "address article aside body blockquote caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form header hgroup hr html legend li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul h1 h2 h3 h4 h5 h6".split()
)
#: Inline elements that a browser draws as signs: at their start and at their end.
_SIGNS = {"br": ("\n", ""), "q": ("“", "”")}
_PROSE_CELL = 200  #: characters
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLANKS = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_LINE_END = re.compile(r" *\n *")
_FOOTNOTE_ID = re.compile(r"(?:fn|foot-?note|end-?note|cite_note)[-_:.]?\w*", re.I)
_FOOTNOTE_CLASS = re.compile(r"\b(?:foot|end)-?notes?\b", re.I)
_FOOTNOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "doc-endnotes"})
_BACKLINK = re.compile(r"#(?:fn-?ref|foot-?note-?ref|end-?note-?ref|cite_ref)", re.I)
_FULL_URL = re.compile(r"(?:https?|ftp|hxxps?)://", re.I)


def blocks_of(root: "HtmlElement", link_urls: bool = False) -> Iterator[Block]:
    """The readable blocks under `root`, in document order, with blanks collapsed.

    A data table gives one block a row, cells set apart by " | ", or one block a cell where cells hold
    prose; a table that only lays out the page is read through. Two line breaks in a row end a block. With
    `link_urls`, a link's full address follows its text in brackets where it says something else.
    """
    return _Walk(link_urls).run(root)


class _Walk:
    def __init__(self, link_urls: bool) -> None:
        self._link_urls = link_urls
        self._buffer: list[str] = []
        self._quotes = 0
        self._lists = 0
        self._notes = 0
        self._preformatted = 0
        self._cells: list[str] | None = None  # of the data table's row being read
        self._heading = 0

    def run(self, root: "HtmlElement") -> Iterator[Block]:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                tag = element.tag
                if tag in SKIPPED or _is_backlink(element):
                    walk.skip_subtree()
                    continue
                yield from self._open(element, tag)
                self._text(element.text)
                continue
            if event == "end" and element.tag not in SKIPPED and not _is_backlink(element):
                yield from self._close(element, element.tag)
            if element is not root:
                self._text(element.tail)
        yield from self._flush()

    def _open(self, element: "HtmlElement", tag: str) -> Iterator[Block]:
        if tag in _SIGNS:
            self._buffer.append(_SIGNS[tag][0])
        if tag not in _BREAKING:
            return
        if self._cells is not None:  # inside a row: blocks in a cell are paragraphs of it
            self._buffer.append("\n\n" if tag not in ("td", "th") else "")
        else:
            yield from self._flush()
        if tag == "tr" and _is_data_row(element):
            self._cells = []
        self._enter(element, tag, 1)

    def _close(self, element: "HtmlElement", tag: str) -> Iterator[Block]:
        if tag in _SIGNS:
            self._buffer.append(_SIGNS[tag][1])
        if tag == "a" and self._link_urls:
            self._link(element)
        if tag not in _BREAKING:
            return
        if self._cells is None:
            yield from self._flush()
        elif tag in ("td", "th"):
            self._cells.append(self._take())
        elif tag == "tr":
            cells, self._cells = self._cells, None
            self._buffer.clear()
            # Cells of prose are read one by one; short ones only say something side by side.
            prose = max(map(len, cells), default=0) > _PROSE_CELL
            for row in cells if prose else [" | ".join(cells)]:
                yield from self._pieces(BlockKind.TABLE, row, 0)
        else:
            self._buffer.append("\n\n")
        self._enter(element, tag, -1)

    def _enter(self, element: "HtmlElement", tag: str, step: int) -> None:
        self._quotes += step * (tag == "blockquote")
        self._lists += step * (tag in ("li", "dd"))
        self._preformatted += step * (tag == "pre")
        self._notes += step * _is_footnote(element)
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag] if step > 0 else 0

    def _text(self, text: str | None) -> None:
        if text:
            text = clean(text).replace("\xad", "")
            self._buffer.append(text if self._preformatted else _BLANKS.sub(" ", text))

    def _link(self, element: "HtmlElement") -> None:
        address = str(element.get("href") or "").strip()
        words = "".join(element.itertext()).strip()
        if _FULL_URL.match(address) and words and words.rstrip("/") not in (
            address.rstrip("/"), _FULL_URL.sub("", address).rstrip("/")
        ):  # fmt: skip
            self._buffer.append(f" [{address}]")

    def _take(self) -> str:
        text = "".join(self._buffer)
        self._buffer.clear()
        if self._preformatted:
            return text.strip()
        text = re.sub(" {2,}", " ", text)
        return _LINE_END.sub("\n", text).strip()

    def _flush(self) -> Iterator[Block]:
        if not self._buffer:
            return
        text = self._take()
        if self._heading:
            yield from self._pieces(BlockKind.HEADING, text, self._heading)
        elif self._notes:
            yield from self._pieces(BlockKind.FOOTNOTE, text, 0)
        elif self._quotes:
            yield from self._pieces(BlockKind.QUOTE, text, self._quotes)
        elif self._lists:
            yield from self._pieces(BlockKind.LIST_ITEM, text, 0)
        else:
            yield from self._pieces(BlockKind.PARAGRAPH, text, 0)

    def _pieces(self, kind: BlockKind, text: str, level: int) -> Iterator[Block]:
        for piece in _PARAGRAPH_BREAK.split(text):
            if piece.strip(" |\n"):
                yield kind, piece.strip(), level


def _is_data_row(row: "HtmlElement") -> bool:
    """A row of two or more cells with something in them, in a table that holds no other table."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2 or next(row.iter("table"), None) is not None:
        return False
    return sum(1 for cell in cells if any(text.strip() for text in cell.itertext())) >= 1


def _is_footnote(element: "HtmlElement") -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.get("role") in _FOOTNOTE_ROLES or _FOOTNOTE_CLASS.search(element.get("class") or ""):
        return True
    return element.tag in ("li", "p", "aside", "div", "dd") and bool(_FOOTNOTE_ID.fullmatch(element.get("id") or ""))


def _is_backlink(element: "HtmlElement") -> bool:
    """The arrow that leads from a footnote back to the text."""
    return element.tag == "a" and bool(_BACKLINK.match(element.get("href") or ""))
