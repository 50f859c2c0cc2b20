"""What a launch left unread is told at the next one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx

from counterfoil.web.unread import Unread, left_by_others
from tests.web.conftest import Bench


def _ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        return process.pid


def test_what_is_done_is_forgotten_and_what_is_not_is_left(tmp_path: Path) -> None:
    unread = Unread(tmp_path)
    unread.came([("a-0", "first.txt"), ("a-1", "zweite\nDatei.pdf"), ("a-2", "https://a.example/x")])
    unread.done("a-0")
    (path,) = tmp_path.iterdir()
    assert left_by_others(tmp_path) == []  # its launch still runs
    killed = path.rename(tmp_path / path.name.replace(f"-{os.getpid()}-", f"-{_ended_process()}-"))
    with killed.open("a", encoding="utf-8") as out:
        out.write('{"done": "a-')  # cut by the kill
    after = Unread(tmp_path)
    assert after.left == ["zweite\nDatei.pdf", "https://a.example/x"]
    assert left_by_others(tmp_path) == after.left  # until somebody has seen it
    after.forget()
    assert after.left == []
    assert list(tmp_path.iterdir()) == []


def test_a_launch_that_read_everything_leaves_nothing(tmp_path: Path) -> None:
    unread = Unread(tmp_path)
    unread.came([("a-0", "first.txt")])
    unread.done("a-0")
    unread.close()
    assert list(tmp_path.iterdir()) == []
    unread = Unread(tmp_path)
    unread.came([("a-0", "first.txt")])
    unread.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_the_start_page_tells_until_it_was_seen(bench: Bench) -> None:
    from counterfoil.web.app import create_app

    folder = bench.settings.config.workspace
    lines = [{"came": "a-0", "name": "<b>lost</b>.pdf"}, {"came": "a-1", "name": "kept.pdf"}, {"done": "a-1"}]
    journal = folder / f"unread-{_ended_process()}-abcd.jsonl"
    journal.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    app = create_app(bench.settings)
    left = app.state.desk.bench().intake
    assert left.left == ["<b>lost</b>.pdf"]
    from fastapi.testclient import TestClient

    with TestClient(app, base_url=bench.url) as visitor:
        visitor.headers["Authorization"] = f"Bearer {bench.settings.token}"
        page = visitor.get("/").text
        assert "Not read yet" in page
        assert "&lt;b&gt;lost&lt;/b&gt;.pdf" in page
        assert "kept.pdf" not in page
        assert "Not read yet" not in visitor.post("/intake/left").text
    assert not journal.exists()


def test_an_intake_that_ended_well_leaves_no_journal_behind(bench: Bench, visitor: httpx.Client) -> None:
    visitor.post("/api/reports", data={"text": "A short text that nobody codes."}).raise_for_status()
    assert "Not read yet" not in visitor.get("/").text  # what is being read now is no loss
