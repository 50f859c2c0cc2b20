"""The pane of the original in a real browser: it follows the review, by its key and its button, and can do nothing."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import complaints, faults, launched, opened, until
from tests.web.conftest import Bench
from tests.web.originals import TRAPS, pdf, store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


def _page(browser: "Browser", bench: Bench, width: int = 1440, **more: Any) -> "Page":
    return opened(browser, bench, viewport={"width": width, "height": 900}, **more)


def test_the_pdf_page_follows_the_review(browser: "Browser", bench: Bench) -> None:
    report = store(bench, pdf(), "tea.pdf")
    page = _page(browser, bench)
    page.goto(f"{bench.url}/reports/{report.id}/review")
    assert page.locator("#original").is_hidden()
    assert page.locator("#original-link").is_hidden()  # the way for browsers without scripts
    page.keyboard.press("v")
    page.wait_for_selector("#original img[src$='/pages/1']")
    assert page.get_attribute("#original-toggle", "aria-expanded") == "true"
    until(page, "document.querySelector('.facsimile').naturalWidth === 1200")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.wait_for_selector("#original img[src$='/pages/2']")
    assert page.inner_text("#leaf") == "Page 2 of 3"
    page.click("#leaf-on")
    page.wait_for_selector("#original img[src$='/pages/3']")
    assert page.is_disabled("#leaf-on")
    page.click("#leaf-back")
    page.wait_for_selector("#original img[src$='/pages/2']")
    boxes = [page.locator(one).bounding_box() for one in (".text-pane", "#original", ".list-pane")]
    lefts = [box["x"] for box in boxes if box]
    assert lefts == sorted(set(lefts))  # side by side
    page.reload()
    page.wait_for_selector("#original:not([hidden]) img")  # it stays as it was left
    page.click("#original-toggle")
    assert page.locator("#original").is_hidden()
    page.keyboard.press("v")
    page.click("#original-close")
    assert page.locator("#original").is_hidden()
    assert page.evaluate("document.activeElement.id") == "original-toggle"
    assert complaints(page) == []
    page.context.close()


def test_the_archived_page_runs_nothing_asks_for_nothing_and_shows_the_place(browser: "Browser", bench: Bench) -> None:
    report = store(bench, TRAPS.encode(), "tea.html")
    page = _page(browser, bench)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{bench.url}/reports/{report.id}/review")
    page.keyboard.press("v")
    frame = page.wait_for_selector("iframe.archived")
    assert frame
    assert frame.get_attribute("sandbox") == ""
    inside = frame.content_frame()
    assert inside
    inside.wait_for_selector("h1")
    for _ in range(3):
        page.keyboard.press("j")
    last = report.blocks[-1].start
    until_url = f"/reports/{report.id}/original/archived#p{last}"
    page.wait_for_timeout(200)
    assert inside.url.endswith(until_url)
    assert inside.locator("p:has(> span:target)").inner_text().count("They bought advertisements.") == 1
    assert page.evaluate("history.length") <= 3  # moving on leaves no steps behind
    assert inside.evaluate("document.title") == "Tea over Saltmere"  # the page's script did not run
    assert all(url.startswith((bench.url, "data:")) for url in asked), asked
    assert complaints(page) == []
    page.context.close()


@pytest.mark.parametrize("width", [1440, 360])
def test_moving_on_while_the_archived_page_comes_ends_at_the_place(
    browser: "Browser", bench: Bench, width: int
) -> None:
    report = store(bench, TRAPS.encode(), "tea.html")
    page = _page(browser, bench, width)
    page.route("**/archived", lambda route: (time.sleep(0.3), route.continue_()))  # type: ignore[func-returns-value]
    page.goto(f"{bench.url}/reports/{report.id}/review")
    page.wait_for_selector("#original-toggle")
    page.evaluate(
        """() => { for (const key of "vjjj") document.dispatchEvent(new KeyboardEvent("keydown", { key })); }"""
    )
    frame = page.wait_for_selector("iframe.archived")
    inside = frame.content_frame() if frame else None
    assert inside
    shown = inside.wait_for_selector("p:has(> span:target) >> text=They bought advertisements.")
    assert shown
    box = shown.bounding_box()
    pane = page.locator("#original").bounding_box()
    assert box
    assert pane
    assert pane["y"] <= box["y"] < pane["y"] + pane["height"]
    page.context.close()


def test_the_original_takes_the_place_of_the_text_where_there_is_no_room(browser: "Browser", bench: Bench) -> None:
    report = store(bench, pdf(), "tea.pdf")
    page = _page(browser, bench, 360)
    page.goto(f"{bench.url}/reports/{report.id}/review")
    page.click("#original-toggle")
    page.wait_for_selector("#original img")
    assert page.locator(".text-pane").is_hidden()
    assert page.locator(".list-pane").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.keyboard.press("v")
    assert page.locator(".text-pane").is_visible()
    page.context.close()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_originals_pass_axe(browser: "Browser", bench: Bench, width: int, scheme: Any) -> None:
    reports = [store(bench, pdf(), "tea.pdf"), store(bench, TRAPS.encode(), "tea.html")]
    page = _page(browser, bench, width, color_scheme=scheme)
    for report in reports:
        page.goto(f"{bench.url}/reports/{report.id}/original")
        assert faults(page) == []
        page.goto(f"{bench.url}/reports/{report.id}/review")
        page.wait_for_selector("#original-toggle")
        if page.locator("#original").is_hidden():
            page.keyboard.press("v")
        page.wait_for_selector("#original .facsimile, #original .archived")
        page.keyboard.press("j")
        assert faults(page) == []
    page.context.close()


def test_without_a_script_the_original_has_a_page_of_its_own(browser: "Browser", bench: Bench) -> None:
    report = store(bench, pdf(), "tea.pdf")
    page = _page(browser, bench, java_script_enabled=False)
    page.goto(f"{bench.url}/reports/{report.id}/review")
    assert page.locator("#original-toggle").is_hidden()
    page.click("#original-link")
    page.click("text=Next")
    assert page.get_attribute("img.facsimile", "src") == f"/reports/{report.id}/original/pages/2"
    page.context.close()


def test_the_palette_finds_techniques_by_cues(browser: "Browser", bench: Bench) -> None:
    page = _page(browser, bench)
    page.goto(bench.url + bench.review)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("conjured backstories")
    page.wait_for_selector("#palette-about >> text=No technique has")
    page.fill("#palette-search", "sockpuppetry")
    page.wait_for_selector("#palette-list li >> text=T0143.002")
    page.click("#palette-list li >> text=T0143.002")
    page.wait_for_selector(".card.current.accepted >> text=T0143.002")
    assert complaints(page) == []
    page.context.close()
