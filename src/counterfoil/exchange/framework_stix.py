"""A framework as a STIX 2.1 bundle in the form of ATT&CK's, with deterministic ids.

Two profiles:

- `disarm`: as DISARM publishes it, object for object and property for property; only ids and times are ours
  (DISARM draws ids at random, so that nothing can be derived from them).
- `opencti`: kill chain "disarm", `x_mitre_id`, and the ids that OpenCTI's client gives attack-patterns,
  relationships and identities, so that an import meets what its DISARM connector brought.

What STIX has no place for (version, phases, tactics' ranks) is an extension of the matrix: a consumer that
does not know it passes over it, and Counterfoil reads the framework back as it was.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO
from uuid import UUID

from counterfoil.errors import UsageError
from counterfoil.exchange.stix_ids import FOUNDED, PRODUCER, attack_pattern_id, client_id, stix_id
from counterfoil.model.framework import Framework, Technique
from counterfoil.model.framework_extension import FRAMEWORK_EXTENSION, frame_to_plain
from counterfoil.model.ids import uuid_for

Object = dict[str, Any]

PROFILES = ("disarm", "opencti")
_PAGES = "https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a framework, and under which licence; `home` is the address of its project."""

    name: str
    description: str
    licence: str
    home: str


PUBLISHERS = {
    "DISARM": Publisher(
        name="DISARM Foundation",
        description="Publishes DISARM, a framework for describing and countering influence operations.",
        licence="CC-BY-4.0",
        home="https://github.com/DISARMFoundation",
    )
}


def write_framework(framework: Framework, out: TextIO, profile: str = "disarm") -> None:
    """Write the bundle, one object a line, in the order in which DISARM has them.

    Raises:
        UsageError: there is no such profile.
    """
    bundle = stix_id("bundle", framework.name, framework.version, profile)
    out.write(f'{{\n"type": "bundle",\n"id": "{bundle}",\n"objects": [\n')
    lines = (json.dumps(thing, ensure_ascii=False) for thing in framework_objects(framework, profile))
    out.write(",\n".join(lines))
    out.write("\n]\n}\n")


def framework_objects(framework: Framework, profile: str = "disarm") -> Iterator[Object]:
    """Tactics, techniques, sub-technique relationships, publisher, licence, matrix.

    Raises:
        UsageError: there is no such profile.
    """
    if profile not in PROFILES:
        raise UsageError(f"There is no profile {profile!r}.", f"Choose one of: {', '.join(PROFILES)}.")
    writer = _Writer(framework, profile, PUBLISHERS.get(framework.name))
    yield from writer.tactics()
    yield from writer.techniques()
    yield from writer.relationships()
    yield from writer.about()
    yield writer.matrix()


@dataclass(frozen=True, slots=True)
class _Writer:
    framework: Framework
    profile: str
    publisher: Publisher | None

    @property
    def _at(self) -> str:
        return f"{self.framework.released}T00:00:00.000Z" if len(self.framework.released) == 10 else FOUNDED

    @property
    def _identity(self) -> str:
        if self.publisher is None:
            return PRODUCER
        if self.profile == "opencti":
            return client_id("identity", {"identity_class": "organization", "name": self.publisher.name.lower()})
        return _old_id("identity", self.publisher.name)

    @property
    def _marking(self) -> list[str]:
        return [_old_id("marking-definition", self.publisher.name)] if self.publisher else []

    def _pattern(self, technique: str) -> str:
        if self.profile == "opencti":
            return attack_pattern_id(technique)
        return stix_id("attack-pattern", self.framework.name, technique)

    def _object(self, kind: str, identifier: str, *, authored: bool = True) -> Object:
        made: Object = {"type": kind, "spec_version": "2.1", "id": identifier}
        if authored:
            made["created_by_ref"] = self._identity
        return {**made, "created": self._at, "modified": self._at}

    def _url(self, folder: str, identity: str) -> Object:
        return {"url": f"{_PAGES}/{folder}/{identity}.md"} if self.framework.name == "DISARM" else {}

    def _marked(self) -> Object:
        return {"object_marking_refs": self._marking} if self._marking else {}

    def tactics(self) -> Iterator[Object]:
        for tactic in sorted(self.framework.tactics, key=lambda tactic: tactic.id):
            made = self._object("x-mitre-tactic", self._tactic(tactic.id)) | {"name": tactic.name}
            if tactic.summary:
                made["description"] = tactic.summary
            reference = {
                "source_name": self.framework.name,
                **self._url("tactics", tactic.id),
                "external_id": tactic.id,
            }
            made["external_references"] = [reference]
            yield made | self._marked() | {"x_mitre_shortname": _short(tactic.name)}

    def _tactic(self, tactic: str) -> str:
        return _old_id("x-mitre-tactic", self.framework.name, tactic)

    def techniques(self) -> Iterator[Object]:
        names = {tactic.id: tactic.name for tactic in self.framework.tactics}
        for technique in self.framework.techniques.values():
            yield self._technique(technique, names)

    def _technique(self, technique: Technique, tactics: dict[str, str]) -> Object:
        chain = "mitre-attack" if self.profile == "disarm" else _short(self.framework.name)
        made = self._object("attack-pattern", self._pattern(technique.id)) | {"name": technique.name or technique.id}
        if technique.summary:
            made["description"] = technique.summary
        served = [tactic for tactic in (technique.tactic, *technique.more_tactics) if tactic in tactics]
        if served:
            made["kill_chain_phases"] = [
                {"kill_chain_name": chain, "phase_name": _short(tactics[tactic])} for tactic in served
            ]
        made["external_references"] = [
            {"source_name": "mitre-attack", **self._url("techniques", technique.id), "external_id": technique.id}
        ]
        made |= self._marked() | {"x_mitre_is_subtechnique": bool(technique.parent)}
        if self.profile == "opencti":
            return made | {"x_mitre_id": technique.id}
        # DISARM's own bundles say so of every technique; tools that filter by platform would hide them otherwise.
        return made | {"x_mitre_platforms": ["Windows", "Linux", "Mac"], "x_mitre_version": "2.1"}

    def relationships(self) -> Iterator[Object]:
        for technique in self.framework.techniques.values():
            if technique.parent not in self.framework.techniques:
                continue
            ends = {"source_ref": self._pattern(technique.id), "target_ref": self._pattern(technique.parent)}
            made = self._object("relationship", self._link(ends), authored=False)
            empty = {"description": ""} if self.profile == "disarm" else {}
            yield made | {"relationship_type": "subtechnique-of", **empty, **ends} | self._marked()

    def _link(self, ends: Object) -> str:
        if self.profile == "opencti":
            return client_id("relationship", {"relationship_type": "subtechnique-of", **ends})
        return stix_id("relationship", "subtechnique-of", *ends.values())

    def about(self) -> Iterator[Object]:
        """Who publishes it, under which licence, and what the extension is."""
        if self.publisher:
            identity = self._object("identity", self._identity, authored=False) | {"name": self.publisher.name}
            yield identity | {"description": self.publisher.description, "identity_class": "organization"}
            yield {
                "type": "marking-definition",
                "spec_version": "2.1",
                "id": self._marking[0],
                "created_by_ref": self._identity,
                "created": FOUNDED,
                "definition_type": "statement",
                "name": self.publisher.name,
                "definition": {"statement": f"{self.publisher.licence} {self.publisher.name}"},
            }
        # The same two objects in every bundle of ours, whatever the framework.
        ours = {"spec_version": "2.1", "created": FOUNDED, "modified": FOUNDED}
        yield {"type": "identity", "id": PRODUCER, **ours, "name": "Counterfoil", "identity_class": "system"}
        yield {
            "type": "extension-definition",
            "id": FRAMEWORK_EXTENSION,
            **ours,
            "created_by_ref": PRODUCER,
            "name": "Counterfoil framework",
            "description": "A framework's version and date, its phases, and its tactics' phases and ranks.",
            "schema": "docs/stix.md in Counterfoil's documentation",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }

    def matrix(self) -> Object:
        made = self._object("x-mitre-matrix", _old_id("x-mitre-matrix", self.framework.name), authored=False)
        made["name"] = f"{self.framework.name} Framework"
        made["description"] = f"{self.framework.name} {self.framework.version}"
        made["tactic_refs"] = [self._tactic(t.id) for t in sorted(self.framework.tactics, key=lambda t: t.rank)]
        home = {"url": self.publisher.home} if self.publisher else {}
        reference = {"source_name": self.framework.name, **home, "external_id": self.framework.name}
        made["external_references"] = [reference]
        return made | {"extensions": {FRAMEWORK_EXTENSION: frame_to_plain(self.framework)}}


def _old_id(kind: str, *parts: str) -> str:
    """An id in the form of version 4: MITRE's library takes no other for its own types and what they refer to."""
    return f"{kind}--{UUID(bytes=uuid_for(kind, *parts).bytes, version=4)}"


def _short(name: str) -> str:
    """A name as kill chains write it."""
    return name.lower().replace(" ", "-")
