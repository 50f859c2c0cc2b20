"""MISP events: what MISP's own library makes of them, and the way back."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymisp
import pymispgalaxies
import pytest
from pymisp import MISPEvent

from counterfoil.errors import InputError
from counterfoil.exchange.misp import event, write
from counterfoil.exchange.misp_galaxy import galaxies, value_uuid
from counterfoil.exchange.misp_in import read, recognises
from counterfoil.model.catalogue import Catalogue, Counter
from counterfoil.model.coding import Modality, Verdict
from counterfoil.model.framework import Code, Framework, Tactic, Technique
from counterfoil.model.incident import CodedIncident
from counterfoil.model.loaded import Loaded, LoadReport
from counterfoil.model.parcel import Parcel
from tests.exchange.rich import disarm, rich_incident

TEMPLATES = Path(pymisp.__file__).parent / "data" / "misp-objects" / "objects"
DESCRIBED = json.loads((Path(pymisp.__file__).parent / "data" / "describeTypes.json").read_text())["result"]


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return event(rich_incident(), disarm())


@pytest.fixture(scope="module")
def parcel(made: dict[str, Any]) -> Parcel:
    return read(json.dumps({"Event": made}).encode(), disarm())


def _attributes(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [*made["Attribute"], *(one for thing in made["Object"] for one in thing["Attribute"])]


def test_misps_own_library_loads_all_of_it(made: dict[str, Any]) -> None:
    loaded = MISPEvent()
    loaded.from_dict(Event=json.loads(json.dumps(made)))
    again = json.loads(loaded.to_json())
    assert [tag["name"] for tag in again["Tag"]] == [tag["name"] for tag in made["Tag"]]
    assert {one["uuid"] for one in _attributes(again)} == {one["uuid"] for one in _attributes(made)}
    assert [one["content"] for one in again["EventReport"]] == [one["content"] for one in made["EventReport"]]


def test_every_type_stands_in_a_category_that_misp_has_for_it(made: dict[str, Any]) -> None:
    for one in _attributes(made):
        assert one["type"] in DESCRIBED["category_type_mappings"][one["category"]], one


@pytest.mark.parametrize("name", ["report", "narrative"])
def test_objects_fit_the_published_templates(made: dict[str, Any], name: str) -> None:
    template = json.loads((TEMPLATES / name / "definition.json").read_text())
    objects = [thing for thing in made["Object"] if thing["name"] == name]
    assert objects
    for thing in objects:
        assert (thing["template_uuid"], thing["template_version"]) == (template["uuid"], str(template["version"]))
        relations = {one["object_relation"]: one["type"] for one in thing["Attribute"]}
        assert relations == {key: template["attributes"][key]["misp-attribute"] for key in relations}
        assert relations.keys() & set(template["requiredOneOf"])


def test_ids_are_unique_and_their_own_for_each_incident(made: dict[str, Any]) -> None:
    coded = rich_incident()
    other = event(replace(coded, incident=replace(coded.incident, id="I-fedcba987654")), disarm())
    first, second = ([one["uuid"] for one in _attributes(each)] for each in (made, other))
    assert len(set(first)) == len(first)
    assert not {*first, made["uuid"]} & {*second, other["uuid"]}


def test_techniques_are_tagged_unless_they_did_not_happen(made: dict[str, Any]) -> None:
    coded = rich_incident()
    tags = {tag["name"] for tag in made["Tag"]}
    assert "tlp:amber" in tags
    for citation in coded.citations:
        name = disarm().technique(citation.suggestion.code.id).name
        others = {c.suggestion.code.id for c in coded.citations if c.suggestion.modality is not Modality.NEGATED}
        assert (f'misp-galaxy:disarm-techniques="{name}"' in tags) == (citation.suggestion.code.id in others)
    negated = [c for c in coded.citations if c.suggestion.modality is Modality.NEGATED]
    assert negated
    assert not any(one["to_ids"] for one in _attributes(made))


def test_the_way_back_keeps_codes_evidence_and_decisions(parcel: Parcel) -> None:
    coded = rich_incident()
    assert parcel.problems == ()
    (incident,) = parcel.incidents
    assert incident == coded.incident
    assert {one.report.id: one.report.text for one in parcel.reports} == {r.id: r.text for r in coded.reports}
    known = {report.id: report for report in coded.reports}
    for one in parcel.reports:
        same = replace(one.report, blocks=(), pages=(), notes=())
        assert same == replace(known[one.report.id], blocks=(), pages=(), notes=())
        assert one.added == coded.added[one.report.id]
    arrived = {code.suggestion.id: code for one in parcel.reports for code in one.codes}
    assert arrived.keys() == {citation.suggestion.id for citation in coded.citations}
    for citation in coded.citations:
        suggestion, judged = arrived[citation.suggestion.id].suggestion, arrived[citation.suggestion.id].judged
        bare = replace(citation.suggestion, reasons=tuple(replace(r, span=None) for r in citation.suggestion.reasons))
        assert suggestion == bare
        assert judged is not None
        assert (judged.verdict, judged.signature.analyst) == (Verdict.ACCEPTED, citation.decision.analyst)
        assert (judged.signature.at, judged.signature.comment) == (citation.decision.at, citation.decision.comment)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("actors", ("name", "kind", "state", "aliases", "spans")),
        ("targets", ("name", "role", "by", "kind", "country", "when", "spans")),
        ("observables", ("type", "value", "platform", "spans")),
        ("narratives", ("text", "by", "spans")),
        ("attributions", ("actor", "to", "by", "strength", "confidence", "spans")),
    ],
)
def test_the_way_back_keeps_what_was_found(parcel: Parcel, kind: str, fields: tuple[str, ...]) -> None:
    def facts(extractions: Any) -> set[tuple[Any, ...]]:
        items = (item for extraction in extractions for item in getattr(extraction, kind))
        return {tuple(getattr(item, name) for name in fields) for item in items}

    wanted = facts(rich_incident().extractions.values())
    found = facts(one.extraction for one in parcel.reports)
    assert wanted
    assert found == wanted


def test_several_incidents_are_a_response() -> None:
    coded = rich_incident()
    out = io.BytesIO()
    write([coded, replace(coded, incident=replace(coded.incident, id="I-fedcba987654"))], disarm(), out)
    assert len(json.loads(out.getvalue())["response"]) == 2
    assert recognises("x.json", out.getvalue()[:200])
    assert len(read(out.getvalue(), disarm()).incidents) == 2
    assert len(read(out.getvalue(), disarm()).reports) == len(coded.reports)


def _foreign(**more: Any) -> dict[str, Any]:
    return {"uuid": "11111111-2222-4333-8444-555555555555", "info": "Troll wave", "date": "2031-02-03", **more}


def _read(raw: dict[str, Any], framework: Framework | None = None) -> Parcel:
    return read(json.dumps({"Event": raw}).encode(), framework or disarm())


def test_anothers_event_becomes_a_composed_report_with_open_codes() -> None:
    name = disarm().technique("T0146").name
    raw = _foreign(
        Orgc={"name": "Harbour CERT"},
        Tag=[{"name": "tlp:green"}, {"name": 'counterfoil:framework="DISARM 1.6"'}],
        Attribute=[
            {"type": "domain", "value": "lies.example", "comment": "first seen", "category": "Network activity"},
            {"type": "ip-dst", "value": "192.0.2.7"},
            {"type": "mutex", "value": "abc"},
            {
                "type": "comment",
                "value": "Sock puppets wave",
                "Tag": [{"name": f'misp-galaxy:disarm-techniques="{name}"'}],
            },
        ],
    )
    parcel = _read(raw)
    (one,) = parcel.reports
    (code,) = one.codes
    assert code.judged is None
    assert (code.suggestion.code.id, code.suggestion.coder) == ("T0146", "import misp: Harbour CERT")
    assert "Sock puppets wave" in code.suggestion.spans[0].quote
    assert {(o.type, o.value) for o in one.extraction.observables} == {
        ("domain-name", "lies.example"),
        ("ipv4-addr", "192.0.2.7"),
    }
    assert [problem.what for problem in parcel.problems] == ["kept as words: no type of ours fits it"]
    assert "mutex: abc" in one.report.text
    (incident,) = parcel.incidents
    assert (incident.origin, incident.details.tlp) == ("MISP Harbour CERT", "green")
    assert incident.created == "2031-02-03T00:00:00.000Z"


def test_a_name_without_a_version_is_that_of_misps_own_galaxy() -> None:
    parcel = _read(_foreign(Tag=[{"name": 'misp-galaxy:disarm-techniques="Facilitate State Propaganda"'}]))
    (code,) = parcel.reports[0].codes
    assert code.suggestion.code == Code("DISARM", "1.4", "T0002")
    unknown = _read(_foreign(Tag=[{"name": 'misp-galaxy:disarm-techniques="Dance"'}]))
    assert [problem.what for problem in unknown.problems] == ["no technique of that name is known"]


def test_a_quote_that_is_not_in_its_text_is_said(made: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(made))
    thing = next(one for one in broken["Object"] if one["name"] == "counterfoil-citation")
    next(a for a in thing["Attribute"] if a["object_relation"] == "quote")["value"] += "!"
    parcel = _read(broken)
    assert len(parcel.problems) == 1
    assert "cannot be read" in parcel.problems[0].what


@pytest.mark.parametrize(
    "raw",
    [
        {"Tag": "x", "Attribute": {"a": 1}, "Object": [1, {"Attribute": "y"}], "EventReport": [{"content": 7}]},
        {"date": "2031-13-45", "timestamp": "99999999999999"},
        {"info": 7, "uuid": [], "Orgc": "x", "Tag": [{"name": 5}, {"name": "tlp:mauve"}]},
        {"Attribute": [{"type": "domain", "value": None}, {"type": {}, "value": "x"}]},
        {"Galaxy": [{"GalaxyCluster": [{"meta": {"external_id": [[]]}, "value": 3}]}]},
    ],
)
def test_a_broken_event_gives_problems_not_errors(raw: dict[str, Any]) -> None:
    parcel = _read(raw)
    assert len(parcel.incidents) == 1
    assert raw.get("Galaxy") or parcel.problems


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"Event": 3}', b'{"response": []}', b"\xff\xfe"])
def test_what_is_no_event_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError):
        read(data, disarm())


def test_an_unknown_tlp_label_counts_as_the_narrowest() -> None:
    parcel = _read(_foreign(Tag=[{"name": "tlp:mauve"}]))
    assert parcel.incidents[0].details.tlp == "red"


def test_the_ids_of_the_published_galaxy_are_met() -> None:
    published = pymispgalaxies.Clusters().get("disarm-techniques")  # type: ignore[attr-defined]
    assert published is not None
    met = [value.uuid == value_uuid(value.meta.to_dict()["external_id"]) for value in published.values()]
    assert len(met) == 298
    assert all(met)


def _loaded() -> Loaded:
    techniques = {
        "T0001": Technique("T0001", "Same", "TA01"),
        "T0001.001": Technique("T0001.001", "Same", "TA01", parent="T0001"),
    }
    framework = Framework("DISARM", "1.6", (), (Tactic("TA01", "Plan", "P1", 1),), techniques)
    counters = (Counter("C00001", "Block", techniques=("T0001", "T0999"), tactic="TA01"),)
    return Loaded(framework, Catalogue(counters=counters), LoadReport("test"))


def test_galaxies_relate_both_ways_and_nothing_dangles() -> None:
    made = galaxies(_loaded())
    clusters = [made.documents[f"clusters/disarm-{kind}.json"] for kind in ("techniques", "countermeasures")]
    values = {value["uuid"]: value for cluster in clusters for value in cluster["values"]}
    related = {
        (one["value"], r["type"], values[r["dest-uuid"]]["value"]) for one in values.values() for r in one["related"]
    }
    assert related == {
        ("Same (T0001.001)", "subtechnique-of", "Same (T0001)"),
        ("Same (T0001)", "blocked-by", "Block"),
        ("Block", "blocks", "Same (T0001)"),
    }
    assert made.dangling == ("C00001 blocks T0999",)
    assert made.documents.keys() == {
        f"{folder}/disarm-{kind}.json"
        for folder in ("galaxies", "clusters")
        for kind in ("techniques", "countermeasures")
    }


def test_a_coded_case_of_a_small_framework_leaves_too(coded: CodedIncident, framework: Framework) -> None:
    made = event(coded, framework)
    assert 'counterfoil:framework="TEST 1.0"' in {tag["name"] for tag in made["Tag"]}
