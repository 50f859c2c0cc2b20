"""Withdrawn decisions: an analyst takes a decision back, and both are kept. Indexes for what waits for review."""

from counterfoil.kb.migrations.statements import execute

revision = "0004"
down_revision = "0003"

STATEMENTS = """
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
"""


def upgrade() -> None:
    execute(STATEMENTS)
