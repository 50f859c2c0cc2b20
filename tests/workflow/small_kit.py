"""A kit on the small codebook, with a first layer learned from a few passages: what takes minutes takes seconds."""

from collections.abc import Mapping, Sequence
from typing import Any

from counterfoil.coding.codebook import CodebookCoder
from counterfoil.coding.coder import Coder
from counterfoil.coding.learning import Example, first_layer
from counterfoil.coding.ranker import Ranker, layout_of
from counterfoil.coding.similarity import SimilarityCoder
from counterfoil.coding.suggest import Panel
from counterfoil.model.codebook import Codebook, CodedPassage
from counterfoil.workflow.kit import Kit
from counterfoil.workflow.training import examples

_OWN = (
    ("They ran fake accounts all summer long.", ("T0001.001",)),
    ("The clerk said that nobody lost a penny.", ()),
    ("The group paid somebody to carry the box.", ("T0002",)),
    ("A forged letter was shown in the market.", ("T0001.002",)),
)
_TEXTS = (
    ("Fake accounts posed as sailors. Number", ["T0001.001"]),
    ("The harvest money went to helpers, in the usual envelope. Number", ["T0002"]),
    ("A forged letter was read out. Number", ["T0001.002"]),
    ("The group paid somebody and ran fake accounts. Number", ["T0002", "T0001.001"]),
)

#: coded lines of eight incidents
LINES: Sequence[Mapping[str, Any]] = [
    {"id": f"Q{number}", "incident": f"I{number // 2}", "text": f"{text} {number}.", "labels": labels}
    for number in range(16)
    for text, labels in [_TEXTS[number % 4]]
]


def small_kit(codebook: Codebook) -> tuple[Kit, list[Example]]:
    """The kit, and the passages that its first layer was learned from."""
    coders: dict[str, Coder] = {"codebook": CodebookCoder(codebook), "similarity": SimilarityCoder(codebook)}
    layout = layout_of(codebook)
    passages = [CodedPassage(f"{t} {n}", codes, group=f"{t} {n}") for n in range(3) for t, codes in _OWN]
    own = list(examples(passages, coders, layout))
    return Kit(codebook, Panel(coders, Ranker(first_layer(codebook, layout, own), layout))), own
