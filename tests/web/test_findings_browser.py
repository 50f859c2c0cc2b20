"""Findings and a search in a real browser: axe, widths, and the way from posts to a review."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.web.browser import complaints, faults, launched, opened, until
from tests.web.conftest import Bench
from tests.web.test_findings import hand_in
from tests.workflow.found import finding
from tests.workflow.test_detecting import planted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(
    browser: "Browser", bench: Bench, visitor: httpx.Client, scheme: Any, width: int
) -> None:
    page = opened(browser, bench, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: dict[str, list[str]] = {}
    for path in ("/findings", "/detect"):
        page.goto(bench.url + path)
        found[path] = faults(page)
    hand_in(visitor, finding(), finding("cd" * 32, 3))
    for path in ("/findings", f"/findings/{finding().id}", f"/findings/{finding().id}/accounts/0"):
        page.goto(bench.url + path)
        found[f"{path} with findings"] = faults(page)
    assert {path: said for path, said in found.items() if said} == {}
    assert complaints(page) == []
    page.context.close()


def test_from_posts_to_a_decision(browser: "Browser", bench: Bench, tmp_path: Path) -> None:
    page = opened(browser, bench, viewport={"width": 1280, "height": 900})
    page.goto(f"{bench.url}/detect")
    page.set_input_files("input[name=files]", str(planted(tmp_path)))
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("heading", name="Done", exact=True).wait_for(timeout=60_000)  # the page loads itself anew then
    assert "4,180 posts of 306 accounts" in page.inner_text("#run")
    assert faults(page) == []
    page.locator(".found-list a").first.click()
    assert "6 accounts repost the same post" in page.inner_text("h1")
    page.locator(".supports a").first.click()
    page.wait_for_selector(".card.current .detail >> text=Use it when")
    page.keyboard.press("a")
    until(page, "/1 accepted/.test(document.body.textContent)")
    assert complaints(page) == []
    page.context.close()
