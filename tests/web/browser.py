"""A real browser for tests: Debian's Chromium, or Playwright's own where that is installed."""

import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.web.conftest import Bench

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def launched() -> "Iterator[Browser]":
    """A browser, or a skip that says why there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        try:
            browser = driver.chromium.launch(executable_path=path, args=OPTIONS)
        except playwright.Error as error:
            pytest.skip(f"no browser can be started: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


def opened(browser: "Browser", bench: "Bench", **context: Any) -> "Page":
    """A page that came by the printed address; whatever it complains of in its console fails the test."""
    page = browser.new_context(**context).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.complaints = complaints  # type: ignore[attr-defined]
    page.goto(f"{bench.url}/?token={bench.settings.token}")
    return page


def complaints(page: "Page") -> list[str]:
    """What the page's console said was wrong."""
    found: list[str] = page.complaints  # type: ignore[attr-defined]
    return found


def until(page: "Page", script: str) -> None:
    """Wait until a script says true. Playwright's own way needs `eval`, which the workbench's policy forbids."""
    end = time.monotonic() + 15
    while not page.evaluate(script):
        assert time.monotonic() < end, f"never true: {script}"
        page.wait_for_timeout(20)


def faults(page: "Page") -> list[str]:
    """What axe-core finds wrong with a page as it stands, and whether it is wider than its window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = [
        f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in axe.Axe().run(page).response["violations"]
    ]
    if (over := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")) > 0:
        found.append(f"{over} px too wide")
    return found
