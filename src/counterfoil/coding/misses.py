"""The codes that a ranking puts furthest down, and why: what fired for them, and what stood above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from counterfoil.coding.features import Evidence, Layout
from counterfoil.coding.learning import Example
from counterfoil.coding.linear import Floats
from counterfoil.coding.measure import parent
from counterfoil.coding.observing import Hit
from counterfoil.model.coding import Modality

QUOTED = 160  #: characters of a text that are told
ABOVE = 3  #: how many of the techniques above are told


@dataclass(frozen=True, slots=True)
class Ranked:
    """A coded text with the chance of each technique, in the order of the ranker's layout, and what it rests on."""

    id: str
    example: Example
    chances: Floats
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Above:
    """A technique that stood at the top of the ranking, and whether experts coded it there."""

    code: str
    chance: float
    coded: bool


@dataclass(frozen=True, slots=True)
class Miss:
    """A code of a text that came far down.

    `known` is in how many other incidents the code was given. The places are the technique's among all:
    in the ranking, and by each kind of evidence alone (0 where that says nothing of it). `cues` tells of
    each cue that fired for it, and whether it counted.
    """

    text: str
    incident: str
    quote: str
    code: str
    known: int
    chance: float
    place: int
    place_by_cues: int
    place_by_likeness: int
    place_by_linear: int
    cues: tuple[str, ...]
    family: int  #: how many techniques of its own family stood above it
    above: tuple[Above, ...]


def misses(ranked: Sequence[Ranked], layout: Layout, most: int) -> list[Miss]:
    """The codings that came furthest down, worst first; none that only right ones stand above."""
    groups: dict[str, set[str]] = {}
    for one in ranked:
        for code in one.example.passage.codes:
            groups.setdefault(code, set()).add(one.example.passage.group)
    found = []
    for one in ranked:
        order = _order(one.chances)
        for code in one.example.passage.codes:
            if code in layout.places:
                place = int(np.flatnonzero(order == layout.places[code])[0]) + 1
                if place > len(one.example.passage.codes):
                    found.append((place, one.id, code, one))
    found.sort(key=lambda miss: (-miss[0], miss[1], miss[2]))
    return [_miss(one, code, layout, len(groups[code]) - 1) for _, _, code, one in found[:most]]


def shortened(text: str, most: int = QUOTED) -> str:
    """A text on one line, cut after a word if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _miss(one: Ranked, code: str, layout: Layout, known: int) -> Miss:
    number, order = layout.places[code], _order(one.chances)
    place = int(np.flatnonzero(order == number)[0]) + 1
    higher = [layout.techniques[other] for other in order[: place - 1]]
    coded = set(one.example.passage.codes)
    return Miss(
        text=one.id,
        incident=one.example.passage.group,
        quote=shortened(one.example.passage.text),
        code=code,
        known=known,
        chance=float(one.chances[number]),
        place=place,
        place_by_cues=_place(one.evidence.cues, number),
        place_by_likeness=_place(one.evidence.order, number),
        place_by_linear=_place(one.evidence.linear, number),
        cues=tuple(dict.fromkeys(_told(one.example.observed.hits, code))),
        family=sum(parent(other) == parent(code) for other in higher),
        above=tuple(Above(other, float(one.chances[layout.places[other]]), other in coded) for other in higher[:ABOVE]),
    )


def _told(hits: Sequence[Hit], code: str) -> Iterator[str]:
    for hit in hits:
        if hit.technique == code:
            for clue in hit.clues:
                yield f"{clue.strength.value} cue “{shortened(clue.text, 60)}”{_held_back(hit)}"


def _held_back(hit: Hit) -> str:
    """Why a hit does not count; empty if it does."""
    if hit.modality is Modality.NEGATED:
        return ", held back: said not to have happened"
    if hit.role.is_other:
        return f", held back: {hit.role.note}"
    return f", held back: the sentence is a {hit.general}" if hit.general else ""


def _order(values: Floats) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.argsort(-values, kind="stable")


def _place(values: Floats, number: int) -> int:
    return int((values > values[number]).sum()) + 1 if values[number] else 0
