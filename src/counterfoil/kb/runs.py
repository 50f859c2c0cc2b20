"""Codings of a report: which is the latest, and how much it made."""

from sqlalchemy import Connection, func, select

from counterfoil.kb.tables import ANALYST, decisions, runs, suggestions


def latest_run(connection: Connection, report_id: str, coder: str, at: str) -> int:
    """The number of the report's latest coding; of a report that was never coded, a new one by `coder`.

    Args:
        at: ISO 8601 time in UTC.
    """
    latest = connection.execute(select(func.max(runs.c.id)).where(runs.c.report == report_id)).scalar()
    if latest is not None:
        return int(latest)
    key = connection.execute(runs.insert().values(report=report_id, coder=coder, at=at)).inserted_primary_key
    return int(key[0]) if key else 0


def count_listed(connection: Connection, report_id: str) -> int:
    """How many suggestions the report's list has: the latest coding's and every decided one."""
    latest = select(func.max(runs.c.id)).where(runs.c.report == report_id).scalar_subquery()
    live = (decisions.c.suggestion == suggestions.c.id) & decisions.c.superseded.is_(None)
    open_ones = (suggestions.c.run == latest) & ~suggestions.c.coder.startswith(ANALYST)
    judged = select(decisions.c.id).where(live).correlate(suggestions).exists()
    query = select(func.count()).select_from(suggestions).where(suggestions.c.report == report_id)
    return int(connection.execute(query.where(open_ones | judged)).scalar_one())
