"""What every bundle of ours declares: who made it, its extensions, the TLP labels that it uses."""

from collections.abc import Iterator

from counterfoil.exchange.stix_ids import EVIDENCE, FOUNDED, INCIDENT, OPENCTI_EXTENSION, REPORT, Ids, Object
from counterfoil.model.marking import Tlp

_TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_LABELS = {
    Tlp.CLEAR: "94868c89-83c2-464b-929b-a1a8aa3c8487",
    Tlp.GREEN: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.AMBER: "55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.AMBER_STRICT: "939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.RED: "e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_EXTENSIONS = {
    EVIDENCE: (
        "Counterfoil evidence",
        "What a claim rests on: the report's text hash, quotes with offsets in Unicode code points, how the text puts "
        "the act (modality), who says so (voice), the coder's score and reasons, and the analyst's decision.",
    ),
    REPORT: (
        "Counterfoil report",
        "A report's text with its structure, what was found in it, and every suggestion with the decision on it.",
    ),
    INCIDENT: (
        "Counterfoil incident",
        "An incident as Counterfoil has it: its reports, what is said of it as a whole, decisions on names.",
    ),
}


#: The labels of TLP 1, which many still send: OASIS, STIX 2.1, section 7.2.1.4.
_OLD_LABELS = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": Tlp.CLEAR,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": Tlp.GREEN,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": Tlp.AMBER,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Tlp.RED,
}


def label_id(label: Tlp) -> str:
    """The id that FIRST and OASIS gave the TLP 2.0 label."""
    return f"marking-definition--{_LABELS[label]}"


def label_of(marking: str) -> Tlp | None:
    """The label with that id; None if it is no TLP 2.0 label."""
    return next((label for label in Tlp if label_id(label) == marking), None)


def any_label_of(marking: str) -> Tlp | None:
    """The label with that id, of TLP 2.0 or of TLP 1, which others still send."""
    return label_of(marking) or _OLD_LABELS.get(marking)


def label_object(label: Tlp) -> Object:
    """The label's marking-definition, as OASIS publishes it."""
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": label_id(label),
        "created": "2022-10-01T00:00:00.000Z",
        "name": label.label,
        "extensions": {_TLP: {"extension_type": "property-extension", "tlp_2_0": label.value}},
    }


def frame(ids: Ids) -> Iterator[Object]:
    """The producer, and the definitions of the extensions."""
    ours = {"spec_version": "2.1", "created": FOUNDED, "modified": FOUNDED}
    yield {"type": "identity", "id": ids.producer, **ours, "name": "Counterfoil", "identity_class": "system"}
    for identifier, (name, description) in _EXTENSIONS.items():
        yield {
            "type": "extension-definition",
            "id": identifier,
            **ours,
            "created_by_ref": ids.producer,
            "name": name,
            "description": description,
            "schema": "docs/stix.md in Counterfoil's documentation",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }


def opencti_definition(ids: Ids) -> Object:
    """The definition of OpenCTI's extension, for consumers that do not know its object types."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": OPENCTI_EXTENSION,
        "created": FOUNDED,
        "modified": FOUNDED,
        "created_by_ref": ids.producer,
        "name": "OpenCTI",
        "description": "Object types and properties of OpenCTI that STIX does not have, such as narrative.",
        "schema": "https://docs.opencti.io",
        "version": "1.0.0",
        "extension_types": ["new-sdo", "new-sco", "property-extension"],
    }
