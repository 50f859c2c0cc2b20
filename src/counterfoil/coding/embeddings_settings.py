"""Which model of sentence embeddings is used, if any."""

import re
from dataclasses import dataclass

from counterfoil.errors import UsageError

_HINT = "See docs/embeddings.md."
_DEVICE = re.compile(r"cpu|mps|cuda(:\d{1,2})?")


@dataclass(frozen=True, slots=True)
class EmbeddingsSettings:
    """The `[embeddings]` section of the settings. Without a model, none is used.

    `model` is the folder of a sentence-transformers model, or the name of one that has been downloaded;
    with `download` it is fetched if it is not there, unless we are offline. `batch` is how many sentences
    are read at once, on `device`.

    Raises:
        UsageError: a setting that cannot be.
    """

    model: str = ""
    batch: int = 32
    device: str = "cpu"
    download: bool = False

    def __post_init__(self) -> None:
        if not self.model.isprintable() or self.model != self.model.strip():
            raise UsageError(f"[embeddings] model = {self.model!r} is neither a folder nor a name.", _HINT)
        if not _DEVICE.fullmatch(self.device):
            raise UsageError(f"[embeddings] device = {self.device!r}; it is cpu, cuda, cuda:N or mps.", _HINT)
        if not 1 <= self.batch <= 4096:
            raise UsageError(f"[embeddings] batch = {self.batch}; it is 1 to 4096.", _HINT)
