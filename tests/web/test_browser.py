"""A review in a real browser, by keys only; and every page by axe-core, light and dark, wide and narrow."""

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
    page.goto(bench.url + bench.review)
    yield page
    page.context.close()


def _decided(bench: Bench) -> dict[str, str]:
    with bench.visitor() as visitor:
        listed = visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()
    return {one["id"]: one["decision"]["verdict"] for one in listed if one["decision"]}


def _saved(page: "Page") -> None:
    until(page, "document.getElementById('saved').textContent === 'All saved'")


def _current(page: "Page") -> str:
    found = page.evaluate("document.querySelector('.card.current')?.id ?? ''")
    return str(found)


def _lit(page: "Page", group: str) -> list[str]:
    """The words that a highlight covers, read back from the browser."""
    script = """(name) => [...(CSS.highlights.get(name) ?? [])].map((range) => {
        const copy = document.createRange();
        copy.setStart(range.startContainer, range.startOffset);
        copy.setEnd(range.endContainer, range.endOffset);
        return copy.toString(); })"""
    found: list[str] = page.evaluate(script, group)
    return found


def _select(page: "Page", words: str) -> None:
    """Select words as a mouse would: by UTF-16 offsets in their paragraph's node."""
    done = page.evaluate(
        """(words) => { for (const one of document.querySelectorAll('.text .b')) {
            const at = one.firstChild.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(one.firstChild, at);
            range.setEnd(one.firstChild, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return true; } return false; }""",
        words,
    )
    assert done


def test_a_review_by_keys_only(page: "Page", bench: Bench) -> None:
    first, second, third, fourth, _ = bench.suggestions
    page.keyboard.press("j")
    assert _current(page) == first.id
    assert _lit(page, "focus") == [first.spans[0].quote]  # right behind characters of two UTF-16 units
    for key in "jjjjjjkkkkkkk":
        page.keyboard.press(key)
    assert _decided(bench) == {}  # moving never decides
    page.wait_for_selector(".card.current .detail >> text=Use it when")
    page.keyboard.press("a")
    assert _current(page) == second.id
    page.keyboard.press("r")
    page.keyboard.press("a")
    _saved(page)
    assert _decided(bench) == {first.id: "accepted", second.id: "rejected", third.id: "accepted"}
    assert sorted(_lit(page, "accepted")) == sorted([first.spans[0].quote, third.spans[0].quote])
    page.keyboard.press("u")
    page.wait_for_selector(f"#{third.id}.open")
    page.keyboard.press("u")
    page.wait_for_selector(f"#{second.id}.open")
    assert _decided(bench) == {first.id: "accepted"}
    page.reload()
    assert page.locator(f"#{first.id}.accepted").count() == 1
    page.keyboard.press("u")  # what can be undone outlives a reload
    page.wait_for_selector(f"#{first.id}.open")
    assert _decided(bench) == {}
    assert fourth.id not in _decided(bench)
    assert complaints(page) == []


def test_an_own_code_by_selection_and_the_palette(page: "Page", bench: Bench) -> None:
    words = "🫖, and so it waits for an analyst"
    _select(page, words)
    page.keyboard.press("c")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("local persona")
    page.wait_for_selector("#palette-about >> text=Use it when")
    page.keyboard.press("Enter")
    card = page.wait_for_selector(".card.current.accepted")
    assert card
    assert "own code" in card.inner_text()
    assert _lit(page, "focus") == [words]
    with bench.visitor() as visitor:
        (own,) = [
            one
            for one in visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()
            if one["coder"] == "analyst ada"
        ]
    assert (own["technique"], own["spans"][0]["quote"]) == ("T0097.101", words)
    page.keyboard.press("u")
    page.wait_for_selector(f"#{own['id']}", state="detached")
    assert complaints(page) == []


def test_what_is_typed_right_after_c_is_meant_for_the_palette(page: "Page", bench: Bench) -> None:
    page.keyboard.press("j")
    held: list[Any] = []
    page.route("**/api/techniques", lambda route: held.append(route))  # the techniques are slow to come
    _select(page, "nothing that anybody codes")
    page.keyboard.press("c")
    page.keyboard.type("local persona raa")
    assert page.input_value("#palette-search") == "local persona raa"
    held[0].continue_()
    page.wait_for_selector("#palette-about >> text=No technique has all these words")
    page.keyboard.press("Escape")
    assert _decided(bench) == {}
    assert complaints(page) == []


def test_modality_and_passage_are_put_right(page: "Page", bench: Bench) -> None:
    fourth = bench.suggestions[3]
    page.click(f"#{fourth.id} .open")
    page.keyboard.press("m")
    page.wait_for_selector("#choose-modality[open]")
    page.click("#choose-modality button[value='assessed']")
    page.wait_for_selector(f"#{fourth.id}.rejected")
    assert page.get_attribute(".card.current", "data-modality") == "assessed"
    _select(page, "buy advertisements")
    page.keyboard.press("e")
    page.wait_for_selector("#ask[open]")
    page.click("#ask-yes")
    until(page, "document.querySelector('.card.current .words')?.textContent === '“buy advertisements”'")
    page.keyboard.press("u")
    page.keyboard.press("u")
    page.wait_for_selector(f"#{fourth.id}.open")
    assert _decided(bench) == {}
    assert complaints(page) == []


def test_a_failed_write_is_told_and_put_back(page: "Page", bench: Bench) -> None:
    first = bench.suggestions[0]
    page.route("**/api/decisions", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(".alert >> text=was not accepted")
    assert page.locator(f"#{first.id}.open").count() == 1
    page.unroute("**/api/decisions")
    page.keyboard.press("a")
    page.wait_for_selector(f"#{first.id}.accepted")
    _saved(page)
    assert _decided(bench) == {first.id: "accepted"}


def test_keys_rest_in_fields_and_can_be_changed(page: "Page", bench: Bench) -> None:
    page.keyboard.press("/")
    page.keyboard.type("nurses")
    assert page.locator(".card:visible").count() == 2
    page.keyboard.type(" aaarrr")
    assert page.locator("#none").is_visible()
    page.keyboard.press("Escape")
    assert _decided(bench) == {}
    page.fill("#filters input[name=q]", "")
    page.locator("#filters input[name=q]").blur()
    page.keyboard.press("?")
    page.click("[aria-label^='accept, and go on']")
    page.keyboard.press("y")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("y")
    _saved(page)
    assert list(_decided(bench).values()) == ["accepted"]


def test_accepting_all_asks(page: "Page", bench: Bench) -> None:
    page.click("#accept-all button")
    page.wait_for_selector("#ask[open]")
    page.keyboard.press("Enter")  # the button that has the focus says no
    assert _decided(bench) == {}
    page.click("#accept-all button")
    page.click("#ask-yes")
    _saved(page)
    assert len(_decided(bench)) == 4
    page.keyboard.press("u")
    until(page, "!document.querySelector('.card.accepted')")
    assert _decided(bench) == {}


def test_a_click_in_the_text_opens_what_covers_it_one_after_the_other(page: "Page", bench: Bench) -> None:
    first, second = bench.suggestions[:2]
    box = page.evaluate(
        """() => { const node = document.querySelectorAll('.text .b')[1].firstChild;
        const range = document.createRange(); const at = node.data.indexOf('nurses');
        range.setStart(node, at); range.setEnd(node, at + 3);
        const box = range.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; }"""
    )
    page.mouse.move(*box)
    page.wait_for_selector("#here >> text=T0143.002")
    page.mouse.click(*box)
    assert _current(page) == second.id
    page.mouse.click(*box)
    assert _current(page) == first.id


def test_marks_where_the_browser_cannot_highlight(browser: "Browser", bench: Bench) -> None:
    page = opened(browser, bench)
    page.add_init_script("delete window.Highlight")
    page.goto(bench.url + bench.review)
    page.keyboard.press("j")
    quote = bench.suggestions[0].spans[0].quote
    page.wait_for_selector("mark.focus")
    assert "".join(page.locator("mark.focus").all_inner_texts()) == quote
    page.keyboard.press("j")
    until(page, "[...document.querySelectorAll('mark.focus')].map(m => m.textContent).join('') === 'posed as nurses'")
    _select_in_marks = page.evaluate("document.querySelectorAll('.text .b')[1].textContent")
    assert _select_in_marks == bench.report.text.split("\n\n")[1]
    page.context.close()


def test_without_scripts_the_review_is_plain_forms(browser: "Browser", bench: Bench) -> None:
    page = opened(browser, bench, java_script_enabled=False)
    page.goto(bench.url + bench.review)
    first = bench.suggestions[0].id
    page.click(f"#{first} .open")
    assert page.locator("mark").inner_text() == bench.suggestions[0].spans[0].quote
    page.click(f"#{first} button.accept")
    assert page.locator(f"#{first}.accepted").count() == 1
    page.click(f"#{first} button.undo")
    assert _decided(bench) == {}
    page.context.close()


def test_files_are_dropped_and_their_progress_is_seen(browser: "Browser", bench: Bench) -> None:
    page = opened(browser, bench)
    story = b"Wharf\n\nThe group created fake accounts that posed as local journalists."
    files: list[Any] = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": story + b"!" * n} for n in range(3)]
    page.set_input_files("input[type=file]", files)
    page.click("text=Read and code")
    page.wait_for_selector("#intake-head >> text=Done", timeout=60_000)
    assert page.locator(".source.done a").count() == 3
    page.click(".source.done a >> nth=0")
    page.wait_for_selector("#cards .card")
    assert complaints(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_no_violation(browser: "Browser", bench: Bench, scheme: Any, width: int) -> None:
    first = bench.suggestions[0].id
    with bench.visitor() as visitor:
        visitor.post("/api/decisions", json={"suggestions": [bench.suggestions[1].id], "verdict": "accepted"})
        visitor.post("/api/decisions", json={"suggestions": [bench.suggestions[2].id], "verdict": "rejected"})
        intake = visitor.post("/intake", data={"text": "Too short to say much.", "urls": "https://a.example/"}).url.path
    page = opened(browser, bench, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found: dict[str, list[str]] = {}

    def check(name: str) -> None:
        found[name] = faults(page)

    for name, path in {
        "start": "/",
        "reports": "/reports",
        "intake": intake,
        "review": f"{bench.review}?score=0",
        "found": f"{bench.review}?tab=found",
        "error": "/nowhere",
    }.items():
        page.goto(bench.url + path)
        check(name)
    page.goto(f"{bench.url}{bench.review}#{first}")
    page.wait_for_selector(".detail")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    check("detail")
    page.keyboard.press("?")
    check("keys")
    page.keyboard.press("Escape")
    _select(page, "nothing")
    page.keyboard.press("c")
    page.wait_for_selector("#palette-list li")
    check("palette")
    page.context.close()
    assert {name: listed for name, listed in found.items() if listed} == {}
