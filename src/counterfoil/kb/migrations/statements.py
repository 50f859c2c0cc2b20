"""SQL scripts, statement by statement; a migration's run inside Alembic's transaction."""

import sqlite3
from collections.abc import Iterator


def statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers may hold semicolons."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if statement.strip() and sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def execute(script: str) -> None:
    """Execute a script in the migration that is running."""
    from alembic import op  # a new workspace is made without it (`workspace`)

    for statement in statements(script):
        op.execute(statement)
