"""From suggestions to a case: decide, open an incident, assemble."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterfoil.model.coding import Decision, Signature, Verdict
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.workflow.kit import now

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace


def decide(
    workspace: "Workspace", suggestion_ids: Sequence[str], verdict: Verdict, signature: Signature
) -> list[Decision]:
    """Judge suggestions, all or none of them.

    Raises:
        UsageError: an id that is not there.
    """
    from counterfoil.kb.coding import decide as decide_one

    with workspace.writing() as connection:
        return [decide_one(connection, suggestion_id, verdict, signature) for suggestion_id in suggestion_ids]


def new_incident(workspace: "Workspace", name: str, report_ids: Sequence[str]) -> Incident:
    """Open an incident on reports.

    Raises:
        UsageError: no name, or a report that is not there.
    """
    from counterfoil.kb.incidents import add_incident

    with workspace.writing() as connection:
        return add_incident(connection, name, report_ids, now())


def assemble(workspace: "Workspace", incident_ids: Sequence[str]) -> list[CodedIncident]:
    """The incidents with everything that belongs to them.

    Raises:
        UsageError: one is not there.
    """
    from counterfoil.kb.incidents import coded_incident

    with workspace.reading() as connection:
        return [coded_incident(connection, incident_id) for incident_id in incident_ids]
