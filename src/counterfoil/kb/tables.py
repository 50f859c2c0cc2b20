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

SCHEMA = "0008"  #: the newest migration that this version knows
ANALYST = "analyst "  #: how the coder of an analyst's own suggestion begins; their name follows
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

Index("ix_reports_added", reports.c.added, reports.c.id)

#: A search by date and language reads this index alone: the texts lie in between otherwise.
Index("ix_reports_dated", *(reports.c[name] for name in ("published", "added", "language", "id")))

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
    _text("replaces"),  # the suggestion that this one carried over from another version, or amends; or empty
    sqlite_strict=True,
)
Index("ix_suggestions_actor", suggestions.c.actor, suggestions.c.technique)
#: Counting what waits for review reads this index alone.
Index("ix_suggestions_waiting", *(suggestions.c[name] for name in ("report", "run", "score", "coder", "id")))

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
Index("ix_decisions_superseded", decisions.c.superseded)
Index("ix_decisions_suggestion", decisions.c.suggestion)

#: Decisions that an analyst took back (append-only too). Where an earlier decision counts again, `restores` is
#: that one and `successor` the new row that says so; otherwise nothing counts, and the withdrawn decision is
#: superseded by itself.
withdrawals = Table(
    "withdrawals",
    metadata,
    Column("decision", Integer, ForeignKey("decisions.id"), primary_key=True),
    _text("analyst"),
    _text("at"),
    _text("comment"),
    Column("restores", Integer, ForeignKey("decisions.id")),
    Column("successor", Integer, ForeignKey("decisions.id")),
    sqlite_strict=True,
)
Index("ix_withdrawals_successor", withdrawals.c.successor, unique=True)

#: What extraction found in each report, as it was found.
found_extractions = Table(
    "found_extractions",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    _text("coder"),
    _text("content"),
    sqlite_strict=True,
)

#: The same as analysts left it: without what they rejected, with what they changed and added, and with joined
#: names as one. Computed from what was found and the decisions below; search and facets follow from it.
extractions = Table(
    "extractions",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    _text("coder"),
    _text("content"),
    sqlite_strict=True,
)

#: Which reports name whom (by `model.judging.name_key`), before any names are joined.
names = Table(
    "names",
    metadata,
    Column("name", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), primary_key=True, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_VERDICT = "verdict IN ('accepted', 'rejected', 'open')"

#: Append-only, no row is ever changed: the last one of an item (of a pair of names) is what counts.
item_decisions = Table(
    "item_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    _text("kind"),
    _text("item"),
    Column("verdict", Text, CheckConstraint(_VERDICT, name="verdict"), nullable=False),
    Column("own", Integer, CheckConstraint("own IN (0, 1)", name="own"), nullable=False),
    *(_text(name) for name in ("content", "analyst", "at", "comment")),
    Column("undoes", Integer, ForeignKey("item_decisions.id")),  # the decision that this row takes back
    sqlite_strict=True,
)
Index("ix_item_decisions_report", *(item_decisions.c[name] for name in ("report", "item", "id")))

name_decisions = Table(
    "name_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("name"),
    _text("alias"),
    Column("verdict", Text, CheckConstraint(_VERDICT, name="verdict"), nullable=False),
    *(_text(name) for name in ("analyst", "at", "comment")),
    sqlite_strict=True,
)

#: Reports whose extraction still has to follow a decision on names.
names_pending = Table(
    "names_pending",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
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

#: What was changed in an incident, by whom and when; the incident's own rows hold what counts now. Append-only.
incident_changes = Table(
    "incident_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), nullable=False, index=True),
    _text("field"),
    _text("before"),
    _text("after"),
    _text("analyst"),
    _text("at"),
    sqlite_strict=True,
)

#: What incidents and reports can be found by; triggers (in the migration) keep both as their sources say.
incident_facets = Table(
    "incident_facets",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
report_facets = Table(
    "report_facets",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), primary_key=True, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: What a search can find, and the notes of what has to be indexed anew: see `kb.indexing`. The words themselves
#: are in two FTS5 tables, search_texts and search_lines, that the migration makes.
search_entries = Table(
    "search_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    *(_text(name) for name in ("kind", "key", "report", "title", "body", "tags", "about")),
    Column("weight", Integer, nullable=False),
    sqlite_strict=True,
)
Index("ix_search_entries_key", search_entries.c.kind, search_entries.c.key, unique=True)
Index("ix_search_entries_report", search_entries.c.report, search_entries.c.kind)

#: The passage (an entry) that each suggestion rests on.
search_passages = Table(
    "search_passages",
    metadata,
    Column("suggestion", Text, primary_key=True),
    Column("entry", Integer, nullable=False, index=True),
    _text("report"),
    _text("technique"),
    Column("accepted", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("ix_search_passages_report", search_passages.c.report, search_passages.c.technique)
Index(
    "ix_search_passages_technique",
    *(search_passages.c[name] for name in ("technique", "accepted", "report")),
)

#: What each report says of an actor, a narrative or an observable (an entry), as JSON.
search_sources = Table(
    "search_sources",
    metadata,
    Column("report", Text, primary_key=True),
    Column("entry", Integer, primary_key=True),
    _text("said"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("ix_search_sources_entry", search_sources.c.entry, search_sources.c.report)

search_pending = Table(
    "search_pending",
    metadata,
    Column("what", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

#: What arrived from elsewhere and is looked at before it is believed; the file itself is kept like an original.
parcels = Table(
    "parcels",
    metadata,
    Column("id", Text, primary_key=True),
    *(_text(name) for name in ("format", "source", "sha256", "received")),
    Column("state", Text, CheckConstraint("state IN ('waiting', 'applied', 'dropped')", name="state"), nullable=False),
    *(_text(name) for name in ("analyst", "at")),  # who applied or dropped it, and when; empty while it waits
    sqlite_strict=True,
)
Index("ix_parcels_state", parcels.c.state, parcels.c.received)

#: What formats hold that has no field here, by the incident with which it leaves again.
kept = Table(
    "kept",
    metadata,
    Column("incident", Text, ForeignKey("incidents.id"), primary_key=True),
    Column("format", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    _text("content"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
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
