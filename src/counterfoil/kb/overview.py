"""What waits for review, and how far each report has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from counterfoil.kb.tables import ANALYST, decisions, reports, runs, suggestions, withdrawals
from counterfoil.model.coding import UNDECIDED_BELOW


@dataclass(frozen=True, slots=True)
class ReportState:
    """A report in a list: `waiting` suggestions are asserted and not judged yet, `hints` not even asserted."""

    id: str
    title: str
    source: str
    publisher: str
    published: str
    language: str
    added: str
    coded: bool
    waiting: int = 0
    hints: int = 0
    accepted: int = 0
    rejected: int = 0

    @property
    def judged(self) -> int:
        return self.accepted + self.rejected


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many suggestions wait in each report that has some; `mark` is the state of the review it was counted at."""

    mark: tuple[int, int, int]
    by_report: Mapping[str, int]


def count_reports(connection: Connection) -> int:
    """How many reports there are."""
    return int(connection.execute(select(func.count()).select_from(reports)).scalar_one())


def count_waiting(connection: Connection, before: Waiting | None = None) -> Waiting:
    """What waits in the whole workspace; what was counted `before` is given back if nothing has changed since."""
    mark = _mark(connection)
    if before and before.mark == mark:
        return before
    # Two sweeps over indexes and a difference: cheaper than asking for each suggestion whether it was judged.
    last_runs = select(runs.c.report, func.max(runs.c.id)).group_by(runs.c.report)
    latest = {report: run for report, run in connection.execute(last_runs)}  # noqa: C416  # dict() would ask a result for keys
    asserted = (suggestions.c.score >= UNDECIDED_BELOW) & ~suggestions.c.coder.startswith(ANALYST)
    columns = (suggestions.c.report, suggestions.c.run)
    made = select(*columns, func.count()).where(asserted).group_by(*columns)
    judged = (
        select(*columns, func.count())
        .join(decisions, decisions.c.suggestion == suggestions.c.id)
        .where(decisions.c.superseded.is_(None) & asserted)
        .group_by(*columns)
    )
    counts = {report: count for report, run, count in connection.execute(made) if latest[report] == run}
    for report, run, count in connection.execute(judged):
        if latest[report] == run:
            counts[report] -= count
    return Waiting(mark, {report: count for report, count in counts.items() if count})


def overview(connection: Connection, limit: int, offset: int = 0) -> list[ReportState]:
    """Reports, newest first, each with the state of its review."""
    query = select(reports.c.id).order_by(reports.c.added.desc(), reports.c.id.desc()).limit(limit).offset(offset)
    return states(connection, list(connection.execute(query).scalars()))


def newest(connection: Connection, wanted: Mapping[str, int]) -> list[str]:
    """The ids of these reports, newest first."""
    rows = connection.execute(select(reports.c.id).order_by(reports.c.added.desc(), reports.c.id.desc())).scalars()
    return [report_id for report_id in rows if report_id in wanted]


def states(connection: Connection, report_ids: Sequence[str]) -> list[ReportState]:
    """The state of each of these reports, in the order given."""
    names = ("id", "title", "source", "publisher", "published", "language", "added")
    query = select(*(reports.c[name] for name in names)).where(reports.c.id.in_(report_ids))
    rows = {row.id: row._asdict() for row in connection.execute(query)}
    counts = {row.report: row._asdict() for row in connection.execute(_counts(report_ids))}
    coded = set(connection.execute(select(runs.c.report).where(runs.c.report.in_(report_ids))).scalars())
    found = []
    for report_id in report_ids:
        counted = {name: value for name, value in counts.get(report_id, {}).items() if name != "report"}
        found.append(ReportState(**rows[report_id], **counted, coded=report_id in coded))
    return found


def _counts(report_ids: Sequence[str]) -> Select[Any]:
    latest = select(func.max(runs.c.id)).where(runs.c.report == suggestions.c.report).scalar_subquery()
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    is_open = decisions.c.id.is_(None) & (suggestions.c.run == latest) & ~suggestions.c.coder.startswith(ANALYST)
    asserted = suggestions.c.score >= UNDECIDED_BELOW
    return (
        select(
            suggestions.c.report,
            _count(is_open & asserted).label("waiting"),
            _count(is_open & ~asserted).label("hints"),
            _count(decisions.c.verdict == "accepted").label("accepted"),
            _count(decisions.c.verdict == "rejected").label("rejected"),
        )
        .select_from(suggestions.join(decisions, live, isouter=True))
        .where(suggestions.c.report.in_(report_ids))
        .group_by(suggestions.c.report)
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _mark(connection: Connection) -> tuple[int, int, int]:
    """Codings, decisions and withdrawals are only ever added: their last numbers tell whether any was."""
    last_run = connection.execute(select(func.coalesce(func.max(runs.c.id), 0))).scalar_one()
    last_decision = connection.execute(select(func.coalesce(func.max(decisions.c.id), 0))).scalar_one()
    return last_run, last_decision, connection.execute(select(func.count()).select_from(withdrawals)).scalar_one()
