"""What a stranger's bundle holds that has no field of ours: kept, with the ids that it will meet when it leaves."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from counterfoil.exchange.safe_json import plain
from counterfoil.exchange.stix_ids import EVIDENCE, INCIDENT, OPENCTI_EXTENSION, REPORT, Ids, attack_pattern_id
from counterfoil.exchange.stix_in_objects import Object, unknown_properties
from counterfoil.exchange.stix_in_vendor import TAKEN, technique_of
from counterfoil.exchange.stix_parties import acting_type
from counterfoil.model.extraction import Actor
from counterfoil.model.framework import Framework
from counterfoil.model.kept import Kept
from counterfoil.model.parcel import Problem

_OURS = frozenset((EVIDENCE, REPORT, INCIDENT, OPENCTI_EXTENSION))
_SAID = ("uses", "attributed-to", "targets")  #: relationships that become ours
_IDS = Ids()


def is_whole(thing: Object, spoken: frozenset[str]) -> bool:
    """Whether an object is kept whole: its type has no place here, or it is somebody who only signs."""
    if thing["type"] == "relationship":
        return thing.get("relationship_type") not in _SAID
    return thing["type"] not in TAKEN or thing["id"] in spoken


@dataclass(slots=True)
class Keeper:
    """Collects what is kept. `homes` says with which incident an object leaves, `ours` which id ours has for it,
    `same` which ids leave as they came."""

    kept: list[Kept] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    ours: dict[str, str] = field(default_factory=dict)
    same: set[str] = field(default_factory=set)

    def rename(self, thing: Object | None, identifier: str) -> None:
        """Say which id an object has when it leaves."""
        if thing is not None:
            self.ours.setdefault(thing["id"], identifier)

    def learn(self, things: Iterable[Object], whole: Sequence[Object], framework: Framework) -> None:
        """Work out the ids of all that becomes ours, and which objects leave as they came."""
        self.same |= {thing["id"] for thing in whole if thing["type"] != "relationship"}
        listed = list(things)
        for thing in listed:
            made = "" if thing["id"] in self.same else _our_id(thing, framework)
            if made:
                self.rename(thing, made)
        for thing in listed:
            ends = [self.ours.get(str(thing.get(end)), "") for end in ("source_ref", "target_ref")]
            if thing["type"] == "relationship" and all(ends):
                self.rename(thing, _IDS.relationship(plain(thing.get("relationship_type"), 60), *ends))

    def whole(self, thing: Object, incident: str) -> None:
        """Keep an object; a relationship only if both its ends will be there."""
        content, missing = self._rewritten(thing)
        if missing and thing["type"] == "relationship":
            self.problems.append(Problem(thing["id"], "it links what does not leave again; only its words are kept"))
            return
        if missing:
            named = plain(", ".join(missing[:3]))
            self.problems.append(Problem(thing["id"], f"kept without what does not leave again: {named}"))
        self.kept.append(Kept("stix", thing["id"], _json(content), incident))

    def properties(self, thing: Object, key: str, incident: str) -> None:
        """Keep the properties that STIX does not define."""
        unknown = unknown_properties(thing, _OURS)
        if not unknown:
            return
        if key:
            self.kept.append(Kept("stix", key, _json(self._rewritten(unknown)[0]), incident))
        else:
            named = plain(", ".join(sorted(unknown)))
            self.problems.append(Problem(thing["id"], f"its properties {named} have no place here; left out"))

    def _rewritten(self, thing: Object) -> tuple[Object, list[str]]:
        """The same with our ids in place of the sender's, and without references to what does not leave."""
        missing: list[str] = []

        def there(one: str) -> bool:
            return (
                one in self.same
                or one in self.ours
                or one.startswith(("marking-definition--", "extension-definition--"))
            )

        made: Object = {}
        for key, value in thing.items():
            if key.endswith("_ref") and isinstance(value, str) and key != "id":
                if not there(value):
                    missing.append(value)
                    if key == "created_by_ref":
                        continue
                made[key] = self.ours.get(value, value)
            elif key.endswith("_refs") and isinstance(value, list):
                found = [self.ours.get(one, one) for one in value if isinstance(one, str) and there(one)]
                missing += [one for one in value if isinstance(one, str) and not there(one)]
                if found:
                    made[key] = found
            else:
                made[key] = value
        return made, missing


def _our_id(thing: Object, framework: Framework) -> str:
    """The id that our exporter gives what an object becomes; empty for what it gives none."""
    kind, name = thing["type"], plain(thing.get("name"))
    if kind in ("intrusion-set", "threat-actor", "campaign") and name:
        return _IDS.named(acting_type(Actor(name, ())), name)
    if kind == "identity" and name:
        return _IDS.identity(name, "individual" if thing.get("identity_class") == "individual" else "organization")
    if kind == "narrative" and name:
        return _IDS.named("narrative", name)
    if kind == "attack-pattern":
        code, _ = technique_of(thing, framework)
        return attack_pattern_id(code.id) if code.id in framework.techniques else ""
    country = plain(thing.get("country")).upper()
    return _IDS.country(name, country) if kind == "location" and len(country) == 2 else ""


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
