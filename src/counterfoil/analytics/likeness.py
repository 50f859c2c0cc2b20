"""Texts that say nearly the same: likeness of their words, and groups of what is alike."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

ALIKE = 0.5  #: share of the words of two texts that both have, from which they say the same
MOST_SHARED = 50  #: groups that have a word, beyond which it tells nothing

_WORD = re.compile(r"\w{2,40}")
_FUNCTION_WORDS = frozenset(
    "the an of in on to for and or that this these those is are was were be been being had has have by with from "
    "as at it its their his her they he she we not no will would could should had who which were into about "
    "over under after before than then there such some any all more most".split()
)


def alike(texts: Sequence[str]) -> list[list[int]]:
    """Groups of texts by number, in text order: each is alike with the first of its group.

    Two texts are alike if half of their words (stems, without function words) are in both. Only texts that
    share a word are compared, so the time grows nearly with the number of texts.
    """
    groups: dict[int, list[int]] = {}
    with_word: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        words = _words(text)
        near = Counter(first for word in words for first in with_word.get(word, ())[:MOST_SHARED])
        first, shared = max(near.items(), key=lambda item: (item[1], -item[0]), default=(number, 0))
        if shared and shared >= ALIKE * len(words | _words(texts[first])):
            groups[first].append(number)
            continue
        groups[number] = [number]
        for word in words:
            with_word.setdefault(word, []).append(number)
    return list(groups.values())


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The stems of a text's words, without function words."""
    from Stemmer import Stemmer

    words = [word for word in _WORD.findall(text.casefold()) if word not in _FUNCTION_WORDS]
    return frozenset(Stemmer("english").stemWords(words))
