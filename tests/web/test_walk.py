"""The whole walk of an analyst in a real browser, on a workbench that is a process of its own.

Drop an article, review it by keys only, code a passage that nobody suggested, undo, open an incident, see it in
the matrix, take the layer, find it again; light and dark, wide and narrow, axe on every page. Nothing is mocked.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import faults, launched, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
SEED = "seeds/001_88dee55fd7d7bf7c.txt"
WAIT = 60_000  #: milliseconds until a report is read and coded, on a busy machine


@dataclass
class Served:
    """A running `counterfoil serve`; `address` holds the key."""

    process: "subprocess.Popen[str]"
    address: str
    terminal: Path  #: what it wrote to standard error

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[Served]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COUNTERFOIL_")}
    environment |= {"COUNTERFOIL_ANALYST": "ada", "XDG_CONFIG_HOME": str(folder / "config")}
    command = [sys.executable, "-m", "counterfoil", "serve", "--no-open", "--offline", "--port", str(port)]
    terminal = folder / "terminal.txt"
    with (
        terminal.open("ab") as errors,
        subprocess.Popen(
            [*command, "-w", str(folder / "casework")],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=environment,
        ) as process,
    ):
        try:
            assert process.stdout
            found = re.search(r"http://\S+token=\S+", process.stdout.readline())
            assert found
            yield Served(process, found[0], terminal)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


@dataclass
class Walk:
    """One analyst's page, and what axe and the console said of each page on the way."""

    page: "Page"
    served: Served
    complaints: list[str] = field(default_factory=list)

    def look(self, name: str) -> None:
        """Axe, width and console on the page as it is now."""
        self.complaints += [f"{name}: {fault}" for fault in faults(self.page)]

    def decided(self, report: str) -> dict[str, str]:
        """What the server has on disk of each suggestion that was judged."""
        listed = self.page.request.get(f"{self.served.base}/api/reports/{report}/suggestions").json()
        return {one["id"]: one["decision"]["verdict"] for one in listed if one["decision"]}

    def press(self, keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        until(self.page, "document.getElementById('saved').textContent === 'All saved'")


@contextmanager
def walking(browser: "Browser", served: Served, scheme: Any, width: int) -> Iterator[Walk]:
    pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True)
    walk = Walk(context.new_page(), served)
    walk.page.on("pageerror", lambda error: walk.complaints.append(str(error)))
    walk.page.on("console", lambda said: walk.complaints.append(said.text) if said.type == "error" else None)
    walk.page.goto(served.address)
    yield walk
    context.close()


def own_article(_: pytest.FixtureRequest | None = None) -> str:
    return (files("counterfoil.cli") / "demo_report.md").read_text(encoding="utf-8")


def real_article(request: pytest.FixtureRequest) -> str:
    shared: Path = request.getfixturevalue("shared")  # skips where it is absent
    return (shared / SEED).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("article", "scheme", "width"),
    [
        (own_article, "light", 1440),
        (own_article, "dark", 360),
        pytest.param(real_article, "dark", 1440, marks=pytest.mark.shared),
        pytest.param(real_article, "light", 360, marks=pytest.mark.shared),
    ],
)
def test_from_an_article_to_an_incident_that_is_found(
    browser: "Browser", tmp_path: Path, request: pytest.FixtureRequest, article: Any, scheme: str, width: int
) -> None:
    text = article(request)
    with serving(tmp_path) as served, walking(browser, served, scheme, width) as walk:
        walk.look("start, empty")
        report = drop(walk, text)
        accepted = review_by_keys(walk, report)
        own = code_a_passage(walk, report, text)
        incident = open_incident(walk, report, [*accepted, own])
        layer_of_matrix(walk, accepted)
        find_again(walk, incident, accepted)
        assert walk.complaints == []


def drop(walk: Walk, text: str) -> str:
    """Drop the article and an empty file on the start page, and go to the article's review; the report's id."""
    page = walk.page
    page.evaluate(
        """(text) => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], "article.md", { type: "text/markdown" }));
            carried.items.add(new File([""], "empty.txt", { type: "text/plain" }));
            const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
            document.getElementById("drop").dispatchEvent(drop);
        }""",
        text,
    )
    page.wait_for_selector("#intake-head >> text=Done", timeout=WAIT)
    walk.look("intake")
    failed = page.locator(".source.failed").all_inner_texts()
    assert len(failed) == 1, (failed, walk.served.terminal.read_text(encoding="utf-8"))
    assert "empty.txt" in failed[0]
    page.click(".source.done a")
    page.wait_for_selector("#cards .card:not([hidden])")
    walk.look("review")
    report = page.get_attribute(".review", "data-report")
    assert report
    return report


def review_by_keys(walk: Walk, report: str) -> list[str]:
    """Accept, reject, undo, without the mouse; the ids that stay accepted."""
    page = walk.page
    waiting: list[str] = page.evaluate(
        "[...document.querySelectorAll('.card.open:not([hidden])')].map((one) => one.id)"
    )
    assert len(waiting) >= 5
    first, second, third, fourth = waiting[:4]
    walk.press("jjjkkk")
    assert walk.decided(report) == {}  # moving never decides
    assert page.get_attribute(".card.current", "id") == first
    page.wait_for_selector(".card.current .detail >> text=Use it when")
    walk.look("review, opened")
    walk.press("araa")
    walk.saved()
    said = {first: "accepted", second: "rejected", third: "accepted", fourth: "accepted"}
    assert walk.decided(report) == said
    walk.press("u")
    page.wait_for_selector(f"#{fourth}.open")
    del said[fourth]
    assert walk.decided(report) == said
    page.reload()
    assert page.locator(".card.accepted").count() == 2
    assert page.locator(f"#{second}.rejected").count() == 1
    return [first, third]


def code_a_passage(walk: Walk, report: str, text: str) -> str:
    """Select words that hold no suggestion of this technique, code them by the palette; the suggestion's id."""
    page = walk.page
    words: str = page.evaluate(
        """() => {
            const node = [...document.querySelectorAll(".text p.b")].at(-1).firstChild;
            const range = document.createRange();
            range.setStart(node, 0);
            range.setEnd(node, node.data.indexOf(" ", 40));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return range.toString();
        }"""
    )
    walk.press("c")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("romantic suitor")
    page.wait_for_selector("#palette-about >> text=Use it when")
    walk.look("palette")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.current.accepted >> text=own code")
    walk.saved()
    own = page.get_attribute(".card.current", "id")
    assert own
    stored = page.request.get(f"{walk.served.base}/api/suggestions/{own}").json()
    assert stored["spans"][0]["quote"] == words
    walk.press("u")
    page.wait_for_selector(f"#{own}", state="detached")
    assert own not in walk.decided(report)
    page.evaluate("getSelection().removeAllRanges()")
    page.get_by_text("Code a passage yourself").click()  # and again, without selecting
    page.fill(".own textarea", words)
    page.fill(".own input[name=technique]", stored["technique"])
    page.locator(".own button").click()
    page.wait_for_selector(f"#{own}.accepted")
    assert walk.decided(report)[own] == "accepted"
    return own


def open_incident(walk: Walk, report: str, accepted: list[str]) -> str:
    """Open an incident on the report; every technique accepted stands there with its quote. Its path."""
    page = walk.page
    page.goto(f"{walk.served.base}/incidents/new")
    walk.look("incident, new")
    page.check(f"input[name=report][value='{report}']")
    page.fill("input[name=name]", "Walk over Saltmere")
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/*")
    page.wait_for_selector("h1 >> text=Walk over Saltmere")
    walk.look("incident")
    shown = page.locator("#techniques >> xpath=..").inner_text()
    for one in accepted:
        stored = page.request.get(f"{walk.served.base}/api/suggestions/{one}").json()
        assert stored["technique"] in shown
        assert " ".join(stored["spans"][0]["quote"].split()) in " ".join(shown.split())
    path = page.evaluate("location.pathname")
    page.click("text=Briefing to print")
    page.wait_for_selector("text=Walk over Saltmere")
    walk.look("briefing")
    return str(path)


def layer_of_matrix(walk: Walk, accepted: list[str]) -> None:
    """The matrix counts the incident, and its layer holds what was accepted and not what was rejected."""
    page = walk.page
    page.goto(f"{walk.served.base}/matrix?cited=1")
    walk.look("matrix")
    with page.expect_download() as downloading:
        page.click('.downloads a[href^="/matrix/navigator"], .downloads a >> nth=0')
    layer = json.loads(Path(downloading.value.path()).read_text(encoding="utf-8"))
    scored = {one["techniqueID"] for one in layer["techniques"] if one.get("score")}
    codes = {page.request.get(f"{walk.served.base}/api/suggestions/{one}").json()["technique"] for one in accepted}
    assert codes <= scored
    code = sorted(codes)[0]
    page.locator(f'.matrix a[href^="/techniques/{code}"]').first.evaluate("(link) => link.click()")
    page.wait_for_url(f"**/techniques/{code}**")
    page.wait_for_selector("text=Walk over Saltmere")
    walk.look("technique")


def find_again(walk: Walk, incident: str, accepted: list[str]) -> None:
    """Search finds the incident by its name, and the accepted passage by its words."""
    page = walk.page
    page.goto(f"{walk.served.base}/search?q=walk+saltmere")
    walk.look("search")
    assert page.locator(f'#results a[href="{incident}"]').count() >= 1
    stored = page.request.get(f"{walk.served.base}/api/suggestions/{accepted[0]}").json()
    words = re.findall(r"[A-Za-z]{3,}", stored["spans"][0]["quote"])[:4]
    page.fill("#search-q", " ".join(words))
    page.keyboard.press("Enter")
    page.locator(f'#results a[href*="{accepted[0]}"]').first.click()
    page.wait_for_selector(f"#{accepted[0]}.accepted")
    for name in ("", "reports", "incidents", "techniques", "actors", "observables"):
        page.goto(f"{walk.served.base}/{name}")
        walk.look(name or "start")


def test_a_kill_and_a_reload_in_mid_review_lose_nothing(browser: "Browser", tmp_path: Path) -> None:
    with serving(tmp_path) as served, walking(browser, served, "light", 1440) as walk:
        page = walk.page
        report = drop(walk, own_article())
        walk.press("jaar")
        walk.saved()
        page.reload()
        walk.press("jjjj")
        before = walk.decided(report)
        assert len(before) == 3
        served.process.send_signal(signal.SIGKILL)
        served.process.wait()
        walk.press("a")  # nobody is there to take it
        page.wait_for_selector(".alert >> text=was not accepted")
        assert page.locator(".card.accepted, .card.rejected").count() == 3  # put back as it was
        port = int(served.base.rpartition(":")[2])
        with serving(tmp_path, port) as again:
            walk.served = again
            page.goto(again.address)
            page.goto(f"{again.base}/reports/{report}/review")
            assert walk.decided(report) == before
            assert page.locator(".card.accepted, .card.rejected").count() == 3
            page.wait_for_selector("#help-open:not([hidden])")
            walk.press("u")  # what was decided before the kill can still be undone
            until(page, "document.querySelectorAll('.card.rejected').length === 0")
            assert len(walk.decided(report)) == 2
