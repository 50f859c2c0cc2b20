"""From passages to a report's suggestions: score each passage, keep what is telling, merge per act."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from counterfoil.coding.codebook import WEIGHT
from counterfoil.coding.coder import Clue, Coder, Scored
from counterfoil.coding.fusion import Fused, fuse
from counterfoil.coding.roles import modality
from counterfoil.model.codebook import Strength
from counterfoil.model.coding import Modality, Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework
from counterfoil.model.report import Passage, Report

REPETITION = 0.5  #: what each further passage counts, against the one before
ASSERTED = 0.8  #: score from which `counterfoil measure` counts a suggested code as asserted
TELLING = WEIGHT[Strength.FAIR]  #: belief from which cues alone make a suggestion
HINT = WEIGHT[Strength.WEAK]  #: belief that needs an ordering coder to put the technique first
AGREED = 5  #: places in an ordering coder's ranking that count as agreement
AGREEMENT = 0.3  #: share of the doubt that its first place takes away; the second half of that, and so on

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
class _Hit:
    span: Span
    score: float
    reasons: tuple[Reason, ...]


def suggest(
    report: Report,
    passages: Sequence[Passage],
    contexts: Sequence[Context],
    coders: Mapping[str, Coder],
    framework: Framework,
) -> tuple[Suggestion, ...]:
    """The report's suggestions, best first: one per technique, modality and actor, with all its passages."""
    acts: dict[tuple[str, Modality, str, str], list[_Hit]] = defaultdict(list)
    for passage, context in zip(passages, contexts, strict=True):
        for fused, score in _kept(_rank(report, passage, context, coders), coders):
            hit, how = _hit(report, passage, fused, score)
            acts[fused.technique, how, context.actor, context.voice].append(hit)
    label = "+".join(f"{coder.name} {coder.version}" for coder in coders.values())
    made = [
        Suggestion(
            report=report.id,
            code=framework.code(technique),
            spans=tuple(sorted({hit.span for hit in hits})),
            coder=label,
            score=round(_together(hit.score for hit in hits), 4),
            reasons=tuple(reason for hit in hits for reason in hit.reasons),
            modality=how,
            actor=actor,
            voice=voice,
        )
        for (technique, how, actor, voice), hits in acts.items()
    ]
    return tuple(sorted(made, key=lambda s: (-s.score, s.spans, s.code.id, s.modality)))


def rank(report: Report, passages: Sequence[Passage], coders: Mapping[str, Coder]) -> list[Fused]:
    """All techniques that any coder sees in the whole text, best first: for measuring on coded quotes."""
    rankings = {}
    for name, coder in coders.items():
        beliefs: dict[str, list[Scored]] = defaultdict(list)
        for passage in passages:
            for scored in coder.score(report.text[passage.start : passage.end]):
                beliefs[scored.technique].append(scored)
        merged = [
            Scored(technique, _together(s.score for s in parts), parts[0].clues) for technique, parts in beliefs.items()
        ]
        rankings[name] = sorted(merged, key=lambda scored: (-scored.score, scored.technique))
    return fuse(rankings)


def _rank(report: Report, passage: Passage, context: Context, coders: Mapping[str, Coder]) -> list[Fused]:
    text = list(report.text[passage.start : passage.end])
    for start, end in context.names:
        for index in range(max(start, passage.start), min(end, passage.end)):
            text[index - passage.start] = "x"  # a word still, but one that no cue knows
    masked = "".join(text)
    return fuse({name: coder.score(masked) for name, coder in coders.items()})


def _kept(ranking: list[Fused], coders: Mapping[str, Coder]) -> Iterator[tuple[Fused, float]]:
    """The techniques of a passage worth an analyst's look, with their scores; parents give way to children."""
    beliefs = {fused.technique: _belief(fused, coders) for fused in ranking}
    places = _places(ranking, coders)
    kept = [
        fused
        for fused in ranking
        if beliefs[fused.technique] >= TELLING
        or (beliefs[fused.technique] >= HINT and places.get(fused.technique) == 1)
    ]
    parents = {fused.technique.split(".")[0] for fused in kept if "." in fused.technique}
    for fused in kept:
        belief = beliefs[fused.technique]
        if fused.technique not in parents or belief >= WEIGHT[Strength.STRONG]:
            agreement = AGREEMENT / places[fused.technique] if fused.technique in places else 0.0
            yield fused, 1 - (1 - belief) * (1 - agreement)


def _belief(fused: Fused, coders: Mapping[str, Coder]) -> float:
    """The strongest belief of any coder; 0 if none believes it."""
    return max((part.score for name, part in fused.parts.items() if coders[name].believes), default=0.0)


def _places(ranking: list[Fused], coders: Mapping[str, Coder]) -> dict[str, int]:
    """The best place, up to AGREED, that a coder which only orders gives to each technique."""
    places: dict[str, int] = {}
    for name, coder in coders.items():
        if not coder.believes:
            named = sorted((f for f in ranking if name in f.parts), key=lambda f: (-f.parts[name].score, f.technique))
            for place, fused in enumerate(named[:AGREED], start=1):
                places[fused.technique] = min(place, places.get(fused.technique, place))
    return places


def _hit(report: Report, passage: Passage, fused: Fused, score: float) -> tuple[_Hit, Modality]:
    cues = [clue for _, clue in fused.clues() if clue.end > clue.start]
    span = report.span(passage.start, passage.end)
    how = modality(span.quote, cues[0].start, cues[0].end) if cues else Modality.OBSERVED
    reasons = tuple(_reason(report, passage, coder, clue) for coder, clue in fused.clues())
    return _Hit(span, score, reasons), how


def _reason(report: Report, passage: Passage, coder: str, clue: Clue) -> Reason:
    if clue.start == clue.end:
        return Reason(f"{coder}: the passage shares these words with the definition: {clue.text}")
    span = report.span(passage.start + clue.start, passage.start + clue.end)
    return Reason(f"{coder}: “{span.quote}” — {_STRENGTH_WORDS[clue.strength]}", span)


def _together(scores: Iterable[float]) -> float:
    """Several passages' scores as one: the best counts in full, each further one half of the one before.

    A report that repeats itself, or a manual that uses a word a hundred times, is no better evidence.
    """
    doubt, weight = 1.0, 1.0
    for score in sorted(scores, reverse=True):
        doubt *= 1 - score * weight
        weight *= REPETITION
    return 1 - doubt
