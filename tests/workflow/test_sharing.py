"""Who may see an incident is settled before it leaves."""

import io

import pytest

from counterfoil.errors import UsageError
from counterfoil.kb.incidents import get_incident
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature
from counterfoil.model.framework import Framework
from counterfoil.model.marking import Tlp, tlp
from counterfoil.workflow import Sharing, new_incident, share
from counterfoil.workflow.incident_editing import Edit, edit_incident, incident_history

ADA = Signature("Ada", "2031-05-01T09:00:00.000Z")


@pytest.fixture
def workspace(tmp_path):  # type: ignore[no-untyped-def]
    opened = Workspace.open(tmp_path / "case", create=True)
    yield opened
    opened.close()


def _incident(workspace: Workspace, name: str, label: str = "") -> str:
    made = new_incident(workspace, name, [])
    if label:
        edit_incident(workspace, made.id, Edit(tlp=label), ADA)
    return made.id


def _shared(workspace: Workspace, ids: list[str], sharing: Sharing) -> bytes:
    out = io.BytesIO()
    share(workspace, ids, Framework("TEST", "1"), sharing, out)
    return out.getvalue()


@pytest.mark.parametrize("written", ["amber", "TLP:AMBER", " tlp:Amber "])
def test_a_label_is_read_as_people_write_it(written: str) -> None:
    assert tlp(written) is Tlp.AMBER
    assert tlp(written).label == "TLP:AMBER"


def test_white_was_clear_and_others_are_refused() -> None:
    assert tlp("") is tlp("TLP:WHITE") is Tlp.CLEAR
    with pytest.raises(UsageError, match="'purple'"):
        tlp("purple")


def test_labels_are_ordered_from_everybody_to_those_present() -> None:
    assert sorted(Tlp, key=lambda label: label.rank) == [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED]


def test_an_amber_incident_does_not_leave_with_a_clear_export(workspace: Workspace) -> None:
    clear, amber = _incident(workspace, "Open"), _incident(workspace, "Closed", "amber")
    out = io.BytesIO()
    with pytest.raises(UsageError, match=f"{amber} \\(TLP:AMBER\\)") as refused:
        share(workspace, [clear, amber], Framework("TEST", "1"), Sharing("json"), out)
    assert out.getvalue() == b""
    assert "--tlp amber" in refused.value.hint
    assert b"Closed" not in _shared(workspace, [clear], Sharing("json"))
    assert b"Closed" in _shared(workspace, [clear, amber], Sharing("json", tlp=Tlp.AMBER_STRICT))


def test_a_marking_is_a_change_with_a_history(workspace: Workspace) -> None:
    made = _incident(workspace, "Closed", "red")
    edit_incident(workspace, made, Edit(tlp="clear"), ADA)
    edit_incident(workspace, made, Edit(tlp="clear"), ADA)  # nothing changes
    with workspace.reading() as connection:
        assert get_incident(connection, made).tlp is Tlp.CLEAR
    steps = [(one.field, one.before, one.after) for one in incident_history(workspace, made)]
    assert steps == [("tlp", "red", "clear"), ("tlp", "", "red")]


def test_an_unknown_profile_names_the_known_ones(workspace: Workspace) -> None:
    made = _incident(workspace, "Open")
    with pytest.raises(UsageError) as refused:
        _shared(workspace, [made], Sharing("navigator", "word"))
    assert "disarm, attack" in refused.value.hint
