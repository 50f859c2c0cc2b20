"""Incidents changed where they stand: what counts now, and a history that cannot be altered."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from counterfoil.errors import UnknownIdError, UsageError, WorkspaceError
from counterfoil.kb.incident_changes import add_reports, changes, remove_report, rename, summarise
from counterfoil.kb.incidents import add_incident, get_incident, store_incident
from counterfoil.kb.reports import add_report
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature
from counterfoil.model.incident import Details, Incident
from counterfoil.model.report import Original, Report

AT = "2031-05-01T09:00:00.000Z"
ADA = Signature("ada", "2031-05-02T09:00:00.000Z")


@pytest.fixture
def incident(workspace: Workspace, report: Report) -> Incident:
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"1", "text/plain"), AT)
        return add_incident(connection, "Herons", [report.id], AT)


def test_a_name_changes_and_the_id_stays(workspace: Workspace, incident: Incident) -> None:
    with workspace.writing() as connection:
        assert rename(connection, incident.id, "  Grey\n Herons ", ADA).name == "Grey Herons"
        rename(connection, incident.id, "Grey Herons", ADA)  # nothing changes: no row
        (change,) = changes(connection, incident.id)
    assert (change.field, change.before, change.after, change.analyst) == ("name", "Herons", "Grey Herons", "ada")
    with workspace.reading() as connection:
        assert get_incident(connection, incident.id).name == "Grey Herons"


def test_a_summary_leaves_the_other_details_alone(workspace: Workspace) -> None:
    details = Details("I00001", "old", "2016", ("Russia",), ("USA",), ("https://a.example",))
    with workspace.writing() as connection:
        store_incident(connection, Incident("I-1", "n", (), AT, "DISARM 1.6", details))
        changed = summarise(connection, "I-1", " new\r\nlines ", ADA)
    assert changed.details == Details("I00001", "new\nlines", "2016", ("Russia",), ("USA",), ("https://a.example",))
    assert changed.origin == "DISARM 1.6"


def test_reports_come_and_go_and_come_back(workspace: Workspace, incident: Incident, report: Report) -> None:
    other = Report("Another text.", "other.txt")
    with workspace.writing() as connection:
        add_report(connection, other, Original(b"2", "text/plain"), AT)
        assert add_reports(connection, incident.id, [other.id, report.id], ADA).reports == tuple(
            sorted((report.id, other.id))
        )
        assert remove_report(connection, incident.id, report.id, ADA).reports == (other.id,)
        with pytest.raises(UsageError, match="does not rest on"):
            remove_report(connection, incident.id, report.id, ADA)
        assert add_reports(connection, incident.id, [report.id], ADA).reports == tuple(sorted((report.id, other.id)))
        history = [(one.field, one.before, one.after) for one in changes(connection, incident.id)]
    assert history == [
        ("report added", "", report.id),
        ("report removed", report.id, ""),
        ("report added", "", other.id),
    ]


def test_what_cannot_be_changed_so(workspace: Workspace, incident: Incident) -> None:
    nobody = Signature("  ", AT)
    wrongs: list[Callable[[Connection], object]] = [
        lambda c: rename(c, incident.id, " \n", ADA),
        lambda c: rename(c, incident.id, "x", nobody),
        lambda c: add_reports(c, incident.id, ["R-none"], ADA),
        lambda c: rename(c, "I-none", "x", ADA),
    ]
    for wrong in wrongs:
        with pytest.raises(UsageError), workspace.writing() as connection:
            wrong(connection)
    with workspace.reading() as connection, pytest.raises(UnknownIdError):
        changes(connection, "I-none")
    with workspace.reading() as connection:
        assert changes(connection, incident.id) == []
        assert get_incident(connection, incident.id).name == "Herons"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM incident_changes",
        "UPDATE incident_changes SET analyst = 'eve'",
        "INSERT OR REPLACE INTO incident_changes SELECT id, incident, field, '', 'x', 'eve', at FROM incident_changes",
    ],
)
def test_the_history_cannot_be_altered(workspace: Workspace, incident: Incident, statement: str) -> None:
    with workspace.writing() as connection:
        rename(connection, incident.id, "Other", ADA)
    with pytest.raises(WorkspaceError, match="append-only"), workspace.writing() as connection:
        connection.execute(text(statement))
    with workspace.reading() as connection:
        assert [one.analyst for one in changes(connection, incident.id)] == ["ada"]
