"""The matrix as a page shows it: columns of boxes with numbers and shades, and the form that filters them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from counterfoil.exchange.matrix import darkest, in_columns, shade
from counterfoil.model.coding import Modality
from counterfoil.model.framework import Framework, Tactic, Technique
from counterfoil.model.selection import OWN, Heat, Selection
from counterfoil.workflow.casebook import Choices

SECOND = "b_"  #: before the names of the second selection's parameters


@dataclass(frozen=True, slots=True)
class Tally:
    """A technique's number in one selection: incidents, reports, with sub-techniques, and how strongly it is shaded."""

    incidents: int
    reports: int
    with_subs: int
    shade: int


@dataclass(frozen=True, slots=True)
class Box:
    """A technique with one tally for each selection, and its sub-techniques."""

    id: str
    name: str
    tallies: tuple[Tally, ...]
    subs: tuple["Box", ...] = ()

    @property
    def cited(self) -> bool:
        return any(tally.with_subs for tally in self.tallies)

    @property
    def said(self) -> str:
        """Which of two selections alone has it: a word beside the numbers."""
        first, second = (tally.with_subs for tally in self.tallies)
        return "" if bool(first) == bool(second) else "only A" if first else "only B"


@dataclass(frozen=True, slots=True)
class Column:
    """A tactic with its boxes; `incidents` has one number for each selection."""

    tactic: Tactic
    phase: str
    incidents: tuple[int, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form asks for: one selection or two, and whether techniques that nobody cited are left out."""

    selections: tuple[Selection, ...]
    only_cited: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        """From a query's parameters."""
        second = Selection.of(query, SECOND)
        compared = second != Selection() or query.get("compare") == "1"
        first = Selection.of(query)
        return cls((first, second) if compared else (first,), query.get("cited") == "1")

    @property
    def compared(self) -> bool:
        return len(self.selections) > 1

    @property
    def query(self) -> str:
        """The same as a query."""
        named = self.selections[0].query()
        if self.compared:
            named |= {"compare": "1"} | self.selections[1].query(SECOND)
        return urlencode(named | ({"cited": "1"} if self.only_cited else {}))


def columns(heats: Sequence[Heat], framework: Framework, only_cited: bool) -> list[Column]:
    """The matrix. One selection is shaded by numbers, two by each number's share of its selection's incidents."""
    phases = {phase.id: phase.name for phase in framework.phases}
    most = _most(heats)
    found = []
    for tactic, techniques in in_columns(framework):
        boxes = [_box(technique, subs, heats, most) for technique, subs in techniques]
        kept = tuple(_without_uncited(box) for box in boxes if box.cited) if only_cited else tuple(boxes)
        numbers = tuple(heat.tactics.get(tactic.id, 0) for heat in heats)
        if only_cited and not kept:
            continue
        found.append(Column(tactic, phases.get(tactic.phase, ""), numbers, kept))
    return found


def origin_words(origin: str) -> str:
    """How the form calls an origin."""
    return "opened here" if origin == OWN else origin


def form_values(choices: Choices) -> dict[str, object]:
    """What the filters' form offers."""
    return {
        "choices": choices,
        "origins": [(one.value, f"{origin_words(one.value)} ({one.incidents:,})") for one in choices.origins],
        "modalities": [modality.value for modality in Modality],
    }


def _most(heats: Sequence[Heat]) -> float:
    if len(heats) == 1:
        return darkest(heats)
    return max((heat.most / heat.incidents for heat in heats if heat.incidents), default=0)


def _without_uncited(box: Box) -> Box:
    return replace(box, subs=tuple(sub for sub in box.subs if sub.cited))


def _box(technique: Technique, subs: Sequence[Technique], heats: Sequence[Heat], most: float) -> Box:
    return Box(
        technique.id,
        technique.name,
        tuple(_tally(technique, heat, most, len(heats) > 1) for heat in heats),
        tuple(_box(sub, (), heats, most) for sub in subs),
    )


def _tally(technique: Technique, heat: Heat, most: float, shared: bool) -> Tally:
    count = heat.of(technique.id)
    part = count.with_subs / heat.incidents if shared and heat.incidents else count.with_subs
    return Tally(count.incidents, count.reports, count.with_subs, shade(part, most))
