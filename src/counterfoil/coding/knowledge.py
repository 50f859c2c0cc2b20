"""What a coder has learned, as it is stored: one layer from our own passages, one from analysts' practice,
and perhaps one from the workspace's own decisions.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from counterfoil.coding.features import Practice
from counterfoil.coding.linear import Floats, Vocabulary, Weights
from counterfoil.coding.logistic import Logistic
from counterfoil.coding.reliability import Reliability
from counterfoil.errors import CodebookError
from counterfoil.files import write_whole
from counterfoil.model.codebook import Strength

PACKAGED = "packaged.npz"
FORMAT = 1  #: raised when the stored form changes


@dataclass(frozen=True, slots=True)
class Layer:
    """What one set of coded passages teaches: counts of codes, cues' reliability, weights, and the fusion.

    `passages` is how many there were; `counts` has one value for each technique of the knowledge.
    """

    passages: int
    counts: Floats
    reliability: Reliability
    weights: Weights
    fusion: Logistic


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All layers, the first learned from our own passages, each later one on top of those before.

    `codebook` identifies the codebook that the first was learned with, and `digest` the whole.
    """

    codebook: str
    techniques: tuple[str, ...]
    vocabulary: Vocabulary
    layers: tuple[Layer, ...]

    @property
    def digest(self) -> str:
        """What identifies the knowledge: its codebook and what each layer's fusion came to."""
        return self._digest(len(self.layers))

    def rests_on(self, other: "Knowledge") -> bool:
        """Whether this is the other knowledge with layers on top."""
        return self._digest(len(other.layers)) == other.digest

    def _digest(self, layers: int) -> str:
        told = sha256(self.codebook.encode())
        for layer in self.layers[:layers]:
            told.update(f"{layer.passages} {layer.fusion.weights.tolist()} {layer.fusion.constant}".encode())
        return told.hexdigest()

    def on_top(self, layer: Layer) -> "Knowledge":
        """This knowledge and one layer more."""
        return replace(self, layers=(*self.layers, layer))

    def practice(self) -> Practice:
        """How often each technique was coded in our own passages, and by analysts."""
        analysts = sum((layer.counts for layer in self.layers[1:]), np.zeros(len(self.techniques), np.float32))
        return Practice(self.layers[0].counts, analysts)

    def reliability(self) -> Reliability:
        """What is known of the cues, all layers together."""
        return reduce(Reliability.plus, (layer.reliability for layer in self.layers))

    def fusion(self) -> Logistic:
        """The last layer's: it was learned from the one before."""
        return self.layers[-1].fusion


def packaged() -> Knowledge:
    """The knowledge that comes with Counterfoil.

    Raises:
        CodebookError: the installation is damaged.
    """
    return load(Path(str(files("counterfoil.coding"))) / PACKAGED)


def save(path: Path, knowledge: Knowledge) -> None:
    """Store knowledge, all of it or nothing.

    Raises:
        OSError: it cannot be written.
    """
    layers = [_described(layer) for layer in knowledge.layers]
    about = {
        "format": FORMAT,
        "codebook": knowledge.codebook,
        "techniques": knowledge.techniques,
        "terms": list(knowledge.vocabulary.numbers),
        "layers": layers,
    }
    arrays = {"about": _bytes(about), "rarity": knowledge.vocabulary.rarity.astype(np.float16)}
    for number, layer in enumerate(knowledge.layers):
        arrays |= {f"{number} {name}": array for name, array in _arrays(layer).items()}
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    write_whole(path, packed.getvalue())


def load(path: Path) -> Knowledge:
    """Stored knowledge.

    Raises:
        CodebookError: the file is not there, or no knowledge of this version.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            about = json.loads(bytes(stored["about"]))
            if about["format"] != FORMAT:
                raise ValueError(f"format {about['format']}")
            terms = {term: number for number, term in enumerate(about["terms"])}
            layers = tuple(_layer(stored, number, row) for number, row in enumerate(about["layers"]))
            rarity = stored["rarity"].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, TypeError, BadZipFile) as error:
        raise CodebookError(
            f"What was learned cannot be read from {path}: {error}.", "Run: counterfoil train"
        ) from error
    return Knowledge(about["codebook"], tuple(about["techniques"]), Vocabulary(terms, rarity), layers)


def _described(layer: Layer) -> dict[str, Any]:
    reliability = layer.reliability
    return {
        "passages": layer.passages,
        "cues": [[*cue, counts.fired, counts.right] for cue, counts in sorted(reliability.cues.items())],
        "strengths": [[*key, counts.fired, counts.right] for key, counts in sorted(reliability.strengths.items())],
        "fusion": [*layer.fusion.weights.tolist(), layer.fusion.constant],
    }


def _arrays(layer: Layer) -> dict[str, Any]:
    weights = layer.weights
    return {
        "counts": layer.counts,
        "starts": weights.starts,
        "columns": weights.columns,
        "values": weights.values.astype(np.float16),
        "cues": weights.cues.astype(np.float16),
    }


def _layer(stored: Mapping[str, Any], number: int, row: Mapping[str, Any]) -> Layer:
    reliability = Reliability()
    for technique, cue, fired, right in row["cues"]:
        reliability.cues[technique, cue].add(fired, right)
    for technique, strength, fired, right in row["strengths"]:
        reliability.strengths[technique, Strength(strength)].add(fired, right)
    array = {name: stored[f"{number} {name}"] for name in ("counts", "starts", "columns", "values", "cues")}
    weights = Weights(
        array["starts"], array["columns"], array["values"].astype(np.float32), array["cues"].astype(np.float32)
    )
    return Layer(row["passages"], array["counts"], reliability, weights, _logistic(row["fusion"]))


def _logistic(numbers: Sequence[float]) -> Logistic:
    return Logistic(np.array(numbers[:-1]), numbers[-1])


def _bytes(about: Mapping[str, Any]) -> Any:
    return np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), dtype=np.uint8)
