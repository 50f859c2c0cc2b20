"""One STIX object of what several incidents say of it, each in a bundle of its own."""

import json
from collections.abc import Sequence
from typing import Any

from counterfoil.exchange.stix_frame import any_label_of, label_id, label_of
from counterfoil.exchange.stix_ids import Object
from counterfoil.model.marking import Tlp

DESCRIBED = 5  #: incidents whose words the description has; the others are counted


def marked_for(made: Object, incident: Tlp) -> Tlp:
    """Who may see an object of an incident: what came with it from elsewhere may be for fewer readers than it is."""
    markings = made.get("object_marking_refs", ())
    labels = [label for one in markings if (label := any_label_of(one))]
    return max((incident, *labels), key=lambda label: label.rank)


def merged(parts: Sequence[Object]) -> Object:
    """The object of all parts, which have the same id: lists together, the latest change, the strictest label.

    Where two parts differ in a single value, such as a name, that of the first stays.
    """
    made = _together(parts)
    if any("modified" in part for part in parts):
        made["modified"] = max(part.get("modified", "") for part in parts)
    if made["type"] == "sighting":
        made["count"] = sum(part.get("count", 1) for part in parts)
    if "aliases" in made:
        made["aliases"] = sorted(made["aliases"])
    marked = [marking for part in parts for marking in part.get("object_marking_refs", ())]
    if marked:
        made["object_marking_refs"] = _markings(marked)
    described = list(dict.fromkeys(part["description"] for part in parts if part.get("description")))
    if described:
        more = len(described) - DESCRIBED
        last = [f"and more in {more} other incidents"] if more > 0 else []
        made["description"] = "\n\n".join([*described[:DESCRIBED], *last])
    return made


def _together(parts: Sequence[Object]) -> Object:
    values: dict[str, list[Any]] = {}
    for part in parts:
        for name, value in part.items():
            values.setdefault(name, []).append(value)
    return {name: _value(given) for name, given in values.items()}


def _value(given: list[Any]) -> Any:
    if all(isinstance(value, dict) for value in given):
        return _together(given)
    if all(isinstance(value, list) for value in given):
        return _united(given)
    return given[0]


def _united(lists: list[list[Any]]) -> list[Any]:
    """All elements once, in the order in which they come first."""
    known: dict[str, Any] = {}
    for one in lists:
        for element in one:
            known.setdefault(element if isinstance(element, str) else json.dumps(element, sort_keys=True), element)
    return list(known.values())


def _markings(marked: list[str]) -> list[str]:
    """The strictest TLP label, then what else there is."""
    labels = [label for marking in marked if (label := label_of(marking))]
    strictest: list[Tlp] = [max(labels, key=lambda label: label.rank)] if labels else []
    others = [marking for marking in dict.fromkeys(marked) if label_of(marking) is None]
    return [*map(label_id, strictest), *others]
