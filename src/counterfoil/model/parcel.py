"""What arrives from elsewhere: read, not yet believed. An importer makes a parcel; a plan says what it would change."""

from dataclasses import dataclass, field
from enum import StrEnum

from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.incident import Incident
from counterfoil.model.judging import NameDecision
from counterfoil.model.kept import Kept
from counterfoil.model.report import Report

__all__ = ["ArrivedCode", "ArrivedReport", "Judged", "Kept", "Parcel", "PlanLine", "Problem", "State"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be taken over as it came, and where: an object's id, a row, a field. Nothing is left out
    without one."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody elsewhere decided on a suggestion."""

    verdict: Verdict
    signature: Signature


@dataclass(frozen=True, slots=True)
class ArrivedCode:
    """A technique that the sender gives a passage, with their decision if they say one.

    `name` is what the sender calls it, empty if they do not say. Where they do not say the version of the framework,
    that of the suggestion's code is empty, and its id too if they have a name only: what is meant is found out when
    the parcel is looked at.
    """

    suggestion: Suggestion
    judged: Judged | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ArrivedReport:
    """A report with what was found in it and how it was coded.

    Its text is the sender's where they send it, else composed of what they say (see `exchange.composed`):
    evidence always points into a text that is there. `added` is ISO 8601 in UTC, empty if unknown.

    `stands_for` is the id of the report or incident of ours that a composed text was made of, if the sender says so:
    where that is here, with all that the text says of it, nothing comes twice. `kept` comes only with the report.
    """

    report: Report
    extraction: Extraction = field(default_factory=Extraction)
    codes: tuple[ArrivedCode, ...] = ()
    added: str = ""
    stands_for: str = ""
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file of another's, in our types. `sender` is who made it, as far as it says."""

    format: str
    sender: str = ""
    reports: tuple[ArrivedReport, ...] = ()
    incidents: tuple[Incident, ...] = ()
    names: tuple[NameDecision, ...] = ()
    kept: tuple[Kept, ...] = ()
    problems: tuple[Problem, ...] = ()


class State(StrEnum):
    """What applying a parcel would do with one of its things."""

    NEW = "new"  #: it is not here yet
    SAME = "same"  #: it is here, alike
    CHANGED = "changed"  #: it is here, and the parcel adds to it
    CONFLICTING = "conflicting"  #: a person here said otherwise: what is here stays
    UNKNOWN = "unknown"  #: there is no place for it here; kept as it came, or left out with a problem


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One thing of a parcel and what would become of it. `kind` is "report", "suggestion", "decision", "incident",
    "actor", "name", ..."""

    state: State
    kind: str
    id: str
    name: str
    why: str = ""
