"""A report made of what a sender says, where they send codes but not the text that these rest on.

Evidence has to point into a text. Where a bundle, layer or table comes without its report, what it does say (a
name, a description, a comment) is written down as paragraphs of a report of its own, and points there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from counterfoil.model.evidence import Span
from counterfoil.model.report import Block, BlockKind, Report

NOTE = "Composed from an import: the sender's words, not the text of a report."


@dataclass(slots=True)
class Composition:
    """Collects paragraphs; `report` makes the report once all are there."""

    source: str
    about: Mapping[str, Any] = field(default_factory=dict)  #: fields of the report: title, url, published, ...
    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0

    def add(self, paragraph: str, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[int, int]:
        """Add a paragraph; returns its range in the text. An empty one has an empty range and is not added."""
        words = paragraph.strip()
        start = self._length + (2 if self._parts else 0)
        if not words:
            return start, start
        self._parts.append(words)
        self._length = start + len(words)
        self._blocks.append(Block(kind, start, self._length, 1 if kind is BlockKind.HEADING else 0))
        return start, self._length

    def report(self) -> Report:
        """The report of all paragraphs so far."""
        made = Report("\n\n".join(self._parts), self.source, blocks=tuple(self._blocks), notes=(NOTE,))
        return replace(made, **self.about)


def span_in(report: Report, place: tuple[int, int]) -> Span:
    """The evidence at a range that `Composition.add` returned."""
    return report.span(*place)
