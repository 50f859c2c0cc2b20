"""Closed-class words, known verb forms and common nouns of English: what decides where a noun phrase ends."""

from collections.abc import Mapping
from functools import lru_cache

from counterfoil.extraction.word_lists import lines_of, word_classes

_IRREGULAR = "/"


def classes() -> Mapping[str, frozenset[str]]:
    """Class of words ("determiners", "titles", ...) -> its words, as the packaged list has them."""
    return word_classes("english_words.txt")


@lru_cache(maxsize=1)
def verbs() -> dict[str, str]:
    """Every known verb form in small letters -> "base", "third", "past", "participle" or "ing".

    Where past and participle are one form it is "past".
    """
    forms: dict[str, str] = {}
    for entry in " ".join(lines_of("english_verbs.txt")).split():
        for form, tense in inflected(entry):
            forms.setdefault(form, tense)
    return forms


def inflected(entry: str) -> list[tuple[str, str]]:
    """The forms of a verb with their tense; of an irregular one, `entry` is "base/past/participle"."""
    base, *irregular = entry.split(_IRREGULAR)
    past, participle = irregular if irregular else (_with_ed(base), _with_ed(base))
    forms = [(past, "past"), (participle, "participle"), (base, "base"), (_with_s(base), "third"), (_ing(base), "ing")]
    if base.endswith(("el", "al")) and not irregular:  # "labelled" beside "labeled"
        forms += [(base + "led", "past"), (base + "ling", "ing")]
    return forms


def forms_of(*entries: str) -> frozenset[str]:
    """All forms of some verbs, for a rule's list of words: `forms_of("smear", "seek/sought/sought")`."""
    return frozenset(form for entry in entries for form, _ in inflected(entry))


def _with_s(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base[:-1] + "ies" if _ends_in_y(base) else base + "s"


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if _ends_in_y(base):
        return base[:-1] + "ied"
    return base + (base[-1] if base in classes()["doubling"] else "") + "ed"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + (base[-1] if base in classes()["doubling"] else "") + "ing"


def _ends_in_y(base: str) -> bool:
    return base.endswith("y") and base[-2:-1] not in "aeou"
