"""The rich incident is the same in memory and from a workspace."""

from counterfoil.kb.incidents import coded_incident
from counterfoil.kb.workspace import Workspace
from counterfoil.workflow import with_case
from tests.exchange.rich import disarm, rich_incident, store_rich


def test_the_rich_incident_is_stored_as_it_is(workspace: Workspace) -> None:
    incident = store_rich(workspace)
    with workspace.reading() as connection:
        stored = with_case(coded_incident(connection, incident), disarm())
    assert stored == rich_incident()
