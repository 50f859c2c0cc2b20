"""Evaluate the coder on coded quotes as an analyst's practice grows: every quote is ranked by a coder that
has learned from other incidents only.

It starts from the packaged knowledge's first layer (codebook and own passages), so that quotes which the
packaged practice was learned from are strangers again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from counterfoil.errors import UsageError
from counterfoil.workflow.kit import Kit
from counterfoil.workflow.training import examples

if TYPE_CHECKING:
    from counterfoil.coding.knowledge import Knowledge
    from counterfoil.coding.learning import Example
    from counterfoil.coding.measure import Item
    from counterfoil.coding.misses import Ranked
    from counterfoil.coding.ranker import Ranker

Progress = Callable[[str, int, int], None]  #: told what is being done, how much of it is, and of how much


def quiet(doing: str, done: int, total: int) -> None:
    """Tells nobody how far the work is."""


def coded(lines: Sequence[Mapping[str, Any]], kit: Kit) -> "list[tuple[str, Example]]":
    """Coded lines, by id, with what the coders see in them; each is one window.

    Args:
        lines: {"id", "text", "labels"}, optionally "incident": lines of one incident are left out together.

    Raises:
        UsageError: the codebook in use has other techniques than the packaged knowledge.
    """
    from counterfoil.model.codebook import CodedPassage

    ranker = kit.panel.ranker
    if ranker.layout.techniques != ranker.knowledge.techniques:
        raise UsageError(
            "The codebook in use has not the packaged knowledge's techniques, so nothing can be learned on top.",
            "Measure without --leave-one-out and --html, or with the packaged codebook.",
        )
    passages = [
        CodedPassage(line["text"], tuple(line["labels"]), group=str(line.get("incident", line["id"]))) for line in lines
    ]
    seen = examples(passages, kit.panel.coders, ranker.layout)
    return [(str(line["id"]), example) for line, example in zip(lines, seen, strict=True)]


def leave_one_out(texts: "Sequence[tuple[str, Example]]", kit: Kit, progress: Progress = quiet) -> "list[Ranked]":
    """Each text ranked by what was learned from all incidents but its own; in the order of the texts."""
    groups = groups_of(texts)
    found: dict[str, Ranker] = {}
    for done, group in enumerate(groups):
        progress("leaving one incident out", done, len(groups))
        found[group] = learned(kit, [example for _, example in texts if example.passage.group != group])
    progress("leaving one incident out", len(groups), len(groups))
    return [ranked(name, example, found[example.passage.group]) for name, example in texts]


def curve(
    texts: "Sequence[tuple[str, Example]]", kit: Kit, steps: Sequence[int]
) -> "Iterator[tuple[int, list[Ranked]]]":
    """What a simulated analyst's coder makes of what is still to come, after so many incidents, in their order."""
    groups = groups_of(texts)
    for step in steps:
        known = set(groups[:step])
        ranker = learned(kit, [example for _, example in texts if example.passage.group in known])
        yield step, [ranked(n, e, ranker) for n, e in texts if e.passage.group not in known]


def groups_of(texts: "Iterable[tuple[str, Example]]") -> list[str]:
    """The incidents, in the order of the texts."""
    return list(dict.fromkeys(example.passage.group for _, example in texts))


def learned(kit: Kit, known: "Sequence[Example]") -> "Ranker":
    """A ranker that has learned from some examples on top of the first layer of the packaged knowledge."""
    from counterfoil.coding.learning import next_layer
    from counterfoil.coding.ranker import Ranker

    layout = kit.panel.ranker.layout
    first = first_layer_of(kit)
    return Ranker(first.on_top(next_layer(first, layout, known)) if known else first, layout)


def first_layer_of(kit: Kit) -> "Knowledge":
    """What was learned from the codebook and our own passages only."""
    knowledge = kit.panel.ranker.knowledge
    return replace(knowledge, layers=knowledge.layers[:1])


def ranked(name: str, example: "Example", ranker: "Ranker") -> "Ranked":
    """What a ranker makes of a text."""
    from counterfoil.coding.misses import Ranked

    return Ranked(name, example, ranker.chances(example.observed), ranker.evidence(example.observed))


def item(ranked: "Ranked", kit: Kit, asserts: bool = True) -> "Item":
    """What is to be measured of a ranked text.

    Args:
        asserts: whether its chances are chances; values that only order assert nothing.
    """
    from counterfoil.coding.measure import Item
    from counterfoil.coding.suggest import ASSERTED

    techniques, chances = kit.panel.ranker.layout.techniques, ranked.chances
    order = sorted(range(len(techniques)), key=lambda place: (-chances[place], techniques[place]))
    return Item(
        group=ranked.example.passage.group,
        gold=frozenset(ranked.example.passage.codes),
        ranked=tuple(techniques[place] for place in order),
        asserted=frozenset(techniques[place] for place in order if asserts and chances[place] >= ASSERTED),
        chances=tuple(float(chances[place]) for place in order),
        name=ranked.id,
    )
