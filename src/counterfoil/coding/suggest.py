"""From passages to a report's suggestions: weigh each window, tie techniques to passages, merge per act."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterfoil.coding.codebook import WEIGHT
from counterfoil.coding.coder import Clue, Coder
from counterfoil.coding.linear import Floats
from counterfoil.coding.observing import Hit, Observed, Part, observe
from counterfoil.coding.ranker import Ranker
from counterfoil.coding.roles import generic, modality
from counterfoil.coding.windows import windows
from counterfoil.model.codebook import Strength
from counterfoil.model.coding import UNDECIDED_BELOW, Modality, Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework
from counterfoil.model.report import Passage, Report

SHOWN = 0.1  #: chance from which a technique is worth an analyst's look
TELLING = 0.35  #: belief of cues from which a technique is shown at less than that
ASSERTED = UNDECIDED_BELOW  #: chance from which it is asserted; between the two the coder abstains
OUTRIGHT = 0.2  #: times the belief of its cues, the least score of what words say outright, however rare it is
OTHERS = 0.05  #: what is left of a cue's weight where the act is not the operation's, or did not happen
HINTED = 0.12  #: the most for what only hints or learned words speak for: never asserted
REPETITION = 0.5  #: what each further window counts, against the one before

_STRENGTH_WORDS = {
    Strength.STRONG: "words that say it outright",
    Strength.FAIR: "words that usually mean it",
    Strength.WEAK: "a hint",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a passage besides its words: who acts, who speaks, and names to look past.

    `names` are ranges of the report's text; a cue must not fire on an actor's name.
    """

    actor: str = ""
    voice: str = ""
    names: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The coders by name, and the ranker that weighs what they see."""

    coders: Mapping[str, Coder]
    ranker: Ranker

    @property
    def label(self) -> str:
        """Who made a suggestion: each coder with its version, and the knowledge."""
        return "+".join(f"{coder.name} {coder.version}" for coder in self.coders.values()) + f"+{self.ranker.label}"


@dataclass(frozen=True, slots=True)
class Window:
    """Some passages of a report, what coders see in them, and the chance of each technique."""

    passages: range
    observed: Observed
    chances: Floats


@dataclass(frozen=True, slots=True)
class _Act:
    """A technique in one passage of a window, how it is put, and why it is suggested."""

    window: int
    passage: int
    technique: str
    modality: Modality
    score: float
    said: bool
    reasons: tuple[Reason, ...]


def read(
    report: Report,
    passages: Sequence[Passage],
    contexts: Sequence[Context],
    panel: Panel,
) -> list[Window]:
    """The report's windows, read by all coders and weighed."""
    found = []
    for window in windows(report.text, passages):
        observed = observe(
            parts(report, passages, contexts, window), panel.coders, panel.ranker.layout, report.language
        )
        found.append(Window(window, observed, panel.ranker.chances(observed)))
    return found


def chances(found: Sequence[Window], ranker: Ranker) -> dict[str, float]:
    """The chance of each technique in the whole report."""
    return {
        technique: _together(float(window.chances[place]) for window in found)
        for technique, place in ranker.layout.places.items()
    }


def suggest(
    report: Report,
    passages: Sequence[Passage],
    contexts: Sequence[Context],
    panel: Panel,
    framework: Framework,
) -> tuple[Suggestion, ...]:
    """The report's suggestions, best first: one per technique, modality, actor and voice, with all its passages."""
    found: dict[tuple[str, Modality, str, str], list[_Act]] = defaultdict(list)
    for number, window in enumerate(read(report, passages, contexts, panel)):
        for act in _acts(_Reading(report, passages, panel.ranker), number, window):
            context = contexts[act.passage]
            found[act.technique, act.modality, context.actor, context.voice].append(act)
    made = [
        Suggestion(
            report=report.id,
            code=framework.code(technique),
            spans=tuple(sorted({_span(report, passages[act.passage]) for act in acts})),
            coder=panel.label,
            score=round(_score(acts), 4),
            reasons=tuple(reason for act in acts for reason in act.reasons),
            modality=how,
            actor=actor,
            voice=voice,
        )
        for (technique, how, actor, voice), acts in found.items()
    ]
    return tuple(sorted(made, key=lambda s: (-s.score, s.spans, s.code.id, s.modality)))


def parts(report: Report, passages: Sequence[Passage], contexts: Sequence[Context], window: range) -> list[Part]:
    """A window's passages as coders are handed them."""
    return [_part(report, passages, number, contexts[number]) for number in window]


def _part(report: Report, passages: Sequence[Passage], number: int, context: Context) -> Part:
    passage = passages[number]
    text = list(report.text[passage.start : passage.end])
    names = []
    for start, end in context.names:
        inside = max(start, passage.start) - passage.start, min(end, passage.end) - passage.start
        if inside[0] < inside[1]:
            names.append(inside)
            text[slice(*inside)] = "x" * (inside[1] - inside[0])  # a word still, but one that no cue knows
    before = passages[number - 1] if number and passages[number - 1].block == passage.block else None
    return Part(
        text=report.text[passage.start : passage.end],
        masked="".join(text),
        before=report.text[before.start : before.end] if before else "",
        actors=tuple(names),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    report: Report
    passages: Sequence[Passage]
    ranker: Ranker


def _acts(reading: _Reading, number: int, window: Window) -> Iterator[_Act]:
    """What is worth an analyst's look in a window, passage by passage."""
    hits: dict[str, list[Hit]] = defaultdict(list)
    for hit in window.observed.hits:
        hits[hit.technique].append(hit)
    clues = window.observed.clues()
    for technique, place in reading.ranker.layout.places.items():
        chance = float(window.chances[place])
        counting = [hit for hit in hits[technique] if hit.counts]
        belief = reading.ranker.belief(technique, clues[technique]) if counting else 0.0
        outright = any(clue.strength is Strength.STRONG for hit in counting for clue in hit.clues)
        if counting and (chance >= SHOWN or belief >= TELLING or outright):
            score = max(chance, OUTRIGHT * belief) if outright else chance
            for hit in counting:
                yield _by_cues(reading, number, window, hit, score)
        elif chance >= ASSERTED and not counting:
            yield from _by_words(reading, number, window, technique, chance)
        for hit in hits[technique]:
            if not hit.counts:
                weight = max(WEIGHT[clue.strength] for clue in hit.clues)
                if weight >= WEIGHT[Strength.FAIR]:
                    yield _by_cues(reading, number, window, hit, OTHERS * weight)


def _by_cues(reading: _Reading, number: int, window: Window, hit: Hit, score: float) -> _Act:
    passage = window.passages[hit.part]
    at = reading.passages[passage]
    reasons = [_reason(reading, at, hit, clue) for clue in hit.clues]
    if hit.role.is_other:
        reasons.append(Reason(f"held back: {hit.role.note}"))
    elif hit.general:
        reasons.append(Reason(f"held back: the sentence gives a general {hit.general}, it tells of no act"))
    said = any(clue.strength is not Strength.WEAK for clue in hit.clues)
    return _Act(number, passage, hit.technique, hit.modality, score, said, tuple(reasons))


def _reason(reading: _Reading, at: Passage, hit: Hit, clue: Clue) -> Reason:
    span = reading.report.span(at.start + clue.start, at.start + clue.end) if clue.end > clue.start else None
    counted = reading.ranker.counted(hit.technique, clue)
    told = f"“{span.quote}”" if span else clue.text
    return Reason(f"{hit.coder}: {told} — {_STRENGTH_WORDS[clue.strength]}{counted}", span)


def _by_words(reading: _Reading, number: int, window: Window, technique: str, score: float) -> Iterator[_Act]:
    """The passage whose words speak most for a technique that no cue gives away; none if no words do."""
    told = []
    for passage in window.passages:
        at = reading.passages[passage]
        weight, words = reading.ranker.telling(reading.report.text[at.start : at.end], technique)
        told.append((weight, -passage, words))
    weight, passage, words = max(told)
    quote = _span(reading.report, reading.passages[-passage]).quote
    if words and weight > 0 and not generic(quote, len(quote)):
        reasons = [Reason(f"learned: the passage's words speak for it ({', '.join(words)})")]
        if technique in window.observed.likely:
            coder, clue = window.observed.likely[technique]
            reasons.append(Reason(f"{coder}: {clue.text}"))
        yield _Act(number, -passage, technique, modality(quote, 0, len(quote)), score, False, tuple(reasons))


def _span(report: Report, passage: Passage) -> Span:
    return report.span(passage.start, passage.end)


def _score(acts: Sequence[_Act]) -> float:
    best: dict[int, float] = defaultdict(float)
    for act in acts:
        best[act.window] = max(best[act.window], act.score)
    score = _together(best.values())
    return score if any(act.said for act in acts) else min(score, HINTED)


def _together(scores: Iterable[float]) -> float:
    """Several windows' chances as one: the best counts in full, each further one half of the one before.

    A report that repeats itself, or a manual that uses a word a hundred times, is no better evidence.
    """
    doubt, weight = 1.0, 1.0
    for score in sorted(scores, reverse=True):
        doubt *= 1 - score * weight
        weight *= REPETITION
    return 1 - doubt
