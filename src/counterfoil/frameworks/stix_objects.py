"""The objects of a STIX bundle by id: the newest version of each, contradictions refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.frameworks.cells import trimmed
from counterfoil.frameworks.ledger import Ledger, Place
from counterfoil.model.loaded import Fate

Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Objects by id, in the bundle's order; `positions` are their places in its list, from 0.

    `withdrawn` are the ids of objects that are revoked or deprecated, and so not among `objects`.
    """

    file: str
    objects: Mapping[str, Object]
    positions: Mapping[str, int]
    withdrawn: frozenset[str]

    def of(self, kind: str) -> list[Object]:
        """The objects of one type."""
        return [item for item in self.objects.values() if item["type"] == kind]

    def place(self, item: Object, key: str) -> Place:
        """Where a property of an object stands."""
        return Place(self.file, self.positions[item["id"]], key)

    def resolve(self, reference: Any, by: Object, key: str, ledger: Ledger) -> Object | None:
        """The object that a reference means; None if it was withdrawn, or (partial) is not there.

        Raises:
            ReadError: the reference is dangling, and the whole bundle was asked for.
        """
        key_of = reference if isinstance(reference, str) else ""
        if key_of in self.objects:
            return self.objects[key_of]
        if key_of not in self.withdrawn:
            ledger.problem(self.place(by, key), str(reference)[:120], f"{str(reference)[:120]} is not in the bundle")
        return None


def read_bundle(document: Mapping[str, Any], file: str, ledger: Ledger) -> Bundle:
    """The bundle's objects, each id once.

    Raises:
        ReadError: it has no objects, or (unless partial) one that is no object or contradicts another.
    """
    listed = document.get("objects")
    if not isinstance(listed, list) or not listed:
        raise ReadError(f"{ledger.source} is a STIX bundle without objects.")
    objects: dict[str, Object] = {}
    positions: dict[str, int] = {}
    for position, item in enumerate(listed):
        place = Place(file, position)
        if not _is_object(item):
            ledger.problem(place, str(item)[:80], "this is no STIX object: it needs a type and an id")
            continue
        known = objects.get(item["id"])
        if known is not None:
            newer = text_of(item, "modified") > text_of(known, "modified")
            same_time = text_of(item, "modified") == text_of(known, "modified")
            if item != known and same_time:
                ledger.problem(place, item["id"], f"{item['id']} stands twice, with different content")
            elif not same_time:
                ledger.note(place, item["id"], Fate.NOTED, "the bundle has several versions of it; the newest counts")
            if not newer:
                continue
        objects[item["id"]] = item
        positions[item["id"]] = position
    withdrawn = frozenset(key for key, item in objects.items() if _is_withdrawn(item))
    for key in sorted(withdrawn, key=positions.__getitem__):
        why = f"{objects[key]['type']} {external_id(objects[key])} is revoked or deprecated"
        ledger.note(Place(file, positions[key]), key, Fate.LEFT_OUT, why)
    kept = {key: item for key, item in objects.items() if key not in withdrawn}
    return Bundle(file, kept, positions, withdrawn)


def _is_object(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("type"), str) and isinstance(item.get("id"), str)


def _is_withdrawn(item: Object) -> bool:
    return bool(item.get("revoked") or item.get("x_mitre_deprecated"))


def external_id(item: Object) -> str:
    """The id that people use: of a reference of MITRE's or DISARM's if there is one, else of the first."""
    references = item.get("external_references")
    found = [r for r in references if isinstance(r, dict)] if isinstance(references, list) else []
    named = [(text_of(r, "source_name"), text_of(r, "external_id")) for r in found]
    own = [identity for name, identity in named if identity and (name.startswith("mitre-") or name == "DISARM")]
    others = [identity for _, identity in named if identity]
    return (own or others or [text_of(item, "x_mitre_id")])[0]


def text_of(item: Mapping[str, Any], key: str) -> str:
    """A text property without blanks around it; "" if it is missing or no text."""
    value = item.get(key) if isinstance(item, dict) else None
    return trimmed(value) if isinstance(value, str) else ""
