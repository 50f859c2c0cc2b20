"""The framework's bundle is read by MITRE's own library for ATT&CK, wherever that is installed."""

from pathlib import Path

import pytest

from counterfoil.exchange.framework_stix import write_framework
from tests.exchange.rich import disarm

stix20 = pytest.importorskip("mitreattack.stix20", reason="mitreattack-python is not installed", exc_type=ImportError)


def test_mitres_library_finds_every_tactic_and_technique(tmp_path: Path) -> None:
    target = tmp_path / "disarm.json"
    with target.open("w", encoding="utf-8") as out:
        write_framework(disarm(), out)
    data = stix20.MitreAttackData(str(target))
    assert len(data.get_tactics()) == len(disarm().tactics)
    techniques = data.get_techniques(include_subtechniques=True)
    assert {data.get_attack_id(one.id) for one in techniques} == set(disarm().techniques)
    parents = {one.id for one in disarm().techniques.values() if not one.parent}
    assert {data.get_attack_id(one.id) for one in data.get_techniques(include_subtechniques=False)} == parents
    persona = data.get_object_by_attack_id("T0097", "attack-pattern")
    below = {data.get_attack_id(one["object"].id) for one in data.get_subtechniques_of_technique(persona.id)}
    assert below == {one.id for one in disarm().techniques.values() if one.parent == "T0097"}
