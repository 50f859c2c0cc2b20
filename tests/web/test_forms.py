"""The review as plain forms: all of it works without a script."""

import html
import re

import httpx

from counterfoil.kb.coding import add_run, history, reviewed
from counterfoil.kb.reports import add_report
from counterfoil.model.coding import Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Original
from tests.web.conftest import PARAGRAPHS, Bench, make_report


def _shown(page: str) -> list[str]:
    """The ids of the cards that are not hidden, in order."""
    cards = re.findall(r'<li class="card [^>]*?id="(S-\w+)"[^>]*>', page, re.S)
    hidden = set(re.findall(r'<li class="card [^>]*?id="(S-\w+)"[^>]* hidden>', page, re.S))
    return [card for card in cards if card not in hidden]


def test_the_text_is_there_letter_by_letter(bench: Bench, visitor: httpx.Client) -> None:
    page = visitor.get(bench.review).text
    found = re.findall(r'<(?:p|h\d) class="b [^>]*data-start="(\d+)" data-end="(\d+)">(.*?)</', page, re.S)
    assert [html.unescape(words) for _, _, words in found] == list(PARAGRAPHS)
    for start, end, words in found:
        assert bench.report.text[int(start) : int(end)] == html.unescape(words)


def test_suggestions_stand_in_text_order_or_by_score_and_hints_wait_to_be_asked_for(
    bench: Bench, visitor: httpx.Client
) -> None:
    first, second, third, fourth, hint = (one.id for one in bench.suggestions)
    assert _shown(visitor.get(bench.review).text) == [first, second, third, fourth]
    assert _shown(visitor.get(f"{bench.review}?order=score").text) == [first, third, second, fourth]
    assert hint in _shown(visitor.get(f"{bench.review}?score=0").text)


def test_every_filter_narrows(bench: Bench, visitor: httpx.Client) -> None:
    _, _, third, fourth, _ = (one.id for one in bench.suggestions)
    assert _shown(visitor.get(f"{bench.review}?modality=warned").text) == [fourth]
    assert _shown(visitor.get(f"{bench.review}?q=seconds").text) == [third]
    assert _shown(visitor.get(f"{bench.review}?actor=—").text) == []
    assert _shown(visitor.get(f"{bench.review}?coder=analyst+ada").text) == []
    assert len(_shown(visitor.get(f"{bench.review}?coder=codebook&voice=—&actor=Amber+Tide").text)) == 4
    assert len(_shown(visitor.get(f"{bench.review}?tactic=TA15").text)) == 1
    assert _shown(visitor.get(f"{bench.review}?state=accepted").text) == []


def test_a_decision_a_change_of_mind_and_undo(bench: Bench, visitor: httpx.Client) -> None:
    one = bench.suggestions[0].id
    page = visitor.post(
        f"/suggestions/{one}/decision", data={"verdict": "accepted", "comment": "clear", "back": "order=score"}
    )
    assert page.url.params["order"] == "score"
    assert "accepted by ada" in page.text
    visitor.post(f"/suggestions/{one}/decision", data={"verdict": "rejected"})
    for expected in ("accepted", "open"):
        visitor.post(f"/suggestions/{one}/undo", data={"verdict": ""})
        state = re.search(rf'<li class="card (\w+)[^"]*" id="{one}"', visitor.get(bench.review).text)
        assert state
        assert state[1] == expected
    again = visitor.post(f"/suggestions/{one}/undo")
    assert again.status_code == 400
    assert "nothing to take back" in again.text
    workspace = bench.opened()
    with workspace.reading() as connection:
        assert [decision.verdict for decision in history(connection, one)] == ["accepted", "rejected", "accepted"]
    workspace.close()


def test_a_focused_suggestion_says_why_what_and_what_else(bench: Bench, visitor: httpx.Client) -> None:
    one = bench.suggestions[1]
    page = visitor.get(f"{bench.review}?focus={one.id}").text
    assert f'<mark id="lit">{one.spans[0].quote}</mark>' in page
    assert "words that usually mean it" in page
    assert "Use it when:" in page
    assert "T0143.001" in page  # a sibling
    assert page.count("<mark") == 1


def test_an_own_code_by_words_of_the_report(bench: Bench, visitor: httpx.Client) -> None:
    form = {"technique": "t0097.101", "quote": "a last paragraph", "modality": "assessed"}
    wrong = visitor.post(f"/reports/{bench.report.id}/codes", data=form)
    assert wrong.status_code == 422
    assert "does not say" in wrong.text
    page = visitor.post(f"/reports/{bench.report.id}/codes", data={**form, "quote": " 🫖, and so it waits "})
    assert page.status_code == 200
    assert "own code" in page.text
    workspace = bench.opened()
    with workspace.reading() as connection:
        (own,) = [item for item in reviewed(connection, bench.report.id) if item.suggestion.coder == "analyst ada"]
    workspace.close()
    assert own.suggestion.spans[0].quote == "🫖, and so it waits"
    assert own.suggestion.modality == "assessed"
    assert own.decision
    assert own.decision.verdict is Verdict.ACCEPTED


def test_an_unknown_technique_is_told_with_its_neighbours(bench: Bench, visitor: httpx.Client) -> None:
    answer = visitor.post(f"/reports/{bench.report.id}/codes", data={"technique": "T0097.99", "quote": "Amber Tide"})
    assert answer.status_code == 404
    assert "Did you mean" in answer.text


def test_putting_right_rejects_the_old_one_and_undo_brings_it_back(bench: Bench, visitor: httpx.Client) -> None:
    old = bench.suggestions[3]
    form = {"technique": "T0114", "modality": "assessed", "quote": ["buy advertisements", ""]}
    page = visitor.post(f"/suggestions/{old.id}/amend", data=form)
    assert page.status_code == 200
    new = page.url.params["focus"]
    assert new != old.id
    assert visitor.get(f"/api/suggestions/{old.id}").json()["decision"]["verdict"] == "rejected"
    assert visitor.get(f"/api/suggestions/{new}").json()["spans"][0]["quote"] == "buy advertisements"
    visitor.post(f"/suggestions/{new}/undo")
    assert visitor.get(f"/api/suggestions/{old.id}").json()["decision"] is None
    listed = [one["id"] for one in visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()]
    assert new not in listed
    assert old.id in listed


def test_accepting_all_asks_first_and_takes_what_is_shown(bench: Bench, visitor: httpx.Client) -> None:
    path = f"/reports/{bench.report.id}/accept"
    asked = visitor.post(path, data={"back": "modality=observed"})
    assert "Accept 3 suggestions?" in asked.text
    states = {one["id"]: one["decision"] for one in visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()}
    assert not any(states.values())
    ids = re.findall(r'name="ids" value="(S-\w+)"', asked.text)
    visitor.post(path, data={"ids": ids, "sure": "yes", "back": "modality=observed"})
    states = {one["id"]: one["decision"] for one in visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()}
    assert {key for key, decision in states.items() if decision} == {one.id for one in bench.suggestions[:3]}
    assert visitor.post(path, data={"back": "modality=observed"}).status_code == 400


def test_what_was_found_has_its_own_tab(bench: Bench, visitor: httpx.Client) -> None:
    page = visitor.get(f"{bench.review}?tab=found").text
    assert "also Bernstein" in page
    assert "#teapot" in page
    start = bench.report.text.index("Amber Tide")
    assert f'data-ranges="{start}-{start + 10}"' in page


def test_the_start_page_tells_what_waits(bench: Bench, visitor: httpx.Client) -> None:
    page = visitor.get("/").text
    assert "4 suggestions in 1 report" in page
    assert "4 waiting" in page
    visitor.post(
        "/api/decisions", json={"suggestions": [one.id for one in bench.suggestions[:4]], "verdict": "rejected"}
    )
    assert "Nothing waits." in visitor.get("/").text
    assert "reviewed" in visitor.get("/reports").text


def test_a_report_without_suggestions_was_not_reviewed(bench: Bench, visitor: httpx.Client) -> None:
    workspace = bench.opened()
    with workspace.writing() as connection:
        report = make_report("Nothing happened.", "A quiet day")
        add_report(connection, report, Original(b"quiet", "text/plain"), "2031-06-01T10:00:00.000Z")
        add_run(connection, report.id, (), Extraction(), "2031-06-01T10:00:00.000Z")
    workspace.close()
    listed = visitor.get("/reports").text
    assert "nothing suggested" in listed
    assert "reviewed" not in listed
