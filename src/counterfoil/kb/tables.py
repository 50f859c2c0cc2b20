"""The tables of the knowledge base, in SQLAlchemy Core.

Times are ISO 8601 texts in UTC; structured parts (spans, reasons, extractions) are JSON texts. What can
be computed again (citations, counts, pages) has no table. Changing a table takes a migration: see
docs/architecture.md.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.types import Float

SCHEMA = "0003"  #: the newest migration that this version knows
APPLICATION_ID = 0x43464F4C  #: "CFOL" in the SQLite header: this database is ours

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "ck": "ck_%(table_name)s_%(constraint_name)s"}
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


reports = Table(
    "reports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    _text("text"),
    _text("source"),
    _text("title"),
    _text("author"),
    _text("publisher"),
    _text("published"),
    _text("url"),
    _text("language"),
    _text("blocks"),
    _text("pages"),
    _text("notes"),
    _text("added"),
    sqlite_strict=True,
)

#: The files that reports came from, kept beside the database under their hash.
originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False, index=True),
    _text("source"),
    _text("media_type"),
    Column("size", Integer, nullable=False),
    _text("added"),
    sqlite_strict=True,
)

#: A coding of a report: coding again makes a new run and leaves the old one's suggestions in place.
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False, index=True),
    _text("coder"),
    _text("at"),
    sqlite_strict=True,
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("run", Integer, ForeignKey("runs.id"), nullable=False),  # the latest run that made it
    _text("framework"),
    _text("version"),
    Column("technique", Text, nullable=False, index=True),
    _text("modality"),
    _text("actor"),
    _text("voice"),
    _text("coder"),
    Column("score", Float, nullable=False),
    _text("spans"),
    _text("reasons"),
    _text("replaces"),  # the suggestion that this one carried over from another framework version; or empty
    sqlite_strict=True,
)

#: Append-only: triggers (in the migration) refuse every deletion and every change but setting `superseded`.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("suggestion", Text, ForeignKey("suggestions.id"), nullable=False),
    Column("verdict", Text, CheckConstraint("verdict IN ('accepted', 'rejected')", name="verdict"), nullable=False),
    _text("analyst"),
    _text("at"),
    _text("comment"),
    Column("superseded", Integer, ForeignKey("decisions.id", deferrable=True, initially="DEFERRED")),
    sqlite_strict=True,
)
Index("ix_decisions_live", decisions.c.suggestion, unique=True, sqlite_where=text("superseded IS NULL"))

extractions = Table(
    "extractions",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    _text("coder"),
    _text("content"),
    sqlite_strict=True,
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    _text("name"),
    _text("created"),
    Column("origin", Text, nullable=False, index=True),  # who opened it if not an analyst here: "DISARM 1.6"
    _text("details"),
    sqlite_strict=True,
)

incident_reports = Table(
    "incident_reports",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), primary_key=True, index=True),
    sqlite_strict=True,
)

#: Frameworks as they were loaded, with their catalogue and load report.
frameworks = Table(
    "frameworks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    _text("source"),
    _text("sha256"),
    _text("content"),
    _text("added"),
    sqlite_strict=True,
)

#: What the analyst set for this workspace, such as the framework in use.
settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    _text("value"),
    sqlite_strict=True,
)
