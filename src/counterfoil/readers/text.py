"""Plain text: paragraphs between blank lines, or one to a line."""

import re

from counterfoil.model.report import BlockKind, Report
from counterfoil.readers.draft import Draft, check_text_size, clean
from counterfoil.readers.encoding import decode
from counterfoil.readers.reader import Reader, Source

_Block = tuple[BlockKind, str, int]

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_BULLET = re.compile(r"[-*+•‣▪●◦·][ \t]+(?=\S)")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z])[.)][ \t]+(?=\S)")
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ENDS_SENTENCE = re.compile(r"[.!?:;,。！？：；，、؟۔…][\"'”’»)\]]*$")
#: Lines beyond this are paragraphs of their own, not a paragraph wrapped to a width.
_WIDEST_WRAP = 160
_TITLE_CHARS = 120


def read(source: Source) -> Report:
    """Read plain text; `Report.title` is the first line if it looks like one, else the file's stem.

    Raises:
        ReadError: too large, not text, in a wrong encoding, or empty.
    """
    check_text_size(source, len(source.data))
    text, guessed = decode(source.data, source.name)
    draft = Draft()
    blocks = blocks_of(text.removeprefix("\ufeff"))
    title = _title(blocks)
    if title:
        blocks[0] = (BlockKind.HEADING, blocks[0][1], 1)
    draft.extend(blocks)
    if guessed:
        draft.note(f"The file does not say its encoding; it was read as {guessed}.")
    return draft.report(source, title=title or source.stem)


def blocks_of(text: str) -> list[_Block]:
    """Paragraphs, quotations ("> ") and list items of a plain text; wrapped lines are joined.

    Where the text has no blank lines at all, each line that is not wrapped is a paragraph.
    """
    chunks = [chunk.strip("\n") for chunk in _BLANK_LINES.split(clean(text).strip("\n"))]
    each_line = len(chunks) == 1
    return [block for chunk in chunks if chunk.strip() for block in _chunk(chunk, each_line)]


def _chunk(chunk: str, each_line: bool) -> list[_Block]:
    lines = [line.strip() for line in chunk.split("\n")]
    found: list[tuple[BlockKind, list[str], int]] = []
    apart = each_line or max(map(len, lines)) > _WIDEST_WRAP
    for paragraph in unwrap(lines):
        kind, text, level = _kind(paragraph)
        if found and not apart and kind is BlockKind.PARAGRAPH and found[-1][0] is BlockKind.PARAGRAPH:
            found[-1][1].append(text)
        else:
            found.append((kind, [text], level))
    return [(kind, "\n".join(texts), level) for kind, texts, level in found]


def _kind(line: str) -> _Block:
    if quoted := _QUOTED.match(line):
        return BlockKind.QUOTE, line[quoted.end() :], quoted.group().count(">")
    if bullet := _BULLET.match(line):
        return BlockKind.LIST_ITEM, line[bullet.end() :], 0
    if _NUMBER.match(line):  # the number stays: it may be a date's day
        return BlockKind.LIST_ITEM, line, 0
    return BlockKind.PARAGRAPH, line, 0


def unwrap(lines: list[str]) -> list[str]:
    """Join lines that were broken only because the next word would not have fitted.

    `lines` are stripped lines of one stretch of text. A line that leaves room for the next word ends on
    purpose; so does every line where the widest is too wide to come from wrapping.
    """
    width = max(map(len, lines), default=0)
    joined: list[list[str]] = []  # the pieces of each line: strings that grow take quadratic time
    previous = ""
    for line in lines:
        quote = _QUOTED.match(line)
        marks = quote.group() if quote else ""
        if previous and width <= _WIDEST_WRAP and _wrapped(previous, line, marks, width):
            rest = line[len(marks) :]
            joined[-1] += (_glue(previous, rest), rest)
        elif line:
            joined.append([line])
        previous = line
    return ["".join(pieces) for pieces in joined]


def _wrapped(line: str, following: str, marks: str, width: int) -> bool:
    rest = following[len(marks) :]
    earlier = _QUOTED.match(line)
    if (
        not rest
        or _BULLET.match(rest)
        or _NUMBER.match(rest)
        or (earlier.group() if earlier else "").strip() != marks.strip()
    ):
        return False
    word = 1 if _CJK.match(rest) else len(rest.split(None, 1)[0])
    return width >= 30 and len(line) + 1 + word > width - 2


def _glue(line: str, following: str) -> str:
    return "" if _CJK.match(line[-1:]) and _CJK.match(following) else " "


def _title(blocks: list[_Block]) -> str:
    """The first line, if it is short, does not end like a sentence, and longer text follows."""
    if len(blocks) < 2 or blocks[0][0] is not BlockKind.PARAGRAPH:
        return ""
    first = blocks[0][1]
    longest = max(len(text) for _, text, _ in blocks[1:])
    short = len(first) <= _TITLE_CHARS and "\n" not in first and longest >= 2 * len(first)
    named = first[:1].isupper() or first[:1].isdigit() or not first[:1].islower()
    return first if short and named and not _ENDS_SENTENCE.search(first) else ""


READER = Reader(
    read=read,
    suffixes=(".txt", ".text", ".log"),
    media_types=("text/plain",),
    sniff=lambda _: False,  # everything that nothing else claims
    contained=False,
)
