"""What the API is sent, checked by pydantic before a handler sees it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from counterfoil.model.coding import Modality, Verdict

Comment = Annotated[str, StringConstraints(max_length=10_000)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Ids = Annotated[list[Id], Field(min_length=1, max_length=5000)]

#: What every call may answer besides its result.
PROBLEMS: dict[int | str, dict[str, object]] = {
    "4XX": {"description": "A problem: what is wrong, and a hint", "content": {"application/problem+json": {}}}
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Range(_Body):
    """A range of a report's text: code points, end exclusive."""

    start: Annotated[int, Field(ge=0, le=2**31)]
    end: Annotated[int, Field(ge=1, le=2**31)]


Ranges = Annotated[list[Range], Field(min_length=1, max_length=1000)]


class DecisionBody(_Body):
    """A verdict on suggestions: all or none are judged."""

    suggestions: Ids
    verdict: Verdict
    comment: Comment = ""


class UndoBody(_Body):
    """Suggestions whose live decision is taken back, all or none."""

    suggestions: Ids
    comment: Comment = ""


class CodeBody(_Body):
    """An analyst's own code for passages of a report; it is accepted as it is made."""

    technique: Id
    ranges: Ranges
    modality: Modality = Modality.OBSERVED
    comment: Comment = ""


class AmendBody(_Body):
    """What is put right in a suggestion; what is left out stays as it is."""

    technique: Id | None = None
    ranges: Ranges | None = None
    modality: Modality | None = None
    comment: Comment = ""


class IncidentBody(_Body):
    """A new incident on reports."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    reports: Ids
