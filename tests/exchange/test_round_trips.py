"""Every format out and in again: equal, or less by what the format's list of losses says."""

import json
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
from counterfoil.workflow.importing import apply, look, receive
from tests.exchange.importable import thing, written
from tests.exchange.rich import disarm, rich_incident, store_rich

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


def cases(workspace: Workspace) -> list[CodedIncident]:
    with workspace.reading() as connection:
        return [coded_incident(connection, one.id) for one in list_incidents(connection)]


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


@pytest.mark.parametrize("profile", ["opencti", "disinfox"])
def test_our_own_bundle_for_others_is_recognised(workspace: Workspace, profile: str) -> None:
    store_rich(workspace)
    row = receive(workspace, "rich.json", written("stix", profile))
    looked = look(workspace, row.id, disarm())
    states = {state: kinds for state, kinds in looked.counts.items() if kinds}
    assert states == {"same": {"report": 2, "incident": 1}}, looked.lines
    assert all("which is here; the parcel has" in line.why for line in looked.lines if line.kind == "report")
    before = cases(workspace)
    apply(workspace, row.id, disarm(), ADA)
    assert cases(workspace) == before


@pytest.mark.parametrize("profile", ["opencti", "disinfox"])
def test_our_own_bundle_for_others_meets_the_complete_one(workspace: Workspace, profile: str) -> None:
    (short,) = arrived(workspace, "stix", profile)
    (both,) = arrived(workspace, "stix", "counterfoil")
    assert short.incident.id == both.incident.id == rich_incident().incident.id
    assert {*both.incident.reports} == {*short.incident.reports, *rich_incident().incident.reports}
    looked = look(workspace, receive(workspace, "rich.json", written("stix", profile)).id, disarm())
    assert looked.counts["same"]["incident"] == 1
    assert looked.counts["new"] == looked.counts["changed"] == {}


def test_what_another_adds_to_our_bundle_is_not_passed_over(workspace: Workspace) -> None:
    store_rich(workspace)
    bundle = json.loads(written("stix", "opencti"))
    incident = next(thing for thing in bundle["objects"] if thing["type"] == "incident")
    added = thing("attack-pattern", 1, name="Facilitate State Propaganda", x_mitre_id="T0002")
    uses = thing("relationship", 2, relationship_type="uses", source_ref=incident["id"], target_ref=added["id"])
    bundle["objects"] += [added, uses]
    looked = look(workspace, receive(workspace, "more.json", json.dumps(bundle).encode()).id, disarm())
    assert looked.counts["new"]["suggestion"] > 0
    assert any(line.kind == "incident" and "rests on 1 more" in line.why for line in looked.lines), looked.lines


@pytest.mark.parametrize("name", IMPORTERS.names())
def test_what_an_importer_loses_is_listed(name: str) -> None:
    from importlib import import_module

    module = import_module(IMPORTERS.builtins[name].partition(":")[0])
    losses = getattr(module, "LOSSES", None) or getattr(import_module(f"counterfoil.exchange.{name}"), "LOSSES", None)
    assert isinstance(losses, Mapping)
    assert all(isinstance(key, str) and isinstance(value, str) and value for key, value in losses.items())
