"""Whether a name is a person's, told by given names of many cultures, and where a person's name begins."""

from functools import lru_cache
from importlib.resources import files

from counterfoil.extraction.english_words import classes
from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import key

#: Words inside a person's name that begin with a small letter.
PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter ten bin bint ibn al el ul y e ben".split()
)
HONORIFICS = frozenset(
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Mx Mx. Sir Dame Lord Lady M. Mme Mme. Mlle Madame Monsieur Herr Frau Señor Señora "
    "Sr. Sra. Don Doña Pan Pani пан пані г-н г-жа".split()
)
_PLACES = frozenset({"Ann Arbor", "Virginia Beach", "San Salvador", "Santa Cruz", "San Marino", "Saint Petersburg"})
_SURNAME = Expression(
    r"[A-ZÀ-Þ][\w’'\-]{2,20}(?:ov|ova|ev|eva|ský|ská|sky|skaya|ski|ska|wicz|czyk|enko|chuk|yshyn|ić|vić|vich|ović|oğlu|"
    r"oglu|zade|yan|ian|shvili|dze|sson|sen|sdóttir|nen|opoulos|akis|idis|escu|aitė|utė|ienė|auskas|ēns|iņš|ulis|"
    r"ez|eira|inho|inen|berg|ström|quist|kvist|mann|meier|hofer|bauer)$"
)


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """The packaged given names, folded (`naming.key`), so that case and diacritics do not matter."""
    text = (files("counterfoil.extraction") / "data" / "given_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(map(key.__wrapped__, " ".join(lines).split()))  # more names than `key` keeps


@lru_cache(maxsize=8192)
def is_given(word: str) -> bool:
    """Whether a word is a given name ("Jean-Luc" by its first half)."""
    return key(word) in given_names() or ("-" in word and key(word.partition("-")[0]) in given_names())


@lru_cache(maxsize=8192)
def is_person(name: str) -> bool:
    """Whether a name is a person's: by its given name, an honorific or the shape of its parts.

    A single word never is one, unless an honorific stands before it.
    """
    words = name.split()
    if name in _PLACES or len(words) < 2 or len(words) > 6 or any(word in classes()["organisations"] for word in words):
        return False
    if words[0] in HONORIFICS:
        return words[-1][:1].isupper()
    if not all(_may_be_part(word) for word in words) or not words[-1][:1].isalpha():
        return False
    capitals = [word for word in words if word[:1].isupper() and not _is_initial(word)]
    if not capitals or (name.isupper() and len(name) < 8):
        return False
    first = capitals[0]
    if is_given(first) and (first.lower() not in classes()["doubtful names"] or _SURNAME.match(words[-1])):
        return True
    # "Chiu Shih-han", "Kim Jong-un": the given name comes last; "J. D. Vance": initials before a surname.
    if len(capitals) >= 2 and is_given(words[-1]) and words[-1].lower() not in classes()["doubtful names"]:
        return not words[-1].isupper()
    if _is_initial(words[0]) and len(capitals[-1]) > 2:
        return True
    if any(word in ("bin", "bint", "ibn", "von", "van") for word in words[1:-1]):
        return True
    return len(words) in (2, 3) and _SURNAME.match(words[-1]) is not None


def given_at(words: list[str]) -> int | None:
    """Which of the capitalised words begins a person's name, where something else stands before it."""
    for at, word in enumerate(words[:-1]):
        if is_given(word) and word.lower() not in classes()["doubtful names"]:
            return at
    return None


def _may_be_part(word: str) -> bool:
    if word in PARTICLES:
        return True
    plain = word.replace("-", "").replace("’", "").replace("'", "").replace(".", "")
    return plain.isalpha() and (word[:1].isupper() or word.startswith(("al-", "el-", "d’", "d'", "ad-", "ar-", "as-")))


def _is_initial(word: str) -> bool:
    return len(word.replace(".", "").replace("-", "")) <= 2 and word[:1].isupper() and word.endswith(".")
