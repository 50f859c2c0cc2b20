"""Words and marks of a few sentences, for the rules that read who speaks."""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import NamedTuple

from counterfoil.extraction.expressions import Expression

_TOKEN = Expression(
    r"(?:[A-Z]\.){1,4}|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Sgt|St|Jr|Mme|M)\.(?=\s)|\[…\]|"
    r"[^\W_]\w{0,60}(?:[’'\-/&.][^\W_]\w{0,40}){0,6}|[^\w\s]"
)
_ARABIC = Expression(r"(?:al|el|ad|as|ar|an|bin)-[A-ZÀ-Þ]")
_PIECE = 600  #: letters of a text that are taken apart at once
_start = itemgetter(0)
_ELISION = Expression(r"(?:qu|l|d|n|s|j|c|m|t|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)


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
    """The tokens of a text, for many looks at its ranges; each piece of it is read when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: dict[int, list[Token]] = {}
        self._begins = [0]  # where pieces begin: behind blanks, which no word holds
        after = text.find(" ", _PIECE)
        while after >= 0:
            self._begins.append(after + 1)
            after = text.find(" ", after + _PIECE)

    def between(self, start: int, end: int) -> list[Token]:
        """The words and marks that begin in a range."""
        found: list[Token] = []
        at = max(0, bisect_right(self._begins, start) - 1)
        while at < len(self._begins) and self._begins[at] < end:
            piece = self._piece(at)
            found += piece[bisect_left(piece, start, key=_start) : bisect_left(piece, end, key=_start)]
            at += 1
        return found

    def _piece(self, number: int) -> list[Token]:
        if number not in self._pieces:
            end = self._begins[number + 1] if number + 1 < len(self._begins) else len(self._text)
            self._pieces[number] = tokens(self._text, self._begins[number], end)
        return self._pieces[number]


def _token(start: int, word: str) -> Token:
    return Token(start, start + len(word), word, word.lower().replace("’", "'"))
