"""What applying a parcel would do, and doing it: all that was planned in one transaction, or nothing."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.incident import Incident
from counterfoil.model.judging import NameDecision
from counterfoil.model.kept import Kept
from counterfoil.model.parcel import PlanLine, Problem, State
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from sqlalchemy import Connection

IMPORTER = "import "  #: how the analyst of a change that an import made begins


@dataclass(slots=True)
class Orders:
    """What is to be stored, in the order in which it can be."""

    texts: list[tuple[Report, str]] = field(default_factory=list)
    coded: dict[str, list[Suggestion]] = field(default_factory=dict)
    decisions: list[tuple[str, Verdict, Signature]] = field(default_factory=list)
    extractions: dict[str, Extraction] = field(default_factory=dict)
    names: list[NameDecision] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    followed: list[tuple[Incident, dict[str, tuple[str, str]]]] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What applying a parcel would do (`lines`), what cannot be taken over as it came, and what is to be stored."""

    lines: list[PlanLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    orders: Orders = field(default_factory=Orders)

    def line(self, state: State, kind: str, name: tuple[str, str], why: str = "") -> None:
        """Add a line; `name` is the thing's id and name."""
        self.lines.append(PlanLine(state, kind, *name, why))

    def problem(self, where: str, what: str) -> None:
        """Add a problem; one that is there already is not said again."""
        made = Problem(where, what)
        if made not in self.problems[-20:]:
            self.problems.append(made)

    def counts(self) -> dict[str, dict[str, int]]:
        """State -> kind -> how many."""
        found: dict[str, dict[str, int]] = {state.value: {} for state in State}
        for line in self.lines:
            kinds = found[line.state.value]
            kinds[line.kind] = kinds.get(line.kind, 0) + 1
        return found


def carry_out(connection: "Connection", orders: Orders, signature: Signature) -> None:
    """Store everything. What is stored for an incident that was here is signed as an import by the analyst.

    Raises:
        UsageError: no analyst.
    """
    from counterfoil.kb.arrivals import add_coding, add_decisions, add_names, add_texts, follow
    from counterfoil.kb.incidents import store_incidents
    from counterfoil.kb.items import store_first_extractions
    from counterfoil.kb.names import names_in_use, note_pending
    from counterfoil.kb.parcels import keep

    add_texts(connection, orders.texts)
    before = names_in_use(connection)
    add_names(connection, orders.names)
    store_first_extractions(connection, orders.extractions)
    add_coding(connection, orders.coded, signature.at)
    add_decisions(connection, orders.decisions)
    store_incidents(connection, orders.incidents)
    signed = Signature(f"{IMPORTER}by {signature.analyst}", signature.at)
    for incident, fields in orders.followed:
        follow(connection, incident, fields, signed)
    keep(connection, orders.kept)
    if orders.names:
        note_pending(connection, before, names_in_use(connection))
