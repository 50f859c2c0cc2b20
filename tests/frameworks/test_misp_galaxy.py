"""MISP galaxy clusters: a small one made here, DISARM's own from the PyMISPGalaxies package."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from counterfoil.errors import ReadError
from counterfoil.frameworks.load import load
from counterfoil.model.framework import Tactic, Technique
from counterfoil.model.loaded import Fate


def value(uuid: str, identity: str, name: str, chain: list[str], **related: str) -> dict[str, Any]:
    return {
        "uuid": uuid,
        "value": name,
        "description": f"About {name}.",
        "meta": {"external_id": identity, "kill_chain": chain, "refs": []},
        "related": [{"type": verb.replace("_", "-"), "dest-uuid": target} for verb, target in related.items()],
    }


def clusters(folder: Path) -> Path:
    made = {
        "techniques": [
            value("u1", "T0001", "Herring", ["tactics:Plan Strategy", "tactics:Sing"], detected_by="u5"),
            value("u2", "T0001.001", "Red Herring", ["tactics:Sing"]),
        ],
        "countermeasures": [
            value("u3", "C00001", "Bread", ["tactics:Sing", "responsetypes:Feed"], blocks="u2", affected_by="gone"),
            value("u4", "C00002", "Cake", ["tactics:Dive", "metatechniques:Sugar"], blocks="u1", likes="u2"),
        ],
        "detections": [value("u5", "F00001", "Watch", ["tactics:Sing"])],
        "actortypes": [value("u6", "A001", "baker", ["sectors:Shore"], affects="u4")],
    }
    (folder / "clusters").mkdir()
    (folder / "galaxies").mkdir()
    for name, values in made.items():
        document = {"type": f"disarm-{name}", "version": 2, "values": values}
        (folder / "clusters" / f"disarm-{name}.json").write_text(json.dumps(document))
    galaxy = {"type": "disarm-techniques", "kill_chain_order": {"tactics": ["Sing", "Plan Strategy"]}}
    (folder / "galaxies" / "disarm-techniques.json").write_text(json.dumps(galaxy))
    return folder


def test_clusters_become_a_framework_and_a_catalogue(tmp_path: Path) -> None:
    loaded = load(clusters(tmp_path), version="1.4")
    framework = loaded.framework
    assert framework.tactics == (Tactic("Sing", "Sing", "", 1), Tactic("TA01", "Plan Strategy", "", 2))
    assert framework.techniques == {
        "T0001": Technique("T0001", "Herring", "TA01", "", "About Herring.", ("Sing",)),
        "T0001.001": Technique("T0001.001", "Red Herring", "Sing", "T0001", "About Red Herring."),
    }
    bread, cake = loaded.catalogue.counters
    assert (bread.techniques, bread.responsetype, bread.tactic) == (("T0001.001",), "Feed", "Sing")
    assert (cake.techniques, cake.metatechniques, cake.actortypes) == (("T0001",), ("Sugar",), ("A001",))
    assert loaded.catalogue.detections[0].techniques == ("T0001",)
    assert loaded.catalogue.actortypes[0].sectors == ("Shore",)
    unlinked = {(r.sheet, r.row, r.value) for r in loaded.report.remarks if r.fate is Fate.UNLINKED}
    assert unlinked == {
        ("disarm-countermeasures.json", 0, "gone"),
        ("disarm-countermeasures.json", 1, "Dive"),
        ("disarm-countermeasures.json", 1, "u2"),
    }


def test_one_file_alone(tmp_path: Path) -> None:
    folder = clusters(tmp_path)
    loaded = load(folder / "clusters" / "disarm-techniques.json", version="1.4")
    assert [tactic.name for tactic in loaded.framework.tactics] == ["Sing", "Plan Strategy"]
    assert loaded.catalogue.counters == ()
    with pytest.raises(ReadError, match="has no cluster of DISARM's techniques"):
        load(folder / "clusters" / "disarm-detections.json", version="1.4")


@pytest.mark.parametrize(
    ("spoiled", "message"),
    [
        (value("u9", "T0001", "Twin", ["tactics:Sing"]), "T0001 stands twice"),
        (value("u9", "T0009", "Lost", []), "T0009 has no tactic"),
        (value("u9", "T0009.001", "Orphan", ["tactics:Sing"]), "T0009.001 belongs to T0009, which is not there"),
        ({"uuid": "u9", "value": "Nameless"}, "the entry has no external_id, uuid or value"),
        ({**value("u9", "T0009", "Odd", []), "uuid": ["u9"]}, "the entry has no external_id, uuid or value"),
        ("text", "the entry has no external_id, uuid or value"),
    ],
)
def test_faulty_entries(spoiled: Any, message: str, tmp_path: Path) -> None:
    path = clusters(tmp_path) / "clusters" / "disarm-techniques.json"
    document = json.loads(path.read_text())
    document["values"].append(spoiled)
    path.write_text(json.dumps(document))
    with pytest.raises(ReadError, match=message):
        load(tmp_path, version="1.4")
    loaded = load(tmp_path, version="1.4", partial=True)
    assert {"T0001", "T0001.001"} <= loaded.framework.techniques.keys()


@pytest.mark.shared
def test_disarms_clusters_of_the_package(shared: Path) -> None:
    spec = find_spec("pymispgalaxies")
    if spec is None or spec.origin is None:
        pytest.skip("PyMISPGalaxies is not installed")
    loaded = load(Path(spec.origin).parent / "data" / "misp-galaxy")
    assert (loaded.framework.version, loaded.report.version_from) == ("1.4", "technique ids")
    workbook = load(shared / "disarm/history/DISARM_FRAMEWORKS_MASTER_v1.4.xlsx").framework
    ours = loaded.framework.techniques
    assert all(ours[key] == workbook.techniques[key] for key in ours)
    # The cluster's writer dropped the second of two techniques with one name.
    assert workbook.techniques.keys() - ours.keys() == {"T0114.002", "T0129.001"}
    assert (len(loaded.catalogue.counters), len(loaded.catalogue.detections)) == (139, 94)
    assert len(loaded.catalogue.actortypes) == 33
