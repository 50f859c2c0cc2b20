"""The packaged lists of words: a line in brackets opens a class, "#" begins a remark."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


def lines_of(name: str) -> list[str]:
    """The lines of a packaged list without empty ones and remarks."""
    text = (files("counterfoil.extraction") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=4)
def word_classes(name: str) -> Mapping[str, frozenset[str]]:
    """Class -> its words, of one list."""
    lists: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines_of(name):
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), [])
        else:
            current += line.split()
    return {title: frozenset(words) for title, words in lists.items()}
