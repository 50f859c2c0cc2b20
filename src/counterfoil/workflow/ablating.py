"""What each part of the coder is worth: the same texts, each left out in turn, ranked without that part.

Every variant learns for itself, both layers of it: what is left of the coder may make up for the part
that is missing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterfoil.workflow.evaluating import Progress, groups_of, item, quiet, ranked
from counterfoil.workflow.kit import Kit
from counterfoil.workflow.training import examples

if TYPE_CHECKING:
    from counterfoil.coding.knowledge import Knowledge
    from counterfoil.coding.learning import Example
    from counterfoil.coding.measure import Item
    from counterfoil.coding.misses import Ranked

WHOLE = "all parts"
FIRST_ONLY = "without analysts' passages"
FREQUENCY = "only how often a code was given"
UNSEEING = "without cues, in the linear model too"


@dataclass(frozen=True, slots=True)
class Variant:
    """The coder in part. `alone` is one kind of evidence by itself, which only orders: it asserts nothing."""

    name: str
    items: "tuple[Item, ...]"
    alone: bool = False


def own_examples(kit: Kit, progress: Progress = quiet) -> "list[Example]":
    """The packaged passages, from which the first layer is learned, as the coders see them."""
    from counterfoil.frameworks.codebook import packaged_folder
    from counterfoil.frameworks.coded_passages import read_passages

    passages = read_passages(packaged_folder() / "passages", kit.codebook)
    seen = []
    for done, example in enumerate(examples(passages, kit.panel.coders, kit.panel.ranker.layout)):
        progress("reading our own passages", done, len(passages))
        seen.append(example)
    return seen


def variants(
    texts: "Sequence[tuple[str, Example]]", own: "Sequence[Example]", kit: Kit, progress: Progress = quiet
) -> list[Variant]:
    """The whole coder, the coder without each of its parts, and each kind of evidence alone.

    Takes minutes: the first layer is learned anew, with cues and without.

    Args:
        own: the passages that the first layer is learned from; see `own_examples`.
    """
    from counterfoil.coding.features import PARTS

    withouts = {WHOLE: (), **{f"without {part}": features for part, features in PARTS.items()}}
    progress("learning without each part", 0, 1)
    found = _left_out(texts, _firsts(own, withouts, kit), kit, progress)
    unseeing = {UNSEEING: PARTS["cues"]}
    progress("learning without cues", 0, 1)
    blind_own = [_unseeing(example) for example in own]
    blind = [(name, _unseeing(example)) for name, example in texts]
    found |= _left_out(blind, _firsts(blind_own, unseeing, kit, sighted=False), kit, progress)
    made = [Variant(name, _items(found[name], kit)) for name in (*withouts, UNSEEING, FIRST_ONLY)]
    alone = {
        "only cues": [replace(one, chances=one.evidence.cues) for one in found[WHOLE]],
        "only likeness": [replace(one, chances=one.evidence.order) for one in found[WHOLE]],
        "only the linear model": [replace(one, chances=one.evidence.linear) for one in found[WHOLE]],
        FREQUENCY: found[FREQUENCY],
    }
    return made + [Variant(name, _items(those, kit, asserts=False), alone=True) for name, those in alone.items()]


@dataclass(frozen=True, slots=True)
class _First:
    """A variant's first layer, and the features that it does without."""

    knowledge: "Knowledge"
    without: Sequence[str]


def _firsts(
    own: "Sequence[Example]", withouts: Mapping[str, Sequence[str]], kit: Kit, sighted: bool = True
) -> dict[str, _First]:
    from counterfoil.coding.knowledge import Knowledge
    from counterfoil.coding.learning import MODEL_SENTENCE, prepare_first

    layout = kit.panel.ranker.layout
    vocabulary, prepared = prepare_first(kit.codebook, layout, own, MODEL_SENTENCE if sighted else 0)
    return {
        name: _First(
            Knowledge(kit.codebook.digest, layout.techniques, vocabulary, (prepared.layer(None, without),)), without
        )
        for name, without in withouts.items()
    }


def _left_out(
    texts: "Sequence[tuple[str, Example]]", firsts: Mapping[str, _First], kit: Kit, progress: Progress
) -> "dict[str, list[Ranked]]":
    """For each variant all texts, ranked by what it learned from the other incidents."""
    from counterfoil.coding.learning import prepare_next
    from counterfoil.coding.ranker import Ranker

    layout, groups = kit.panel.ranker.layout, groups_of(texts)
    some = next(iter(firsts.values())).knowledge  # the variants' first layers differ in their fusion only
    found: dict[str, list[Ranked]] = defaultdict(list)
    for done, group in enumerate(groups, start=1):
        own = [(name, example) for name, example in texts if example.passage.group == group]
        rest = [example for _, example in texts if example.passage.group != group]
        prepared = prepare_next(some, layout, rest) if rest else None
        for variant, first in firsts.items():
            knowledge = first.knowledge
            if prepared:
                knowledge = knowledge.on_top(prepared.layer(knowledge.fusion(), first.without))
            ranker = Ranker(knowledge, layout)
            found[variant] += [ranked(name, example, ranker) for name, example in own]
            if variant == WHOLE:
                below, practice = Ranker(first.knowledge, layout), knowledge.practice()
                found[FIRST_ONLY] += [ranked(name, example, below) for name, example in own]
                often = practice.analysts + practice.own / (1 + practice.own.sum())  # ours only where theirs are equal
                found[FREQUENCY] += [replace(one, chances=often) for one in found[WHOLE][-len(own) :]]
        progress(f"learning without {'each part' if WHOLE in firsts else 'cues'}", done, len(groups))
    return found


def _unseeing(example: "Example") -> "Example":
    """The example as if no cue had fired."""
    from numpy import zeros_like

    observed = example.observed
    return replace(example, observed=replace(observed, hits=(), beliefs=zeros_like(observed.beliefs)))


def _items(found: "Sequence[Ranked]", kit: Kit, asserts: bool = True) -> "tuple[Item, ...]":
    return tuple(item(one, kit, asserts) for one in found)
