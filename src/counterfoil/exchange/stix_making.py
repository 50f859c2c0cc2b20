"""What the objects of one incident have in common: how they are dated, marked, and linked to the incident."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from counterfoil.exchange.stix_content import evidence_extension
from counterfoil.exchange.stix_frame import label_id
from counterfoil.exchange.stix_gathered import Gathered, Stamp
from counterfoil.exchange.stix_ids import EVIDENCE, Ids, Object, stix_id
from counterfoil.exchange.stix_observables import as_uri
from counterfoil.model.coding import Decision
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework

LONGEST_QUOTE = 1000  #: letters of a quote in a description; the extension has it whole


@dataclass(frozen=True, slots=True)
class Profile:
    """Which ids, how much of it, and as what an incident goes out."""

    name: str
    client_ids: bool = False
    whole: bool = True
    case: str = "incident"


@dataclass(slots=True)
class Setting:
    """What all incidents of a bundle share. `taken` are the ids of incidents and reports, and whose they are."""

    profile: Profile
    framework: Framework
    ids: Ids
    gathered: Gathered
    phases: Mapping[str, str]
    taken: dict[str, str] = field(default_factory=dict)


def setting(profile: Profile, framework: Framework) -> Setting:
    """The setting of a new bundle."""
    ids = Ids(profile.client_ids)
    phases = {tactic.id: tactic.name.lower().replace(" ", "-") for tactic in framework.tactics}
    return Setting(profile, framework, ids, Gathered(ids), phases)


@dataclass(slots=True)
class _Link:
    """A relationship from the incident in the making."""

    kind: str
    target: str
    first: str
    last: str
    lines: dict[str, None] = field(default_factory=dict)
    evidence: list[Object] = field(default_factory=list)


@dataclass(slots=True)
class Maker:
    """Makes the objects of the incident with that STIX id; `created` is its time, and theirs if they have none."""

    setting: Setting
    stamp: Stamp
    id: str
    created: str
    _links: dict[str, _Link] = field(default_factory=dict)

    def own(self, kind: str, identifier: str, at: str = "", modified: str = "") -> Object:
        """The properties that every object begins with."""
        created = at or self.created
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": identifier,
            "created_by_ref": self.setting.ids.producer,
            "created": created,
            "modified": max(created, modified),
        }

    def marked(self) -> Object:
        """Who may see it."""
        return {"object_marking_refs": [label_id(self.stamp.label)]}

    def note(self, at: str, abstract: str, content: str, about: list[str], evidence: list[Object]) -> Object:
        """What is to be said of objects where no relationship will do."""
        identifier = self.setting.ids.note(at, abstract, content, abstract, content, *about)
        return {
            **self.own("note", identifier, at),
            "abstract": abstract,
            "content": content,
            "object_refs": about,
            **self.marked(),
            **_evidence(evidence),
        }

    def opinion(self, key: str, at: str, decision: Decision, opinion: str, about: list[str]) -> Object:
        """An analyst's word; `key` is what it is on."""
        return {
            **self.own("opinion", stix_id("opinion", key, self.id), at),
            **({"explanation": decision.comment} if decision.comment else {}),
            "authors": [decision.analyst],
            "opinion": opinion,
            "object_refs": about,
            **self.marked(),
        }

    def collect(self, kind: str, target: str, line: str, evidence: Object | None = None, at: str = "") -> str:
        """Let a passage speak for a relationship from the incident; returns its id. `links` gives it in the end."""
        identifier = self.setting.ids.relationship(kind, self.id, target)
        at = at or self.created
        link = self._links.setdefault(identifier, _Link(kind, target, at, at))
        link.first, link.last = min(link.first, at), max(link.last, at)
        if line:
            link.lines[line] = None
        if evidence:
            link.evidence.append(evidence)
        return identifier

    def links(self) -> Iterator[Object]:
        """The relationships from the incident."""
        for identifier, link in self._links.items():
            yield {
                **self.own("relationship", identifier, link.first, link.last),
                "relationship_type": link.kind,
                "source_ref": self.id,
                "target_ref": link.target,
                **({"description": "\n\n".join(link.lines)} if link.lines else {}),
                **self.marked(),
                **_evidence(link.evidence),
            }


def quoted(spans: tuple[Span, ...]) -> str:
    """Passages for a description."""
    return "\n\n".join(f"“{shortened(span.quote)}”" for span in spans)


def shortened(quote: str) -> str:
    """A quote that is too long for a description, cut."""
    return quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE] + "…"


def address(written: str) -> Object:
    """An address as a property `url`, if it is one that STIX can hold."""
    try:
        return {"url": as_uri(written)} if written else {}
    except ValueError:
        return {}


def _evidence(evidence: list[Object]) -> Object:
    return {"extensions": {EVIDENCE: evidence_extension(evidence)}} if evidence else {}
