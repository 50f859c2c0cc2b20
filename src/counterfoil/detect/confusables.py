"""Letters that look alike: skeletons after Unicode Technical Standard #39.

Two texts are confusable if their skeletons are equal (UTS #39, section 4). The look-alikes are Unicode's table of
confusables, version 15.1, as the package `confusable-homoglyphs` (MIT) has it. A skeleton is for comparing, never for
showing: "paypal" and its Cyrillic copy have the same one, which need not be readable.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

#: Letters that are shown as nothing though their category does not say so (Default_Ignorable_Code_Point).
_UNSEEN = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810)})
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))
_MARKS = "\u200e\u200f"  # the table sets right-to-left letters between marks of direction
#: Digits and signs that are read as letters in handles, and i as l: our own table, kept apart from Unicode's.
_READ_AS = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"}
)


@lru_cache(maxsize=1)
def _prototypes() -> Mapping[str, str]:
    """Each confusable letter's prototype.

    The package lists for each letter those that look like it, in both directions. Unicode gives every letter one
    prototype, which is no source itself: so each group has one hub, and where the hub is several letters ("rn" for m)
    that is the one, as a source is always one letter. Of two single letters either serves as well as the other.
    """
    import json
    from importlib.resources import files

    # Read as data: importing the package would let an environment variable name another table.
    table = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text(encoding="utf-8"))
    likes: dict[str, set[str]] = {}
    for letter, others in table.items():
        bare = _bare(letter)
        likes.setdefault(bare, set()).update(_bare(other["c"]) for other in others)
    found: dict[str, str] = {}
    for letter, others in likes.items():
        if len(letter) != 1 or not others:
            continue
        several = [other for other in others if len(other) > 1]
        hub = min(several, key=lambda one: (len(likes.get(one, ())), one)) if several else ""
        if not hub:
            most = max(others, key=lambda one: (len(likes.get(one, ())), -ord(one)))
            bigger = (len(likes.get(most, ())), -ord(most)) > (len(others), -ord(letter))
            hub = most if bigger else letter
        if hub != letter:
            found[letter] = hub
    return found


def _bare(text: str) -> str:
    return text if len(text) == 1 else text.strip(_MARKS)


def _is_unseen(letter: str) -> bool:
    point = ord(letter)
    return unicodedata.category(letter) == "Cf" or point in _UNSEEN or any(point in one for one in _SELECTORS)


@lru_cache(maxsize=65536)
def skeleton(text: str) -> str:
    """The skeleton of a text: NFD, unseen letters dropped, every letter its prototype, NFD again.

    The prototypes of prototypes are taken too, so that `skeleton(skeleton(x)) == skeleton(x)`.
    """
    if text.isascii() and not _altered_ascii().intersection(text):
        return text
    prototypes = _prototypes()
    while True:
        plain = (letter for letter in unicodedata.normalize("NFD", text) if not _is_unseen(letter))
        made = unicodedata.normalize("NFD", "".join(prototypes.get(letter, letter) for letter in plain))
        if made == text:
            return made
        text = made


@lru_cache(maxsize=1)
def _altered_ascii() -> frozenset[str]:
    return frozenset(letter for letter in _prototypes() if letter.isascii())


def are_confusable(one: str, other: str) -> bool:
    """Whether two different texts look the same (UTS #39); equal ones are not confusable but the same."""
    return one != other and skeleton(one) == skeleton(other)


@lru_cache(maxsize=65536)
def sights(text: str) -> frozenset[str]:
    """What a name may be read as where case does not count: equal if any one is common to both.

    Folding first takes "IRIS" and "Iris" for one; skeleton first sees the capital I in "PauI".
    """
    folded = text.casefold()
    return frozenset({skeleton(folded), skeleton(skeleton(text).casefold())})


def read_as_letters(text: str) -> str:
    """A handle with digits and signs read as the letters they stand for: "m1ra" and "mira" are "mlra"."""
    return text.translate(_READ_AS)


def without_accents(text: str) -> str:
    """The text in lower case without accents and other marks above and below letters."""
    if text.isascii():
        return text.lower()
    return "".join(one for one in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(one))


_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "HEBREW", "ARABIC", "CHEROKEE", "GEORGIAN", "COPTIC", "HANGUL")


def scripts(text: str) -> list[str]:
    """The scripts of a text's letters that Unicode's names tell, in order ("Latin", "Cyrillic", ...)."""
    return list(dict.fromkeys(_known_scripts(text)))


def _known_scripts(text: str) -> Iterable[str]:
    for letter in text:
        name = unicodedata.name(letter, "") if letter.isalpha() else ""
        first = name.split(" ", 1)[0]
        if first in _SCRIPTS:
            yield first.capitalize()


def other_letters(copy: str, original: str) -> list[str]:
    """The letters of a copy that the original has not, each as Unicode calls it, for telling the reader."""
    if len(copy) == len(original):
        odd = [one for one, other in zip(copy, original, strict=True) if one.casefold() != other.casefold()]
    else:
        there = set(original.casefold())
        odd = [one for one in copy if one.casefold() not in there and not one.isspace()]
    strange = dict.fromkeys(odd)
    return [f"{one} ({unicodedata.name(one, f'U+{ord(one):04X}').lower()})" for one in strange]
