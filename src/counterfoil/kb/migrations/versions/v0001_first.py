"""The first tables: reports, originals, runs, suggestions, decisions, extractions, incidents."""

from counterfoil.kb.migrations.statements import execute

revision = "0001"
down_revision = None

#: Written out, not taken from `tables`: a migration must do the same when the tables have moved on.
STATEMENTS = """
CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL, source TEXT NOT NULL,
    title TEXT NOT NULL, author TEXT NOT NULL, publisher TEXT NOT NULL, published TEXT NOT NULL,
    url TEXT NOT NULL, language TEXT NOT NULL, blocks TEXT NOT NULL, pages TEXT NOT NULL, notes TEXT NOT NULL,
    added TEXT NOT NULL
) STRICT;
CREATE TABLE originals (
    sha256 TEXT NOT NULL PRIMARY KEY, report TEXT NOT NULL REFERENCES reports (id), source TEXT NOT NULL,
    media_type TEXT NOT NULL, size INTEGER NOT NULL, added TEXT NOT NULL
) STRICT;
CREATE INDEX ix_originals_report ON originals (report);
CREATE TABLE runs (
    id INTEGER NOT NULL PRIMARY KEY, report TEXT NOT NULL REFERENCES reports (id), coder TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_runs_report ON runs (report);
CREATE TABLE suggestions (
    id TEXT NOT NULL PRIMARY KEY, report TEXT NOT NULL REFERENCES reports (id),
    run INTEGER NOT NULL REFERENCES runs (id), framework TEXT NOT NULL, version TEXT NOT NULL,
    technique TEXT NOT NULL, modality TEXT NOT NULL, actor TEXT NOT NULL, voice TEXT NOT NULL, coder TEXT NOT NULL,
    score REAL NOT NULL, spans TEXT NOT NULL, reasons TEXT NOT NULL
) STRICT;
CREATE INDEX ix_suggestions_report ON suggestions (report);
CREATE INDEX ix_suggestions_technique ON suggestions (technique);
CREATE TABLE decisions (
    id INTEGER NOT NULL PRIMARY KEY, suggestion TEXT NOT NULL REFERENCES suggestions (id),
    verdict TEXT NOT NULL CONSTRAINT ck_decisions_verdict CHECK (verdict IN ('accepted', 'rejected')),
    analyst TEXT NOT NULL, at TEXT NOT NULL, comment TEXT NOT NULL,
    superseded INTEGER REFERENCES decisions (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX ix_decisions_live ON decisions (suggestion) WHERE superseded IS NULL;
CREATE TABLE extractions (
    report TEXT NOT NULL PRIMARY KEY REFERENCES reports (id), coder TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE TABLE incidents (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL) STRICT;
CREATE TABLE incident_reports (
    incident TEXT NOT NULL REFERENCES incidents (id), report TEXT NOT NULL REFERENCES reports (id),
    PRIMARY KEY (incident, report)
) STRICT;
CREATE INDEX ix_incident_reports_report ON incident_reports (report);
CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
WHEN OLD.superseded IS NOT NULL OR NEW.superseded IS NULL OR NEW.id IS NOT OLD.id
  OR NEW.suggestion IS NOT OLD.suggestion OR NEW.verdict IS NOT OLD.verdict OR NEW.analyst IS NOT OLD.analyst
  OR NEW.at IS NOT OLD.at OR NEW.comment IS NOT OLD.comment
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER report_texts_are_frozen BEFORE UPDATE OF text, sha256, id ON reports
BEGIN SELECT RAISE(ABORT, 'the text of a report is frozen'); END;
"""


def upgrade() -> None:
    execute(STATEMENTS)
