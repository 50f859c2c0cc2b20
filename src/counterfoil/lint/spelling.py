"""Proper names in texts, and pairs of them that are one edit apart."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

_LEAST = 8  #: letters; shorter words are one edit apart by chance
_TAG = re.compile(r"<[^<>]*>")
_NOISE = re.compile(r"https?://\S+|\bT(?:A?\d{2,6}(?:\.\d+)?)\b|\S*[@/_#]\S*|\S+\.[a-z]{2,}\b")
_WORD = re.compile(r"(?<![\w'’])[^\W\d_][\w'’]*")
_ENDING = re.compile(r"['’]s?$")


def proper_names(texts: Sequence[str]) -> list[list[str]]:
    """For each text the words of at least eight letters that all the texts together write with a capital only."""
    words = [[_ENDING.sub("", word) for word in _WORD.findall(_NOISE.sub(" ", _TAG.sub(" ", text)))] for text in texts]
    common = {word for listed in words for word in listed if word[0].islower()}
    return [
        list(dict.fromkeys(w for w in listed if len(w) >= _LEAST and w[0].isupper() and w.lower() not in common))
        for listed in words
    ]


def one_edit_apart(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs that differ by one letter more, less, other or swapped, neither the first nor among the last two.

    Case is ignored. Linear in the number of names: each is filed under itself with every letter left out.
    """
    filed: defaultdict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        if len(name) >= _LEAST:
            for key in {name.lower(), *(name[:i].lower() + name[i + 1 :].lower() for i in range(1, len(name)))}:
                filed[key].append(name)
    said: set[tuple[str, str]] = set()
    for group in filed.values():
        for place, left in enumerate(group):
            for right in group[place + 1 :]:
                pair = (min(left, right), max(left, right))
                if pair not in said and _one_edit(left.lower(), right.lower()):
                    said.add(pair)
                    yield pair


def _one_edit(left: str, right: str) -> bool:
    if left == right:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    edit = a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
    letters = (a[:2] if swapped else a[:1]) + (b[:1])
    return edit and start > 0 and min(len(a), len(b)) > 2 + swapped and letters.isalpha()
