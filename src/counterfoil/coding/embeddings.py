"""The embeddings coder: ranks techniques by how near a passage's sentences come to the codebook's.

Near is the cosine between vectors of a sentence-transformers model, so that what is said in other words
(and, with a multilingual model, in another language) is near as well. A technique is as near as the
passage's nearest sentence, and a sentence as the mean over the technique's `NEAREST` nearest texts: one
text alone is chance, and of them all most are about other cases. It orders and never believes.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np

from counterfoil.coding.coder import Clue, Scored
from counterfoil.coding.embeddings_model import Encoder
from counterfoil.coding.linear import Floats
from counterfoil.files import write_whole
from counterfoil.model.codebook import Codebook, Strength

FORMAT = 1  #: raised when other texts of the codebook are encoded, or in another form
NEAREST = 3  #: how many of a technique's texts a sentence is compared with
EXPLAINED = 20  #: of the best techniques, how many get their reason
DIGITS = 4  #: what is left of a likeness, so that machines agree
LEAST = 12  #: characters below which a sentence takes in the next: "Dr.", "No."

_END = re.compile(r"(?<=[.!?…؟])[”\"’')\]]*\s+|(?<=[。！？])|\n+")
_MASKED = re.compile(r"\bx{3,}\b")  # an actor's name, as coders are handed it


class _Sentence(NamedTuple):
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Texts:
    """The codebook's texts, and where those of each technique stand among them."""

    all: tuple[str, ...]
    places: Mapping[str, slice]

    @classmethod
    def of(cls, codebook: Codebook) -> "_Texts":
        texts, places = list[str](), dict[str, slice]()
        for entry in codebook.entries.values():
            start = len(texts)
            name = codebook.framework.techniques[entry.id].name
            texts += [f"{name}: {entry.definition}", *entry.sentences, *entry.positive]
            places[entry.id] = slice(start, len(texts))
        return cls(tuple(texts), places)


class EmbeddingsCoder:
    """Ranks techniques by the likeness of sentences."""

    name = "embeddings"
    believes = False

    def __init__(self, codebook: Codebook, encoder: Encoder, cache: Path | None = None) -> None:
        """Encodes the codebook's texts, once for each codebook and model.

        Args:
            cache: the folder where their vectors are kept.
        """
        self.version = f"{encoder.name} {encoder.digest[:8]}"
        self._encoder = encoder
        self._texts = _Texts.of(codebook)
        self._vectors = _vectors(self._texts, encoder, cache)

    def score(self, text: str, language: str = "en") -> list[Scored]:
        """As `Coder.score`. A clue's offsets are those of the sentence, in the text that was given."""
        sentences = list(_sentences(text))
        if not sentences:
            return []
        likeness = self._encoder.encode([sentence.text for sentence in sentences]) @ self._vectors.T
        near = {technique: _near(likeness[:, own]) for technique, own in self._texts.places.items()}
        best = {technique: float(values.max()) for technique, values in near.items()}
        order = sorted((t for t in best if best[t] > 0), key=lambda t: (-best[t], t))
        clues = {t: self._clue(t, sentences, likeness, near[t]) for t in order[:EXPLAINED]}
        return [Scored(technique, best[technique], clues.get(technique, ())) for technique in order]

    def _clue(self, technique: str, sentences: Sequence[_Sentence], likeness: Floats, near: Floats) -> tuple[Clue, ...]:
        """The sentence that comes nearest, and the text of the codebook that it is nearest to."""
        row = int(near.argmax())
        own = self._texts.places[technique]
        told = self._texts.all[own.start + int(likeness[row, own].round(DIGITS).argmax())]
        return (Clue(f"like “{told}”", Strength.WEAK, sentences[row].start, sentences[row].end),)


def _near(likeness: Floats) -> Floats:
    """How near each sentence (a row) comes to a technique's texts, 0 to 1."""
    near: Floats = np.sort(likeness, axis=1)[:, -NEAREST:].mean(axis=1).clip(0, 1).astype(np.float64).round(DIGITS)
    return near


def _sentences(text: str) -> Iterator[_Sentence]:
    """The text's sentences with their ranges, without blanks around; a short one takes in the next."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if end - start >= LEAST or end == len(text):
            sentence = text[start:end]
            left = start + len(sentence) - len(sentence.lstrip())
            if sentence.strip():
                yield _Sentence(left, left + len(sentence.strip()), _MASKED.sub("X", sentence.strip()))
            start = end


def _vectors(texts: _Texts, encoder: Encoder, cache: Path | None) -> Floats:
    """The vectors of the codebook's texts, from the cache if they are there and whole."""
    told = sha256("\0".join((encoder.digest, *texts.all)).encode("utf-8", "surrogatepass")).hexdigest()
    path = cache / "embeddings" / f"{FORMAT}-{told[:32]}.npz" if cache else None
    stored = _kept(path, told, len(texts.all))
    if stored is None:
        stored = encoder.encode(texts.all).astype(np.float16)
        _keep(path, told, stored)
    return stored.astype(np.float32)


def _kept(path: Path | None, told: str, rows: int) -> "np.typing.NDArray[np.float16] | None":
    if path is None:
        return None
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            vectors, key = stored["vectors"], str(stored["key"])
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None  # absent or damaged: the codebook is encoded again
    sound = vectors.dtype == np.float16 and vectors.ndim == 2 and len(vectors) == rows and np.isfinite(vectors).all()
    return vectors if key == told and sound else None


def _keep(path: Path | None, told: str, vectors: "np.typing.NDArray[np.float16]") -> None:
    if path is None:
        return
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, vectors=vectors, key=np.array(told))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, packed.getvalue())
    except OSError:
        return  # a cache that cannot be kept costs some seconds next time, nothing else
