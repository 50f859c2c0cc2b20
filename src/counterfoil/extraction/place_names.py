"""Where a text has the name of a place that the gazetteer knows: states in nine languages, cities, regions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.phrases import PhraseIndex, word_starts
from counterfoil.extraction.place_cases import cases

_EAST_ASIAN = Expression("[\u3400-\u9fff]")
_ARABIC = Expression("[\u0620-\u064a]")
_CYRILLIC = Expression("[\u0400-\u04ff]")
_ARABIC_PREFIXES = ("و", "ب", "ل", "ف", "ك", "وب", "ول")
_ENGLISH = tuple("the of and to in that was were is with on by for from as has have had it its which".split())
_SHOUTED = 4  #: letters of a name that may be written in capitals

HOMONYM, SEAT = "?", "!"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for: `key` is the same for all names of one place, `code` its ISO 3166 code.

    `flag` is `HOMONYM` if it is a name of persons or firms too, `SEAT` if it is a seat of power, which often stands for
    those who rule there; else empty. A `state` is a country.
    """

    key: str
    code: str
    flag: str = ""
    state: bool = False
    not_english: bool = False  #: a word of English that is a place in another language only


@dataclass(frozen=True, slots=True)
class Named:
    """`text[start:end]` is the name of a place, if the words around do not speak against it."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    entries: dict[str, Entry]
    prefixes: dict[str, int]  #: Arabic names with a preposition or conjunction before them -> its letters
    words: PhraseIndex
    unspaced: Expression


def names_in(text: str) -> list[Named]:
    """Every name of the gazetteer in a text, in order."""
    data = _gazetteer()
    english: bool | None = None
    found: list[Named] = []
    for start, end, name in data.words.find(text):
        entry = data.entries[name]
        if entry.not_english:
            english = is_english(text) if english is None else english
            if english:
                continue
        found.append(Named(start + data.prefixes.get(name, 0), end, entry))
    if _EAST_ASIAN.search(text):
        found += [Named(m.start(), m.end(), data.entries[m.group()]) for m in data.unspaced.finditer(text)]
        found.sort(key=lambda item: item.start)
    return found


def is_place_name(name: str) -> bool:
    """Whether the gazetteer has a city or country of that name, exactly as written."""
    return name in _gazetteer().entries


def code_of(name: str) -> str:
    """The ISO 3166 code of the city or country of that name; empty if there is none."""
    entry = _gazetteer().entries.get(name)
    return entry.code if entry else ""


def is_english(text: str) -> bool:
    """Whether a text is English, by its small words."""
    starts = word_starts(text)
    small = sum(len(starts.get(word, ())) for word in _ENGLISH)
    return small * 8 >= sum(map(len, starts.values()))


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    entries: dict[str, Entry] = {}
    for name, entry in _rows("cities.txt", state=False):
        entries[name] = entry
    for name, entry in _rows("countries.txt", state=True):
        entries[name] = entry
    prefixes: dict[str, int] = {}
    entries |= {name.replace("'", "’"): entry for name, entry in entries.items() if "'" in name}
    for name, entry in list(entries.items()):
        if len(name) >= _SHOUTED and name.upper() != name:
            entries.setdefault(name.upper(), entry)
        if _ARABIC.search(name):
            prefixed = {prefix + name: len(prefix) for prefix in _ARABIC_PREFIXES if prefix + name not in entries}
            prefixes |= prefixed
            entries |= dict.fromkeys(prefixed, entry)
            if name.startswith("ال"):
                entries.setdefault("لل" + name[2:], entry)
    joined = sorted((name for name in entries if _EAST_ASIAN.search(name)), key=len, reverse=True)
    return _Gazetteer(
        entries, prefixes, PhraseIndex(entries.keys() - set(joined)), Expression("|".join(map(re.escape, joined)))
    )


def _rows(file: str, state: bool) -> Iterator[tuple[str, Entry]]:
    text = (files("counterfoil.extraction") / "gazetteer" / file).read_text(encoding="utf-8")
    for row in text.splitlines():
        if row.startswith("#") or not row:
            continue
        code, _, listed = row.partition(" ")
        marked = listed.split(", ")
        is_seat = any(SEAT in name[:4] for name in marked)
        key = code if state else f"{code} {_plain(marked[0])[0]}"
        for mark in marked:
            name, language = _plain(mark)
            flag = HOMONYM if HOMONYM in mark else SEAT if is_seat else ""
            entry = Entry(key, code, flag, state, "~" in mark)
            yield name, entry
            for form in cases(name, language) if language else ():
                yield form, entry


def _plain(mark: str) -> tuple[str, str]:
    """The name without its marks, and the language whose cases it has."""
    language, colon, name = mark.rpartition(":")
    name = name.lstrip("~?!")
    if not colon:
        language = "ru" if _CYRILLIC.search(name) else ""
    return name, language
