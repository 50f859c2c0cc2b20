"""Findings in a workspace: from the file to suggestions, decisions, an incident, and STIX with its evidence."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counterfoil.config import Config
from counterfoil.errors import ReadError, UnknownIdError, UsageError
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.kb.coding import get_extraction, reviewed
from counterfoil.kb.incidents import list_incidents
from counterfoil.kb.reports import list_reports
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.finding import Finding, findings_record
from counterfoil.model.report import Original
from counterfoil.workflow import Sharing, assemble, code, decide, drafts, expand, load_kit, share, store
from counterfoil.workflow.finding_reports import is_of_finding
from counterfoil.workflow.held_findings import Adding, chosen, held, load_findings, open_finding, put
from counterfoil.workflow.intake import Draft, read
from counterfoil.workflow.kit import Kit
from counterfoil.workflow.training import train
from tests.workflow.found import finding, without_handles

FRAMEWORK = load_codebook().framework
ADA = Signature("Ada", "2031-06-01T10:00:00.000Z")
ADDING = Adding(FRAMEWORK, "out/findings.json", ADA)


@pytest.fixture
def workspace(tmp_path: Path) -> Any:
    opened = Workspace.open(tmp_path / "casework", create=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Kit:
    return load_kit(Config(cache=tmp_path_factory.mktemp("cache")))


def written(folder: Path, *found: Finding) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "findings.json"
    path.write_text(json.dumps(findings_record(found), ensure_ascii=False), encoding="utf-8")
    (folder / "edges.csv").write_text("a,b\n", encoding="utf-8")
    return path


def coded(workspace: Workspace, kit: Kit, path: Path) -> list[Draft]:
    done = []
    for draft in drafts([str(path)], Config(), workspace, kit=kit):
        assert isinstance(draft, Draft), draft
        done.append(store(workspace, draft, kit))
    return done


def test_a_file_is_coded_by_the_door_of_reports(workspace: Workspace, kit: Kit, tmp_path: Path) -> None:
    path = written(tmp_path / "out", finding(), finding("cd" * 32, 3))
    found = coded(workspace, kit, path)
    assert [len(draft.suggestions) for draft in found] == [7, 7]
    # The posts speak of bots and of fake news: that is data, and no analyst's prose.
    assert {one.coder for draft in found for one in draft.suggestions} == {"coordination 1"}
    first = found[0].extraction
    assert not any((first.actors, first.attributions, first.targets, first.people, first.narratives))
    values = [(one.type, one.value) for one in first.observables]
    assert [value for kind, value in values if kind == "handle"] == [f"@harbour_{one}" for one in range(4)]
    assert ("url", "https://ferry-news.example/a1") in values
    assert "@mayor" not in str(values)
    assert [(one.value, one.role) for one in first.dates] == [("2031-05-01", "began"), ("2031-05-06", "ended")]
    assert {one.finding for one in held(workspace)} == {finding(), finding("cd" * 32, 3)}


def test_a_folder_of_detection_is_its_findings(tmp_path: Path) -> None:
    path = written(tmp_path / "out", finding())
    assert expand([str(tmp_path / "out")]).names == (str(path),)
    assert load_findings(tmp_path / "out") == load_findings(path) == (finding(),)


def test_accounts_without_handles_are_known_by_their_ids(workspace: Workspace, kit: Kit, tmp_path: Path) -> None:
    (draft,) = coded(workspace, kit, written(tmp_path / "out", without_handles(finding())))
    accounts = [(one.type, one.value) for one in draft.extraction.observables if one.type == "account-id"]
    assert accounts == [("account-id", str(900 + one)) for one in range(4)]


def test_coding_again_keeps_text_and_decisions(workspace: Workspace, kit: Kit, tmp_path: Path) -> None:
    path = written(tmp_path / "out", finding())
    (draft,) = coded(workspace, kit, path)
    decide(workspace, [draft.suggestions[0].id], Verdict.REJECTED, ADA)
    (again,) = coded(workspace, kit, path)
    assert again.report == draft.report
    with workspace.reading() as connection:
        items = reviewed(connection, draft.report.id)
        assert len(list_reports(connection)) == 1
    assert len(items) == 7
    assert [item.suggestion.id for item in items if item.decision] == [draft.suggestions[0].id]


def test_the_text_alone_is_never_read_as_prose(kit: Kit, tmp_path: Path) -> None:
    (draft,) = read(str(written(tmp_path / "out", finding())), Config())
    assert is_of_finding(draft.report)
    with pytest.raises(ReadError, match="text of a finding"):
        code(replace(draft, original=Original(draft.report.text.encode(), "text/plain")), kit)


def test_nothing_is_learned_from_posts(workspace: Workspace, kit: Kit, tmp_path: Path) -> None:
    (draft,) = coded(workspace, kit, written(tmp_path / "out", finding()))
    decide(workspace, [draft.suggestions[0].id], Verdict.ACCEPTED, ADA)
    with pytest.raises(UsageError, match="Nothing was decided"):
        train(workspace, Config(cache=tmp_path))


def test_putting_in_again_changes_nothing_and_other_data_is_told(workspace: Workspace) -> None:
    (one,), incident = put(workspace, [finding()], ADDING)
    assert one.new
    assert incident is None
    (again,), _ = put(workspace, [finding()], ADDING)
    assert (again.report, again.new, again.before) == (one.report, False, ())
    (other,), _ = put(workspace, [finding("cd" * 32)], ADDING)
    assert other.new
    assert other.before == (finding(),)
    page = open_finding(workspace, other.report)
    assert [each.finding for each in page.alike] == [finding()]
    with pytest.raises(UnknownIdError):
        open_finding(workspace, "F-000000000000")


def test_an_incident_is_opened_by_name_and_found_again(workspace: Workspace) -> None:
    _, incident = put(workspace, [finding()], replace(ADDING, incident="Harbour fee"))
    assert incident
    _, same = put(workspace, [finding("cd" * 32)], replace(ADDING, incident="harbour FEE"))
    assert same
    assert same.id == incident.id
    assert len(same.reports) == 2
    _, by_id = put(workspace, [finding("ef" * 32)], replace(ADDING, incident=incident.id))
    assert by_id
    assert len(by_id.reports) == 3


def test_all_are_put_in_or_none(workspace: Workspace) -> None:
    with pytest.raises(UnknownIdError):
        put(workspace, [finding()], replace(ADDING, incident="I-000000000000"))
    assert held(workspace) == []
    with workspace.reading() as connection:
        assert not list_reports(connection)
        assert not list_incidents(connection)


def test_a_choice_of_findings() -> None:
    both = [finding(), finding("cd" * 32, 3)]
    assert chosen(both, [2]) == both[1:]
    assert chosen(both, least=4) == both[:1]
    with pytest.raises(UsageError, match="no finding 3"):
        chosen(both, [3])


def test_a_finding_leaves_as_stix_with_its_evidence(workspace: Workspace, tmp_path: Path) -> None:
    validator = pytest.importorskip("stix2validator")
    (one,), incident = put(workspace, [finding()], replace(ADDING, incident="Harbour fee"))
    with workspace.reading() as connection:
        items = reviewed(connection, one.report)
        assert get_extraction(connection, one.report).observables
    copied = next(item.suggestion for item in items if item.suggestion.code.id == "T0084.001")
    decide(workspace, [copied.id], Verdict.ACCEPTED, ADA)
    assert incident
    (whole,) = assemble(workspace, [incident.id])
    assert [citation.suggestion.id for citation in whole.citations] == [copied.id]
    out = tmp_path / "out.json"
    with out.open("wb") as file:
        share(workspace, [incident.id], FRAMEWORK, Sharing("stix", "counterfoil"), file)
    checked = validator.validate_file(str(out), validator.ValidationOptions(version="2.1"))
    assert checked.is_valid
    objects = json.loads(out.read_bytes())["objects"]
    (uses,) = [each for each in objects if each.get("relationship_type") == "uses"]
    assert "Same words about the harbour for all of us" in uses["description"]
    (evidence,) = [each for each in uses["extensions"].values() if "evidence" in each]
    (claim,) = evidence["evidence"]
    assert any(finding().data_sha256 in reason for reason in claim["reasons"])
    assert claim["spans"][1]["quote"].startswith("harbour_0 (account 900) on X, 2031-05-05T11:00:00Z, post q0")
    accounts = {each["account_login"] for each in objects if each["type"] == "user-account"}
    assert accounts == {f"harbour_{number}" for number in range(4)}
    assert not [each for each in objects if each["type"] in ("threat-actor", "intrusion-set")]
