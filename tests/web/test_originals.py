"""The original beside the text: PDF pages as pictures, archived pages that can do nothing, files to save."""

import re
import struct
from html.parser import HTMLParser

import httpx
import pytest

from counterfoil.model.report import Report
from tests.web.conftest import TEXT, Bench
from tests.web.originals import DOT, LINES, TRAPS, pdf, store

SAFE_TAGS = frozenset("html head meta title style body article h1 p span img".split())
SAFE_ATTRIBUTES = frozenset({"lang", "charset", "id", "src", "alt"})


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.sources: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.sources += [value or "" for name, value in attrs if name == "src"]
        self.ids += [value or "" for name, value in attrs if name == "id"]


@pytest.fixture
def web(bench: Bench) -> Report:
    return store(bench, TRAPS.encode(), "tea.html")


@pytest.fixture
def paged(bench: Bench) -> Report:
    return store(bench, pdf(), "tea.pdf")


def test_each_page_of_a_pdf_is_a_picture_that_the_browser_keeps(visitor: httpx.Client, paged: Report) -> None:
    pictures = []
    for number in (1, 2, 3):
        answer = visitor.get(f"/reports/{paged.id}/original/pages/{number}")
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["cache-control"] == "private, max-age=3600"
        assert answer.content.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", answer.content[16:24]) == (1200, 1698)
        pictures.append(answer.content)
    assert len(set(pictures)) == 3
    for beyond in ("4", "0", "x", "99999999"):
        assert visitor.get(f"/reports/{paged.id}/original/pages/{beyond}").status_code == 422, beyond


def test_the_page_of_an_original_opens_where_the_words_stand(visitor: httpx.Client, paged: Report) -> None:
    base = f"/reports/{paged.id}/original"
    first = visitor.get(base).text
    assert f'src="{base}/pages/1"' in first
    assert "Page 1 of 3" in first
    assert 'rel="prev"' not in first
    assert 'href="?page=2"' in first
    third = visitor.get(base, params={"at": paged.text.index(LINES[2])}).text
    assert f'src="{base}/pages/3"' in third
    assert 'rel="next"' not in third
    assert f'src="{base}/pages/3"' in visitor.get(base, params={"page": 77}).text


def test_an_archived_page_can_do_nothing(visitor: httpx.Client, web: Report) -> None:
    answer = visitor.get(f"/reports/{web.id}/original/archived")
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["img-src"] == "data:"
    assert policy["sandbox"] == ""
    assert policy["frame-ancestors"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    seen = _Seen()
    seen.feed(answer.text)
    assert seen.tags <= SAFE_TAGS
    assert seen.attributes <= SAFE_ATTRIBUTES
    assert seen.sources == [DOT]
    assert "evil.example" not in answer.text
    assert "alert" not in answer.text
    assert "hidden sentence" not in answer.text
    assert "[picture: a teapot]" in answer.text
    for line in LINES:
        assert line in answer.text


def test_the_places_of_the_text_are_found_again_in_the_archived_page(visitor: httpx.Client, web: Report) -> None:
    html = visitor.get(f"/reports/{web.id}/original/archived").text
    seen = _Seen()
    seen.feed(html)
    assert seen.ids == [f"p{block.start}" for block in web.blocks]
    for block in web.blocks:
        behind = re.sub(r"<[^>]*>", "", html[html.index(f'id="p{block.start}"') :].partition(">")[2])
        assert " ".join(behind.split()).startswith(web.text[block.start : min(block.end, block.start + 30)])
    page = visitor.get(f"/reports/{web.id}/original", params={"at": web.text.index(LINES[2])}).text
    assert f'src="/reports/{web.id}/original/archived#p{web.blocks[-1].start}"' in page
    assert re.search(r"<iframe[^>]* sandbox ", page)
    assert "allow-" not in page


def test_only_archived_pages_may_be_framed(visitor: httpx.Client, bench: Bench, web: Report) -> None:
    for path in (bench.review, f"/reports/{web.id}/original", f"/reports/{web.id}/original/file", "/"):
        headers = visitor.get(path).headers
        assert headers["x-frame-options"] == "DENY", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert visitor.get(f"/reports/{web.id}/original/archived").headers["x-frame-options"] == "SAMEORIGIN"


def test_any_original_is_saved_and_never_shown_by_the_browser(visitor: httpx.Client, web: Report) -> None:
    answer = visitor.get(f"/reports/{web.id}/original/file")
    assert answer.content == TRAPS.encode()
    assert answer.headers["content-disposition"].startswith('attachment; filename="tea.html"')
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_has_no_picture_says_so(visitor: httpx.Client, bench: Bench) -> None:
    report = store(bench, "\n\n".join((TEXT, *LINES)).encode(), "saltmere.txt")
    page = visitor.get(f"/reports/{report.id}/original").text
    assert "There is no picture of this original (text/plain)" in page
    assert f'href="/reports/{report.id}/original/file" download' in page
    assert "There is no picture of this original" in visitor.get(f"/reports/{report.id}/review").text
    for part in ("pages/1", "archived"):
        assert visitor.get(f"/reports/{report.id}/original/{part}").status_code == 404


def test_an_original_that_is_lost_is_told(visitor: httpx.Client, bench: Bench, paged: Report) -> None:
    folder = bench.settings.config.workspace / "originals"
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    answer = visitor.get(f"/reports/{paged.id}/original/file")
    assert answer.status_code == 503
    assert "cannot be read" in answer.text
    assert visitor.get(f"/reports/{paged.id}/review").status_code == 200


def test_a_pdf_that_cannot_be_drawn_is_told(visitor: httpx.Client, bench: Bench, paged: Report) -> None:
    (path,) = (one for one in (bench.settings.config.workspace / "originals").rglob("*") if one.is_file())
    path.write_bytes(b"%PDF-1.7 nothing of the kind")
    answer = visitor.get(f"/reports/{paged.id}/original/pages/1")
    assert answer.status_code == 422
    assert "cannot be drawn" in answer.text


def test_the_review_links_to_the_original_and_to_a_new_incident(visitor: httpx.Client, paged: Report) -> None:
    with_script = visitor.get(f"/reports/{paged.id}/review").text
    assert f'href="/reports/{paged.id}/original"' in with_script
    assert f'href="/incidents/new?report={paged.id}"' in with_script
    found = visitor.get(f"/api/reports/{paged.id}/suggestions").json()
    (third,) = (one for one in found if one["spans"][0]["quote"] == LINES[2])
    focused = visitor.get(f"/reports/{paged.id}/review", params={"focus": third["id"]}).text
    assert f'href="/reports/{paged.id}/original?at={third["spans"][0]["start"]}"' in focused
    opening = visitor.get(f"/incidents/new?report={paged.id}").text
    assert re.search(rf'name="report" value="{paged.id}" checked', opening)
    assert f'href="/reports/{paged.id}/original"' in visitor.get(f"/reports/{paged.id}").text
    assert f'href="/reports/{paged.id}/original"' in visitor.get(f"/reports/{paged.id}/review?tab=found").text
