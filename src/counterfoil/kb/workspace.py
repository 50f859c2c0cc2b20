"""Open a workspace: the folder, its database, its migrations, its originals."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, SQLAlchemyError

from counterfoil.errors import WorkspaceError
from counterfoil.files import write_whole
from counterfoil.kb.indexing import catch_up
from counterfoil.kb.tables import APPLICATION_ID, SCHEMA
from counterfoil.model.report import Original

DATABASE = "counterfoil.db"
ORIGINALS = "originals"
MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 15.0  #: seconds to wait for another process that is writing


@dataclass(frozen=True)
class Workspace:
    """An open workspace. Reads and writes go through `reading` and `writing`."""

    folder: Path
    engine: Engine

    @classmethod
    def open(cls, folder: Path, create: bool = False, patience: float = PATIENCE) -> "Workspace":
        """Open the workspace in `folder`, bringing its schema up to date.

        Args:
            create: make it if there is none.
            patience: seconds to wait while another process holds the database.

        Raises:
            WorkspaceError: none there, not a workspace, of a newer schema, read-only or locked.
        """
        database = folder / DATABASE
        try:
            if not database.exists():
                _prepare(folder, create)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise WorkspaceError(
                f"The workspace {folder} cannot be made or opened: {reason}.", "Name another folder with --workspace."
            ) from error
        workspace = cls(folder, _engine(database, patience))
        with _explained(folder):
            workspace._bring_up_to_date()
        return workspace

    @classmethod
    def create_empty(cls, folder: Path, schema: str) -> "Workspace":
        """A new workspace of a schema that may be older, for an archive's rows; `open` brings it up to date.

        Raises:
            WorkspaceError: the folder cannot be used, or there was never such a schema.
        """
        _prepare(folder, create=True)
        workspace = cls(folder, _engine(folder / DATABASE, PATIENCE))
        with _explained(folder), workspace.engine.connect() as connection:
            known = schema.isdecimal() and len(schema) == len(SCHEMA) and "0001" <= schema <= SCHEMA
            if not known:
                raise WorkspaceError(
                    f"This version knows no schema {schema!r}, only up to {SCHEMA}.",
                    "Update Counterfoil: pip install --upgrade counterfoil.",
                )
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _migrate(connection, schema)
            connection.commit()
        return workspace

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the database: what others store meanwhile is not seen in it."""
        with _explained(self.folder), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is stored when the block ends, or nothing is."""
        with _explained(self.folder), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
                catch_up(connection)
            except BaseException:
                with suppress(SQLAlchemyError):  # Ctrl-C may have broken the connection: closing it undoes all
                    connection.rollback()
                raise
            connection.commit()

    def keep_original(self, original: Original) -> Path:
        """Store the file under its hash (durably: it is on disk before the database names it)."""
        path = self.original_path(original.sha256)
        if path.exists():
            return path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, original.data, durable=True)
        except OSError as error:
            raise WorkspaceError(
                f"The original cannot be kept in {path.parent}: {error.strerror}.",
                "Check the folder's permissions and the free space.",
            ) from error
        return path

    def original_path(self, sha256: str) -> Path:
        """Where the original of that hash lies."""
        return self.folder / ORIGINALS / sha256[:2] / sha256

    def _bring_up_to_date(self) -> None:
        with self.engine.connect() as connection:
            version = _schema_version(connection, self.folder)
            if version == SCHEMA:
                return
            if version > SCHEMA:
                raise WorkspaceError(
                    f"The workspace {self.folder} has schema {version}; this version knows up to {SCHEMA}.",
                    "Update Counterfoil: pip install --upgrade counterfoil.",
                )
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            # Two processes may open a new workspace at once: the second waits, then sees it done.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if not _schema_version(connection, self.folder):
                _make_tables(connection)
            if _schema_version(connection, self.folder) != SCHEMA:
                _migrate(connection)
                catch_up(connection)
            connection.commit()


def _prepare(folder: Path, create: bool) -> None:
    if not create:
        raise WorkspaceError(
            f"There is no workspace in {folder}.",
            "Add a report first (counterfoil add FILE), or name another folder with --workspace.",
        )
    if folder.is_dir() and any(path.name != ORIGINALS for path in folder.iterdir()):
        raise WorkspaceError(
            f"{folder} is not a workspace and not empty.", "Name an empty or new folder with --workspace."
        )
    folder.mkdir(parents=True, exist_ok=True)


def _engine(database: Path, patience: float) -> Engine:
    def connect() -> sqlite3.Connection:
        # Transactions are begun by hand, so that a writer takes its lock at once and never half-way.
        connection = sqlite3.connect(
            _address(database), uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32768")  # 32 MB: a search of a large workspace walks through much
        connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE must not slip past the triggers
        return connection

    return create_engine("sqlite://", creator=connect, poolclass=QueuePool)


def _address(database: Path) -> str:
    """The database's URI; in a folder that we may not write to, opened as what cannot change.

    In WAL mode SQLite makes a file beside the database even to read it.
    """
    uri = database.absolute().as_uri()
    effective = os.access in os.supports_effective_ids
    if not database.exists() or os.access(database.parent, os.W_OK, effective_ids=effective):
        return uri
    left_over = database.with_name(database.name + "-wal").exists()
    return f"{uri}?mode=ro" if left_over else f"{uri}?mode=ro&immutable=1"


def _schema_version(connection: Connection, folder: Path) -> str:
    """The schema's version; "" for a new database."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if application != APPLICATION_ID and tables:
        raise WorkspaceError(
            f"{folder / DATABASE} is a database, but not Counterfoil's.", "Name another folder with --workspace."
        )
    if not tables:
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _make_tables(connection: Connection) -> None:
    """Make a new workspace's tables as the migrations would, without what runs those: that takes a while to load."""
    from counterfoil.kb.migrations.statements import statements

    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in statements((MIGRATIONS / "schema.sql").read_text(encoding="utf-8")):
        connection.exec_driver_sql(statement)


def _migrate(connection: Connection, schema: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    command.upgrade(settings, schema)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turn the database's own errors into sentences."""
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "locked" in reason or "busy" in reason:
            raise WorkspaceError(
                f"The workspace {folder} is locked by another process.", "Wait until it has finished, then repeat."
            ) from error
        if "readonly" in reason or "unable to open" in reason:
            raise WorkspaceError(
                f"The workspace {folder} cannot be written.", "Check its permissions, or name another: --workspace."
            ) from error
        if "full" in reason:
            raise WorkspaceError(
                f"The disk with {folder} is full; this step was not stored, earlier ones are.", "Free some space."
            ) from error
        raise WorkspaceError(f"The database of {folder} failed: {reason}.", "See docs/architecture.md.") from error
    except IntegrityError as error:
        raise WorkspaceError(
            f"{folder} refused a change that would break it: {error.orig}.", "Nothing was stored; please report it."
        ) from error
    except DatabaseError as error:
        raise WorkspaceError(
            f"{folder / DATABASE} is damaged or not a database: {error.orig}.", "Restore it from a backup."
        ) from error
