"""Words and marks of a few sentences, for the rules that read who speaks."""

import re
from bisect import bisect_left
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?:[A-Z]\.){1,4}|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Mme|M)\.(?=\s)|\[…\]|"
    r"[^\W_]\w{0,60}(?:[’'\-/&.][^\W_]\w{0,40}){0,6}|[^\w\s]"
)
_ARABIC = re.compile(r"(?:al|el|ad|as|ar|an|bin)-[A-ZÀ-Þ]")
_ELISION = re.compile(r"(?:qu|l|d|n|s|j|c|m|t|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)


class Token(NamedTuple):
    """A word or mark at `start` to `end` of the text read."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_capital(self) -> bool:
        """Whether it may be part of a name."""
        if self.text[0].isupper():
            return True
        return (self.text[0].isdigit() and not self.text.isdigit()) or _ARABIC.match(self.text) is not None

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of a range. French elisions ("l'agence") are two words."""
    found: list[Token] = []
    add, make, after = found.append, tuple.__new__, start
    for word in _TOKEN.findall(text, start, end):
        first = text.find(word, after)  # only blanks stand between; making a match of each takes twice as long
        after = first + len(word)
        if "'" in word or "’" in word:
            cut = _ELISION.match(word)
            if cut:
                add(_token(first, cut.group()))
                first, word = first + cut.end(), word[cut.end() :]
            add(_token(first, word))
        else:  # the class's own constructor takes twice as long
            add(make(Token, (first, after, word, word.lower())))
    return found


class Words:
    """The tokens of a text, read once; for many looks at its ranges."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text, 0, len(text))
        self._starts = [token.start for token in self._tokens]

    def between(self, start: int, end: int) -> list[Token]:
        """The words and marks that begin in a range."""
        return self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _token(start: int, word: str) -> Token:
    return Token(start, start + len(word), word, word.lower().replace("’", "'"))
