"""Techniques that a report names by their id: its own author's coding, in words for an analyst.

Reports of this field often give DISARM ids in brackets after what they tell of. Who wrote them has coded
the passage, so the chance that an analyst agrees is high, whatever the cues say.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterfoil.coding.roles import generic, modality
from counterfoil.coding.suggest import Context
from counterfoil.model.coding import Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Reference
from counterfoil.model.framework import Framework
from counterfoil.model.report import BlockKind, Passage, Report

STATED = 0.9  #: chance of a technique that the report itself names by its id
CODER = "stated 1"

_Key = tuple[str, str, str, str]


def with_stated(
    suggestions: Sequence[Suggestion],
    references: Iterable[Reference],
    read: tuple[Report, Sequence[Passage], Sequence[Context]],
    framework: Framework,
) -> tuple[Suggestion, ...]:
    """The suggestions with what the report states: raised where it is suggested already, added where it is not.

    Ids that the framework does not have, ids in headings, and sentences that tell of no act (definitions,
    rules) give nothing.
    """
    report, passages, contexts = read
    made: dict[_Key, Suggestion] = {}
    for reference in references:
        if reference.kind != "technique" or reference.id not in framework.techniques:
            continue
        for span in reference.spans:
            place = _passage(passages, span)
            if place is not None and report.blocks[passages[place].block].kind is not BlockKind.HEADING:
                one = _suggestion(report, (passages[place], contexts[place]), (reference, span), framework)
                if one is not None:
                    made[_key(one)] = _joined(made.get(_key(one)), one)
    raised = [_joined(made.pop(_key(one)), one) if _key(one) in made else one for one in suggestions]
    return tuple(sorted([*raised, *made.values()], key=lambda s: (-s.score, s.spans, s.code.id, s.modality)))


def _suggestion(
    report: Report, where: tuple[Passage, Context], stated: tuple[Reference, Span], framework: Framework
) -> Suggestion | None:
    (passage, context), (reference, span) = where, stated
    text = report.text[passage.start : passage.end]
    start, end = span.start - passage.start, span.end - passage.start
    if generic(text, end):
        return None
    name = framework.techniques[reference.id].name
    differs = reference.name and reference.name.casefold() != name.casefold()
    called = f", and calls it “{reference.name}”: perhaps of another version" if differs else ""
    return Suggestion(
        report=report.id,
        code=framework.code(reference.id),
        spans=(report.span(passage.start, passage.end),),
        coder=CODER,
        score=STATED,
        reasons=(Reason(f"stated: the report names {reference.id}{called}", span),),
        modality=modality(text, start, end),
        actor=context.actor,
        voice=context.voice,
    )


def _joined(known: Suggestion | None, one: Suggestion) -> Suggestion:
    """Two suggestions of the same act as one; the higher chance, every passage and every reason."""
    if known is None:
        return one
    coders = dict.fromkeys([*one.coder.split("+"), *known.coder.split("+")])
    return replace(
        one,
        spans=tuple(sorted({*known.spans, *one.spans})),
        score=max(known.score, one.score),
        reasons=tuple(dict.fromkeys((*known.reasons, *one.reasons))),
        coder="+".join(coders),
    )


def _key(suggestion: Suggestion) -> _Key:
    return suggestion.code.id, suggestion.modality, suggestion.actor, suggestion.voice


def _passage(passages: Sequence[Passage], span: Span) -> int | None:
    place = bisect_right(passages, span.start, key=lambda passage: passage.start) - 1
    return place if place >= 0 and span.end <= passages[place].end else None
