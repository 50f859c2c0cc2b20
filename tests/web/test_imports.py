"""Imports as pages and by the API: quarantine, plan, apply, drop; sheets with their columns; hostile files."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from counterfoil.exchange import EXPORTERS
from counterfoil.workflow.importing import quarantined
from tests.exchange.importable import vendor_objects
from tests.exchange.rich import disarm, rich_incident
from tests.web.conftest import Bench
from tests.web.test_hostile import EVIL, _Tags

SHEET = (
    "Case,TTP code,Evidence,Link,Priority\n"
    "Blue Lantern,T0146,they made forty accounts,https://a.example/1,high\n"
    "Blue Lantern,T0143.002,posing as nurses,https://a.example/1,low\n"
    ",T9999,no such thing,https://a.example/1,\n"
)


def ours() -> bytes:
    """The rich incident as a bundle of our own."""
    out = io.BytesIO()
    EXPORTERS.load("stix").write([rich_incident()], disarm(), out)
    return out.getvalue()


def bundle(**named: str) -> bytes:
    """A vendor's bundle."""
    objects = [one | named if one["type"] == "incident" else one for one in vendor_objects()]
    made = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-00000000000b", "objects": objects}
    return json.dumps(made).encode()


def hand_in(visitor: httpx.Client, name: str, content: bytes, **more: str) -> httpx.Response:
    return visitor.post("/imports", files=[("files", (name, content))], data=more)


def mark(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def incidents(visitor: httpx.Client) -> list[str]:
    return [one["name"] for one in visitor.get("/api/incidents").json()]


def test_a_bundle_waits_is_looked_at_and_applied(bench: Bench, visitor: httpx.Client) -> None:
    page = hand_in(visitor, "partner.json", ours())
    assert re.fullmatch(r"/imports/Q-[0-9a-f]{12}", page.url.path)
    assert "waits in quarantine" in page.text
    assert "What applying it would do" in page.text
    assert incidents(visitor) == []
    assert page.url.path in visitor.get("/imports").text
    assert '<a href="/imports">1 import</a> waits' in visitor.get("/").text
    done = visitor.post(f"{page.url.path}/apply", data={"seen": mark(page.text)})
    assert done.url.path == page.url.path
    assert "What was done" in done.text
    assert "<b>applied</b> by ada" in done.text
    assert incidents(visitor) == [rich_incident().incident.name]
    link = re.search(r'href="(/incidents/I-[0-9a-f]+)"', done.text)
    assert link
    assert visitor.get(link[1]).status_code == 200
    assert "applied by ada" in visitor.get("/imports").text
    again = hand_in(visitor, "partner.json", ours())
    assert "Applying it changes nothing" in again.text
    assert 'name="seen"' not in again.text


def test_a_plan_that_is_no_longer_true_is_not_applied(bench: Bench, visitor: httpx.Client) -> None:
    page = hand_in(visitor, "partner.json", ours())
    parcel = page.url.path.rpartition("/")[2]
    visitor.post(f"/api/imports/{parcel}/apply").raise_for_status()
    hand_in(visitor, "partner.json", ours())
    stale = visitor.post(f"{page.url.path}/apply", data={"seen": mark(page.text)})
    assert stale.status_code == 400
    assert "has changed since you looked" in stale.text
    assert visitor.get(f"/api/imports/{parcel}").json()["parcel"]["state"] == "waiting"


def test_lines_are_chosen_by_state_kind_and_words(visitor: httpx.Client) -> None:
    page = hand_in(visitor, "partner.json", ours())
    path = page.url.path
    plan = visitor.get(f"/api{path}").json()
    counts = plan["counts"]["new"]
    assert plan["lines"] == len(plan["plan"])
    shown = visitor.get(f"{path}?state=new&kind=suggestion").text
    rows = re.findall(r'<tr><td><span class="state (\w+)">\w+</span></td><td>(\w+)</td>', shown)
    assert set(rows) == {("new", "suggestion")}
    assert len(rows) == min(100, counts["suggestion"])
    assert "Nothing of that kind" in visitor.get(f"{path}?q=zzzznothing").text
    assert visitor.get(f"{path}?page=999&state=x").status_code == 200
    assert visitor.get(f"{path}?page=-1").status_code == 200
    part = visitor.get(f"/api{path}?limit=2&offset=1").json()
    assert part["plan"] == plan["plan"][1:3]


def test_a_parcel_is_dropped(bench: Bench, visitor: httpx.Client) -> None:
    page = hand_in(visitor, "vendor.json", bundle())
    visitor.post(f"{page.url.path}/drop")
    assert "dropped by ada" in visitor.get("/imports").text
    assert "Its file was deleted" in visitor.get(page.url.path).text
    workspace = bench.opened()
    row = quarantined(workspace)[0]
    assert not workspace.original_path(row.sha256).exists()
    workspace.close()
    assert incidents(visitor) == []


def test_a_sheet_asks_for_its_columns(visitor: httpx.Client) -> None:
    page = hand_in(visitor, "cases.csv", SHEET.encode())
    assert page.url.path.startswith("/imports/sheets/")
    chosen = re.findall(r'<option value="(\w*)" ?selected', page.text)
    assert chosen[:4] == ["incident", "technique", "quote", "url"]
    roles = ["incident", "technique", "quote", "url", ""]
    wrong = visitor.post(page.url.path, data={"role": ["incident", "incident", "", "", ""]})
    assert wrong.status_code == 400
    assert "cannot both be incident" in wrong.text
    lacking = visitor.post(page.url.path, data={"role": ["incident", "", "", "", ""]})
    assert "No column holds techniques" in lacking.text
    read = visitor.post(page.url.path, data={"role": roles, "save": "team", "waiting": "yes"})
    assert re.fullmatch(r"/imports/Q-[0-9a-f]{12}", read.url.path)
    assert "T9999" in read.text
    assert visitor.get(page.url.path).status_code == 404
    done = visitor.post(f"{read.url.path}/apply", data={"seen": mark(read.text)})
    assert "What was done" in done.text
    assert incidents(visitor) == ["Blue Lantern"]
    saved = hand_in(visitor, "next.csv", SHEET.replace("TTP code", "Thing").encode())
    assert "<option>team</option>" in saved.text
    # A saved map that does not fit is said, and the guess stays.
    unfit = visitor.get(f"{saved.url.path}?use=team")
    assert unfit.status_code == 400
    assert "TTP code" in unfit.text
    visitor.post(f"{saved.url.path}/drop")
    assert visitor.get(saved.url.path).status_code == 404


def test_a_sheet_goes_in_by_the_api_at_once(visitor: httpx.Client) -> None:
    answer = visitor.post(
        "/api/imports", files=[("files", ("cases.csv", SHEET.encode()))], data={"map": ["comment=Priority"]}
    )
    assert answer.status_code == 201
    made = answer.json()
    assert made["columns"]["comment"] == "Priority"
    assert made["counts"]["new"]["incident"] == 1
    done = visitor.post(f"/api/imports/{made['parcel']['id']}/apply").json()
    assert done["parcel"]["state"] == "applied"
    assert [one["state"] for one in visitor.get("/api/imports?state=applied").json()] == ["applied"]
    assert visitor.post("/api/imports/Q-none/drop").status_code == 404


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"url": "/etc/passwd"}, "is no web address"),
        ({"url": "file:///etc/passwd"}, "is no web address"),
        ({"url": "https://a.example/x.json"}, "not fetched in offline mode"),
        ({}, "Nothing was handed in"),
    ],
)
def test_what_cannot_be_fetched_is_said(visitor: httpx.Client, form: dict[str, str], words: str) -> None:
    page = visitor.post("/imports", data=form)
    assert 400 <= page.status_code < 500
    assert words in page.text
    answer = visitor.post("/api/imports", data=form)
    assert 400 <= answer.status_code < 500
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("notes.txt", b"Only words.", 422),
        ("picture.png", b"\x89PNG\r\n\x1a\n0000", 422),
        ("empty.json", b"", 422),
        ("broken.xlsx", b"PK\x03\x04 nothing of the kind", 422),
        ("empty.csv", b"", 422),
        ("deep.json", b'{"type": "bundle", "objects": ' + b"[" * 5000, 200),
    ],
)
def test_a_file_that_is_none_of_them_is_said(visitor: httpx.Client, name: str, content: bytes, status: int) -> None:
    page = hand_in(visitor, name, content)
    assert page.status_code == status
    assert 'role="alert"' in page.text or "message" in page.text or "<h1>" in page.text
    assert incidents(visitor) == []


def test_a_broken_bundle_waits_until_it_is_dropped(visitor: httpx.Client) -> None:
    page = hand_in(visitor, "broken.json", b'{"type": "bundle", "objects": [', format="stix")
    assert 'role="alert"' in page.text
    assert "Apply all of it" not in page.text
    assert visitor.post(f"{page.url.path}/apply").status_code == 422
    visitor.post(f"{page.url.path}/drop")
    assert "dropped by ada" in visitor.get("/imports").text


def test_two_files_at_once_are_refused(visitor: httpx.Client) -> None:
    both = [("files", ("a.json", bundle())), ("files", ("b.json", bundle()))]
    page = visitor.post("/imports", files=both)
    assert page.status_code == 400
    assert "One file at a time" in page.text


def test_an_import_is_capped(bench: Bench, visitor: httpx.Client) -> None:
    page = hand_in(visitor, "large.json", b" " * (bench.settings.upload_bytes + 1))
    assert page.status_code == 413


@pytest.mark.parametrize("path", ["/imports", "/api/imports", "/imports/Q-1/apply", "/imports/Q-1/drop"])
def test_another_site_cannot_import(visitor: httpx.Client, path: str) -> None:
    strange = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert visitor.post(path, files=[("files", ("a.json", bundle()))], headers=strange).status_code == 403
    assert visitor.get("/api/imports").json() == []


def test_nothing_of_a_file_becomes_markup(visitor: httpx.Client) -> None:
    quoted = EVIL.replace('"', '""')
    sheet = f'"{quoted}",Case,Technique\n"{quoted}","{quoted}",T0146\n'
    first = hand_in(visitor, f"{EVIL}.json".replace('"', "'"), bundle(name=EVIL, description=EVIL))
    columns = hand_in(visitor, "evil.csv", sheet.encode())
    asked = visitor.post(columns.url.path, data={"role": [EVIL, EVIL, EVIL], "incident": EVIL, "save": EVIL})
    read = visitor.post(columns.url.path, data={"role": ["", "incident", "technique"], "save": EVIL})
    pages = [
        first,
        columns,
        asked,
        read,
        visitor.get(first.url.path, params={"state": EVIL, "kind": EVIL, "q": EVIL}),
        visitor.post(f"{first.url.path}/apply"),
        visitor.get("/imports"),
        visitor.post("/imports", data={"url": EVIL}),
        visitor.post("/imports", data={"format": EVIL}, files=[("files", ("a", b"x"))]),
        hand_in(visitor, "next.csv", sheet.encode()),
        visitor.get(f"/imports/{EVIL}"),
        visitor.get(f"/imports/sheets/{EVIL}"),
    ]
    for answer in pages:
        assert answer.status_code < 500, answer.url
        tags = _Tags()
        tags.feed(answer.text)
        for tag, attributes in tags.seen:
            assert not any(name.startswith("on") for name in attributes), answer.url
            assert tag != "img", answer.url
            if tag == "script":
                assert (attributes["src"] or "").startswith("/static/"), answer.url


def test_a_slow_plan_is_made_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterfoil.web import arrivals
    from counterfoil.web.arrivals import Arrivals

    monkeypatch.setattr(arrivals, "SLOW", -1.0)
    calls: list[int] = []

    def make() -> Any:
        calls.append(1)
        return object()

    kept: Callable[..., Any] = Arrivals().plan
    assert kept(("Q-1",), make) is kept(("Q-1",), make)
    assert len(calls) == 1
    monkeypatch.setattr(arrivals, "SLOW", 1e9)
    other: Callable[..., Any] = Arrivals().plan
    assert other(("Q-1",), make) is not other(("Q-1",), make)


def test_only_so_many_sheets_wait() -> None:
    from counterfoil.errors import UnknownIdError
    from counterfoil.web.arrivals import SHEETS, Arrivals

    waiting = Arrivals()
    first = waiting.put_sheet("a.csv", b"a")
    others = [waiting.put_sheet(f"{number}.csv", b"b") for number in range(SHEETS)]
    with pytest.raises(UnknownIdError):
        waiting.sheet(first.id)
    assert not first.path.exists()
    assert waiting.sheet(others[-1].id).file == (f"{SHEETS - 1}.csv", b"b")
    waiting.close()
    assert not others[-1].path.exists()
