"""Cells into tokens: ids with the names beside them, words, web addresses.

DISARM's lists are separated by commas, semicolons, blanks, no-break blanks or nothing at all; a counter's
techniques run together as "T0001 - First name T0002 - Second name". So ids are found by their shape, and
the text from one id to the next is the name of the first.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

#: one or two (in ids of sheets such as "TK") capital letters and digits; "." or ":" before a sub-number
ID = re.compile(r"(?<![\w.:])[A-Z]{1,3}\d{2,}(?:[.:]\d+)*(?![\w])")
BETWEEN = " \t\r\n\u00a0,;"
_WORDS = re.compile(r"\s*[,;]\s*|\s+and\s+|(?<=-search)\s+|(?<=-workshop)\s+")
_URL_STARTS = re.compile(r"(?<![/=?&])(?=https?:/)")
_URL_ENDS = re.compile(r"(?:%20|[\s,;])+$|^(?:%20|[\s,;])+")


@dataclass(frozen=True, slots=True)
class Token:
    """An id and the name beside it; `id` is empty where a text stands that belongs to none."""

    id: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.id} - {self.name}" if self.id and self.name else self.id or self.name


def trimmed(text: str) -> str:
    """Without blanks of any kind around it."""
    return text.strip().strip("\u00a0\ufeff\u200b").strip()


def id_tokens(text: str) -> list[Token]:
    """All that a cell of ids holds, in order; nothing but separators is left out."""
    found = list(ID.finditer(text))
    before = _beside(text[: found[0].start()] if found else text)
    tokens = [Token("", before)] if before else []
    ends = [*(match.start() for match in found[1:]), len(text)]
    tokens += [Token(match.group(), _beside(text[match.end() : end])) for match, end in zip(found, ends, strict=False)]
    return tokens


def _beside(text: str) -> str:
    """The name between two ids, without the separators around it."""
    return re.sub(r"^\s*[-–:]\s*", "", text.strip(BETWEEN)).strip(BETWEEN)


def words(text: str) -> tuple[str, ...]:
    """The parts of a list of words, names or short references."""
    return tuple(part for part in (trimmed(part) for part in _WORDS.split(text)) if part)


def addresses(text: str) -> list[tuple[str, str]]:
    """Web addresses as (as they should be, as they stand); addresses that run together are parted.

    What is no address at all comes back with an empty first half.
    """
    found = []
    for piece in _URL_STARTS.split(text):
        for part in _URL_ENDS.sub("", piece).split():
            address = re.sub(r"^(https?:)/(?!/)", r"\1//", part)
            found.append((address if address.startswith("http") else "", part))
    return found


def same_name(written: str, name: str) -> bool:
    """Whether the two are one name but for case and blanks."""
    return _plain(written) == _plain(name)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
