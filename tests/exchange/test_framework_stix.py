"""A framework as STIX: valid, deterministic, in two profiles, and read back as it was."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from stix2validator import ValidationOptions, validate_instance

from counterfoil.errors import UsageError
from counterfoil.exchange.framework_stix import PROFILES, framework_objects, write_framework
from counterfoil.frameworks.load import load
from counterfoil.model.framework import Framework, Phase, Tactic, Technique

SMALL = Framework(
    "DISARM",
    "1.6",
    (Phase("P01", "Dream", 1, "Before."), Phase("P02", "Do", 2)),
    (Tactic("TA09", "Tell It On", "P01", 1, "Telling."), Tactic("TA01", "Dive", "P02", 2)),
    {
        "T0097": Technique("T0097", "Present | “Persona”", "TA09", "", "A text.<br>Of two lines."),
        "T0097.110": Technique("T0097.110", "Party Official", "TA09", "T0097", "", ("TA01",)),
    },
    "2031-02-03",
)


def written(framework: Framework, profile: str) -> str:
    out = io.StringIO()
    write_framework(framework, out, profile)
    return out.getvalue()


def of_type(framework: Framework, profile: str, kind: str) -> list[dict[str, Any]]:
    return [thing for thing in framework_objects(framework, profile) if thing["type"] == kind]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ["DISARM", "BOATS"])
def test_a_bundle_is_valid_complete_and_comes_back(profile: str, name: str, tmp_path: Path) -> None:
    framework = Framework(name, "1.6", SMALL.phases, SMALL.tactics, SMALL.techniques, SMALL.released)
    text = written(framework, profile)
    assert text == written(framework, profile)
    _check(json.loads(text))
    path = tmp_path / "bundle.json"
    path.write_text(text)
    back = load(path)
    assert back.framework == framework
    assert list(back.framework.techniques) == list(framework.techniques)
    assert back.report.remarks == ()


def _check(bundle: dict[str, Any]) -> None:
    results = validate_instance(bundle, ValidationOptions(version="2.1"))
    assert results.is_valid, [str(error) for error in results.errors]
    ids = [thing["id"] for thing in bundle["objects"]]
    assert len(ids) == len(set(ids))
    for thing in bundle["objects"]:
        refs = [value for key, value in thing.items() if key.endswith("_ref")]
        refs += [ref for key, value in thing.items() if key.endswith("_refs") for ref in value]
        assert set(refs) <= set(ids)


def test_opencti_meets_what_its_connector_brought() -> None:
    persona, official = of_type(SMALL, "opencti", "attack-pattern")
    # The ids that OpenCTI's client computes: of the external id, of the ends, of name and class.
    assert official["id"] == "attack-pattern--8f06206c-98df-5bdb-843b-d38ccb313348"
    assert official["x_mitre_id"] == "T0097.110"
    assert official["external_references"][0]["source_name"].startswith("mitre-")
    assert {phase["kill_chain_name"] for phase in official["kill_chain_phases"]} == {"disarm"}
    (link,) = of_type(SMALL, "opencti", "relationship")
    assert (link["source_ref"], link["target_ref"]) == (official["id"], persona["id"])
    assert link["id"].split("--")[1][14] == "5"
    other = {thing["id"] for thing in framework_objects(SMALL, "disarm")}
    assert official["id"] not in other


def test_ids_do_not_hang_on_texts_and_times_do_not_hang_on_the_clock() -> None:
    changed = Framework("DISARM", "1.7", (), SMALL.tactics, SMALL.techniques)
    for kind in ("attack-pattern", "x-mitre-tactic", "relationship"):
        ids = [[thing["id"] for thing in of_type(f, "disarm", kind)] for f in (SMALL, changed)]
        assert ids[0] == ids[1]
    assert of_type(SMALL, "disarm", "x-mitre-matrix")[0]["modified"] == "2031-02-03T00:00:00.000Z"
    with pytest.raises(UsageError, match="no profile 'other'"):
        written(SMALL, "other")


@pytest.mark.shared
@pytest.mark.parametrize("version", ["1.5", "1.6"])
def test_the_disarm_profile_is_what_disarm_publishes(version: str, shared: Path) -> None:
    path = shared / f"disarm/stix/DISARM_v{version}.json"
    published = json.loads(path.read_text())["objects"]
    ours = list(framework_objects(load(path).framework, "disarm"))
    for kind in ("x-mitre-tactic", "attack-pattern", "relationship"):
        theirs, made = (_comparable(objects, kind) for objects in (published, ours))
        assert made == theirs
        assert len(made) > 10
    kinds = [list(dict.fromkeys(thing["type"] for thing in objects)) for objects in (published, ours)]
    assert kinds[0] == [kind for kind in kinds[1] if kind != "extension-definition"]
    (matrix,) = (thing for thing in ours if thing["type"] == "x-mitre-matrix")
    assert matrix["name"] == "DISARM Framework"


def _comparable(objects: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Without ids and times; references by what they mean."""
    meaning = {
        thing["id"]: thing["external_references"][0]["external_id"] for thing in objects if "x_mitre_version" in thing
    }
    dropped = ("id", "created", "modified", "created_by_ref", "object_marking_refs")
    found = []
    for thing in objects:
        if thing["type"] == kind:
            kept = {key: meaning.get(str(value), value) for key, value in thing.items() if key not in dropped}
            found.append({key: value.strip() if isinstance(value, str) else value for key, value in kept.items()})
    return found


@pytest.mark.shared
@pytest.mark.parametrize("profile", PROFILES)
def test_workbook_to_stix_and_back(profile: str, shared: Path, tmp_path: Path) -> None:
    framework = load(shared / "disarm/DISARM_MASTER_DATA").framework
    path = tmp_path / "bundle.json"
    path.write_text(written(framework, profile))
    assert load(path).framework == framework
    _check(json.loads(path.read_text()))
