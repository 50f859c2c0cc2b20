"""What several incidents have in common, collected in little and written when all have passed.

Actors with their names, what they are said to do and to belong to, and the reports with all that refers to them.
Whatever is collected is marked as the strictest of the incidents that it comes from: an alias or a quote from an
AMBER incident must not leave under a CLEAR label because another incident names the same actor.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from counterfoil.exchange.stix_content import evidence_extension
from counterfoil.exchange.stix_frame import label_id
from counterfoil.exchange.stix_ids import EVIDENCE, FOUNDED, REPORT, Ids, Object
from counterfoil.model.marking import Tlp

QUOTED = 5  #: passages that the description of a collected relationship quotes


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an incident gives to all that it has a part in: when it last changed, and who may see it."""

    incident: str
    at: str
    label: Tlp


@dataclass(slots=True)
class _Thing:
    """An object in the making."""

    object: Object
    at: str = FOUNDED
    label: Tlp = Tlp.CLEAR
    names: dict[str, None] = field(default_factory=dict)

    def stamp(self, stamp: Stamp) -> None:
        if stamp.at > self.at:
            self.at = stamp.at
        if stamp.label is not self.label and stamp.label.rank > self.label.rank:
            self.label = stamp.label


@dataclass(slots=True)
class _Link:
    """A relationship in the making."""

    thing: _Thing
    quotes: list[str] = field(default_factory=list)
    passages: int = 0
    evidence: list[Object] = field(default_factory=list)
    incidents: dict[str, None] = field(default_factory=dict)
    citations: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Sheet:
    """A report in the making; the bulk of its extension is in a file from `start` on."""

    thing: _Thing
    refs: dict[str, None]
    start: int = 0
    length: int = 0


@dataclass(slots=True)
class _Sighting:
    """A sighting in the making."""

    thing: _Thing
    reports: dict[str, None] = field(default_factory=dict)
    observed: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """Collects; `objects` gives what was collected, in the order in which it came first."""

    ids: Ids
    things: dict[str, _Thing] = field(default_factory=dict)
    links: dict[str, _Link] = field(default_factory=dict)
    sightings: dict[str, _Sighting] = field(default_factory=dict)
    sheets: dict[str, _Sheet] = field(default_factory=dict)
    _bulk: IO[bytes] | None = None

    def add(self, made: Object, stamp: Stamp, aliases: tuple[str, ...] = ()) -> str:
        """Add an object, or to one that is there: its aliases, and when it changed. Returns its id."""
        identifier: str = made["id"]
        thing = self.things.get(identifier)
        if thing is None:
            thing = self.things[identifier] = _Thing(made)
        thing.stamp(stamp)
        for alias in aliases:
            thing.names[alias] = None
        return identifier

    def link(self, kind: str, source: str, target: str, stamp: Stamp) -> _Link:
        """The relationship, new or known."""
        identifier = self.ids.relationship(kind, source, target)
        link = self.links.get(identifier)
        if link is None:
            ends = {"relationship_type": kind, "source_ref": source, "target_ref": target}
            link = self.links[identifier] = _Link(_Thing({"type": "relationship", "id": identifier, **ends}))
        link.thing.stamp(stamp)
        link.incidents[stamp.incident] = None
        return link

    def says(self, link: _Link, line: str) -> None:
        """Quote a passage in a relationship's description, or count it."""
        link.passages += 1
        if len(link.quotes) < QUOTED and line not in link.quotes:
            link.quotes.append(line)

    def sight(self, what: str, where: str, report: str, observed: str, stamp: Stamp) -> None:
        """Let a report speak for a sighting; `observed` is its observed-data, "" if that may be another's."""
        refs = {"sighting_of_ref": what, "where_sighted_refs": [where]}
        identifier = self.ids.of("sighting", {"type": "sighting", **refs}, (what, where))
        made = {"type": "sighting", "id": identifier, **refs}
        sighting = self.sightings.setdefault(identifier, _Sighting(_Thing(made)))
        sighting.thing.stamp(stamp)
        sighting.reports[report] = None
        if observed:
            sighting.observed[observed] = None

    def sheet(self, made: Object, stamp: Stamp, bulk: Object | None) -> dict[str, None]:
        """Add a report; returns the ids of what it refers to, to add to. `bulk` goes to a file until the end."""
        sheet = self.sheets.get(made["id"])
        if sheet is None:
            sheet = self.sheets[made["id"]] = _Sheet(_Thing(made), {})
            if bulk is not None:
                if self._bulk is None:
                    self._bulk = TemporaryFile()  # noqa: SIM115 (closed by `close`)
                content = json.dumps(bulk, ensure_ascii=False).encode("utf-8", "surrogatepass")
                sheet.start, sheet.length = self._bulk.tell(), len(content)
                self._bulk.write(content)
        sheet.thing.stamp(stamp)
        return sheet.refs

    def objects(self) -> Iterator[Object]:
        """Actors, what links them, who has seen them, reports."""
        for thing in self.things.values():
            yield self._made(thing) | _called(thing)
        for link in self.links.values():
            yield self._linked(link)
        for sighting in self.sightings.values():
            seen = {"observed_data_refs": list(sighting.observed)} if sighting.observed else {}
            yield self._made(sighting.thing) | {"count": len(sighting.reports)} | seen
        for sheet in self.sheets.values():
            made = self._made(sheet.thing) | {"object_refs": list(sheet.refs) or [self.ids.producer]}
            if sheet.length and self._bulk is not None:
                self._bulk.seek(sheet.start)
                made["extensions"] = {REPORT: made["extensions"][REPORT] | json.loads(self._bulk.read(sheet.length))}
            yield made

    def close(self) -> None:
        """Let go of the file."""
        if self._bulk is not None:
            self._bulk.close()

    def _linked(self, link: _Link) -> Object:
        made = self._made(link.thing)
        more = link.passages - len(link.quotes)
        lines = [*link.quotes, *([f"and {more} more"] if more else [])]
        content = {"incidents": list(link.incidents), "citations": list(link.citations)}
        extension = evidence_extension(link.evidence, **content)
        return made | ({"description": "\n\n".join(lines)} if lines else {}) | {"extensions": {EVIDENCE: extension}}

    def _made(self, thing: _Thing) -> Object:
        made = thing.object
        return {
            "type": made["type"],
            "spec_version": "2.1",
            "id": made["id"],
            "created_by_ref": self.ids.producer,
            "created": made.get("created", FOUNDED),
            "modified": max(thing.at, made.get("created", FOUNDED)),
            **{name: value for name, value in made.items() if name not in ("type", "id", "created")},
            "object_marking_refs": [label_id(thing.label)],
        }


def _called(thing: _Thing) -> Object:
    """A thing's other names: as aliases where STIX has them."""
    aliases = sorted(name for name in thing.names if name != thing.object["name"])
    if not aliases:
        return {}
    if thing.object["type"] in ("intrusion-set", "campaign", "threat-actor"):
        return {"aliases": aliases}
    return {"description": f"Also called: {', '.join(aliases)}."}
