"""Whatever is wrong with the data or the machine, the command says it in a sentence and leaves nothing half done."""

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from counterfoil.cli import main
from counterfoil.detect import duck as engine

HEAD = "id,user,time,text,retweet_id"


def _csv(folder: Path, *lines: str, name: str = "posts.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def _many(folder: Path, accounts: int, objects: int = 1) -> Path:
    """One act a second of each account, on the objects in turn."""
    path = folder / "many.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'p' || i AS post_id, 'u' || i AS account, 1700000000 + i % 50 AS time, "
            f"'r' || i % {objects} AS repost_of FROM range({accounts}) AS rows(i)) TO '{path}' (FORMAT parquet)"
        )
    return path


def _said(capsys: pytest.CaptureFixture[str], code: int, *arguments: object) -> str:
    """What the command says when it refuses: one error, one hint, nothing on standard output."""
    assert main(["detect", *map(str, arguments)]) == code
    out, told = capsys.readouterr()
    lines = [line for line in told.splitlines() if line.startswith(("error:", "hint:"))]
    assert out == ""
    assert "Traceback" not in told
    assert [line.split(":")[0] for line in lines] == ["error", "hint"], told
    return lines[0]


REFUSED = {
    "no time": ("id,user,text\n1,a,x\n", "no column that holds the time"),
    "no account": ("id,time,text\n1,100000000,x\n", "no column that holds the account"),
    "times that are none": ("id,user,time,retweet_id\n1,a,soon,2\n2,b,,2\n", "No row of"),
    "no accounts": ("id,user,time,retweet_id\n1,,100000000,2\n2,NaN,100000000,2\n", "2 have no account"),
    "only a header": ("id,user,time,retweet_id\n", "No row of"),
    "nothing to look at": ("id,user,time\n1,a,100000000\n", "nothing that the usual signals look at"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str) -> None:
    written, said = REFUSED[case]
    path = tmp_path / "posts.csv"
    path.write_text(written)
    assert said in _said(capsys, 1, path, "-o", tmp_path / "out")
    assert [one.name for one in tmp_path.iterdir()] == ["posts.csv"]


def test_rows_that_cannot_be_used_stop_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Times with and without zones and in several forms, ids that come again, no account, no text."""
    data = _csv(
        tmp_path,
        "1,a,2024-05-01T10:00:00Z,x,9",
        "2,b,2024-05-01T12:00:05+02:00,,9",
        "3,c,2024-05-01 10:00:09,x,9",
        "4,d,1714557600,x,9",
        "4,e,1714557601,other,9",
        "5,,1714557601,x,9",
        "6,f,31/05/2024,x,9",
    )
    assert main(["detect", str(data), "--min", "1", "--format", "json"]) == 0
    out, told = capsys.readouterr()
    assert "4 posts of 4 accounts; 3 rows set aside" in told
    for reason in ("1 no account", "1 a time that cannot be read", "1 the post id of an earlier row"):
        assert reason in told
    assert "1 times name no zone: read as UTC." in out
    assert '"pairs": 6' in out


def test_a_broken_quote_far_into_a_file_costs_one_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f'{place},u{place % 900},{10**9 + place},"a text, {place}",r{place % 70}' for place in range(120_000)]
    rows[90_000] = '90000,u0,1000090000,"a text without end,r5'
    assert main(["detect", str(_csv(tmp_path, *rows)), "-o", str(tmp_path / "out")]) == 0
    assert "119,999 posts of 900 accounts; 1 rows set aside" in capsys.readouterr().err
    assert "a text without end" in (tmp_path / "out" / "rejected.csv").read_text()


def test_damaged_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = _many(tmp_path, 5000).read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[:-300])
    assert "the end of a Parquet file is missing" in _said(capsys, 1, tmp_path / "cut.parquet")
    (tmp_path / "torn.parquet").write_bytes(whole[:1000] + b"\xff" * 500 + whole[1500:])
    assert "is damaged" in _said(capsys, 1, tmp_path / "torn.parquet")
    lines = "".join(f'{{"id": {place}, "user": "u{place}", "time": {10**9 + place}}}\n' for place in range(5000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "tail.jsonl.gz").write_bytes(packed[:-400] + b"\x00" * 400)
    assert "is damaged or cut off" in _said(capsys, 1, tmp_path / "tail.jsonl.gz")


def test_billions_of_pairs_are_refused_before_one_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _many(tmp_path, 70_000)
    begun = time.process_time()
    said = _said(capsys, 2, data, "--min", 1, "-o", tmp_path / "out")
    assert "2,449,965,000 pairs of posts" in said
    assert time.process_time() - begun < 10
    assert not (tmp_path / "out").exists()


@contextmanager
def _cramped(monkeypatch: pytest.MonkeyPatch, setting: str) -> Iterator[None]:
    """The engine with a setting that makes it run out of something."""
    before = engine.Duck.__init__

    def cramped(self: engine.Duck, connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(setting)
        before(self, connection)

    with monkeypatch.context() as patched:
        patched.setattr(engine.Duck, "__init__", cramped)
        yield


def test_a_full_disk_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = _many(tmp_path, 400_000, 2000)
    with _cramped(monkeypatch, "SET max_temp_directory_size = '1MB'"):
        said = _said(capsys, 1, data, "--memory", "24MB", "-o", tmp_path / "out")
    assert "the disk is full" in said
    assert not (tmp_path / "out").exists()


def test_too_little_memory_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, 1, _many(tmp_path, 400_000, 2000), "--memory", "2MB", "-o", tmp_path / "out")
    assert "the memory that it may use is not enough" in said
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _csv(tmp_path, "1,a,100000000,x,9")
    assert "cannot be made" in _said(capsys, 2, data, "-o", data / "out")  # a file is no folder
    if os.name == "posix" and os.geteuid():
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o500)
        assert "cannot be made" in _said(capsys, 2, data, "-o", closed / "out")


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("when", ["while it reads", "while it searches"])
def test_ctrl_c_is_one_word_and_leaves_nothing(tmp_path: Path, when: str) -> None:
    data, scratch, out = tmp_path / "many.parquet", tmp_path / "scratch", tmp_path / "out"
    _many(tmp_path, 3_000_000, 60)
    scratch.mkdir()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "counterfoil",
            "detect",
            str(data),
            "--window",
            "9s",
            "--budget",
            "1000000000",
            "-o",
            str(out),
        ],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    assert process.stderr is not None
    if when == "while it searches":
        process.stderr.readline()  # it tells what was read
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(tmp_path.glob(".out.*")):
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 130, told
    assert told.splitlines()[-1] == "stopped"
    assert "Traceback" not in told
    assert sorted(one.name for one in tmp_path.iterdir()) == ["many.parquet", "scratch"]
    assert list(scratch.iterdir()) == []
