"""Incidents as a STIX 2.1 bundle with deterministic ids, in one pass over any number of them.

docs/stix.md says what becomes what. Three profiles: `counterfoil` has everything, so that it can be imported again;
`opencti` has the ids that OpenCTI's own client makes, so that an import meets what is there already; `disinfox`
sends an incident as an intrusion-set. Specification: OASIS STIX 2.1 (2021).
"""

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO, TextIO

from counterfoil.exchange.exporter import Exporter, Write, as_text
from counterfoil.exchange.stix_case import case_objects
from counterfoil.exchange.stix_frame import frame, label_object, label_of, opencti_definition
from counterfoil.exchange.stix_ids import Object, stix_id
from counterfoil.exchange.stix_making import Profile, setting
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.kept import Kept

PROFILES = (
    Profile("counterfoil"),
    Profile("opencti", client_ids=True, whole=False),
    Profile("disinfox", client_ids=True, whole=False, case="intrusion-set"),
)
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(slots=True)
class _Bundle:
    """Writes each object once, with what was kept of it from elsewhere."""

    out: TextIO
    written: set[str] = field(default_factory=set)
    kept: dict[str, Object] = field(default_factory=dict)  #: id -> properties that are to be added to the object

    def put(self, made: Object) -> None:
        if made["id"] in self.written:
            return
        if self.kept and made["id"] in self.kept:
            made = _with_kept(made, self.kept[made["id"]])
        self.out.write((",\n" if self.written else "\n") + _ENCODER.encode(made))
        self.written.add(made["id"])
        for marking in made.get("object_marking_refs", ()):
            if marking not in self.written and (label := label_of(marking)):
                self.put(label_object(label))


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    """Write a bundle with everything."""
    _write(PROFILES[0], incidents, framework, out)


def _write(profile: Profile, incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    common = setting(profile, framework)
    digest = sha256()
    with as_text(out) as text, closing(common.gathered):
        text.write('{\n"type": "bundle",\n"objects": [')
        bundle = _Bundle(text)
        for thing in (*frame(common.ids), opencti_definition(common.ids)):
            bundle.put(thing)
        for coded in incidents:
            digest.update(coded.incident.id.encode() + b"\n")
            # What was kept refers to ids of ours, which the client's are not.
            whole = _kept(coded.kept, bundle.kept) if profile.whole else []
            for thing in case_objects(coded, common):
                bundle.put(thing)
            for thing in whole:
                bundle.put(thing)
        for thing in common.gathered.objects():
            bundle.put(thing)
        # Last, as it is made of all incidents: JSON has no order of properties.
        text.write(f'\n],\n"id": "{stix_id("bundle", profile.name, digest.hexdigest())}"\n}}\n')


def _kept(kept: Iterable[Kept], properties: dict[str, Object]) -> list[Object]:
    """The whole objects of what was kept; what belongs to our own objects goes to `properties`."""
    whole: list[Object] = []
    for one in kept:
        if one.format != "stix":
            continue
        content: Object = json.loads(one.content)
        if "type" in content and "id" in content:
            whole.append(content)
        else:
            properties[one.key] = _with_kept(properties.get(one.key, {}), content)
    return whole


def _with_kept(made: Object, kept: Object) -> Object:
    """Our object with another's properties; ours stay, and extensions stand side by side."""
    both = kept | made
    if "extensions" in kept:
        both["extensions"] = kept["extensions"] | made.get("extensions", {})
    return both


def _writer(profile: Profile) -> Write:
    def write_profile(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
        _write(profile, incidents, framework, out)

    return write_profile


EXPORTER = Exporter(
    label="STIX 2.1",
    suffix=".json",
    media_type="application/stix+json;version=2.1",
    write=write,
    profiles={profile.name: _writer(profile) for profile in PROFILES},
    drafted=False,
)
