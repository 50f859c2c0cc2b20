"""The review's second tab, actors and observables: as plain forms and by the API."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import httpx

from counterfoil.kb.coding import add_run, get_extraction
from counterfoil.kb.names import pending
from counterfoil.kb.reports import add_report
from counterfoil.model.extraction import Actor, Attribution, Extraction, Observable
from counterfoil.model.report import Original
from tests.web.conftest import Bench, make_report
from tests.web.test_hostile import EVIL, _Tags


def _items(visitor: httpx.Client, bench: Bench) -> dict[str, dict[str, Any]]:
    rows = visitor.get(f"/api/reports/{bench.report.id}/items").json()
    return {row["kind"]: row for row in rows}


def _second(bench: Bench) -> str:
    """Another report, which names an actor that may be the first one's."""
    report = make_report("Bernstein runs teapot.example, said the harbour.", "Harbour")
    workspace = bench.opened()
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"harbour", "text/plain"), "2031-06-01T10:00:00.000Z")
        extraction = Extraction(
            actors=(Actor("Bernstein", (report.span(0, 9),), (), "network"),),
            attributions=(Attribution("Bernstein", "Sweden", "the harbour", "alleged", (report.span(0, 9),)),),
            observables=(Observable("domain-name", "teapot.example", (report.span(15, 29),)),),
        )
        add_run(connection, report.id, (), extraction, "2031-06-01T10:00:00.000Z")
    workspace.close()
    return report.id


def test_items_are_judged_by_plain_forms(bench: Bench, visitor: httpx.Client) -> None:
    actor = _items(visitor, bench)["actors"]["id"]
    page = visitor.post(f"/items/{actor}/decision", data={"verdict": "accepted", "back": "tab=found&kind=actors"})
    assert page.status_code == 200
    assert page.url.params["focus"] == actor
    assert page.url.params["kind"] == "actors"
    assert "accepted by ada" in page.text
    form = {
        "f_name": "Amber  Tide Network",
        "f_kind": "network",
        "f_aliases": "Bernstein | the harbour\n\n Tide ",
        "range": "",
        "quote": "Amber Tide may buy",
    }
    assert visitor.post(f"/items/{actor}/amend", data=form).status_code == 200
    one = _items(visitor, bench)["actors"]
    assert one["item"]["name"] == "Amber Tide Network"
    assert one["item"]["aliases"] == [{"name": "Bernstein", "by": "the harbour"}, {"name": "Tide", "by": ""}]
    assert [span["quote"] for span in one["item"]["spans"]] == ["Amber Tide may buy"]
    page = visitor.post(f"/items/{actor}/undo", data={})
    assert "accepted by ada" in page.text
    steps = visitor.get(f"/api/items/{actor}/decisions").json()
    assert [(step["verdict"], step["own"]) for step in steps] == [
        ("accepted", False),
        ("accepted", True),
        ("accepted", False),
    ]


def test_an_item_is_added_by_a_plain_form(bench: Bench, visitor: httpx.Client) -> None:
    review = f"{bench.review}?tab=found&add=places"
    assert "Its passage" in visitor.get(review).text
    form = {"of": "places", "f_name": "Saltmere", "f_code": "SE", "quote": "Saltmere"}
    page = visitor.post(f"/reports/{bench.report.id}/items", data=form)
    assert "accepted by ada, added" in page.text
    assert _items(visitor, bench)["places"]["found"] is False
    for wrong in ({"of": "places", "f_name": "x", "quote": "not in it"}, {"of": "ghosts", "quote": "Saltmere"}):
        assert visitor.post(f"/reports/{bench.report.id}/items", data=wrong).status_code in (400, 422)


def test_a_passage_leads_to_its_item_without_a_script(bench: Bench, visitor: httpx.Client) -> None:
    start = bench.report.text.index("Amber Tide")
    page = visitor.get(f"{bench.review}?tab=found&at={start}").text
    assert '<mark id="lit">Amber Tide</mark>' in page
    assert "Put it right" in page
    assert visitor.get(f"{bench.review}?tab=found&at=x&focus=nobody&kind=ghosts").status_code == 200


def test_the_api_refuses_what_cannot_be(bench: Bench, visitor: httpx.Client) -> None:
    actor = _items(visitor, bench)["actors"]["id"]
    suggestion = bench.suggestions[0].id
    for path, body, status in (
        ("/api/item-decisions", {"items": [suggestion], "verdict": "accepted"}, 422),
        ("/api/item-decisions", {"items": ["X-0123-45"], "verdict": "accepted"}, 404),
        ("/api/item-decisions", {"items": [actor, "X-0123-45"], "verdict": "accepted"}, 404),
        ("/api/item-decisions/undo", {"items": [actor]}, 400),
        (f"/api/items/{actor}/amend", {"fields": {"colour": "red"}}, 400),
        (f"/api/items/{actor}/amend", {"ranges": [{"start": 5, "end": 4}]}, 422),
        (f"/api/items/{actor}/amend", {"ranges": []}, 422),
        (
            f"/api/reports/{bench.report.id}/items",
            {"kind": "actors", "fields": {}, "ranges": [{"start": 0, "end": 4}]},
            400,
        ),
        ("/api/names/decisions", {"name": "a", "alias": "A", "said": "joined"}, 400),
        ("/api/names/decisions", {"name": "a", "alias": "b", "said": "open"}, 400),
        ("/api/names/decisions", {"name": "a", "alias": "b", "said": "perhaps"}, 422),
    ):
        answer = visitor.post(path, json=body)
        assert answer.status_code == status, (path, body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
    assert _items(visitor, bench)["actors"]["state"] == "open"  # all or none


def test_actors_are_listed_joined_and_parted(bench: Bench, visitor: httpx.Client) -> None:
    second = _second(bench)
    assert "Amber Tide" in visitor.get("/actors").text
    assert "No actor has these words" in visitor.get("/actors", params={"q": "nobody"}).text
    page = visitor.get("/actors/Bernstein").text
    assert "Perhaps the same" in page
    assert 'href="/actors/Sweden"' in page
    joined = visitor.post(
        "/names", data={"name": "Amber Tide", "alias": "Bernstein", "said": "joined", "back": "Amber Tide"}
    )
    assert joined.url.path == "/actors/Amber Tide"
    text = unescape(re.sub(r"<[^>]+>", "", joined.text))
    assert "named in 2 reports" in text
    assert "Perhaps the same" not in text
    assert visitor.get("/actors/bernstein").url.path == "/actors/Amber Tide"
    (claim,) = visitor.get("/api/actor", params={"name": "Bernstein"}).json()["attributions"]
    assert (claim["facts"]["actor"], claim["places"][0]["report"]) == ("Amber Tide", second)
    listed = visitor.get("/api/actors").json()["actors"]
    assert [(row["name"], row["reports"]) for row in listed] == [("Amber Tide", 2)]
    visitor.post("/names", data={"name": "Amber Tide", "alias": "Bernstein", "said": "apart"})
    assert "named in 1 report" in visitor.get("/actors/Bernstein").text
    assert visitor.get("/api/names/proposals").json() == []  # it was decided
    said = [step["said"] for step in visitor.get("/api/names/decisions", params={"name": "bernstein"}).json()]
    assert said == ["joined", "apart"]
    assert visitor.get("/actors/Nobody At All").status_code == 404


def test_an_observable_tells_where_it_occurs_and_with_whom(bench: Bench, visitor: httpx.Client) -> None:
    _second(bench)
    assert "teapot.example" in visitor.get("/observables", params={"q": "teapot", "kind": "domain-name"}).text
    page = visitor.get("/observables/teapot.example").text
    assert "<mark>teapot.example</mark>" in page
    assert 'href="/actors/Bernstein"' in page
    assert visitor.get("/observables/%23teapot").status_code == 200
    assert visitor.get("/observables/nothing").status_code == 404


def test_a_report_at_a_glance(bench: Bench, visitor: httpx.Client) -> None:
    visitor.post("/api/decisions", json={"suggestions": [bench.suggestions[0].id], "verdict": "accepted"})
    page = visitor.get(f"/reports/{bench.report.id}").text
    assert 'href="/techniques/T0146"' in page
    assert 'href="/actors/Amber%20Tide"' in page
    assert visitor.get("/reports/R-none").status_code == 404


def test_a_script_in_every_field_is_text(bench: Bench, visitor: httpx.Client) -> None:
    actor = _items(visitor, bench)["actors"]["id"]
    form = {
        "f_name": EVIL,
        "f_kind": EVIL,
        "f_state": EVIL,
        "f_aliases": f"{EVIL} | {EVIL}",
        "quote": "Amber Tide",
        "back": EVIL,
    }
    evil = " ".join(EVIL.split())
    pages = [
        visitor.post(f"/items/{actor}/amend", data=form),
        visitor.post(f"/reports/{bench.report.id}/items", data={"of": EVIL, "quote": EVIL, "back": EVIL}),
        visitor.post(
            "/names",
            data={"name": evil, "alias": "Tide", "said": "joined", "comment": EVIL, "back": EVIL, "report": ""},
        ),
        visitor.post("/names", data={"name": EVIL, "alias": EVIL, "said": "joined", "report": EVIL}),
        visitor.get(
            f"{bench.review}?tab=found", params={"q": EVIL, "kind": EVIL, "state": EVIL, "focus": EVIL, "at": EVIL}
        ),
        visitor.get(f"/items/{actor}/detail"),
        visitor.get(f"/items/{actor}/card"),
        visitor.get("/actors", params={"q": EVIL, "kind": EVIL, "order": EVIL}),
        visitor.get("/actors", params={"kind": ""}),
        visitor.get("/observables", params={"q": EVIL, "kind": EVIL, "order": EVIL}),
        visitor.get(f"/items/fields/{EVIL}"),
        visitor.get("/api/actor", params={"name": evil}),
        visitor.get("/actors/" + httpx.URL("http://x/", params={"n": evil}).query.decode()[2:].replace("+", "%20")),
        visitor.get(f"/reports/{bench.report.id}"),
    ]
    assert evil in unescape(pages[5].text)
    assert pages[12].status_code == 200
    for answer in pages:
        assert answer.status_code < 500, answer.url
        if "json" in answer.headers["content-type"]:
            continue
        tags = _Tags()
        tags.feed(answer.text)
        for tag, attributes in tags.seen:
            assert not any(name.startswith("on") for name in attributes), answer.url
            assert tag != "img", answer.url
            if tag == "script":
                assert (attributes["src"] or "").startswith("/static/"), answer.url


def test_two_tabs_lose_no_word(bench: Bench) -> None:
    second = _second(bench)
    with bench.visitor() as visitor:
        ids = [row["id"] for row in visitor.get(f"/api/reports/{bench.report.id}/items").json()]

    def tab(number: int) -> None:
        with bench.visitor() as visitor:
            for turn in range(8):
                verdict = ("accepted", "rejected")[(turn + number) % 2]
                body = {"items": ids, "verdict": verdict}
                assert visitor.post("/api/item-decisions", json=body).status_code == 201
                said = ("joined", "apart")[(turn + number) % 2]
                names = {"name": "Amber Tide", "alias": "Bernstein", "said": said}
                assert visitor.post("/api/names/decisions", json=names).status_code == 201

    with ThreadPoolExecutor(2) as tabs:
        for done in [tabs.submit(tab, number) for number in range(2)]:
            done.result()
    with bench.visitor() as visitor:
        for one in ids:
            steps = visitor.get(f"/api/items/{one}/decisions").json()
            assert len(steps) == 16
            assert visitor.get(f"/api/items/{one}").json()["state"] == steps[-1]["verdict"]
        words = visitor.get("/api/names/decisions").json()
    assert len(words) >= 16
    workspace = bench.opened()
    with workspace.reading() as connection:  # what reports say has followed the last word, whichever tab said it
        named = {actor.name for actor in get_extraction(connection, second).actors}
        assert named == {"Amber Tide" if words[-1]["said"] == "joined" else "Bernstein"}
        assert pending(connection, 1) == []
    workspace.close()
