"""What was extracted, judged in a real browser by keys only; and its pages by axe-core."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import complaints, faults, launched, opened, until
from tests.web.conftest import Bench
from tests.web.test_browser import _current as current_card
from tests.web.test_browser import _lit, _saved, _select
from tests.web.test_items import _second

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


@pytest.fixture
def page(browser: "Browser", bench: Bench) -> "Iterator[Page]":
    _second(bench)
    page = opened(browser, bench, viewport={"width": 1440, "height": 900})
    page.goto(f"{bench.url}{bench.review}?tab=found")
    yield page
    page.context.close()


def _states(bench: Bench) -> dict[str, str]:
    with bench.visitor() as visitor:
        rows = visitor.get(f"/api/reports/{bench.report.id}/items").json()
    return {row["kind"]: row["state"] for row in rows}


def _current(page: "Page") -> str:
    found = page.evaluate("document.querySelector('.item.current')?.dataset.kind ?? ''")
    return str(found)


def test_items_by_keys_only(page: "Page", bench: Bench) -> None:
    assert current_card(page) == ""
    for key in "jjjkkk":
        page.keyboard.press(key)
    assert _current(page) == "actors"
    assert _lit(page, "focus") == ["Amber Tide"]  # right behind characters of two UTF-16 units
    assert set(_states(bench).values()) == {"open"}  # moving never decides
    page.keyboard.press("a")
    assert _current(page) == "dates"
    page.keyboard.press("r")
    _saved(page)
    assert _states(bench) == {"actors": "accepted", "dates": "rejected", "observables": "open"}
    assert _lit(page, "accepted") == ["Amber Tide"]
    assert "The accounts posted" not in "".join(_lit(page, "found"))
    page.keyboard.press("u")
    page.wait_for_selector(".item.open[data-kind=dates]")
    page.reload()
    page.keyboard.press("u")  # what can be undone outlives a reload
    page.wait_for_selector(".item.open[data-kind=actors]")
    assert set(_states(bench).values()) == {"open"}
    assert complaints(page) == []


def test_an_item_is_put_right_and_gets_a_passage_by_selection(page: "Page", bench: Bench) -> None:
    page.keyboard.press("j")
    _select(page, "Amber Tide may buy")
    page.keyboard.press("e")
    page.wait_for_selector(".item.current .amend[open]")
    page.keyboard.press("End")
    page.keyboard.type(" Network, jkaru")
    page.keyboard.press("Enter")
    page.wait_for_selector(".item.current.accepted >> text=Amber Tide Network, jkaru")
    assert sorted(_lit(page, "focus")) == ["Amber Tide", "Amber Tide may buy"]
    page.keyboard.press("u")
    page.wait_for_selector(".item.current.open >> text=Amber Tide")
    assert complaints(page) == []


def test_a_selection_is_added_and_taken_back(page: "Page", bench: Bench) -> None:
    words = "anybody codes 🫖"
    _select(page, words)
    page.keyboard.press("c")
    page.wait_for_selector("#add-item[open]")
    page.select_option("#add-kind", "narratives")
    until(page, "document.querySelector('#add-fields [name=f_text]')?.value === 'anybody codes 🫖'")
    page.click("#add-form button[value=yes]")
    page.wait_for_selector(".item.current.accepted[data-kind=narratives]")
    assert _lit(page, "focus") == [words]
    assert _states(bench)["narratives"] == "accepted"
    page.keyboard.press("u")
    page.wait_for_selector(".item[data-kind=narratives]", state="detached")
    assert "narratives" not in _states(bench)
    assert complaints(page) == []


def test_a_failed_write_is_told_and_put_back(page: "Page", bench: Bench) -> None:
    page.route("**/api/item-decisions", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(".alert >> text=was not accepted")
    assert page.locator(".item.open").count() == 3
    page.unroute("**/api/item-decisions")
    page.keyboard.press("a")
    _saved(page)
    assert _states(bench)["actors"] == "accepted"


def test_the_list_is_filtered_by_kind_and_words(page: "Page") -> None:
    page.select_option("#filters [name=kind]", "observables")
    assert page.locator(".item:visible").count() == 1
    assert "kind=observables" in page.url
    page.keyboard.press("Escape")
    page.select_option("#filters [name=kind]", "")
    page.locator("#filters [name=kind]").blur()
    page.keyboard.press("/")
    page.keyboard.type("nothing has this")
    assert page.locator("#none").is_visible()


def test_names_are_joined_from_the_review(page: "Page") -> None:
    page.click("text=Join as Amber Tide")
    page.wait_for_load_state()
    assert page.locator(".proposals").count() == 0
    page.goto(page.url.split("/reports")[0] + "/actors/Bernstein")
    assert page.locator("h1").inner_text() == "Amber Tide"
    page.click("text=Part")
    page.wait_for_load_state()
    assert page.locator("text=Perhaps the same").count() == 0
    assert complaints(page) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 360), ("dark", 360)])
def test_axe_finds_no_violation(browser: "Browser", bench: Bench, scheme: Any, width: int) -> None:
    _second(bench)
    with bench.visitor() as visitor:
        names = {"name": "Amber Tide", "alias": "Tide Amber", "said": "joined"}
        visitor.post("/api/names/decisions", json=names).raise_for_status()
    page = opened(browser, bench, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: dict[str, Any] = {}

    def check(name: str) -> None:
        page.wait_for_timeout(200)
        found[name] = faults(page)

    paths = ["/actors", "/actors?kind=", "/actors/Amber%20Tide", "/observables", "/observables/teapot.example"]
    for path in [
        *paths,
        f"/reports/{bench.report.id}",
        f"{bench.review}?tab=found&add=actors",
        f"{bench.review}?tab=found",
    ]:
        page.goto(bench.url + path)
        check(path)
    for key in "jarj":
        page.keyboard.press(key)
    page.keyboard.press("e")
    page.wait_for_selector(".item.current .amend[open]")
    check("judged and opened")
    _select(page, "nurses")
    page.locator(".text-pane").focus()
    page.keyboard.press("c")
    page.wait_for_selector("#add-item[open]")
    check("add")
    page.context.close()
    assert {name: listed for name, listed in found.items() if listed} == {}
