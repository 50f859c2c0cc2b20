"""What may become of a model's reply: proposals that quote the passage, letter by letter, and nothing else.

This is the only way from a reply to a suggestion. It adds suggestions; it cannot reach anything stored.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.coding.llm_prompt import OUTRIGHT, Paragraph, Question
from counterfoil.coding.llm_quotes import Folded, locate, shown
from counterfoil.coding.llm_refusals import Refusal, Refused
from counterfoil.coding.roles import modality
from counterfoil.model.coding import Modality, Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from counterfoil.coding.llm_reply import Item

#: A model's word is an opinion, not a measured chance: two steps, both below what counts as asserted.
SAID, READ_INTO = 0.19, 0.12
RATIONALE_CHARS = 300

_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|where)\b[^,;:.—]*", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.!?—]|$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A technique that a model sees in a passage, with a quote that does stand there.

    `read_as` is the modality that the model gave; `modality` may be more careful.
    """

    technique: str
    span: Span
    modality: Modality
    read_as: Modality
    outright: bool
    rationale: str


@dataclass(frozen=True, slots=True)
class Vetted:
    """What of one reply is kept, and what is refused."""

    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...]


def vet(report: Report, question: Question, items: Sequence["Item"], known: Callable[[str], bool]) -> Vetted:
    """Check a reply's proposals against the closed list and the text.

    Args:
        known: whether a technique of that id exists.
    """
    paragraph = question.paragraph
    folded = Folded.of(report.text, paragraph.start, paragraph.end)
    kept: dict[tuple[str, Span, Modality], Proposal] = {}
    refusals: list[Refusal] = []
    for item in items:
        if item.technique not in question.candidates:
            reason = Refused.UNLISTED if known(item.technique) else Refused.UNKNOWN
            refusals.append(Refusal(reason, shown(f"{item.technique}: {item.quote}")))
            continue
        place = locate(folded, item.quote)
        if isinstance(place, Refused):
            refusals.append(Refusal(place, shown(f"{item.technique}: {item.quote}")))
            continue
        proposal = _proposal(report, paragraph, item, report.span(*place))
        claim = (proposal.technique, proposal.span, proposal.modality)
        if claim in kept:
            refusals.append(Refusal(Refused.TWICE, shown(f"{item.technique}: {item.quote}")))
            continue
        kept[claim] = proposal
    return Vetted(tuple(kept.values()), tuple(refusals))


def suggestions(
    report: Report,
    proposals: Sequence[Proposal],
    who: Callable[[Span], tuple[str, str]],
    coder: str,
    framework: Framework,
) -> tuple[Suggestion, ...]:
    """The proposals as suggestions: one per technique, modality, actor and voice, with all its quotes.

    Args:
        who: the actor and the voice of a span, as the offline coders are told them.
        coder: "llm <model> <hash of the prompt>".
    """
    acts: dict[tuple[str, Modality, str, str], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        acts[proposal.technique, proposal.modality, *who(proposal.span)].append(proposal)
    return tuple(
        Suggestion(
            report=report.id,
            code=framework.code(technique),
            spans=tuple(sorted({proposal.span for proposal in parts})),
            coder=coder,
            score=max(SAID if proposal.outright else READ_INTO for proposal in parts),
            reasons=tuple(Reason(_reason(proposal), proposal.span) for proposal in parts),
            modality=how,
            actor=actor,
            voice=voice,
        )
        for (technique, how, actor, voice), parts in acts.items()
    )


def careful(report: Report, paragraph: Paragraph, span: Span, read_as: Modality) -> Modality:
    """How the quote's act may be put at most: a denied act stays denied, a guess stays a guess.

    The model's reading holds unless the words around or in the quote say that it is less than that.
    """
    inside = [p for p in paragraph.passages if p.start < span.end and span.start < p.end]
    base = min(p.start for p in inside)
    sentence = report.text[base : max(p.end for p in inside)]
    start, end = span.start - base, span.end - base
    plain = modality(sentence, start, end)
    if Modality.NEGATED in (read_as, plain) or _denies(sentence, start, end):
        return Modality.NEGATED
    return plain if read_as is Modality.OBSERVED else read_as


def _denies(sentence: str, start: int, end: int) -> bool:
    """Whether any clause of the quote says that something was not so; relative clauses only describe."""
    blanked = _RELATIVE.sub(lambda match: "x" * len(match.group()), sentence[start:end])
    text = sentence[:start] + blanked
    ends = {match.start() for match in _CLAUSE_END.finditer(text, start)}
    return any(modality(text[:at], at, at) is Modality.NEGATED for at in ends)


def _proposal(report: Report, paragraph: Paragraph, item: "Item", span: Span) -> Proposal:
    return Proposal(
        technique=item.technique,
        span=span,
        modality=careful(report, paragraph, span, item.how),
        read_as=item.how,
        outright=item.certainty == OUTRIGHT,
        rationale=shown(item.rationale, RATIONALE_CHARS),
    )


def _reason(proposal: Proposal) -> str:
    said = "a language model's proposal"
    if proposal.read_as is not proposal.modality:
        said += f", which it read as {proposal.read_as}; the words say {proposal.modality}"
    return f"llm: {said}: “{proposal.rationale or 'no rationale given'}”"
