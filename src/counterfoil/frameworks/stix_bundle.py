"""STIX bundles of frameworks: any with `attack-pattern` and `x-mitre-tactic`, such as DISARM's and ATT&CK's.

`x_mitre_version` of a technique is the version of that technique, not of the framework (DISARM writes 2.1
everywhere); the framework's own stands in the collection, if there is one, or in Counterfoil's extension.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.frameworks.ledger import Ledger, Place
from counterfoil.frameworks.source import Source
from counterfoil.frameworks.stix_objects import Bundle, Object, external_id, read_bundle, text_of
from counterfoil.model.catalogue import Catalogue
from counterfoil.model.framework import Framework, Tactic, Technique
from counterfoil.model.framework_extension import FRAMEWORK_EXTENSION, Frame, frame_from_plain
from counterfoil.model.loaded import Fate, Loaded, LoadReport

#: what makes up a framework here, and what goes with it without carrying content of its own
_READ = ("attack-pattern", "x-mitre-tactic", "x-mitre-matrix", "x-mitre-collection", "relationship")
_ABOUT = ("identity", "marking-definition", "extension-definition")


class StixBundle:
    """Reads a bundle file."""

    name = "stix"

    def recognises(self, source: Source) -> bool:
        return source.is_json and isinstance(source.document, dict) and source.document.get("type") == "bundle"

    def read(self, source: Source, partial: bool) -> Loaded:
        ledger = Ledger(str(source.path), partial)
        bundle = read_bundle(source.document, source.path.name, ledger)
        if not bundle.of("attack-pattern") or not bundle.of("x-mitre-tactic"):
            raise ReadError(
                f"{source.path} has no techniques or no tactics.",
                "A framework bundle has objects of the types attack-pattern and x-mitre-tactic.",
            )
        frame = _frame(bundle, ledger)
        tactics = _tactics(bundle, frame, ledger)
        techniques = _techniques(bundle, tactics, ledger)
        _note_the_rest(bundle, ledger)
        framework = Framework(
            name=frame.name,
            version=frame.version,
            phases=frame.phases,
            tactics=tuple(_ordered(tactics, frame)),
            techniques=techniques,
            released=frame.released,
        )
        return Loaded(framework, Catalogue(), LoadReport(self.name, tuple(ledger.remarks)))


READER = StixBundle()


def _frame(bundle: Bundle, ledger: Ledger) -> Frame:
    """Name and version: from our extension, else from the collection, else the name from the matrix."""
    for matrix in bundle.of("x-mitre-matrix"):
        extensions = matrix.get("extensions")
        data = extensions.get(FRAMEWORK_EXTENSION) if isinstance(extensions, dict) else None
        if data is None:
            continue
        try:
            return frame_from_plain(data)
        except (KeyError, TypeError, ValueError) as error:
            place = bundle.place(matrix, "extensions")
            ledger.problem(place, FRAMEWORK_EXTENSION, f"the framework extension is not of its form ({error!r})")
    for collection in bundle.of("x-mitre-collection"):
        if text_of(collection, "name"):
            return Frame(text_of(collection, "name"), text_of(collection, "x_mitre_version"), "", (), {})
    names = [_matrix_name(matrix) for matrix in bundle.of("x-mitre-matrix")]
    pattern = bundle.of("attack-pattern")[0]
    names += [text_of(phase, "kill_chain_name") for phase in _list(pattern, "kill_chain_phases")]
    return Frame(next((name for name in names if name), bundle.file), "", "", (), {})


def _matrix_name(matrix: Object) -> str:
    """DISARM names its matrix "DISARM Framework"; the framework is "DISARM"."""
    return "DISARM" if external_id(matrix) == "DISARM" else text_of(matrix, "name")


def _tactics(bundle: Bundle, frame: Frame, ledger: Ledger) -> dict[str, Tactic]:
    """Tactics by the short name that kill chain phases use; ranked as the matrices list them."""
    ranks: dict[str, int] = {}
    for matrix in bundle.of("x-mitre-matrix"):
        for reference in _list(matrix, "tactic_refs"):
            if bundle.resolve(reference, matrix, "tactic_refs", ledger) is not None:
                ranks.setdefault(reference, len(ranks) + 1)
    found: dict[str, Tactic] = {}
    ids: set[str] = set()
    for item in bundle.of("x-mitre-tactic"):
        name = text_of(item, "name")
        identity = external_id(item) or name
        short = text_of(item, "x_mitre_shortname") or name.lower().replace(" ", "-")
        if not identity or identity in ids or short in found:
            why = f"two tactics are called {short!r} or {identity}" if identity else "the tactic has no id and no name"
            ledger.problem(bundle.place(item, "external_references"), identity, why)
            continue
        ids.add(identity)
        phase, rank = frame.tactics.get(identity, ("", ranks.get(item["id"], 0)))
        found[short] = Tactic(identity, name, phase, rank, text_of(item, "description"))
    return found


def _ordered(tactics: Mapping[str, Tactic], frame: Frame) -> list[Tactic]:
    """In the extension's order if there is one, else by rank; tactics that no matrix lists come last."""
    given = {identity: position for position, identity in enumerate(frame.tactics)}
    return sorted(tactics.values(), key=lambda t: (given.get(t.id, len(given)), t.rank or len(tactics) + 1))


def _techniques(bundle: Bundle, tactics: Mapping[str, Tactic], ledger: Ledger) -> dict[str, Technique]:
    patterns: dict[str, Object] = {}
    for item in bundle.of("attack-pattern"):
        identity = external_id(item)
        if not identity:
            ledger.problem(bundle.place(item, "external_references"), item["id"], "the technique has no external id")
        elif identity in patterns:
            why = f"{identity} is the id of two techniques"
            ledger.problem(bundle.place(item, "external_references"), identity, why)
        else:
            patterns[identity] = item
    parents = _parents(bundle, patterns, ledger)
    found = {}
    for identity, item in patterns.items():
        served = list(dict.fromkeys(_served(bundle, item, tactics, ledger)))
        found[identity] = Technique(
            id=identity,
            name=text_of(item, "name"),
            tactic=served[0] if served else "",
            parent=parents.get(identity, ""),
            summary=text_of(item, "description"),
            more_tactics=tuple(served[1:]),
        )
    return found


def _served(bundle: Bundle, item: Object, tactics: Mapping[str, Tactic], ledger: Ledger) -> Iterator[str]:
    """The tactics of a technique, by its kill chain phases."""
    phases = _list(item, "kill_chain_phases")
    if not phases:
        ledger.problem(bundle.place(item, "kill_chain_phases"), external_id(item), "the technique has no tactic")
    for phase in phases:
        short = text_of(phase, "phase_name")
        if short in tactics:
            yield tactics[short].id
        else:
            ledger.problem(bundle.place(item, "kill_chain_phases"), short, f"no tactic is called {short!r}")


def _parents(bundle: Bundle, patterns: Mapping[str, Object], ledger: Ledger) -> dict[str, str]:
    """Sub-techniques' parents, from relationships; where there is none, from an id such as T0014.001."""
    by_object = {item["id"]: identity for identity, item in patterns.items()}
    parents: dict[str, str] = {}
    for link in bundle.of("relationship"):
        ends = [bundle.resolve(text_of(link, end), link, end, ledger) for end in ("source_ref", "target_ref")]
        if text_of(link, "relationship_type") != "subtechnique-of" or None in ends:
            continue
        child, parent = (by_object.get(end["id"], "") for end in ends if end)
        if child and parent and parents.setdefault(child, parent) != parent:
            ledger.problem(bundle.place(link, "source_ref"), child, f"{child} has two parents")
    for identity, item in patterns.items():
        stem, dot, _ = identity.rpartition(".")
        if identity not in parents and dot and stem in patterns and item.get("x_mitre_is_subtechnique"):
            parents[identity] = stem
            place = bundle.place(item, "x_mitre_is_subtechnique")
            ledger.note(place, identity, Fate.MENDED, f"no relationship says so, but by its id it belongs to {stem}")
    return _without_circles(bundle, parents, patterns, ledger)


def _without_circles(
    bundle: Bundle, parents: dict[str, str], patterns: Mapping[str, Object], ledger: Ledger
) -> dict[str, str]:
    """Parents as they are, refusing techniques that are their own ancestors."""
    sound: set[str] = set()
    for start in list(parents):
        path: dict[str, None] = {}
        step = start
        while step in parents and step not in sound:
            if step in path:
                place = bundle.place(patterns[step], "id")
                ledger.problem(place, step, f"{step} is its own ancestor")
                del parents[step]
                break
            path[step] = None
            step = parents[step]
        sound.update(path)
    return parents


def _note_the_rest(bundle: Bundle, ledger: Ledger) -> None:
    """What the bundle holds besides: counted by type, as a framework has no place for it."""
    kinds = Counter(item["type"] for item in bundle.objects.values())
    for kind, count in sorted(kinds.items()):
        if kind not in _READ and kind not in _ABOUT:
            why = f"{count} objects of this type are no part of a framework"
            ledger.note(Place(bundle.file, 0, "type"), kind, Fate.LEFT_OUT, why)
    links = Counter(text_of(link, "relationship_type") for link in bundle.of("relationship"))
    for kind, count in sorted(links.items()):
        if kind != "subtechnique-of":
            why = f"{count} relationships of this type are no part of a framework"
            ledger.note(Place(bundle.file, 0, "relationship_type"), kind, Fate.LEFT_OUT, why)


def _list(item: Mapping[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []
