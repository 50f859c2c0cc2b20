"""Frameworks at the command line: add, use, compare, import incidents, carry citations over."""

import csv
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from counterfoil.frameworks.releases import known_releases
from counterfoil.frameworks.sheets import read_master
from counterfoil.kb.coding import add_run, citations, decide
from counterfoil.kb.reports import add_report
from counterfoil.kb.tables import suggestions
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Code
from counterfoil.model.report import Original, Report
from tests.cli.conftest import Run
from tests.frameworks.made import data_sheets, sheets, workbook

AT = "2031-01-01T00:00:00.000Z"


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A folder with both workbooks, as DISARM keeps them."""
    folder = tmp_path / "master_v1.6"
    folder.mkdir()
    workbook(folder, sheets())
    workbook(folder, data_sheets(), "DATA.xlsx")
    return folder


def test_a_framework_is_added_shown_and_used(run: Run, pair: Path, tmp_path: Path) -> None:
    added = run("framework", "add", pair, "--report", tmp_path / "report.csv", "--format", "json").json
    assert (added["name"], added["version"], added["new"]) == ("DISARM", "1.6", True)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text(encoding="utf-8"))))
    assert len(rows) == sum(added["remarks"].values())
    assert {"sheet", "row", "column", "value", "fate", "why"} == set(rows[0])
    assert "was there already" in run("framework", "add", pair).out
    assert "master" in run("framework", "list").out
    shown = run("framework", "show", "1.6", "--format", "json").json
    assert shown["contents"]["techniques"] == 3
    assert run("framework", "use", "DISARM", "1.6").code == 0
    assert [row["in_use"] for row in run("framework", "list", "--format", "json").json] == [True]
    for wrong in (["use", "9.9"], ["show", "DISARM", "9.9"]):
        outcome = run("framework", *wrong)
        assert (outcome.code, "There is no framework DISARM 9.9" in outcome.err) == (2, True)


def test_another_content_is_not_overwritten_unasked(run: Run, pair: Path, tmp_path: Path) -> None:
    run("framework", "add", pair)
    other = tmp_path / "other_v1.6"
    other.mkdir()
    workbook(
        other,
        sheets(phases=[["disarm_id", "name", "rank", "summary"], ["P01", "Sleep", "1", ""], ["P02", "Do", "2", ""]]),
    )
    outcome = run("framework", "add", other)
    assert (outcome.code, "is there already, with another content" in outcome.err) == (2, True)
    assert run("framework", "show", "1.6", "--format", "json").json["contents"]["counters"] == 1
    assert run("framework", "add", other, "--replace").code == 0


def test_imported_incidents_are_cases_with_evidence(run: Run, pair: Path) -> None:
    added = run("framework", "add", pair, "--format", "json").json
    incidents = run("incident", "list", "--format", "json").json
    assert len(incidents) == added["imported"]["incidents"] > 0
    assert {incident["origin"] for incident in incidents} == {"DISARM 1.6"}
    assert run("incident", "list", "--own", "--format", "json").json == []
    cited = 0
    for incident in incidents:
        shown = run("incident", "show", incident["id"], "--format", "json").json
        for citation in shown["citations"]:
            cited += 1
            assert citation["decision"]["analyst"] == "DISARM Foundation"
            assert citation["suggestion"]["coder"] == "imported from DISARM 1.6"
            text = run("show", citation["report"], "--text").out
            for span in citation["suggestion"]["spans"]:
                assert text[span["start"] : span["end"]] == span["quote"]
                assert "T0" not in span["quote"]  # the analyst's codes are no evidence
    assert cited == added["imported"]["citations"] > 0
    run("framework", "add", pair)
    assert len(run("incident", "list", "--format", "json").json) == len(incidents)


def test_a_framework_goes_round_through_stix(run: Run, pair: Path, tmp_path: Path) -> None:
    run("framework", "add", pair)
    run("framework", "use", "1.6")
    for profile in ("disarm", "opencti"):
        path = tmp_path / f"{profile}_v1.6.json"
        assert run("export", "stix", "--framework", "--profile", profile, "-o", path).code == 0
        assert run("framework", "add", path, "-w", profile).code == 0
        assert run("framework", "diff", path, pair, "--format", "json").json == []


def test_a_diff_in_three_forms(run: Run, pair: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer_v1.6"
    newer.mkdir()
    rows = sheets()["techniques"]
    workbook(newer, sheets(techniques=[rows[0], rows[1], [*rows[2][:1], "Pink | Herring", *rows[2][2:]]]))
    changes = run("framework", "diff", pair, newer, "--format", "json").json
    assert {(change["kind"], change["id"]) for change in changes} == {("removed", "T0002"), ("renamed", "T0001.001")}
    assert "technique removed" in run("framework", "diff", pair, newer).out
    assert "Pink \\| Herring" in run("framework", "diff", pair, newer, "--markdown").out


@pytest.fixture
def old_case(tmp_path: Path) -> Workspace:
    """A workspace in which every id of DISARM 1.3 that vanished until 1.6 is cited once."""
    workspace = Workspace.open(tmp_path / "casework", create=True)
    versions = known_releases("DISARM").versions
    gone = sorted(set(versions["1.3"].techniques) - set(versions["1.6"].techniques))
    text = " ".join(f"word{number}" for number in range(len(gone)))
    report = Report(text=text, source="old.txt")
    found = tuple(
        Suggestion(report.id, Code("DISARM", "1.3", technique), (report.span(n, n + 1),), "hand", 1.0)
        for n, technique in enumerate(gone)
    )
    with workspace.writing() as connection:
        add_report(connection, report, Original(text.encode(), "text/plain"), AT)
        add_run(connection, report.id, found, Extraction(), AT)
        for suggestion in found:
            decide(connection, suggestion.id, Verdict.ACCEPTED, Signature("ada", AT))
    return workspace


def test_migrating_loses_no_citation(run: Run, old_case: Workspace) -> None:
    def cited() -> dict[str, set[Code]]:
        """The codes that stand for each piece of evidence."""
        with old_case.reading() as connection:
            report_id = connection.execute(select(suggestions.c.report)).scalars().first()
            found: dict[str, set[Code]] = {}
            for citation in citations(connection, [str(report_id)]):
                found.setdefault(str(citation.suggestion.spans), set()).add(citation.suggestion.code)
            return found

    before = cited()
    assert len(before) >= 12
    planned = run("framework", "migrate", "--from", "1.3", "--to", "1.6", "--dry-run", "--format", "json").json
    assert cited() == before
    done = run("framework", "migrate", "--from", "1.3", "--to", "1.6", "--format", "json").json
    assert done == planned
    after = cited()
    assert after.keys() == before.keys()
    verdicts = {item["code"]: item for item in done}
    for evidence, codes in before.items():
        (old,) = codes
        item = verdicts[old.id]
        expected = {old} if item["verdict"] == "review" else {Code("DISARM", "1.6", new) for new in item["successors"]}
        assert after[evidence] == expected, old
    again = run("framework", "migrate", "--from", "1.3", "--to", "1.6", "--format", "json").json
    assert {item["verdict"] for item in again} <= {"review"}
    assert "review" in run("framework", "migrate", "--from", "1.3", "--to", "1.6", "--dry-run").out


def test_a_migrated_citation_can_be_taken_back(run: Run, old_case: Workspace) -> None:
    done = run("framework", "migrate", "--from", "1.3", "--to", "1.6", "--format", "json").json
    moved = next(item for item in done if item["verdict"] != "review")
    with old_case.reading() as connection:
        query = select(suggestions.c.id, suggestions.c.report).where(suggestions.c.replaces == moved["suggestion"])
        rows = connection.execute(query).all()
    for row in rows:
        run("reject", row.id)
    with old_case.reading() as connection:
        standing = {citation.suggestion.id for citation in citations(connection, [rows[0].report])}
    assert moved["suggestion"] in standing
    run("framework", "migrate", "--from", "1.3", "--to", "1.6")  # a bulk command overrides no analyst
    with old_case.reading() as connection:
        assert moved["suggestion"] in {c.suggestion.id for c in citations(connection, [rows[0].report])}
        assert not {row.id for row in rows} & {c.suggestion.id for c in citations(connection, [rows[0].report])}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["add", "none.xlsx"], 1, "none.xlsx"),
        (["migrate", "--from", "1.6", "--to", "1.3"], 2, "forward only"),
        (["migrate", "--from", "0.1", "--to", "1.6"], 2, "Nothing is known"),
        (["show", "a", "b", "c"], 2, "no framework's name"),
        (["diff", "7.7", "8.8"], 2, "There is no framework"),
    ],
)
def test_bad_requests(run: Run, old_case: Workspace, arguments: list[str], code: int, words: str) -> None:
    outcome = run("framework", *arguments)
    assert outcome.code == code, outcome.err
    assert words in outcome.err
    assert "Traceback" not in outcome.err


def test_what_an_export_needs(run: Run, pair: Path) -> None:
    run("framework", "add", pair)
    assert "Name the incidents" in run("export", "stix").err
    assert "Name the incidents" in run("export", "stix", "I-1", "--framework").err
    assert "leaves as stix" in run("export", "page", "--framework").err
    bundle = json.loads(run("export", "stix", "--framework", "-w", "nowhere").out)
    assert sum(thing["type"] == "attack-pattern" for thing in bundle["objects"]) == 391


@pytest.mark.shared
def test_disarms_own_data(run: Run, shared: Path) -> None:
    added = run("framework", "add", shared / "disarm" / "DISARM_MASTER_DATA", "--format", "json").json
    assert added["imported"] == {"incidents": 104, "citations": 221}
    bundle = run("export", "stix", "--framework").out
    assert "T0097.110" in bundle
    incidents = run("incident", "list", "--format", "json").json
    cases = [incident["id"] for incident in incidents if incident["reports"]]
    exported = run("export", "stix", *cases)
    assert exported.code == 0
    pages = run("pages", "out", "--from", shared / "disarm" / "DISARM_MASTER_DATA", "--format", "json").json
    assert pages["created"] > 759
    again = run("pages", "out", "--format", "json").json  # from where the framework was loaded
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, pages["created"])


def test_a_catalogue_is_not_lost_to_a_source_without_one(run: Run, pair: Path, tmp_path: Path) -> None:
    run("framework", "add", pair)
    run("framework", "use", "1.6")
    run("export", "stix", "--framework", "-o", tmp_path / "bare_v1.6.json")
    outcome = run("framework", "add", tmp_path / "bare_v1.6.json", "--replace")
    assert (outcome.code, "which this source does not have" in outcome.err) == (2, True)
    assert run("framework", "show", "1.6", "--format", "json").json["contents"]["counters"] == 1


def test_pages_are_of_the_framework_in_use(run: Run, pair: Path, tmp_path: Path) -> None:
    other = tmp_path / "next"
    other.mkdir()
    rows = sheets()["techniques"]
    workbook(other, sheets(techniques=[*rows, ["T0009", "Only in the Next", "TA01", "", ""]]), "F.xlsx")
    workbook(other, data_sheets(), "DATA.xlsx")
    run("framework", "add", pair)
    run("framework", "add", other, "--version", "1.6.1")
    assert "not clear which framework" in run("pages", "out").err
    run("framework", "use", "1.6")
    assert run("pages", "out").code == 0
    assert not (tmp_path / "out" / "generated_pages" / "techniques" / "T0009.md").exists()
    run("framework", "use", "1.6.1")
    assert run("pages", "out").code == 0
    assert (tmp_path / "out" / "generated_pages" / "techniques" / "T0009.md").exists()


def test_what_is_said_of_an_imported_incident_is_shown_and_exported(run: Run, pair: Path) -> None:
    run("framework", "add", pair)
    (incident,) = run("incident", "list", "--format", "json").json
    shown = run("incident", "show", incident["id"]).out
    page = run("export", "page", incident["id"]).out
    bundle = json.loads(run("export", "stix", incident["id"]).out)
    document = json.loads(run("export", "json", incident["id"]).out)["incidents"][0]["incident"]
    assert document["details"]["external_id"] == "I00001"
    (case,) = [thing for thing in bundle["objects"] if thing["type"] == "incident"]
    assert case["external_references"][0]["external_id"] == "I00001"
    assert "https://example.org/pier" in {reference.get("url") for reference in case["external_references"]}
    for text in (shown, page):
        for fact in ("I00001", "Norway", "example.org/pier", "2031"):
            assert fact in text, fact
    assert "Imported from DISARM Foundation" in page


def test_three_columns_of_one_name_are_three_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"notes": [["note", "note", "note"], ["a", "b", "c"]]}, "notes.xlsx")
    sheet = read_master([path]).sheets["notes"]
    assert sheet.columns == ("note", "note (2)", "note (3)")
    assert [sheet.rows[0].text(column) for column in sheet.columns] == ["a", "b", "c"]


def test_two_citations_that_become_one(run: Run, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "casework", create=True)
    report = Report(text="the same words", source="x.txt")
    found = tuple(
        Suggestion(report.id, Code("DISARM", "1.3", technique), (report.span(0, 8),), "hand", 1.0)
        for technique in ("T0019.002", "T0049.002")
    )
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"x", "text/plain"), AT)
        add_run(connection, report.id, found, Extraction(), AT)
        for suggestion in found:
            decide(connection, suggestion.id, Verdict.ACCEPTED, Signature("ada", AT, "my reason"))
    done = run("framework", "migrate", "--from", "1.3", "--to", "1.6", "--format", "json").json
    assert [bool(item["left"]) for item in done].count(True) <= 1
    with workspace.reading() as connection:
        comments = [c.decision.comment for c in citations(connection, [report.id]) if c.suggestion.replaces]
    assert comments
    assert all("my reason" in comment for comment in comments)


def test_a_framework_leaves_as_misp_galaxies_and_is_read_again(run: Run, pair: Path, tmp_path: Path) -> None:
    run("framework", "add", pair)
    assert run("framework", "use", "DISARM", "1.6").code == 0
    made = run("export", "misp", "--framework", "-o", tmp_path / "galaxy", "--format", "json").json
    assert {Path(name).name for name in made["files"]} >= {"disarm-techniques.json", "disarm-countermeasures.json"}
    assert run("framework", "add", tmp_path / "galaxy", "--version", "9.9").code == 0
    first, again = (run("framework", "show", "DISARM", version, "--format", "json").json for version in ("1.6", "9.9"))
    assert again["contents"]["techniques"] == first["contents"]["techniques"] == 3
    assert again["contents"]["counters"] == first["contents"]["counters"]
    assert run("export", "misp", "--framework").code == 2
    assert run("export", "page", "--framework").code == 2
