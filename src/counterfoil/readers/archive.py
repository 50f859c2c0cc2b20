"""A web page made harmless, to be looked at beside its text. Runs in the child process of `contained`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from counterfoil.readers.hidden import drop_hidden
from counterfoil.readers.html import parse_page
from counterfoil.readers.html_encoding import decode_page
from counterfoil.readers.markup import SKIPPED
from counterfoil.readers.originals import Mark, letters_of
from counterfoil.readers.reader import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What only lays out, or says what a piece of text is. No links, forms, frames, scripts, styles or media.
TAGS = frozenset(
    "abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p pre "
    "q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u "
    "ul var wbr".split()
)
_GONE = frozenset(
    "script style head title svg math iframe frame object embed applet canvas audio video map select textarea button "
    "datalist template noscript noembed noframes xmp plaintext".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "span": {"id"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "time": {"datetime"},
}
#: A picture inside the page itself. Not SVG, which is a document of its own.
_INLINE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.I)
_OUR_ID = re.compile(r"p\d{1,12}")


def clean(order: dict[str, Any], source: Source) -> tuple[dict[str, Any], bytes]:
    """The page's body, with the places that the order marks.

    Raises:
        ReadError: it cannot be decoded, or is nested too deeply.
    """
    import nh3
    from lxml import html

    text, _ = decode_page(source)
    tree = parse_page(text, source)
    drop_hidden(tree)
    _name_pictures(tree)
    _mark(tree, order["marks"])
    safe = nh3.clean(
        html.tostring(tree, encoding="unicode"),
        tags=set(TAGS),
        clean_content_tags=set(_GONE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_allowed,
        url_schemes={"data"},
        link_rel=None,
    )
    return {}, safe.encode("utf-8")


def _allowed(_tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if _INLINE.fullmatch(value) else None
    if name == "id":
        return value if _OUR_ID.fullmatch(value) else None
    return value


def _name_pictures(tree: "HtmlElement") -> None:
    """Say what a picture showed that was not archived with the page; and forget the page's own ids."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        element.attrib.pop("id", None)
        if element.tag == "img" and not _INLINE.fullmatch(element.get("src") or ""):
            words = " ".join((element.get("alt") or "").split())
            element.tag = "span"
            element.attrib.clear()
            element.text = f"[picture: {words}]" if words else ""


def _mark(tree: "HtmlElement", marks: list[Mark]) -> None:
    """Put an empty element with an id before each piece of text in which the next mark's words begin."""
    from lxml import html

    pieces = list(_pieces(tree))
    starts: list[int] = []
    at = 0
    for *_, letters in pieces:
        starts.append(at)
        at += len(letters)
    whole = "".join(letters for *_, letters in pieces)
    last, marked = 0, set()
    for offset, words, size in marks:
        place = whole.find(words, last)
        if place < 0:
            continue
        last = place + size
        index = bisect_right(starts, place) - 1
        element, is_tail, _ = pieces[index]
        if index in marked:
            continue
        marked.add(index)
        sign = html.Element("span", id=f"p{int(offset)}")
        if is_tail:
            sign.tail, element.tail = element.tail, None
            element.addnext(sign)
        else:
            sign.tail, element.text = element.text, None
            element.insert(0, sign)


def _pieces(tree: "HtmlElement") -> Iterator[tuple["HtmlElement", bool, str]]:
    """Every piece of text that is read: its element, whether it stands behind that, its letters and digits."""
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in SKIPPED:
            walk.skip_subtree()
        elif event == "start" and (letters := letters_of(element.text or "")):
            yield element, False, letters
        if event != "start" and element is not tree and (letters := letters_of(element.tail or "")):
            yield element, True, letters
