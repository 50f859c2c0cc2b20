"""The command: pages written, changes explained, refusals in one sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterfoil.cli.pages import pages_command
from counterfoil.errors import ReadError


@pytest.mark.shared
def test_pages_from_a_folder_of_workbooks(shared: Path, tmp_path: Path) -> None:
    source, report = str(shared / "disarm" / "DISARM_MASTER_DATA"), tmp_path / "changes.md"
    options = [str(tmp_path / "out"), "--from", source, "--changes", str(report), "--format", "json"]
    done = CliRunner().invoke(pages_command, options, catch_exceptions=False)
    assert json.loads(done.stdout)["created"] == len([path for path in (tmp_path / "out").rglob("*") if path.is_file()])
    assert "generated_pages/incidents/I00096.md | link to T0115 |" in report.read_text()
    again = CliRunner().invoke(pages_command, options[:3], catch_exceptions=False)
    assert "0 created, 0 updated" in again.stdout


def test_a_folder_without_workbooks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "~$open.xlsx").write_bytes(b"lock")
    with pytest.raises(ReadError, match="has no workbooks"):
        CliRunner().invoke(pages_command, [str(tmp_path / "out"), "--from", str(tmp_path)], catch_exceptions=False)
    assert not (tmp_path / "out").exists()
