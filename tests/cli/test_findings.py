"""`findings`: listed, put into the workspace and an incident, reviewed, exported; `demo --posts` leaves data for it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from counterfoil.cli.demo_posts import EDITIONS, PRETENDERS, demo_posts
from counterfoil.model.finding import Finding, findings_record
from tests.cli.conftest import Outcome
from tests.workflow.found import finding

Run = Callable[..., Outcome]


def written(folder: Path, *found: Finding) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "findings.json").write_text(json.dumps(findings_record(found)), encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return written(tmp_path / "out", finding(), finding("cd" * 32, 3))


def test_findings_are_listed_and_nothing_is_stored(run: Run, out: Path, tmp_path: Path) -> None:
    done = run("findings", out)
    assert done.code == 0
    assert finding().id in done.out
    assert "1e-09" in done.out
    assert not (tmp_path / "casework").exists()
    assert [one["accounts"] for one in run("findings", out / "findings.json", "--format", "json").json] == [4, 3]
    assert [one["accounts"] for one in run("findings", out, "--minimum-accounts", 4, "--format", "json").json] == [4]
    assert [one["accounts"] for one in run("findings", out, "--only", "2", "--format", "json").json] == [3]


def test_from_a_finding_to_a_decision_in_an_incident(run: Run, out: Path) -> None:
    done = run("findings", out, "--incident", "Harbour fee", "--only", "1", "--analyst", "Ada")
    assert done.code == 0, done.err
    report, incident = re.findall(r"^([RI]-\w+)", done.out, re.MULTILINE)
    again = run("findings", out, "--incident", incident, "--analyst", "Ada")
    assert "was there already" in again.out
    assert f"3 of its 3 accounts were in {finding().id} already, found in other data" in again.err
    first = run("suggestions", report, "--format", "json").json[0]
    assert run("accept", first["id"]).code == 0
    shown = run("incident", "show", incident)
    assert "accepted by" in shown.out
    assert "They post a link to the same page within 1 minute" in shown.out
    listed = run("findings", "--format", "json").json
    assert {one["report"] for one in listed} >= {report}
    for kind in ("stix", "misp", "navigator", "report", "page", "json", "csv"):
        assert run("export", kind, incident, "-o", out / f"case.{kind}").code == 0, kind
    assert "Same words about the harbour" in run("show", report, "--text").out


def test_add_and_code_take_a_file_of_findings(run: Run, out: Path) -> None:
    added = run("add", out / "findings.json")
    assert added.code == 0
    assert len(added.out.splitlines()) == 2
    coded = run("code", out)
    assert coded.code == 0
    assert "T0084.001 Use Copypasta" in coded.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--only", "9"), "There is no finding 9"),
        (("--only", "x"), "'x' is no number"),
        (("--incident", "I-000000000000"), "I-000000000000"),
        (("--add", "--analyst", " "), ""),
    ],
)
def test_what_cannot_be_right_is_told(run: Run, out: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("findings", out, *arguments)
    assert words in done.err
    assert done.code == (2 if words else 0)


def test_no_findings_are_told(run: Run, tmp_path: Path) -> None:
    assert run("findings", tmp_path / "nowhere").code == 1
    (tmp_path / "empty.json").write_text('{"format": "counterfoil-findings 1", "findings": []}')
    assert "holds no finding" in run("findings", tmp_path / "empty.json").err
    assert run("findings", "--add").code == 2


def test_the_demo_posts_hold_two_groups_of_which_one_is_innocent(run: Run, tmp_path: Path) -> None:
    assert demo_posts() == demo_posts()
    assert run("demo", "--posts", "--out", tmp_path / "demo").code == 0
    assert run("detect", tmp_path / "demo" / "posts.json", "-o", tmp_path / "found").code == 0
    record = json.loads((tmp_path / "found" / "findings.json").read_text(encoding="utf-8"))
    groups = [{member["handle"] for member in one["members"]} for one in record["findings"]]
    assert groups == [set(PRETENDERS), set(EDITIONS)]
