"""Coding: what a coder suggests, what an analyst decides, and the citation that follows."""

from dataclasses import dataclass
from enum import StrEnum

from counterfoil.model.evidence import Span
from counterfoil.model.framework import Code
from counterfoil.model.ids import short_id


class Modality(StrEnum):
    """How the text puts the act."""

    OBSERVED = "observed"  #: it happened, says the text
    ASSESSED = "assessed"  #: somebody infers it: intent, likelihood, purpose
    WARNED = "warned"  #: it may or will happen
    NEGATED = "negated"  #: it did not happen, or was not seen


class Verdict(StrEnum):
    """What an analyst says of a suggestion."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a suggestion was made, in words for an analyst; `span` is the cue that fired, if one did."""

    text: str
    span: Span | None = None


UNDECIDED_BELOW = 0.2  #: a chance below which a coder abstains: it shows, and does not assert


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A technique that a coder proposes for a report, with the passages it rests on.

    `score` is the chance that an analyst would code it there, as far as the coder can tell. `actor` is who
    did it and `voice` who says so; both empty when the text does not tell. `coder` is "name version".
    `replaces` is the id of the suggestion that this one carried over from another version of the framework.
    """

    report: str
    code: Code
    spans: tuple[Span, ...]
    coder: str
    score: float
    reasons: tuple[Reason, ...] = ()
    modality: Modality = Modality.OBSERVED
    actor: str = ""
    voice: str = ""
    replaces: str = ""

    @property
    def id(self) -> str:
        """From what is claimed, not from who computed it: coding again gives the same id."""
        ranges = [[span.start, span.end] for span in self.spans]
        code = self.code
        return short_id("S", self.report, code.framework, code.version, code.id, self.modality, self.actor, ranges)

    @property
    def undecided(self) -> bool:
        """Whether the coder abstains: worth a look, not asserted."""
        return self.score < UNDECIDED_BELOW


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, when (ISO 8601 in UTC) and, if they say, why."""

    analyst: str
    at: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """An analyst's verdict on a suggestion. A row, never edited: a change of mind adds another.

    `at` is an ISO 8601 time in UTC; `superseded` is the id of the later decision, if there is one.
    """

    id: int
    suggestion: str
    verdict: Verdict
    analyst: str
    at: str
    comment: str = ""
    superseded: int | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A suggestion with the live decision on it, if there is one."""

    suggestion: Suggestion
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A technique with its evidence that an analyst has accepted. Exists only through its decision."""

    suggestion: Suggestion
    decision: Decision

    def __post_init__(self) -> None:
        if self.decision.verdict is not Verdict.ACCEPTED or self.decision.suggestion != self.suggestion.id:
            raise ValueError("a citation needs an accepting decision on its own suggestion")

    @property
    def id(self) -> str:
        return short_id("C", self.decision.suggestion)
