"""Reports and their originals in the knowledge base."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from counterfoil.errors import UnknownIdError, UsageError, WorkspaceError
from counterfoil.kb.tables import ANALYST, decisions, originals, reports, runs, suggestions
from counterfoil.model.report import Block, BlockKind, Original, Page, Report


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What a list of reports shows of one."""

    id: str
    title: str
    source: str
    language: str
    published: str
    chars: int
    added: str
    suggestions: int


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """What is known of the file that a report was read from; the file itself: `Workspace.original_path`."""

    sha256: str
    source: str
    media_type: str
    size: int


_BY_ID = select(reports).where(reports.c.id == bindparam("wanted"))  # made once: exports ask ten thousand times
LAST = "\U0010ffff"  #: sorts after every character of an id


def add_report(connection: Connection, report: Report, original: Original, added: str) -> str:
    """Store a report with where it came from; returns its id.

    The same original, or another original with the same text, is the report that is there already.

    Args:
        added: ISO 8601 time in UTC.

    Raises:
        WorkspaceError: another text has the same id.
    """
    known = report_of_original(connection, original.sha256)
    if known:
        return known
    stored = connection.execute(select(reports.c.sha256).where(reports.c.id == report.id)).scalar()
    if stored not in (None, report.sha256):
        raise WorkspaceError(
            f"{report.source} would get the id {report.id}, which another text has.", "Please report this rare case."
        )
    if stored is None:
        connection.execute(reports.insert().values(**row_of(report), added=added))
    connection.execute(
        originals.insert().values(
            sha256=original.sha256,
            report=report.id,
            source=report.source,
            media_type=original.media_type,
            size=len(original.data),
            added=added,
        )
    )
    return report.id


def report_of_original(connection: Connection, sha256: str) -> str | None:
    """The report that the file of that hash became, if it was added before."""
    return connection.execute(select(originals.c.report).where(originals.c.sha256 == sha256)).scalar()


def filed_as(connection: Connection, media_type: str) -> list[tuple[str, str]]:
    """The originals of a media type: their hashes and reports, those that came last first."""
    query = select(originals.c.sha256, originals.c.report).where(originals.c.media_type == media_type)
    rows = connection.execute(query.order_by(originals.c.added.desc(), originals.c.sha256))
    return [(row.sha256, row.report) for row in rows]


def original_of(connection: Connection, report_id: str) -> OriginalRow | None:
    """The file whose text the report is (full id); of several with the same text the first that was added."""
    columns = (originals.c[name] for name in ("sha256", "source", "media_type", "size"))
    query = select(*columns).where(originals.c.report == report_id).order_by(originals.c.added, originals.c.sha256)
    row = connection.execute(query.limit(1)).first()
    return OriginalRow(**row._asdict()) if row else None


def get_report(connection: Connection, report_id: str) -> Report:
    """The report of that id, or of the only id that begins so.

    Raises:
        UsageError: none, or several.
    """
    row = connection.execute(select(reports).where(reports.c.id == find_id(connection, "report", report_id))).one()
    return _report(row._asdict())


def report_as_stored(connection: Connection, report_id: str) -> tuple[Report, str]:
    """The report of that full id, and when it was added: ISO 8601 in UTC."""
    row = connection.execute(_BY_ID, {"wanted": report_id}).one()
    return _report(row._asdict()), str(row.added)


def find_id(connection: Connection, kind: str, wanted: str) -> str:
    """The full id of a report, suggestion or incident from its beginning.

    Raises:
        UnknownIdError: nothing begins so.
        UsageError: more than one does.
    """
    from counterfoil.kb.tables import metadata

    column = metadata.tables[f"{kind}s"].c.id
    matches = (column >= wanted) & (column < wanted + LAST)  # a range, so that the index serves
    found = list(connection.execute(select(column).where(matches).order_by(column).limit(4)).scalars())
    if wanted in found:
        return wanted
    if not found or not wanted:
        listing = {"report": "counterfoil list", "incident": "counterfoil incident list"}
        hint = listing.get(kind, "counterfoil suggestions REPORT")
        raise UnknownIdError(f"There is no {kind} {wanted!r} in this workspace.", f"See: {hint}.")
    if len(found) > 1:
        raise UsageError(f"{wanted!r} begins more than one {kind} id: {', '.join(found)}.", "Type more of it.")
    return str(found[0])


def added_at(connection: Connection, report_id: str) -> str:
    """When the report was added: ISO 8601 in UTC."""
    return str(connection.execute(select(reports.c.added).where(reports.c.id == report_id)).scalar_one())


def list_reports(connection: Connection) -> list[ReportRow]:
    """All reports, newest first, with the number of suggestions that `reviewed` lists."""
    latest = select(runs.c.report, func.max(runs.c.id).label("run")).group_by(runs.c.report).subquery("latest")
    decided = select(decisions.c.suggestion).where(decisions.c.superseded.is_(None))
    counted = (
        select(suggestions.c.report, func.count().label("number"))
        .join(latest, latest.c.report == suggestions.c.report)
        .where(
            (suggestions.c.run == latest.c.run) & ~suggestions.c.coder.startswith(ANALYST)
            | suggestions.c.id.in_(decided)
        )
        .group_by(suggestions.c.report)
        .subquery("counted")
    )
    query = (
        select(
            *(reports.c[name] for name in ("id", "title", "source", "language", "published")),
            func.length(reports.c.text).label("chars"),
            reports.c.added,
            func.coalesce(counted.c.number, 0).label("suggestions"),
        )
        .join(counted, counted.c.report == reports.c.id, isouter=True)
        .order_by(reports.c.added.desc(), reports.c.id)
    )
    return [ReportRow(**row._asdict()) for row in connection.execute(query)]


def row_of(report: Report) -> dict[str, Any]:
    """A report as a row of its table, but for when it was added."""
    plain = ("text", "source", "title", "author", "publisher", "published", "url", "language")
    return {
        "id": report.id,
        "sha256": report.sha256,
        **{name: getattr(report, name) for name in plain},
        "blocks": _json(_fields(block) for block in report.blocks),
        "pages": _json(_fields(page) for page in report.pages),
        "notes": _json(report.notes),
    }


def _fields(part: Block | Page) -> dict[str, Any]:
    """What `asdict` gives of a flat thing, in a tenth of its time: a long report has thousands of blocks."""
    return {name: getattr(part, name) for name in part.__slots__}


def _json(items: Iterable[Any]) -> str:
    return json.dumps(list(items), ensure_ascii=False, separators=(",", ":"))


def _report(row: dict[str, Any]) -> Report:
    structure: dict[str, Any] = {
        "blocks": tuple(Block(**{**b, "kind": BlockKind(b["kind"])}) for b in json.loads(row["blocks"])),
        "pages": tuple(Page(**page) for page in json.loads(row["pages"])),
        "notes": tuple(json.loads(row["notes"])),
    }
    plain = {name: value for name, value in row.items() if name not in ("id", "sha256", "added", *structure)}
    return Report(**plain, **structure)
