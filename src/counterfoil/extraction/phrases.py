"""Find many fixed phrases in one pass over a text."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import category

_WORD = re.compile(r"[^\W_]{1,60}")


class PhraseIndex:
    """Phrases by their first word; the longest one wins, letters must agree in case.

    Time grows with the length of the text, not with the number of phrases.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=len, reverse=True):
            first = _WORD.search(phrase)
            if first and first.start() == 0:
                self._by_first.setdefault(first.group(), []).append(phrase)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and phrase of each mention at word boundaries, in order, never overlapping."""
        done = 0
        by_first = self._by_first
        for word in _WORD.finditer(text):
            phrases = by_first.get(word.group())
            if phrases is None or word.start() < done or text[word.start() - 1 : word.start()] == "_":
                continue
            for phrase in phrases:
                if text.startswith(phrase, word.start()) and ends_word(text, word.start() + len(phrase)):
                    done = word.start() + len(phrase)
                    yield word.start(), done, phrase
                    break


def ends_word(text: str, end: int) -> bool:
    """Whether a word may end at that offset: no letter, digit or combining mark follows."""
    if end >= len(text):
        return True
    after = text[end]
    return not (after.isalnum() or after == "_" or category(after)[0] == "M")
