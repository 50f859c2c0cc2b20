"""What coding needs: the codebook in use and the coders built on it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterfoil.coding.coder import Coder
    from counterfoil.coding.knowledge import Knowledge
    from counterfoil.coding.suggest import Panel
    from counterfoil.config import Config
    from counterfoil.model.codebook import Codebook


OWN = "codebook"  #: the folder of a workspace that holds entries of its own
LEARNED = "learned.npz"  #: the file of a workspace that holds what was learned from its decisions


@dataclass(frozen=True, slots=True)
class Kit:
    """The codebook in use, and the panel of coders built on it with what was learned."""

    codebook: "Codebook"
    panel: "Panel"


def now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def load_codebook(config: "Config") -> "Codebook":
    """The codebook that the settings name, else the packaged one, with the workspace's own entries."""
    from counterfoil.frameworks.codebook import load_codebook as load

    return load(config.codebook, config.cache, config.workspace / OWN)


def codebook_mark(config: "Config") -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of the user's own codebook does: names, times and sizes. Costs a look at the folders."""
    folders = [config.workspace / OWN]
    if config.codebook:
        folders += [config.codebook, config.codebook / "languages"]
    found = []
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            with suppress(FileNotFoundError):  # an editor puts a new file in its place just now
                about = path.stat()
                found.append((str(path), about.st_mtime_ns, about.st_size))
    return tuple(found)


def load_kit(config: "Config", knowledge: "Knowledge | None" = None) -> Kit:
    """The codebook, every registered coder, and what was learned: as given, or the workspace's, or the packaged.

    The coder of embeddings is among them if the settings name a model.

    Raises:
        CodebookError: the user's own codebook breaks the schema or the cue language.
        UsageError: the model of embeddings is not there, or cannot be loaded.
    """
    from counterfoil.coding import CODERS
    from counterfoil.coding.check import compile_all
    from counterfoil.coding.ranker import Ranker, layout_of
    from counterfoil.coding.suggest import Panel

    with _all_kept():
        codebook = load_codebook(config)
        if config.codebook or (config.workspace / OWN).is_dir():
            compile_all(codebook)
        coders: dict[str, Coder] = {name: CODERS.load(name)(codebook) for name in CODERS.names()}
        if config.embeddings.model:
            coder = load_embeddings(config, codebook)
            coders[coder.name] = coder
        return Kit(codebook, Panel(coders, Ranker(knowledge or load_knowledge(config.workspace), layout_of(codebook))))


@contextmanager
def _all_kept() -> Iterator[None]:
    """Keep Python from looking for garbage among what is being loaded: there is none, and it takes a fifth longer."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def load_embeddings(config: "Config", codebook: "Codebook") -> "Coder":
    """The coder of the embeddings' model that the settings name; the codebook is encoded once and kept.

    Raises:
        UsageError: the model is not there, or cannot be loaded.
    """
    from counterfoil.coding.embeddings import EmbeddingsCoder
    from counterfoil.coding.embeddings_model import load

    return EmbeddingsCoder(codebook, load(config.embeddings, config.offline), config.cache)


def load_packaged_kit(config: "Config") -> Kit:
    """The same with the packaged knowledge, whatever the workspace has learned."""
    from counterfoil.coding.knowledge import packaged

    return load_kit(config, packaged())


def load_knowledge(workspace: Path) -> "Knowledge":
    """What was learned in the workspace on top of the packaged knowledge; the packaged if nothing was.

    Knowledge that was learned on another version's is passed over: `counterfoil train` makes it anew.
    """
    from counterfoil.coding.knowledge import load, packaged

    knowledge = packaged()
    learned = workspace / LEARNED
    if not learned.exists():
        return knowledge
    own = load(learned)
    return own if own.rests_on(knowledge) else knowledge
