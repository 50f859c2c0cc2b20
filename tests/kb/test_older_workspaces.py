"""A workspace of the schema before items could be judged: nothing of it is lost on the way."""

import json
from pathlib import Path

from sqlalchemy import text

from counterfoil.kb import workspace as module
from counterfoil.kb.coding import get_extraction
from counterfoil.kb.items import decide_items, items_of
from counterfoil.kb.tables import APPLICATION_ID
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict


def _made_at(folder: Path, revision: str) -> None:
    """A workspace with one coded report, as that schema has it."""
    from alembic import command
    from alembic.config import Config

    folder.mkdir()
    engine = module._engine(folder / module.DATABASE, 5.0)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        settings = Config()
        settings.set_main_option("script_location", str(Path(module.__file__).parent / "migrations"))
        settings.attributes["connection"] = connection
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        command.upgrade(settings, revision)
        columns = (
            "id, sha256, text, source, title, author, publisher, published, url, language, blocks, pages, notes, added"
        )
        connection.exec_driver_sql(
            f"INSERT INTO reports ({columns}) VALUES "
            "('R-0123456789ab', 'x', 'Straße Nine acts.', 's', '', '', '', '', '', 'en', '[]', '[]', '[]', '2031')"
        )
        actor = {"name": "Straße Nine", "spans": [{"start": 0, "end": 11, "quote": "Straße Nine"}], "aliases": []}
        content = json.dumps({"actors": [actor], "voices": []})  # without kinds that are younger
        connection.exec_driver_sql("INSERT INTO extractions VALUES ('R-0123456789ab', 'extraction 0', ?)", (content,))
        connection.commit()
    engine.dispose()


def test_items_of_an_older_workspace_can_be_judged(tmp_path: Path) -> None:
    _made_at(tmp_path / "old", "0006")
    workspace = Workspace.open(tmp_path / "old")
    with workspace.writing() as connection:
        assert connection.execute(text("SELECT name, report FROM names")).all() == [("strasse nine", "R-0123456789ab")]
        assert get_extraction(connection, "R-0123456789ab").actors[0].name == "Straße Nine"
        (one,) = items_of(connection, "R-0123456789ab")
        decide_items(connection, [one.id], Verdict.REJECTED, Signature("ada", "2031"))
        assert get_extraction(connection, "R-0123456789ab").actors == ()
        found = connection.execute(text("SELECT content FROM found_extractions")).scalar_one()
    assert json.loads(found)["actors"][0]["name"] == "Straße Nine"
    workspace.close()
