"""What party a noun phrase names: by its head, its owner, its compound, or what hangs on it."""

import re
from dataclasses import dataclass
from functools import cache

from counterfoil.coding import parties_words as w
from counterfoil.coding.parties_clauses import Sentence, Word
from counterfoil.coding.parties_words import Party

_OTHERS = (Party.PLATFORM, Party.RESEARCHER, Party.PRESS, Party.GOVERNMENT, Party.VICTIM, Party.BYSTANDER)
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """Who does what the fired words say.

    `words` are the characters of the passage that gave it away (None: nothing did, or they stand in the
    sentence before); `note` says it to an analyst and is empty for the operation.
    """

    party: Party
    words: tuple[int, int] | None = None
    note: str = ""

    @property
    def is_other(self) -> bool:
        """Whether the act is plainly not the operation's."""
        return self.party in _OTHERS


NOBODY = Role(Party.UNKNOWN)
ACT_OF = {
    Party.PLATFORM: "a platform",
    Party.RESEARCHER: "researchers",
    Party.PRESS: "the press",
    Party.GOVERNMENT: "an authority",
    Party.VICTIM: "a victim",
    Party.BYSTANDER: "somebody outside the operation",
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The noun phrases of a sentence. `actors` are ranges that name operations, whatever their words look like."""

    sentence: Sentence
    actors: tuple[Range, ...]

    def owner(self, pronoun: Word) -> Role:
        """Whose "its" is: a phrase alone does not tell."""
        return NOBODY

    def word(self, at: int) -> Word:
        return self.sentence.words[at]

    def classify(self, low: int, high: int, *, last: bool = False) -> Role:
        """The party that a noun phrase names; by its head, or with `last` by its last noun."""
        words = self.sentence.words
        while low < high and words[low].kind in 'pca"':
            low += 1
        text_range = (words[low].start, words[high - 1].end) if low < high else (0, 0)
        if any(a < text_range[1] and b > text_range[0] for a, b in self.actors):
            return Role(Party.OPERATION, text_range)
        segments = self._segments(low, high)
        if not segments:
            return NOBODY
        if last:
            segments = segments[-1:]
        if len(segments) > 1 and words[segments[0][1] - 1].low in w.MANY_OF and words[segments[0][1]].low == "of":
            head = words[segments[0][1] - 1].low
            inner = _named(words[segments[1][0] : segments[1][1]])
            if inner is not None or head not in ("group", "team"):
                segments = segments[1:]
        found = self._segment(*segments[0], segments[1:])
        return self.other(found, low, segments[0][1]) if found in _OTHERS else Role(found, text_range)

    def _segments(self, low: int, high: int) -> list[Range]:
        """The parts of a noun phrase between its prepositions."""
        segments: list[Range] = []
        first = low
        for at in range(low, high + 1):
            if at == high or self.word(at).kind == "p":
                if at > first:
                    segments.append((first, at))
                first = at + 1
        return segments

    def _segment(self, low: int, high: int, hanging: list[Range]) -> Party:
        words = self.sentence.words[low:high]
        owner = max((n for n, word in enumerate(words) if word.kind == "o"), default=None)
        possessed = words[owner + 1 :] if owner is not None else words
        lows = [word.low for word in words]
        scare_quoted = any(word.kind == '"' for word in words)
        if scare_quoted or any(low_word in w.PRETENDED for low_word in lows):
            return Party.UNKNOWN
        if lows[-1] in w.FRONTS and "a" in lows[:1]:
            return Party.UNKNOWN
        if len(words) == 2 and words[1].name is Party.PLATFORM and words[0].kind == "d":
            return Party.UNKNOWN  # "the Discord of the gamers" is a server
        direct = _named(possessed)
        if direct is Party.OPERATION or direct is None:
            borrowed = self._borrowed(possessed, words[:owner] if owner is not None else None, hanging)
            if borrowed is not None:
                return borrowed
        if direct is None or self._is_proper(possessed):
            return Party.UNKNOWN
        if direct is not Party.OPERATION and any(low_word in w.SUFFERS for low_word in lows):
            return Party.VICTIM
        if direct is Party.PLATFORM and lows[-1].startswith("moderator") and hanging:
            return Party.UNKNOWN  # a group has moderators of its own
        if direct in (Party.PRESS, Party.RESEARCHER) and self._serves(hanging):
            return Party.UNKNOWN
        if direct is Party.BYSTANDER and lows[-1] in w.OFTEN_DOERS:
            qualified = any(low_word in w.ORDINARY for low_word in lows)
            return Party.BYSTANDER if qualified else Party.UNKNOWN
        return direct

    def _is_proper(self, words: list[Word]) -> bool:
        """A capitalised name of our knowing nothing: "the Consumer Economics Observatory" may be a front."""
        head = next((word for word in reversed(words) if word.kind in "nj"), None)
        if head is None or head.name is not None or not head.text[0].isupper():
            return False
        return len(words) > 1 and words[-2].text[0].isupper() and words[-2].low not in w.DETERMINERS

    def _serves(self, hanging: list[Range]) -> bool:
        """ "journalists of the portal": their house may be the operation's."""
        return any(self.word(at).low in w.EMPLOYERS for low, high in hanging for at in range(low, high))

    def _borrowed(self, possessed: list[Word], owner: list[Word] | None, hanging: list[Range]) -> Party | None:
        """The party of a head that says nothing by itself, from its owner, its compound or what hangs on it."""
        lows = [word.low for word in possessed]
        head = next((word.low for word in reversed(possessed) if word.kind in "nj"), "")
        neutral = head in w.NEUTRAL
        if not possessed:
            return None
        if owner:
            of = _named(owner)
            if owner[-1].low in w.OFTEN_DOERS:
                of = None
            if of in _OTHERS and (neutral or head in w.WEBSITES) and head not in w.BORROWED - w.WEBSITES:
                ads_of_platform = of is Party.PLATFORM and (head in w.ADVERTS or head in ("page", "pages"))
                own_page = head not in w.WEBSITES or of is Party.BYSTANDER
                return None if ads_of_platform or not own_page else of
            if of in _OTHERS and of is Party.RESEARCHER:
                return of
        elif possessed[0].low in ("its", "their") and neutral:
            if head not in w.OUR_MEN | w.OUR_RULES:
                return Party.UNKNOWN
            told = self.owner(possessed[0])
            return told.party if told.is_other else Party.UNKNOWN
        if head == "authors" and not hanging:
            return Party.RESEARCHER
        if possessed[0].low == "our":
            return Party.PLATFORM if head in w.OUR_RULES else Party.RESEARCHER if head in w.OUR_MEN else None
        if not neutral:
            return None
        names = [word.name for word in possessed[:-1] if word.name is not None]
        named_page = head in w.BORROWED or head in w.ADVERTS or head in ("group", "site", "app")
        if names and not named_page:
            return names[-1] if names[-1] in _OTHERS else Party.OPERATION
        before_head = " ".join(lows[:-1])
        for made, pattern in w.COMPOUNDS.items():
            if re.search(rf"\b(?:{pattern})$", before_head):
                return made
        for low, high in hanging[:1]:
            inner = self._segment(low, high, [])
            hangs = self.word(low - 1).low in ("at", "from", "of", "by", "for", "in", "on")
            if inner in _OTHERS and hangs and not (named_page and inner is Party.PLATFORM):
                return inner
        return None

    def other(self, made: Party, low: int, high: int) -> Role:
        start, end = self.word(low).start, self.word(high - 1).end
        return Role(made, (start, end), f"the act of {ACT_OF[made]}: “{self.sentence.text[start:end]}”")

    def between(self, role: Role) -> list[Word]:
        if role.words is None:
            return []
        return [word for word in self.sentence.words if role.words[0] <= word.start < role.words[1]]


@cache
def heads() -> dict[str, Party]:
    """Every head noun with its plural."""
    heads: dict[str, Party] = {}
    for made, nouns in w.HEADS.items():
        for noun in nouns.split():
            heads.setdefault(noun, made)
            heads.setdefault(noun[:-1] + "ies" if noun.endswith(("ty", "ry", "ny")) else noun + "s", made)
    return heads


def _named(words: list[Word]) -> Party | None:
    """The party that the head of these words names, or the name they end with."""
    for word in reversed(words):
        if word.kind in "nj":
            if word.name is not None:
                return word.name
            return heads().get(word.low)
    return None
