"""Incidents are edited with their history kept, and found by actor, year, country, target and source.

The facets follow from incidents, reports and extractions: triggers keep them so, whoever writes.
"""

from counterfoil.kb.migrations.statements import execute

revision = "0006"
down_revision = "0005"

_INCIDENT = """
    INSERT OR IGNORE INTO incident_facets SELECT 'actor', trim(value), NEW.id
    FROM json_each(NEW.details, '$.attributed_to') WHERE trim(value) <> '';
    INSERT OR IGNORE INTO incident_facets SELECT 'country', trim(value), NEW.id
    FROM json_each(NEW.details, '$.found_in') WHERE trim(value) <> '';
    INSERT OR IGNORE INTO incident_facets SELECT 'year', substr(value, 1, 4), NEW.id
    FROM json_each(NEW.details, '$.year') WHERE value GLOB '[0-9][0-9][0-9][0-9]*';
"""

_EXTRACTION = """
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
"""

# Only the texts above are put in: nothing that anybody sent.
STATEMENTS = f"""
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
BEGIN {_INCIDENT} END;
CREATE TRIGGER incidents_change_facets AFTER UPDATE OF details ON incidents WHEN json_valid(NEW.details)
BEGIN DELETE FROM incident_facets WHERE incident = NEW.id; {_INCIDENT} END;
CREATE TRIGGER extractions_have_facets AFTER INSERT ON extractions WHEN json_valid(NEW.content)
BEGIN {_EXTRACTION} END;
CREATE TRIGGER extractions_change_facets AFTER UPDATE OF content ON extractions WHEN json_valid(NEW.content)
BEGIN DELETE FROM report_facets WHERE report = NEW.report AND kind NOT IN ('source', 'published'); {_EXTRACTION} END;
CREATE TRIGGER reports_have_facets AFTER INSERT ON reports
BEGIN
    INSERT OR IGNORE INTO report_facets SELECT 'source', trim(NEW.publisher), NEW.id WHERE trim(NEW.publisher) <> '';
    INSERT OR IGNORE INTO report_facets SELECT 'published', substr(NEW.published, 1, 4), NEW.id
    WHERE NEW.published GLOB '[0-9][0-9][0-9][0-9]*';
END;

UPDATE incidents SET details = details;
UPDATE extractions SET content = content;
INSERT OR IGNORE INTO report_facets SELECT 'source', trim(publisher), id FROM reports WHERE trim(publisher) <> '';
INSERT OR IGNORE INTO report_facets SELECT 'published', substr(published, 1, 4), id FROM reports
WHERE published GLOB '[0-9][0-9][0-9][0-9]*';
"""  # noqa: S608


def upgrade() -> None:
    execute(STATEMENTS)
