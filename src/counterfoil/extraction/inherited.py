"""What claims inherit from the voice that they stand in: a paragraph of somebody's report is their claim."""

from collections import deque
from collections.abc import Iterable, Iterator
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
    for claim, speaker in _spoken(found.attributions, found.voices):
        heard = claim if claim.by else replace(claim, by=speaker)
        key = (heard.actor, heard.to, heard.by, heard.strength == "denied")
        claims[key] = _together(claims[key], heard) if key in claims else heard
    return replace(found, attributions=tuple(claims.values()))


def _spoken(claims: Iterable[Attribution], voices: Iterable[Voice]) -> Iterator[tuple[Attribution, str]]:
    """Each claim with who says its first passage, innermost; one sweep over both.

    Nobody ("") if it is only the report that does, or one of those that the claim is about.
    """
    waiting = deque(sorted((span, voice.speaker) for voice in voices for span in voice.spans))
    around: list[tuple[Span, str]] = []
    for claim in sorted(claims, key=lambda claim: claim.spans[0]):
        said = claim.spans[0]
        while waiting and waiting[0][0].start <= said.start:
            around.append(waiting.popleft())
        around = [voice for voice in around if voice[0].end > said.start]
        speakers = [
            (span.end - span.start, speaker)
            for span, speaker in around
            if said.end <= span.end and speaker not in (claim.actor, claim.to)
        ]
        yield claim, min(speakers)[1] if speakers else ""


def _together(one: Attribution, other: Attribution) -> Attribution:
    stronger = min(
        (one, other), key=lambda claim: _STRENGTHS.index(claim.strength) if claim.strength != "denied" else 0
    )
    return replace(
        stronger,
        spans=tuple(sorted({*one.spans, *other.spans})),
        confidence=stronger.confidence or one.confidence or other.confidence,
    )
