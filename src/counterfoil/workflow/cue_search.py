"""Techniques by the codebook's cues: which cue holds the words that somebody types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from counterfoil.model.codebook import Codebook, Strength

_LIST = re.compile(r"<([^<>]+)>")
_WORD = re.compile(r"[^\W_][\w'’-]*\*?")
_ORDER = (Strength.STRONG, Strength.FAIR, Strength.WEAK)


@dataclass(frozen=True, slots=True)
class CueHit:
    """A technique, and its most telling cue that holds all the words."""

    technique: str
    cue: str
    strength: Strength


class CueIndex:
    """The cues of a codebook by their words; named lists count as their words. Built in a few tenths of a second."""

    def __init__(self, codebook: Codebook) -> None:
        self._cues: list[CueHit] = []
        self._words: dict[str, set[int]] = {}
        lists = codebook.lists
        for entry in codebook.entries.values():
            named = {**lists.get("", {}), **lists.get(entry.lists, {})}
            for strength in _ORDER:
                for cue in entry.cues.get(strength, ()):
                    if not cue.startswith("re:"):
                        self._add(CueHit(entry.id, cue, strength), named)

    def find(self, text: str) -> list[CueHit]:
        """One hit for each technique that has a cue with all the words, or words that begin so; strong cues first."""
        wanted = [word.casefold() for word in text.split()][:10]
        if not wanted:
            return []
        holding = [set().union(*self._holding(word)) for word in wanted]
        found: dict[str, CueHit] = {}
        for number in sorted(set.intersection(*holding)):  # by technique, and within one the strongest first
            found.setdefault(self._cues[number].technique, self._cues[number])
        return sorted(found.values(), key=lambda hit: _ORDER.index(hit.strength))

    def _add(self, hit: CueHit, named: Mapping[str, tuple[str, ...]]) -> None:
        number = len(self._cues)
        self._cues.append(hit)
        texts = [_LIST.sub(" ", hit.cue), *(" ".join(named.get(name, ())) for name in _LIST.findall(hit.cue))]
        for word in _WORD.findall(" ".join(texts).casefold()):
            self._words.setdefault(word, set()).add(number)

    def _holding(self, wanted: str) -> list[set[int]]:
        """The cues of each word that begins so, or is a stem of it ("sockpuppet*" of "sockpuppets")."""
        return [
            numbers
            for word, numbers in self._words.items()
            if word.startswith(wanted) or (word.endswith("*") and wanted.startswith(word[:-1]))
        ]
