"""One query over the workspace and the techniques."""

import json
from dataclasses import replace

import pytest

from counterfoil.kb.incidents import add_incident
from counterfoil.kb.reports import add_report
from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook
from counterfoil.model.report import Original, Report
from counterfoil.workflow.searching import Found, Guide, Wanted, found_to_plain, search

AT = "2031-05-01T09:00:00.000Z"


@pytest.fixture
def guide(codebook: Codebook) -> Guide:
    return Guide(codebook.framework, codebook)


@pytest.fixture
def stored(workspace: Workspace, report: Report) -> Workspace:
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"raw", "text/plain"), AT)
        add_incident(connection, "Papers of the harbour", [report.id], AT)
    return workspace


def _kinds(found: Found) -> list[str]:
    return [group.kind for group in found.groups]


def _techniques(found: Found) -> list[str]:
    return [hit.id for group in found.groups if group.kind == "technique" for hit in group.hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("T0001.001", ["T0001.001"]),
        ("t0001", ["T0001", "T0001.001", "T0001.002"]),
        ("make up papers", ["T0001.002"]),
        ("inventing", ["T0001", "T0001.001"]),  # our definitions
        ("persons inventing", ["T0001.001"]),
        ("make -papers", ["T0001", "T0001.001"]),
        ("technique:T0001 up", ["T0001", "T0001.001", "T0001.002"]),
        ("kind:technique", ["T0001", "T0001.001", "T0001.002", "T0002"]),
        ("lang:en make", []),  # a technique has no language
    ],
)
def test_techniques_by_id_name_and_definition(stored: Workspace, guide: Guide, query: str, ids: list[str]) -> None:
    assert _techniques(search(stored, guide, Wanted(query), 10)) == ids


def test_techniques_come_first_only_if_one_is_called_so(stored: Workspace, guide: Guide) -> None:
    assert _kinds(search(stored, guide, Wanted("papers"), 10)) == ["technique", "incident"]
    forging = replace(guide.codebook.entries["T0002"], definition="Harbour money.")
    entries = {**guide.codebook.entries, "T0002": forging}
    money = Guide(guide.framework, replace(guide.codebook, entries=entries))
    assert _kinds(search(stored, money, Wanted("harbour"), 10)) == ["incident", "report", "technique"]


def test_filters_beside_the_words_and_in_them(stored: Workspace, guide: Guide) -> None:
    assert _kinds(search(stored, guide, Wanted("harbour", {"kind": "report"}), 10)) == ["report"]
    assert _kinds(search(stored, guide, Wanted("harbour kind:incident", {"kind": "report"}), 10)) == ["incident"]
    assert _kinds(search(stored, guide, Wanted("harbour", {"language": "fr"}), 10)) == []
    # What stands in a filter cannot become anything else.
    evil = search(stored, guide, Wanted("harbour", {"since": '2031" kind:actor "'}), 10)
    assert "dates look like" in evil.query.notes[0]
    assert evil.query.kind == ""


def test_while_typing(stored: Workspace, guide: Guide) -> None:
    assert _kinds(search(stored, guide, Wanted("harb", typing=True), 10)) == ["incident", "report"]
    assert _kinds(search(stored, guide, Wanted("harb"), 10)) == []


def test_plain_data_for_programs(stored: Workspace, guide: Guide) -> None:
    plain = json.loads(json.dumps(found_to_plain(search(stored, guide, Wanted("harbour kind:x"), 1))))
    assert plain["total"] == 2
    assert plain["groups"][0]["hits"][0]["title"] == [
        {"text": "Papers of the ", "marked": False},
        {"text": "harbour", "marked": True},
    ]
    assert plain["notes"] == [
        "kind:x: no such kind; there are technique, report, quote, incident, actor, narrative, observable."
    ]
