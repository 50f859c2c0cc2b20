"""Run a migration's SQL, statement by statement, inside Alembic's transaction."""

import sqlite3

from alembic import op


def execute(script: str) -> None:
    """Execute a script of statements; triggers may hold semicolons."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if statement.strip() and sqlite3.complete_statement(statement):
            op.execute(statement)
            statement = ""
