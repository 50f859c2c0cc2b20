"""Quotes: what of a text can be seen, and where a quoted piece of it really stands.

A model is shown visible characters only, and copies them with other blanks and quote marks. Both sides are
folded alike, and every folded character remembers its offset in the report's text.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from counterfoil.coding.letters import WORD
from counterfoil.coding.llm_refusals import Refused

LEAST = 4  #: letters or digits that a quote has at least

_DOUBLE = "“”„‟«»‹›″‶＂〝〞〟"
_SINGLE = "‘’‚‛′‵´`ʼʹ＇"
_PLAIN = {**dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_SINGLE, "'")}
#: format characters that are printed: Arabic, Syriac and Kaithi number signs
_SHOWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
#: blank to the eye though they count as letters, marks or symbols
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")


@lru_cache(maxsize=4096)
def is_hidden(char: str) -> bool:
    """Whether a reader sees nothing of it: zero-width, bidi and tag characters, selectors, controls, fillers.

    Blanks that separate words (`str.isspace`) are not hidden.
    """
    if char.isspace() or char in _SHOWN:
        return False
    number = ord(char)
    if 0xFE00 <= number <= 0xFE0F or 0xE0000 <= number <= 0xE0FFF or char in _BLANK:
        return True
    return unicodedata.category(char) in ("Cf", "Cc", "Cs", "Co")


def visible(text: str) -> str:
    """The text without its hidden characters."""
    return "".join(char for char in text if not is_hidden(char))


def shown(text: str, most: int = 80) -> str:
    """A text for a line on a screen: visible, one line, shortened."""
    line = " ".join(visible(text[: 20 * most]).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Folded:
    """A range of a text with hidden characters dropped, blanks made one and quote marks made plain.

    `offsets[i]` is where `text[i]` stands in the original; a folded blank stands where its run begins.
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Folded":
        chars: list[str] = []
        offsets: list[int] = []
        for offset in range(start, end):
            char = text[offset]
            if is_hidden(char):
                continue
            if char.isspace():
                if chars and chars[-1] == " ":
                    continue
                char = " "
            chars.append(_PLAIN.get(char, char))
            offsets.append(offset)
        return cls("".join(chars), tuple(offsets))


def fold(text: str) -> str:
    """A text as it is compared."""
    return Folded.of(text, 0, len(text)).text


def locate(passage: Folded, quote: str) -> tuple[int, int] | Refused:
    """Where the quote stands in the original text; or why it is no evidence."""
    wanted = fold(quote).strip()
    if sum(map(str.isalnum, wanted)) < LEAST:
        return Refused.SHORT
    at = passage.text.find(wanted)
    if at < 0:
        return Refused.ABSENT
    if passage.text.find(wanted, at + 1) >= 0:
        return Refused.AMBIGUOUS
    stop = at + len(wanted)
    if _cuts(passage.text, at) or _cuts(passage.text, stop):
        return Refused.BROKEN
    return passage.offsets[at], passage.offsets[stop - 1] + 1


def _cuts(text: str, at: int) -> bool:
    """Whether a cut there goes through a word, or parts an accent from its letter."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after).startswith("M"):
        return True
    return before.isalnum() and after.isalnum() and len(WORD.findall(before + after)) == 1
