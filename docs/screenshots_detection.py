"""Take the pictures of detection in docs/img: `python docs/screenshots_detection.py`.

The tutorial (docs/tutorial_detection.md) as the invented analyst Ada does it, in a workbench of its own.
"""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from screenshots import NARROW, Desk, save, serving, shoot

from counterfoil.cli.demo_posts import demo_posts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TALL = (1280, 1320)
ACCEPTED = ("T0049", "T0084.001", "T0118")  #: of the pretended neighbours; of the newspaper Ada rejects all


def main() -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        posts = Path(scratch) / "posts.json"
        posts.write_text(demo_posts(), encoding="utf-8")
        desk = Desk(address, "", "", "")
        shoot(browser, desk, "detection-form", "/detect")
        search(browser, desk, posts)
        with httpx.Client(base_url=desk.base, follow_redirects=True, timeout=60) as client:
            client.get(address).raise_for_status()
            client.headers.update({"Origin": desk.base, "Sec-Fetch-Site": "same-origin"})
            photograph(browser, desk, client)
        browser.close()


def search(browser: "Browser", desk: Desk, posts: Path) -> None:
    """Hand the posts in, and wait until the search is done."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(desk.address)
    page.goto(f"{desk.base}/detect")
    page.set_input_files("input[name=files]", str(posts))
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("heading", name="Done", exact=True).wait_for(timeout=120_000)
    save(page, "detection-done")
    page.close()


def photograph(browser: "Browser", desk: Desk, client: httpx.Client) -> None:
    """The findings, the review, and the incident."""
    reports = {one["title"][:1]: one["id"] for one in client.get("/api/reports").json()["reports"]}
    finding = f"/findings/{reports['9']}"
    listed = {code: _suggestions(client, report) for code, report in reports.items()}
    shoot(browser, desk, "detection-findings", "/findings", size=(1280, 520))
    shoot(browser, desk, "detection-finding", finding, size=TALL)
    shoot(browser, desk, "detection-finding-dark", finding, size=TALL, scheme="dark")
    shoot(browser, desk, "detection-finding-narrow", finding, size=NARROW)
    shoot(browser, desk, "detection-account", f"{finding}/accounts/2", size=(1280, 900))
    copied = listed["9"]["T0084.001"]
    review = f"/reports/{reports['9']}/review#{copied}"
    shoot(browser, desk, "detection-review", review, size=(1440, 900), wait=".detail")
    _judge(client, [listed["9"][code] for code in ACCEPTED], "accepted")
    _judge(client, list(listed["4"].values()), "rejected")
    incident = client.post("/incidents", data={"report": [reports["9"]], "name": "The harbour of Varholm"}).url.path
    shoot(browser, desk, "detection-incident", incident, size=(1280, 1100))


def _suggestions(client: httpx.Client, report: str) -> dict[str, str]:
    found: list[dict[str, Any]] = client.get(f"/api/reports/{report}/suggestions").json()
    return {one["technique"]: one["id"] for one in found}


def _judge(client: httpx.Client, suggestions: list[str], verdict: str) -> None:
    client.post("/api/decisions", json={"suggestions": suggestions, "verdict": verdict}).raise_for_status()


if __name__ == "__main__":
    main()
