"""Learn a layer of knowledge from coded passages: practice, cues' reliability, weights and the fusion.

The first layer is learned from the codebook's sentences and our own passages; each further one (analysts'
passages, then a workspace's decisions) from what the layers below did not know. Whatever is learned for a
passage's features leaves out the passage's own group, so that the fusion learns how far to trust them on
texts that nobody has seen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from counterfoil.coding import logistic, ridge
from counterfoil.coding.features import FEATURES, Evidence, Layout, Practice, features
from counterfoil.coding.knowledge import Knowledge, Layer
from counterfoil.coding.linear import Floats, Vocabulary, Weights, terms
from counterfoil.coding.observing import Observed
from counterfoil.coding.ranker import Ranker
from counterfoil.coding.reliability import Cue, Reliability
from counterfoil.model.codebook import Codebook, CodedPassage

ARGUABLE_TARGET = 0.4  #: what the linear model should say of a code that an analyst might give
ARGUABLE_WEIGHT = 0.3  #: how much such a code counts as not given
MODEL_SENTENCE = 0.8  #: what cues are taken to believe in a codebook's own sentence


@dataclass(frozen=True, slots=True)
class Example:
    """A coded passage with what coders see in it."""

    passage: CodedPassage
    observed: Observed


@dataclass(frozen=True, slots=True)
class Prepared:
    """A layer but for its fusion: several fusions, as an ablation needs them, cost little more than one."""

    passages: int
    counts: Floats
    lesson: "_Lesson"
    weights: Weights
    evidence: Sequence[Evidence]
    practices: Sequence[Practice]

    def layer(self, prior: logistic.Logistic | None, without: Collection[str] = ()) -> Layer:
        """The whole layer.

        Args:
            prior: the fusion of the layer below, if there is one.
            without: features that the fusion does without (names of `FEATURES`).
        """
        lesson = self.lesson
        fusion = lesson.fusion(self.evidence, self.practices, prior, without)
        return Layer(self.passages, self.counts, lesson.reliability(), self.weights, fusion)


def first_layer(codebook: Codebook, layout: Layout, examples: Sequence[Example]) -> Knowledge:
    """Knowledge from a codebook and passages of our own."""
    vocabulary, prepared = prepare_first(codebook, layout, examples)
    return Knowledge(codebook.digest, layout.techniques, vocabulary, (prepared.layer(None),))


def next_layer(below: Knowledge, layout: Layout, examples: Sequence[Example]) -> Layer:
    """What coded passages teach beyond the knowledge below. The layout is the knowledge's own."""
    return prepare_next(below, layout, examples).layer(below.fusion())


def prepare_first(
    codebook: Codebook, layout: Layout, examples: Sequence[Example], believed: float = MODEL_SENTENCE
) -> tuple[Vocabulary, Prepared]:
    """The first layer's vocabulary, and the layer but for its fusion.

    Args:
        believed: what cues are taken to believe in a codebook's own sentence; 0 to learn without cues.
    """
    lesson = _Lesson(layout, examples)
    sentences = list(_sentences(codebook))
    worded = [*(text for _, text in sentences), *(example.observed.text for example in examples)]
    vocabulary = Vocabulary.of([terms(text) for text in worded])
    documents = [_of_sentence(technique, text, layout, vocabulary, believed) for technique, text in sentences]
    learned = ridge.learn([*documents, *lesson.documents(vocabulary)], len(vocabulary.rarity))
    counts = lesson.counts()
    practices = [Practice(counts - own, np.zeros_like(counts)) for own in lesson.own_counts()]
    # Cues look better than they are on passages that their authors have read: trust is learned on the others.
    numbers = [number for number, example in enumerate(examples) if example.passage.kept_back]
    fresh = _Lesson(layout, [examples[number] for number in numbers])
    evidence = list(fresh.evidence(learned.without[len(sentences) :][numbers], Reliability()))
    kept = [practices[number] for number in numbers]
    return vocabulary, Prepared(len(examples), counts, fresh, learned.weights, evidence, kept)


def prepare_next(below: Knowledge, layout: Layout, examples: Sequence[Example]) -> Prepared:
    """A further layer but for its fusion; see `next_layer`."""
    lesson = _Lesson(layout, examples)
    ranker = Ranker(below, layout)
    said = np.stack([ranker.linear(example.observed) for example in examples])
    learned = ridge.learn(list(lesson.documents(below.vocabulary, said)), len(below.vocabulary.rarity))
    counts, past = lesson.counts(), below.practice()
    practices = [Practice(past.own, past.analysts + counts - own) for own in lesson.own_counts()]
    evidence = list(lesson.evidence(said + learned.without, below.reliability()))
    return Prepared(len(examples), counts, lesson, learned.weights, evidence, practices)


class _Lesson:
    """Examples to learn from, by group."""

    def __init__(self, layout: Layout, examples: Sequence[Example]) -> None:
        self._layout = layout
        self._examples = examples
        self._groups: dict[str, list[Example]] = defaultdict(list)
        for example in examples:
            self._groups[_group(example)].append(example)

    def documents(self, vocabulary: Vocabulary, said: Floats | None = None) -> Iterator[ridge.Document]:
        """For the linear model; with what is said already only what that leaves to say."""
        for number, example in enumerate(self._examples):
            target = _targets(example.passage, self._layout)
            if said is not None:
                target = (target - said[number]) * _known(example.passage, self._layout)
            observed = example.observed
            yield ridge.Document(vocabulary.weigh(observed.text), observed.beliefs, target, _group(example))

    def counts(self) -> Floats:
        """How often each technique is coded."""
        return self._counted(self._examples)

    def own_counts(self) -> Iterator[Floats]:
        """For each example the counts of its group."""
        counts = {group: self._counted(members) for group, members in self._groups.items()}
        yield from (counts[_group(example)] for example in self._examples)

    def reliability(self) -> Reliability:
        """How the cues did."""
        reliability = Reliability()
        for example in self._examples:
            reliability.count(_cues(example.observed), example.passage)
        return reliability

    def evidence(self, linear: Floats, below: Reliability) -> Iterator[Evidence]:
        """Each example's evidence, with the cues as reliable as all but its own group make them."""
        reliability = below.plus(self.reliability())
        cues: dict[int, Floats] = {}
        for members in self._groups.values():
            for own in members:
                reliability.count(_cues(own.observed), own.passage, -1)
            for own in members:
                cues[id(own)] = self._believed(own.observed, reliability)
            for own in members:
                reliability.count(_cues(own.observed), own.passage)
        for example, scores in zip(self._examples, linear, strict=True):
            yield Evidence(cues[id(example)], example.observed.order, scores)

    def fusion(
        self,
        evidence: Iterable[Evidence],
        practices: Sequence[Practice],
        prior: logistic.Logistic | None,
        without: Collection[str] = (),
    ) -> logistic.Logistic:
        """How the features are weighed; those named in `without` weigh nothing."""
        kept = np.array([name not in without for name in FEATURES], dtype=np.float32)
        rows, labels, weights = [], [], []
        for example, seen, practice in zip(self._examples, evidence, practices, strict=True):
            targets = _targets(example.passage, self._layout)
            rows.append(features(seen, practice, self._layout) * kept)
            labels.append(targets == 1)
            weights.append(np.where((targets > 0) & (targets < 1), ARGUABLE_WEIGHT, 1.0))
            weights[-1] *= _known(example.passage, self._layout)
        truth = np.concatenate(labels).astype(np.float64)
        found = logistic.fit(np.vstack(rows), truth, np.concatenate(weights), prior)
        return logistic.Logistic(found.weights * kept, found.constant)

    def _believed(self, observed: Observed, reliability: Reliability) -> Floats:
        cues = np.zeros(len(self._layout.techniques), dtype=np.float32)
        for technique, clues in observed.clues().items():
            if technique in self._layout.places:
                cues[self._layout.places[technique]] = reliability.belief(technique, clues)
        return cues

    def _counted(self, examples: Sequence[Example]) -> Floats:
        total = np.zeros(len(self._layout.techniques), dtype=np.float32)
        for example in examples:
            total += _targets(example.passage, self._layout) == 1
        return total


def _cues(observed: Observed) -> Iterator[Cue]:
    for technique, clues in observed.clues().items():
        for clue in clues:
            yield technique, clue.text, clue.strength


def _sentences(codebook: Codebook) -> Iterator[tuple[str, str]]:
    for entry in codebook.entries.values():
        for text in (*entry.sentences, *entry.positive, f"{entry.definition} {entry.use_when}"):
            yield entry.id, text


def _of_sentence(technique: str, text: str, layout: Layout, vocabulary: Vocabulary, believed: float) -> ridge.Document:
    target = np.zeros(len(layout.techniques), dtype=np.float32)
    target[layout.places[technique]] = 1
    return ridge.Document(vocabulary.weigh(text), target * np.float32(believed), target, text)


def _targets(passage: CodedPassage, layout: Layout) -> Floats:
    targets = np.zeros(len(layout.techniques), dtype=np.float32)
    for codes, value in ((passage.arguable, ARGUABLE_TARGET), (passage.codes, 1.0)):
        targets[[layout.places[code] for code in codes if code in layout.places]] = value
    return targets


def _known(passage: CodedPassage, layout: Layout) -> Floats:
    """1 for each technique of which it is known whether it is coded there."""
    known = np.ones(len(layout.techniques), dtype=np.float32)
    known[[layout.places[code] for code in passage.unjudged if code in layout.places]] = 0
    return known


def _group(example: Example) -> str:
    return example.passage.group or example.passage.text
