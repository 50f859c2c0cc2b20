"""The STIX bundle: valid, parsed by the reference library, complete, with ids that do not change."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pytest
import stix2
from stix2validator import ValidationOptions, validate_instance

from counterfoil.exchange.stix_ids import (
    EVIDENCE,
    INCIDENT,
    OPENCTI_EXTENSION,
    REPORT,
    attack_pattern_id,
    stix_id,
    without_empty,
)
from counterfoil.model.catalogue import Counter
from counterfoil.model.coding import Citation
from counterfoil.model.extraction import Actor, Alias, Attribution, Observable
from counterfoil.model.framework import Code, Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.plain import KINDS, extraction_from_plain, spans_from_plain
from tests.exchange.bundles import ALL, Bundle, bundle, by_name, evidence_on, links, of_type
from tests.exchange.rich import disarm, rich_incident


@pytest.mark.parametrize("profile", ALL)
def test_the_bundle_is_valid_and_parsed(profile: str) -> None:
    made = bundle([rich_incident()], disarm(), profile)
    results = validate_instance(made, ValidationOptions(version="2.1"))
    assert results.is_valid, [str(error) for error in results.errors]
    assert len(stix2.parse(made, allow_custom=True).objects) == len(made["objects"])


def test_only_the_narratives_are_not_stix_itself() -> None:
    made = bundle([rich_incident()], disarm())
    plain = [thing for thing in made["objects"] if "narrative--" not in thing["id"] + thing.get("target_ref", "")]
    for report in of_type(made, "report"):
        report["object_refs"] = [ref for ref in report["object_refs"] if not ref.startswith("narrative--")]
    assert len(stix2.parse(made | {"objects": plain}, allow_custom=False).objects) == len(plain)
    for narrative in of_type(made, "narrative"):
        assert narrative["extensions"] == {OPENCTI_EXTENSION: {"extension_type": "new-sdo"}}


@pytest.mark.parametrize("profile", ALL)
def test_every_reference_is_met_and_no_id_stands_twice(
    profile: str, coded: CodedIncident, framework: Framework
) -> None:
    for made in (bundle([coded, coded], framework, profile), bundle([rich_incident()], disarm(), profile)):
        ids = [thing["id"] for thing in made["objects"]]
        assert len(ids) == len(set(ids))
        for thing in made["objects"]:
            refs = [value for key, value in thing.items() if key.endswith("_ref")]
            refs += [ref for key, value in thing.items() if key.endswith("_refs") for ref in value]
            assert set(refs) <= set(ids)


def test_what_an_import_needs_is_all_there() -> None:
    coded = rich_incident()
    made = bundle([coded], disarm())
    (incident,) = of_type(made, "incident")
    content = incident["extensions"][INCIDENT]
    assert {name: content[name] for name in ("id", "name", "created", "origin")} == {
        name: getattr(coded.incident, name) for name in ("id", "name", "created", "origin")
    }
    assert tuple(content["reports"]) == coded.incident.reports
    details = coded.incident.details
    for name in ("external_id", "summary", "year", "tlp"):
        assert content[name] == getattr(details, name)
    for name in ("attributed_to", "found_in", "references"):
        assert tuple(content[name]) == getattr(details, name)
    assert [(one["name"], one["alias"], one["said"]) for one in content["names"]] == [
        ("Northern Lantern", "Ліхтар Півночі", "joined"),
        ("Northern Lantern", "Paper Tide", "apart"),
    ]
    reports = {thing["extensions"][REPORT]["id"]: thing["extensions"][REPORT] for thing in of_type(made, "report")}
    for report in coded.reports:
        sent = reports[report.id]
        assert (sent["text"], sent["sha256"], sent["added"]) == (report.text, report.sha256, coded.added[report.id])
        assert sent["published_as_written"] == report.published
        for name in ("source", "title", "author", "publisher", "url", "language"):
            assert sent.get(name, "") == getattr(report, name)
        assert [(one["kind"], one["start"], one["end"], one.get("level", 0)) for one in sent["blocks"]] == [
            (block.kind.value, block.start, block.end, block.level) for block in report.blocks
        ]
        assert tuple(sent.get("notes", ())) == report.notes
        assert len(sent.get("pages", ())) == len(report.pages)
        extraction = coded.extractions[report.id]
        filled = {kind: [_filled(kind, row) for row in rows] for kind, rows in sent["extraction"].items()}
        assert extraction_from_plain(filled, report.text, sent["extraction_coder"]) == extraction
        _check_suggestions(coded, report.id, sent["suggestions"])


def _filled(kind: str, row: Bundle) -> Bundle:
    """The item with its empty fields."""
    names = [one.name for one in fields(KINDS[kind]) if one.name != "spans"]
    empty: Bundle = {name: [] if name == "aliases" else "" for name in names}
    aliases = [{"name": "", "by": ""} | alias for alias in row.get("aliases", ())]
    return empty | row | ({"aliases": aliases} if "aliases" in names else {})


def _check_suggestions(coded: CodedIncident, report: str, sent: list[Bundle]) -> None:
    text = next(one.text for one in coded.reports if one.id == report)
    expected = {c.suggestion.id: (c.suggestion, c.decision) for c in coded.citations if c.suggestion.report == report}
    rest = [one for one in coded.uncited if one.suggestion.report == report]
    every = {**expected, **{one.suggestion.id: (one.suggestion, one.decision) for one in rest}}
    assert {one["id"] for one in sent} == set(every)
    for one in sent:
        suggestion, decision = every[one["id"]]
        assert Code(**one["technique"]) == suggestion.code
        assert spans_from_plain(one["spans"], text) == suggestion.spans
        assert (one["coder"], one["score"], one["modality"]) == (
            suggestion.coder,
            suggestion.score,
            suggestion.modality,
        )
        assert (one.get("actor", ""), one.get("voice", "")) == (suggestion.actor, suggestion.voice)
        assert [reason["text"] for reason in one["reasons"]] == [reason.text for reason in suggestion.reasons]
        judged: Bundle = one.get("decision", {})
        assert bool(judged) == bool(decision)
        if decision:
            assert (judged["verdict"], judged["analyst"], judged["at"]) == (
                decision.verdict,
                decision.analyst,
                decision.at,
            )
            assert judged.get("comment", "") == decision.comment


@pytest.mark.parametrize("profile", ALL)
def test_each_citation_is_there_with_its_evidence(profile: str, coded: CodedIncident, framework: Framework) -> None:
    made = bundle([coded], framework, profile)
    patterns = {
        thing["id"]: thing["external_references"][0]["external_id"] for thing in of_type(made, "attack-pattern")
    }
    assert set(patterns.values()) == {"T0001", "T0001.001", "T0002"}
    uses = [r for r in of_type(made, "relationship") if r["target_ref"] in patterns]
    (case,) = [thing["id"] for thing in made["objects"] if INCIDENT in thing.get("extensions", {})]
    own = {patterns[r["target_ref"]]: r for r in uses if r["source_ref"] == case}
    assert set(own) == {"T0001.001", "T0001"}
    for relationship in own.values():
        (evidence,) = relationship["extensions"][EVIDENCE]["evidence"]
        for span in evidence["spans"]:
            assert coded.reports[0].text[span["start"] : span["end"]] == span["quote"]
            assert span["quote"] in relationship["description"]
        assert evidence["report_text_sha256"] == coded.reports[0].sha256
        assert evidence["decision"]["analyst"] == "Ada <b>"
    (actors,) = [r for r in uses if r["source_ref"] != case]
    assert actors["source_ref"].startswith("intrusion-set--")
    assert actors["extensions"][EVIDENCE]["citations"] == [coded.citations[0].id]
    assert "Grey Heron created fake accounts" in actors["description"]


def test_what_did_not_happen_is_never_a_use(coded: CodedIncident, framework: Framework) -> None:
    made = bundle([coded], framework)
    pattern = attack_pattern_id("T0002")
    assert not [r for r in of_type(made, "relationship") if r["target_ref"] == pattern]
    (note,) = [note for note in of_type(made, "note") if pattern in note["object_refs"]]
    assert "Said not to have happened" in note["abstract"]


@pytest.mark.parametrize("profile", ALL)
def test_a_denial_is_a_note_and_never_a_relationship(profile: str) -> None:
    made = bundle([rich_incident()], disarm(), profile)
    linked = links(made, "attributed-to") | links(made, "related-to")
    assert ("Northern Lantern", "Rosgavan") in linked
    assert ("Northern Lantern", "Borduria") not in linked
    (denied,) = [note for note in of_type(made, "note") if note["abstract"].startswith("Denied")]
    assert "by Ministry of Tides" in denied["abstract"]
    (relationship,) = [
        r for r in of_type(made, "relationship") if any(one.get("strength") == "asserted" for one in evidence_on(r))
    ]
    assert relationship["description"].startswith("asserted by Inspector Åse Ødegård: “They were paid by Rosgavan”")


def test_parties_become_what_stix_lets_act(coded: CodedIncident, framework: Framework) -> None:
    made = bundle([coded], framework)
    assert by_name(made, "intrusion-set")["Grey Heron"]["aliases"] == ["GH-7"]
    assert by_name(made, "location")["Norway"]["country"] == "NO"
    assert {"harbour ministry", "Docker*"} <= set(by_name(made, "identity"))
    assert ("Grey Heron", "Docker*") in links(made, "targets")
    assert ("Docker*", "Norway") in links(made, "located-at")
    rich = bundle([rich_incident()], disarm())
    actor = by_name(rich, "threat-actor")["Rosgavan"]
    assert ("Rosgavan", "Rosgavan") in links(rich, "attributed-to")  # the threat-actor to the identity that it is
    assert actor["threat_actor_types"] == ["unknown"]
    assert by_name(rich, "threat-actor")["Borduria"]["threat_actor_types"] == ["nation-state"]
    for relationship in of_type(rich, "relationship"):
        if relationship["relationship_type"] == "uses":
            assert relationship["source_ref"].partition("--")[0] not in ("identity", "location")


def test_an_operation_is_a_campaign(coded: CodedIncident, framework: Framework) -> None:
    (extraction,) = coded.extractions.values()
    report = coded.reports[0]
    actor = replace(extraction.actors[0], name="Operation Heron")
    claim = Attribution("Operation Heron", "Norway", "", "alleged", (report.span(0, 6),))
    changed = replace(extraction, actors=(actor, *extraction.actors[1:]), attributions=(claim,))
    made = bundle([replace(coded, extractions={report.id: changed})], framework)
    assert by_name(made, "campaign")["Operation Heron"]["aliases"] == ["GH-7"]
    assert ("Operation Heron", "Norway") in links(made, "attributed-to")


def test_observables_become_their_types(coded: CodedIncident, framework: Framework) -> None:
    made = bundle([coded], framework)
    assert [thing["value"] for thing in of_type(made, "domain-name")] == ["пример.рф"]
    assert of_type(made, "file")[0]["hashes"] == {"MD5": "d41d8cd98f00b204e9800998ecf8427e"}
    assert [thing["account_login"] for thing in of_type(made, "user-account")] == ["grey_heron"]
    (report,) = of_type(made, "report")
    assert "#tea" in report["description"]
    assert report["published"] == "2031-04-01T00:00:00.000Z"
    (observed,) = of_type(made, "observed-data")
    assert len(observed["object_refs"]) == 7
    (phone,) = of_type(bundle([rich_incident()], disarm(), "opencti"), "phone-number")
    assert phone["value"] == "+475550199"


def test_who_published_has_seen_the_operation() -> None:
    made = bundle([rich_incident()], disarm())
    (sighting,) = of_type(made, "sighting")
    assert sighting["sighting_of_ref"] == by_name(made, "intrusion-set")["Northern Lantern"]["id"]
    assert sighting["where_sighted_refs"] == [by_name(made, "identity")["Café Observatory"]["id"]]
    assert len(sighting["observed_data_refs"]) == 1


def test_comments_of_decisions_are_opinions() -> None:
    made = bundle([rich_incident()], disarm())
    opinions = {one["explanation"]: one["opinion"] for one in of_type(made, "opinion")}
    assert opinions["sure 👍"] == "strongly-agree"
    assert opinions["that is <i>no</i> press work"] == "strongly-disagree"
    # OpenCTI would take opinions of one moment for one: there they are notes, and what was rejected stays here.
    notes = of_type(bundle([rich_incident()], disarm(), "opencti"), "note")
    assert "sure 👍" in {note["content"] for note in notes}
    assert "press work" not in json.dumps(notes)


def test_only_the_whole_profile_has_the_text_and_what_was_rejected() -> None:
    coded = rich_incident()
    text = coded.reports[0].text[:40]
    whole, *others = (json.dumps(bundle([coded], disarm(), name), ensure_ascii=False) for name in ALL)
    assert json.dumps(text, ensure_ascii=False)[1:-1] in whole
    for other in others:
        for report in coded.reports:
            assert json.dumps(report.text, ensure_ascii=False)[1:-1] not in other
        assert "T0117" not in other


#: Type of relationship -> types of objects between which OpenCTI lets it in, as far as we write them.
LET_IN = {
    "uses": {(one, "attack-pattern") for one in ("incident", "intrusion-set", "campaign", "threat-actor")},
    "targets": {
        (one, other)
        for one in ("incident", "intrusion-set", "campaign", "threat-actor")
        for other in ("identity", "location")
    },
    "attributed-to": {
        *((one, "threat-actor") for one in ("incident", "intrusion-set", "campaign")),
        *(("incident", other) for other in ("intrusion-set", "campaign")),
        ("campaign", "intrusion-set"),
        ("threat-actor", "identity"),
    },
    "originates-from": {("intrusion-set", "location"), ("campaign", "location")},
    "located-at": {("identity", "location"), ("threat-actor", "location")},
    "mitigates": {("course-of-action", "attack-pattern")},
}


@pytest.mark.parametrize("profile", ["opencti", "disinfox"])
def test_opencti_lets_every_relationship_in(profile: str, coded: CodedIncident, framework: Framework) -> None:
    counter = Counter("C00009", "Tell people", "Tell them early.", techniques=("T0001", "T0002"))
    plain = bundle([replace(coded, counters=(counter,))], framework, profile)
    for relationship in (
        *of_type(bundle([rich_incident()], disarm(), profile), "relationship"),
        *of_type(plain, "relationship"),
    ):
        ends = tuple(relationship[end].partition("--")[0] for end in ("source_ref", "target_ref"))
        kind = relationship["relationship_type"]
        assert kind == "related-to" or ends in LET_IN[kind], relationship


def test_disinfox_has_incidents_as_intrusion_sets() -> None:
    made = bundle([rich_incident()], disarm(), "disinfox")
    assert not of_type(made, "incident")
    (case,) = [thing for thing in of_type(made, "intrusion-set") if INCIDENT in thing.get("extensions", {})]
    assert case["name"] == rich_incident().incident.name


def test_ids_are_those_that_partners_have() -> None:
    # OpenCTI's client gives this technique this id; ours must meet it.
    assert attack_pattern_id("T0097.110") == "attack-pattern--8f06206c-98df-5bdb-843b-d38ccb313348"
    assert stix_id("incident", "I-1") == stix_id("incident", "I-1")
    assert stix_id("incident", "I-1") != stix_id("incident", "I-2")


def test_a_technique_of_another_version_is_not_taken_for_this_one(coded: CodedIncident, framework: Framework) -> None:
    made = bundle([coded], replace(framework, version="2.0"))
    assert attack_pattern_id("T0001") not in {thing["id"] for thing in made["objects"]}
    assert "TEST 1.0 T0001" in by_name(made, "attack-pattern")


def test_observable_ids_follow_the_specification() -> None:
    # STIX 2.1 section 2.9: what the reference library computes for the same object.
    from counterfoil.exchange.stix_observables import observable_object
    from counterfoil.model.evidence import Span

    def made(kind: str, value: str, platform: str = "") -> Mapping[str, Any]:
        found = observable_object(Observable(kind, value, (Span(0, 1, "x"),), platform))
        assert found is not None
        return found

    assert made("domain-name", "пример.рф")["id"] == stix2.v21.DomainName(value="пример.рф").id
    assert made("file-hash", "a" * 64)["id"] == stix2.v21.File(hashes={"SHA-256": "a" * 64}).id
    account = stix2.v21.UserAccount(account_login="heron", account_type="bird-site")
    assert made("handle", "@heron", "Bird Site")["id"] == account.id


def test_counters_are_courses_of_action(coded: CodedIncident, framework: Framework) -> None:
    counter = Counter("C00009", "Tell people", "Tell them early.", techniques=("T0001", "T0002"))
    made = bundle([replace(coded, counters=(counter,))], framework)
    (action,) = of_type(made, "course-of-action")
    assert (action["name"], action["description"]) == ("Tell people", "Tell them early.")
    # T0002 did not happen, says the text: nothing to mitigate.
    assert links(made, "mitigates") == {("Tell people", "Make Things Up")}
    assert validate_instance(made, ValidationOptions(version="2.1")).is_valid


def test_a_change_is_newer_than_what_was_exported_before(coded: CodedIncident, framework: Framework) -> None:
    first = coded.citations[0]
    decision = replace(first.decision, at="2031-06-01T00:00:00.000Z")
    changed = replace(coded, citations=(Citation(first.suggestion, decision), *coded.citations[1:]))
    for kind in ("incident", "report"):
        (before,), (after,) = (of_type(bundle([case], framework), kind) for case in (coded, changed))
        assert before["id"] == after["id"]
        assert before["modified"] < after["modified"] == "2031-06-01T00:00:00.000Z"


@pytest.mark.parametrize("url", ["http://ä..example/", "http://[half/", "no address"])
def test_an_address_that_is_none_breaks_no_export(url: str, coded: CodedIncident, framework: Framework) -> None:
    case = replace(coded, reports=(replace(coded.reports[0], url=url),))
    made = bundle([case], framework)
    assert validate_instance(made, ValidationOptions(version="2.1")).is_valid


@pytest.mark.parametrize("written", ["last spring", "2031-13", "2031-02-30"])
def test_a_date_that_is_none_breaks_no_export(written: str, coded: CodedIncident, framework: Framework) -> None:
    case = replace(coded, reports=(replace(coded.reports[0], published=written),))
    (report,) = of_type(bundle([case], framework), "report")
    assert report["published"] == coded.added[coded.reports[0].id]
    assert report["extensions"][REPORT]["published_as_written"] == written


def test_a_name_that_no_report_lists_can_act_too(coded: CodedIncident, framework: Framework) -> None:
    (extraction,) = coded.extractions.values()
    report = coded.reports[0]
    claims = (
        Attribution("Grey Heron", "France", "", "linked", (report.span(0, 6),)),
        Attribution("Grey Heron", "the harbour master", "", "assessed", (report.span(0, 6),)),
        Attribution("Grey Heron", "Grey Heron", "", "assessed", (report.span(0, 6),)),
    )
    actors = (*extraction.actors, Actor("Agency Nine", (report.span(0, 6),), (Alias("A9"),), "agency", "FR"))
    changed = replace(extraction, attributions=claims, actors=actors)
    made = bundle([replace(coded, extractions={report.id: changed})], framework)
    assert links(made, "attributed-to") >= {("Grey Heron", "France"), ("Grey Heron", "the harbour master")}
    assert ("France", "France") in links(made, "located-at")
    assert ("Agency Nine", "France") in links(made, "located-at")
    assert by_name(made, "identity")["Agency Nine"]["description"] == "Also called: A9."
    assert ("Grey Heron", "Grey Heron") not in links(made, "attributed-to")


def test_nothing_empty_is_sent() -> None:
    made = bundle([rich_incident()], disarm())

    def check(value: Any) -> None:
        if isinstance(value, dict):
            assert without_empty(value) == value, value
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(one)

    for thing in made["objects"]:
        check(thing)
