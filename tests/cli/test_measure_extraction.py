"""measure --extraction: the tables, the figures as JSON, and errors of reports that may be read."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = "Graphika said that Night Ferry used Facebook.\n\nIt began on 4 March 2031.\n"
RIGHT = "platforms: [{name: Facebook}]\ndates: [{text: 4 March 2031, value: '2031-03-04', precision: day}]\n"
WRONG = "platforms: []\ndates: [{text: 4 March 2031, value: '2031-03', precision: month}]\n"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    for part, annotation in (("development", RIGHT), ("held_out", WRONG)):
        (folder / part).mkdir(parents=True)
        (folder / part / f"in_{part}.txt").write_text(TEXT, encoding="utf-8")
        (folder / part / f"in_{part}.yaml").write_text(annotation, encoding="utf-8")
    return folder


def test_the_tables_name_each_part_kind_and_report(run: Run, reports: Path) -> None:
    shown = run("measure", "--extraction", reports)
    assert shown.code == 0, shown.err
    for words in ("development: 1 report", "held out: 1 report", "attributions, by whom", "in_development", "0.00"):
        assert words in shown.out, words


def test_json_has_the_figures_by_part_and_report(run: Run, reports: Path) -> None:
    plain = run("measure", "--extraction", reports, "--format", "json").json
    assert plain["parts"]["development"]["kinds"]["platforms"] == {
        "wanted": 1,
        "found": 1,
        "right": 1,
        "wrong": 0,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
    }
    assert plain["parts"]["held_out"]["kinds"]["platforms"]["wrong"] == 1
    assert plain["reports"]["in_held_out"]["kinds"]["dates"]["f1"] == 0.0
    assert "errors" not in plain


def test_errors_of_held_out_reports_are_listed_only_when_asked_for(run: Run, reports: Path) -> None:
    both = run("measure", "--extraction", reports, "--errors", "--format", "json").json["errors"]
    assert {error["report"] for error in both} == {"in_development"}  # actors and a voice that its annotation lacks
    own = run("measure", "--extraction", reports / "held_out", "--errors", "--format", "json").json["errors"]
    faults = [(error["fault"], error["label"]) for error in own if error["kind"] == "dates"]
    assert faults == [("missed", "4 March 2031 (2031-03, month)"), ("wrong", "4 March 2031 (2031-03-04, day)")]
    table = run("measure", "--extraction", reports / "held_out", "--errors")
    assert "wrong  Facebook" in table.out
    assert "Night Ferry used Facebook." in table.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--errors"], "--errors needs --extraction"),
        (["--extraction", "reports", "--survival"], "goes with --errors and --format only"),
        (["gold.jsonl", "--extraction", "reports"], "goes with --errors and --format only"),
    ],
)
@pytest.mark.usefixtures("reports")
def test_a_request_that_cannot_be_right_is_refused(run: Run, arguments: list[str], complaint: str) -> None:
    refused = run("measure", *arguments)
    assert refused.code == 2
    assert complaint in refused.err


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("x.yaml", "actors: [", "cannot be read"),
        ("x.yaml", "- a list", "has no lists of items"),
        ("x.yaml", "actors: []", "cannot be read"),  # no text beside it
        ("x.txt", "no annotation", "has no annotated report"),
    ],
)
def test_a_folder_that_cannot_be_measured_is_refused(
    run: Run, tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    refused = run("measure", "--extraction", folder)
    assert refused.code == 1
    assert complaint in refused.err
