"""Web pages: the main text, with its structure, and what the page says about itself.

trafilatura decides what the main text is; the blocks are then cut from the page itself, because quotation
levels, footnotes and line breaks do not survive trafilatura's own output.
"""

import re
from typing import TYPE_CHECKING, Any

from counterfoil.errors import ReadError
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers.about import is_web_address
from counterfoil.readers.draft import Draft, check_text_size
from counterfoil.readers.hidden import drop_hidden, hidden_note
from counterfoil.readers.html_about import About, page_about
from counterfoil.readers.html_encoding import decode_page
from counterfoil.readers.markup import Block, blocks_of
from counterfoil.readers.reader import Reader, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_DEPTH = 2000
#: Elements that a page may leave unclosed without nesting any deeper.
_NOT_NESTING = frozenset(
    "p li td th tr dt dd option optgroup tbody thead tfoot colgroup rp rt html head body area base br col "
    "embed hr img input link meta param source track wbr".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>]*+)>")
_PROLOGUE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?", re.I)
_BLANKS = re.compile(rb"\s*")
_FIRST_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_WORDS = re.compile(r"\w+")
#: Shorter blocks than this (in letters) are main text only if trafilatura has one of exactly their words.
_TELLING = 25
#: The page's own blocks are used if they hold at least this share of what trafilatura found.
_ENOUGH = 0.8


def read(source: Source) -> Report:
    """Read a web page.

    Raises:
        ReadError: too large, nested too deeply, or without readable text (a page drawn by scripts).
    """
    check_text_size(source, len(source.data))
    text, mended = decode_page(source)
    tree = parse_page(text, source)
    draft = Draft()
    draft.note(mended)
    about = page_about(tree, _url(source))
    hidden = drop_hidden(tree)
    draft.extend(_main_blocks(tree, about, draft))
    draft.note(hidden_note(hidden))
    if not draft.blocks:
        raise ReadError(
            f"{source.name} has no readable text: the page is probably drawn by scripts.",
            "Open it in a browser, save it as PDF or as a complete page, and add that.",
        )
    return draft.report(
        source,
        title=about.title or draft.first_heading() or source.stem,
        author=about.author,
        publisher=about.publisher,
        published=about.published,
        url=about.url or _url(source),
    )


def fragment_blocks(markup: str, source: Source, link_urls: bool = False) -> tuple[list[Block], int]:
    """The blocks of all visible text in a piece of HTML, and how many hidden characters were left out.

    Raises:
        ReadError: nested too deeply.
    """
    _check_depth(markup, source)
    if not markup.strip():
        return [], 0
    tree = _parse(markup, source)
    hidden = drop_hidden(tree)
    return list(blocks_of(tree, link_urls)), hidden


def parse_page(text: str, source: Source) -> "HtmlElement":
    """The tree of a page's elements, without comments.

    Raises:
        ReadError: nested too deeply, or no HTML at all.
    """
    _check_depth(text, source)
    return _parse(text, source)


def _check_depth(text: str, source: Source) -> None:
    """Count open elements before anything builds a tree of them; stops at the limit."""
    depth = 0
    for tag in _TAG.finditer(text):
        closing, name, rest = tag.groups()
        if rest.endswith("/") or name.lower() in _NOT_NESTING:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > _MAX_DEPTH:
            raise ReadError(
                f"{source.name} nests more than {_MAX_DEPTH} elements in each other.",
                "No real page does; it may be broken, or made to break its readers.",
            )


def _parse(text: str, source: Source) -> "HtmlElement":
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError(f"{source.name} holds no HTML that can be read: {error}.") from error
    return tree


def _url(source: Source) -> str:
    return source.name if is_web_address(source.name) else ""


def _main_blocks(tree: "HtmlElement", about: About, draft: Draft) -> list[Block]:
    body = tree.find("body")
    everything = list(blocks_of(tree if body is None else body))
    found = _trafilatura_blocks(tree, about.url)
    if not found:
        if everything:
            draft.note("No main text was found on the page, so all of its visible text was kept.")
        return everything
    main = _in_place(everything, found, about.title)
    if _size(main) >= _ENOUGH * _size(found):
        return main
    draft.note("The main text was rebuilt, not cut from the page: line breaks and quotation levels may differ.")
    return found


def _size(blocks: list[Block]) -> int:
    return sum(len(text) for _, text, _ in blocks)


def _trafilatura_blocks(tree: "HtmlElement", url: str) -> list[Block]:
    from copy import deepcopy

    from trafilatura import bare_extraction

    copy = deepcopy(tree)
    for element in copy.iter():  # what is hidden is gone; trafilatura's own idea of it goes further
        for attribute in ("style", "aria-hidden"):
            element.attrib.pop(attribute, None)
    page = bare_extraction(copy, url=url or None, include_comments=False, include_tables=True, include_formatting=True)
    if page is None or isinstance(page, dict) or page.body is None:
        return []
    return list(blocks_of(_as_html(page.body)))


_TEI = {"item": "li", "quote": "blockquote", "row": "tr", "cell": "td", "lb": "br", "hi": "b", "ref": "a"}


def _as_html(body: Any) -> "HtmlElement":
    """Rename trafilatura's TEI-like elements, so that the one walk reads them too."""
    for element in body.iter():
        if element.tag == "head":
            rend = element.get("rend") or "h2"
            element.tag = rend if re.fullmatch("h[1-6]", rend) else "h2"
        elif element.tag == "quote" and element.getparent() is not None and element.getparent().tag == "p":
            element.tag = "q"
        else:
            element.tag = _TEI.get(element.tag, element.tag)
    return body


def _in_place(everything: list[Block], found: list[Block], title: str) -> list[Block]:
    """The page's own blocks whose words are in the main text, and the headline and footnotes that go with it."""
    pieces = {_words(text) for _, text, _ in found}
    whole = _words(" ".join(text for _, text, _ in found))
    headline = _words(title)
    kept: list[Block] = []
    seen: set[tuple[str, int]] = set()
    for block in everything:
        kind, text, level = block
        words = _words(text)
        is_main = words in pieces or (len(words) >= _TELLING and words in whole)
        is_headline = kind is BlockKind.HEADING and level == 1 and words == headline
        if not (is_main or is_headline or kind is BlockKind.FOOTNOTE):
            continue
        # Teasers and share boxes repeat the article's own sentences: the first one in the page stays.
        if len(words) >= _TELLING and (words, level) in seen:
            continue
        seen.add((words, level))
        kept.append(block)
    return kept


def _words(text: str) -> str:
    return "".join(_WORDS.findall(text)).casefold()


def _sniff(data: bytes) -> bool:
    """Whether the first tag is one that pages begin with.

    Comments are skipped by a loop: in a pattern, each could also end where a later one does, and this runs
    unlimited on every source.
    """
    head = data.removeprefix(b"\xef\xbb\xbf")[:20_000]
    found = _PROLOGUE.match(head)
    position = found.end() if found else 0
    while head.startswith(b"<!--", position):
        end = head.find(b"-->", position + 2)  # "<!-->" is a whole comment
        blanks = _BLANKS.match(head, end + 3) if end >= 0 else None
        if blanks is None:
            return False
        position = blanks.end()
    return _FIRST_TAG.match(head, position) is not None


READER = Reader(
    read=read,
    suffixes=(".html", ".htm", ".xhtml"),
    media_types=("text/html", "application/xhtml+xml"),
    sniff=_sniff,
)
