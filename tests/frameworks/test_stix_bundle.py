"""STIX bundles of frameworks, in ATT&CK's form and in DISARM's."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterfoil.errors import ReadError, UsageError
from counterfoil.frameworks.load import load
from counterfoil.model.framework import Tactic, Technique
from counterfoil.model.framework_extension import FRAMEWORK_EXTENSION
from counterfoil.model.loaded import Fate
from tests.frameworks.made import bundle

Made = dict[str, Any]


def saved(folder: Path, made: Made, name: str = "boats.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(made))
    return path


def of(made: Made, kind: str, position: int = 0) -> Made:
    return [item for item in made["objects"] if item["type"] == kind][position]  # type: ignore[no-any-return]


def test_a_bundle_in_attacks_form(tmp_path: Path) -> None:
    loaded = load(saved(tmp_path, bundle()))
    framework = loaded.framework
    assert (framework.name, framework.version, loaded.report.version_from) == ("Boat ATT&CK", "3.1", "source")
    assert framework.tactics == (Tactic("TA0902", "Sink", "", 1), Tactic("TA0901", "Row Out", "", 2, "Leaving."))
    assert framework.techniques == {
        "T9001": Technique("T9001", "Drill", "TA0902", "", "Holes.", ("TA0901",)),
        "T9001.001": Technique("T9001.001", "Big Drill", "TA0902", "T9001"),
    }


def test_what_is_no_part_of_a_framework_is_in_the_report(tmp_path: Path) -> None:
    report = load(saved(tmp_path, bundle())).report
    assert {remark.fate for remark in report.remarks} == {Fate.LEFT_OUT}
    said = {(remark.column, remark.value.split("--")[0]): remark.why for remark in report.remarks}
    assert said[("", "attack-pattern")] == "attack-pattern T9002 is revoked or deprecated"
    assert said["type", "malware"] == "1 objects of this type are no part of a framework"
    assert said["relationship_type", "revoked-by"].startswith("1 relationships")


def test_the_version_from_the_file_name_or_the_user(tmp_path: Path) -> None:
    made = bundle()
    made["objects"] = [item for item in made["objects"] if item["type"] != "x-mitre-collection"]
    assert load(saved(tmp_path, made, "boat-attack-15.1.json")).framework.version == "15.1"
    assert load(saved(tmp_path, made), version="2").framework.version == "2"
    with pytest.raises(UsageError, match="which version of Boats it is"):
        load(saved(tmp_path, made))


def test_of_several_versions_of_an_object_the_newest_counts(tmp_path: Path) -> None:
    made = bundle()
    newer = {**of(made, "attack-pattern"), "name": "Drill Anew", "modified": "2032-01-01T00:00:00.000Z"}
    older = {**of(made, "attack-pattern"), "name": "Drill of Old", "modified": "2030-01-01T00:00:00.000Z"}
    made["objects"] = [newer, *made["objects"], older]
    loaded = load(saved(tmp_path, made))
    assert loaded.framework.techniques["T9001"].name == "Drill Anew"
    assert sum(remark.fate is Fate.NOTED for remark in loaded.report.remarks) == 2


def _dangling(made: Made) -> None:
    of(made, "relationship")["target_ref"] = "attack-pattern--00000000-0000-4000-8000-999999999999"


def _dangling_matrix(made: Made) -> None:
    of(made, "x-mitre-matrix")["tactic_refs"].append("x-mitre-tactic--00000000-0000-4000-8000-999999999999")


def _conflict(made: Made) -> None:
    made["objects"].append({**of(made, "attack-pattern"), "name": "Another"})


def _same_external_id(made: Made) -> None:
    twin = copy.deepcopy(of(made, "attack-pattern"))
    twin["id"] = twin["id"][:-1] + "f"
    made["objects"].append(twin)


def _unknown_phase(made: Made) -> None:
    of(made, "attack-pattern")["kill_chain_phases"][0]["phase_name"] = "swim"


def _no_phase(made: Made) -> None:
    del of(made, "attack-pattern", 1)["kill_chain_phases"]


def _no_id(made: Made) -> None:
    made["objects"].append("a string")


def _two_parents(made: Made) -> None:
    link = copy.deepcopy(of(made, "relationship"))
    link["id"] = link["id"][:-1] + "f"
    link["target_ref"] = link["source_ref"]
    made["objects"].append(link)


def _odd_reference(made: Made) -> None:
    of(made, "x-mitre-matrix")["tactic_refs"].append(["nested"])


def _odd_extension(made: Made) -> None:
    frame = {"framework": "B", "version": "1", "released": "soon", "phases": [], "tactics": []}
    of(made, "x-mitre-matrix")["extensions"] = {FRAMEWORK_EXTENSION: frame}


def _circle(made: Made) -> None:
    link = copy.deepcopy(of(made, "relationship"))
    link["id"] = link["id"][:-1] + "f"
    link["source_ref"], link["target_ref"] = link["target_ref"], link["source_ref"]
    made["objects"].append(link)


BROKEN: dict[str, tuple[Callable[[Made], None], str]] = {
    "dangling reference": (_dangling, r"row 5, column 'target_ref': attack-pattern--\S+ is not in the bundle"),
    "dangling tactic": (_dangling_matrix, r"column 'tactic_refs': x-mitre-tactic--\S+ is not in the bundle"),
    "conflicting ids": (_conflict, "stands twice, with different content"),
    "one id, two techniques": (_same_external_id, "T9001 is the id of two techniques"),
    "unknown phase": (_unknown_phase, "no tactic is called 'swim'"),
    "no phase": (_no_phase, "the technique has no tactic"),
    "no object": (_no_id, "this is no STIX object"),
    "two parents": (_two_parents, "T9001.001 has two parents"),
    "odd reference": (_odd_reference, r"column 'tactic_refs': \['nested'\] is not in the bundle"),
    "odd extension": (_odd_extension, "the framework extension is not of its form"),
    "circle": (_circle, "T9001 is its own ancestor|T9001.001 is its own ancestor"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_faulty_bundle_is_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    made = bundle()
    spoil, message = BROKEN[case]
    spoil(made)
    path = saved(tmp_path, made)
    with pytest.raises(ReadError, match=message) as caught:
        load(path)
    assert "--partial" in caught.value.hint
    loaded = load(path, partial=True)
    assert {"T9001", "T9001.001"} <= loaded.framework.techniques.keys()
    assert loaded.framework.techniques["T9001"].name == "Drill"


def test_bundles_without_a_framework(tmp_path: Path) -> None:
    made = bundle()
    made["objects"] = [item for item in made["objects"] if item["type"] != "x-mitre-tactic"]
    with pytest.raises(ReadError, match="has no techniques or no tactics"):
        load(saved(tmp_path, made))
    with pytest.raises(ReadError, match="without objects"):
        load(saved(tmp_path, {"type": "bundle", "objects": []}))


def test_a_chain_of_very_many_sub_techniques(tmp_path: Path) -> None:
    made = bundle()
    pattern, link = of(made, "attack-pattern"), of(made, "relationship")
    number = 20_000
    ids = [f"attack-pattern--00000000-0000-4000-9000-{position:012d}" for position in range(number)]
    for position, identity in enumerate(ids):
        references = [{"source_name": "mitre-attack", "external_id": f"D{position}"}]
        made["objects"].append({**pattern, "id": identity, "external_references": references})
        if position:
            key = f"relationship--00000000-0000-4000-9000-{position:012d}"
            made["objects"].append({**link, "id": key, "source_ref": identity, "target_ref": ids[position - 1]})
    techniques = load(saved(tmp_path, made)).framework.techniques
    assert techniques[f"D{number - 1}"].parent == f"D{number - 2}"


@pytest.mark.parametrize("deep", ['{"a":' * 200_000, "[" * 200_000], ids=["objects", "lists"])
def test_very_deep_nesting(deep: str, tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text(deep)
    with pytest.raises(ReadError, match="nested too deeply"):
        load(path)


def test_what_is_no_json(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"type": "bundle", ')
    with pytest.raises(ReadError, match="is not JSON"):
        load(path)
    path.write_bytes(b'{"type": "\xff\xfe"}')
    with pytest.raises(ReadError, match="is not JSON"):
        load(path)
    path.write_text('{"type": "report"}')
    with pytest.raises(ReadError, match="no framework in a form that can be read"):
        load(path)


@pytest.mark.shared
@pytest.mark.parametrize("version", ["1.5", "1.6"])
def test_disarms_own_bundles(version: str, shared: Path) -> None:
    loaded = load(shared / f"disarm/stix/DISARM_v{version}.json")
    assert (loaded.framework.name, loaded.framework.version) == ("DISARM", version)
    assert loaded.report.remarks == ()
    workbook = load(shared / f"disarm/history/DISARM_FRAMEWORKS_MASTER_v{version}.xlsx").framework
    ours, theirs = loaded.framework.techniques, workbook.techniques
    differ = {key for key in ours if ours[key] != theirs[key]}
    # The workbook of 1.6 has T0146 to T0150 under another tactic than the bundle of 1.6.
    assert ours.keys() == theirs.keys()
    assert differ == ({key for key in ours if "T0146" <= key < "T0151"} if version == "1.6" else set())
    assert all(ours[key].summary == theirs[key].summary for key in ours)
    assert [tactic.id for tactic in loaded.framework.tactics] == [tactic.id for tactic in workbook.tactics]
