"""Quarantine, plan, apply: nothing is believed unseen, a person's word here stays, twice changes nothing."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counterfoil.config import load_config
from counterfoil.errors import FetchError, InputError, ReadError, UnknownIdError, UsageError, WorkspaceError
from counterfoil.kb.coding import decide, history, reviewed
from counterfoil.kb.incident_changes import changes
from counterfoil.kb.incidents import coded_incident, list_incidents
from counterfoil.kb.names import part_names
from counterfoil.kb.reports import list_reports
from counterfoil.kb.withdrawing import withdraw
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.framework import Code
from counterfoil.model.marking import Tlp
from counterfoil.model.parcel import State
from counterfoil.workflow import Sharing, share
from counterfoil.workflow.importing import Looked, apply, drop, fetch_file, look, quarantined, receive, recognised
from counterfoil.workflow.incident_editing import Edit, edit_incident
from tests.exchange.importable import thing, vendor_bundle, vendor_objects, written
from tests.exchange.rich import disarm, rich_incident

ADA = Signature("ada", "2031-06-01T00:00:00.000Z")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path / "w", create=True)
    yield made
    made.close()


def put(workspace: Workspace, data: bytes, name: str = "x.json", form: str = "") -> Looked:
    return apply(workspace, receive(workspace, name, data, form).id, disarm(), ADA)


def seen(looked: Looked, state: State) -> list[tuple[str, str]]:
    return [(line.kind, line.name) for line in looked.lines if line.state is state]


def bundle(*objects: dict[str, Any]) -> bytes:
    return json.dumps(
        {"type": "bundle", "id": f"bundle--{'0' * 8}-0000-4000-8000-{'0' * 12}", "objects": objects}
    ).encode()


def test_a_parcel_waits_until_somebody_applies_it(workspace: Workspace) -> None:
    row = receive(workspace, "sent.json", written("stix"))
    looked = look(workspace, row.id, disarm())
    assert row.state == "waiting"
    assert looked.counts["new"]["report"] == 2
    told = ", ".join(line.why for line in looked.lines if line.kind == "extraction").split(", ")
    assert {one.split()[0] == "1" for one in told} == {True, False}
    assert all((count == "1") != kind.endswith(("s", "people")) for count, kind in map(str.split, told)), told
    with workspace.reading() as connection:
        assert list_reports(connection) == []
    assert apply(workspace, row.id[:6], disarm(), ADA).row.state == "applied"
    (listed,) = quarantined(workspace)
    assert (listed.analyst, listed.at) == (ADA.analyst, ADA.at)
    assert quarantined(workspace, "waiting") == []
    assert workspace.original_path(row.sha256).read_bytes() == written("stix")


def test_applying_twice_changes_nothing(workspace: Workspace) -> None:
    put(workspace, written("stix"))
    dump = _dump(workspace)
    again = put(workspace, written("stix"))
    assert {state for state, kinds in again.counts.items() if kinds} == {"same"}
    assert _dump(workspace) == dump


def _dump(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        return [line for line in raw.iterdump() if 'INTO "parcels"' not in line]


def test_a_decision_here_stays(workspace: Workspace) -> None:
    put(workspace, written("stix"))
    citation = rich_incident().citations[0]
    with workspace.writing() as connection:
        decide(connection, citation.suggestion.id, Verdict.REJECTED, ADA)
    looked = put(workspace, written("stix"))
    ((kind, name),) = seen(looked, State.CONFLICTING)
    assert (kind, name.split(":")[0]) == ("decision", citation.suggestion.code.id)
    with workspace.reading() as connection:
        assert [one.verdict for one in history(connection, citation.suggestion.id)] == [
            Verdict.ACCEPTED,
            Verdict.REJECTED,
        ]


def test_a_decision_that_was_taken_back_here_stays_taken_back(workspace: Workspace) -> None:
    put(workspace, written("stix"))
    wanted = rich_incident().citations[0].suggestion.id
    with workspace.writing() as connection:
        withdraw(connection, wanted, ADA)
    looked = put(workspace, written("stix"))
    assert [kind for kind, _ in seen(looked, State.CONFLICTING)] == ["decision"]
    with workspace.reading() as connection:
        (one,) = [
            one
            for one in reviewed(connection, rich_incident().citations[0].suggestion.report)
            if one.suggestion.id == wanted
        ]
        assert one.decision is None


def test_a_decision_arrives_on_what_waits_here(workspace: Workspace) -> None:
    open_ones = json.loads(written("stix"))
    for one in open_ones["objects"]:
        for extension in one.get("extensions", {}).values():
            for suggestion in extension.get("suggestions", []):
                suggestion.pop("decision", None)
    put(workspace, json.dumps(open_ones).encode())
    looked = put(workspace, written("stix"))
    assert looked.counts["changed"] == {"decision": 7}
    with workspace.reading() as connection:
        found = coded_incident(connection, rich_incident().incident.id)
    analysts = {citation.decision.analyst for citation in found.citations}
    assert analysts == {citation.decision.analyst for citation in rich_incident().citations}


def test_words_on_names_and_edits_of_incidents_stay(workspace: Workspace) -> None:
    put(workspace, written("stix"))
    incident = rich_incident().incident
    word = next(one for one in rich_incident().names if one.verdict is Verdict.ACCEPTED)
    with workspace.writing() as connection:
        part_names(connection, word.name, word.alias, ADA)
    edit_incident(workspace, incident.id, Edit(name="Ours", remove=incident.reports[:1]), ADA)
    looked = put(workspace, written("stix"))
    conflicts = sorted(kind for kind, _ in seen(looked, State.CONFLICTING))
    assert conflicts == ["incident", "incident", "name"]
    with workspace.reading() as connection:
        (stored,) = list_incidents(connection)
        assert (stored.name, stored.reports) == ("Ours", incident.reports[1:])


def test_an_incident_follows_its_source_until_somebody_changes_it(workspace: Workspace) -> None:
    put(workspace, vendor_bundle())
    later = vendor_objects()
    later[1] = later[1] | {"name": "Herons, again", "modified": "2024-06-01T00:00:00.000Z"}
    assert ("incident", "Herons <b>in</b> the harbour") in seen(put(workspace, bundle(*later)), State.CHANGED)
    with workspace.reading() as connection:
        (incident,) = list_incidents(connection)
        assert incident.name == "Herons, again"
        assert changes(connection, incident.id)[-1].analyst == "import by ada"
    edit_incident(workspace, incident.id, Edit(name="Ours"), ADA)
    assert ("incident", "Ours") in seen(put(workspace, bundle(*later)), State.CONFLICTING)


def test_a_vendor_s_codes_wait_for_review(workspace: Workspace) -> None:
    looked = put(workspace, vendor_bundle())
    with workspace.reading() as connection:
        (incident,) = list_incidents(connection)
        found = coded_incident(connection, incident.id)
    assert found.citations == ()
    assert {one.suggestion.coder for one in found.uncited} == {"import stix: ACME"}
    assert (incident.origin, incident.tlp, incident.created) == ("STIX, ACME", Tlp.AMBER, "2024-05-01T00:00:00.000Z")
    (quote,) = [
        one.suggestion.spans[0].quote
        for one in found.uncited
        if one.suggestion.score == 0.8 and "🫖" in one.suggestion.spans[0].quote
    ]
    assert quote == "They made accounts 🫖."
    actors = {actor.name: actor for extraction in found.extractions.values() for actor in extraction.actors}
    assert [alias.name for alias in actors["Grey Heron"].aliases] == ["GH-7"]
    assert looked.sender == "ACME"


def test_a_name_of_another_version_is_carried_over(workspace: Workspace) -> None:
    looked = put(workspace, vendor_bundle())
    with workspace.reading() as connection:
        (incident,) = list_incidents(connection)
        codes = {one.suggestion.code for one in coded_incident(connection, incident.id).uncited}
    (told,) = [problem.what for problem in looked.problems if "T0019" in problem.where]
    assert told.startswith("DISARM 1.3 T0019 is T0049.008 in 1.6")
    assert Code("DISARM", "1.6", "T0049.008") in codes


def test_what_has_no_place_here_leaves_again(workspace: Workspace) -> None:
    put(workspace, vendor_bundle())
    with workspace.reading() as connection:
        (incident,) = list_incidents(connection)
        for one in coded_incident(connection, incident.id).uncited:
            wanted = one.suggestion.id
    with workspace.writing() as connection:
        decide(connection, wanted, Verdict.ACCEPTED, ADA)
    out = io.BytesIO()
    share(workspace, [incident.id], disarm(), Sharing("stix", "", Tlp.AMBER), out)
    sent = {one["id"]: one for one in json.loads(out.getvalue())["objects"]}
    came = {one["id"]: one for one in vendor_objects()}
    malware = next(one for one in came.values() if one["type"] == "malware")
    assert sent[malware["id"]] == malware
    (ours,) = [one for one in sent.values() if one["type"] == "incident"]
    assert ours["x_acme_case"] == "A-1"
    (odd,) = [one for one in sent.values() if one["type"] == "x-acme-thing"]
    (heron,) = [one for one in sent.values() if one["type"] == "intrusion-set"]
    assert odd["about_ref"] == heron["id"]
    (link,) = [one for one in sent.values() if one.get("target_ref") == malware["id"]]
    assert link["source_ref"] == heron["id"]
    other = Workspace.open(workspace.folder.parent / "other", create=True)
    put(other, out.getvalue())
    with workspace.reading() as here, other.reading() as there:
        assert coded_incident(there, incident.id).kept == coded_incident(here, incident.id).kept
    other.close()


def test_dropping_deletes_the_file(workspace: Workspace) -> None:
    row = receive(workspace, "sent.json", written("stix"))
    assert drop(workspace, row.id, ADA).state == "dropped"
    assert not workspace.original_path(row.sha256).exists()
    with pytest.raises(UsageError, match="dropped by ada"):
        apply(workspace, row.id, disarm(), ADA)
    assert receive(workspace, "sent.json", written("stix")).state == "waiting"


def test_a_file_that_was_changed_in_quarantine_is_refused(workspace: Workspace) -> None:
    row = receive(workspace, "sent.json", written("stix"))
    workspace.original_path(row.sha256).write_bytes(b"{}")
    with pytest.raises(WorkspaceError, match="was changed"):
        look(workspace, row.id, disarm())


def test_what_cannot_be_imported_says_why(workspace: Workspace, tmp_path: Path) -> None:
    config = load_config({})
    with pytest.raises(InputError, match="no format"):
        receive(workspace, "a.txt", b"hello")
    with pytest.raises(UsageError, match="no importer"):
        receive(workspace, "a.txt", b"hello", "word")
    with pytest.raises(ReadError):
        fetch_file(str(tmp_path / "none.json"), config)
    with pytest.raises(FetchError, match="offline"):
        fetch_file("https://example.org/a.json", replace(config, offline=True))
    with pytest.raises(UnknownIdError):
        look(workspace, "Q-1", disarm())
    row = receive(workspace, "a.json", written("stix"))
    with pytest.raises(UsageError, match="analyst"):
        apply(workspace, row.id, disarm(), Signature(" ", ADA.at))
    with workspace.reading() as connection:
        assert list_reports(connection) == []


def test_each_oddity_is_one_clear_problem(workspace: Workspace) -> None:
    incident = thing("incident", 1, name="\u202eevil\x00 name", created="9999-01-01T00:00:00Z")
    odd = bundle(
        incident,
        thing("report", 2, name="R", object_refs=[incident["id"], "malware--00000000-0000-4000-8000-000000000009"]),
        thing("tool", 3, name="a"),
        thing("tool", 3, name="b"),
        {"type": "x", "id": 7},
        thing("location", 4, country=["no"], name={"a": 1}),
        thing("relationship", 5, relationship_type=5, source_ref=None, target_ref=incident["id"]),
    )
    looked = put(workspace, odd)
    told = " ".join(f"{problem.where} {problem.what}" for problem in looked.problems)
    for words in ("year 9999", "stands twice", "no STIX object", "not in the bundle: object_refs malware"):
        assert words in told
    with workspace.reading() as connection:
        (stored,) = list_incidents(connection)
    assert stored.name == "evil name"


@pytest.mark.parametrize(
    "data",
    [
        b'{"type": "bundle", "objects": ' + b"[" * 5000,
        b'{"type": "bundle", "objects": [NaN]}',
        b'{"type": "bundle", "objects": 1}',
        b'{"type": "bundle", "objects": [',
        b'{"type": "bundle", "objects": ["\xff"]}',
    ],
)
def test_a_bundle_that_is_none_is_one_error(workspace: Workspace, data: bytes) -> None:
    row = receive(workspace, "a.json", data)
    with pytest.raises(InputError):
        apply(workspace, row.id, disarm(), ADA)
    with workspace.reading() as connection:
        assert list_incidents(connection) == []


@pytest.mark.parametrize(
    ("name", "door"),
    [("cases.XLSX", "import-table"), ("cases.csv", "import-table"), ("all.zip", "merge"), ("report.pdf", "code FILE")],
)
def test_what_comes_in_by_another_door_is_sent_there(name: str, door: str) -> None:
    with pytest.raises(InputError) as refused:
        recognised(name, b"anything")
    assert door in refused.value.hint
