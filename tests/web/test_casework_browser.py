"""Matrix, techniques and incidents in a real browser: axe, keyboard, widths, the printed briefing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.web.browser import complaints, faults, launched, opened
from tests.web.conftest import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


@pytest.fixture
def incident(bench: Bench, visitor: httpx.Client) -> str:
    chosen = [one.id for one in bench.suggestions]
    visitor.post("/api/decisions", json={"suggestions": chosen, "verdict": "accepted"}).raise_for_status()
    path = visitor.post("/incidents", data={"name": "Tea over Saltmere", "report": [bench.report.id]}).url.path
    visitor.post(path, data={"name": "Tea again", "summary": "In short.\n\nAnd long."}).raise_for_status()
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_no_violation(browser: "Browser", bench: Bench, incident: str, scheme: Any, width: int) -> None:
    page = opened(browser, bench, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    paths = {
        "matrix": "/matrix",
        "compared": "/matrix?actor=Amber+Tide&b_actor=Nobody",
        "cited": "/matrix?cited=1",
        "techniques": "/techniques",
        "technique": "/techniques/T0143.002",
        "parent": "/techniques/T0097?actor=x",
        "incidents": "/incidents?actor=Amber+Tide",
        "new": f"/incidents/new?report={bench.report.id}&q=tea",
        "incident": f"{incident}?q=tea",
        "briefing": f"{incident}/briefing",
    }
    for name, path in paths.items():
        page.goto(bench.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[name] = faults(page)
    assert found == {name: [] for name in paths}
    assert complaints(page) == []


def test_the_matrix_is_walked_by_keys(browser: "Browser", bench: Bench, incident: str) -> None:
    page = opened(browser, bench, viewport={"width": 1440, "height": 900})
    page.goto(f"{bench.url}/matrix")
    page.fill("input[name=actor]", "Amber Tide")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matrix?actor=Amber+Tide**")
    page.locator("summary", has_text="sub-techniques").first.focus()
    page.keyboard.press("Space")
    assert page.locator(".matrix details[open]").count() == 1
    page.locator('.matrix a[href^="/techniques/T0146"]').first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/techniques/T0146?actor=Amber+Tide")
    page.locator("blockquote a").first.click()
    page.wait_for_selector(".card.current, .card .detail")
    assert "Amber Tide created 40 fake accounts" in page.locator(".detail").inner_text()


def test_typing_narrows_the_techniques(browser: "Browser", bench: Bench) -> None:
    page = opened(browser, bench)
    page.goto(f"{bench.url}/techniques")
    page.fill("[data-narrow]", "romantic suitor")
    assert page.locator(".technique-row:visible").count() == 1
    assert page.inner_text("#narrowed") == "1 technique"
    assert page.locator(".technique-group:visible").count() == 1


def test_a_passage_lights_up_in_the_review(browser: "Browser", bench: Bench, incident: str) -> None:
    page = opened(browser, bench, viewport={"width": 1440, "height": 900})
    page.goto(bench.url + incident)
    page.locator('.side-col .places a[href*="tab=found"]').first.click()
    page.wait_for_url("**/review?tab=found*")
    assert page.evaluate("location.hash").startswith("#p")
    assert complaints(page) == []


def test_the_briefing_fits_two_pages(browser: "Browser", bench: Bench, incident: str) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = opened(browser, bench)
    page.goto(f"{bench.url}{incident}/briefing")
    document = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    words = " ".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    assert len(document) <= 2
    assert "Tea again" in words
    assert "T0146" in words
    assert "Ctrl+P" not in words
    document.close()
