"""MISP galaxy clusters of DISARM: techniques, countermeasures, detections, actor types.

A cluster names tactics, response types and sectors, but has no ids for them, no phases and no parents:
tactics' ids come from what is known of DISARM's releases, a sub-technique's parent from its id. The order
of the tactics stands in the galaxy, a second file. Format: misp-galaxy, schema_clusters.json.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.frameworks.cells import trimmed
from counterfoil.frameworks.ledger import Ledger, Place
from counterfoil.frameworks.releases import known_releases
from counterfoil.frameworks.source import Source, read_json
from counterfoil.model.catalogue import ActorType, Catalogue, Counter, Detection, Metatechnique, ResponseType, Sector
from counterfoil.model.framework import Framework, Tactic, Technique
from counterfoil.model.loaded import Fate, Loaded, LoadReport

TYPES = ("disarm-techniques", "disarm-countermeasures", "disarm-detections", "disarm-actortypes")

#: the relations that clusters state: whose, its verb, to which cluster
_VERBS = (
    ("disarm-countermeasures", "blocks", "disarm-techniques"),
    ("disarm-techniques", "blocked-by", "disarm-countermeasures"),
    ("disarm-countermeasures", "affected-by", "disarm-actortypes"),
    ("disarm-actortypes", "affects", "disarm-countermeasures"),
    ("disarm-detections", "detects", "disarm-techniques"),
    ("disarm-techniques", "detected-by", "disarm-detections"),
    ("disarm-detections", "detected-by", "disarm-actortypes"),
    ("disarm-actortypes", "detects", "disarm-detections"),
)


class MispGalaxy:
    """Reads a cluster file (with its galaxy, if it lies beside it) or a folder with clusters and galaxies."""

    name = "misp"

    def recognises(self, source: Source) -> bool:
        if source.path.is_dir():
            return bool(_in_folder(source.path))
        return source.is_json and isinstance(source.document, dict) and source.document.get("type") in TYPES

    def read(self, source: Source, partial: bool) -> Loaded:
        ledger = Ledger(str(source.path), partial)
        clusters, galaxies = _files(source)
        if "disarm-techniques" not in clusters:
            hint = "Name the folder that holds clusters/disarm-techniques.json and galaxies/."
            raise ReadError(f"{source.path} has no cluster of DISARM's techniques.", hint)
        values = _values(clusters, ledger)
        tactics = _tactics(galaxies, values, ledger)
        techniques = _techniques(values, tactics, ledger)
        framework = Framework("DISARM", "", (), tuple(tactics.values()), techniques)
        catalogue = Catalogue(
            counters=tuple(_responses(Counter, "disarm-countermeasures", values, tactics, ledger)),
            detections=tuple(_responses(Detection, "disarm-detections", values, tactics, ledger)),
            actortypes=tuple(_actor_types(values)),
            responsetypes=tuple(ResponseType(name, name) for name in _names("responsetypes", values)),
            metatechniques=tuple(Metatechnique(name, name) for name in _names("metatechniques", values)),
            sectors=tuple(Sector(name, name) for name in _names("sectors", values)),
        )
        return Loaded(framework, catalogue, LoadReport(self.name, tuple(ledger.remarks)))


READER = MispGalaxy()


@dataclass(frozen=True, slots=True)
class Value:
    """One entry of a cluster: `chain` are its (kind, name) pairs, `related` its (verb, uuid) pairs."""

    uuid: str
    id: str
    name: str
    summary: str
    chain: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...]
    place: Place

    def named(self, kind: str) -> list[str]:
        """The names in the chain of one kind ("tactics", "responsetypes", ...)."""
        return [name for of, name in self.chain if of == kind]


Values = Mapping[str, Mapping[str, Value]]  #: cluster type -> uuid -> value


def _in_folder(folder: Path) -> list[Path]:
    """The cluster and galaxy files in a folder or, as MISP lays them out, one below."""
    places = (folder, folder / "clusters", folder / "galaxies")
    paths = [place / f"{kind}.json" for place in places for kind in TYPES]
    return [path for path in paths if path.is_file()]


def _files(source: Source) -> tuple[dict[str, Any], dict[str, Any]]:
    """Cluster and galaxy documents by type."""
    if source.path.is_dir():
        found = [read_json(path) for path in _in_folder(source.path)]
    else:
        beside = source.path.parent.parent / "galaxies" / source.path.name
        found = [source.document, *([read_json(beside)] if beside.is_file() else [])]
    documents = [document for document in found if isinstance(document, dict)]
    clusters = {document["type"]: document for document in documents if document.get("type") and "values" in document}
    galaxies = {
        document["type"]: document for document in documents if document.get("type") and "values" not in document
    }
    return clusters, galaxies


def _values(clusters: Mapping[str, Any], ledger: Ledger) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for kind, document in clusters.items():
        ids: set[str] = set()
        of_kind = found.setdefault(kind, {})
        for position, row in enumerate(document["values"] if isinstance(document["values"], list) else []):
            place = Place(f"{kind}.json", position)
            value = _value(row, place)
            if value is None or value.id in ids or value.uuid in of_kind:
                why = f"{value.id} stands twice" if value else "the entry has no external_id, uuid or value"
                ledger.problem(place, value.id if value else str(row)[:80], why)
                continue
            ids.add(value.id)
            of_kind[value.uuid] = value
            for verb, uuid in value.related:
                if not any(verb == known and kind == whose for whose, known, _ in _VERBS):
                    why = f"{value.id}: a relation of the kind {verb!r} is not read"
                    ledger.note(Place(place.sheet, position, "related"), uuid, Fate.UNLINKED, why)
    return found


def _value(row: Any, place: Place) -> Value | None:
    try:
        meta = row.get("meta", {})
        steps = (step.partition(":") for step in meta.get("kill_chain", []))
        return Value(
            uuid=trimmed(row["uuid"]),
            id=trimmed(meta["external_id"]),
            name=trimmed(row["value"]),
            summary=trimmed(row.get("description", "")),
            chain=tuple((kind, name) for kind, _, name in steps),
            related=tuple((trimmed(link["type"]), trimmed(link["dest-uuid"])) for link in row.get("related", [])),
            place=place,
        )
    except (AttributeError, KeyError, TypeError):
        return None


def _tactics(galaxies: Mapping[str, Any], values: Values, ledger: Ledger) -> dict[str, Tactic]:
    """Tactics by name, ranked in the galaxy's order or, without a galaxy, in that of the techniques."""
    known = {name: identity for identity, name in known_releases("DISARM").tactics.items()}
    try:
        order = [trimmed(name) for name in galaxies["disarm-techniques"]["kill_chain_order"]["tactics"]]
    except (KeyError, TypeError, AttributeError):
        order = []  # no galaxy, or none that says: then the techniques' own order counts
    used = [name for value in values["disarm-techniques"].values() for name in value.named("tactics")]
    tactics = {}
    for rank, name in enumerate(dict.fromkeys([*order, *used]), start=1):
        identity = known.get(name, "")
        if not identity:
            place = Place("disarm-techniques.json", 0, "kill_chain")
            ledger.note(place, name, Fate.NOTED, "no known tactic has this name; the name serves as its id")
        tactics[name] = Tactic(identity or name, name, "", rank)
    return tactics


def _techniques(values: Values, tactics: Mapping[str, Tactic], ledger: Ledger) -> dict[str, Technique]:
    found = {}
    ids = {value.id for value in values["disarm-techniques"].values()}
    for value in values["disarm-techniques"].values():
        served = [tactics[name].id for name in value.named("tactics")]
        if not served:
            ledger.problem(value.place, value.id, f"{value.id} has no tactic")
        parent, dot, _ = value.id.rpartition(".")
        if dot and parent not in ids:
            ledger.problem(value.place, value.id, f"{value.id} belongs to {parent}, which is not there")
            parent = ""
        found[value.id] = Technique(
            id=value.id,
            name=value.name,
            tactic=served[0] if served else "",
            parent=parent if dot else "",
            summary=value.summary,
            more_tactics=tuple(served[1:]),
        )
    return found


def _responses(kind: Any, cluster: str, values: Values, tactics: Mapping[str, Tactic], ledger: Ledger) -> Iterator[Any]:
    """Counters or detections, with the techniques and actor types that they are related to."""
    related = _related(cluster, values, ledger)
    for value in values.get(cluster, {}).values():
        mine = [tactics[name].id for name in value.named("tactics") if name in tactics]
        for name in value.named("tactics"):
            if name not in tactics:
                ledger.note(value.place, name, Fate.UNLINKED, f"no tactic is called {name!r}")
        yield kind(
            id=value.id,
            name=value.name,
            summary=value.summary,
            tactic=mine[0] if mine else "",
            responsetype=next(iter(value.named("responsetypes")), ""),
            metatechniques=tuple(value.named("metatechniques")),
            techniques=tuple(related.get((value.uuid, "disarm-techniques"), ())),
            actortypes=tuple(related.get((value.uuid, "disarm-actortypes"), ())),
        )


def _related(cluster: str, values: Values, ledger: Ledger) -> dict[tuple[str, str], dict[str, None]]:
    """(response, other cluster) -> ids there, from relations that either side states."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for kind, verb, to in _VERBS:
        if cluster not in (kind, to):
            continue
        for value in values.get(kind, {}).values():
            for target_uuid in (uuid for said, uuid in value.related if said == verb):
                target = values.get(to, {}).get(target_uuid)
                if target is None:
                    place = Place(value.place.sheet, value.place.row, "related")
                    why = f"{value.id}: {verb!r} names nothing in the cluster {to!r}"
                    ledger.note(place, target_uuid, Fate.UNLINKED, why)
                    continue
                response, other, where = (value, target, to) if kind == cluster else (target, value, kind)
                found.setdefault((response.uuid, where), {})[other.id] = None
    return found


def _actor_types(values: Values) -> Iterator[ActorType]:
    for value in values.get("disarm-actortypes", {}).values():
        yield ActorType(value.id, value.name, value.summary, sectors=tuple(value.named("sectors")))


def _names(kind: str, values: Values) -> Iterator[str]:
    """Every name of a kind once, in the order in which the clusters use them: it serves as id, as there is none."""
    of_all = (value for cluster in values.values() for value in cluster.values())
    yield from dict.fromkeys(name for value in of_all for name in value.named(kind))
