"""Valid files for every importer: what fuzzing mutates, and what round trips are compared with."""

import io
import json
from collections.abc import Callable
from typing import Any

from counterfoil.exchange import EXPORTERS
from tests.exchange.rich import disarm, rich_incident

ACME = "identity--11111111-1111-4111-8111-111111111111"
OLD_NAME = "Generate Information Pollution"  #: what T0019 was called in DISARM 1.3


def written(name: str, profile: str = "") -> bytes:
    """The rich incident in a format of ours."""
    out = io.BytesIO()
    EXPORTERS.load(name).writer(profile)([rich_incident()], disarm(), out)
    return out.getvalue()


def thing(kind: str, number: int, **more: Any) -> dict[str, Any]:
    """A STIX object of a vendor's."""
    made = {"type": kind, "spec_version": "2.1", "id": f"{kind}--{number:08d}-0000-4000-8000-000000000000"}
    times = {"created": "2024-05-01T00:00:00.000Z", "modified": "2024-05-01T00:00:00.000Z", "created_by_ref": ACME}
    return made | times | more


def vendor_objects() -> list[dict[str, Any]]:
    """What a vendor may send: an incident with a report, actors, techniques, traces, and things of its own."""
    technique = next(iter(disarm().techniques.values()))
    actor, place = thing("intrusion-set", 1, name="Grey Heron", aliases=["GH-7"]), thing("location", 2, country="no")
    used = thing(
        "attack-pattern",
        3,
        name=technique.name,
        external_references=[{"source_name": "DISARM", "external_id": technique.id}],
        x_acme_rank=3,
    )
    other = thing(
        "attack-pattern",
        4,
        name=OLD_NAME,
        external_references=[{"source_name": "mitre-attack", "external_id": "T0019"}],
        kill_chain_phases=[{"kill_chain_name": "disarm", "phase_name": "x"}],
    )
    incident = thing(
        "incident", 5, name="Herons <b>in</b> the harbour", description="What was seen.", x_acme_case="A-1"
    )
    amber = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
    domain = {"type": "domain-name", "spec_version": "2.1", "value": "heron.example"}
    domain["id"] = "domain-name--00000006-0000-4000-8000-000000000000"
    uses = {"relationship_type": "uses", "source_ref": incident["id"], "confidence": 80}
    malware = thing("malware", 7, name="Beak", is_family=False, x_acme_parts={"a": [1, None]})
    objects = [
        {**thing("identity", 0, name="ACME", identity_class="organization"), "id": ACME},
        incident | {"object_marking_refs": [amber]},
        actor,
        place,
        used,
        other,
        domain,
        malware,
        thing("relationship", 8, target_ref=used["id"], description="They made accounts 🫖.", **uses),
        thing("relationship", 9, target_ref=other["id"], **uses),
        thing("relationship", 10, relationship_type="attributed-to", source_ref=incident["id"], target_ref=actor["id"]),
        thing("relationship", 11, relationship_type="targets", source_ref=actor["id"], target_ref=place["id"]),
        thing("relationship", 12, relationship_type="related-to", source_ref=actor["id"], target_ref=malware["id"]),
        thing("note", 13, content="A note.", object_refs=[incident["id"]]),
        thing("x-acme-thing", 14, name="Odd", about_ref=actor["id"]),
    ]
    report = thing("report", 15, name="The herons", published="2024-05-02T00:00:00Z", object_refs=[])
    report["object_refs"] = [one["id"] for one in objects[1:]]
    return [*objects, report]


def vendor_bundle() -> bytes:
    """The same as a file."""
    bundle = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": vendor_objects()}
    return json.dumps(bundle).encode()


#: Importer -> files that it reads; more may be added for formats that we do not write.
SAMPLES: dict[str, tuple[Callable[[], bytes], ...]] = {
    "stix": (lambda: written("stix"), lambda: written("stix", "opencti"), vendor_bundle),
    "navigator": (lambda: written("navigator"), lambda: written("navigator", "attack")),
    "misp": (lambda: written("misp"),),
}
