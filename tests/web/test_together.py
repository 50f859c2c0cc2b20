"""Two tabs and a batch at once: no decision is lost, none is kept waiting long."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.web.conftest import Bench, fill, make_report

REPORTS = 60


@pytest.mark.slow
def test_decisions_of_two_tabs_while_reports_are_stored(bench: Bench) -> None:
    workspace = bench.opened()
    texts = [f"Report {number}\n\n" + bench.report.text for number in range(REPORTS)]
    reports = [make_report(text, f"Report {number}") for number, text in enumerate(texts)]
    waiting = [one.id for report in reports[:20] for one in fill(workspace, report)]
    errors: list[Exception] = []

    def store() -> None:
        try:
            for report in reports[20:]:
                fill(workspace, report)
        except Exception as error:
            errors.append(error)

    slowest = 0.0

    def tab(ids: list[str], verdict: str) -> None:
        nonlocal slowest
        with bench.visitor() as visitor:
            for one in ids:
                begun = time.monotonic()
                answer = visitor.post("/api/decisions", json={"suggestions": [one], "verdict": verdict})
                slowest = max(slowest, time.monotonic() - begun)
                assert answer.status_code == 201, answer.text

    batch = threading.Thread(target=store)
    batch.start()
    with ThreadPoolExecutor(3) as tabs:
        # Two tabs judge the same suggestions, a third others: the last word on each counts, all are kept.
        runs = [
            tabs.submit(tab, waiting[:50], "accepted"),
            tabs.submit(tab, waiting[:50], "rejected"),
            tabs.submit(tab, waiting[50:], "accepted"),
        ]
        for run in runs:
            run.result()
    batch.join()
    workspace.close()
    assert errors == []
    with bench.visitor() as visitor:
        for one in waiting[:50]:
            steps = visitor.get(f"/api/suggestions/{one}/decisions").json()
            assert sorted(step["verdict"] for step in steps) == ["accepted", "rejected"]
            assert sum(step["superseded"] is None for step in steps) == 1
        for one in waiting[50:]:
            assert visitor.get(f"/api/suggestions/{one}").json()["decision"]["verdict"] == "accepted"
        assert visitor.get("/api/reports").json()["totals"]["reports"] == REPORTS + 1
    assert slowest < 5.0  # the patience of a writer is 15 s; being kept anywhere near it would be felt


def test_an_older_undo_does_not_touch_a_newer_decision_of_another_tab(bench: Bench) -> None:
    one = bench.suggestions[0].id
    with bench.visitor() as first, bench.visitor() as second:
        first.post("/api/decisions", json={"suggestions": [one], "verdict": "accepted"})
        second.post("/api/decisions", json={"suggestions": [one], "verdict": "rejected"})
        (after,) = first.post("/api/decisions/undo", json={"suggestions": [one]}).json()
        # Undo takes back what counts, and what counted before counts again; every step is kept.
        assert after["decision"]["verdict"] == "accepted"
        assert len(second.get(f"/api/suggestions/{one}/decisions").json()) == 3


def test_a_visitor_is_known_by_one_launch_only(bench: Bench) -> None:
    answer = httpx.get(bench.url, cookies={bench.settings.cookie: "of-another-launch"})
    assert answer.status_code == 403
