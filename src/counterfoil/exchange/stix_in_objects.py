"""The objects of a stranger's STIX bundle, each once and well-formed; whatever is not is a problem."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from counterfoil.errors import InputError
from counterfoil.exchange.importer import MOST
from counterfoil.exchange.safe_json import plain
from counterfoil.model.parcel import Problem

Object = dict[str, Any]

LATEST = 2100  #: a year after which nobody's clock is right
_ID = re.compile(r"([a-z0-9][a-z0-9-]{0,99})--[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TIMES = (
    "created",
    "modified",
    "published",
    "first_seen",
    "last_seen",
    "first_observed",
    "last_observed",
    "valid_from",
)
#: What an object of any type may be expected to have; the rest by type in `_KNOWN`.
_COMMON = frozenset(
    "type id spec_version created modified created_by_ref revoked labels confidence lang external_references "
    "object_marking_refs granular_markings extensions name description".split()
)
_KNOWN: Mapping[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "incident": "",
        "campaign": "aliases first_seen last_seen objective",
        "intrusion-set": "aliases first_seen last_seen goals resource_level primary_motivation secondary_motivations",
        "threat-actor": "aliases first_seen last_seen threat_actor_types roles goals sophistication resource_level "
        "primary_motivation secondary_motivations personal_motivations",
        "report": "report_types published object_refs",
        "grouping": "context object_refs",
        "attack-pattern": "aliases kill_chain_phases x_mitre_id x_mitre_is_subtechnique x_mitre_platforms "
        "x_mitre_version",
        "identity": "roles identity_class sectors contact_information",
        "location": "latitude longitude precision region country administrative_area city street_address postal_code",
        "relationship": "relationship_type source_ref target_ref start_time stop_time",
        "narrative": "aliases narrative_types",
        "note": "abstract content authors object_refs",
        "opinion": "explanation authors opinion object_refs",
    }.items()
}


@dataclass(slots=True)
class Objects:
    """By id, in the order of the bundle. `order` says at which place each one stands."""

    by_id: dict[str, Object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Object]:
        """Those of some types."""
        return [thing for thing in self.by_id.values() if thing["type"] in kinds]

    def problem(self, where: str, what: str) -> None:
        self.problems.append(Problem(plain(where, 120), what))

    def name(self, identifier: object) -> str:
        """What an object is called; its type if it has no name, empty if it is not there."""
        thing = self.by_id.get(identifier) if isinstance(identifier, str) else None
        if thing is None:
            return ""
        return plain(thing.get("name")) or plain(thing.get("value")) or thing["type"]


def objects_of(document: Any) -> Objects:
    """The objects of a bundle, of a TAXII envelope, or of a list.

    Raises:
        InputError: it holds no list of objects, or too many.
    """
    listed = document.get("objects") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise InputError("The STIX file holds no list of objects.", 'A bundle has them under "objects".')
    if len(listed) > MOST:
        raise InputError(f"The STIX file has {len(listed)} objects; {MOST} are read at most.", "Split it.")
    found = Objects()
    for place, thing in enumerate(listed):
        if _is_object(thing):
            _mend_references(found, thing)
            _add(found, thing)
        else:
            found.problem(f"object {place}", "this is no STIX object with a type and an id; left out")
    for thing in found.by_id.values():
        _check_times(found, thing)
        _check_references(found, thing)
    return found


def texts(value: object, most: int = 300) -> list[str]:
    """The texts of what should be a list of texts, as lines."""
    return [line for one in value if (line := plain(one, most))] if isinstance(value, list) else []


def refs(thing: Object, key: str = "object_refs") -> list[str]:
    """The ids that a property lists."""
    value = thing.get(key)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def extension(thing: Object, identifier: str) -> Object:
    """What an extension of an object holds; empty if it has none."""
    extensions = thing.get("extensions")
    found = extensions.get(identifier) if isinstance(extensions, dict) else None
    return found if isinstance(found, dict) else {}


def unknown_properties(thing: Object, extensions: frozenset[str]) -> Object:
    """The properties that are not STIX's for the type, and the extensions but for these. Of a type that is kept
    whole: nothing."""
    known = _KNOWN.get(thing["type"])
    if known is None:
        return {}
    found = {key: value for key, value in thing.items() if key not in known and key not in _COMMON}
    held = thing.get("extensions")
    if isinstance(held, dict):
        others = {key: value for key, value in held.items() if key not in extensions}
        if others:
            found["extensions"] = others
    return found


def references(thing: Object) -> Iterator[tuple[str, str]]:
    """Every property that refers to another object, and to which."""
    for key, value in thing.items():
        if key.endswith("_ref") and isinstance(value, str):
            yield key, value
        elif key.endswith("_refs") and isinstance(value, list):
            yield from ((key, one) for one in value if isinstance(one, str))


def _is_object(thing: object) -> bool:
    if not isinstance(thing, dict) or not isinstance(thing.get("type"), str) or not isinstance(thing.get("id"), str):
        return False
    named = _ID.fullmatch(thing["id"])
    return named is not None and named[1] == thing["type"]


def _add(found: Objects, thing: Object) -> None:
    identifier = thing["id"]
    if thing.get("revoked") is True:
        found.problem(identifier, "its sender has revoked it; left out")
        return
    before = found.by_id.get(identifier)
    if before is None or before == thing:
        found.by_id[identifier] = thing
        return
    first, second = (plain(one.get("modified")) for one in (before, thing))
    if first == second:
        found.problem(identifier, "it stands twice in the bundle, with other content; the first one counts")
        return
    found.problem(identifier, f"two versions of it, of {first} and {second}; the newer one counts")
    if second > first:
        found.by_id[identifier] = thing


def _mend_references(found: Objects, thing: Object) -> None:
    """What refers to something is an id, or a list of ids."""
    for key in [key for key in thing if key.endswith(("_ref", "_refs"))]:
        value = thing[key]
        listed = key.endswith("_refs")
        if listed and isinstance(value, list) and all(isinstance(one, str) for one in value):
            continue
        if not listed and isinstance(value, str):
            continue
        found.problem(thing["id"], f"its {plain(key, 60)} is no reference; left out")
        del thing[key]
        if listed and isinstance(value, list):
            thing[key] = [one for one in value if isinstance(one, str)]


def _check_times(found: Objects, thing: Object) -> None:
    for key in _TIMES:
        value = thing.get(key)
        if value is None:
            continue
        try:
            if not isinstance(value, str):
                raise ValueError
            moment = datetime.fromisoformat(value)
        except ValueError:
            found.problem(thing["id"], f"its {key} {plain(str(value)[:60], 60)!r} is no time; not used")
            thing[key] = ""
            continue
        if moment.year > LATEST:
            found.problem(thing["id"], f"its {key} lies in the year {moment.year}; not used")
            thing[key] = ""


def _check_references(found: Objects, thing: Object) -> None:
    missing = [f"{key} {one}" for key, one in references(thing) if one not in found.by_id and not _is_label(one)]
    missing = [one for one in missing if not one.startswith("created_by_ref")]
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        found.problem(thing["id"], f"what it refers to is not in the bundle: {plain(', '.join(missing[:3]))}{more}")


def _is_label(identifier: str) -> bool:
    return identifier.startswith("marking-definition--")
