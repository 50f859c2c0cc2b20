"""Tokens for likeness of texts: stemmed words, and pairs of characters where words are not spaced."""

import re
from functools import lru_cache

from Stemmer import Stemmer

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+|[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_STOP = frozenset(
    "a about after all also an and any are as at be because been before being between both but by can could did do "
    "does during each for from further had has have having he her here him his how i if in into is it its itself just "
    "may me might more most must my no nor not now of off on once one only or other our out over own said same say "
    "says she should so some such than that the their them then there these they this those through to too under "
    "until up very was we were what when where which while who whom why will with within would you your".split()
)
_english = Stemmer("english")


def tokens(text: str) -> list[str]:
    """The text's tokens in order, without English stop words. Linear in the text."""
    found: list[str] = []
    for run in _TOKEN.findall(text.lower()):
        if not run.isascii() and _UNSPACED.match(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        elif run not in _STOP and len(run) > 1:
            found.append(_stem(run))
    return found


@lru_cache(maxsize=65536)  # texts repeat their words
def _stem(word: str) -> str:
    stem: str = _english.stemWord(word.replace("’", "'").removesuffix("'s"))
    return stem
