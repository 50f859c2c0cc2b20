"""The TAXII server, asked by the library that others ask with, and by hand."""

import json
import re
from datetime import UTC, datetime
from itertools import product
from typing import Any

import httpx
import pytest
from taxii2client.common import TokenAuth
from taxii2client.v21 import Collection, Server, as_pages

from counterfoil.kb.coding import decide
from counterfoil.kb.incident_changes import mark, rename
from counterfoil.kb.incidents import get_incident
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.marking import Tlp
from tests.web.conftest import Bench
from tests.web.taxii import AT, MEDIA_TYPE, add_case, server
from tests.web.taxii import Server as Running

__all__ = ["server"]

LATER = "2031-05-03T10:00:00.000Z"


def _names(objects: dict[str, dict[str, Any]], kind: str = "incident") -> set[str]:
    return {one["name"] for one in objects.values() if one["type"] == kind}


def _collection(running: Running, label: str = "amber") -> Collection:
    root = Server(running.url, user=f"partner-{label}", password=running.tokens[label]).default
    found = [one for one in root.collections if one.custom_properties or one.alias == label]
    assert len(found) == 1
    return found[0]


def test_the_client_library_finds_its_way(server: Running) -> None:
    there = Server(server.url, user="partner-amber", password=server.tokens["amber"])
    assert [root.title for root in there.api_roots] == [
        "Counterfoil, profile counterfoil",
        "Counterfoil, profile opencti",
    ]
    assert there.default is there.api_roots[0]
    assert there.default.versions == [MEDIA_TYPE]
    assert there.default.max_content_length == 200_000
    aliases = [one.alias for one in there.default.collections]
    assert aliases == ["clear", "green", "amber"]
    assert all(one.can_read and not one.can_write for one in there.default.collections)


def test_it_takes_the_token_as_the_library_sends_it(server: Running) -> None:
    there = Server(server.url, auth=TokenAuth(server.tokens["clear"]))
    assert [one.alias for one in there.default.collections] == ["clear"]


@pytest.mark.parametrize("root", ["counterfoil", "opencti"])
def test_a_collection_holds_what_its_readers_may_see(server: Running, root: str) -> None:
    held = {label: _names(server.objects(label, root=root)) for label in server.tokens}
    assert held["clear"] == {"Saltmere"}
    assert held["green"] == {"Saltmere", "Greenwich"}
    assert held["amber"] == held["amber+strict"] == {"Saltmere", "Greenwich", "Ambleside"}
    text = json.dumps(server.objects("clear", root=root))
    assert "Greenwich" not in text
    assert "Ambleside" not in text
    assert "Redcar" not in json.dumps(server.objects("amber+strict", root=root))


def test_what_incidents_share_says_in_each_collection_what_its_readers_may_see(server: Running) -> None:
    shared = {label: _of_type(server.objects(label), "intrusion-set") for label in ("clear", "green", "amber")}
    assert {label: len(found) for label, found in shared.items()} == {"clear": 1, "green": 1, "amber": 1}
    uses = {label: _uses(server.objects(label)) for label in ("clear", "green", "amber")}
    incidents = {label: link["extensions"].popitem()[1]["incidents"] for label, link in uses.items()}
    ids = server.incidents
    assert incidents["clear"] == [ids["Saltmere"]]
    assert sorted(incidents["green"]) == sorted([ids["Saltmere"], ids["Greenwich"]])
    assert sorted(incidents["amber"]) == sorted([ids["Saltmere"], ids["Greenwich"], ids["Ambleside"]])
    labels = {label: link["object_marking_refs"] for label, link in uses.items()}
    assert len({tuple(refs) for refs in labels.values()}) == 3


def _of_type(objects: dict[str, dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in objects.values() if one["type"] == kind]


def _uses(objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    links = _of_type(objects, "relationship")
    (found,) = (
        one for one in links if one["relationship_type"] == "uses" and one["source_ref"].startswith("intrusion")
    )
    return found


def test_it_serves_what_an_export_of_the_same_incidents_holds(server: Running) -> None:
    import io

    from counterfoil.config import load_config
    from counterfoil.workflow import Sharing, load_codebook, share

    out = io.BytesIO()
    workspace = server.opened()
    ids = [server.incidents[name] for name in ("Saltmere", "Greenwich", "Ambleside")]
    share(workspace, ids, load_codebook(load_config({})).framework, Sharing("stix", "counterfoil", Tlp.AMBER), out)
    workspace.close()
    exported = {one["id"]: one for one in json.loads(out.getvalue())["objects"]}
    served = server.objects("amber")
    assert served.keys() == exported.keys()
    differing = {one["type"] for key, one in exported.items() if _comparable(one) != _comparable(served[key])}
    assert not differing


def _comparable(made: dict[str, Any]) -> dict[str, Any]:
    """Without the order of what several incidents said, and the words in which it is summed up."""
    plain = {name: value for name, value in made.items() if name != "description"}
    return {name: _sorted(value) for name, value in plain.items()}


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(one) for name, one in value.items()}
    if isinstance(value, list):
        return sorted(json.dumps(one, sort_keys=True) for one in value)
    return value


def test_pages_follow_each_other_without_gap_or_repetition(server: Running) -> None:
    there = _collection(server)
    whole = [one["id"] for one in there.get_objects()["objects"]]
    paged = [one["id"] for page in as_pages(there.get_objects, per_request=7) for one in page["objects"]]
    assert paged == whole
    assert len(whole) > 14
    listed = [one["id"] for page in as_pages(there.get_manifest, per_request=7) for one in page["objects"]]
    assert listed == whole


def test_added_after_continues_where_a_page_ended(server: Running) -> None:
    with server.client("amber") as client:
        path = "counterfoil/collections/amber/objects/"
        first = client.get(path, params={"limit": 10})
        whole = client.get(path)
        assert "next" not in whole.json()
        assert "more" not in whole.json()
        last = first.headers["X-TAXII-Date-Added-Last"]
        rest = client.get(path, params={"added_after": last})
        assert first.json()["objects"] + rest.json()["objects"] == whole.json()["objects"]
        assert first.headers["X-TAXII-Date-Added-First"] == whole.headers["X-TAXII-Date-Added-First"] < last
        end = client.get(path, params={"added_after": whole.headers["X-TAXII-Date-Added-Last"]})
        assert end.json() == {}
        assert "X-TAXII-Date-Added-Last" not in end.headers


def test_filters(server: Running) -> None:
    there = _collection(server)
    kinds = {one["type"] for one in there.get_objects(type=["incident", "report"])["objects"]}
    assert kinds == {"incident", "report"}
    whole = there.get_objects()["objects"]
    one = next(one for one in whole if one["type"] == "incident")
    assert there.get_objects(id=one["id"])["objects"] == [one]
    assert there.get_objects(id=one["id"], type="report") == {}
    assert there.get_objects(spec_version="2.1")["objects"] == whole
    assert there.get_objects(spec_version="2.0") == {}
    for word in ("first", "last", "all"):
        assert there.get_objects(version=word)["objects"] == whole
    moment = datetime.fromisoformat(one["modified"]).astimezone(UTC)
    assert one in there.get_objects(version=moment)["objects"]
    assert there.get_objects(version="1999-01-01T00:00:00Z") == {}
    assert there.get_objects(added_after="2999-01-01T00:00:00Z") == {}


def test_an_object_its_manifest_and_its_versions(server: Running) -> None:
    there = _collection(server)
    for record in there.get_manifest()["objects"]:
        (made,) = there.get_object(record["id"])["objects"]
        assert made["id"] == record["id"]
        assert record["version"] == made.get("modified", made.get("created", record["date_added"]))
        assert record["media_type"] == "application/stix+json;version=2.1"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", record["date_added"])
        assert there.object_versions(record["id"])["versions"] == [record["version"]]


def test_an_object_of_another_collection_is_not_there(server: Running) -> None:
    hidden = next(key for key, one in server.objects("amber").items() if one.get("name") == "Ambleside")
    with server.client("amber") as client:
        assert client.get(f"counterfoil/collections/amber/objects/{hidden}/").status_code == 200
        for path in (f"objects/{hidden}/", f"objects/{hidden}/versions/"):
            answer = client.get(f"counterfoil/collections/green/{path}")
            assert answer.status_code == 404
            assert answer.json()["http_status"] == "404"


def test_a_decision_is_served_with_the_next_page(server: Running) -> None:
    before = server.objects("green")
    with server.client("green") as client:
        mark_of = client.get("counterfoil/collections/green/objects/").headers["X-TAXII-Date-Added-Last"]
    workspace = server.opened()
    with workspace.writing() as connection:
        rename(connection, server.incidents["Saltmere"], "Saltmere again", Signature("ada", LATER))
        suggestion = connection.exec_driver_sql(
            "SELECT s.id FROM suggestions s JOIN incident_reports r USING (report) WHERE r.incident = ?",
            (server.incidents["Greenwich"],),
        ).scalar_one()
        decide(connection, suggestion, Verdict.REJECTED, Signature("ada", LATER, "not so"))
    workspace.close()
    after = server.objects("green")
    assert "Saltmere again" in _names(after)
    assert _uses(after)["extensions"] != _uses(before)["extensions"]
    with server.client("green") as client:
        new = client.get("counterfoil/collections/green/objects/", params={"added_after": mark_of})
    added = {one["id"]: one for one in new.json()["objects"]}
    assert {key for key in after if after[key] != before.get(key)} == added.keys()


def test_what_is_marked_for_fewer_readers_is_gone_at_once(server: Running) -> None:
    assert "Greenwich" in _names(server.objects("green"))
    workspace = server.opened()
    with workspace.writing() as connection:
        mark(connection, server.incidents["Greenwich"], Tlp.AMBER_STRICT, Signature("ada", LATER))
    text = json.dumps([server.objects("green"), server.objects("amber")])
    assert "Greenwich" not in text
    assert "Greenwich" in _names(server.objects("amber+strict"))
    with workspace.writing() as connection:
        mark(connection, server.incidents["Greenwich"], Tlp.RED, Signature("ada", LATER))
    assert "Greenwich" not in json.dumps(server.objects("amber+strict"))
    with workspace.writing() as connection:
        assert get_incident(connection, server.incidents["Greenwich"]).tlp is Tlp.RED
        mark(connection, server.incidents["Greenwich"], Tlp.CLEAR, Signature("ada", LATER))
    workspace.close()
    assert "Greenwich" in _names(server.objects("clear"))


def test_when_it_was_added_grows_over_restarts_and_clocks_set_back(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dates() -> list[str]:
        with server.client("clear") as client:
            return [
                one["date_added"] for one in client.get("counterfoil/collections/clear/manifest/").json()["objects"]
            ]

    first = dates()
    assert first == sorted(set(first))
    monkeypatch.setattr("counterfoil.kb.feed_objects.time.time_ns", lambda: 10**18)  # 2001
    workspace = server.opened()
    add_case(workspace, "Latecomer", None)
    workspace.close()
    second = dates()
    assert second == sorted(set(second))
    assert set(second) - set(first)
    assert min(set(second) - set(first)) > first[-1]


# Who may come in


def test_without_a_token_nothing_is_served(server: Running) -> None:
    paths = ("", "counterfoil/", "counterfoil/collections/", "counterfoil/collections/clear/objects/", "nowhere/")
    for path in paths:
        answer = httpx.get(server.url + path, headers={"Accept": MEDIA_TYPE})
        assert answer.status_code == 401, path
        assert answer.headers["content-type"] == MEDIA_TYPE
        assert answer.headers["www-authenticate"].startswith("Basic ")
        assert answer.json()["http_status"] == "401"


NO_TOKENS = (
    "",
    "Bearer",
    "Bearer wrong",
    "Bearer é",
    "Basic",
    "Basic ???",
    "Basic Og==",  # ":"
    "Basic cGFydG5lci1jbGVhcjo=",  # a name without a token
    "Digest x",
    "Bearer " + "x" * 20_000,
)


def test_what_is_no_token_opens_nothing(server: Running) -> None:
    for authorization in NO_TOKENS:
        sent = {b"Authorization": authorization.encode(), b"Accept": MEDIA_TYPE.encode()}
        assert httpx.get(server.url, headers=sent).status_code == 401, authorization


def test_a_token_under_another_name_opens_nothing(server: Running) -> None:
    answer = httpx.get(server.url, auth=("partner-green", server.tokens["clear"]))
    assert answer.status_code == 401
    assert httpx.get(server.url, auth=("partner-clear", server.tokens["clear"])).status_code == 200


def test_the_workbenchs_cookie_and_key_open_nothing_here(server: Running) -> None:
    base = f"http://127.0.0.1:{server.settings.port}"
    with httpx.Client(base_url=base, follow_redirects=True) as browser:
        browser.get(f"/?token={server.settings.token}").raise_for_status()
        assert browser.get("/taxii2/").status_code == 401
        assert browser.get(f"/taxii2/?token={server.settings.token}").status_code == 401
    bearer = {"Authorization": f"Bearer {server.settings.token}"}
    assert httpx.get(server.url, headers=bearer).status_code == 401


def test_a_token_opens_nothing_else(server: Running) -> None:
    base = f"http://127.0.0.1:{server.settings.port}"
    bearer = {"Authorization": f"Bearer {server.tokens['amber']}"}
    for path in ("/", "/api/incidents", "/api/openapi.json", "/taxii2", "/taxii2x/", "//taxii2/", "/Taxii2/"):
        assert httpx.get(base + path, headers=bearer).status_code == 403, path
    for path in ("/taxii2/../api/incidents", "/taxii2/%2e%2e/api/incidents", "/taxii2/..%2fapi%2fincidents"):
        with httpx.Client() as client:
            request = client.build_request("GET", base, headers=bearer)
            request.url = request.url.copy_with(raw_path=path.encode())
            answer = client.send(request)
        assert answer.status_code in (403, 404), path
        assert "Saltmere" not in answer.text


def test_a_revoked_token_opens_nothing_from_then_on(server: Running) -> None:
    from counterfoil.workflow.feed_tokens import revoke, tokens

    with server.client("amber") as client:
        assert client.get("").status_code == 200
        workspace = server.opened()
        revoke(workspace, "partner-amber", LATER)
        assert next(one for one in tokens(workspace) if one.name == "partner-amber").revoked == LATER
        workspace.close()
        assert client.get("").status_code == 401


def test_only_hashes_are_stored_and_they_are_compared_in_constant_time(
    server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counterfoil.kb import feed_tokens

    folder = server.settings.config.workspace
    stored = b"".join(path.read_bytes() for path in folder.glob("taxii.db*"))
    assert b"partner-amber" in stored
    assert not any(secret.encode() in stored for secret in server.tokens.values())
    compared: list[tuple[object, object]] = []

    def spy(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return bool(one == other)

    monkeypatch.setattr(feed_tokens, "compare_digest", spy)
    with server.client("clear") as client:
        assert client.get("").status_code == 200
    assert len(compared) == len(server.tokens) + 1  # every hash whatever was found, and the name


def test_another_host_is_refused(server: Running) -> None:
    with server.client() as client:
        for host in ("evil.example", "127.0.0.1", f"evil.example:{server.settings.port}"):
            answer = client.get("", headers={"Host": host})
            assert answer.status_code == 421
            assert answer.json()["http_status"] == "421"


# What is asked


NOT_UNDERSTOOD = (
    "limit=0",
    "limit=-1",
    "limit=x",
    "limit=",
    "limit=1.5",
    "limit=%D9%A1",
    "next=x",
    "next=-1",
    "next=" + "9" * 30,
    "added_after=",
    "added_after=yesterday",
    "added_after=2031-05-02",
    "added_after=2031-05-02T10:00:00",
    "added_after=2031-13-02T10:00:00Z",
    "added_after=2031-05-02T10:00:00%2B00:00",
    "added_after=' OR 1=1",
    "match[version]=now",
    "match[colour]=red",
    "match[id]=" + ",".join("x" * 2 for _ in range(1001)),
)


def test_what_cannot_be_understood_is_refused(server: Running) -> None:
    with server.client() as client:
        for query, what in product(NOT_UNDERSTOOD, ("objects", "manifest")):
            answer = client.get(f"counterfoil/collections/clear/{what}/?{query}")
            assert answer.status_code == 400, answer.text
            assert answer.headers["content-type"] == MEDIA_TYPE
            assert answer.json().keys() == {"title", "description", "http_status"}


def test_a_huge_limit_is_a_page(server: Running) -> None:
    with server.client() as client:
        for limit in ("1000000", "9" * 40):
            answer = client.get(f"counterfoil/collections/clear/objects/?limit={limit}")
            assert answer.status_code == 200
            assert len(answer.json()["objects"]) <= 1000


NOT_THERE = (
    "counterfoil/collections/clear/objects/..%2f..%2f..%2fetc%2fpasswd/",
    "counterfoil/collections/clear/objects/incident--' OR '1'='1/",
    "counterfoil/collections/clear/objects/%00/",
    "counterfoil/collections/../objects/",
    "counterfoil/collections/amber/objects/",
    "counterfoil/collections/red/objects/",
    "nowhere/",
    "nowhere/collections/clear/objects/",
    "counterfoil/status/x/",
    "counterfoil/collections/clear/nothing/",
)


def test_what_is_not_there(server: Running) -> None:
    with server.client("clear") as client:
        for path in NOT_THERE:
            answer = client.get(path)
            assert answer.status_code == 404, path
            assert answer.headers["content-type"] == MEDIA_TYPE


def test_it_is_read_only(server: Running) -> None:
    with server.client("amber") as client:
        path = "counterfoil/collections/amber/objects/"
        envelope = {"objects": [{"type": "identity", "id": "identity--1"}]}
        sent = {"Content-Type": MEDIA_TYPE}
        assert client.post(path, content=json.dumps(envelope), headers=sent).status_code == 403
        assert client.post(path, json=envelope).status_code == 415
        assert client.post("counterfoil/collections/amber/manifest/", json=envelope).status_code == 405
        one = next(iter(server.objects("amber")))
        assert client.delete(f"{path}{one}/").status_code == 403
        assert client.put(path).status_code == 405
        assert client.post(path, content=b"x" * 200_001, headers=sent).status_code == 413
        assert one in server.objects("amber")
    assert httpx.post(server.url + path, content=b"{}", headers=sent).status_code == 401


ACCEPTED = (
    (MEDIA_TYPE, 200),
    ("application/taxii+json; version=2.1", 200),
    ("application/taxii+json", 200),
    ("text/html, */*;q=0.1", 200),
    ("application/taxii+json;version=2.0", 406),
    ("application/vnd.oasis.taxii+json", 406),
    ("text/html", 406),
    ("application/json", 406),
    ("application/taxii+json;version=2.1;q=0", 406),
)


def test_the_media_type(server: Running) -> None:
    with server.client() as client:
        for accepted, status in ACCEPTED:
            answer = client.get("", headers={"Accept": accepted})
            assert answer.status_code == status, accepted
            assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_workbench_without_tokens_serves_nobody(bench: Bench) -> None:
    assert httpx.get(f"{bench.url}/taxii2/", auth=("a", "b")).status_code == 401


def test_while_it_is_not_ready_one_is_asked_to_come_again(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterfoil.workflow.feed import Subscription

    monkeypatch.setattr(Subscription, "page", lambda *_, **__: None)
    with server.client() as client:
        answer = client.get("counterfoil/collections/clear/objects/")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "30"


def test_a_page_of_large_objects_is_cut_short(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterfoil.kb.feed_pages.LARGEST", 3000)
    there = _collection(server)
    pages = list(as_pages(there.get_objects, per_request=1000))
    assert len(pages) > 3
    assert AT[:10] in json.dumps(pages)
