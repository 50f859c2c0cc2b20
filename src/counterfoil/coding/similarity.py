"""The similarity coder: BM25 of a passage over what the codebook says of each technique.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); the plus one
inside the logarithm keeps every weight positive, as in Lucene.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import log

from counterfoil.coding.coder import Clue, Scored
from counterfoil.coding.tokens import tokens
from counterfoil.model.codebook import Codebook, Entry, Strength

K1, B = 1.2, 0.75
NAME_WEIGHT = 3  #: the name counts as if it stood so often in the definition
EXPLAINED = 20  #: of the best techniques, how many get their reason
SHOWN = 4  #: how many shared words a reason names


class SimilarityCoder:
    """Ranks techniques by the words they share with a passage."""

    name = "similarity"
    believes = False

    def __init__(self, codebook: Codebook) -> None:
        self.version = codebook.digest[:8]
        names = {t.id: t.name for t in codebook.framework.techniques.values()}
        documents = {entry.id: Counter(_document(entry, names[entry.id])) for entry in codebook.entries.values()}
        self._postings = _Postings(documents)

    def score(self, text: str, language: str = "en") -> list[Scored]:
        gains: dict[str, dict[str, float]] = defaultdict(dict)
        for word, count in Counter(tokens(text)).items():
            for technique, weight in self._postings.of(word):
                gains[technique][word] = weight * count / (count + K1) * (1 + K1)
        best = [(sum(words.values()), technique) for technique, words in gains.items()]
        best.sort(key=lambda item: (-item[0], item[1]))
        top = best[0][0] if best else 1.0
        return [
            Scored(technique, total / (total + top), _clue(gains[technique]) if place < EXPLAINED else ())
            for place, (total, technique) in enumerate(best)
        ]


def _clue(words: dict[str, float]) -> tuple[Clue, ...]:
    telling = sorted(words, key=lambda word: (-words[word], word))[:SHOWN]
    return (Clue(", ".join(telling), Strength.WEAK),)


def _document(entry: Entry, name: str) -> list[str]:
    text = [entry.definition, entry.use_when, *entry.sentences, *entry.positive]
    return tokens(name) * NAME_WEIGHT + tokens(" ".join(text))


class _Postings:
    """For each word, the techniques that have it with the weight it lends them: weighed when first asked for."""

    def __init__(self, documents: Mapping[str, Counter[str]]) -> None:
        lengths = {technique: sum(words.values()) for technique, words in documents.items()}
        mean = sum(lengths.values()) / max(1, len(lengths)) or 1.0
        self._norms = {technique: K1 * (1 - B + B * length / mean) for technique, length in lengths.items()}
        self._counts: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for technique, words in documents.items():
            for word, count in words.items():
                self._counts[word].append((technique, count))
        self._weighed: dict[str, list[tuple[str, float]]] = {}

    def of(self, word: str) -> list[tuple[str, float]]:
        if word not in self._counts:
            return []
        if word not in self._weighed:
            counts = self._counts[word]
            rarity = log(1 + (len(self._norms) - len(counts) + 0.5) / (len(counts) + 0.5))
            self._weighed[word] = [
                (technique, rarity * count * (K1 + 1) / (count + self._norms[technique])) for technique, count in counts
            ]
        return self._weighed[word]


def build(codebook: Codebook) -> SimilarityCoder:
    """The coder over that codebook's names, definitions and model sentences."""
    return SimilarityCoder(codebook)
