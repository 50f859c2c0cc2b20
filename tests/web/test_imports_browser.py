"""Imports in a real browser: a file dropped, a sheet's columns, the plan; downloads by the menu; axe, widths, keys."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.web.browser import complaints, faults, launched, opened
from tests.web.conftest import Bench
from tests.web.test_imports import SHEET, bundle, ours

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


def put(visitor: httpx.Client, name: str, content: bytes) -> str:
    return visitor.post("/imports", files=[("files", (name, content))]).url.path


@pytest.fixture
def incident(bench: Bench, visitor: httpx.Client) -> str:
    chosen = [one.id for one in bench.suggestions]
    visitor.post("/api/decisions", json={"suggestions": chosen, "verdict": "accepted"}).raise_for_status()
    path = visitor.post("/incidents", data={"name": "Tea over Saltmere", "report": [bench.report.id]}).url.path
    visitor.post(path, data={"tlp": "amber"}).raise_for_status()
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_no_violation(
    browser: "Browser", bench: Bench, visitor: httpx.Client, incident: str, scheme: Any, width: int
) -> None:
    page = opened(browser, bench, viewport={"width": width, "height": 900}, color_scheme=scheme)
    applied = put(visitor, "ours.json", ours())
    visitor.post(f"{applied}/apply").raise_for_status()
    dropped = put(visitor, "dropped.json", bundle(name="To drop"))
    visitor.post(f"{dropped}/drop").raise_for_status()
    paths = {
        "plan": put(visitor, "vendor.json", bundle()),
        "nothing": put(visitor, "vendor.json", bundle()) + "?q=zzzz",
        "broken": put(visitor, "broken.json", b'{"type": "bundle", "objects": ['),
        "applied": applied,
        "dropped": dropped,
        "sheet": put(visitor, "cases.csv", SHEET.encode()),
        "imports": "/imports",
        "start": "/",
        "incident": incident,
        "briefing": f"{incident}/briefing",
    }
    found: dict[str, list[str]] = {}
    for name, path in paths.items():
        page.goto(bench.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[name] = faults(page)
    assert found == {name: [] for name in paths}
    assert complaints(page) == []


def test_a_file_is_chosen_looked_at_and_applied_by_keys(browser: "Browser", bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "partner.json"
    path.write_bytes(ours())
    page = opened(browser, bench, viewport={"width": 1440, "height": 900})
    page.goto(f"{bench.url}/imports")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Look at it").press("Enter")
    page.wait_for_url("**/imports/Q-*")
    page.locator("summary", has_text="Apply…").press("Enter")
    page.get_by_role("button", name="Apply all of it").press("Enter")
    page.wait_for_selector("caption >> text=What was done")
    page.locator(".things a[href^='/incidents/']").first.press("Enter")
    page.wait_for_url("**/incidents/I-*")
    assert complaints(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_files_leave_by_the_menu_with_or_without_scripts(
    browser: "Browser", bench: Bench, incident: str, tmp_path: Path, scripts: bool
) -> None:
    page = opened(browser, bench, java_script_enabled=scripts, accept_downloads=True)
    page.goto(bench.url + incident)
    assert not page.locator(".save-menu").is_visible()
    page.locator("summary", has_text="Save as").press("Enter")
    assert "Marked TLP:AMBER" in page.inner_text(".marking")
    begins = {
        "Case report (PDF)": b"%PDF",
        "STIX 2.1 for OpenCTI": b"{",
        "Excel workbook": b"PK",
        "as CSV": b"\xef\xbb",
    }
    for label, first in begins.items():
        role: Any = "button" if label == "as CSV" else "link"
        with page.expect_download() as download:
            page.get_by_role(role, name=label, exact=True).click()
        kept = tmp_path / "kept"
        shutil.copy(download.value.path(), kept)
        assert kept.read_bytes().startswith(first), label
    if scripts:
        page.keyboard.press("Escape")
        assert not page.locator(".save-menu").is_visible()
    page.goto(f"{bench.url}{incident}/briefing")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
