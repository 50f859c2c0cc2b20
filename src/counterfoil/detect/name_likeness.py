"""How like two names or handles are, and by what: look-alike letters, typing, sound, added words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from counterfoil.detect.confusables import other_letters, read_as_letters, sights, skeleton, without_accents

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HUMPS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[a-z])(?=[A-Z])")
_YEAR = re.compile(r"20[2-4]\d")

#: What a copy adds to look official; in a copied handle these are what is left beside the name.
ROLES = frozenset(
    "official officially real realy thereal the its campaign hq team press office newsroom news live tv media breaking "
    "candidate president senator mayor minister ministry mp mep gov government verified account page support help "
    "helpdesk service info online web daily global intl us uk eu org net vote elect for channel backup new second "
    "oficial oficiales offiziell offizielle officiel officielle ufficiale oficjalny oficjalna kampagne kampania "
    "oficiala campana campagne campagna presse prensa stampa equipo equipe kandidat candidato noticias nachrichten "
    "официальный официальная офіційний офіційна официально кампания кампанія штаб новости новини пресс канал".split()
)
#: What a parody or an admirer says; the rules of most platforms ask them to.
NOT_IN_EARNEST = re.compile(
    r"\b(?:parod\w{1,4}|satir\w{1,4}|fan|fans|fan ?(?:page|club|account|art)|unofficial|inoffiziell\w{0,2}|no oficial|"
    r"non[- ]?officiel\w{0,2}|not (?:affiliated|official|the real)|not really|tribute|supporters?|humou?r|comedy|"
    r"joke|spoof|fake account|stan|пароди\w{1,2}|пародія|сатир\w{1,3}|фан\w{0,5}|неофициальн\w{2}|неофіційн\w{2,3})\b",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    r"(?:fans|fanpage|fanclub|parody|parodie|satire|satira|unofficial|supporters)\d*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """One way in which a copy is like its original: how much it says (0 to 1), and in words."""

    kind: str
    points: float
    words: str


def words_of(name: str) -> list[str]:
    """The words of a name in lower case without accents; signs and pictures between them are dropped."""
    return list(_words(name))


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.lower() if name.isascii() else without_accents(name)))


def words_of_handle(handle: str) -> list[str]:
    """The parts of a handle: at signs of separation, digits and humps ("MiraSolvang_2024": mira, solvang, 2024)."""
    return words_of(_HUMPS.sub(" ", handle.lstrip("@").replace("_", " ")))


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """A name or handle without blanks and signs, in lower case without accents."""
    return "".join(words_of(text.replace("_", " ")))


def is_role(word: str) -> bool:
    """Whether a word is of those that copies add to a name: an office, a year, or that it is not meant in earnest."""
    return word in ROLES or bool(_YEAR.fullmatch(word)) or bool(NOT_IN_EARNEST.fullmatch(word))


def not_in_earnest(name: str, handle: str, bio: str) -> str:
    """The words by which an account says that it is a parody or an admirer's; "" if it does not."""
    said = NOT_IN_EARNEST.search(" · ".join((name, handle.replace("_", " "), bio))) or _AT_THE_END.search(handle)
    return said.group() if said else ""


def distance(one: str, other: str, most: int = 2) -> int:
    """Insertions, deletions, changes and swaps of neighbours from one text to the other (optimal string alignment).

    Returns:
        The distance, or `most + 1` where it is greater.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, counter in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != counter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counter:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def slips(length: int) -> int:
    """How many mistyped letters still leave a name of this length recognisable."""
    return 0 if length < 5 else 1 if length < 10 else 2


_ROMAN = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщыьъэюяёαβγδεζηθικλμνξοπρστυφχψως",
        "a b v g g d e e zh z i i i i k l m n o p r s t u f h ts ch sh sh i   e u a e "
        "a v g d e z i t i k l m n ks o p r s t i f h ps o s".split(" "),
        strict=True,
    )
)
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch|sh|ch|zh|cz|sz|tsch", "s"), ("ph", "f"), ("th", "t"), ("gh", "g"), ("ck|q|kh", "k"), ("c(?=[eiy])", "s"),
        ("c", "k"), ("x", "ks"), ("z", "s"), ("w", "v"), ("[yj]", "i"), ("dg", "g"), ("h", ""),
    )
]  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A coarse key of how a word sounds in Latin, Cyrillic or Greek letters: consonants, and the first vowel as a."""
    text = "".join(_ROMAN.get(letter, letter) for letter in without_accents(word))
    for pattern, key in _SOUNDS:
        text = pattern.sub(key, text)
    text = re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]+", "a", text))
    return text[:1] + text[1:].replace("a", "")


def names_alike(original: str, shown: str) -> Likeness | None:
    """How a shown name is like the original's, the strongest way first; None if it is not."""
    if not original.strip() or not shown.strip():
        return None
    theirs, ours = words_of(shown), words_of(original)
    if ours and theirs == ours:
        return Likeness("same name", 0.45, f"has the name {original!r}")
    if sights(" ".join(original.split())) & sights(" ".join(shown.split())):
        return _seen_alike("name", original, shown)
    kept = [one for one in theirs if not is_role(one)]
    plain = [one for one in ours if not is_role(one)] or ours
    added = [one for one in theirs if is_role(one) and one not in ours]
    if added and kept and (kept == plain or _seen(kept) == _seen(plain)):
        return Likeness("name with role", 0.55, f"has the name {original!r} with {_quoted(added)} added")
    if len(ours) > 1 and sorted(theirs) == sorted(ours):
        return Likeness("name reordered", 0.4, f"has the words of {original!r} in another order")
    one, other = "".join(theirs), "".join(ours)
    off = distance(one, other, slips(len(other))) if other else 9
    if one == other:
        return Likeness("same name", 0.45, f"has the name {original!r} but for signs")
    if off <= slips(len(other)) or (off := distance("".join(kept), other, 1)) <= min(1, slips(len(other))):
        return Likeness("name mistyped", 0.5, f"has a name {off} letter{'s'[: off > 1]} off {original!r}: {shown!r}")
    if len("".join(ours)) > 5 and list(map(sound, kept)) == list(map(sound, ours)) and len(sound(other)) > 2:
        return Likeness("name sounds alike", 0.3, f"has a name that sounds like {original!r}: {shown!r}")
    if len(ours) > 1 and len(kept) > len(ours) and _run(ours, kept):
        return Likeness("name contained", 0.15, f"has the name {original!r} within {shown!r}")
    return None


def handles_alike(original: str, shown: str) -> Likeness | None:
    """How a handle is like the original's, the strongest way first; None if it is not or is the same."""
    theirs, ours = shown.lstrip("@").casefold(), original.lstrip("@").casefold()
    if not theirs or len(ours) < 4 or theirs == ours:
        return None
    if sights(original.lstrip("@")) & sights(shown.lstrip("@")):
        return _seen_alike("handle", original, shown)
    if skeleton(read_as_letters(theirs)) == skeleton(read_as_letters(ours)):
        return Likeness("handle look-alike", 0.7, f"has a handle that reads like @{ours}: @{theirs}")
    bare, goal = compact(theirs), compact(ours)
    if bare == goal:
        return Likeness("handle look-alike", 0.6, f"has the handle @{ours} but for signs: @{theirs}")
    kept, added = _beside(shown, goal)
    if kept and added and all(map(is_role, added)):
        return Likeness("handle with role", 0.55, f"has the handle @{ours} with {_quoted(added)} added: @{theirs}")
    off = distance(bare, goal, slips(len(goal)))
    if off <= slips(len(goal)) and not _counts(bare, goal):
        return Likeness("handle mistyped", 0.55, f"has a handle {off} letter{'s'[: off > 1]} off @{ours}: @{theirs}")
    if kept and len(goal) > 5 and all(one.isdigit() for one in added):
        return Likeness("handle with digits", 0.3, f"has the handle @{ours} with digits: @{theirs}")
    return None


def handle_of_name(name: str, shown: str) -> Likeness | None:
    """Whether a handle is made of a name and role words ("@mirasolvang_official") or of the name alone."""
    goal = compact(name)
    if len(goal) < 6:
        return None
    kept, added = _beside(shown, goal)
    if kept and added and all(map(is_role, added)):
        told = f"has a handle of the name {name!r} with {_quoted(added)} added: {shown}"
        return Likeness("handle with role", 0.5, told)
    if kept and all(one.isdigit() for one in added):
        return Likeness("handle of name", 0.25, f"has a handle of the name {name!r}: {shown}")
    read = skeleton(read_as_letters(compact(shown)))
    if not kept and read == skeleton(read_as_letters(goal)):
        return Likeness("handle look-alike", 0.65, f"has a handle that reads like the name {name!r}: {shown}")
    return None


def _seen_alike(what: str, original: str, shown: str) -> Likeness:
    strange = other_letters(shown, original)
    told = f" with {', '.join(strange[:4])}" if strange else ""
    return Likeness(f"{what} look-alike", 0.85, f"has a {what} that looks like {original!r} but is {shown!r}{told}")


def _beside(handle: str, goal: str) -> tuple[bool, list[str]]:
    """Whether the goal stands in the handle as a run of its parts, and the parts beside it."""
    parts = words_of_handle(handle)
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            if "".join(parts[start:end]) == goal:
                return True, parts[:start] + parts[end:]
    whole = "".join(parts)
    before, found, after = whole.partition(goal)
    if not found:
        return False, []
    return True, [one for side in (before, after) for one in words_of_handle(side)]


def _counts(one: str, other: str) -> bool:
    """Whether they differ in digits alone: "harbour1" and "harbour2" are neighbours in a row, not slips."""
    return re.sub(r"\d", "", one) == re.sub(r"\d", "", other)


def _seen(words: list[str]) -> list[str]:
    return [skeleton(one) for one in words]


def _run(words: list[str], within: list[str]) -> bool:
    return any(within[at : at + len(words)] == words for at in range(len(within)))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in words)
