"""A stand-in for a model of embeddings, and a small codebook with model sentences."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from counterfoil.coding.linear import Floats
from counterfoil.coding.tokens import tokens
from counterfoil.model.codebook import Codebook

DIMENSIONS = 256
#: What the stand-in knows of other languages, and of other words for the same.
MEANING = {
    "geld": "money",
    "helfer": "helpers",
    "gaben": "giving",
    "деньги": "money",
    "помощникам": "helpers",
    "金钱": "money",
    "cash": "money",
    "handing": "giving",
}


class WordsEncoder:
    """A model that knows a text by its words; it keeps what it was asked."""

    name = "words"
    digest = "ab" * 32

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked.append(list(texts))
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in tokens(" ".join(MEANING.get(word, word) for word in text.lower().strip(".").split())):
                row[int(sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 1
            row /= np.linalg.norm(row) or 1
        return rows


def with_sentences(codebook: Codebook) -> Codebook:
    """The small codebook with some model sentences."""
    sentences = {
        "T0001.001": ("A dozen nurses on the network were nobody at all.", "The personas were invented."),
        "T0001.002": ("The letter carried a stamp which the ministry had never owned.",),
        "T0002": ("The firm was giving money to helpers.", "Helpers took money each week.", "Money went to helpers."),
    }
    entries = {key: replace(entry, sentences=sentences.get(key, ())) for key, entry in codebook.entries.items()}
    return replace(codebook, entries=entries)
