"""What the command line makes of extraction: drafted incidents, actors and narratives over all reports."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ARTICLE, Run

SECOND = """The ferryman returns

Harbour Watch said on 9 May 2031 that a network it tracks as Nightferry (a.k.a. “Ferryman”) \
had created new pages. \
Night Ferry falsely claimed that the ferry company had sold the harbour to a foreign bank.
"""


@pytest.fixture
def coded(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "two.txt").write_text(SECOND, encoding="utf-8")
    assert run("code", "one.txt", "two.txt").code == 0
    return run


def _evidence(document: Any) -> list[dict[str, Any]]:
    """Every piece of evidence in a document, however deep."""
    if isinstance(document, dict):
        own = document.get("evidence", [])
        return [*own, *(item for value in document.values() for item in _evidence(value))]
    return [item for value in document for item in _evidence(value)] if isinstance(document, list) else []


def test_the_drafted_incident_can_be_traced_letter_by_letter(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    document = run("code", "one.txt", "--format", "json").json
    text = run("show", document["report"]["id"], "--text").out
    incident = document["incident"]
    assert incident["name"] == "Night Ferry"
    assert incident["summary"][0]["text"].endswith("names Night Ferry (also Ferryman).")
    assert [entry["name"] for entry in incident["assets"]][:2] == ["Facebook", "night-ferry.com"]
    places = _evidence(incident)
    assert len(places) > 10
    assert all(text[place["start"] : place["end"]] == place["quote"] for place in places)
    assert {place["report"] for place in places} == {document["report"]["id"]}


def test_only_what_the_coder_asserts_enters_the_draft(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    document = run("code", "one.txt", "--format", "json").json
    asserted = {s["technique"] for s in document["suggestions"] if s["score"] >= 0.2}
    assert {entry["name"].split()[0] for entry in document["incident"]["techniques"]} == asserted
    assert len(asserted) < len({s["technique"] for s in document["suggestions"]})


def test_actors_of_all_reports_with_proposed_aliases(coded: Run) -> None:
    listed = coded("actors").out
    assert "Night Ferry  Ferryman" in listed
    assert "perhaps one actor: " in listed
    plain = coded("actors", "--format", "json").json
    pairs = {frozenset((p["name"], p["alias"])) for p in plain["aliases_proposed"]}
    assert frozenset(("Night Ferry", "Nightferry")) in pairs
    assert "Nightferry" in {actor["name"] for actor in plain["actors"]}  # proposed, and still apart


def test_narratives_of_all_reports(coded: Run) -> None:
    assert "sold the harbour to a foreign bank" in coded("narratives").out
    (told,) = coded("narratives", "--format", "json").json
    assert told["evidence"][0]["quote"] == told["name"]


def test_an_incident_is_named_by_what_its_reports_name(coded: Run) -> None:
    reports = [row["id"] for row in coded("list", "--format", "json").json]
    made = coded("incident", "new", *reports, "--format", "json").json
    assert made["name"] in ("Night Ferry", "Nightferry")
    shown = coded("incident", "show", made["id"]).out
    assert "names Night Ferry" in shown
    page = coded("export", "page", made["id"]).out
    assert "## What the reports say" in page
    assert "## Narratives" in page
    bundle = coded("export", "stix", made["id"]).json
    (incident,) = [thing for thing in bundle["objects"] if thing["type"] == "incident"]
    assert "names Night Ferry" in incident["description"]


def test_a_report_without_operation_and_title_needs_a_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("it rained.", encoding="utf-8")
    report = run("code", "quiet.txt", "--format", "json").json["report"]
    if report["title"]:
        assert run("incident", "new", report["id"], "--format", "json").json["name"] == report["title"]
    else:
        outcome = run("incident", "new", report["id"])
        assert outcome.code == 2
        assert "name" in outcome.err


def test_the_demo_accepts_what_its_sample_tells(run: Run) -> None:
    assert run("demo", "--out", "out").code == 0
    run_in = ("-w", "out/casework")
    (incident,) = run("incident", "list", "--format", "json", *run_in).json
    shown = run("incident", "show", incident["id"], "--format", "json", *run_in).json
    codes = {citation["suggestion"]["technique"] for citation in shown["citations"]}
    assert {"T0143.002", "T0097.202", "T0085.001", "T0049.003"} <= codes
    assert len(codes) >= 12
