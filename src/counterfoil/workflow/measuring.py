"""Rank coded texts, to measure how well the ranking meets the experts' codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from counterfoil.model.report import Original
from counterfoil.workflow.intake import STDIN, Draft, code
from counterfoil.workflow.kit import Kit

if TYPE_CHECKING:
    from counterfoil.coding.measure import Item


def rank(text: str, kit: Kit) -> tuple[list[tuple[str, float]], list[str]]:
    """All techniques of the framework ranked for a text, and those that the coder asserts.

    First what an analyst is shown (suggestions by score, the same technique's acts taken together), then
    what the coders' fused ranking sees besides, then the rest.

    Raises:
        ReadError: the text is empty or no text.
    """
    from counterfoil.coding.suggest import ASSERTED
    from counterfoil.coding.suggest import rank as rank_report
    from counterfoil.readers import READERS, Source
    from counterfoil.readers.passages import passages

    data = text.encode("utf-8", "replace")
    report = READERS.load("text").read(Source(data, STDIN))
    shown: dict[str, float] = {}
    for suggestion in code(Draft(report, Original(data, "text/plain")), kit).suggestions:
        technique = suggestion.code.id
        shown[technique] = 1 - (1 - shown.get(technique, 0.0)) * (1 - suggestion.score)
    fused = {item.technique: item.score for item in rank_report(report, passages(report), kit.coders)}
    # A suggestion stands before all that was not suggested; the fused score orders within each.
    scores = {
        technique: 1 + shown[technique] if technique in shown else fused.get(technique, 0.0)
        for technique in kit.codebook.framework.techniques
    }
    ranked = sorted(scores.items(), key=lambda item: (-item[1], -fused.get(item[0], 0.0)))
    return ranked, [technique for technique, score in shown.items() if score >= ASSERTED]


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
