"""The codebook coder: cues that fire in a passage, found through the words they cannot do without."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from counterfoil.coding.check import lists_for
from counterfoil.coding.coder import Clue, Scored
from counterfoil.coding.cues import Cue, Lists, Words, compile_cue, keys, required
from counterfoil.model.codebook import Codebook, Entry, LanguageCues, Strength

#: How far each kind of cue moves the belief in a technique (a probability by itself).
WEIGHT = {Strength.STRONG: 0.8, Strength.FAIR: 0.5, Strength.WEAK: 0.15}


@dataclass
class _Rule:
    """A cue with what it speaks for. Compiled when a passage first wakes it: most never are."""

    technique: str
    source: str
    strength: Strength | None  # None: it excludes
    lists: Lists

    @cached_property
    def cue(self) -> Cue:
        return compile_cue(self.source, self.lists)

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        return tuple(need for part in self.cue.parts for need in part.needs)


class _Shelf:
    """Rules, each filed under the words of its rarest need, so that a passage wakes only those worth trying."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        self._rules = list(rules)
        self._filed, self._always = _file(self._rules)

    def candidates(self, present: frozenset[str]) -> Iterator[_Rule]:
        numbers = set(self._always)
        for word in present & self._filed.keys():
            numbers.update(self._filed[word])
        for number in sorted(numbers):
            rule = self._rules[number]
            if not any(need.isdisjoint(present) for need in rule.needs):
                yield rule


class CodebookCoder:
    """Finds every cue of a codebook that fires in a text.

    The English rules always run (platforms, products and actors are called the same everywhere); beside
    them those of the report's language, which are filed when the first report in it comes.
    """

    name = "codebook"
    believes = True

    def __init__(self, codebook: Codebook) -> None:
        self.version = codebook.digest[:8]
        self._codebook = codebook
        self._english = _Shelf(_rules(codebook, codebook.entries))
        self._others: dict[str, _Shelf] = {}

    def score(self, text: str, language: str = "en") -> list[Scored]:
        passage = Words.of(text)
        clues: dict[str, list[Clue]] = defaultdict(list)
        excluded = set()
        for rule in self._candidates(passage.keys, language):
            if rule.technique in excluded:
                continue
            ranges = rule.cue.find(passage)
            if not ranges:
                continue
            if rule.strength is None:
                excluded.add(rule.technique)
                continue
            start, end = min(r[0] for r in ranges), max(r[1] for r in ranges)
            clues[rule.technique].append(Clue(rule.source, rule.strength, start, end))
        found = [
            Scored(technique, *_believed(fired)) for technique, fired in clues.items() if technique not in excluded
        ]
        return sorted(found, key=lambda scored: (-scored.score, scored.technique))

    def _candidates(self, present: frozenset[str], language: str) -> Iterator[_Rule]:
        yield from self._english.candidates(present)
        if language in self._codebook.languages:
            if language not in self._others:
                self._others[language] = _Shelf(_rules(self._codebook, self._codebook.languages[language]))
            yield from self._others[language].candidates(present)


def _file(rules: list[_Rule]) -> tuple[dict[str, list[int]], list[int]]:
    """Rule numbers by the words of each rule's rarest place; and those that need no word (re:)."""
    required_by = [required(rule.source, rule.lists) for rule in rules]
    used = Counter(words for places in required_by for place in places for words in place)
    filed: dict[str, list[int]] = defaultdict(list)
    always = []
    for number, (rule, places) in enumerate(zip(rules, required_by, strict=True)):
        rarest = min(places, key=lambda place: sum(map(used.__getitem__, place)), default=None)
        if rarest is None:
            always.append(number)
            continue
        for key in keys(rarest, rule.source):
            filed[key].append(number)
    return filed, always


def _rules(codebook: Codebook, entries: Mapping[str, Entry] | Mapping[str, LanguageCues]) -> Iterator[_Rule]:
    for entry in entries.values():
        lists = lists_for(codebook, entry)
        for source in entry.excludes:
            yield _Rule(entry.id, source, None, lists)
        for strength in Strength:
            for source in entry.cues.get(strength, ()):
                yield _Rule(entry.id, source, strength, lists)


def _believed(clues: list[Clue]) -> tuple[float, tuple[Clue, ...]]:
    """The clues' weights as independent evidence (noisy or), and the clues that count.

    Of clues on the same words only the most telling counts.
    """
    doubt = 1.0
    taken: list[Clue] = []
    for clue in sorted(clues, key=lambda c: (-WEIGHT[c.strength], c.start, c.end - c.start)):
        if not any(clue.start < other.end and other.start < clue.end for other in taken):
            taken.append(clue)
            doubt *= 1 - WEIGHT[clue.strength]
    return 1 - doubt, tuple(taken)


def techniques_with_cues(codebook: Codebook) -> dict[str, int]:
    """For each language that has cues (ISO 639-1), how many techniques have them: to say what a coding can do."""
    return {"en": len(codebook.entries)} | {name: len(cues) for name, cues in codebook.languages.items()}


def build(codebook: Codebook) -> CodebookCoder:
    """The coder of that codebook."""
    return CodebookCoder(codebook)
