"""Ids in cells and in running text, and what a wrong one was meant to be."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from counterfoil.lint.schema import SHAPES, Refers

_BLANK = r"[\s\u200b\u2060\ufeff]"  # \s knows NBSP; the others are invisible and no blanks to Python
BLANKS = re.compile(_BLANK + "+")
_BETWEEN = re.compile(rf"(?:{_BLANK}|[,;|])+")
_AROUND = " \t\r\n\u00a0-–—:,;*"
_INLINE = re.compile(r"(?<![\w.])(?:TA\d{2}|T\d{3,6}(?:[.:]\d{1,3})?)(?!\w|[.:]\d)")
_PARTS = re.compile(r"([A-Z]{1,2})(\d+)(?:[.:](\d+))?")


def trimmed(text: str) -> str:
    """The text without blanks around it, of any kind, and with single ones inside."""
    return " ".join((text if text.isascii() else BLANKS.sub(" ", text)).split())


def plain_list(text: str) -> list[str]:
    """The ids of a cell that lists nothing else, whatever separates them."""
    return [token for token in _BETWEEN.split(text) if token]


def named_list(text: str, refers: Refers) -> Iterator[tuple[str, str]]:
    """(id, name) pairs of a cell such as "T0021 - Memes T0022 - Narratives"; text without an id is ("", text)."""
    prefixes = "|".join(re.split(r"\\d", SHAPES[sheet])[0] for sheet in refers.to)
    starts = list(re.finditer(rf"(?<!\w)(?:{prefixes})\d{{2,6}}(?:[.:]\d{{1,3}})?(?!\w)", text))
    edges = [*(found.start() for found in starts), len(text)]
    if before := text[: edges[0]].strip(_AROUND):
        yield "", before
    for found, end in zip(starts, edges[1:], strict=True):
        yield found.group(), text[found.end() : end].strip(_AROUND)


def inline_ids(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, id) of everything in running text that looks like a technique's or tactic's id."""
    for found in _INLINE.finditer(text):
        yield found.start(), found.end(), found.group()


def canonical(token: str, known: Mapping[str, str]) -> str:
    """The one known id that the token is a slip of (a zero too many, a colon for the point), else ""."""
    key = _key(token.strip().upper())
    same = _by_key(frozenset(known)).get(key, ()) if key else ()
    return same[0] if len(same) == 1 and same[0] != token else ""


_Key = tuple[str, int, int]


def _key(token: str) -> _Key | None:
    """What two spellings of an id have in common; None if it is no id."""
    parts = _PARTS.fullmatch(token)
    return (parts[1], int(parts[2]), -1 if parts[3] is None else int(parts[3])) if parts else None


@lru_cache(maxsize=32)  # one a sheet
def _by_key(known: frozenset[str]) -> dict[_Key, list[str]]:
    found: dict[_Key, list[str]] = defaultdict(list)
    for candidate in sorted(known):
        if key := _key(candidate):
            found[key].append(candidate)
    return found


def same_name(left: str, right: str) -> bool:
    """Whether two names differ at most in case, blanks, dashes and quotation marks."""
    return folded(left) == folded(right)


_MARKS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def folded(text: str) -> str:
    """A text for comparison: case, blanks, dashes and quotation marks evened out."""
    return trimmed(text).translate(_MARKS).casefold()
