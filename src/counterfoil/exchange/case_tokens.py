"""The Markdown of a case report as blocks of styled words, which DOCX and PDF are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `link` is the address that they lead to."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block: "heading" (with `level`), "paragraph", "quote", "item" (`level` deep, `number` 0 for a bullet), "table"
    (`rows`, the first is the head), "rule"."""

    kind: str
    runs: Runs = ()
    level: int = 0
    number: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()


@dataclass(slots=True)
class _Reader:
    quoted: int = 0
    lists: list[int] = field(default_factory=list)  #: number of the next item, 0 in a bullet list
    rows: list[list[Runs]] = field(default_factory=list)


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of a Markdown text: CommonMark with tables, no HTML."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(markdown)
    reader = _Reader()
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        made = _block(token, following, reader)
        if made:
            yield made


def _block(token: "Token", following: "Token | None", reader: _Reader) -> Block | None:
    kind = token.type
    if kind in ("blockquote_open", "blockquote_close"):
        reader.quoted += 1 if kind.endswith("open") else -1
    elif kind in ("bullet_list_open", "ordered_list_open"):
        reader.lists.append(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else 0)
    elif kind in ("bullet_list_close", "ordered_list_close"):
        reader.lists.pop()
    elif kind == "tr_open":
        reader.rows.append([])
    elif kind in ("th_open", "td_open") and following is not None:
        reader.rows[-1].append(runs(following.children or ()))
    elif kind == "table_close":
        rows = tuple(tuple(row) for row in reader.rows)
        reader.rows.clear()
        return Block("table", rows=rows)
    elif kind == "hr":
        return Block("rule")
    elif kind in ("fence", "code_block"):
        return Block("paragraph", (Run(token.content.rstrip("\n"), code=True),))
    elif kind == "heading_open" and following is not None:
        return Block("heading", runs(following.children or ()), int(token.tag[1:]))
    elif kind == "paragraph_open" and following is not None:
        return _paragraph(runs(following.children or ()), reader)
    return None


def _paragraph(words: Runs, reader: _Reader) -> Block:
    if reader.lists:
        number = reader.lists[-1]
        if number:
            reader.lists[-1] += 1
        return Block("item", words, len(reader.lists), number)
    return Block("quote" if reader.quoted else "paragraph", words, reader.quoted)


def runs(children: Sequence["Token"]) -> Runs:
    """The inline part of a block as words in their styles."""
    made: list[Run] = []
    bold = italic = 0
    link = ""
    for token in children:
        kind = token.type
        if kind in ("strong_open", "strong_close"):
            bold += 1 if kind.endswith("open") else -1
        elif kind in ("em_open", "em_close"):
            italic += 1 if kind.endswith("open") else -1
        elif kind == "link_open":
            link = str(token.attrs.get("href", ""))
        elif kind == "link_close":
            link = ""
        elif kind in ("softbreak", "hardbreak"):
            made.append(Run(" " if kind == "softbreak" else "\n", bold > 0, italic > 0))
        elif token.content:
            made.append(Run(token.content, bold > 0, italic > 0, kind == "code_inline", link))
    return tuple(made)
