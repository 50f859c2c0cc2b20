"""kill -9 at any point: what was reported as stored is stored, and nothing is half there."""

import os
import signal
import sqlite3
import subprocess
import sys
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tests.cli.conftest import ARTICLE


@pytest.mark.slow
def test_kill_9_in_a_loop_of_adds_loses_nothing(tmp_path: Path) -> None:
    folder, casework = tmp_path / "reports", tmp_path / "casework"
    folder.mkdir()
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"Report {number}\n\n{ARTICLE}", encoding="utf-8")
    environment = {**os.environ, "COUNTERFOIL_WORKSPACE": str(casework), "PYTHONUNBUFFERED": "1"}
    random, reported, interrupted = Random(5), set[str](), 0
    for round_number in range(10):
        # Few files stay in one process; a whole folder goes through the workers. Early rounds are
        # killed at a random moment of the start, later ones after a random number of reports.
        sources = [str(path) for path in sorted(folder.iterdir())[:20]] if round_number % 2 else [str(folder)]
        command = [sys.executable, "-m", "counterfoil", "code" if round_number % 3 else "add", *sources]
        command += ["--format", "json"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            wanted = random.randrange(1, 15)
            lines = []
            for line in process.stdout:
                lines.append(line)
                if len(lines) == wanted:
                    process.send_signal(signal.SIGKILL)
            interrupted += process.wait() == -signal.SIGKILL
        for line in lines:
            if line.endswith("\n"):
                reported.add(line.split('"id": "')[1].split('"')[0])
        _check_whole(casework, reported)
    assert interrupted >= 5
    assert reported


def _check_whole(casework: Path, reported: set[str]) -> None:
    database = sqlite3.connect(casework / "counterfoil.db")
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        stored = dict(database.execute("SELECT id, text FROM reports"))
        assert reported <= set(stored)
        for report_id, text in stored.items():
            assert report_id == f"R-{sha256(text.encode()).hexdigest()[:12]}"
        for digest, report_id in database.execute("SELECT sha256, report FROM originals"):
            assert sha256((casework / "originals" / digest[:2] / digest).read_bytes()).hexdigest() == digest
            assert report_id in stored
        assert {row[0] for row in database.execute("SELECT report FROM originals")} == set(stored)
        runs = {row[0] for row in database.execute("SELECT report FROM runs")}
        assert {row[0] for row in database.execute("SELECT report FROM extractions")} == runs
    finally:
        database.close()


@pytest.mark.slow
def test_ctrl_c_in_a_batch_stops_quietly_and_keeps_what_was_stored(tmp_path: Path) -> None:
    folder, casework = tmp_path / "reports", tmp_path / "casework"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03}.txt").write_text(f"Report {number}\n\n{ARTICLE}", encoding="utf-8")
    environment = {**os.environ, "COUNTERFOIL_WORKSPACE": str(casework), "PYTHONUNBUFFERED": "1"}
    reported: set[str] = set()
    for wanted in (1, 4, 11):
        command = [sys.executable, "-m", "counterfoil", "code", str(folder), "--format", "json"]
        with subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # a test run in the background may have been started with Ctrl-C ignored, which is inherited
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        ) as process:
            assert process.stdout is not None
            for _ in range(wanted):
                reported.add(process.stdout.readline().split('"id": "')[1].split('"')[0])
            os.killpg(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=60)
        assert process.returncode == 130, err
        assert "Traceback" not in err
        reported |= {line.split('"id": "')[1].split('"')[0] for line in out.splitlines()}
        _check_whole(casework, reported)
