"""Read what a reviewer needs: the overview, a report with its suggestions, one suggestion with its history."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.model.coding import Decision
from counterfoil.model.extraction import Extraction
from counterfoil.model.judging import IDENTITY
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from counterfoil.kb.overview import ReportState, Waiting
    from counterfoil.kb.withdrawing import Withdrawal
    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.coding import Reviewed


@dataclass(frozen=True, slots=True)
class Review:
    """A report with what was suggested, decided and extracted; suggestions best first."""

    report: Report
    items: "list[Reviewed]"
    extraction: Extraction

    @property
    def found(self) -> int:
        """How many items were extracted, but for those that were rejected."""
        return sum(len(getattr(self.extraction, kind)) for kind in IDENTITY)


@dataclass(frozen=True, slots=True)
class Step:
    """A decision in a suggestion's history, and who took it back, if somebody did."""

    decision: Decision
    withdrawal: "Withdrawal | None"


@dataclass(frozen=True, slots=True)
class Totals:
    """Of the whole workspace: reports, suggestions that wait, and reports in which some do."""

    reports: int
    waiting: int
    waiting_reports: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Stretches of the reports, newest first: of all, and of those in which something waits."""

    recent: "list[ReportState]"
    waiting: "list[ReportState]"
    totals: Totals


class Overview:
    """Recent reports and what waits for review. Keeps the count of what waits until something changes."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._counted: Waiting | None = None

    def queue(self, recent: tuple[int, int] = (0, 0), waiting: tuple[int, int] = (0, 0)) -> Queue:
        """The reports from an offset on, as many as a limit: each argument is (offset, limit)."""
        from counterfoil.kb.overview import count_reports, count_waiting, newest, overview, states

        with self._workspace.reading() as connection:
            counted = self._counted = count_waiting(connection, self._counted)
            waits = newest(connection, counted.by_report)[waiting[0] : sum(waiting)] if waiting[1] else []
            totals = Totals(count_reports(connection), sum(counted.by_report.values()), len(counted.by_report))
            first, limit = recent
            found = overview(connection, limit, first) if limit else []
            return Queue(found, states(connection, waits), totals)


def review(workspace: "Workspace", report_id: str) -> Review:
    """Everything that a report's review shows.

    Raises:
        UnknownIdError: no such report.
    """
    from counterfoil.kb.coding import get_extraction, reviewed
    from counterfoil.kb.reports import get_report

    with workspace.reading() as connection:
        report = get_report(connection, report_id)
        return Review(report, reviewed(connection, report.id), get_extraction(connection, report.id))


def stored_report(workspace: "Workspace", report_id: str) -> Report:
    """The report alone, without what was said of it.

    Args:
        report_id: the id, or its beginning.

    Raises:
        UnknownIdError: no such report.
    """
    from counterfoil.kb.reports import get_report

    with workspace.reading() as connection:
        return get_report(connection, report_id)


def suggestion(workspace: "Workspace", suggestion_id: str) -> "Reviewed":
    """One suggestion with the live decision on it.

    Raises:
        UnknownIdError: no such suggestion.
    """
    from counterfoil.kb.coding import reviewed_one

    with workspace.reading() as connection:
        return reviewed_one(connection, suggestion_id)


def steps(workspace: "Workspace", suggestion_id: str) -> list[Step]:
    """Every decision on a suggestion, oldest first, with those that were taken back marked.

    Raises:
        UnknownIdError: no such suggestion.
    """
    from counterfoil.kb.coding import history
    from counterfoil.kb.withdrawing import withdrawn

    with workspace.reading() as connection:
        taken_back = withdrawn(connection, suggestion_id)
        return [Step(decision, taken_back.get(decision.id)) for decision in history(connection, suggestion_id)]
