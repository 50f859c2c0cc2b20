"""Joining names of many reports: the request does not wait for all of them, and nothing is forgotten."""

import time

import httpx
import pytest

from counterfoil.kb.coding import add_run
from counterfoil.kb.reports import add_report
from counterfoil.model.extraction import Actor, Extraction
from counterfoil.model.report import Original, Report
from counterfoil.web import following
from counterfoil.workflow import items
from tests.web.conftest import Bench

COUNT = 30


def _fill(bench: Bench) -> None:
    workspace = bench.opened()
    with workspace.writing() as connection:
        for number in range(COUNT):
            report = Report(text=f"Quiet Crane flew {number} times.", source=f"{number}.txt", language="en")
            crane = Actor("Quiet Crane", (report.span(0, 11),), kind="network")
            at = "2031-05-03T10:00:00.000Z"
            add_report(connection, report, Original(report.text.encode(), "text/plain"), at)
            add_run(connection, report.id, (), Extraction(actors=(crane,)), at)
    workspace.close()


def _named(visitor: httpx.Client, name: str) -> int:
    found = visitor.get("/api/actors", params={"q": name}).json()["actors"]
    return sum(one["reports"] for one in found if one["name"] == name)


def test_the_request_returns_while_reports_follow(
    bench: Bench, visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "AT_ONCE", 2)
    monkeypatch.setattr(items, "BREATH", 0.2)  # so slow that it cannot be done in time
    monkeypatch.setattr(following, "PATIENCE", 0.1)
    _fill(bench)
    start = time.monotonic()
    body = {"name": "Amber Tide", "alias": "Quiet Crane", "said": "joined"}
    assert visitor.post("/api/names/decisions", json=body).status_code == 201
    assert time.monotonic() - start < 1.5
    assert "still follow what was said of names" in visitor.get("/actors").text
    # A decision is taken meanwhile.
    chosen = {"suggestions": [bench.suggestions[0].id], "verdict": "accepted"}
    assert visitor.post("/api/decisions", json=chosen).status_code == 201
    monkeypatch.setattr(items, "BREATH", 0.0)
    end = time.monotonic() + 20
    while "still follow" in visitor.get("/actors").text:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert _named(visitor, "Amber Tide") == COUNT + 1
    assert _named(visitor, "Quiet Crane") == 0


def test_a_word_while_others_follow_is_followed_too(
    bench: Bench, visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "AT_ONCE", 5)
    monkeypatch.setattr(following, "PATIENCE", 0.01)
    _fill(bench)
    for said in ("joined", "apart", "joined", "apart"):
        body = {"name": "Amber Tide", "alias": "Quiet Crane", "said": said}
        assert visitor.post("/api/names/decisions", json=body).status_code == 201
    end = time.monotonic() + 20
    while _named(visitor, "Quiet Crane") != COUNT:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert _named(visitor, "Amber Tide") == 1
