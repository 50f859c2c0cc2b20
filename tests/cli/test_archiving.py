"""archive, restore, merge and import-table, as they are typed."""

import json
from pathlib import Path

import pytest

from counterfoil.cli import main

HEAD = "Case,Technique,Quote\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with an imported sheet."""
    monkeypatch.chdir(tmp_path)
    Path("sheet.csv").write_text(HEAD + "Lantern,T0146; T9999,fake accounts\n,T0117,a note\n", encoding="utf-8")
    code, out, err = run(
        capsys, "import-table", "sheet.csv", "-w", "desk", "--apply", "--analyst", "Ada", "--problems", "p.csv",
        "--save-map", "team",
    )  # fmt: skip
    assert (code, "technique = 'Technique'" in out, "was applied by Ada" in out) == (0, True, True)
    assert "row 2, Technique: 'T9999'" in err
    assert "row 3, Case: empty: read as that of row 2" in err
    assert Path("p.csv").read_text(encoding="utf-8").count("\n") == 3
    return tmp_path / "desk"


def test_a_workspace_goes_into_a_file_and_comes_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "archive", "a.zip", "-w", desk, "--format", "json")
    made = json.loads(out)
    assert (code, made["rows"]["incidents"], made["rows"]["decisions"]) == (0, 1, 2)
    assert run(capsys, "restore", "a.zip", "-w", "again")[0] == 0
    assert run(capsys, "archive", "b.zip", "-w", "again")[0] == 0
    assert Path("a.zip").read_bytes() == Path("b.zip").read_bytes()
    code, out, err = run(capsys, "restore", "a.zip", "-w", desk)
    assert (code, err.splitlines()[0]) == (2, f"error: {desk} is there already.")


def test_a_damaged_archive_is_one_sentence(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "archive", "a.zip", "-w", desk)
    Path("cut.zip").write_bytes(Path("a.zip").read_bytes()[:700])
    for command in (["restore", "cut.zip", "-w", "new"], ["merge", "cut.zip", "-w", desk]):
        code, _, err = run(capsys, *command)
        assert code == 1
        assert err.startswith("error: cut.zip is damaged or no archive")
    assert not Path("new").exists()


def test_a_merge_tells_what_came_and_what_differs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "archive", "a.zip", "-w", desk)
    run(capsys, "restore", "a.zip", "-w", "other")
    assert run(capsys, "merge", "a.zip", "-w", desk)[1] == "nothing new\nconflicts: 0\n"
    incident = json.loads(run(capsys, "incident", "list", "-w", desk, "--format", "json")[1])[0]["id"]
    run(capsys, "incident", "edit", incident, "--name", "Ours", "-w", desk)
    run(capsys, "incident", "edit", incident, "--name", "Theirs", "-w", "other")
    run(capsys, "archive", "b.zip", "-w", "other")
    code, out, err = run(capsys, "merge", "b.zip", "-w", desk)
    assert (code, "conflicts: 1" in out) == (0, True)
    assert f"conflict: incident {incident}: name: 'Ours' stays; theirs: 'Theirs'" in err
    (conflict,) = json.loads(run(capsys, "merge", "b.zip", "-w", desk, "--format", "json")[1])["conflicts"]
    assert (conflict["ours"], conflict["theirs"]) == ("Ours", "Theirs")


def test_columns_are_saved_in_the_workspace(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("next.csv").write_text("Case,Technique,Quote,Mood\nTide,T0146,words,grim\n", encoding="utf-8")
    code, out, _ = run(capsys, "import-table", "next.csv", "-w", desk, "--use-map", "team", "--format", "json")
    told = json.loads(out)
    assert (code, told["columns"]["incident"], told["unused"], told["codes"]) == (0, "Case", ["Mood"], 1)
    assert told["row_problems"] == []
    assert told["parcel"]["state"] == "waiting"


def test_a_sheet_without_techniques_says_how_to_name_the_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.csv").write_text("A,B\nx,y\n", encoding="utf-8")
    code, _, err = run(capsys, "import-table", "s.csv", "-w", "w")
    assert code == 2
    assert "--map technique=… of: A, B." in err
