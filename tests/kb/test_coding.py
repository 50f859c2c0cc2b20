"""Suggestions and decisions: append-only, never overwritten, evidence verified."""

import pytest
from sqlalchemy import text

from counterfoil.errors import EvidenceError, UsageError, WorkspaceError
from counterfoil.kb.coding import add_run, citations, decide, get_extraction, history, reviewed
from counterfoil.kb.incidents import add_incident, coded_incident, list_incidents
from counterfoil.kb.reports import add_report, find_id, get_report, list_reports
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Reason, Signature, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Alias, Extraction, Observable
from counterfoil.model.framework import Code
from counterfoil.model.report import Original, Page, Report

ANALYST = Signature("ada", "2031-05-01T10:00:00.000Z", "clear")
LATER = Signature("bo", "2031-05-02T10:00:00.000Z")
AT = "2031-05-01T09:00:00.000Z"


def _suggestion(report: Report, start: int, end: int, technique: str = "T0001.001", score: float = 0.8) -> Suggestion:
    span = report.span(start, end)
    code = Code("TEST", "1.0", technique)
    return Suggestion(report.id, code, (span,), "codebook 1", score, (Reason("because", span), Reason("and")))


@pytest.fixture
def stored(workspace: Workspace, report: Report) -> Workspace:
    extraction = Extraction(
        actors=(Actor("Grey Heron", (report.span(32, 42),), (Alias("GH", "the ministry"),), "actor", "ZZ"),),
        observables=(Observable("hashtag", "tea", (report.span(40, 44),)),),
        coder="extraction 1",
    )
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"raw", "text/plain"), AT)
        add_run(
            connection, report.id, (_suggestion(report, 32, 60), _suggestion(report, 0, 9, "T0002")), extraction, AT
        )
    return workspace


def test_a_report_comes_back_as_it_was(stored: Workspace, report: Report) -> None:
    with stored.reading() as connection:
        assert get_report(connection, report.id) == report
        assert get_report(connection, report.id[:5]) == report
        (row,) = list_reports(connection)
    assert (row.id, row.chars, row.suggestions) == (report.id, len(report.text), 2)


def test_the_same_file_or_text_is_one_report(stored: Workspace, report: Report) -> None:
    other = Report(text="another reading of the same file", source="x")
    with stored.writing() as connection:
        assert add_report(connection, other, Original(b"raw", "text/plain"), AT) == report.id
        assert add_report(connection, report, Original(b"other file", "text/html"), AT) == report.id
        assert len(list_reports(connection)) == 1
        assert connection.execute(text("SELECT count(*) FROM originals")).scalar() == 2


def test_pages_and_structure_survive(workspace: Workspace) -> None:
    paged = Report(text="one two", source="a.pdf", pages=(Page(1, 0, 3), Page(2, 4, 7)), notes=("mended",))
    with workspace.writing() as connection:
        add_report(connection, paged, Original(b"1", "application/pdf"), AT)
        assert get_report(connection, paged.id) == paged


def test_suggestions_and_extraction_come_back_as_they_were(stored: Workspace, report: Report) -> None:
    with stored.reading() as connection:
        items = reviewed(connection, report.id)
        extraction = get_extraction(connection, report.id)
    assert [item.suggestion for item in items] == [_suggestion(report, 32, 60), _suggestion(report, 0, 9, "T0002")]
    assert extraction.actors[0].aliases == (Alias("GH", "the ministry"),)
    assert extraction.observables[0].spans == (report.span(40, 44),)


def test_a_change_of_mind_adds_a_decision(stored: Workspace, report: Report) -> None:
    suggestion = _suggestion(report, 32, 60)
    with stored.writing() as connection:
        decide(connection, suggestion.id, Verdict.ACCEPTED, ANALYST)
        assert [c.suggestion for c in citations(connection, [report.id])] == [suggestion]
        decide(connection, suggestion.id[:8], Verdict.REJECTED, LATER)
        assert list(citations(connection, [report.id])) == []
        past = history(connection, suggestion.id)
    assert [(d.verdict, d.analyst, d.superseded) for d in past] == [("accepted", "ada", 2), ("rejected", "bo", None)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decisions",
        "UPDATE decisions SET verdict = 'rejected'",
        "UPDATE decisions SET analyst = 'eve', superseded = 1",
        "UPDATE decisions SET comment = ''",
        "UPDATE reports SET text = 'other'",
        "INSERT OR REPLACE INTO decisions SELECT id, suggestion, 'rejected', 'eve', at, comment, NULL FROM decisions",
        "INSERT OR REPLACE INTO reports SELECT id, sha256, 'OTHER', source, title, author, publisher, published, url,"
        " language, blocks, pages, notes, added FROM reports",
        "DELETE FROM reports",
        "INSERT INTO decisions VALUES (9, (SELECT suggestion FROM decisions), 'rejected', 'eve', 't', '', NULL)",
        "INSERT INTO decisions VALUES (9, (SELECT max(id) FROM suggestions), 'perhaps', 'eve', 't', '', NULL)",
    ],
)
def test_the_database_itself_keeps_decisions_and_texts(stored: Workspace, report: Report, statement: str) -> None:
    with stored.writing() as connection:
        decide(connection, _suggestion(report, 32, 60).id, Verdict.ACCEPTED, ANALYST)
    with pytest.raises(WorkspaceError, match="refused"), stored.writing() as connection:
        connection.execute(text(statement))


def test_coding_again_keeps_decisions_and_drops_stale_suggestions(stored: Workspace, report: Report) -> None:
    judged, stale = _suggestion(report, 32, 60), _suggestion(report, 0, 9, "T0002")
    echo, fresh = _suggestion(report, 32, 80), _suggestion(report, 90, 100, "T0001.002")
    with stored.writing() as connection:
        decide(connection, judged.id, Verdict.REJECTED, ANALYST)
        add_run(connection, report.id, (echo, fresh), Extraction(), AT)
        ids = {item.suggestion.id: item.decision for item in reviewed(connection, report.id)}
        kept = connection.execute(text("SELECT count(*) FROM suggestions")).scalar()
    assert set(ids) == {judged.id, fresh.id}
    assert ids[judged.id] is not None
    assert kept == 3  # the stale one steps back; it is not deleted
    assert stale.id not in ids


def test_the_same_coding_twice_changes_nothing(stored: Workspace, report: Report) -> None:
    again = (_suggestion(report, 32, 60), _suggestion(report, 0, 9, "T0002"))
    with stored.writing() as connection:
        before = [item.suggestion for item in reviewed(connection, report.id)]
        add_run(connection, report.id, again, Extraction(), AT)
        assert [item.suggestion for item in reviewed(connection, report.id)] == before


def test_evidence_that_does_not_match_is_said(stored: Workspace, report: Report) -> None:
    with stored.writing() as connection:
        connection.exec_driver_sql("""UPDATE suggestions SET spans = '[{"start":0,"end":3,"quote":"new"}]'""")
    with pytest.raises(EvidenceError), stored.reading() as connection:
        reviewed(connection, report.id)


def test_ids_that_are_wrong_or_ambiguous(stored: Workspace) -> None:
    with stored.writing() as connection:
        connection.execute(
            text("INSERT INTO incidents (id, name, created) VALUES ('I-aa1', 'n', 't'), ('I-aa2', 'n', 't')")
        )
    with stored.reading() as connection:
        assert find_id(connection, "incident", "I-aa1") == "I-aa1"
        with pytest.raises(UsageError, match="more than one incident"):
            find_id(connection, "incident", "I-aa")
        for wrong in ("I-zz", "", "%", "I_aa1"):
            with pytest.raises(UsageError, match="There is no incident"):
                find_id(connection, "incident", wrong)


def test_an_incident_gathers_what_was_accepted(stored: Workspace, report: Report) -> None:
    with stored.writing() as connection:
        decide(connection, _suggestion(report, 32, 60).id, Verdict.ACCEPTED, ANALYST)
        decide(connection, _suggestion(report, 0, 9, "T0002").id, Verdict.REJECTED, ANALYST)
        incident = add_incident(connection, " Heron ", [report.id[:6], report.id], AT)
        assert add_incident(connection, "Heron", [report.id], "2032-01-01T00:00:00.000Z") == incident
        coded = coded_incident(connection, incident.id)
        assert list_incidents(connection) == [incident]
    assert coded.incident.name == "Heron"
    assert coded.reports == (report,)
    assert [c.suggestion.code.id for c in coded.citations] == ["T0001.001"]
    assert coded.added == {report.id: AT}


def test_decisions_and_incidents_need_names(stored: Workspace, report: Report) -> None:
    with stored.writing() as connection:
        with pytest.raises(UsageError, match="analyst"):
            decide(connection, _suggestion(report, 32, 60).id, Verdict.ACCEPTED, Signature(" ", AT))
        with pytest.raises(UsageError, match="name"):
            add_incident(connection, "", [report.id], AT)
