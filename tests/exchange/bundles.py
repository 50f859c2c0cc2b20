"""Reading the bundles that tests look at."""

import io
import json
from typing import Any

from counterfoil.exchange.stix import EXPORTER, PROFILES
from counterfoil.exchange.stix_ids import EVIDENCE
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

Bundle = dict[str, Any]
ALL = [profile.name for profile in PROFILES]


def bundle(coded: list[CodedIncident], framework: Framework, profile: str = "") -> Bundle:
    out = io.BytesIO()
    EXPORTER.writer(profile)(coded, framework, out)
    return dict(json.loads(out.getvalue()))


def of_type(made: Bundle, kind: str) -> list[Bundle]:
    return [thing for thing in made["objects"] if thing["type"] == kind]


def by_name(made: Bundle, kind: str) -> dict[str, Bundle]:
    return {thing["name"]: thing for thing in of_type(made, kind)}


def evidence_on(thing: Bundle) -> list[Bundle]:
    return list(thing.get("extensions", {}).get(EVIDENCE, {}).get("evidence", ()))


def links(made: Bundle, kind: str) -> set[tuple[str, str]]:
    """Relationships of a type, with their ends by name."""
    names = {thing["id"]: thing.get("name", thing["id"]) for thing in made["objects"]}
    found = [thing for thing in of_type(made, "relationship") if thing["relationship_type"] == kind]
    return {(names[thing["source_ref"]], names[thing["target_ref"]]) for thing in found}
