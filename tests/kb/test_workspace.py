"""Opening, refusing and protecting a workspace."""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from counterfoil.errors import WorkspaceError
from counterfoil.kb.incidents import list_incidents
from counterfoil.kb.migrations.versions import v0001_first
from counterfoil.kb.tables import APPLICATION_ID, SCHEMA, metadata
from counterfoil.kb.workspace import DATABASE, Workspace
from counterfoil.model.incident import Details
from counterfoil.model.report import Original
from tests.privileges import without_privileges

FULL_TEXT = ("search_texts", "search_lines")  # FTS5 tables, and those that SQLite makes for them


def test_migrations_make_the_tables_that_the_code_knows(workspace: Workspace) -> None:
    with workspace.reading() as connection:
        made = {
            row.name: {column.name for column in connection.execute(text(f"PRAGMA table_info({row.name})"))}
            for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        }
        strict = connection.execute(
            text("SELECT count(*) FROM pragma_table_list WHERE strict = 1 AND schema = 'main'")
        ).scalar()
        mode = connection.execute(text("PRAGMA journal_mode")).scalar()
    made.pop("alembic_version")
    made = {name: columns for name, columns in made.items() if not name.startswith(FULL_TEXT)}
    assert made == {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    assert strict == len(metadata.sorted_tables)
    assert mode == "wal"


def test_opening_again_finds_what_was_stored(workspace: Workspace) -> None:
    with workspace.writing() as connection:
        connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'n', 't')"))
    workspace.close()
    with Workspace.open(workspace.folder).reading() as connection:
        assert connection.execute(text("SELECT name FROM incidents")).scalar() == "n"


def test_a_failing_block_stores_nothing(workspace: Workspace) -> None:
    def fail_half_way() -> None:
        with workspace.writing() as connection:
            connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'n', 't')"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    with workspace.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM incidents")).scalar() == 0


def test_foreign_keys_hold(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="FOREIGN KEY"), workspace.writing() as connection:
        connection.execute(text("INSERT INTO incident_reports VALUES ('none', 'none')"))


def test_no_workspace_there(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="There is no workspace in"):
        Workspace.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(WorkspaceError, match="not a workspace and not empty"):
        Workspace.open(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="cannot be made or opened"):
        Workspace.open(tmp_path / "file", create=True)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / DATABASE)
    other.execute("CREATE TABLE theirs (x)")
    other.commit()
    other.close()
    with pytest.raises(WorkspaceError, match="not Counterfoil's"):
        Workspace.open(tmp_path, create=True)


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database at all, but long enough to look at" * 40)
    with pytest.raises(WorkspaceError, match="damaged or not a database"):
        Workspace.open(tmp_path)


def test_a_newer_schema(workspace: Workspace) -> None:
    with workspace.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    workspace.close()
    with pytest.raises(WorkspaceError, match="has schema 9999") as caught:
        Workspace.open(workspace.folder)
    assert "Update Counterfoil" in caught.value.hint


def test_a_locked_workspace(workspace: Workspace) -> None:
    holder = sqlite3.connect(workspace.folder / DATABASE, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = Workspace.open(workspace.folder, patience=0.05)
    with pytest.raises(WorkspaceError, match="locked by another process"), impatient.writing():
        pass
    holder.execute("ROLLBACK")
    holder.close()
    with impatient.writing() as connection:
        connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'n', 't')"))


def test_a_read_only_workspace_is_read_and_not_written() -> None:
    # Not under tmp_path: pytest's folders are closed to other users.
    folder = Path("/tmp") / f"counterfoil-test-{os.getpid()}"
    try:
        workspace = Workspace.open(folder, create=True)
        with workspace.writing() as connection:
            connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'n', 't')"))
        workspace.close()
        for path in [*folder.rglob("*"), folder]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        with without_privileges():
            read_only = Workspace.open(folder)
            with read_only.reading() as connection:
                assert connection.execute(text("SELECT count(*) FROM incidents")).scalar() == 1
            with pytest.raises(WorkspaceError, match="cannot be written"), read_only.writing() as connection:
                connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-2', 'n', 't')"))
            with pytest.raises(WorkspaceError, match="cannot be kept"):
                read_only.keep_original(Original(b"x", "text/plain"))
            read_only.close()
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_originals_are_kept_by_their_hash(workspace: Workspace) -> None:
    original = Original(b"%PDF-", "application/pdf")
    path = workspace.keep_original(original)
    assert workspace.keep_original(original) == path
    assert path.read_bytes() == b"%PDF-"
    assert list(path.parent.iterdir()) == [path]


def test_a_workspace_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    database = sqlite3.connect(folder / DATABASE)
    database.executescript(v0001_first.STATEMENTS)
    database.executescript(
        f"""
        PRAGMA application_id = {APPLICATION_ID};
        CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
        INSERT INTO alembic_version VALUES ('0001');
        INSERT INTO incidents VALUES ('I-1', 'old one', 't');
        """
    )
    database.close()
    with Workspace.open(folder).reading() as connection:
        (incident,) = list_incidents(connection)
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == SCHEMA
    assert (incident.name, incident.origin, incident.details) == ("old one", "", Details())


def test_reading_inside_writing_undoes_nothing(workspace: Workspace) -> None:
    with workspace.writing() as connection:
        connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'n', 't')"))
        with workspace.reading() as other:
            assert other.execute(text("SELECT count(*) FROM incidents")).scalar() == 0
        connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-2', 'n', 't')"))
    with workspace.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM incidents")).scalar() == 2


def test_a_view_is_consistent(workspace: Workspace) -> None:
    with workspace.reading() as view:
        assert view.execute(text("SELECT count(*) FROM incidents")).scalar() == 0
        with workspace.writing() as connection:
            connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'n', 't')"))
        assert view.execute(text("SELECT count(*) FROM incidents")).scalar() == 0


def test_many_threads_share_a_workspace(workspace: Workspace) -> None:
    def write(number: int) -> None:
        with workspace.writing() as connection:
            connection.execute(
                text("INSERT INTO incidents (id, name, created) VALUES (:id, 'n', 't')"), {"id": f"I-{number}"}
            )

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(write, range(60)))
    with workspace.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM incidents")).scalar() == 60


def test_originals_leave_nothing_half_written(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        workspace.keep_original(Original(b"x", "text/plain"))
    assert list(workspace.folder.rglob("*.part")) == []
