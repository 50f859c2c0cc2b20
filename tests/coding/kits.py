"""Coders and a ranker on a small codebook, with the packaged knowledge."""

from counterfoil.coding.codebook import CodebookCoder
from counterfoil.coding.coder import Coder
from counterfoil.coding.knowledge import packaged
from counterfoil.coding.ranker import Ranker, layout_of
from counterfoil.coding.similarity import SimilarityCoder
from counterfoil.coding.suggest import Panel
from counterfoil.model.codebook import Codebook
from counterfoil.workflow.kit import Kit


def panel_of(codebook: Codebook, **coders: Coder) -> Panel:
    """The built-in coders, or those given by name."""
    built_in: dict[str, Coder] = {"codebook": CodebookCoder(codebook), "similarity": SimilarityCoder(codebook)}
    return Panel(coders or built_in, Ranker(packaged(), layout_of(codebook)))


def kit_of(codebook: Codebook) -> Kit:
    """The same as a kit."""
    return Kit(codebook, panel_of(codebook))
