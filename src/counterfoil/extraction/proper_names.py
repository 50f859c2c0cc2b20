"""Proper names in English text: where one that begins at a word ends."""

from counterfoil.extraction.english_tokens import Words
from counterfoil.extraction.english_words import classes
from counterfoil.extraction.given_names import PARTICLES

Range = tuple[int, int]

_IN_ORGANISATIONS = frozenset("of for on".split())


def name_at(words: Words, at: int) -> Range | None:
    """The tokens of a proper name that begins here."""
    after = at + 1
    while step := _goes_on(words, at, after):
        after += step
    if words.kind(after - 1) == "M":
        after -= 1
    return (at, after) if after > at else None


def _goes_on(words: Words, first: int, after: int) -> int:
    """How many more tokens belong to the name that began at `first`."""
    kind, lower = words.kind(after), words.lower(after)
    capital = words.kind(after + 1) == "C"
    if kind == "C" or (kind == "G" and (capital or is_organisation(words, first, after))):
        return 1
    if kind == "D" and lower.isdigit() and len(lower) < 4:
        return int(words.tokens[after - 1].end + 1 == words.tokens[after].start)
    if lower.startswith(("al-", "el-", "d'")) and words.word(after)[-1:].isalpha():
        return 1
    if lower in PARTICLES and (capital or words.lower(after + 1) in PARTICLES):
        return 2 if capital else 3 * (words.kind(after + 2) == "C")
    if lower in ("&", "and"):
        return 2 * (capital and (lower == "&" or _joins(words, after)))
    if lower in _IN_ORGANISATIONS and is_organisation(words, first, after):
        article = words.lower(after + 1) in ("the", "a")
        return (2 + article) * (words.kind(after + 1 + article) in ("C", "G"))
    return 0


def quoted_at(words: Words, at: int) -> Range | None:
    """The tokens of a name in quotation marks, the marks included."""
    if words.text[words.tokens[at].start] in "”»":
        return None
    for after in range(at + 1, min(at + 8, len(words.tokens))):
        if words.tokens[after].kind == "Q":
            inside = after - at - 1 - (words.kind(after - 1) in (",", "."))
            capital = words.word(at + 1)[:1].isupper() and not (inside > 3 and words.kind(at + 1) in "DRP")
            return (at, after + 1) if inside > 0 and capital else None
    return None


def organisation_of_people(words: Words, at: int) -> Range | None:
    """An organisation whose name begins with an adjective: "Democratic Progressive Party"."""
    if words.kind(at + 1) not in ("C", "G"):
        return None
    named = name_at(words, at)
    if named is None or not is_organisation(words, *named):
        return None
    titled = any(words.lower(index) in classes()["titles"] for index in range(named[0], named[1] - 1))
    return None if titled else named


def is_organisation(words: Words, first: int, after: int) -> bool:
    return any(words.word(at) in classes()["organisations"] for at in range(first, after))


def _joins(words: Words, conjunction: int) -> bool:
    """Whether "and" stands inside a name: "Security and Intelligence Service", "Ministry of Trade and Industry"."""
    joined = classes()["joined"]
    if words.word(conjunction - 1) not in joined and words.word(conjunction - 1).removesuffix("s") not in joined:
        return False
    if words.word(conjunction + 1) in joined:
        return True
    return any(words.word(at) in classes()["organisations"] for at in range(conjunction + 1, conjunction + 4))
