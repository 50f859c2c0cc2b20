"""Find many fixed phrases, or patterns around fixed words, in a text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import category

from counterfoil.extraction.expressions import Expression

_WORD = Expression(r"[^\W_]{1,60}")


class PhraseIndex:
    """Phrases by their first word; the longest one wins, letters must agree in case.

    A text is taken apart once (`word_starts`), however many indexes look into it; after that a search
    costs time for the phrases and their mentions only: at each word that begins a phrase, as many looks as
    phrases that begin with it have lengths.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(phrases)
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self._phrases:
            first = phrase.partition(" ")[0]
            if not first.isalnum():
                match = _WORD.match(phrase)
                if match is None:
                    continue
                first = match.group()
            self._lengths[first].add(len(phrase))

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and phrase of each mention at word boundaries, in order, never overlapping.

        For a report's whole text; for a few words use `within`.
        """
        starts = word_starts(text)
        words = self._lengths.keys() & vocabulary(text)
        return self._at(text, sorted((start, word) for word in words for start in starts[word]))

    def within(self, words: str) -> Iterator[tuple[int, int, str]]:
        """The same for a few words, which are not worth taking apart for later."""
        return self._at(words, ((match.start(), match.group()) for match in _WORD.finditer(words)))

    def _at(self, text: str, words: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
        done = 0
        for start, word in words:
            if start < done or word not in self._lengths or text[start - 1 : start] == "_":
                continue
            for length in sorted(self._lengths[word], reverse=True):
                phrase = text[start : start + length]  # fewer letters at the text's end
                if phrase in self._phrases and ends_word(text, start + len(phrase)):
                    done = start + len(phrase)
                    yield start, done, phrase
                    break


def matches_with(
    text: str, pattern: Expression, words: Iterable[str], before: int, after: int = 40
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that no text without one of these words can match, in order, never overlapping.

    A match begins at most `before` characters before the word and ends `after` behind its start. Looking
    for the words first is far quicker than trying the pattern everywhere.
    """
    starts = word_starts(text)
    done = 0
    present = vocabulary(text) & (words if isinstance(words, frozenset) else frozenset(words))
    for at in sorted([start for word in present for start in starts[word]]):
        if at < done:
            continue
        # What begins with the word need not be looked for.
        look = pattern.search if before else pattern.match
        match = look(text, max(done, at - before), at + after)
        if match and match.start() <= at < match.end():
            done = match.end()
            yield match


def matches_at(text: str, pattern: Expression, words: frozenset[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with one of these words, in order, never overlapping."""
    starts = word_starts(text)
    done = 0
    for at in sorted([start for word in vocabulary(text) & words for start in starts[word]]):
        match = pattern.match(text, at) if at >= done else None
        if match:
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
    starts: defaultdict[str, list[int]] = defaultdict(list)
    after = 0
    for word in _WORD.findall(text):
        at = text.find(word, after)  # no letter or digit stands between; making a match of each takes twice as long
        starts[word].append(at)
        after = at + len(word)
    return dict(starts)


@lru_cache(maxsize=1)
def vocabulary(text: str) -> frozenset[str]:
    """Every word of the text; what a rule waits for is met with it in no more time than the shorter list takes."""
    return frozenset(word_starts(text))


def words_of(phrase: str) -> list[str]:
    """The words that `word_starts` would find in a phrase."""
    return _WORD.findall(phrase)


def ends_word(text: str, end: int) -> bool:
    """Whether a word may end at that offset: no letter, digit or combining mark follows."""
    after = text[end : end + 1]
    return not (after.isalnum() or after == "_" or (not after.isascii() and category(after)[0] == "M"))
