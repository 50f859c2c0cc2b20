"""Groups on screen and as JSON."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from counterfoil.cli.detect import detect_command
from tests.workflow.test_detecting import GROUP, planted


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(detect_command, [str(one) for one in arguments])


def test_a_group_is_told_in_three_lines(tmp_path: Path) -> None:
    lines = _run(planted(tmp_path)).stdout.splitlines()
    (place,) = [nth for nth, line in enumerate(lines) if line.startswith("group 1: 6 accounts, 2023-11-1")]
    assert lines[place + 1].startswith("  co_repost 15 pairs (q ")
    assert set(lines[place + 2].replace(",", " ").split()) >= set(GROUP[1:])


def test_names_are_no_markup_and_no_control_of_the_screen(tmp_path: Path) -> None:
    data = planted(tmp_path)
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("id,username\n" + "".join(f"{one},[red]{one}[/red]\x1b[2J\n" for one in GROUP))
    out = _run(data, "--accounts", accounts).stdout
    assert "[red]g1[/red]" in out
    assert "\x1b" not in out


def test_groups_as_json(tmp_path: Path) -> None:
    told = json.loads(_run(planted(tmp_path), "--format", "json").stdout)
    assert told["groups"] == 1
    assert told["accounts_in_groups"] == 6
    (cluster,) = told["clusters"]
    assert cluster["accounts"] == GROUP
    assert cluster["signals"] == {"co_repost": 15}


def test_what_cannot_make_a_group_is_noted(tmp_path: Path) -> None:
    data = planted(tmp_path)
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("id,bio\n" + "".join(f"u{place},I like to sail and to read\n" for place in range(20)))
    result = _run(data, "--accounts", accounts, "--signals", "all")
    assert "190 pairs of signals that are not held against chance" in result.stderr
    assert "group 1: 6 accounts" in result.stdout
    assert "group 2" not in result.stdout
