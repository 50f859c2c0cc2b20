"""How soon a page of the workbench obeys in Chromium."""

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIMES = 10

#: Presses j as soon as keys are listened to, and notes when the first suggestion was current and painted.
WATCH = """
addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const help = document.getElementById("help-open");
    if (!help) return;
    if (help.hidden) return requestAnimationFrame(look);
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => {
      if (document.querySelector(".card.current")) window.obeyedAt = performance.now();
    }));
  };
  look();
});
"""
PAINTED = "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"


def interactive(address: str, path: str, plain: str) -> dict[str, list[float]]:
    """Milliseconds since the navigation began: until a key is obeyed, and until the same HTML is there without scripts.

    Moving and accepting are measured too, from the key to the next painted frame.
    """
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {
        "a key is obeyed": [],
        "the same HTML without scripts and styles, loaded and painted": [],
        "from j to the next frame": [],
        "from a to the next frame": [],
    }
    obeyed, loaded, moved, accepted = found.values()
    with sync_playwright() as driver:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        for _ in range(TIMES):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.goto(address)
            page.add_init_script(WATCH)
            page.goto(address.partition("/?")[0] + path)
            while page.evaluate("window.obeyedAt === undefined"):
                page.wait_for_timeout(50)
            obeyed.append(page.evaluate("window.obeyedAt"))
            page.wait_for_timeout(500)
            moved += [_pressed(page, "j") for _ in range(5)]
            accepted += [_pressed(page, "a") for _ in range(2)]
            page.goto(plain)
            loaded.append(page.evaluate(PAINTED))
            context.close()
        browser.close()
    return found


def _pressed(page: "Page", key: str) -> float:
    page.wait_for_timeout(150)
    spent: float = page.evaluate(
        """(key) => new Promise((done) => {
            const start = performance.now();
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
        })""",
        key,
    )
    return spent
