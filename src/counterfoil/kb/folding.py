"""How texts are compared in a search: case, diacritics and letter forms do not count.

`fold` is what the index holds and what a query becomes: words in lower case without diacritics, parted by
spaces, so that the database's own tokenizer has nothing to decide. Scripts that are written without spaces
(Han, Kana, Hangul, Thai, ...) become one word a character; a query's word in them is a phrase of characters.
"""

import re
import unicodedata

#: Marks that readers leave out when they type: Latin, Greek, Cyrillic, Hebrew and Arabic ones.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u200b-\u200f\u00ad\ufe00-\ufe0f]"
)
#: Letters that Unicode does not take apart, or that languages of one script write differently.
_LETTERS = str.maketrans(
    {
        **dict(zip("ıłøđħŧðŋ", "ilodhtdn", strict=True)),
        **{"æ": "ae", "œ": "oe", "þ": "th"},
        **{"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا"},
    }
)
#: One word a character: scripts that put no spaces between words, and Hangul, which glues particles to them.
_SPACED = re.compile(
    "[\u0e01-\u0e4e\u0e81-\u0ede\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]"
)
_ASCII = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)


class _Folds(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


#: Character by character: a text's offsets can be found again in what it becomes.
FOLDS = _Folds()


def fold(text: str) -> str:
    """The text as a search sees it: words of folded letters and digits, with spaces between and around them."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII).decode("ascii")
    return text.translate(FOLDS)


def words(text: str) -> list[str]:
    """The folded words of the text, in order."""
    return fold(text).split()


def is_spaced(word: str) -> bool:
    """Whether the folded word is a character that stands for itself."""
    return len(word) == 1 and _SPACED.match(word) is not None


def _folded(char: str) -> str:
    if _MARKS.match(char):
        return ""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", char).casefold())
    letters = unicodedata.normalize("NFC", _MARKS.sub("", plain).translate(_LETTERS))
    return "".join(_as_token(letter) for letter in letters)


def _as_token(letter: str) -> str:
    if _SPACED.match(letter):
        return f" {letter} "
    # Vowel signs of Indic scripts are marks, and part of the word.
    return letter if letter.isalnum() or unicodedata.category(letter) in ("Mn", "Mc") else " "
