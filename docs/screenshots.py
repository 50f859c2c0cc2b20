"""Take the pictures of the workbench in docs/img: `python docs/screenshots.py [PAGE...]`.

A workbench of its own on invented reports (the demo's and docs/samples), reviewed a little by the invented analyst
Ada, is photographed in Chromium. Pictures are cut to 256 colours, so that they stay small.
Needs the packages of `make test` and pillow.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
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


def stix(kind: str, number: int, **more: Any) -> dict[str, Any]:
    """A STIX object of an invented partner's."""
    made = {"type": kind, "spec_version": "2.1", "id": f"{kind}--{number:08d}-0000-4000-8000-000000000000"}
    return made | {"created": "2031-05-01T00:00:00.000Z", "modified": "2031-05-01T00:00:00.000Z"} | more


def bundle(*objects: dict[str, Any]) -> bytes:
    whole = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000001", "objects": objects}
    return json.dumps(whole).encode()


def technique(number: int, external_id: str, name: str) -> dict[str, Any]:
    known = [{"source_name": "DISARM", "external_id": external_id}]
    return stix("attack-pattern", number, name=name, external_references=known)


def uses(number: int, source: dict[str, Any], target: dict[str, Any], words: str) -> dict[str, Any]:
    ends = {"source_ref": source["id"], "target_ref": target["id"]}
    return stix("relationship", number, relationship_type="uses", description=words, **ends)


WATCH = stix("identity", 1, name="Harbour Watch", identity_class="organization")
ACCOUNTS = technique(2, "T0146", "Account Asset")
HERON = stix("incident", 3, name="Copper Heron in the north", description="A ferry was said to have sunk.")
HARBOUR = stix("incident", 4, name="The quiet harbour", description="Harbour fees that nobody raised.")
GROUP = stix("intrusion-set", 5, name="Copper Heron", aliases=["CH-2"])
DOMAIN = {
    "type": "domain-name",
    "spec_version": "2.1",
    "id": "domain-name--00000006-0000-4000-8000-000000000000",
    "value": "ferry-news.example",
}
ODD = technique(7, "T9999", "Weather Control")
PARTNER = bundle(WATCH, ACCOUNTS, HERON, uses(8, HERON, ACCOUNTS, "Twenty accounts spoke of a wreck."))
VENDOR = bundle(
    WATCH,
    ACCOUNTS,
    HERON,
    uses(8, HERON, ACCOUNTS, "Twenty accounts spoke of a wreck."),
    HARBOUR,
    GROUP,
    DOMAIN,
    ODD,
    uses(9, HARBOUR, ACCOUNTS, "Nine accounts posed as harbour pilots."),
    uses(10, HARBOUR, ODD, "They announced fog."),
    stix("relationship", 11, relationship_type="attributed-to", source_ref=HARBOUR["id"], target_ref=GROUP["id"]),
    stix("x-harbour-tide", 12, height="2.1 m"),
)
SHEET = (
    b"Case,TTP code,Evidence,Link,Seen on,Priority\n"
    b"Glass Choir,T0146,forty accounts that posed as nurses,https://courier.example/choir,2031-03-02,high\n"
    b"Glass Choir,T0143.002; T0087.001,a doctored video of the mayor,https://courier.example/choir,2031-03-02,high\n"
    b"Northern Echo,T0084.001,the same text within seconds,https://courier.example/echo,2031-04-11,low\n"
)


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
        if not wanted or any(name.startswith("original") for name in wanted):
            for name, path, look in originals(desk):
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
    yield "incident-save", desk.incident, {"do": open_menu}
    yield "incident-save-dark", desk.incident, {"do": open_menu, "scheme": "dark"}
    yield "incident-save-narrow", desk.incident, {"size": NARROW, "do": open_menu}
    yield "incident-views", desk.incident, {"size": (1280, 1000), "do": open_views}
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
    yield from imports(desk)  # last: no other picture shows what is applied there


def imports(desk: Desk) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Imports: a partner's bundle in quarantine, a team's sheet; a coding of the demo's report that came before."""
    with signed_in(desk.address) as client:
        done = client.post("/imports", files=[("files", ("partner-bundle.json", PARTNER))]).url.path
        client.post(f"{done}/apply").raise_for_status()
        plan = client.post("/imports", files=[("files", ("harbour-watch.json", VENDOR))]).url.path
        sheet = client.post("/imports", files=[("files", ("cases-2031.csv", SHEET))]).url.path
    yield "imports", "/imports", {}
    yield "imports-dark", "/imports", {"scheme": "dark"}
    yield "imports-narrow", "/imports", {"size": NARROW}
    yield "import-plan", plan, {"size": (1440, 900)}
    yield "import-plan-dark", plan, {"size": (1440, 900), "scheme": "dark"}
    yield "import-plan-narrow", plan, {"size": NARROW}
    yield "import-sheet", sheet, {"size": (1440, 900)}
    yield "import-sheet-dark", sheet, {"size": (1440, 900), "scheme": "dark"}
    yield "import-sheet-narrow", sheet, {"size": NARROW}


def originals(desk: Desk) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The same of the demo's report as PDF and as web page: handed in last, so that no other picture shows them."""
    paragraphs = demo_paragraphs()
    paper = f"/reports/{hand_in(desk.address, 'paper-lantern.pdf', as_pdf(paragraphs))}"
    web = f"/reports/{hand_in(desk.address, 'paper-lantern.html', as_html(paragraphs))}"
    beside = {"size": (1440, 900), "do": open_original, "wait": "#original-toggle:not([hidden])"}
    yield "original", f"{paper}/review", beside
    yield "original-web-dark", f"{web}/review", {**beside, "scheme": "dark"}
    yield "original-narrow", f"{web}/review", {**beside, "size": NARROW}
    yield "original-alone", f"{paper}/original", {"size": (1280, 1000)}


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


def demo_paragraphs() -> list[str]:
    """The demo's report, in letters that a PDF's own fonts have."""
    text = (files("counterfoil.cli") / "demo_report.md").read_text(encoding="utf-8")
    plain = text.translate(str.maketrans("“”‘’–—", "\"\"''--")).encode("latin-1", "ignore").decode("latin-1")
    return [" ".join(part.strip("#* \n").split()) for part in plain.split("\n\n") if part.strip()]


def as_pdf(paragraphs: list[str]) -> bytes:
    from fpdf import FPDF

    made = FPDF()
    made.set_margins(28, 24)
    made.add_page()
    for number, words in enumerate(paragraphs):
        made.set_font("Times", "" if number else "B", 12.5 if number else 20)
        made.multi_cell(0, 7 if number else 9, words, new_x="LMARGIN", new_y="NEXT", align="L")
        made.ln(4)
    return bytes(made.output())


def as_html(paragraphs: list[str]) -> bytes:
    head, *rest = (escape(words) for words in paragraphs)
    picture = '<p><img src="https://varholm-courier.example/harbour.jpg" alt="the harbour of Varholm at dusk"></p>'
    body = "".join(f"<p>{words}</p>" for words in rest)
    last = "<p>This page was saved by the observatory on the day it was published, before it was changed.</p>"
    return f"<html><title>{head}</title><article><h1>{head}</h1>{picture}{body}{last}</article></html>".encode()


def hand_in(address: str, name: str, content: bytes) -> str:
    """Hand a file in and wait until it is coded; its report's id."""
    base = address.partition("/?")[0]
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        client.get(address).raise_for_status()
        client.headers.update({"Origin": base, "Sec-Fetch-Site": "same-origin"})
        intake = client.post("/api/reports", files=[("files", (name, content))]).json()["intake"]
        while not (state := client.get(f"/api/intake/{intake}").json())["finished"]:
            time.sleep(0.2)
        return str(state["items"][0]["report"])


@contextmanager
def signed_in(address: str) -> Iterator[httpx.Client]:
    """A visitor that came by the printed address."""
    base = address.partition("/?")[0]
    with httpx.Client(base_url=base, follow_redirects=True, timeout=60) as client:
        client.get(address).raise_for_status()
        client.headers.update({"Origin": base, "Sec-Fetch-Site": "same-origin"})
        yield client


def open_menu(page: "Page") -> None:
    page.locator(".save-as > summary").click()


def open_views(page: "Page") -> None:
    for view in page.locator(".view > summary").all():
        view.click()
    page.locator("#views").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('views').scrollIntoView()")


def open_original(page: "Page") -> None:
    page.keyboard.press("v")
    for _ in range(5):
        page.keyboard.press("j")
    page.wait_for_selector("#facsimile > *")
    page.wait_for_timeout(600)


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
    page.keyboard.type("doctored video")
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
