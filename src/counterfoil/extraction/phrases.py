"""Find many fixed phrases, or patterns around fixed words, in a text."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import category

_WORD = re.compile(r"[^\W_]{1,60}")


class PhraseIndex:
    """Phrases by their first word; the longest one wins, letters must agree in case.

    A text is taken apart once (`word_starts`), however many indexes look into it; after that a search
    costs time for the phrases and their mentions only.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(set(phrases), key=len, reverse=True):
            first = _WORD.search(phrase)
            if first and first.start() == 0:
                self._by_first.setdefault(first.group(), []).append(phrase)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and phrase of each mention at word boundaries, in order, never overlapping.

        For a report's whole text; for a few words use `within`.
        """
        starts = word_starts(text)
        words = self._by_first.keys() & starts.keys()
        return self._at(text, sorted((start, word) for word in words for start in starts[word]))

    def within(self, words: str) -> Iterator[tuple[int, int, str]]:
        """The same for a few words, which are not worth taking apart for later."""
        return self._at(words, ((match.start(), match.group()) for match in _WORD.finditer(words)))

    def _at(self, text: str, words: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
        done = 0
        for start, word in words:
            if start < done or text[start - 1 : start] == "_":
                continue
            for phrase in self._by_first.get(word, ()):
                end = start + len(phrase)
                if text.startswith(phrase, start) and ends_word(text, end):
                    done = end
                    yield start, end, phrase
                    break


def matches_with(
    text: str, pattern: re.Pattern[str], words: Iterable[str], before: int, after: int = 40
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that no text without one of these words can match, in order, never overlapping.

    A match begins at most `before` characters before the word and ends `after` behind its start. Looking
    for the words first is far quicker than trying the pattern everywhere.
    """
    starts = word_starts(text)
    done = 0
    for at in sorted(start for word in set(words) & starts.keys() for start in starts[word]):
        if at < done:
            continue
        # What begins with the word need not be looked for.
        look = pattern.search if before else pattern.match
        match = look(text, max(done, at - before), at + after)
        if match and match.start() <= at < match.end():
            done = match.end()
            yield match


def spellings(words: Iterable[str]) -> frozenset[str]:
    """The words as they are, with a capital, and in capitals."""
    return _spelled(frozenset(words))


@lru_cache(maxsize=256)  # the rules ask with the same lists for every text
def _spelled(words: frozenset[str]) -> frozenset[str]:
    return frozenset(form for word in words for form in (word, word.capitalize(), word.upper()))


@lru_cache(maxsize=1)  # the kinds ask for the same text, one after the other
def word_starts(text: str) -> dict[str, list[int]]:
    """Every word of the text -> where it stands."""
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        starts.setdefault(match.group(), []).append(match.start())
    return starts


def words_of(phrase: str) -> list[str]:
    """The words that `word_starts` would find in a phrase."""
    return _WORD.findall(phrase)


def ends_word(text: str, end: int) -> bool:
    """Whether a word may end at that offset: no letter, digit or combining mark follows."""
    after = text[end : end + 1]
    return not (after.isalnum() or after == "_" or (not after.isascii() and category(after)[0] == "M"))
