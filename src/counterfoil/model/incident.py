"""Incidents: coded cases, assembled from reports, decisions and extraction."""

from dataclasses import dataclass, field

from counterfoil.model.casefile import CaseFile
from counterfoil.model.catalogue import Counter
from counterfoil.model.coding import Citation, Reviewed
from counterfoil.model.extraction import Extraction
from counterfoil.model.ids import short_id
from counterfoil.model.judging import NameDecision
from counterfoil.model.kept import Kept
from counterfoil.model.marking import Tlp, tlp
from counterfoil.model.report import Report


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of an incident as a whole, in the words of who described it.

    `external_id` is its id where it came from ("I00065"), `references` are URLs. `tlp` is the TLP 2.0 label that
    an analyst or its source gave it ("amber"), empty if nobody did.
    """

    external_id: str = ""
    summary: str = ""
    year: str = ""
    attributed_to: tuple[str, ...] = ()
    found_in: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    tlp: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """A case: a name and the reports it rests on. `created` is ISO 8601 in UTC.

    `origin` is empty for an incident that an analyst opened here, else whose it is ("DISARM 1.6").
    """

    id: str
    name: str
    reports: tuple[str, ...]
    created: str
    origin: str = ""
    details: Details = Details()

    @property
    def tlp(self) -> Tlp:
        """Who may see it: CLEAR if nobody said."""
        return tlp(self.details.tlp)

    @classmethod
    def opened(cls, name: str, reports: tuple[str, ...], created: str) -> "Incident":
        """A new incident. Its id comes from its name and first reports, and stays when those change."""
        return cls(short_id("I", name, sorted(reports)), name, tuple(sorted(reports)), created)


@dataclass(frozen=True, slots=True)
class CodedIncident:
    """An incident with all that belongs to it: what exporters are handed.

    `extractions` and `added` (ISO 8601 times in UTC) are keyed by report id. `case` is what follows from them.
    `names` are the decisions on names, so that none is proposed again. `uncited` are the suggestions that are no
    citation: open, rejected, or carried over to another version of the framework. `kept` is what came with it in
    some format and has no field here. `counters` are those against the techniques that it cites, where the
    framework in use was loaded with its counters.
    """

    incident: Incident
    reports: tuple[Report, ...]
    citations: tuple[Citation, ...]
    extractions: dict[str, Extraction]
    added: dict[str, str]
    case: CaseFile = field(default_factory=CaseFile)
    names: tuple[NameDecision, ...] = ()
    uncited: tuple[Reviewed, ...] = ()
    kept: tuple[Kept, ...] = ()
    counters: tuple[Counter, ...] = ()
