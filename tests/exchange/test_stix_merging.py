"""What several incidents say of one object, as one object."""

import json
import time
from typing import Any

from counterfoil.exchange.stix_frame import label_id
from counterfoil.exchange.stix_merging import merged
from counterfoil.model.marking import Tlp


def _actor(modified: str, aliases: list[str], label: Tlp) -> dict[str, Any]:
    about = {"type": "intrusion-set", "id": "intrusion-set--1", "name": "Amber Tide", "modified": modified}
    return {**about, "aliases": aliases, "object_marking_refs": [label_id(label)]}


def test_aliases_together_the_latest_change_the_strictest_label() -> None:
    parts = [_actor("2031-05-02", ["B", "A"], Tlp.AMBER), _actor("2031-05-01", ["C", "A"], Tlp.CLEAR)]
    made = merged(parts)
    assert made == {**_actor("2031-05-02", ["A", "B", "C"], Tlp.AMBER)}
    assert merged(parts[::-1]) == made
    assert parts[0]["aliases"] == ["B", "A"]


def test_evidence_is_there_once_and_words_are_counted_beyond_five() -> None:
    parts = []
    for number in range(8):
        evidence = [{"citation": f"C-{number // 2}", "spans": [{"start": 0, "end": 1, "quote": "x"}]}]
        extension = {"extension_type": "property-extension", "evidence": evidence, "incidents": [f"I-{number}"]}
        about = {"type": "relationship", "id": "relationship--1", "description": f"words {number}"}
        parts.append({**about, "extensions": {"extension-definition--1": extension}})
    made = merged(parts)
    extension = made["extensions"]["extension-definition--1"]
    assert [one["citation"] for one in extension["evidence"]] == ["C-0", "C-1", "C-2", "C-3"]
    assert extension["incidents"] == [f"I-{number}" for number in range(8)]
    assert made["description"].split("\n\n") == [*(f"words {n}" for n in range(5)), "and more in 3 other incidents"]


def test_a_sighting_counts_all_and_other_markings_stay() -> None:
    one = {"type": "sighting", "id": "sighting--1", "count": 2, "object_marking_refs": [label_id(Tlp.GREEN)]}
    other = {**one, "count": 1, "object_marking_refs": ["marking-definition--0", label_id(Tlp.CLEAR)]}
    made = merged([one, other])
    assert made["count"] == 3
    assert made["object_marking_refs"] == [label_id(Tlp.GREEN), "marking-definition--0"]


def test_what_ten_thousand_incidents_share_takes_no_second() -> None:
    parts = [_actor(f"2031-{number:05d}", [f"alias {number}"], Tlp.CLEAR) for number in range(10_000)]
    start = time.process_time()
    assert len(json.dumps(merged(parts)["aliases"])) > 100_000
    assert time.process_time() - start < 2
