"""Ids, times and names of what every bundle of ours has in common.

Two schemes of ids. Ours is a version 5 UUID in Counterfoil's namespace of what the object is. The other is that of
OpenCTI's client (pycti's `generate_id` functions): a version 5 UUID of a few properties as canonical JSON, so that
an import meets what is there already.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from counterfoil.model.ids import uuid_text, uuid_text_for
from counterfoil.model.judging import name_key

Object = dict[str, Any]

OPENCTI = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  #: the namespace of OpenCTI's client
FOUNDED = "2024-01-01T00:00:00.000Z"  #: of objects that are no incident's: the same in every export


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def stix_id(kind: str, *parts: str) -> str:
    """The STIX id of an object of that type, from the parts that make it what it is."""
    return f"{kind}--{uuid_text_for(kind, *parts)}"


def client_id(kind: str, what: Mapping[str, Any]) -> str:
    """The id that OpenCTI's client computes: UUID 5 of the properties as canonical JSON (RFC 8785)."""
    return f"{kind}--{uuid_text(OPENCTI, _CANONICAL.encode(what))}"


PRODUCER = stix_id("identity", "Counterfoil")
EVIDENCE = stix_id("extension-definition", "evidence", "1")
REPORT = stix_id("extension-definition", "report", "1")
INCIDENT = stix_id("extension-definition", "incident", "1")
#: OpenCTI's own extension: what makes `narrative` and its observables known to it.
OPENCTI_EXTENSION = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"


def attack_pattern_id(technique_id: str) -> str:
    """The id that OpenCTI's client gives the attack-pattern with this external id."""
    return client_id("attack-pattern", {"x_mitre_id": technique_id.lower().strip()})


@dataclass(frozen=True, slots=True)
class Ids:
    """One of the two schemes: `client` is that of OpenCTI's client."""

    client: bool = False

    @property
    def producer(self) -> str:
        return self.identity("Counterfoil", "system") if self.client else PRODUCER

    def of(self, kind: str, what: Mapping[str, Any], own: Sequence[str]) -> str:
        """The id of an object: for the client by `what`, in our own scheme by `own`."""
        return client_id(kind, what) if self.client else stix_id(kind, *own)

    def named(self, kind: str, name: str) -> str:
        """Of an intrusion-set, campaign or narrative."""
        return self.of(kind, {"name": name.lower().strip()}, (name_key(name),))

    def identity(self, name: str, identity_class: str) -> str:
        what = {"name": name.lower().strip(), "identity_class": identity_class.lower()}
        return self.of("identity", what, (name_key(name), identity_class))

    def threat_actor(self, name: str, individual: bool) -> str:
        kind = "Threat-Actor-Individual" if individual else "Threat-Actor-Group"
        return self.of("threat-actor", {"name": name.lower().strip(), "opencti_type": kind}, (name_key(name), kind))

    def country(self, name: str, code: str) -> str:
        what = {"name": name.lower().strip(), "x_opencti_location_type": "Country"}
        return self.of("location", what, (code,))

    def course_of_action(self, external_id: str) -> str:
        return client_id("course-of-action", {"x_mitre_id": external_id.lower().strip()})

    def relationship(self, kind: str, source: str, target: str) -> str:
        what = {"relationship_type": kind, "source_ref": source, "target_ref": target}
        return self.of("relationship", what, (kind, source, target))

    def note(self, at: str, abstract: str, content: str, *own: str) -> str:
        what = {"content": content.strip(), "created": at, "attribute_abstract": abstract.strip()}
        return self.of("note", what, own)


def canonical_time(written: str) -> str:
    """An ISO 8601 date or time, of any precision from the year on, as a STIX timestamp in UTC.

    Raises:
        ValueError: it is none.
    """
    padded = written if len(written) >= 10 else written + "0000-01-01"[len(written) :]
    return _time(padded)


@lru_cache(maxsize=4096)
def _time(written: str) -> str:
    moment = datetime.fromisoformat(written)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.").zfill(20) + f"{moment.microsecond // 1000:03d}Z"


def without_empty(properties: Mapping[str, Any]) -> Object:
    """The properties that say something: STIX has no empty lists."""
    return {name: value for name, value in properties.items() if value not in ("", (), [], {}, None)}
