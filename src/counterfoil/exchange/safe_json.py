"""JSON from strangers: measured before it is built, and what cannot be believed in it said.

`json.loads` alone takes "NaN" for a number, the last of two equal keys without a word, half characters, and any
depth that Python's stack can bear.
"""

import json
import math
import re
from collections.abc import Iterator
from sys import intern
from typing import Any

from counterfoil.errors import InputError
from counterfoil.exchange.importer import DEEPEST, refuse_large
from counterfoil.model.parcel import Problem

LONGEST_NUMBER = 18  #: letters of an integer: what 64 bits can hold
SMALL = 10_000_000  #: bytes up to which a file is read as a whole
SAID = 20  #: problems of one kind that are listed one by one
_BRACKETS = b"[]{}"
_ALL_ELSE = bytes(byte for byte in range(256) if byte not in _BRACKETS)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # also one that never ends, so that it is looked at once
_LISTED = re.compile(rb'\s*\{[^\[\]{}]{0,1000}"objects"\s*:\s*\[\s*\n(?=\{)')
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")
#: Characters that no line of text has: controls, line and paragraph separators, changes of direction.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROLS_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def read(data: bytes, name: str) -> tuple[Any, list[Problem]]:
    """The value that a JSON file holds, and what had to be mended in it.

    Raises:
        InputError: it is too large or too deep, or no JSON.
    """
    refuse_large(data, name)
    found = _Found(name)
    return _read(data, found), found.problems()


def _read(data: bytes, found: "_Found") -> Any:
    text = _decoded(data, found.name)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = text.encode("utf-8", "surrogatepass")  # what follows looks at bytes
    _refuse_deep(data, found.name)
    try:
        value = found.decoder.decode(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{found.name} is no JSON: {error.msg} in line {error.lineno}.", "Ask its sender for it again."
        ) from error
    return found.whole(value) if _ESCAPED.search(data) else value


def read_listed(data: bytes, name: str) -> tuple[Any, list[Problem]]:
    """The same for a large file that has one object of a list under "objects" on each line, as our bundles do: it is
    read line by line, in a fraction of the memory. Any other file is read as a whole.

    Raises:
        InputError: it is too large or too deep, or no JSON.
    """
    refuse_large(data, name)
    head = _LISTED.match(data) if len(data) > SMALL else None
    end = data.rfind(b"\n]")
    if head is None or end < head.end():
        return read(data, name)
    found = _Found(name)
    document = _read(data[: head.end()] + data[end:], found)
    if not isinstance(document, dict) or document.get("objects") != []:
        return read(data, name)
    place, listed = head.end(), []
    while place < end:
        stop = data.find(b",\n{", place, end)
        stop = end if stop < 0 else stop
        try:
            listed.append(_read(data[place:stop], found))
        except InputError:  # a line that is no object by itself
            return read(data, name)
        place = stop + 2
    document["objects"] = listed
    return document, found.problems()


def plain(written: object, most: int = 300) -> str:
    """A stranger's name or label as one line: no control characters, one blank at a time, cut with "…"; empty for
    what is no text."""
    words = " ".join(_CONTROLS.sub(" ", written).split()) if isinstance(written, str) else ""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def prose(written: object, most: int = 200_000) -> str:
    """A stranger's text: its lines stay, control characters become blanks; empty for what is no text."""
    if not isinstance(written, str):
        return ""
    words = _CONTROLS_IN_TEXT.sub(" ", written.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def has_controls(written: str) -> bool:
    """Whether a text has characters that `prose` would take out."""
    return bool(_CONTROLS_IN_TEXT.search(written.replace("\r\n", "\n")))


def _refuse_deep(data: bytes, name: str) -> None:
    """Measured on the brackets alone, before anything is built from them."""
    if data.count(b"[") + data.count(b"{") <= DEEPEST:
        return
    depth = deepest = 0
    for bracket in _STRING.sub(b"", data).translate(None, _ALL_ELSE):
        if bracket in b"[{":
            depth += 1
            if depth > deepest:
                deepest = depth
                if deepest > DEEPEST:
                    raise InputError(
                        f"{name} is nested more than {DEEPEST} levels deep.", "No format that is read here needs that."
                    )
        else:
            depth -= 1


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not {encoding.removesuffix('-sig').upper()}.", "Save it as UTF-8.") from error


class _Found:
    """What was seen on the way; many of a kind are counted, not listed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._said: dict[str, list[str]] = {"key": [], "number": [], "character": []}
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self.unique,
            parse_constant=self.refuse,
            parse_int=self.integer,
            parse_float=self.decimal,
        )

    def unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = {intern(key): value for key, value in pairs}  # a large file says the same few keys a million times
        if len(made) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self._said["key"].append(plain(key, 60))
                seen.add(key)
        return made

    def refuse(self, written: str) -> Any:
        raise InputError(f"{self.name} is no JSON: {written} is no number.", "Ask its sender for it again.")

    def integer(self, written: str) -> int | str:
        if len(written) <= LONGEST_NUMBER:
            return int(written)
        self._said["number"].append(written[:30])
        return written

    def decimal(self, written: str) -> float | str:
        value = float(written)
        if math.isfinite(value):
            return value
        self._said["number"].append(written[:30])
        return written

    def whole(self, value: Any) -> Any:
        """The value without half characters. As deep as the file is: `_refuse_deep` has measured that."""
        if isinstance(value, str):
            if _SURROGATE.search(value):
                self._said["character"].append(_SURROGATE.sub("�", value)[:30])
                return _SURROGATE.sub("�", value)
            return value
        if isinstance(value, list):
            return [self.whole(item) for item in value]
        if isinstance(value, dict):
            return {self.whole(key): self.whole(item) for key, item in value.items()}
        return value

    def problems(self) -> list[Problem]:
        told = {
            "key": "the key {} stands twice in one object; the last one counts",
            "number": "the number {} is too large; it is kept as text",
            "character": "half a character in “{}”; it became �",
        }
        return [Problem(self.name, text) for kind, words in told.items() for text in _listed(words, self._said[kind])]


def _listed(words: str, seen: list[str]) -> Iterator[str]:
    yield from (words.format(plain(one, 60)) for one in seen[:SAID])
    if len(seen) > SAID:
        yield f"{len(seen) - SAID} more of these: " + words.format("…")
