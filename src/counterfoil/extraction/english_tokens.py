"""The words of a few sentences of English with what kind of word each is, as far as noun phrases need it."""

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from counterfoil.extraction.english_words import classes, verbs
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.given_names import HONORIFICS, is_given
from counterfoil.extraction.states import gazetteer

_TOKEN = Expression(
    r"(?:[A-Z]\.){2,6}|[A-Z]\.(?=\s?[A-Z])"
    r"|(?:Sen|Rep|Gov|Dr|Mr|Mrs|Ms|Mx|Prof|Gen|Col|Capt|Lt|Sgt|St|Rev|Jr|Sr|Adm|Maj|Hon|Inc|Corp|Ltd|Co)\."
    r"|(?:[Ss]en|[Rr]ep|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.(?= )"
    r"|\d[\d,.]*\d%?|\w{1,60}(?:[-.’'&/@]\w{1,60}){0,6}|\S"
)
_PIECE = 600  #: letters of a text that are taken apart at once
_ORDINAL = Expression(r"\d{1,4}(?:st|nd|rd|th)")
_OPEN_QUOTES, _QUOTES = '“«„‘"', '“”«»„"‘'
_BEYOND = "." * 40
_SIGNS = frozenset(".,;:()!?-–—")
_STOPS = frozenset(".!?:\n•|*")


class Token(NamedTuple):
    """A word or sign. `kind` is one letter:

    C name word, G people's adjective ("Russian"), M month or weekday, D determiner or number, R pronoun, O "of",
    P other preposition, J conjunction, B adverb, X auxiliary, V finite verb, E past or participle form,
    I form in -ing, A adjective, N known noun, n other word in small letters, S possessive, Q quotation mark,
    else the sign itself.
    """

    start: int
    end: int
    kind: str
    lower: str


class Words:
    """The tokens of a range, asked for by number; beyond either end there is a full stop."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.tokens = text, tokens(text, start, end)
        #: What kind of word the token of a number is (`Token`). It is what is asked for most, so there is no
        #: function in between: an index that leads a few tokens beyond either end finds a full stop.
        self.kind = [*(token[2] for token in self.tokens), *_BEYOND].__getitem__

    def lower(self, at: int) -> str:
        """The word in small letters."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def word(self, at: int) -> str:
        """The word as written."""
        return self.text[self.tokens[at].start : self.tokens[at].end] if 0 <= at < len(self.tokens) else ""


@lru_cache(maxsize=512)  # the rules around one word ask for the same stretch
def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of a range; a word that the range cuts is cut."""
    pieces = _pieces(text)
    found: list[Token] = []
    at = bisect_right(pieces.starts, start) - 1
    while at < len(pieces.starts) and pieces.starts[at] < end:
        every, begins = pieces.tokens(at)
        first, last = bisect_left(begins, start), bisect_left(begins, end)
        if first and every[first - 1].end > start:
            found += _read(text, start, min(every[first - 1].end, end))
        if last > first and every[last - 1].end > end:
            last -= 1
            found += every[first:last]
            found += _read(text, every[last].start, end)
        else:
            found += every[first:last]
        at += 1
    return tuple(found)


class _Pieces:
    """A text in pieces that no word crosses, each taken apart when it is first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.starts = [0]
        after = text.find(" ", _PIECE)
        while after >= 0:
            if text[after - 1] != ".":  # what follows an initial tells what it is
                self.starts.append(after + 1)
            after = text.find(" ", after + (1 if text[after - 1] == "." else _PIECE))
        self._tokens: dict[int, tuple[list[Token], list[int]]] = {}

    def tokens(self, index: int) -> tuple[list[Token], list[int]]:
        """The tokens of one piece and where each begins."""
        if index not in self._tokens:
            end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self._text)
            found = _read(self._text, self.starts[index], end)
            self._tokens[index] = found, [token[0] for token in found]
        return self._tokens[index]


@lru_cache(maxsize=2)
def _pieces(text: str) -> _Pieces:
    return _Pieces(text)


def _read(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    add, make = found.append, tuple.__new__  # the class's own constructor takes twice as long
    after = start
    for word in _TOKEN.findall(text, start, end):
        first = text.find(word, after)  # only blanks stand between; making a match of each takes twice as long
        after = first + len(word)
        if word.islower() and word.isalpha():
            add(make(Token, (first, after, _small(word), word)))
        elif word in ("’", "'"):
            # "workers’ union"
            behind = found and found[-1].end == first and found[-1].lower.endswith("s")
            add(make(Token, (first, after, "S" if behind else word, word)))
        elif word in _SIGNS:
            add(make(Token, (first, after, word, word)))
        elif word[-2:] in ("'s", "’s") and word.lower() not in ("it's", "that's", "it’s") and len(word) > 2:
            add(_token(text, first, after - 2))
            add(make(Token, (after - 2, after, "S", "s")))
        else:
            add(_token(text, first, after))
    return found


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    lower = word.lower().replace("’", "'")
    if not word[0].isalnum():
        return Token(start, end, "Q" if word in _QUOTES else word, word)
    if word[0].isdigit() and _ORDINAL.fullmatch(lower):
        return Token(start, end, "D", lower)
    if word[0].isdigit() and not (any(letter.isalpha() for letter in word) and word[-1:].isalpha()):
        return Token(start, end, "D", lower)
    if word[0].isupper() or word[0].isdigit():
        return tuple.__new__(Token, (start, end, _capital(text, start, end), lower))
    return Token(start, end, _small(lower), lower)


@lru_cache(maxsize=8192)
def _is_peoples(word: str) -> bool:
    return word in gazetteer().adjectives or word in classes()["peoples"] or _is_compound(word)


@lru_cache(maxsize=8192)
def _by_itself(word: str) -> str:
    """What kind of word a capitalised one is wherever it stands; empty if what is around it decides."""
    if word in classes()["dates"]:
        return "M"
    if _is_peoples(word):
        return "G"
    return "C" if word in HONORIFICS or (is_given(word) and _only_by_ending(word.lower())) else ""


def _capital(text: str, start: int, end: int) -> str:
    word = text[start:end]
    known = _by_itself(word)
    if known:
        before_name = word == "Jan" and text[end : end + 2].strip()[:1].isupper()  # "Admiral Jan Visser"
        return "C" if before_name else known
    if word.isupper() and len(word) > 1 and not _shouted(text, start, end):
        return "C"
    lower = word.lower()
    kind = _small(lower)
    next_capital = text[end : end + 2].strip()[:1].isupper()
    if kind in "DRPOJX":
        # "Will Smith", but "The Tribune", "In Moldova"
        return "C" if next_capital and is_given(word) else kind
    if not begins_sentence(text, start):
        return "C"
    if kind == "A" and next_capital:
        return "A" if lower in ("former", "acting", "outgoing", "interim", "then-president", "veteran") else "C"
    if lower in classes()["titles"] and next_capital:
        return "C"
    if kind in "BNVEIA" and not (next_capital and kind in "NVEI"):
        return kind
    return "n" if not next_capital and lower.endswith(("ers", "ists", "ants")) else "C"


@lru_cache(maxsize=4096)
def _only_by_ending(lower: str) -> bool:
    """Whether nothing but its ending makes a given name look like a word ("Mohammed")."""
    return lower not in verbs() and not any(lower in words for words in classes().values()) and _small(lower) in "EIAB"


@lru_cache(maxsize=8192)
def _small(lower: str) -> str:
    known = classes()
    if lower == "of":
        return "O"
    for name, kind in (
        ("determiners", "D"),
        ("pronouns", "R"),
        ("conjunctions", "J"),
        ("auxiliaries", "X"),
        ("prepositions", "P"),
        ("adverbs", "B"),
        ("adjectives", "A"),
    ):
        if lower in known[name]:
            return kind
    if lower in known["nouns"] or lower in known["titles"] or lower in known["naming"]:
        return "N"
    tense = verbs().get(lower, "")
    if tense in ("past", "participle"):
        return "E"
    if tense:
        return "I" if tense == "ing" else "V"
    return _by_ending(lower)


def _by_ending(lower: str) -> str:
    if lower.endswith("ly") and len(lower) > 4:
        return "B"
    if lower.endswith("ed") and len(lower) > 4:
        return "A" if "-" in lower else "E"
    if lower.endswith("ing") and len(lower) > 5:
        return "A" if "-" in lower else "I"
    if lower.startswith(("pro-", "anti-", "non-")) or lower.endswith(("-based", "-style", "-era", "-wide", "-level")):
        return "A"
    ends = ("al", "ive", "ous", "ful", "less", "ible", "able", "ic", "ish", "ary")
    return "A" if lower.endswith(ends) and len(lower) > 5 else "n"


def _is_compound(word: str) -> bool:
    """Whether it is an adjective with a name in it: "China-linked", "Tehran-based", "Kremlin-backed"."""
    last = word.rpartition("-")[2]
    return "-" in word and (last in _COMPOUNDS or last in ("language", "speaking"))


_COMPOUNDS = frozenset(
    "linked based backed aligned sponsored affiliated funded run owned controlled connected friendly born made style "
    "era leaning led tied nexus wide supported occupied directed operated registered".split()
)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether an all-capital word stands between all-capital words and is an everyday one ("FAKE NEWS HIT")."""
    if _small(text[start:end].lower()) == "n":
        return False
    around = text[max(0, start - 12) : start].split()[-1:] + text[end : end + 12].split()[:1]
    return all(len(word) > 1 and word.isupper() for word in around) and bool(around)


def begins_sentence(text: str, start: int) -> bool:
    """Whether nothing stands before the word but the end of a sentence, a line's beginning or a quotation mark."""
    before = text[max(0, start - 4) : start].rstrip(" ")
    while before and before[-1] in _OPEN_QUOTES:
        before = before[:-1].rstrip(" ")
    return (before == "" and start < 5) or (before != "" and before[-1] in _STOPS) or before[-2:-1] in _STOPS
