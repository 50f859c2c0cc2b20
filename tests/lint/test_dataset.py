"""The neutral data: from workbooks and from the user's incidents."""

from datetime import date

from counterfoil.lint import lint, load_rules
from counterfoil.lint.dataset import Dataset, Origin
from counterfoil.lint.finding import Edit
from counterfoil.model.coding import Citation, Decision, Suggestion, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Extraction
from counterfoil.model.framework import Code, Framework
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.model.report import Report
from counterfoil.model.sheet import Cell, Master, Row, Sheet


def _cited(report: Report, code: Code) -> Citation:
    start = report.text.index("fake accounts")
    span = Span(start, start + 13, "fake accounts")
    suggestion = Suggestion(report.id, code, (span,), "test 1", 0.9)
    return Citation(suggestion, Decision(1, suggestion.id, Verdict.ACCEPTED, "ana", "2031-05-01T00:00:00Z"))


def _coded(report: Report, name: str, actor: str, *codes: Code) -> CodedIncident:
    incident = Incident.opened(name, (report.id,), "2031-05-01T00:00:00Z")
    extraction = Extraction(actors=(Actor(actor, ()),))
    citations = tuple(_cited(report, code) for code in codes)
    return CodedIncident(incident, (report,), citations, {report.id: extraction}, {report.id: "2031-05-01T00:00:00Z"})


def test_a_workspace_is_judged_by_the_rules_that_apply(report: Report, framework: Framework) -> None:
    good = framework.code("T0001")
    coded = [
        _coded(report, "Heron", "Grey Heron", good),
        _coded(report, "Heron again", "Gray Heron", Code("TEST", "1.0", "T0009"), Code("TEST", "0.9", "T0002")),
        _coded(report, "Nothing yet", "Grey Heron"),
    ]
    dataset = Dataset.of_incidents(coded, framework)
    assert dataset.origin is Origin.WORKSPACE
    found = {(f.name, f.sheet, f.row, f.value) for f in lint(dataset, load_rules())}
    assert found == {
        ("unknown-id", "incidenttechniques", 2, "T0009"),
        ("other-version", "incidenttechniques", 3, "TEST 0.9 T0002"),
        ("incident-without-technique", "incidents", 3, coded[2].incident.id),
        ("spelling-drift", "incidents", 2, "Gray Heron"),
        ("no-url", "incidents", 1, ""),
        ("no-url", "incidents", 2, ""),
        ("no-url", "incidents", 3, ""),
    }


def test_no_incidents_no_findings(framework: Framework) -> None:
    assert lint(Dataset.of_incidents([], framework), load_rules()) == []


def test_an_empty_master_and_unknown_sheets_have_no_findings() -> None:
    assert lint(Dataset.of_master(Master({}, {})), load_rules()) == []
    sheet = Sheet("Sheet1", ("a", "#2"), (Row(2, {"a": "x", "#2": 3.0}), Row(3, {"a": True, "#2": ""})))
    assert (
        lint(Dataset.of_master(Master({"Sheet1": sheet, "incidents": Sheet("incidents", (), ())}, {})), load_rules())
        == []
    )


def test_an_edit_changes_one_cell_and_not_the_data_it_came_from() -> None:
    sheet = Sheet("tools", ("disarm_id", "name"), (Row(2, {"disarm_id": "TL00001", "name": "A "}),))
    before = Dataset.of_master(Master({"tools": sheet}, {"tools": "x.xlsx"}))
    after = before.edited([Edit("tools", 2, "name", "A ", "A")])
    assert after.rows("tools")[0].text("name") == "A"
    assert before.rows("tools")[0].text("name") == "A "
    assert after.sources == before.sources


def test_numbers_as_ids_and_dates_as_texts_do_not_stop_a_rule() -> None:
    columns = ("disarm_id", "name", "summary", "urls", "year_started", "found_in_country")
    cells: dict[str, Cell] = {
        "disarm_id": 7.0,
        "name": 2016.0,
        "summary": date(2031, 4, 1),
        "urls": 5.0,
        "found_in_country": 1.5,
    }
    data = Dataset.of_master(Master({"incidents": Sheet("incidents", columns, (Row(2, cells),))}, {"incidents": "x"}))
    assert {"malformed-id", "not-a-url", "empty-field", "unknown-country"} <= {f.name for f in lint(data, load_rules())}
