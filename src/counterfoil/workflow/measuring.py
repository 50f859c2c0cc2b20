"""Rank coded texts, to measure how well the ranking meets the experts' codes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from counterfoil.workflow.intake import STDIN, contexts
from counterfoil.workflow.kit import Kit

if TYPE_CHECKING:
    from counterfoil.coding.measure import Item
    from counterfoil.coding.observing import Part
    from counterfoil.coding.suggest import Window
    from counterfoil.model.report import Report


def windows(text: str, kit: Kit) -> "list[Window]":
    """A text as coders see it, window by window.

    Raises:
        ReadError: the text is empty or no text.
    """
    from counterfoil.coding.suggest import read
    from counterfoil.extraction import extract
    from counterfoil.readers.passages import passages

    report = _report(text)
    found = passages(report)
    return read(report, found, contexts(found, extract(report)), kit.panel)


def _report(text: str) -> "Report":
    from counterfoil.readers import READERS, Source

    report: Report = READERS.load("text").read(Source(text.encode("utf-8", "replace"), STDIN))
    return report


def parts_of(text: str) -> "list[Part]":
    """A coded text as one window to learn from, sentence by sentence, as the coder will read it.

    Raises:
        ReadError: the text is empty or no text.
    """
    from counterfoil.coding.suggest import parts
    from counterfoil.extraction import extract
    from counterfoil.readers.passages import passages

    report = _report(text)
    found = passages(report)
    return parts(report, found, contexts(found, extract(report)), range(len(found)))


def rank(text: str, kit: Kit) -> tuple[list[tuple[str, float]], list[str]]:
    """All techniques of the framework with their chances in a text, best first, and those that the coder asserts.

    Raises:
        ReadError: the text is empty or no text.
    """
    from counterfoil.coding.suggest import ASSERTED, chances

    found = chances(windows(text, kit), kit.panel.ranker)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return ranked, [technique for technique, chance in ranked if chance >= ASSERTED]


def measure_lines(lines: Iterable[Mapping[str, Any]], kit: Kit) -> "Iterator[Item]":
    """Rank each coded line; yields what is to be measured.

    Args:
        lines: {"id", "text", "labels"}, optionally "incident", by which intervals are drawn.
    """
    from counterfoil.coding.measure import Item

    for line in lines:
        ranked, asserted = rank(line["text"], kit)
        yield Item(
            group=str(line.get("incident", line["id"])),
            gold=frozenset(line["labels"]),
            ranked=tuple(code for code, _ in ranked),
            asserted=frozenset(asserted),
            chances=tuple(chance for _, chance in ranked),
            name=str(line["id"]),
        )
