"""The codebook coder: cues that fire in a passage, found through the words they cannot do without."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from counterfoil.coding.check import lists_for
from counterfoil.coding.coder import Clue, Scored
from counterfoil.coding.cues import Lists, Words
from counterfoil.coding.filing import Rule, filing
from counterfoil.model.codebook import Codebook, Entry, LanguageCues, Strength

#: How far each kind of cue moves the belief in a technique (a probability by itself).
WEIGHT = {Strength.STRONG: 0.8, Strength.FAIR: 0.5, Strength.WEAK: 0.15}


class _Shelf:
    """Rules, each filed under the words of its rarest need, so that a passage wakes only those worth trying."""

    def __init__(self, rules: Iterable[Rule], cache: Path | None) -> None:
        self._rules = list(rules)
        self._filing = filing(self._rules, cache)

    def candidates(self, present: frozenset[str]) -> Iterator[Rule]:
        filed = self._filing.filed
        numbers = set(self._filing.always)
        for word in present & filed.keys():
            numbers.update(filed[word])
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
        self._english = _Shelf(_rules(codebook, codebook.entries), codebook.cache)
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

    def _candidates(self, present: frozenset[str], language: str) -> Iterator[Rule]:
        yield from self._english.candidates(present)
        if language in self._codebook.languages:
            if language not in self._others:
                rules = _rules(self._codebook, self._codebook.languages[language])
                self._others[language] = _Shelf(rules, self._codebook.cache)
            yield from self._others[language].candidates(present)


def _rules(codebook: Codebook, entries: Mapping[str, Entry] | Mapping[str, LanguageCues]) -> Iterator[Rule]:
    named: dict[str, Lists] = {}
    for entry in entries.values():
        lists = named.setdefault(entry.lists, lists_for(codebook, entry))
        for source in entry.excludes:
            yield Rule(entry.id, source, None, lists)
        for strength in Strength:
            for source in entry.cues.get(strength, ()):
                yield Rule(entry.id, source, strength, lists)


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
