"""Findings in the workbench: handed in like a report, listed, looked at; and a search started there."""

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from counterfoil.model.finding import Finding, Sample, findings_record
from counterfoil.web.views import findings as views
from counterfoil.workflow.held_findings import held
from tests.web.conftest import Bench
from tests.workflow.found import finding
from tests.workflow.test_detecting import planted

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


def file_of(*found: Finding) -> bytes:
    return json.dumps(findings_record(found)).encode()


def hand_in(visitor: httpx.Client, *found: Finding) -> dict[str, Any]:
    """What the intake says of a file of findings when it is done."""
    batch = visitor.post("/api/reports", files=[("files", ("findings.json", file_of(*found)))]).json()["intake"]
    end = time.monotonic() + 60
    while not (state := visitor.get(f"/api/intake/{batch}").json())["finished"]:
        assert time.monotonic() < end
        time.sleep(0.05)
    (item,) = state["items"]
    done: dict[str, Any] = item
    return done


def search(visitor: httpx.Client, path: Path, **fields: str) -> httpx.Response:
    return visitor.post("/detect", files=[("files", (path.name, path.read_bytes()))], data=fields)


def ended(visitor: httpx.Client, path: str) -> dict[str, Any]:
    """The state of a search when it runs no more."""
    end = time.monotonic() + 60
    while (state := visitor.get(f"{path}/state").json())["stage"] == "running":
        assert time.monotonic() < end
        time.sleep(0.05)
    last: dict[str, Any] = state
    return last


def test_findings_are_dropped_where_reports_are(bench: Bench, visitor: httpx.Client) -> None:
    item = hand_in(visitor, finding(), finding("cd" * 32, 3))
    assert (item["stage"], item["title"], item["page"], item["suggestions"]) == ("done", "2 findings", "/findings", 10)
    page = visitor.get("/findings").text
    assert page.index("4 accounts post a link") < page.index("3 accounts post a link")
    alone = hand_in(visitor, finding())
    assert alone["page"] == f"/reports/{alone['report']}/review"
    assert visitor.get(alone["page"]).status_code == 200
    with_opened = bench.opened()
    assert len(held(with_opened)) == 2
    with_opened.close()


def test_a_finding_is_shown_with_its_figures_posts_and_techniques(visitor: httpx.Client) -> None:
    item = hand_in(visitor, finding(), finding("cd" * 32))
    page = visitor.get(f"/findings/{finding().id}").text
    assert "4 accounts acted together in posts.csv" in page
    for words in ("1e-09", "not tested", "Fans", "2 rows were set aside", "without text", "2031-05-01 10:00:07 UTC"):
        assert words in page, words
    assert page.count('class="account"') == 4
    assert page.count("<line class=") >= 3
    assert "T0084.001" in page
    assert "Other findings of these accounts" in page
    shown = visitor.get(f"/findings/{item['report']}")  # known by its report's id, too
    assert shown.status_code == 200
    assert f"/findings/{item['report']}" in visitor.get(f"/reports/{item['report']}").text
    member = visitor.get(f"/findings/{finding().id}/accounts/1").text
    assert "harbour_1" in member
    assert "3 shared" in member
    assert visitor.get(f"/findings/{finding().id}/accounts/9").status_code == 404
    assert visitor.get("/findings/F-000000000000").status_code == 404


def test_a_decision_shows_on_the_page(visitor: httpx.Client) -> None:
    item = hand_in(visitor, finding())
    listed = visitor.get(f"/api/reports/{item['report']}/suggestions").json()
    first = next(one for one in listed if one["technique"] == "T0084.001")
    visitor.post("/api/decisions", json={"suggestions": [first["id"]], "verdict": "accepted"}).raise_for_status()
    assert "accepted</span>" in visitor.get(f"/findings/{finding().id}").text


def test_hostile_data_is_shown_as_text(visitor: httpx.Client) -> None:
    base = finding()
    sample = replace(base.samples[0], text=EVIL, shared=EVIL, moment=EVIL, key=EVIL)
    support = replace(base.supports[0], label=EVIL, caution=EVIL)
    evil = replace(
        base,
        data=(EVIL,),
        members=(replace(base.members[0], handle=EVIL, name=EVIL, platform=EVIL), *base.members[1:]),
        samples=(sample, *base.samples[1:]),
        supports=(support, *base.supports[1:]),
        first=EVIL,
        explanations=(EVIL,),
        cautions=(EVIL,),
        null=EVIL,
    )
    assert hand_in(visitor, evil)["stage"] == "done"
    for path in ("/findings", f"/findings/{evil.id}", f"/findings/{evil.id}/accounts/0"):
        page = visitor.get(path).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_search_puts_its_findings_into_the_workspace(bench: Bench, visitor: httpx.Client, tmp_path: Path) -> None:
    answer = search(visitor, planted(tmp_path), window="1 minute", rate="0.01")
    assert answer.url.path.startswith("/detect/")
    state = ended(visitor, answer.url.path)
    assert state["stage"] == "done", state
    assert state["lines"][0] == "4,180 posts of 306 accounts."
    assert any("pairs" in line for line in state["lines"])
    assert state["found"]
    page = visitor.get(answer.url.path).text
    assert state["found"][0][1] in page
    assert visitor.get(f"/findings/{state['found'][0][0]}").status_code == 200
    again = ended(visitor, search(visitor, planted(tmp_path), window="1 minute", rate="0.01").url.path)
    assert again["found"] == state["found"]
    assert visitor.get("/api/reports").json()["totals"]["reports"] == 1 + len(state["found"])


def test_what_cannot_be_searched_is_told_in_a_sentence(visitor: httpx.Client, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("colour,size\nred,3\n", encoding="utf-8")
    state = ended(visitor, search(visitor, path).url.path)
    assert state["stage"] == "failed"
    assert state["message"].endswith(".")
    assert "counterfoil-detect-" not in state["message"] + state["hint"]
    assert "The search failed" in visitor.get(f"/detect/{state['id']}").text
    assert "Nothing was handed in" in visitor.post("/detect", data={"window": ""}).text
    assert search(visitor, path, window="for ever").status_code == 400
    assert visitor.get("/detect/0000").status_code == 404


def test_one_search_at_a_time_and_it_can_be_stopped(
    bench: Bench, visitor: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    running = search(visitor, planted(tmp_path))
    assert "already" in search(visitor, planted(tmp_path)).text
    stopped = visitor.post("/detect/stop")
    assert stopped.url.path == running.url.path
    state = ended(visitor, running.url.path)
    assert state["stage"] == "stopped"
    assert not state["found"]
    end = time.monotonic() + 20
    while list((tmp_path / "scratch").glob("counterfoil-detect-*")):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert visitor.get("/api/reports").json()["totals"]["reports"] == 1
    after = ended(visitor, search(visitor, planted(tmp_path)).url.path)
    assert after["stage"] == "done"


def test_another_site_can_start_nothing(bench: Bench, visitor: httpx.Client, tmp_path: Path) -> None:
    for path in ("/detect", "/detect/stop"):
        assert visitor.post(path, headers={"Origin": "http://evil.example"}).status_code == 403
    with httpx.Client(base_url=bench.url) as stranger:
        assert stranger.get("/findings").status_code == 403
    assert visitor.post("/detect", content=b"x" * 3_100_000).status_code == 413


def test_pictures_hold_whatever_the_data_says() -> None:
    one = finding()
    assert views.network(replace(one, pairs=())) is None
    drawn = views.network(one)
    assert drawn
    assert len(drawn.nodes) == 4
    assert all(0 < node.x < views.NETWORK[0] and 0 < node.y < views.NETWORK[1] for node in drawn.nodes)
    undated = tuple(replace(sample, moment="yesterday") for sample in one.samples)
    assert views.times(replace(one, samples=undated)) is None
    at_once = tuple(replace(sample, moment="2031-05-01T10:00:00Z") for sample in one.samples)
    shown = views.times(replace(one, samples=at_once))
    assert shown
    assert len({mark.x for mark in shown.marks}) == 1
    early = Sample("old", "900", "0001-01-01T00:00:00Z", "t", "s", "co_link", "X")
    late = Sample("new", "900", "9999-12-31T23:59:59Z", "t", "s", "co_link", "X")
    assert views.times(replace(one, samples=(early, late)))
