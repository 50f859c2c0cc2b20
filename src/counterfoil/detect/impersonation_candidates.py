"""Which of a roster an account is worth comparing with: an index, so that large data sets are not compared in full.

What it lets through is compared in full by `impersonation`. It misses no name or handle up to two slips away whose
original has nine letters or more, nor up to one slip of shorter ones: of two texts two slips apart, one third of the
one stands in the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from counterfoil.detect.confusables import read_as_letters, sights, skeleton
from counterfoil.detect.impersonation_roster import Account, Known, Owners
from counterfoil.detect.name_likeness import compact, is_role, slips, sound, words_of, words_of_handle
from counterfoil.detect.picture_hashes import are_near, hash_of_text, hashes_of

SHORTEST = 4  #: letters of a handle or name that is looked for within others
BIO_SHARE = 0.6  #: of the words of an original's bio: fewer cannot make them as like as a copy is


class Candidates:
    """The roster by what its names, handles, bios and pictures may be recognised by."""

    def __init__(self, known: list[Known], owners: Owners) -> None:
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._parts: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)  # part, where -> place, length
        self._sounds: dict[str, set[int]] = defaultdict(set)
        self._pictures: dict[str, set[int]] = defaultdict(set)
        self._hashes: list[tuple[str, int]] = []
        self._bio_words: dict[str, set[int]] = defaultdict(set)
        self._bio_sizes: list[int] = []
        self._bio_owner: list[int] = []
        for place, one in enumerate(known):
            for text in (*one.names, *one.bare_handles):
                self._add_goal(text, place)
            for name in one.names:
                if key := _sound_key(words_of(name)):
                    self._sounds[key].add(place)
            own = owners.of.get(place, [])
            pictures = [*one.pictures, *(each.picture for each in own if each.picture)]
            self._hashes += [(found, place) for found in hashes_of(pictures)]
            for picture in pictures:
                self._pictures[picture].add(place)
            for bio in {one.bio, *(each.bio for each in own)}:
                self._add_bio(bio, place)
        self._sizes = sorted({len(part) for part, _ in self._parts})
        self._lengths = sorted({len(goal) for goal in self._whole if len(goal) >= SHORTEST})

    def of(self, account: Account) -> set[int]:
        """The places in the roster that the account is worth comparing with."""
        found: set[int] = set()
        for text in _readings(account):
            found |= self._whole.get(text, set())
            for length in self._lengths:
                for start in range(len(text) - length + 1):
                    found |= self._whole.get(text[start : start + length], set())
            found |= self._slipped(text)
        words = [one for one in words_of(account.name) if not is_role(one)]
        found |= self._sounds.get(_sound_key(words), set())
        found |= self._sounds.get(_sound_key(words_of(account.name)), set())
        return found | self._by_picture(account) | self._by_bio(account)

    def _slipped(self, text: str) -> set[int]:
        """Those of which a part stands in the text where it stood, or as far off as slips can move it."""
        found = set()
        for size in self._sizes:
            for start in range(len(text) - size + 1):
                part = text[start : start + size]
                for moved in range(-2, 3):
                    for place, length in self._parts.get((part, start + moved), ()):
                        if abs(length - len(text)) <= 2:
                            found.add(place)
        return found

    def _add_goal(self, text: str, place: int) -> None:
        goals = {compact(text), "".join(sorted(words_of(text))), *sights(text.lstrip("@"))}
        plain = compact(text)
        stripped = "".join(one for one in words_of(text) if not is_role(one))
        for goal in {*goals, stripped, _letters(plain), skeleton(plain)} - {""}:
            self._whole[goal].add(place)
        for goal in {plain, _letters(plain)} - {""}:
            allowed = slips(len(goal))
            if allowed:
                for part, start in _cut(goal, allowed + 1):
                    self._parts[part, start].add((place, len(goal)))

    def _add_bio(self, bio: str, place: int) -> None:
        words = set(words_of(bio))
        if len(words) < 5:
            return
        at = len(self._bio_owner)
        self._bio_owner.append(place)
        self._bio_sizes.append(len(words))
        for word in words:
            self._bio_words[word].add(at)

    def _by_bio(self, account: Account) -> set[int]:
        if not account.bio or not self._bio_owner:
            return set()
        shared: dict[int, int] = defaultdict(int)
        for word in set(words_of(account.bio)):
            for at in self._bio_words.get(word, ()):
                shared[at] += 1
        return {self._bio_owner[at] for at, n in shared.items() if n >= BIO_SHARE * self._bio_sizes[at]}

    def _by_picture(self, account: Account) -> set[int]:
        if not account.picture:
            return set()
        found = set(self._pictures.get(account.picture, ()))
        if theirs := hash_of_text(account.picture):
            found |= {place for ours, place in self._hashes if are_near(theirs, ours)}
        return found


def _readings(account: Account) -> set[str]:
    """What an account's name and handle may be read as, without blanks and signs."""
    found: set[str] = set()
    for text in (account.name, account.handle.lstrip("@")):
        plain = compact(text)
        kept = "".join(one for one in words_of_handle(text) if not is_role(one) and not one.isdigit())
        found |= {plain, kept, "".join(sorted(words_of(text))), skeleton(plain), _letters(plain), _letters(kept)}
        found |= {compact(one) for one in sights(text)} | set(sights(text))
    return {one for one in found if len(one) >= 3}


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return skeleton(read_as_letters(text))


def _cut(text: str, pieces: int) -> Iterator[tuple[str, int]]:
    size, more = divmod(len(text), pieces)
    start = 0
    for at in range(pieces):
        end = start + size + (at < more)
        yield text[start:end], start
        start = end


def _sound_key(words: Iterable[str]) -> str:
    return " ".join(map(sound, words))
