"""What is said by whom, before the speaker is told by a full name."""

from typing import NamedTuple

from counterfoil.extraction.speaker_heads import Speaker


class Said(NamedTuple):
    """`text[start:end]` is said by `who` (None: by whoever spoke just before), through `via`.

    `kind` is as in `model.extraction.Voice`. `at` is where the words that name the speaker stand. `depth` counts the
    quotations around it.
    """

    start: int
    end: int
    who: Speaker | None
    via: str
    kind: str
    at: int
    depth: int = 0


def in_text_order(said: Said) -> tuple[int, int, int]:
    """The key by which things said are sorted."""
    return said.start, said.end, said.at
