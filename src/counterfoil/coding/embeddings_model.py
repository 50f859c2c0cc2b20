"""A model of sentence embeddings: found on this machine, identified by its content, asked for vectors.

It comes with the extra `counterfoil[embeddings]`. The model is always loaded from a folder, so that the
library has no reason to look anything up on the network.
"""

from collections.abc import Sequence
from hashlib import file_digest, sha256
from importlib.util import find_spec
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Protocol

import numpy as np

from counterfoil.coding.embeddings_settings import EmbeddingsSettings
from counterfoil.coding.linear import Floats
from counterfoil.errors import UsageError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SIGN = "modules.json"  #: the file that makes a folder a sentence-transformers model
ORGANISATION = "sentence-transformers"  #: whose models may be named without it
#: What is read of a model; the same weights for other engines are left where they are.
SUFFIXES = (".json", ".txt", ".model", ".safetensors", ".bin")
ENGINES = ("onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot")
OLDEST = 6  #: before, the library ran whatever code a model's folder brought along
_DOCS = "See docs/embeddings.md."
_INSTALL = "Run: pip install 'counterfoil[embeddings]'"


class Encoder(Protocol):
    """Turns texts into vectors. The same text gets the same vector whatever stands beside it."""

    name: str
    digest: str  #: identifies the model's content

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 for each text."""
        ...


class Model:
    """A sentence-transformers model."""

    def __init__(self, name: str, digest: str, model: "SentenceTransformer", batch: int) -> None:
        self.name = name
        self.digest = digest
        self._model = model
        self._batch = batch

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = self._model.encode(
            list(texts),
            batch_size=self._batch,
            show_progress_bar=False,
            normalize_embeddings=True,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)


def load(settings: EmbeddingsSettings, offline: bool) -> Model:
    """The model that the settings name.

    Raises:
        UsageError: the extra is not installed, the folder is no model or brings code of its own, or no such
            model was downloaded.
    """
    if find_spec("sentence_transformers") is None:
        raise UsageError(
            f"[embeddings] names the model {settings.model!r}, but what reads it is not installed.",
            _INSTALL,
        )
    folder = find(settings, offline)
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer, __version__
    from transformers.utils import logging

    if int(__version__.partition(".")[0]) < OLDEST:
        raise UsageError(f"sentence-transformers {__version__} is too old; {OLDEST} is needed.", _INSTALL)
    logging.disable_progress_bar()  # standard error is for people who code reports
    try:
        model = SentenceTransformer(str(folder), device=settings.device, local_files_only=True, trust_remote_code=False)
        digest = digest_of(folder)
    except (
        # All that a torn or incomplete model makes the libraries raise, and a device that is not there.
        *(OSError, ValueError, KeyError, TypeError, AttributeError, ImportError),
        *(RuntimeError, AssertionError, SafetensorError, UnpicklingError),
    ) as error:
        first = str(error).strip().partition("\n")[0]
        raise UsageError(
            f"The model of embeddings in {folder} cannot be loaded on {settings.device}: {first}.", _DOCS
        ) from error
    return Model(Path(settings.model).name, digest, model, settings.batch)


def find(settings: EmbeddingsSettings, offline: bool) -> Path:
    """The folder of the model: as named, or where downloaded models are kept; fetched if that is allowed.

    Raises:
        UsageError: there is none.
    """
    named = _expanded(settings.model)
    if named.is_dir():
        if not (named / SIGN).is_file():
            raise UsageError(f"{named} is no sentence-transformers model: it has no {SIGN}.", _DOCS)
        return named
    name = settings.model if "/" in settings.model else f"{ORGANISATION}/{settings.model}"
    if named.is_absolute() or name.count("/") != 1 or name.startswith("."):
        raise UsageError(f"There is no folder {named}, which [embeddings] names as its model.", _DOCS)
    return _downloaded(name, fetch=settings.download and not offline, offline=offline)


def _expanded(model: str) -> Path:
    try:
        return Path(model).expanduser()
    except RuntimeError as error:
        raise UsageError(f"[embeddings] model = {model!r}, whose home folder is not known.") from error


def _downloaded(name: str, *, fetch: bool, offline: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    absent = UsageError(
        f"The model of embeddings {name!r} is not on this machine{' and we are offline' if offline else ''}.",
        "Name a folder, or set download = true in [embeddings] and go online once.",
    )
    try:
        folder = Path(snapshot_download(name, local_files_only=True))
        if (folder / SIGN).is_file():
            return folder
    except LocalEntryNotFoundError:
        pass  # never downloaded
    except HFValidationError:
        raise UsageError(f"[embeddings] model = {name!r} is neither a folder nor a model's name.", _DOCS) from None
    if not fetch:
        raise absent
    try:
        folder = Path(snapshot_download(name, ignore_patterns=list(ENGINES)))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        first = str(error).strip().partition("\n")[0]
        raise UsageError(f"The model of embeddings {name!r} cannot be downloaded: {first}.", _DOCS) from error
    if not (folder / SIGN).is_file():
        raise UsageError(f"{name!r} is no sentence-transformers model: it has no {SIGN}.", _DOCS)
    return folder


def digest_of(folder: Path) -> str:
    """What identifies a model: the content of the files that are read, wherever they lie.

    Raises:
        OSError: a file cannot be read.
    """
    told = sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        read = path.suffix in SUFFIXES and inside.parts[0] not in ("onnx", "openvino")
        if read and not any(part.startswith(".") for part in inside.parts) and path.is_file():
            with path.open("rb") as stream:
                told.update(inside.as_posix().encode() + b"\0" + file_digest(stream, "sha256").digest())
    return told.hexdigest()
