"""What arrives from elsewhere: parcels in quarantine, and what has no field of ours kept for its way back.

The history of a suggestion is found by an index, now that whole workspaces are merged.
"""

from counterfoil.kb.migrations.statements import execute

revision = "0008"
down_revision = "0007"

STATEMENTS = """
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
"""


def upgrade() -> None:
    execute(STATEMENTS)
