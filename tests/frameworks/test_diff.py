"""What changed between two versions of a framework."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.frameworks.diff import Change, ChangeKind, diff
from counterfoil.frameworks.load import load
from counterfoil.model.framework import Framework, Phase, Tactic, Technique

OLD = Framework(
    "TEST",
    "1",
    (Phase("P1", "One"), Phase("P2", "Two")),
    (Tactic("TA1", "Row", "P1", 1, "r"), Tactic("TA2", "Sail", "P1", 2, "s"), Tactic("TA3", "Swim", "P2", 3)),
    {
        t.id: t
        for t in (
            Technique("T1", "Oars", "TA1", "", "Two of them.<br><br>Of wood."),
            Technique("T2", "Sheets", "TA2", "", "Of cloth."),
            Technique("T2.1", "Red Sheets", "TA2", "T2", "Dyed."),
            Technique("T3", "Fins", "TA3", "", "Of rubber."),
        )
    },
)
NEW = Framework(
    "TEST",
    "2",
    OLD.phases,
    (Tactic("TA1", "Pull", "P1", 1, "r"), Tactic("TA2", "Sail", "P2", 2, "other"), Tactic("TA4", "Fly", "P2", 3)),
    {
        t.id: t
        for t in (
            Technique("T1", "Oars", "TA1", "", "Two of them.\n\nOf  wood."),
            Technique("T2", "Canvas", "TA1", "", "Of linen."),
            Technique("T2.1", "Red Sheets", "TA2", "T1", "Dyed.", ("TA4",)),
            Technique("T4", "Wings", "TA4"),
        )
    },
)


def test_every_kind_of_change() -> None:
    k = ChangeKind
    assert diff(OLD, NEW) == [
        Change(k.RENAMED, "tactic", "TA1", "Pull", "Row", "Pull"),
        Change(k.MOVED, "tactic", "TA2", "Sail", "P1", "P2"),
        Change(k.TEXT, "tactic", "TA2", "Sail", "s", "other"),
        Change(k.REMOVED, "tactic", "TA3", "Swim", before="Swim"),
        Change(k.ADDED, "tactic", "TA4", "Fly", after="Fly"),
        Change(k.RENAMED, "technique", "T2", "Canvas", "Sheets", "Canvas"),
        Change(k.MOVED, "technique", "T2", "Canvas", "TA2", "TA1"),
        Change(k.TEXT, "technique", "T2", "Canvas", "Of cloth.", "Of linen."),
        Change(k.MOVED, "technique", "T2.1", "Red Sheets", "TA2", "TA2, TA4"),
        Change(k.REPARENTED, "technique", "T2.1", "Red Sheets", "T2", "T1"),
        Change(k.REMOVED, "technique", "T3", "Fins", before="Fins"),
        Change(k.ADDED, "technique", "T4", "Wings", after="Wings"),
    ]
    assert diff(OLD, OLD) == []


def test_what_one_side_does_not_tell_is_no_change() -> None:
    bare = {key: replace(technique, summary="") for key, technique in OLD.techniques.items()}
    tactics = tuple(replace(tactic, phase="", summary="") for tactic in OLD.tactics)
    assert diff(OLD, replace(OLD, phases=(), tactics=tactics, techniques=bare)) == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("a", "b", "added", "removed", "renamed", "moved"),
    [("1.3", "1.4", 13, 7, 6, 2), ("1.4", "1.5", 39, 10, 1, 0), ("1.5", "1.6", 94, 32, 0, 0)],
)
def test_disarms_versions(a: str, b: str, added: int, removed: int, renamed: int, moved: int, shared: Path) -> None:
    folder = shared / "disarm/history"
    old, new = (load(folder / f"DISARM_FRAMEWORKS_MASTER_v{version}.xlsx").framework for version in (a, b))
    changes = [change for change in diff(old, new) if change.what == "technique"]
    counts = {kind: sum(change.kind is kind for change in changes) for kind in ChangeKind}
    assert (counts[ChangeKind.ADDED], counts[ChangeKind.REMOVED]) == (added, removed)
    assert (counts[ChangeKind.RENAMED], counts[ChangeKind.MOVED]) == (renamed, moved)
    assert counts[ChangeKind.REPARENTED] == 0
    tactics = [change for change in diff(old, new) if change.what == "tactic"]
    assert [change.id for change in tactics if change.kind is ChangeKind.RENAMED] == (["TA15"] if a == "1.3" else [])
