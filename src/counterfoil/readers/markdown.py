"""Markdown, stripped to readable text: marks go, words stay, links keep a foreign address in brackets."""

import re

from counterfoil.model.report import Report
from counterfoil.readers.draft import Draft, check_text_size, clean
from counterfoil.readers.encoding import decode
from counterfoil.readers.hidden import hidden_note
from counterfoil.readers.html import fragment_blocks
from counterfoil.readers.reader import Reader, Source

_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n", re.S)
_TITLE_FIELD = re.compile(r"^title:[ \t]*(.+)$", re.M)
#: Signs of Markdown in a file that is not named so, and how much each proves.
_SIGNS = (
    (re.compile(rb"^#{1,6}[ \t]+\S", re.M), 2),
    (re.compile(rb"^\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*\r?$", re.M), 2),
    (re.compile(rb"\[[^\[\]\n]++\]\([^()\s]++\)"), 2),
    (re.compile(rb"(?<!\*)\*\*[^*\s][^*\n]*\*\*"), 1),
    (re.compile(rb"^(?:```|~~~)", re.M), 1),
    (re.compile(rb"^[*-][ \t]+\S", re.M), 1),
)
_PROOF = 4


def read(source: Source) -> Report:
    """Read Markdown: CommonMark with tables, and the inline HTML that people mix in.

    Raises:
        ReadError: too large, not text, in a wrong encoding, or empty.
    """
    check_text_size(source, len(source.data))
    text, guessed = decode(source.data, source.name)
    text = clean(text.removeprefix("\ufeff"))
    front = _FRONT_MATTER.match(text)
    blocks, hidden = fragment_blocks(_to_html(text[front.end() :] if front else text), source, link_urls=True)
    draft = Draft()
    draft.extend(blocks)
    draft.note(hidden_note(hidden))
    if guessed:
        draft.note(f"The file does not say its encoding; it was read as {guessed}.")
    titled = _TITLE_FIELD.search(front.group(1)) if front else None
    title = titled.group(1).strip(" \"'") if titled else draft.first_heading()
    return draft.report(source, title=title or source.stem)


def _to_html(text: str) -> str:
    from markdown_it import MarkdownIt

    html: str = (
        MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"]).render(text)
    )
    return html


def _sniff(data: bytes) -> bool:
    sample = data[:20_000]
    return b"\0" not in sample and sum(weight for sign, weight in _SIGNS if sign.search(sample)) >= _PROOF


READER = Reader(
    read=read,
    suffixes=(".md", ".markdown", ".mkd"),
    media_types=("text/markdown",),
    sniff=_sniff,
)
