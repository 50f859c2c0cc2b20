"""Own sample paragraphs with all that extraction has to find in them, and nothing more.

A case lists only the kinds it is about; each list is complete, so what is not listed is a trap.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import CODER, extract
from counterfoil.model.extraction import Actor, Extraction
from counterfoil.model.report import Report

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def _plain(found: Extraction) -> dict[str, Any]:
    return {
        "observables": sorted([item.type, item.value] for item in found.observables),
        "platforms": sorted(item.name for item in found.platforms),
        "dates": sorted([item.text, item.value, item.precision] for item in found.dates),
        "date_roles": {item.text: item.role for item in found.dates if item.role},
        "places": {item.name: item.code for item in found.places},
        "operations": sorted(item.name for item in found.actors if item.is_operation),
        "aliases": {item.name: {a.name: a.by for a in item.aliases} for item in found.actors if item.aliases},
        "attributions": sorted([a.actor, a.to, a.by, a.strength] for a in found.attributions),
        "targets": sorted([item.name, item.role, item.by] for item in found.targets),
        "voices": sorted([item.speaker, item.via] for item in found.voices),
        "narratives": sorted(item.text for item in found.narratives),
    }


def _actor_as_row(actor: Actor, expected: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"name": actor.name, "kind": actor.kind}
    row["state"] = actor.state
    row["aliases"] = {alias.name: alias.by for alias in actor.aliases}
    if "has_reason" in expected:
        assert expected["has_reason"] in actor.reason
    return row


@pytest.mark.parametrize("case", CASES)
def test_finds_what_is_there_and_nothing_else(case: dict[str, Any]) -> None:
    found = extract(Report(text=case["text"], source="-", published=case.get("published", "")))
    plain = _plain(found)
    for kind in plain.keys() & case.keys():
        wanted = case[kind] if isinstance(case[kind], dict) else sorted(case[kind])
        assert plain[kind] == wanted, kind
    if "actors" in case:
        wanted_by_name = {row["name"]: row for row in case["actors"]}
        rows = [_actor_as_row(actor, wanted_by_name.get(actor.name, {})) for actor in found.actors]
        complete = [
            {"name": row["name"], "kind": row["kind"], "state": row.get("state", ""), "aliases": row.get("aliases", {})}
            for row in case["actors"]
        ]
        assert sorted(rows, key=str) == sorted(complete, key=str)
    assert found.coder == CODER
