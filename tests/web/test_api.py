"""The JSON API does what the pages do."""

import httpx
import pytest

from tests.web.conftest import Bench


def test_reports_and_their_parts(bench: Bench, visitor: httpx.Client) -> None:
    listed = visitor.get("/api/reports").json()
    assert listed["totals"] == {"reports": 1, "waiting": 4, "waiting_reports": 1}
    (row,) = listed["reports"]
    assert (row["waiting"], row["hints"], row["accepted"]) == (4, 1, 0)
    report = visitor.get(f"/api/reports/{row['id']}").json()
    assert report["text"] == bench.report.text
    assert report["found"]["actors"][0]["name"] == "Amber Tide"
    for one in visitor.get(f"/api/reports/{row['id']}/suggestions").json():
        assert all(report["text"][span["start"] : span["end"]] == span["quote"] for span in one["spans"])


def test_deciding_undoing_and_history(bench: Bench, visitor: httpx.Client) -> None:
    ids = [one.id for one in bench.suggestions[:2]]
    made = visitor.post("/api/decisions", json={"suggestions": ids, "verdict": "accepted", "comment": "both"})
    assert made.status_code == 201
    assert {one["analyst"] for one in made.json()} == {"ada"}
    touched = visitor.post("/api/decisions/undo", json={"suggestions": ids}).json()
    assert [one["decision"] for one in touched] == [None, None]
    (step,) = visitor.get(f"/api/suggestions/{ids[0]}/decisions").json()
    assert (step["verdict"], step["comment"], step["withdrawn"]["analyst"]) == ("accepted", "both", "ada")


def test_all_or_none_are_judged(bench: Bench, visitor: httpx.Client) -> None:
    body = {"suggestions": [bench.suggestions[0].id, "S-nothing"], "verdict": "accepted"}
    assert visitor.post("/api/decisions", json=body).status_code == 404
    assert visitor.get(f"/api/suggestions/{bench.suggestions[0].id}").json()["decision"] is None


def test_own_codes_and_amending(bench: Bench, visitor: httpx.Client) -> None:
    start = bench.report.text.index("posed as nurses")
    body = {"technique": "T0097.102", "ranges": [{"start": start, "end": start + 15}]}
    own = visitor.post(f"/api/reports/{bench.report.id}/codes", json=body).json()
    assert own["spans"][0]["quote"] == "posed as nurses"
    assert own["coder"] == "analyst ada"
    assert own["decision"]["verdict"] == "accepted"
    changed = visitor.post(f"/api/suggestions/{own['id']}/amend", json={"modality": "warned"}).json()
    assert (changed["modality"], changed["replaces"]) == ("warned", own["id"])
    touched = visitor.post("/api/decisions/undo", json={"suggestions": [changed["id"], own["id"]]}).json()
    assert {one["id"]: (one["decision"] or {}).get("verdict") for one in touched} == {
        changed["id"]: None,
        own["id"]: "accepted",
    }


@pytest.mark.parametrize(
    "ranges", [[{"start": 5, "end": 5}], [{"start": 0, "end": 10**6}], [], [{"start": -1, "end": 2}]]
)
def test_a_range_that_is_not_in_the_text_is_refused(
    bench: Bench, visitor: httpx.Client, ranges: list[dict[str, int]]
) -> None:
    answer = visitor.post(f"/api/reports/{bench.report.id}/codes", json={"technique": "T0146", "ranges": ranges})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_suggestion_that_an_analyst_repeats_is_accepted_as_it_is(bench: Bench, visitor: httpx.Client) -> None:
    known = bench.suggestions[2]
    span = known.spans[0]
    body = {"technique": known.code.id, "ranges": [{"start": span.start, "end": span.end}]}
    report = visitor.get(f"/api/reports/{bench.report.id}").json()
    assert report["found"]["actors"]
    own = visitor.post(f"/api/reports/{bench.report.id}/codes", json=body).json()
    same = visitor.post(f"/api/reports/{bench.report.id}/codes", json=body).json()
    assert own["id"] == same["id"]


def test_an_incident_of_reviewed_reports(bench: Bench, visitor: httpx.Client) -> None:
    one = bench.suggestions[0].id
    visitor.post("/api/decisions", json={"suggestions": [one], "verdict": "accepted"})
    made = visitor.post("/api/incidents", json={"name": " Teapots ", "reports": [bench.report.id]})
    assert made.status_code == 201
    (listed,) = visitor.get("/api/incidents").json()
    assert listed["name"] == "Teapots"
    found = visitor.get(f"/api/incidents/{listed['id']}").json()
    assert [citation["suggestion"]["id"] for citation in found["citations"]] == [one]


def test_techniques_come_with_definitions_and_are_not_sent_twice(visitor: httpx.Client) -> None:
    first = visitor.get("/api/techniques")
    by_id = {one["id"]: one for one in first.json()}
    assert by_id["T0146"]["use_when"]
    again = visitor.get("/api/techniques", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "T0146.001" in visitor.get("/api/techniques/T0146.007").json()["siblings"]
    assert visitor.get("/api/techniques/T9999").status_code == 404


def test_a_withdrawn_own_code_is_gone(bench: Bench, visitor: httpx.Client) -> None:
    body = {"technique": "T0151.001", "ranges": [{"start": 0, "end": 7}]}
    own = visitor.post(f"/api/reports/{bench.report.id}/codes", json=body).json()
    visitor.post("/api/decisions/undo", json={"suggestions": [own["id"]]})
    listed = {one["id"] for one in visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()}
    assert own["id"] not in listed
    assert visitor.get("/api/reports").json()["totals"]["waiting"] == 4
    visitor.post(f"/api/reports/{bench.report.id}/codes", json=body)
    listed = {one["id"] for one in visitor.get(f"/api/reports/{bench.report.id}/suggestions").json()}
    assert own["id"] in listed
