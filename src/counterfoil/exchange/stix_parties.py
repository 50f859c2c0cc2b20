"""Who acts, to whom it is attributed, and who is acted against: as objects and the links between them.

STIX lets groups, campaigns and threat-actors act, not organisations and places. So an influence actor is an
intrusion-set (a campaign, if its name says that it is an operation), and whatever else acts, or has something
attributed to it, is a threat-actor, which is tied to the identity or location that it is.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from counterfoil.exchange.stix_gathered import Gathered, Stamp
from counterfoil.exchange.stix_ids import Ids, Object, without_empty
from counterfoil.model.countries import country_code, country_name
from counterfoil.model.extraction import Actor, Target
from counterfoil.model.judging import name_key

_OPERATION = re.compile(r"\b(operation|campaign)\b", re.IGNORECASE)
_ACTOR_TYPES = {"state": "nation-state", "agency": "nation-state"}
_GROUPS = ("party", "electorate", "community", "event")


def attribution_type(source: str, target: str) -> str:
    """How STIX (and OpenCTI, which refuses others) lets the one be tied to the other, by their ids."""
    source, target = source.partition("--")[0], target.partition("--")[0]
    apart = target == "threat-actor" and source in ("incident", "campaign", "intrusion-set")
    upwards = (source, target) in (("campaign", "intrusion-set"), ("incident", "intrusion-set"))
    return "attributed-to" if apart or upwards else "related-to"


def acting_type(actor: Actor) -> str:
    """The type of object that the actor acts as."""
    if not actor.is_operation:
        return "threat-actor"
    return "campaign" if _OPERATION.search(actor.name) else "intrusion-set"


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one report, by the names that it gives them.

    With the client's ids go the properties by which OpenCTI tells kinds of locations and actors apart.
    """

    ids: Ids
    gathered: Gathered
    stamp: Stamp
    known: dict[str, Actor]
    made: dict[tuple[str, str], str] = field(default_factory=dict)  #: what was asked for before -> its id

    def mentioned(self, actor: Actor) -> str:
        """The id of the actor's object."""
        asked = ("mentioned", actor.name)
        if asked not in self.made:
            self.made[asked] = self._mentioned(actor)
        return self.made[asked]

    def _mentioned(self, actor: Actor) -> str:
        if actor.is_operation:
            return self.acting(actor)
        if actor.kind == "state" and actor.state:
            return self.country(actor.state, actor.name)
        made = self.identity(actor.name, "individual" if actor.kind == "person" else "organization")
        self.gathered.things[made].names.update(dict.fromkeys(alias.name for alias in actor.aliases))
        if actor.state:
            self.gathered.link("located-at", made, self.country(actor.state), self.stamp)
        return made

    def acting(self, actor: Actor) -> str:
        """The id of what the actor acts as; ties it to what it is."""
        asked = ("acting", actor.name)
        if asked not in self.made:
            self.made[asked] = self._acting(actor)
        return self.made[asked]

    def _acting(self, actor: Actor) -> str:
        kind = acting_type(actor)
        aliases = tuple(alias.name for alias in actor.aliases)
        if kind != "threat-actor":
            made = self.gathered.add(
                {"type": kind, "id": self.ids.named(kind, actor.name), "name": actor.name}, self.stamp, aliases
            )
            if actor.state:
                self.gathered.link("originates-from", made, self.country(actor.state), self.stamp)
            return made
        made = self._threat_actor(actor.name, actor.kind, aliases)
        is_country = actor.kind == "state" and actor.state
        self.gathered.link("located-at" if is_country else "attributed-to", made, self.mentioned(actor), self.stamp)
        return made

    def named(self, name: str) -> str:
        """The id of what acts under that name, whether or not the report has it among its actors."""
        actor = self.known.get(name_key(name))
        if actor:
            return self.acting(actor)
        code = country_code(name)
        made = self._threat_actor(name, "state" if code else "", ())
        if code:
            self.gathered.link("located-at", made, self.country(code), self.stamp)
        return made

    def target(self, target: Target) -> str:
        """The id of whom it is directed against."""
        if target.kind == "state" and (code := target.country or country_code(target.name)):
            return self.country(code, target.name)
        group = target.kind in _GROUPS and not self.ids.client  # to OpenCTI, groups are organizations
        kind = "individual" if target.kind == "person" else "group" if group else "organization"
        made = self.identity(target.name, kind, target.role)
        if target.country:
            self.gathered.link("located-at", made, self.country(target.country), self.stamp)
        return made

    def identity(self, name: str, identity_class: str, role: str = "") -> str:
        """The id of an identity."""
        made: Object = {
            "type": "identity",
            "id": self.ids.identity(name, identity_class),
            "name": name,
            "identity_class": identity_class,
            **({"roles": [role]} if role else {}),
        }
        return self.gathered.add(made, self.stamp)

    def country(self, code: str, name: str = "") -> str:
        """The id of a country's location; a region's (ISO 3166-2) is that of its country."""
        asked = (f"country {code}", name)
        if asked not in self.made:
            self.made[asked] = self._country(code, name)
        return self.made[asked]

    def _country(self, code: str, name: str) -> str:
        alpha2 = code.partition("-")[0].upper()
        usual = country_name(alpha2)
        named = name if usual == alpha2 and name else usual
        made: Object = {
            "type": "location",
            "id": self.ids.country(named, alpha2),
            "name": named,
            "country": alpha2,
            **({"x_opencti_location_type": "Country"} if self.ids.client else {}),
        }
        return self.gathered.add(made, self.stamp)

    def place(self, name: str) -> str:
        """The id of a location that is no country ("Baltics")."""
        what = {"name": name.lower().strip(), "x_opencti_location_type": "Region"}
        kind = {"x_opencti_location_type": "Region"} if self.ids.client else {}
        identifier = self.ids.of("location", what, ("region", name_key(name)))
        made = {"type": "location", "id": identifier, "name": name, "region": "-".join(name.lower().split())}
        return self.gathered.add(made | kind, self.stamp)

    def _threat_actor(self, name: str, kind: str, aliases: tuple[str, ...]) -> str:
        individual = kind == "person"
        more: dict[str, Any] = {"x_opencti_type": "Threat-Actor-Individual"} if self.ids.client and individual else {}
        made = {
            "type": "threat-actor",
            "id": self.ids.threat_actor(name, individual),
            "name": name,
            "threat_actor_types": [_ACTOR_TYPES.get(kind, "unknown")],
            **more,
        }
        return self.gathered.add(without_empty(made), self.stamp, aliases)


def parties(ids: Ids, gathered: Gathered, stamp: Stamp, actors: tuple[Actor, ...]) -> Parties:
    """The parties of a report that names these actors."""
    known = {name_key(alias.name): actor for actor in actors for alias in actor.aliases}
    known |= {name_key(actor.name): actor for actor in actors}
    return Parties(ids, gathered, stamp, known)
