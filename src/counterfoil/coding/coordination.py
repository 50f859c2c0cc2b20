"""What a finding of detection suggests: the techniques that its signals can support, with the posts that show them.

The scores are set, not learned: they put what was tested before what was not, and the likelier of a signal's
techniques before the others. Nobody has measured yet how often analysts agree (docs/detection_findings.md).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from counterfoil.model.coding import Modality, Reason, Suggestion
from counterfoil.model.evidence import Span
from counterfoil.model.finding import Finding, Support
from counterfoil.model.framework import Code, Framework
from counterfoil.model.report import Block, BlockKind, Report

CODER = "coordination 1"
TESTED = (0.6, 0.4, 0.25)  #: of a signal that was tested against chance: its first, second and further techniques
UNTESTED = (0.18, 0.15, 0.12)  #: of one that was not: below what is asserted, a hint
FURTHER = 0.1  #: what each further tested signal adds to a technique that several support
MOST = 0.8  #: that accounts act together never makes a technique sure
POSTS = 12  #: sample posts that a suggestion rests on

#: what became of a technique of the version that signals name in the framework that is coded with; empty: nothing
Successors = Callable[[str], Sequence[Code]]


@dataclass(slots=True)
class _Claim:
    scores: list[float] = field(default_factory=list)
    tested: int = 0
    spans: set[Span] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)


def suggest_finding(
    report: Report, finding: Finding, framework: Framework, successors: Successors | None = None
) -> tuple[Suggestion, ...]:
    """The suggestions of a report that was made from a finding (`readers/findings.py`), best first.

    One per technique, with the sentence of figures of each signal that supports it and the posts that show it. Of
    techniques that the framework does not have nothing is suggested.

    Args:
        report: with the blocks that its reader made.
        successors: where the framework is of another version than the signals' techniques.
    """
    codes = successors or (lambda one: [framework.code(one)] if one in framework.techniques else [])
    sentences = [block for block in report.blocks if block.kind is BlockKind.LIST_ITEM]
    posts = list(_posts(report))
    claims: dict[Code, _Claim] = defaultdict(_Claim)
    for support, sentence in zip(finding.supports, sentences, strict=False):
        shown = [post for sample, post in zip(finding.samples, posts, strict=False) if sample.signal == support.signal]
        for place, technique in enumerate(support.techniques):
            for code in codes(technique):
                _claim(claims[code], report, (support, place), (sentence, shown))
    made = [
        Suggestion(
            report=report.id,
            code=code,
            spans=tuple(sorted(claim.spans)),
            coder=CODER,
            score=round(min(MOST, max(claim.scores) + FURTHER * max(0, claim.tested - 1)), 4),
            reasons=(*claim.reasons, Reason(f"finding {finding.id} in data with SHA-256 {finding.data_sha256}")),
            modality=Modality.OBSERVED,
        )
        for code, claim in claims.items()
    ]
    return tuple(sorted(made, key=lambda s: (-s.score, s.spans, s.code.id)))


def _posts(report: Report) -> Iterator[Span]:
    """The quoted posts, each with the paragraph that says whose it is and when: a quote alone would not tell."""
    before = None
    for block in report.blocks:
        if block.kind is BlockKind.QUOTE and before is not None:
            yield report.span(before.start, block.end)
        before = block


def _claim(claim: _Claim, report: Report, what: tuple[Support, int], where: tuple[Block, list[Span]]) -> None:
    (support, place), (sentence, posts) = what, where
    steps = TESTED if support.tested else UNTESTED
    claim.scores.append(steps[min(place, len(steps) - 1)])
    claim.tested += support.tested
    figures = report.span(sentence.start, sentence.end)
    claim.spans.add(figures)
    claim.spans |= set(posts[:POSTS])
    rank = "the likeliest" if not place else "one"
    within = f" {support.within}" if support.within else ""
    claim.reasons.append(
        Reason(
            f"{support.signal}: accounts that {support.label}{within}: {support.figures}; {rank} of the "
            f"{len(support.techniques)} techniques that this can be",
            figures,
        )
    )
