"""What coding needs: the codebook in use and the coders built on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterfoil.coding.coder import Coder
    from counterfoil.config import Config
    from counterfoil.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Kit:
    """The codebook in use and the coders built on it."""

    codebook: "Codebook"
    coders: "Mapping[str, Coder]"


def now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def load_codebook(config: "Config") -> "Codebook":
    """The codebook that the settings name, else the packaged one."""
    from counterfoil.frameworks.codebook import load_codebook as load

    return load(config.codebook, config.cache)


def load_kit(config: "Config") -> Kit:
    """The codebook and every registered coder.

    Raises:
        CodebookError: the user's own codebook breaks the schema or the cue language.
    """
    from counterfoil.coding import CODERS
    from counterfoil.coding.check import compile_all

    codebook = load_codebook(config)
    if config.codebook:
        compile_all(codebook)
    return Kit(codebook, {name: CODERS.load(name)(codebook) for name in CODERS.names()})
