"""counterfoil lint: formats, exit codes, --fix; and docs/lint.md is what the rules say."""

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import click
import pytest

from counterfoil import cli
from counterfoil.kb.workspace import Workspace
from counterfoil.lint import load_rules
from counterfoil.lint.manual import manual
from tests.lint.test_xlsx import workbook

MANUAL = Path(__file__).parents[2] / "docs" / "lint.md"


def _row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        for letter, text in zip("ABCDEF", texts, strict=False)
    )
    return f'<row r="{number}">{cells}</row>'


def _incidents(path: Path, *rows: tuple[str, ...]) -> Path:
    table = [("disarm_id", "name", "urls", "found_in_country"), *rows]
    data = workbook("".join(_row(number, *row) for number, row in enumerate(table, start=1)))
    path.write_bytes(_renamed(data))
    return path


def _renamed(data: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'name="data"', b'name="incidents"'))
    return out.getvalue()


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.COMMANDS, "lint", ("lint", "Check."))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return _incidents(
        tmp_path / "DATA.xlsx",
        ("\u00a0I00001", "One", "https://example.org/a", "SaudiArabia"),
        ("I00002", "Two ", "", "World"),
    )


def test_table_and_exit_code(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(faulty)]) == 1
    out = click.unstyle(capsys.readouterr().out)
    assert "incidents!A2  error  DL001 blank-in-id" in out
    assert "incidents!C3  warning  DL016 no-url" in out
    assert "     1  error    DL001 blank-in-id\n" in out
    assert "     5  in all, 3 of them mended by --fix\n" in out
    assert cli.main(["lint", str(faulty), "--ignore", "blank-in-id"]) == 0


def test_severity_hides_but_does_not_change_the_exit_code(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(faulty), "--severity", "error", "--format", "json"]) == 1
    assert [finding["rule"] for finding in json.loads(capsys.readouterr().out)] == ["DL001"]


def test_json(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(faulty), "--format", "json", "--select", "DL018"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first["fix"] == {
        "sheet": "incidents",
        "row": 2,
        "column": "found_in_country",
        "old": "SaudiArabia",
        "new": "Saudi Arabia",
    }
    assert (first["cell"], first["file"], first["severity"]) == ("incidents!D2", str(faulty), "info")
    assert second["fix"] is None


def test_sarif(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(faulty), "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert len(run["results"]) == 5
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == faulty.as_uri()
        assert physical["region"]["startLine"] >= 1
        assert location["logicalLocations"][0]["fullyQualifiedName"].startswith("incidents!")


def test_github(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(faulty), "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    name = str(faulty).replace(":", "%3A")
    assert lines[0].startswith(
        f"::error file={name},title=DL001 blank-in-id incidents!A2::incidents!A2: The row's own id"
    )
    assert {line.split()[0] for line in lines} == {"::error", "::warning", "::notice"}


def test_fix_writes_a_copy_and_a_list_and_never_the_original(
    faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = faulty.read_bytes()
    folder = tmp_path / "corrected"
    assert cli.main(["lint", str(faulty), "--fix", "-o", str(folder)]) == 1
    assert f"3 edits written to {folder}: see edits.csv" in capsys.readouterr().err
    assert faulty.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["DATA.xlsx", "edits.csv"]
    edits = list(csv.DictReader(io.StringIO((folder / "edits.csv").read_text(encoding="utf-8"), newline="")))
    assert [(edit["sheet"], edit["row"], edit["rule"], edit["old"], edit["new"], edit["left"]) for edit in edits] == [
        ("incidents", "2", "DL001", "\u00a0I00001", "I00001", ""),
        ("incidents", "2", "DL018", "SaudiArabia", "Saudi Arabia", ""),
        ("incidents", "3", "DL030", "Two ", "Two", ""),
    ]
    assert cli.main(["lint", str(folder), "--format", "json"]) == 0
    assert all(finding["fix"] is None for finding in json.loads(capsys.readouterr().out))
    # A second run would overwrite: refused, as is writing beside the original.
    assert cli.main(["lint", str(faulty), "--fix", "-o", str(folder)]) == 2
    assert cli.main(["lint", str(faulty), "--fix", "-o", str(tmp_path)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert faulty.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--fix"], "--fix and -o go together"),
        (["-o", "x"], "--fix and -o go together"),
        (["--select", "DL999"], "no lint rule 'DL999'"),
        (["--explain", "nothing"], "no lint rule 'nothing'"),
    ],
)
def test_requests_that_cannot_be_right(
    faulty: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["lint", str(faulty), *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", str(tmp_path)]) == 2
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    assert cli.main(["lint", str(tmp_path / "a.xlsx")]) == 1
    assert cli.main(["lint", str(tmp_path / "absent.xlsx")]) == 1
    assert capsys.readouterr().err.count("error: ") == 3


def test_the_workspace(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.close()
    assert cli.main(["lint", "--workspace", str(workspace.folder), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert cli.main(["lint", "--workspace", str(workspace.folder), "--fix", "-o", "x"]) == 2


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lint", "--explain", "unknown-id"]) == 0
    assert capsys.readouterr().out.startswith(
        "## DL002 unknown-id\n\n*error, workbooks and workspace*\n\nAn id that no"
    )


def test_the_manual_is_what_the_rules_say(update_golden: bool) -> None:
    text = manual(load_rules())
    if update_golden:
        MANUAL.write_text(text, encoding="utf-8")
    assert MANUAL.read_text(encoding="utf-8") == text, "write it anew with: pytest tests/lint --update-golden"
