"""Guards against replacing a decision or a report by inserting another under its id."""

from counterfoil.kb.migrations.statements import execute

revision = "0003"
down_revision = "0002"

STATEMENTS = """
CREATE TRIGGER decisions_are_not_replaced BEFORE INSERT ON decisions
WHEN EXISTS (SELECT 1 FROM decisions WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER reports_are_not_replaced BEFORE INSERT ON reports
WHEN EXISTS (SELECT 1 FROM reports WHERE id IS NEW.id)
BEGIN SELECT RAISE(ABORT, 'the text of a report is frozen'); END;
CREATE TRIGGER reports_are_kept BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'reports are kept'); END;
"""


def upgrade() -> None:
    execute(STATEMENTS)
