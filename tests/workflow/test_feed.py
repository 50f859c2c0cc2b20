"""What subscribers are served, over changes and kills."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterfoil.errors import WorkspaceError
from counterfoil.exchange.stix_frame import label_id
from counterfoil.kb import feed_objects
from counterfoil.kb.coding import decide
from counterfoil.kb.feed import DATABASE, Feed
from counterfoil.kb.feed_pages import Wanted, page
from counterfoil.kb.incidents import list_incidents
from counterfoil.kb.names import join_names
from counterfoil.kb.parcels import keep
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.kept import Kept
from counterfoil.model.marking import Tlp
from counterfoil.workflow.feed import Subscription, follow
from tests.exchange.rich import disarm
from tests.web.taxii import add_case

LATER = "2031-05-03T10:00:00.000Z"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path / "casework", create=True)
    for name, label in (("Saltmere", None), ("Greenwich", Tlp.GREEN), ("Ambleside", Tlp.AMBER)):
        add_case(made, name, label)
    yield made
    made.close()


def _follow(workspace: Workspace) -> int:
    return follow(workspace, Feed.open(workspace.folder), "counterfoil", disarm())


def _served(workspace: Workspace, level: int = 3) -> dict[str, str]:
    with Feed.open(workspace.folder).reading() as store:
        found = page(store, Wanted("counterfoil", level), 10_000)
    return {one.id: one.content for one in found.served}


def test_only_what_has_changed_is_looked_at_anew(workspace: Workspace) -> None:
    assert _follow(workspace) == 3
    assert _follow(workspace) == 0
    before = _served(workspace)
    with workspace.writing() as connection:
        suggestion, incident = connection.exec_driver_sql(
            "SELECT s.id, r.incident FROM suggestions s JOIN incident_reports r USING (report) ORDER BY 1"
        ).first() or ("", "")
        decide(connection, suggestion, Verdict.REJECTED, Signature("ada", LATER))
    assert _follow(workspace) == 1
    after = _served(workspace)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert any(incident in before.get(key, "") + after.get(key, "") for key in changed)
    with workspace.writing() as connection:
        join_names(connection, "Amber Tide", "Bernstein", Signature("ada", LATER))
    assert _follow(workspace) == 3
    add_case(workspace, "Latecomer", None, actor="Blue Tide")
    assert _follow(workspace) == 1


def test_a_kill_between_the_steps_loses_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    class KilledError(Exception):
        pass

    def killed(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(feed_objects, "settle", killed)
        with pytest.raises(KilledError):
            _follow(workspace)
    assert _served(workspace) == {}
    assert _follow(workspace) == 0
    served = _served(workspace)
    (workspace.folder / DATABASE).unlink()
    for left in workspace.folder.glob(f"{DATABASE}-*"):
        left.unlink()
    assert _follow(workspace) == 3
    assert _served(workspace) == served


def test_what_came_with_an_incident_for_fewer_readers_is_for_no_more(workspace: Workspace) -> None:
    marked = {"a": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "b": label_id(Tlp.AMBER), "c": ""}
    with workspace.writing() as connection:
        (incident,) = (one.id for one in list_incidents(connection) if one.name == "Saltmere")
        for name, marking in marked.items():
            refs = {"object_marking_refs": [marking]} if marking else {}
            content = json.dumps({"type": "x-note", "id": f"x-note--{name}", **refs})
            keep(connection, [Kept("stix", f"x-note--{name}", content, incident)])
    _follow(workspace)
    held = {level: {one for one in _served(workspace, level) if one.startswith("x-note")} for level in range(4)}
    assert held[0] == held[1] == {"x-note--c"}
    assert held[2] == held[3] == {"x-note--b", "x-note--c"}


def test_contents_that_nothing_refers_to_are_dropped(workspace: Workspace) -> None:
    _follow(workspace)
    with workspace.writing() as connection:
        connection.exec_driver_sql("UPDATE incidents SET details = json_set(details, '$.tlp', 'red')")
    assert _follow(workspace) == 3
    assert _served(workspace) == {}
    with Feed.open(workspace.folder).reading() as store:
        for table in ("bodies", "fragments", "objects", "incidents", "unsettled"):
            assert store.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_a_page_waits_no_longer_than_it_may(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    late = Event()

    def slow(*_: object) -> int:
        assert late.wait(30)
        return 0

    wanted = Wanted("counterfoil", 0)
    subscription = Subscription(workspace, patience=0.05)
    with monkeypatch.context() as patched:
        patched.setattr("counterfoil.workflow.feed.follow", slow)
        assert subscription.page(disarm(), wanted, 10) is None
        late.set()
        subscription.close()
    patient = Subscription(workspace)
    found = patient.page(disarm(), wanted, 1000)
    assert found
    assert "Saltmere" in {json.loads(one.content).get("name") for one in found.served}
    patient.close()


def test_a_database_that_is_none_is_a_sentence(workspace: Workspace) -> None:
    (workspace.folder / DATABASE).write_bytes(b"no database" * 1000)
    with pytest.raises(WorkspaceError, match=r"taxii\.db failed"):
        Feed.open(workspace.folder)
