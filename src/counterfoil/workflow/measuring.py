"""Rank coded texts, to measure how well the ranking meets the experts' codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from counterfoil.workflow.intake import STDIN
from counterfoil.workflow.kit import Kit

if TYPE_CHECKING:
    from counterfoil.coding.measure import Item


def rank(text: str, kit: Kit) -> tuple[list[tuple[str, float]], list[str]]:
    """All techniques of the framework ranked for a text, and those that the coder asserts.

    Raises:
        ReadError: the text is empty or no text.
    """
    from counterfoil.coding.suggest import ASSERTED
    from counterfoil.coding.suggest import rank as rank_report
    from counterfoil.readers import READERS, Source
    from counterfoil.readers.passages import passages

    report = READERS.load("text").read(Source(text.encode("utf-8", "replace"), STDIN))
    fused = rank_report(report, passages(report), kit.coders)
    seen = {item.technique for item in fused}
    rest = [(technique, 0.0) for technique in kit.codebook.framework.techniques if technique not in seen]
    asserted = [item.technique for item in fused if item.belief >= ASSERTED]
    return [(item.technique, item.score) for item in fused] + rest, asserted


def measure_lines(lines: Iterable[Mapping[str, Any]], kit: Kit) -> Iterator[tuple[dict[str, Any], "Item"]]:
    """Rank each coded line; yields the prediction and the item to be measured.

    Args:
        lines: {"id", "text", "labels"}, optionally "incident", by which intervals are drawn.
    """
    from counterfoil.coding.measure import Item

    for line in lines:
        ranked, asserted = rank(line["text"], kit)
        yield (
            {"id": line["id"], "ranked": [[code, round(score, 6)] for code, score in ranked], "asserted": asserted},
            Item(
                group=str(line.get("incident", line["id"])),
                gold=frozenset(line["labels"]),
                ranked=tuple(code for code, _ in ranked),
                asserted=frozenset(asserted),
            ),
        )
