"""The search page and its API: what is found, where it leads, and that nothing of it becomes markup."""

from html.parser import HTMLParser

import httpx
import pytest

from tests.web.conftest import TEXT, Bench
from tests.web.test_hostile import EVIL, _hostile


class _Page(HTMLParser):
    """The links, marked words, headings and tags of a page."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.links: list[str] = []
        self.marked: list[str] = []
        self.headings: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        assert answer.status_code == 200, answer.text
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.tags.append((tag, dict(attrs)))
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.links.append(href)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "mark":
            self.marked.append(data)
        if self._open and self._open[-1] == "h2":
            self.headings.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass


def test_every_kind_with_links_to_where_it_stands(bench: Bench, visitor: httpx.Client) -> None:
    visitor.post("/api/incidents", json={"name": "Nurses of Saltmere", "reports": [bench.report.id]})
    page = _Page(visitor.get("/search", params={"q": "nurses"}))
    assert [heading for heading in page.headings if heading][:3] == ["Incidents", "Reports", "Quotes"]
    assert set(page.marked) == {"nurses", "Nurses"}
    assert f"{bench.review}#p{TEXT.index('Amber')}" in page.links
    quote = next(link for link in page.links if "focus=" in link)
    assert bench.suggestions[1].id in quote  # the shorter passage says it more plainly
    for link in page.links:
        if link.startswith("/") and not link.startswith("/static"):
            assert visitor.get(link).status_code == 200, link


def test_a_technique_by_its_id(bench: Bench, visitor: httpx.Client) -> None:
    page = _Page(visitor.get("/search", params={"q": "T0143.002"}))
    assert page.headings[0] == "Techniques"
    assert any("T0143.002" in link for link in page.links)
    assert any("focus=" in link for link in page.links)


def test_one_kind_page_by_page(bench: Bench, visitor: httpx.Client) -> None:
    first = _Page(visitor.get("/search", params={"q": "kind:technique the"}))
    second_page = next(link for link in first.links if "page=2" in link)
    second = _Page(visitor.get(second_page))
    hits = [{link for link in page.links if "T0" in link} for page in (first, second)]
    assert hits[0]
    assert hits[1]
    assert not hits[0] & hits[1]
    assert visitor.get("/search", params={"q": "a", "page": "0"}).status_code == 422


def test_a_decision_shows_at_once(bench: Bench, visitor: httpx.Client) -> None:
    assert "✓" not in visitor.get("/search", params={"q": "posed nurses", "kind": "quote"}).text
    visitor.post("/api/decisions", json={"suggestions": [bench.suggestions[1].id], "verdict": "accepted"})
    (group,) = visitor.get("/api/search", params={"q": '"posed as nurses"', "kind": "quote"}).json()["groups"]
    states = {code["technique"]: code["state"] for hit in group["hits"] for code in hit["codes"]}
    assert states == {"T0146": "open", "T0143.002": "accepted"}


def test_the_api_tells_where_each_hit_is_shown(bench: Bench, visitor: httpx.Client) -> None:
    found = visitor.get("/api/search", params={"q": "Bernst", "typing": "1"}).json()
    (group,) = found["groups"]
    (hit,) = group["hits"]
    assert (group["label"], hit["id"], hit["about"]) == ("Actors", "Amber Tide", "network · SE")
    assert visitor.get(hit["page"]).status_code == 200
    assert visitor.get("/api/search", params={"q": "Bernst"}).json()["total"] == 0
    assert visitor.get("/api/search", params={"q": "x", "limit": "0"}).status_code == 422


def test_filters_of_the_form(bench: Bench, visitor: httpx.Client) -> None:
    for filters, total in (
        ({"language": "en"}, 1),
        ({"language": "fr"}, 0),
        ({"since": "2031-05"}, 1),
        ({"until": "2030"}, 0),
        ({"technique": "T0146"}, 1),
        ({"technique": "T0999"}, 0),
    ):
        found = visitor.get("/api/search", params={"q": "nurses", "kind": "report", **filters}).json()
        assert found["total"] == total, filters


@pytest.mark.parametrize(
    "query", ["", '"', "a OR (", "NEAR(a", "x" * 3000, "kind:x technique:y", "\x00", "%", "🫖", "-a", "*"]
)
@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_no_query_is_an_error(bench: Bench, visitor: httpx.Client, path: str, query: str) -> None:
    for more in ({}, {"typing": "1"}, {"kind": query, "since": query, "technique": query, "language": query}):
        assert visitor.get(path, params={"q": query, **more}).status_code == 200


def test_no_field_becomes_markup(bench: Bench, visitor: httpx.Client) -> None:
    report, _ = _hostile(bench)
    visitor.post("/api/incidents", json={"name": EVIL, "reports": [report.id]})
    for query in ({"q": "script alert"}, {"q": EVIL}, {"q": "alert", "kind": EVIL, "technique": EVIL, "since": EVIL}):
        for part in ({}, {"part": "1"}):
            page = _Page(visitor.get("/search", params={**query, **part}))
            for tag, attributes in page.tags:
                assert not any(name.startswith("on") for name in attributes)
                assert tag != "img"
                assert tag != "script" or (attributes["src"] or "").startswith("/static/")
    kinds = [group["kind"] for group in visitor.get("/api/search", params={"q": "script alert"}).json()["groups"]]
    assert kinds == ["actor", "incident", "report", "quote", "narrative", "observable"]


def test_strangers_find_nothing(bench: Bench) -> None:
    assert httpx.get(f"{bench.url}/search", params={"q": "nurses"}).status_code == 403
    assert httpx.get(f"{bench.url}/api/search", params={"q": "nurses"}).status_code == 403
