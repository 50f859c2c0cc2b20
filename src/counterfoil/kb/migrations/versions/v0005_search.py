"""Full-text search: what can be found, and triggers that note what has to be indexed anew.

The words themselves are folded in Python (`kb/folding.py`), at the end of the transaction that noted them.
"""

from counterfoil.kb.migrations.statements import execute

revision = "0005"
down_revision = "0004"

STATEMENTS = """
CREATE TABLE search_entries (
    id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, report TEXT NOT NULL,
    title TEXT NOT NULL, body TEXT NOT NULL, tags TEXT NOT NULL, about TEXT NOT NULL, weight INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX ix_search_entries_key ON search_entries (kind, key);
CREATE INDEX ix_search_entries_report ON search_entries (report, kind);
CREATE TABLE search_passages (
    suggestion TEXT NOT NULL PRIMARY KEY, entry INTEGER NOT NULL, report TEXT NOT NULL, technique TEXT NOT NULL,
    accepted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_search_passages_entry ON search_passages (entry);
CREATE INDEX ix_search_passages_report ON search_passages (report, technique);
CREATE INDEX ix_search_passages_technique ON search_passages (technique, accepted, report);
CREATE INDEX ix_reports_dated ON reports (published, added, language, id);
CREATE TABLE search_sources (
    report TEXT NOT NULL, entry INTEGER NOT NULL, said TEXT NOT NULL, PRIMARY KEY (report, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_search_sources_entry ON search_sources (entry, report);
CREATE TABLE search_pending (
    what TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (what, id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search_texts USING fts5(title, body, tags, content='', tokenize='ascii', prefix='2 3');
CREATE VIRTUAL TABLE search_lines USING fts5(title, body, tags, content='', tokenize='ascii', prefix='2 3');

CREATE TRIGGER search_sees_reports AFTER INSERT ON reports
BEGIN INSERT INTO search_pending VALUES ('report', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_changed_reports AFTER UPDATE ON reports
BEGIN INSERT INTO search_pending VALUES ('report', NEW.id) ON CONFLICT DO NOTHING;
INSERT INTO search_pending VALUES ('quotes', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_runs AFTER INSERT ON runs
BEGIN INSERT INTO search_pending VALUES ('quotes', NEW.report) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_suggestions AFTER INSERT ON suggestions
BEGIN INSERT INTO search_pending VALUES ('suggestion', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_suggestions_again AFTER UPDATE ON suggestions
BEGIN INSERT INTO search_pending VALUES ('suggestion', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_decisions AFTER INSERT ON decisions
BEGIN INSERT INTO search_pending VALUES ('suggestion', NEW.suggestion) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_superseded_decisions AFTER UPDATE ON decisions
BEGIN INSERT INTO search_pending VALUES ('suggestion', NEW.suggestion) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_extractions AFTER INSERT ON extractions
BEGIN INSERT INTO search_pending VALUES ('extraction', NEW.report) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_changed_extractions AFTER UPDATE ON extractions
BEGIN INSERT INTO search_pending VALUES ('extraction', NEW.report) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_gone_extractions AFTER DELETE ON extractions
BEGIN INSERT INTO search_pending VALUES ('extraction', OLD.report) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_incidents AFTER INSERT ON incidents
BEGIN INSERT INTO search_pending VALUES ('incident', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_changed_incidents AFTER UPDATE ON incidents
BEGIN INSERT INTO search_pending VALUES ('incident', NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_sees_gone_incidents AFTER DELETE ON incidents
BEGIN INSERT INTO search_pending VALUES ('incident', OLD.id) ON CONFLICT DO NOTHING; END;

INSERT INTO search_pending SELECT 'report', id FROM reports;
INSERT INTO search_pending SELECT 'quotes', id FROM reports;
INSERT INTO search_pending SELECT 'extraction', report FROM extractions;
INSERT INTO search_pending SELECT 'incident', id FROM incidents;
"""


def upgrade() -> None:
    execute(STATEMENTS)
