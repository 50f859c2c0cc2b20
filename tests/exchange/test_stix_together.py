"""Several incidents in one bundle: what they share, how it is marked, and the same bytes everywhere."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import stix2

from counterfoil.errors import UsageError
from counterfoil.exchange.stix_ids import (
    EVIDENCE,
    INCIDENT,
    attack_pattern_id,
)
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Citation, Verdict
from counterfoil.model.extraction import Alias
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.judging import NameDecision
from counterfoil.model.kept import Kept
from counterfoil.model.marking import Tlp
from counterfoil.workflow import Sharing, share
from tests.exchange.bundles import ALL, bundle, links, of_type
from tests.exchange.rich import disarm, rich_incident, store_rich


def test_everything_of_an_incident_is_marked() -> None:
    made = bundle([rich_incident()], disarm())
    (marking,) = of_type(made, "marking-definition")
    assert marking["id"] == "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
    public = {"attack-pattern", "extension-definition", "marking-definition"}
    for thing in made["objects"]:
        if thing["type"] not in public and thing["name" if "name" in thing else "id"] != "Counterfoil":
            assert thing["object_marking_refs"] == [marking["id"]], thing["id"]


@pytest.mark.parametrize("label", list(Tlp))
def test_the_labels_are_the_official_ones(label: Tlp, coded: CodedIncident, framework: Framework) -> None:
    details = replace(coded.incident.details, tlp=label.value)
    made = bundle([replace(coded, incident=replace(coded.incident, details=details))], framework)
    (marking,) = of_type(made, "marking-definition")
    assert marking["name"] == label.label
    (extension,) = marking["extensions"].values()
    assert extension["tlp_2_0"] == label.value
    parsed = stix2.parse(marking)
    assert getattr(stix2.v21, f"TLP_2_0_{label.name}", parsed).id == parsed.id


def test_what_incidents_share_is_marked_as_the_strictest(coded: CodedIncident, framework: Framework) -> None:
    amber = replace(
        coded, incident=replace(coded.incident, id="I-2", details=replace(coded.incident.details, tlp="amber"))
    )
    for order in ([coded, amber], [amber, coded]):
        made = bundle(order, framework)
        label = {thing["id"]: thing["name"] for thing in of_type(made, "marking-definition")}
        (actor,) = of_type(made, "intrusion-set")
        assert [label[ref] for ref in actor["object_marking_refs"]] == ["TLP:AMBER"]
        marked = {label[thing["object_marking_refs"][0]] for thing in of_type(made, "incident")}
        assert marked == {"TLP:CLEAR", "TLP:AMBER"}


def test_actors_of_two_incidents_are_one_object(coded: CodedIncident, framework: Framework) -> None:
    (extraction,) = coded.extractions.values()
    actor = replace(extraction.actors[0], aliases=(Alias("Heronry"),))
    later = replace(
        coded,
        incident=replace(coded.incident, id="I-2", created="2032-01-01T00:00:00.000Z"),
        extractions={coded.reports[0].id: replace(extraction, actors=(actor,))},
    )
    made = bundle([coded, later], framework)
    (actors,) = of_type(made, "intrusion-set")
    assert actors["aliases"] == ["GH-7", "Heronry"]
    assert (actors["created"], actors["modified"]) == ("2024-01-01T00:00:00.000Z", "2032-01-01T00:00:00.000Z")
    (report,) = of_type(made, "report")
    assert {thing["id"] for thing in of_type(made, "incident")} <= set(report["object_refs"])


@pytest.mark.parametrize("profile", ALL)
def test_two_incidents_of_one_name_stay_two(profile: str, coded: CodedIncident, framework: Framework) -> None:
    other = replace(coded, incident=replace(coded.incident, id="I-2"))
    made = bundle([coded, other], framework, profile)
    cases = [thing for thing in made["objects"] if INCIDENT in thing.get("extensions", {})]
    assert len({thing["id"] for thing in cases}) == 2
    assert {thing["extensions"][INCIDENT]["name"] for thing in cases} == {coded.incident.name}


def test_many_passages_are_quoted_in_part_and_counted(coded: CodedIncident, framework: Framework) -> None:
    report = coded.reports[0]
    first = coded.citations[0]
    many = []
    for number in range(9):
        suggestion = replace(first.suggestion, spans=(report.span(33, 50 + number),))
        many.append(Citation(suggestion, replace(first.decision, suggestion=suggestion.id)))
    made = bundle([replace(coded, citations=tuple(many))], framework)
    by_actor, by_case = sorted(
        (r for r in of_type(made, "relationship") if r["target_ref"] == attack_pattern_id("T0001.001")),
        key=lambda r: str(r["source_ref"]),
        reverse=True,
    )
    assert by_actor["description"].endswith("and 4 more")
    assert len(by_actor["extensions"][EVIDENCE]["citations"]) == 9
    assert len(by_case["extensions"][EVIDENCE]["evidence"]) == 9


def test_two_workspaces_with_the_same_content_give_the_same_bytes(tmp_path: Path) -> None:
    for profile in ALL:
        sent = []
        for name in ("one", "two"):
            workspace = Workspace.open(tmp_path / f"{name}-{profile}", create=True)
            incident = store_rich(workspace)
            out = io.BytesIO()
            share(workspace, [incident], disarm(), Sharing("stix", profile, Tlp.AMBER), out)
            workspace.close()
            sent.append(out.getvalue())
        assert sent[0] == sent[1]


def test_an_amber_incident_does_not_leave_for_everybody(workspace: Workspace) -> None:
    incident = store_rich(workspace)
    out = io.BytesIO()
    with pytest.raises(UsageError, match="AMBER"):
        share(workspace, [incident], disarm(), Sharing("stix"), out)
    assert out.getvalue() == b""


def test_counters_of_the_loaded_framework_go_along(workspace: Workspace) -> None:
    from counterfoil.kb.frameworks import add_framework
    from counterfoil.model.catalogue import Catalogue, Counter
    from counterfoil.model.loaded import Loaded, LoadReport

    counters = (
        Counter("C00002", "Say who is who", "", techniques=("T0146", "T0117")),
        Counter("C00001", "Count accounts", "", techniques=("T0146",)),
        Counter("C00003", "Read the press", "", techniques=("T0117",)),
    )
    incident = store_rich(workspace)
    with workspace.writing() as connection:
        add_framework(connection, Loaded(disarm(), Catalogue(counters=counters), LoadReport("test")), "test", "")
    out = io.BytesIO()
    share(workspace, [incident], disarm(), Sharing("stix", tlp=Tlp.AMBER), out)
    made = json.loads(out.getvalue())
    # T0117 was rejected, so C00003 counters nothing here.
    assert [thing["name"] for thing in of_type(made, "course-of-action")] == ["Count accounts", "Say who is who"]
    technique = disarm().technique("T0146").name
    assert links(made, "mitigates") == {("Count accounts", technique), ("Say who is who", technique)}


def test_many_incidents_are_found_as_few_are(workspace: Workspace) -> None:
    from counterfoil.kb.incidents import add_incident, find_incidents, incident_ids
    from counterfoil.kb.slices import AT_ONCE

    with workspace.writing() as connection:
        for number in range(AT_ONCE + 2):
            add_incident(connection, f"Case {number}", (), "2031-05-01T09:00:00.000Z")
        ids = incident_ids(connection)
        found = find_incidents(connection, [*ids[:-1], ids[-1][:10], ids[0]])
        assert [one.id for one in found] == ids
        assert [one.id for one in find_incidents(connection, ids[3:1:-1])] == ids[3:1:-1]
        with pytest.raises(UsageError):
            find_incidents(connection, [*ids, "I-nothing"])


def test_words_on_others_names_stay_here(coded: CodedIncident, framework: Framework) -> None:
    said = [("Grey Heron", "GH-7"), ("Grey Heron", "Quiet Otter"), ("Quiet Otter", "QO")]
    names = tuple(
        NameDecision(number, name, alias, Verdict.ACCEPTED, "Ada", "2031-05-01T09:00:00.000Z")
        for number, (name, alias) in enumerate(said)
    )
    made = bundle([replace(coded, names=names)], framework)
    (incident,) = of_type(made, "incident")
    assert [one["alias"] for one in incident["extensions"][INCIDENT]["names"]] == ["GH-7"]
    assert "Quiet Otter" not in json.dumps(made)


def test_what_was_kept_leaves_again(coded: CodedIncident, framework: Framework) -> None:
    foreign = {"type": "x-foreign", "id": "x-foreign--2f5bd4ff-40a5-4d4a-9a4d-0a1d7b9f0c11", "spec_version": "2.1"}
    incident = of_type(bundle([coded], framework), "incident")[0]["id"]
    actor = of_type(bundle([coded], framework), "intrusion-set")[0]["id"]
    kept = (
        Kept("stix", foreign["id"], json.dumps(foreign), coded.incident.id),
        Kept("stix", incident, json.dumps({"x_theirs": 1, "name": "theirs"}), coded.incident.id),
        Kept("stix", incident, json.dumps({"extensions": {"extension-definition--1": {"a": 1}}}), coded.incident.id),
        Kept("stix", actor, json.dumps({"x_theirs": 2}), coded.incident.id),
        Kept("misp", "event", json.dumps({"type": "x", "id": "x"}), coded.incident.id),
    )
    made = bundle([replace(coded, kept=kept)], framework)
    objects = {thing["id"]: thing for thing in made["objects"]}
    assert objects[foreign["id"]] == foreign
    assert (objects[incident]["x_theirs"], objects[incident]["name"]) == (1, coded.incident.name)
    assert objects[actor]["x_theirs"] == 2
    assert set(objects[incident]["extensions"]) == {"extension-definition--1", INCIDENT}
    assert "x" not in objects
    # Its references are to our ids, which are not those of OpenCTI's client.
    assert foreign["id"] not in {
        thing["id"] for thing in bundle([replace(coded, kept=kept)], framework, "opencti")["objects"]
    }
