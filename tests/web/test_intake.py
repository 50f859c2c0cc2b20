"""What is handed in is read, coded and stored; one failure is told, and the rest goes on."""

import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from counterfoil.config import Config
from counterfoil.kb.workspace import Workspace
from counterfoil.web.intake import Intake, Stage
from counterfoil.workflow.desk import Handed
from tests.web.conftest import Bench

STORY = (
    "Sable Wharf under scrutiny\n\nThe group Sable Wharf created {count} fake accounts on Facebook that posed as local "
    "journalists. The accounts posted identical messages within seconds of each other.\n"
)


def _finished(visitor: httpx.Client, intake: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        state: dict[str, Any] = visitor.get(f"/api/intake/{intake}").json()
        if state["finished"]:
            return state
        time.sleep(0.1)
    raise AssertionError("the intake did not finish")


def test_files_text_and_addresses_go_in_together(bench: Bench, visitor: httpx.Client) -> None:
    files = [
        ("files", ("wharf.txt", STORY.format(count=12).encode())),
        ("files", ("broken.pdf", b"%PDF-1.7 nothing of the kind")),
        ("files", ("empty.txt", b"")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n0000")),
        ("files", ("../../etc/passwd.md", b"# A heading\n\nSome people made fake accounts.")),
    ]
    form = {
        "urls": "https://a.example/report\n/etc/passwd",
        "text": STORY.format(count=70),
        "title": "From the clipboard",
    }
    page = visitor.post("/intake", data=form, files=files)
    assert page.url.path.startswith("/intake/")
    intake = page.url.path.rpartition("/")[2]
    state = _finished(visitor, intake)
    by_name = {item["name"]: item for item in state["items"]}
    assert state["counts"] == {"waiting": 0, "reading": 0, "coding": 0, "done": 3, "failed": 5}
    assert by_name["wharf.txt"]["suggestions"] > 0
    assert by_name["From the clipboard.txt"]["stage"] == "done"
    assert "empty" in by_name["empty.txt"]["message"]
    assert "picture" in by_name["picture.png"]["message"]
    assert "offline" in by_name["https://a.example/report"]["message"]
    assert "no web address" in by_name["/etc/passwd"]["message"]
    assert visitor.get(f"/reports/{by_name['wharf.txt']['report']}/review").status_code == 200
    done = visitor.get(f"/intake/{intake}").text
    assert "3 done, 5 failed, of 8" in done
    # The same file again is the same report.
    again = visitor.post("/api/reports", files=files[:1])
    assert again.status_code == 202
    assert _finished(visitor, again.json()["intake"])["items"][0]["report"] == by_name["wharf.txt"]["report"]


def test_progress_comes_as_events(bench: Bench, visitor: httpx.Client) -> None:
    intake = visitor.post("/api/reports", data={"text": STORY.format(count=9)}).json()["intake"]
    stages: list[str] = []
    with visitor.stream("GET", f"/intake/{intake}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
                stages += [item["stage"] for item in event["items"]]
    assert stages[-1] == "done"
    assert stages.index("coding") < stages.index("done")
    assert event["finished"]


def test_nothing_handed_in_is_told(visitor: httpx.Client) -> None:
    answer = visitor.post("/intake", data={"text": "  "})
    assert answer.status_code == 400
    assert "Nothing was handed in" in answer.text
    assert visitor.get("/intake/unknown").status_code == 404


@pytest.mark.slow
def test_a_coding_process_that_dies_takes_no_report_along(
    bench: Bench, visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import multiprocessing

    first = visitor.post("/api/reports", data={"text": STORY.format(count=1)}).json()["intake"]
    _finished(visitor, first)
    children = multiprocessing.active_children()
    assert children
    for child in children:
        child.kill()
        child.join()
    second = visitor.post("/api/reports", data={"text": STORY.format(count=2)}).json()["intake"]
    assert _finished(visitor, second)["items"][0]["stage"] == "done"  # it is coded by another process
    third = visitor.post("/api/reports", data={"text": STORY.format(count=3)}).json()["intake"]
    assert _finished(visitor, third)["items"][0]["stage"] == "done"


@pytest.mark.slow
def test_of_many_files_at_once_none_is_lost(tmp_path: Path) -> None:
    """Several threads and processes, each file twice under two names, one of each pair as Markdown."""
    config = Config(workspace=tmp_path / "casework", analyst="ada", offline=True, cache=tmp_path / "cache")
    workspace = Workspace.open(config.workspace, create=True)
    intake = Intake(config, workspace)
    intake._pool.size = 3
    folder = intake.folder()
    handed = []
    for number in range(48):
        path = folder / str(number)
        path.write_text(STORY.format(count=number // 4), encoding="utf-8")
        handed.append(Handed(f"{number}{'.md' if number % 2 else '.txt'}", path))
    batch = intake.add(handed, folder)
    until = time.monotonic() + 120
    while not batch.finished:
        assert time.monotonic() < until, batch.counts()
        time.sleep(0.1)
    failed = [(item.name, item.message) for item in batch.items if item.stage is Stage.FAILED]
    assert failed == []
    assert len({item.report for item in batch.items}) == 12
    while folder.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    intake.close()
    workspace.close()
    assert not list(config.workspace.glob("unread-*"))
