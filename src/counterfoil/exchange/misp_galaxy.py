"""A framework as MISP galaxies and clusters: techniques, countermeasures, detections and actor types.

The ids are those of the published galaxy of DISARM (UUID 5 of the external id in its namespace), so that a MISP that
has it updates what it has. Relations that would point to something that is not written are left out, and said.
Format: misp-galaxy, schema_galaxies.json and schema_clusters.json.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from counterfoil.model.catalogue import Item, Response
from counterfoil.model.loaded import Loaded

Object = dict[str, Any]

NAMESPACE = UUID("9d6bd9d2-2cd3-4900-b61a-06cd64df3996")  #: of the published galaxy of DISARM
HOME = "https://github.com/DISARMFoundation/DISARMframeworks"
_ABOUT = "The technique, countermeasure, detection and actor type lists of {name} {version}."


@dataclass(frozen=True, slots=True)
class Kind:
    """One galaxy: its file, names and the ids under which DISARM's is published; `folder` is DISARM's page folder."""

    key: str
    name: str
    icon: str
    galaxy: str
    cluster: str
    folder: str


KINDS = (
    Kind(
        "techniques",
        "Techniques",
        "map",
        "a90f2bb6-11e1-58a7-9962-ba37886720ec",
        "fb0e6978-2647-5a95-8324-7ebfd2f88b67",
        "techniques",
    ),
    Kind(
        "countermeasures",
        "Countermeasures",
        "shield-alt",
        "9a3ac024-7c65-5ac0-87c4-eaed2238eec8",
        "75e907ad-1b8d-5288-a9e9-1b18627b3265",
        "counters",
    ),
    Kind(
        "detections",
        "Detections",
        "bell",
        "bb61e6f3-b2bd-5c7d-929c-b6f292ccc56a",
        "98e0cf8c-baee-5b01-aca3-dd94a894aee3",
        "detections",
    ),
    Kind(
        "actortypes",
        "Actor Types",
        "user-secret",
        "1658af88-b847-532d-adc9-efaea8604f14",
        "f1cb3e2f-f760-54a1-a3aa-a4f0fc342750",
        "actortypes",
    ),
)


@dataclass(slots=True)
class Entry:
    """A cluster's value in the making; `related` are (verb, external id)."""

    id: str
    name: str
    summary: str
    chain: list[str] = field(default_factory=list)
    related: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Galaxies:
    """Documents by path ("clusters/disarm-techniques.json"), and the relations that were left out."""

    documents: Mapping[str, Object]
    dangling: tuple[str, ...]


def galaxies(loaded: Loaded) -> Galaxies:
    """The galaxies of a framework and its catalogue; a list that the catalogue lacks has no galaxy."""
    entries = {kind.key: _entries(kind.key, loaded) for kind in KINDS}
    by_id = {entry.id: entry for group in entries.values() for entry in group}
    for of, verb, to in _relations(loaded):
        if of in by_id:
            by_id[of].related.append((verb, to))
    documents: dict[str, Object] = {}
    dangling: list[str] = []
    for kind in KINDS:
        group = entries[kind.key]
        if not group:
            continue
        dangling += [f"{e.id} {verb} {to}" for e in group for verb, to in e.related if to not in by_id]
        documents[f"galaxies/disarm-{kind.key}.json"] = _galaxy(kind, loaded)
        documents[f"clusters/disarm-{kind.key}.json"] = _cluster(kind, group, by_id.keys(), loaded)
    return Galaxies(documents, tuple(dangling))


def value_uuid(external_id: str) -> str:
    """The id of a value of DISARM's galaxy."""
    return str(uuid5(NAMESPACE, external_id))


def _entries(key: str, loaded: Loaded) -> list[Entry]:
    framework, catalogue = loaded.framework, loaded.catalogue
    tactics = {tactic.id: tactic.name for tactic in framework.tactics}
    if key == "techniques":
        found = [
            Entry(one.id, one.name, one.summary, _chain("tactics", [one.tactic, *one.more_tactics], tactics))
            for one in framework.techniques.values()
        ]
        for entry, technique in zip(found, framework.techniques.values(), strict=True):
            if technique.parent:
                entry.related.append(("subtechnique-of", technique.parent))
        return found
    if key == "actortypes":
        sectors = {sector.id: sector.name for sector in catalogue.sectors}
        return [
            Entry(one.id, one.name, one.summary, _chain("sectors", one.sectors, sectors))
            for one in catalogue.actortypes
        ]
    responses: Sequence[Response] = catalogue.counters if key == "countermeasures" else catalogue.detections
    return [_response(one, tactics, loaded) for one in responses]


def _response(one: Response, tactics: Mapping[str, str], loaded: Loaded) -> Entry:
    kinds, metas = _names(loaded.catalogue.responsetypes), _names(loaded.catalogue.metatechniques)
    chain = _chain("tactics", [one.tactic], tactics) + _chain("responsetypes", [one.responsetype], kinds)
    return Entry(one.id, one.name, one.summary, chain + _chain("metatechniques", one.metatechniques, metas))


def _names(items: Iterable[Item]) -> dict[str, str]:
    return {item.id: item.name for item in items}


def _chain(kind: str, ids: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return [f"{kind}:{names[one]}" for one in dict.fromkeys(ids) if names.get(one)]


def _relations(loaded: Loaded) -> Iterator[tuple[str, str, str]]:
    """Every relation at both of its ends: (of, verb, to), external ids."""
    for counter in loaded.catalogue.counters:
        for technique in counter.techniques:
            yield counter.id, "blocks", technique
            yield technique, "blocked-by", counter.id
        for actor in counter.actortypes:
            yield counter.id, "affected-by", actor
            yield actor, "affects", counter.id
    for detection in loaded.catalogue.detections:
        for technique in detection.techniques:
            yield detection.id, "detects", technique
            yield technique, "detected-by", detection.id
        for actor in detection.actortypes:
            yield detection.id, "detected-by", actor
            yield actor, "detects", detection.id


def _galaxy(kind: Kind, loaded: Loaded) -> Object:
    framework, catalogue = loaded.framework, loaded.catalogue
    chains = {
        "tactics": [tactic.name for tactic in sorted(framework.tactics, key=lambda one: one.rank)],
        "responsetypes": [one.name for one in catalogue.responsetypes],
        "metatechniques": [one.name for one in catalogue.metatechniques],
        "sectors": [one.name for one in catalogue.sectors],
    }
    wanted = {
        "techniques": ("tactics",),
        "countermeasures": ("metatechniques", "responsetypes", "tactics"),
        "detections": ("responsetypes", "tactics"),
        "actortypes": ("sectors",),
    }[kind.key]
    return {
        "description": _ABOUT.format(name=framework.name, version=framework.version),
        "icon": kind.icon,
        "kill_chain_order": {name: chains[name] for name in wanted},
        "name": kind.name,
        "namespace": "disarm",
        "type": f"disarm-{kind.key}",
        "uuid": kind.galaxy,
        "version": _number(framework.version),
    }


def _cluster(kind: Kind, group: Sequence[Entry], known: Set[str], loaded: Loaded) -> Object:
    framework = loaded.framework
    often = Tally(entry.name for entry in group)
    return {
        "authors": ["DISARM Foundation"],
        "category": "disarm",
        "description": _ABOUT.format(name=framework.name, version=framework.version),
        "name": kind.name,
        "source": HOME,
        "type": f"disarm-{kind.key}",
        "uuid": kind.cluster,
        "values": [_value(kind, entry, known, often[entry.name] > 1) for entry in sorted(group, key=lambda e: e.id)],
        "version": _number(framework.version),
    }


def _value(kind: Kind, entry: Entry, known: Set[str], repeated: bool) -> Object:
    return {
        "description": entry.summary,
        "meta": {
            "external_id": entry.id,
            "kill_chain": entry.chain,
            "refs": [f"{HOME}/blob/main/generated_pages/{kind.folder}/{entry.id}.md"],
        },
        "related": [
            {"dest-uuid": value_uuid(to), "type": verb} for verb, to in dict.fromkeys(entry.related) if to in known
        ],
        "uuid": value_uuid(entry.id),
        # MISP finds a value by its name: one that several techniques have would mean any of them.
        "value": f"{entry.name} ({entry.id})" if repeated else entry.name,
    }


def _number(version: str) -> int:
    """MISP counts versions in whole numbers and loads a higher one: "1.6" is 1006 (the published ones are 1 and 2)."""
    major, _, minor = version.partition(".")
    digits = "".join(filter(str.isdigit, minor.partition(".")[0]))
    return (int(major) if major.isdigit() else 0) * 1000 + int(digits or 0)
