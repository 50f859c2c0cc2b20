"""Every bad input at the command line: one sentence, a hint where one helps, the right exit code, no traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def _check(outcome: object, code: int, words: str) -> None:
    err = outcome.err  # type: ignore[attr-defined]
    assert outcome.code == code, err  # type: ignore[attr-defined]
    assert words in err
    assert "Traceback" not in err
    assert err.count("error:") + err.count("Error:") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["technique", "T9999"], "has no technique 'T9999'"),
        (["technique", "T0097.999"], "T0097"),
        (["export", "word", "I-1"], "no exporter named 'word'"),
        (["code"], "Missing argument"),
        (["accept"], "Missing argument"),
        (["technique", "Paint the moon"], "counterfoil search"),
        (["frobnicate"], "No such command"),
        (["ad", "x"], "No such command 'ad'. Did you mean add"),
        (["code", "x.txt", "--top", "0"], "--top"),
        (["--nonsense"], "No such option"),
    ],
)
def test_a_request_that_cannot_be_right(run: Run, arguments: list[str], words: str) -> None:
    _check(run(*arguments), 2, words)


@pytest.mark.parametrize("arguments", [["list"], ["show", "R-1"], ["suggestions", "R-1"], ["incident", "list"]])
def test_no_workspace(run: Run, arguments: list[str], tmp_path: Path) -> None:
    _check(run(*arguments), 1, "There is no workspace in")
    assert not (tmp_path / "casework").exists()


def test_ids_that_are_not_there(run: Run, article: Path) -> None:
    draft = run("code", article, "--format", "json").json
    _check(run("show", "R-none"), 2, "There is no report 'R-none'")
    _check(run("suggestions", "R-none"), 2, "There is no report")
    _check(run("accept", "S-none"), 2, "There is no suggestion")
    _check(run("incident", "new", "R-none", "--name", "x"), 2, "There is no report")
    _check(run("incident", "new", draft["report"]["id"], "--name", " "), 2, "needs a name")
    _check(run("export", "stix", "I-none"), 2, "There is no incident")
    _check(run("history", draft["suggestions"][0]["id"]), 2, "Nobody has judged")
    _check(run("accept", draft["suggestions"][0]["id"], "--analyst", ""), 2, "needs an analyst")


def test_accepting_is_all_or_nothing(run: Run, article: Path) -> None:
    draft = run("code", article, "--format", "json").json
    _check(run("accept", draft["suggestions"][0]["id"], "S-none"), 2, "There is no suggestion")
    listed = run("suggestions", draft["report"]["id"], "--format", "json").json
    assert all(item["decision"] is None for item in listed)


def test_sources_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    (tmp_path / "nothing").mkdir()
    _check(run("add", "missing.txt"), 1, "missing.txt")
    outcome = run("add", "example.org/report")
    _check(outcome, 1, "There is no file")
    assert "begins with https://" in outcome.err
    _check(run("add", "junk.txt"), 1, "junk.txt")
    _check(run("add", "empty.txt"), 1, "empty.txt")
    _check(run("add", "cut.pdf"), 1, "cut.pdf")
    _check(run("add", "nothing"), 1, "nothing")
    _check(run("add", "-", stdin=b""), 1, "error: -")
    _check(run("add", "--offline", "https://example.org/"), 1, "offline")
    _check(run("add", "ftp://example.org/x"), 1, "ftp")
    _check(run("add", "http://127.0.0.1:1/"), 1, "127.0.0.1")
    assert run("list", "--format", "json").json == []


def test_workspaces_that_cannot_be_used(run: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "a.docx").touch()
    _check(run("add", article, "-w", "thesis"), 1, "not a workspace and not empty")
    (tmp_path / "file").touch()
    _check(run("add", article, "-w", "file"), 1, "cannot be made or opened")
    run("add", article, "-w", "newer")
    other = sqlite3.connect(tmp_path / "newer" / "counterfoil.db")
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.commit()
    other.close()
    _check(run("list", "-w", "newer"), 1, "schema 9999")


def test_gold_that_cannot_be_measured(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    _check(run("measure", path), 1, "cannot be read")
    for content, words in [
        ("", "has no lines"),
        ("{", "line 1 is not JSON"),
        ('{"id": 1, "text": "t", "labels": ["T0002"]}\n[]', "line 2 has no id or no text"),
        ('{"id": 1, "text": "t", "labels": []}', "no list of labels"),
        ('{"id": 1, "text": " ", "labels": ["T0002"]}', "no id or no text"),
    ]:
        path.write_text(content)
        _check(run("measure", path), 1, words)
    path.write_bytes(b"\xff\xfe\x00")
    _check(run("measure", path), 1, "not UTF-8")


def test_settings_that_are_wrong(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "c.toml"
    monkeypatch.setenv("COUNTERFOIL_CONFIG", str(config))
    _check(run("list"), 2, "There is no configuration file")
    for content, words in [
        ("workspace = ", "cannot be read"),
        ("colour = 'red'", "'colour', which is not known"),
        ("offline = 'perhaps'", "true or false"),
        ("workspace = 3", "it is a text"),
    ]:
        config.write_text(content)
        _check(run("list"), 2, words)


def test_an_export_that_cannot_be_written(run: Run, article: Path) -> None:
    report = run("add", article, "--format", "json").json["id"]
    incident = run("incident", "new", report, "--name", "N", "--format", "json").json["id"]
    _check(run("export", "page", incident, "-o", "no/such/folder/x.md"), 2, "cannot be written")


def test_a_closed_pipe_is_no_error(article: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "COUNTERFOIL_WORKSPACE": str(tmp_path / "w")}
    code = f"{sys.executable} -m counterfoil technique T0097 | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_outputs_that_are_no_plain_files(run: Run, article: Path, tmp_path: Path) -> None:
    report = run("add", article, "--format", "json").json["id"]
    incident = run("incident", "new", report, "--name", "N", "--format", "json").json["id"]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    assert run("export", "page", incident, "-o", pipe).code == 0
    assert reader.communicate()[0].startswith(b"# N")
    assert pipe.is_fifo()
    for output in (".", tmp_path):
        _check(run("export", "page", incident, "-o", output), 2, "cannot be written")
    assert not list(tmp_path.glob("*.part"))


def test_a_terminal_without_our_letters(article: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "COUNTERFOIL_WORKSPACE": str(tmp_path / "w"), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "counterfoil", "code", str(article)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"\\u201c" in done.stdout


def test_a_home_that_is_not_known(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERFOIL_WORKSPACE", "~nobody-of-that-name/x")
    _check(run("list"), 2, "home folder is not known")


def test_gold_with_unusual_line_separators_inside_strings(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(
        '{"id": 1, "text": "fake accounts\u2028posed as nurses", "labels": ["T0143.002"]}\n', encoding="utf-8"
    )
    assert run("measure", path, "--format", "json").json["texts"] == 1
