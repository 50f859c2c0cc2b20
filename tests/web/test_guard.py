"""Who may come in: another site's page may neither read nor write here, and nobody without the key."""

import httpx
import pytest

from tests.web.conftest import Bench

EVIL = "http://evil.example"


def test_without_the_key_nothing_is_shown(bench: Bench) -> None:
    with httpx.Client(base_url=bench.url) as stranger:
        for path in ("/", "/reports", bench.review, "/api/reports", "/api/openapi.json", "/nowhere"):
            answer = stranger.get(path)
            assert answer.status_code == 403, path
            assert "Teapots" not in answer.text
        assert stranger.get("/static/workbench.css").status_code == 200


def test_the_printed_address_is_changed_for_a_strict_cookie(bench: Bench) -> None:
    answer = httpx.get(f"{bench.url}{bench.review}?token={bench.settings.token}&order=score")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{bench.review}?order=score"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert bench.settings.token.lower() not in cookie


def test_the_change_of_the_key_never_leads_to_another_host(bench: Bench) -> None:
    answer = httpx.get(f"{bench.url}//evil.example/?token={bench.settings.token}")
    assert answer.headers["location"] == "/evil.example/"


@pytest.mark.parametrize("token", ["", "wrong", "é", "x" * 10_000])
def test_a_wrong_key_opens_nothing(bench: Bench, token: str) -> None:
    answer = httpx.get(f"{bench.url}/", params={"token": token})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "[::1]", ""])
def test_another_host_name_is_refused(bench: Bench, visitor: httpx.Client, host: str) -> None:
    assert visitor.get(bench.review, headers={"Host": host}).status_code in (400, 421)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machines_names_are_taken(bench: Bench, visitor: httpx.Client, name: str) -> None:
    assert visitor.get(bench.review, headers={"Host": f"{name}:{bench.settings.port}"}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": EVIL, "Sec-Fetch-Site": "cross-site"},
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_a_write_from_another_page_changes_nothing(bench: Bench, visitor: httpx.Client, sent: dict[str, str]) -> None:
    del visitor.headers["Origin"], visitor.headers["Sec-Fetch-Site"]
    target = bench.suggestions[0].id
    answers = [
        visitor.post(f"/suggestions/{target}/decision", data={"verdict": "accepted"}, headers=sent),
        visitor.post("/api/decisions", json={"suggestions": [target], "verdict": "accepted"}, headers=sent),
        visitor.post("/intake", files={"files": ("a.txt", b"A text to code.")}, headers=sent),
        visitor.put("/api/decisions", headers=sent),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert visitor.get(f"/api/suggestions/{target}/decisions").json() == []


def test_another_port_of_this_machine_is_another_site(bench: Bench, visitor: httpx.Client) -> None:
    body = {"suggestions": [bench.suggestions[0].id], "verdict": "accepted"}
    answer = visitor.post("/api/decisions", json=body, headers={"Origin": "http://127.0.0.1:1"})
    assert answer.status_code == 403


def test_a_script_may_bear_the_key(bench: Bench) -> None:
    bearer = {"Authorization": f"Bearer {bench.settings.token}"}
    body = {"suggestions": [bench.suggestions[0].id], "verdict": "rejected"}
    assert httpx.post(f"{bench.url}/api/decisions", json=body, headers=bearer).status_code == 201
    assert httpx.post(f"{bench.url}/api/decisions", json=body, headers={"Authorization": "Bearer x"}).status_code == 403
    from_page = {**bearer, "Origin": EVIL}
    assert httpx.post(f"{bench.url}/api/decisions", json=body, headers=from_page).status_code == 403


def test_every_answer_carries_the_policy(bench: Bench, visitor: httpx.Client) -> None:
    with httpx.Client(base_url=bench.url) as stranger:
        answers = [
            visitor.get("/"),
            visitor.get(bench.review),
            visitor.get("/nowhere"),
            visitor.get("/api/reports"),
            stranger.get("/"),
            stranger.get("/static/review.js"),
        ]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
    assert answers[1].headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_style_of_its_own_or_loads_from_elsewhere(bench: Bench, visitor: httpx.Client) -> None:
    import re

    for path in (
        "/",
        "/reports",
        bench.review,
        f"{bench.review}?tab=found",
        f"{bench.review}?focus={bench.suggestions[0].id}",
    ):
        text = visitor.get(path).text
        assert not re.search(r"<script(?![^>]*\ssrc=\"/static/)", text), path
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", text), path
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), path


def test_too_much_is_refused_whatever_its_length_says(bench: Bench, visitor: httpx.Client) -> None:
    big = b"x" * (bench.settings.upload_bytes + 1)
    assert visitor.post("/intake", content=big).status_code == 413

    def endless() -> object:
        yield from (b"x" * 100_000 for _ in range(100))

    chunked = visitor.post("/api/decisions", content=endless(), headers={"Content-Type": "application/json"})  # type: ignore[arg-type]
    assert chunked.status_code in (400, 413)


def test_an_error_shows_no_internals(bench: Bench, visitor: httpx.Client) -> None:
    answer = visitor.get("/reports/R-nothing/review")
    assert answer.status_code == 404
    assert "There is no report" in answer.text
    assert "Traceback" not in answer.text
    problem = visitor.get("/api/reports/R-nothing")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 404


def test_an_unforeseen_error_is_told_in_a_sentence(
    bench: Bench, visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("counterfoil.web.pages.review.review", broken)
    answer = visitor.get(bench.review)
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Something went wrong" in answer.text
    assert answer.headers["content-security-policy"]
    assert "a secret of the inside" in caplog.text  # whoever runs it is told
