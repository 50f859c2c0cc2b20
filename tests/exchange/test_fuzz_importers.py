"""Every registered importer, and the door behind it, on files that somebody has tampered with.

Whatever is in a file, an importer makes a parcel or raises an error of ours; applying the parcel stores all of it or
nothing, and breaks nothing that is indexed.
"""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.errors import CounterfoilError, WorkspaceError
from counterfoil.exchange import IMPORTERS
from counterfoil.exchange.importer import Importer
from counterfoil.kb.indexing import catch_up
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature
from counterfoil.model.parcel import Parcel
from counterfoil.workflow.arrival_orders import Orders, carry_out
from counterfoil.workflow.arrival_plan import plan
from counterfoil.workflow.arriving_codes import meanings
from tests.exchange.importable import SAMPLES
from tests.exchange.rich import disarm

AT = "2031-06-01T00:00:00.000Z"
FEW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(
        ["", "\x00", "\ud800", "9999-12-31T00:00:00Z", "<script>", "T0001", "=1+1", "I-000000000000", "1" * 5000]
    )
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)
READERS = IMPORTERS.names()
SAMPLED = [(name, number) for name in READERS for number in range(len(SAMPLES.get(name, ())))]


class _UndoneError(Exception):
    """Leaves a transaction without storing anything."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path_factory.mktemp("fuzz") / "w", create=True)
    yield made
    made.close()


def put(workspace: Workspace, name: str, data: bytes) -> None:
    """Read and apply, then forget it."""
    importer: Importer = IMPORTERS.load(name)
    try:
        parcel: Parcel = importer.read(data, disarm())
    except CounterfoilError:
        return
    with pytest.raises(_UndoneError):
        _apply_and_undo(workspace, parcel)


def _apply_and_undo(workspace: Workspace, parcel: Parcel) -> None:
    with workspace.writing() as connection:
        made = plan(connection, parcel, meanings(connection, disarm()), AT)
        carry_out(connection, made.orders, Signature("ada", AT))
        catch_up(connection)
        again = plan(connection, parcel, meanings(connection, disarm()), AT).orders
        assert [getattr(again, one.name) for one in fields(Orders) if getattr(again, one.name)] == []
        raise _UndoneError


def changed(data: st.DataObject, value: Any) -> Any:
    """The value with something in it replaced, left out, or doubled; which is drawn on the way down."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        key = data.draw(st.sampled_from(sorted(value)))
        if not data.draw(st.integers(0, 12)):
            return {one: inner for one, inner in value.items() if one != key}
        return value | {key: changed(data, value[key])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 9)):
        place = data.draw(st.integers(0, len(value) - 1))
        if not data.draw(st.integers(0, 12)):
            return [*value, value[place]]
        return [*value[:place], changed(data, value[place]), *value[place + 1 :]]
    return data.draw(VALUES)


@pytest.mark.parametrize("name", READERS)
@given(document=VALUES)
@FEW
def test_any_json_is_a_parcel_or_an_error(workspace: Workspace, name: str, document: Any) -> None:
    put(workspace, name, json.dumps(document).encode())


@pytest.mark.parametrize("name", READERS)
@given(data=st.binary(max_size=400))
@FEW
def test_any_bytes_are_a_parcel_or_an_error(workspace: Workspace, name: str, data: bytes) -> None:
    put(workspace, name, data)


@pytest.mark.parametrize(("name", "number"), SAMPLED)
@given(data=st.data())
@FEW
def test_a_file_that_was_tampered_with(workspace: Workspace, name: str, number: int, data: st.DataObject) -> None:
    document = json.loads(SAMPLES[name][number]())
    for _ in range(data.draw(st.integers(1, 3))):
        document = changed(data, document)
    put(workspace, name, json.dumps(document).encode())


@pytest.mark.parametrize(("name", "number"), SAMPLED)
@given(data=st.data())
@FEW
def test_a_file_that_was_damaged(workspace: Workspace, name: str, number: int, data: st.DataObject) -> None:
    whole = bytearray(SAMPLES[name][number]())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    put(workspace, name, bytes(whole))


def test_the_door_leaves_no_half_import(tmp_path: Path) -> None:
    """Whatever breaks while a parcel is stored, nothing of it is."""
    from counterfoil.kb.incidents import list_incidents
    from counterfoil.kb.reports import list_reports

    with_nothing = Workspace.open(tmp_path / "w", create=True)
    parcel = IMPORTERS.load("stix").read(SAMPLES["stix"][0](), disarm())
    with pytest.raises(WorkspaceError):
        _apply_broken(with_nothing, parcel)
    with with_nothing.reading() as connection:
        assert list_reports(connection) == []
        assert list_incidents(connection) == []
    with_nothing.close()


def _apply_broken(workspace: Workspace, parcel: Parcel) -> None:
    with workspace.writing() as connection:
        made = plan(connection, parcel, meanings(connection, disarm()), AT)
        _, verdict, signature = made.orders.decisions[0]
        made.orders.decisions.append(("S-000000000000", verdict, signature))
        carry_out(connection, made.orders, Signature("ada", AT))
