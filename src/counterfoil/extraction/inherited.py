"""What claims inherit from the voice that they stand in: a paragraph of somebody's report is their claim."""

from collections.abc import Iterable
from dataclasses import replace

from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Attribution, Extraction, Voice

#: From the strongest to the weakest way to put that somebody is behind it.
_STRENGTHS = ("asserted", "assessed", "linked", "alleged")


def with_voices(found: Extraction) -> Extraction:
    """The extraction with each attribution that names no source given to whoever says the passage.

    The innermost voice counts. The same claim by the same source twice is one, as strong as its strongest.
    """
    claims: dict[tuple[str, str, str, bool], Attribution] = {}
    for claim in found.attributions:
        heard = claim if claim.by else replace(claim, by=_speaker(claim, found.voices))
        key = (heard.actor, heard.to, heard.by, heard.strength == "denied")
        claims[key] = _together(claims[key], heard) if key in claims else heard
    return replace(found, attributions=tuple(claims.values()))


def _speaker(claim: Attribution, voices: Iterable[Voice]) -> str:
    """Who says the claim's first passage; empty if nobody but the report does, or one of those it is about."""
    around = [
        (span.end - span.start, voice.speaker)
        for voice in voices
        for span in voice.spans
        if voice.speaker not in (claim.actor, claim.to) and _holds(span, claim.spans[0])
    ]
    return min(around)[1] if around else ""


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _together(one: Attribution, other: Attribution) -> Attribution:
    stronger = min(
        (one, other), key=lambda claim: _STRENGTHS.index(claim.strength) if claim.strength != "denied" else 0
    )
    return replace(
        stronger,
        spans=tuple(sorted({*one.spans, *other.spans})),
        confidence=stronger.confidence or one.confidence or other.confidence,
    )
