"""The tables that a new workspace is made of are those that the migrations make.

`pytest tests/kb/test_schema.py --update-golden` writes `schema.sql` anew, after a migration was added.
"""

import sqlite3
from pathlib import Path

from counterfoil.kb.tables import SCHEMA
from counterfoil.kb.workspace import DATABASE, MIGRATIONS, Workspace

SCRIPT = MIGRATIONS / "schema.sql"
HEAD = "-- Written by tests/kb/test_schema.py from what the migrations make: do not edit.\n"


def test_the_script_is_what_the_migrations_make(tmp_path: Path, update_golden: bool) -> None:
    Workspace.create_empty(tmp_path / "migrated", SCHEMA).close()
    with sqlite3.connect(tmp_path / "migrated" / DATABASE) as database:
        script = _script(database)
    if update_golden:
        SCRIPT.write_text(script, encoding="utf-8")
    assert SCRIPT.read_text(encoding="utf-8") == script


def test_a_new_workspace_is_what_the_migrations_make(tmp_path: Path) -> None:
    Workspace.create_empty(tmp_path / "migrated", SCHEMA).close()
    Workspace.open(tmp_path / "new", create=True).close()
    with (
        sqlite3.connect(tmp_path / "migrated" / DATABASE) as migrated,
        sqlite3.connect(tmp_path / "new" / DATABASE) as new,
    ):
        assert list(new.iterdump()) == list(migrated.iterdump())
        for pragma in ("application_id", "user_version", "journal_mode", "encoding", "auto_vacuum"):
            asked = f"PRAGMA {pragma}"
            assert new.execute(asked).fetchone() == migrated.execute(asked).fetchone()


def _script(database: sqlite3.Connection) -> str:
    """What makes the tables, indexes and triggers again, in the order in which the migrations made them."""
    made = database.execute(
        "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT IN "
        "(SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid"
    )
    statements = [f"{sql.strip()};\n" for (sql,) in made]
    version = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return HEAD + "".join([*statements, f"INSERT INTO alembic_version VALUES ('{version}');\n"])
