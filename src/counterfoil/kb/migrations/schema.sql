-- Written by tests/kb/test_schema.py from what the migrations make: do not edit.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
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
, replaces TEXT NOT NULL DEFAULT '') STRICT;
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
CREATE TABLE incidents (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, origin TEXT NOT NULL DEFAULT '', details TEXT NOT NULL DEFAULT '{}') STRICT;
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
CREATE TABLE frameworks (
    name TEXT NOT NULL, version TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL, content TEXT NOT NULL,
    added TEXT NOT NULL, PRIMARY KEY (name, version)
) STRICT;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE INDEX ix_incidents_origin ON incidents (origin);
CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER reports_are_not_replaced BEFORE INSERT ON reports
WHEN EXISTS (SELECT 1 FROM reports WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'the text of a report is frozen'); END;
CREATE TRIGGER reports_are_kept BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are kept'); END;
CREATE TABLE withdrawals (
    decision INTEGER NOT NULL PRIMARY KEY REFERENCES decisions (id), analyst TEXT NOT NULL, at TEXT NOT NULL,
    comment TEXT NOT NULL, restores INTEGER REFERENCES decisions (id), successor INTEGER REFERENCES decisions (id)
) STRICT;
CREATE UNIQUE INDEX ix_withdrawals_successor ON withdrawals (successor);
CREATE INDEX ix_decisions_superseded ON decisions (superseded);
CREATE INDEX ix_reports_added ON reports (added, id);
CREATE INDEX ix_suggestions_waiting ON suggestions (report, run, score, coder, id);
CREATE TRIGGER withdrawals_are_kept BEFORE DELETE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER withdrawals_are_final BEFORE UPDATE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
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
CREATE TABLE incident_changes (
    id INTEGER NOT NULL PRIMARY KEY, incident TEXT NOT NULL REFERENCES incidents (id),
    field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, analyst TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_incident_changes_incident ON incident_changes (incident);
CREATE TRIGGER incident_changes_are_kept BEFORE DELETE ON incident_changes
BEGIN SELECT RAISE(ABORT, 'the history of incidents is append-only'); END;
CREATE TRIGGER incident_changes_are_final BEFORE UPDATE ON incident_changes
BEGIN SELECT RAISE(ABORT, 'the history of incidents is append-only'); END;
CREATE TRIGGER incident_changes_are_not_replaced BEFORE INSERT ON incident_changes
WHEN EXISTS (SELECT 1 FROM incident_changes WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'the history of incidents is append-only'); END;
CREATE INDEX ix_incidents_created ON incidents (created, id);
CREATE TABLE incident_facets (
    kind TEXT NOT NULL, value TEXT NOT NULL, incident TEXT NOT NULL REFERENCES incidents (id),
    PRIMARY KEY (kind, value, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_incident_facets_incident ON incident_facets (incident);
CREATE TABLE report_facets (
    kind TEXT NOT NULL, value TEXT NOT NULL, report TEXT NOT NULL REFERENCES reports (id),
    PRIMARY KEY (kind, value, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_report_facets_report ON report_facets (report);
CREATE TRIGGER incidents_have_facets AFTER INSERT ON incidents WHEN json_valid(NEW.details)
BEGIN 
    INSERT OR IGNORE INTO incident_facets SELECT 'actor', trim(value), NEW.id
    FROM json_each(NEW.details, '$.attributed_to') WHERE trim(value) <> '';
    INSERT OR IGNORE INTO incident_facets SELECT 'country', trim(value), NEW.id
    FROM json_each(NEW.details, '$.found_in') WHERE trim(value) <> '';
    INSERT OR IGNORE INTO incident_facets SELECT 'year', substr(value, 1, 4), NEW.id
    FROM json_each(NEW.details, '$.year') WHERE value GLOB '[0-9][0-9][0-9][0-9]*';
 END;
CREATE TRIGGER incidents_change_facets AFTER UPDATE OF details ON incidents WHEN json_valid(NEW.details)
BEGIN DELETE FROM incident_facets WHERE incident = NEW.id; 
    INSERT OR IGNORE INTO incident_facets SELECT 'actor', trim(value), NEW.id
    FROM json_each(NEW.details, '$.attributed_to') WHERE trim(value) <> '';
    INSERT OR IGNORE INTO incident_facets SELECT 'country', trim(value), NEW.id
    FROM json_each(NEW.details, '$.found_in') WHERE trim(value) <> '';
    INSERT OR IGNORE INTO incident_facets SELECT 'year', substr(value, 1, 4), NEW.id
    FROM json_each(NEW.details, '$.year') WHERE value GLOB '[0-9][0-9][0-9][0-9]*';
 END;
CREATE TRIGGER extractions_have_facets AFTER INSERT ON extractions WHEN json_valid(NEW.content)
BEGIN 
    INSERT OR IGNORE INTO report_facets SELECT 'actor', trim(json_extract(value, '$.name')), NEW.report
    FROM json_each(NEW.content, '$.actors')
    WHERE json_extract(value, '$.kind') IN ('actor', 'network') AND trim(json_extract(value, '$.name')) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'actor', trim(json_extract(value, '$.to')), NEW.report
    FROM json_each(NEW.content, '$.attributions')
    WHERE json_extract(value, '$.strength') <> 'denied' AND trim(json_extract(value, '$.to')) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'country', json_extract(value, '$.country'), NEW.report
    FROM json_each(NEW.content, '$.targets') WHERE json_extract(value, '$.country') <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'target', trim(json_extract(value, '$.name')), NEW.report
    FROM json_each(NEW.content, '$.targets') WHERE trim(json_extract(value, '$.name')) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'year', substr(json_extract(value, '$.value'), 1, 4), NEW.report
    FROM json_each(NEW.content, '$.dates') WHERE json_extract(value, '$.role') IN ('began', 'peaked', 'ended')
    AND json_extract(value, '$.value') GLOB '[0-9][0-9][0-9][0-9]*';
 END;
CREATE TRIGGER extractions_change_facets AFTER UPDATE OF content ON extractions WHEN json_valid(NEW.content)
BEGIN DELETE FROM report_facets WHERE report = NEW.report AND kind NOT IN ('source', 'published'); 
    INSERT OR IGNORE INTO report_facets SELECT 'actor', trim(json_extract(value, '$.name')), NEW.report
    FROM json_each(NEW.content, '$.actors')
    WHERE json_extract(value, '$.kind') IN ('actor', 'network') AND trim(json_extract(value, '$.name')) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'actor', trim(json_extract(value, '$.to')), NEW.report
    FROM json_each(NEW.content, '$.attributions')
    WHERE json_extract(value, '$.strength') <> 'denied' AND trim(json_extract(value, '$.to')) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'country', json_extract(value, '$.country'), NEW.report
    FROM json_each(NEW.content, '$.targets') WHERE json_extract(value, '$.country') <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'target', trim(json_extract(value, '$.name')), NEW.report
    FROM json_each(NEW.content, '$.targets') WHERE trim(json_extract(value, '$.name')) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'year', substr(json_extract(value, '$.value'), 1, 4), NEW.report
    FROM json_each(NEW.content, '$.dates') WHERE json_extract(value, '$.role') IN ('began', 'peaked', 'ended')
    AND json_extract(value, '$.value') GLOB '[0-9][0-9][0-9][0-9]*';
 END;
CREATE TRIGGER reports_have_facets AFTER INSERT ON reports
BEGIN
    INSERT OR IGNORE INTO report_facets SELECT 'source', trim(NEW.publisher), NEW.id WHERE trim(NEW.publisher) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'published', substr(NEW.published, 1, 4), NEW.id
    WHERE NEW.published GLOB '[0-9][0-9][0-9][0-9]*';
END;
CREATE TABLE found_extractions (
    report TEXT NOT NULL PRIMARY KEY REFERENCES reports (id), coder TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE TABLE names (
    name TEXT NOT NULL, report TEXT NOT NULL REFERENCES reports (id), PRIMARY KEY (name, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_names_report ON names (report);
CREATE TABLE item_decisions (
    id INTEGER NOT NULL PRIMARY KEY, report TEXT NOT NULL REFERENCES reports (id), kind TEXT NOT NULL,
    item TEXT NOT NULL,
    verdict TEXT NOT NULL CONSTRAINT ck_item_decisions_verdict CHECK (verdict IN ('accepted', 'rejected', 'open')),
    own INTEGER NOT NULL CONSTRAINT ck_item_decisions_own CHECK (own IN (0, 1)), content TEXT NOT NULL,
    analyst TEXT NOT NULL, at TEXT NOT NULL, comment TEXT NOT NULL, undoes INTEGER REFERENCES item_decisions (id)
) STRICT;
CREATE INDEX ix_item_decisions_report ON item_decisions (report, item, id);
CREATE TABLE name_decisions (
    id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, alias TEXT NOT NULL,
    verdict TEXT NOT NULL CONSTRAINT ck_name_decisions_verdict CHECK (verdict IN ('accepted', 'rejected', 'open')),
    analyst TEXT NOT NULL, at TEXT NOT NULL, comment TEXT NOT NULL
) STRICT;
CREATE TABLE names_pending (report TEXT NOT NULL PRIMARY KEY REFERENCES reports (id)) STRICT, WITHOUT ROWID;
CREATE INDEX ix_suggestions_actor ON suggestions (actor, technique);
CREATE TRIGGER item_decisions_are_kept BEFORE DELETE ON item_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER item_decisions_are_final BEFORE UPDATE ON item_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER item_decisions_are_not_replaced BEFORE INSERT ON item_decisions
WHEN EXISTS (SELECT 1 FROM item_decisions WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER name_decisions_are_kept BEFORE DELETE ON name_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER name_decisions_are_final BEFORE UPDATE ON name_decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER name_decisions_are_not_replaced BEFORE INSERT ON name_decisions
WHEN EXISTS (SELECT 1 FROM name_decisions WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TABLE parcels (
    id TEXT NOT NULL PRIMARY KEY, format TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL,
    received TEXT NOT NULL,
    state TEXT NOT NULL CONSTRAINT ck_parcels_state CHECK (state IN ('waiting', 'applied', 'dropped')),
    analyst TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX ix_parcels_state ON parcels (state, received);
CREATE TABLE kept (
    incident TEXT NOT NULL REFERENCES incidents (id), format TEXT NOT NULL, "key" TEXT NOT NULL,
    content TEXT NOT NULL, PRIMARY KEY (incident, format, "key")
) STRICT, WITHOUT ROWID;
CREATE INDEX ix_decisions_suggestion ON decisions (suggestion);
INSERT INTO alembic_version VALUES ('0008');
