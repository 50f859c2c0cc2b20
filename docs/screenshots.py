"""Take the pictures of the workbench in docs/img: `python docs/screenshots.py [PAGE...]`.

A workbench of its own on invented reports (the demo's and docs/samples), reviewed a little by the invented analyst
Ada, is photographed in Chromium. Pictures are cut to 256 colours, so that they stay small.
Needs the packages of `make test` and pillow.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
SAMPLES = sorted((HERE / "samples").glob("*.md"))
LIKELY = 0.5  #: Ada accepts what is at least as likely, in the reports that she has done
WIDE, NARROW = (1280, 800), (360, 740)


@dataclass(frozen=True)
class Desk:
    """What is photographed: a workbench, and the ids of what was made in it."""

    address: str
    demo: str
    first: str
    incident: str

    @property
    def base(self) -> str:
        return self.address.partition("/?")[0]


def main() -> None:
    from playwright.sync_api import sync_playwright

    wanted = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch, serving(Path(scratch)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        empty = Desk(address, "", "", "")
        for name, page in {"start-empty": "/"}.items():
            if not wanted or name in wanted:
                shoot(browser, empty, name, page)
        desk = furnish(browser, address)
        for name, path, look in pictures(desk):
            if not wanted or name in wanted:
                shoot(browser, desk, name, path, **look)
        browser.close()


def pictures(desk: Desk) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, address, and how to look at it."""
    review = f"/reports/{desk.demo}/review"
    yield "start", "/", {}
    yield "review", f"{review}#{desk.first}", {"size": (1440, 900), "wait": ".detail"}
    yield "review-dark", f"{review}#{desk.first}", {"size": (1440, 900), "wait": ".detail", "scheme": "dark"}
    yield "review-narrow", f"{review}#{desk.first}", {"size": NARROW, "wait": ".detail"}
    yield "review-palette", review, {"size": (1440, 900), "do": open_palette}
    yield "review-found", f"{review}?tab=found", {"do": lambda page: page.keyboard.press("j")}
    yield "incident", desk.incident, {"size": (1280, 1100)}
    yield "incident-dark", desk.incident, {"size": (1280, 1100), "scheme": "dark"}
    yield "incident-narrow", desk.incident, {"size": NARROW}
    yield "incidents", "/incidents", {}
    yield "incident-new", "/incidents/new", {}
    yield "briefing", f"{desk.incident}/briefing", {"size": (900, 1200)}
    yield "matrix", "/matrix?cited=1", {"size": (1440, 900)}
    yield "matrix-dark", "/matrix?cited=1", {"size": (1440, 900), "scheme": "dark"}
    yield "matrix-compared", "/matrix?cited=1&actor=Paper+Lantern&compare=1&b_actor=Copper+Heron", {"size": (1440, 900)}
    yield "matrix-narrow", "/matrix?cited=1", {"size": NARROW}
    yield "techniques", "/techniques", {}
    yield "technique", "/techniques/T0146", {"size": (1280, 1000)}
    yield "report", f"/reports/{desk.demo}", {}
    yield "actors", "/actors", {}
    yield "actor", "/actors/Paper%20Lantern", {"size": (1280, 1000)}
    yield "actor-dark", "/actors/Paper%20Lantern", {"size": (1280, 1000), "scheme": "dark"}
    yield "observables", "/observables", {}
    yield "observable", "/observables/varholm-facts.example", {}
    yield "reports", "/reports", {}
    yield "search", "/search?q=fake+accounts", {"size": (1280, 1000)}
    yield "search-typing", "/", {"do": type_search}
    yield "error", "/reports/R-000000000000/review", {"size": (1280, 500)}


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A workbench on an empty workspace; its address with the key."""
    environment = os.environ | {"COUNTERFOIL_ANALYST": "Ada", "XDG_CONFIG_HOME": str(folder / "config")}
    command = [sys.executable, "-m", "counterfoil", "serve", "--no-open", "--offline", "--port", "0", "-w", "casework"]
    with subprocess.Popen(  # noqa: S603  # our own command
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder
    ) as process:
        try:
            assert process.stdout
            found = re.search(r"http://\S+token=\S+", process.stdout.readline())
            assert found
            yield found[0]
        finally:
            process.terminate()


def furnish(browser: "Browser", address: str) -> Desk:
    """Hand in the samples, and review them as Ada does: the first one half, the others well."""
    base = address.partition("/?")[0]
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        client.get(address).raise_for_status()
        client.headers.update({"Origin": base, "Sec-Fetch-Site": "same-origin"})
        demo = ("paper-lantern.md", (files("counterfoil.cli") / "demo_report.md").read_bytes())
        handed = [*((path.name, path.read_bytes()) for path in SAMPLES), demo]  # the demo's last: it is the newest
        page = client.post("/intake", files=[("files", (name, content)) for name, content in handed]).url.path
        wait_for_intake(browser, address, page)
        reports = {one["source"]: one["id"] for one in client.get("/api/reports").json()["reports"]}
        first, incidents = "", []
        for source, report in reports.items():
            found = client.get(f"/api/reports/{report}/suggestions").json()
            likely = [one["id"] for one in found if one["score"] >= LIKELY]
            if source == demo[0]:
                first = judge_demo(client, found)
                continue
            client.post("/api/decisions", json={"suggestions": likely, "verdict": "accepted"}).raise_for_status()
            incidents.append(client.post("/incidents", data={"report": [report]}).url.path)
        both = [reports[demo[0]], reports["paper-lantern-returns.md"]]
        incident = client.post("/incidents", data={"report": both, "name": "Paper Lantern on Varholm"}).url.path
    return Desk(address, reports[demo[0]], first, incident)


def judge_demo(client: httpx.Client, found: list[dict[str, Any]]) -> str:
    """Decide the beginning of the demo's report; the suggestion that Ada looks at now."""
    shown = sorted((one for one in found if one["score"] >= 0.2), key=lambda one: one["spans"][0]["start"])
    for at, one in enumerate(shown[:6]):
        verdict = "rejected" if at == 2 else "accepted"
        client.post("/api/decisions", json={"suggestions": [one["id"]], "verdict": verdict}).raise_for_status()
    return str(shown[6]["id"])


def wait_for_intake(browser: "Browser", address: str, path: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.goto(address.partition("/?")[0] + path)
    page.wait_for_selector("#intake-head >> text=Done", timeout=120_000)
    save(page, "intake")
    page.close()


def open_palette(page: "Page") -> None:
    page.evaluate(
        """() => {
            const node = [...document.querySelectorAll(".text p.b")]
                .map((one) => one.firstChild).find((one) => one.data.includes("doctored video"));
            const start = node.data.indexOf("A doctored video");
            const range = document.createRange();
            range.setStart(node, start);
            range.setEnd(node, node.data.indexOf(".", start) + 1);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("c")
    page.keyboard.type("deepfake video")
    page.wait_for_selector("#palette-about >> text=Use it when")


def type_search(page: "Page") -> None:
    page.keyboard.press("/")
    page.keyboard.type("fake acc")
    page.wait_for_selector("#find-list [role=option]")


def shoot(browser: "Browser", desk: Desk, name: str, path: str, **look: Any) -> None:
    """One picture: `size`, `scheme`, a selector to `wait` for, something to `do` before."""
    width, height = look.get("size", WIDE)
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=look.get("scheme", "light"), reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(desk.address)
    page.goto(desk.base + path)
    if "wait" in look:
        page.wait_for_selector(look["wait"])
    if "do" in look:
        look["do"](page)
    page.wait_for_timeout(400)
    save(page, name)
    context.close()


def save(page: "Page", name: str) -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    (HERE / "img").mkdir(exist_ok=True)
    path = HERE / "img" / f"{name}.png"
    small.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
