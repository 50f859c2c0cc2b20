"""Taking decisions back, step by step, with nothing lost."""

import pytest
from sqlalchemy import text

from counterfoil.errors import UsageError, WorkspaceError
from counterfoil.kb.coding import add_run, decide, decision_on, history, reviewed
from counterfoil.kb.reports import add_report
from counterfoil.kb.withdrawing import withdraw, withdrawn
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.framework import Code
from counterfoil.model.report import Original, Report

ADA = Signature("ada", "2031-01-01T00:00:00.000Z", "sure")
BEN = Signature("ben", "2031-01-02T00:00:00.000Z")


@pytest.fixture
def suggestion(workspace: Workspace, report: Report) -> Suggestion:
    one = Suggestion(report.id, Code("TEST", "1.0", "T0001"), (report.span(0, 6),), "codebook 1", 0.5)
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"x", "text/plain"), ADA.at)
        add_run(connection, report.id, (one,), Extraction(), ADA.at)
    return one


def test_undo_goes_back_step_by_step(workspace: Workspace, suggestion: Suggestion) -> None:
    with workspace.writing() as connection:
        for verdict in (Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ACCEPTED):
            decide(connection, suggestion.id, verdict, ADA)
        seen = []
        for _ in range(3):
            withdraw(connection, suggestion.id, BEN)
            live = decision_on(connection, suggestion.id)
            seen.append(live.verdict if live else None)
        assert seen == [Verdict.REJECTED, Verdict.ACCEPTED, None]
        with pytest.raises(UsageError, match="nothing to take back"):
            withdraw(connection, suggestion.id, BEN)
        rows = history(connection, suggestion.id)
        back = withdrawn(connection, suggestion.id)
    assert len(rows) == 5  # three of Ada's, and two that say what counts again
    assert all(row.superseded for row in rows)
    assert {back[row.id].analyst for row in rows if row.id in back} == {"ben"}


def test_after_undo_one_may_decide_anew(workspace: Workspace, suggestion: Suggestion, report: Report) -> None:
    with workspace.writing() as connection:
        decide(connection, suggestion.id, Verdict.ACCEPTED, ADA)
        withdraw(connection, suggestion.id, ADA)
        assert [item.decision for item in reviewed(connection, report.id)] == [None]
        decide(connection, suggestion.id, Verdict.REJECTED, BEN)
        assert withdraw(connection, suggestion.id, BEN) is None


def test_an_analysts_own_code_goes_with_its_decision(workspace: Workspace, report: Report) -> None:
    own = Suggestion(report.id, Code("TEST", "1.0", "T0002"), (report.span(0, 6),), "analyst ada", 1.0)
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"x", "text/plain"), ADA.at)
        add_run(connection, report.id, (own,), Extraction(), ADA.at)
        assert reviewed(connection, report.id) == []
        decide(connection, own.id, Verdict.ACCEPTED, ADA)
        assert len(reviewed(connection, report.id)) == 1


@pytest.mark.parametrize("change", ["DELETE FROM withdrawals", "UPDATE withdrawals SET analyst = 'eve'"])
def test_withdrawals_are_kept(workspace: Workspace, suggestion: Suggestion, change: str) -> None:
    with workspace.writing() as connection:
        decide(connection, suggestion.id, Verdict.ACCEPTED, ADA)
        withdraw(connection, suggestion.id, ADA)
    with pytest.raises(WorkspaceError, match="append-only"), workspace.writing() as connection:
        connection.execute(text(change))


def test_somebody_must_sign(workspace: Workspace, suggestion: Suggestion) -> None:
    with workspace.writing() as connection:
        decide(connection, suggestion.id, Verdict.ACCEPTED, ADA)
        with pytest.raises(UsageError, match="analyst"):
            withdraw(connection, suggestion.id, Signature(" ", ADA.at))
