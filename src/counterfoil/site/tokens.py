"""Ids and web addresses in cells: every separator counts, and what is left over is handed back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: what an id starts with -> the sheet that holds it
SHEET_OF = {
    "P": "phases",
    "TA": "tactics",
    "T": "techniques",
    "TK": "tasks",
    "C": "countermeasures",
    "F": "detections",
    "M": "metatechniques",
    "A": "actortypes",
    "D": "responsetypes",
    "I": "incidents",
    "R": "resources",
    "S": "sectors",
    "FW": "frameworks",
    "G": "externalgroups",
    "E": "examples",
    "PB": "playbooks",
}

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_ID = re.compile(r"([A-Z]{1,2})\d+(?:\.\d+)*")
_BETWEEN = re.compile(rf"[\s,;|/&{_INVISIBLE}]+")
_LIKE_ID = re.compile(r"(?<![\w.])[A-Za-z]{1,2}\d{2,}[\w.:]*")
_URL_START = re.compile(r"(?:%20|[\s,;|])+(?=https?:/)", re.IGNORECASE)
_ONE_SLASH = re.compile(r"(https?:)/(?!/)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]", re.IGNORECASE)
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a cell: the id it is and the sheet that id belongs to, both "" if it is none."""

    raw: str
    id: str
    sheet: str


def trim(text: str) -> str:
    """The text without blanks at its ends, of whatever kind."""
    return text.strip().strip(_INVISIBLE).strip()


def is_safe_id(text: str) -> bool:
    """Whether a page can be named after this id: no path may lead elsewhere."""
    return bool(_SAFE_ID.fullmatch(text)) and ".." not in text


def listed(cell: str) -> Iterator[Token]:
    """The pieces of a cell that holds nothing but ids."""
    for word in _BETWEEN.split(cell):
        if word:
            yield _token(word)


def named(cell: str) -> Iterator[Token]:
    """The ids of a cell that has names beside them ("A016 - influencer,A006 - educator").

    A cell without any id is one leftover.
    """
    found = [_token(match[0].rstrip(".:")) for match in _LIKE_ID.finditer(cell)]
    if found:
        yield from found
    elif trim(cell):
        yield Token(cell, "", "")


def _token(word: str) -> Token:
    match = _ID.fullmatch(word)
    sheet = SHEET_OF.get(match[1], "") if match else ""
    return Token(word, word if sheet else "", sheet)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in a cell: as it stands there, and as it must be (the same unless it was repaired)."""

    raw: str
    url: str
    valid: bool


def addresses(cell: str) -> Iterator[Address]:
    """The web addresses of a cell, also those joined by an encoded blank; a lone slash is repaired."""
    for piece in _URL_START.split(cell):
        for word in re.split(rf"[\s{_INVISIBLE}]+", piece):
            raw = word.removesuffix("%20").rstrip(",;")
            if raw:
                url = _ONE_SLASH.sub(r"\1//", raw, count=1)
                yield Address(raw, url, bool(_URL.match(url)))
