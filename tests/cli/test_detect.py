"""The command: what it prints, writes and refuses."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from counterfoil.cli.detect import detect_command, time_of
from counterfoil.errors import UsageError
from tests.workflow.test_detecting import planted


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(detect_command, [str(one) for one in arguments])


def test_a_group_is_shown(tmp_path: Path) -> None:
    result = _run(planted(tmp_path))
    assert result.exit_code == 0
    assert "4,180 posts of 306 accounts" in result.stderr
    assert "co_repost" in result.stdout
    assert "g0" in result.stdout


def test_json_and_files(tmp_path: Path) -> None:
    out, saved = tmp_path / "out", tmp_path / "columns.json"
    result = _run(planted(tmp_path), "-o", out, "--save-map", saved, "--format", "json", "--window", "1m", "--min", 3)
    told = json.loads(result.stdout)
    assert told["signals"][0]["definition"]["minimum"] == 3
    assert sorted(told["files"]) == sorted(one.name for one in out.iterdir())
    assert json.loads(saved.read_text())["posts"]["repost_of"] == "repost_id"
    again = _run(planted(tmp_path), "-o", out)
    assert isinstance(again.exception, UsageError)


def test_lengths_of_time() -> None:
    assert [time_of(one) for one in ("60s", "1m", "2 min", "1.5h", "250ms", "7", "1d", "5us")] == [
        60_000_000,
        60_000_000,
        120_000_000,
        5_400_000_000,
        250_000,
        7_000_000,
        86_400_000_000,
        5,
    ]
    for wrong in ("", "soon", "-1s", "1y"):
        with pytest.raises(UsageError, match="no length of time"):
            time_of(wrong)


def test_memory_must_be_an_amount(tmp_path: Path) -> None:
    result = _run(planted(tmp_path), "--memory", "4GB'; DROP")
    assert isinstance(result.exception, UsageError)


def test_signals_and_layouts_are_listed() -> None:
    result = _run("--list")
    assert result.exit_code == 0
    assert "co_repost" in result.stdout
    assert "crowdtangle" in result.stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    data = tmp_path / "posts.jsonl"
    with data.open("w") as file:
        for place in range(400_000):
            file.write(
                f'{{"id": {place}, "user": "u{place % 5000}", "time": {10**9 + place}, '
                f'"text": "word {place % 700} and more words"}}\n'
            )
    code = (
        "import sys; from counterfoil.cli.detect import detect_command; "
        "detect_command.main(sys.argv[1:], standalone_mode=False)"
    )
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(data), "--signals", "same_text,co_post", "-o", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not any(tmp_path.glob(".out.*")):
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode != 0
    assert sorted(one.name for one in tmp_path.iterdir()) == ["posts.jsonl", "scratch"]
    assert list(scratch.iterdir()) == []


def test_the_command_imports_nothing_heavy() -> None:
    assert importlib.util.find_spec("duckdb")
    code = (
        "import sys, counterfoil.cli.detect, counterfoil.detect; "
        "print({'duckdb', 'numpy', 'networkx'} & set(sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "set()\n"
