"""The search in a real browser: `/` anywhere, as one types, by keys only, and by axe-core."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browser import complaints, faults, launched, opened, until
from tests.web.conftest import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    yield from launched()


@pytest.fixture
def page(browser: "Browser", bench: Bench) -> "Iterator[Page]":
    page = opened(browser, bench, viewport={"width": 1440, "height": 900})
    yield page
    assert complaints(page) == []
    page.context.close()


def _shown(page: "Page") -> None:
    until(page, "document.querySelectorAll('#find-list:not([hidden]) [role=option]').length > 1")


def test_slash_types_and_leads_to_the_passage(page: "Page", bench: Bench) -> None:
    page.keyboard.press("/")
    page.keyboard.type("nur")
    _shown(page)
    assert page.input_value("#find") == "nur"
    assert set(page.locator("#find-list mark").all_inner_texts()) == {"nurses"}
    quote = page.locator("#find-list [role=group][aria-label=Quotes] [role=option]").first
    wanted = quote.get_attribute("id")
    for _ in range(12):
        page.keyboard.press("ArrowDown")
        if page.get_attribute("#find", "aria-activedescendant") == wanted:
            break
    assert page.locator("#find-list [aria-selected=true]").get_attribute("id") == wanted
    page.keyboard.press("Enter")
    page.wait_for_url("**/review?*")
    until(page, f"document.querySelector('.card.current')?.id === '{bench.suggestions[1].id}'")


def test_enter_without_a_choice_asks_for_everything(page: "Page") -> None:
    page.keyboard.press("/")
    page.keyboard.type("nurses")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=nurses")
    assert page.locator("#results mark").count() >= 2


def test_escape_closes_and_leaves(page: "Page") -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("nurses")
    _shown(page)
    page.keyboard.press("Escape")
    assert page.locator("#find-list").is_hidden()
    assert page.get_attribute("#find", "aria-expanded") == "false"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")


def test_a_slash_in_a_field_is_a_slash(page: "Page") -> None:
    page.focus("textarea[name=text]")
    page.keyboard.type("https://a.example/")
    assert page.input_value("textarea[name=text]") == "https://a.example/"
    assert page.input_value("#find") == ""


def test_the_page_answers_while_one_types(page: "Page", bench: Bench) -> None:
    page.goto(f"{bench.url}/search")
    page.keyboard.type("nurs")  # the box has the focus
    until(page, "[...document.querySelectorAll('#results mark')].some((one) => one.textContent === 'nurses')")
    assert page.url == f"{bench.url}/search?q=nurs"
    page.select_option("select[name=kind]", "quote")
    until(page, "document.querySelectorAll('#results section').length === 1")
    page.reload()
    assert page.input_value("#search-q") == "nurs"
    assert page.input_value("select[name=kind]") == "quote"


def test_the_review_keeps_its_own_search(page: "Page", bench: Bench) -> None:
    page.goto(bench.url + bench.review)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('#filters') !== null")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "find"


def test_without_a_script_it_is_a_plain_form(browser: "Browser", bench: Bench) -> None:
    page = opened(browser, bench, java_script_enabled=False)
    page.fill("#find", "nurses")
    page.press("#find", "Enter")
    page.wait_for_url("**/search?q=nurses")
    assert page.locator("#results mark").count() >= 2
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_no_violation(browser: "Browser", bench: Bench, scheme: Any, width: int) -> None:
    with bench.visitor() as visitor:
        visitor.post("/api/decisions", json={"suggestions": [bench.suggestions[1].id], "verdict": "accepted"})
        visitor.post("/api/decisions", json={"suggestions": [bench.suggestions[2].id], "verdict": "rejected"})
    page = opened(browser, bench, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: dict[str, list[str]] = {}

    def check(name: str) -> None:
        found[name] = faults(page)

    for name, path in {
        "empty": "/search",
        "some": "/search?q=accounts",
        "a page of one kind": "/search?q=network&kind=technique",
        "nothing, and a note": "/search?q=zeppelin+kind:x",
    }.items():
        page.goto(bench.url + path)
        check(name)
    page.goto(bench.url)
    page.keyboard.press("/")
    page.keyboard.type("accounts")
    _shown(page)
    page.keyboard.press("ArrowDown")
    check("the list under the box")
    assert found == {name: [] for name in found}
    page.context.close()
