"""The similarity coder: BM25 of a passage over what the codebook says of each technique.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); the plus one
inside the logarithm keeps every weight positive, as in Lucene.
"""

from collections import Counter, defaultdict
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
        self._postings = _postings(documents)

    def score(self, text: str, language: str = "en") -> list[Scored]:
        gains: dict[str, dict[str, float]] = defaultdict(dict)
        for word, count in Counter(tokens(text)).items():
            for technique, weight in self._postings.get(word, ()):
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


def _postings(documents: dict[str, Counter[str]]) -> dict[str, list[tuple[str, float]]]:
    """For each word, the techniques that have it with the weight it lends them."""
    lengths = {technique: sum(words.values()) for technique, words in documents.items()}
    mean = sum(lengths.values()) / max(1, len(lengths)) or 1.0
    spread = Counter(word for words in documents.values() for word in words)
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for technique, words in documents.items():
        norm = K1 * (1 - B + B * lengths[technique] / mean)
        for word, count in words.items():
            rarity = log(1 + (len(documents) - spread[word] + 0.5) / (spread[word] + 0.5))
            postings[word].append((technique, rarity * count * (K1 + 1) / (count + norm)))
    return postings


def build(codebook: Codebook) -> SimilarityCoder:
    """The coder over that codebook's names, definitions and model sentences."""
    return SimilarityCoder(codebook)
