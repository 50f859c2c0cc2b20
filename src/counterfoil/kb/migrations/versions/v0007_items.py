"""Verdicts on extracted items, and on whether two names are one actor's; append-only like decisions.

What was extracted moves to a table of its own; `extractions` holds it as analysts left it. `names` says which
reports name whom, so that joining two names looks at no others.
"""

import json

from alembic import op

from counterfoil.kb.migrations.statements import execute

revision = "0007"
down_revision = "0006"

STATEMENTS = """
CREATE TABLE found_extractions (
    report TEXT NOT NULL PRIMARY KEY REFERENCES reports (id), coder TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
INSERT INTO found_extractions SELECT report, coder, content FROM extractions;
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
"""

#: Kind of item -> the fields in which it names an actor, as they are in the extractions of that time.
NAMING = {"actors": ("name",), "attributions": ("actor", "to", "by"), "targets": ("by",), "narratives": ("by",)}


def upgrade() -> None:
    execute(STATEMENTS)
    connection = op.get_bind()
    for report, content in connection.exec_driver_sql("SELECT report, content FROM extractions").fetchall():
        found = json.loads(content)
        said = (
            item.get(field, "") for kind, fields in NAMING.items() for item in found.get(kind, ()) for field in fields
        )
        rows = sorted({(" ".join(name.casefold().split()), report) for name in said} - {("", report)})
        if rows:
            connection.exec_driver_sql("INSERT INTO names VALUES (?, ?)", rows)
