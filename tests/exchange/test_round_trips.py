"""Every format out and in again: equal, or less by what the format's list of losses says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.exchange import EXPORTERS, IMPORTERS
from counterfoil.kb.incidents import coded_incident, list_incidents
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Citation, Modality, Reviewed, Signature
from counterfoil.model.incident import CodedIncident
from counterfoil.workflow import with_case
from counterfoil.workflow.importing import apply, receive
from tests.exchange.importable import written
from tests.exchange.rich import disarm, rich_incident

ADA = Signature("ada", "2031-06-01T00:00:00.000Z")
WHOLE = {("stix", ""), ("stix", "counterfoil")}  #: what comes back equal
ROUND_TRIPS = [
    (name, profile)
    for name in EXPORTERS.names()
    if name in IMPORTERS.names()
    for profile in ("", *EXPORTERS.load(name).profiles)
]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path / "w", create=True)
    yield made
    made.close()


def arrived(workspace: Workspace, name: str, profile: str) -> list[CodedIncident]:
    data = written(name, profile)
    row = receive(workspace, f"rich{EXPORTERS.load(name).suffix}", data)
    assert row.format == name
    looked = apply(workspace, row.id, disarm(), ADA)
    assert apply(workspace, row.id, disarm(), ADA).counts["new"] == {}, looked.problems
    with workspace.reading() as connection:
        return [with_case(coded_incident(connection, one.id), disarm()) for one in list_incidents(connection)]


def comparable(coded: CodedIncident) -> CodedIncident:
    """Without the numbers that a workspace gives its rows."""
    citations = tuple(Citation(one.suggestion, replace(one.decision, id=0)) for one in coded.citations)
    uncited = tuple(
        Reviewed(one.suggestion, replace(one.decision, id=0) if one.decision else None) for one in coded.uncited
    )
    names = tuple(replace(one, id=0) for one in coded.names)
    return replace(coded, citations=citations, uncited=uncited, names=names)


@pytest.mark.parametrize(("name", "profile"), sorted(WHOLE))
def test_a_format_that_has_everything(workspace: Workspace, name: str, profile: str) -> None:
    (coded,) = arrived(workspace, name, profile)
    assert comparable(coded) == comparable(rich_incident())


@pytest.mark.parametrize(("name", "profile"), [one for one in ROUND_TRIPS if one not in WHOLE])
def test_a_format_that_loses_something_keeps_the_techniques(workspace: Workspace, name: str, profile: str) -> None:
    found = arrived(workspace, name, profile)
    coded = {one.suggestion.code for case in found for one in case.citations}
    coded |= {one.suggestion.code for case in found for one in case.uncited}
    cited = [one.suggestion for one in rich_incident().citations]
    assert {one.code for one in cited if one.modality is Modality.OBSERVED} <= coded
    ours = rich_incident().incident
    assert any(ours.name in case.incident.name or case.incident.name in ours.name for case in found)


@pytest.mark.parametrize("name", IMPORTERS.names())
def test_what_an_importer_loses_is_listed(name: str) -> None:
    from importlib import import_module

    module = import_module(IMPORTERS.builtins[name].partition(":")[0])
    losses = getattr(module, "LOSSES", None) or getattr(import_module(f"counterfoil.exchange.{name}"), "LOSSES", None)
    assert isinstance(losses, Mapping)
    assert all(isinstance(key, str) and isinstance(value, str) and value for key, value in losses.items())
