"""Loaded frameworks, imported incidents, and citations carried to another version."""

from counterfoil.kb.migrations.statements import execute

revision = "0002"
down_revision = "0001"

STATEMENTS = """
CREATE TABLE frameworks (
    name TEXT NOT NULL, version TEXT NOT NULL, source TEXT NOT NULL, sha256 TEXT NOT NULL, content TEXT NOT NULL,
    added TEXT NOT NULL, PRIMARY KEY (name, version)
) STRICT;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;
ALTER TABLE suggestions ADD COLUMN replaces TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
CREATE INDEX ix_incidents_origin ON incidents (origin);
"""


def upgrade() -> None:
    execute(STATEMENTS)
