"""A workspace's own codebook entries: they add to the packaged ones, or stand in their place.

The files look like the packaged ones (see docs/codebook.md). Of an entry that the codebook has, any field
may be left out: cues, exclusions, sentences and examples are added; texts that are given take the old ones'
place; with `replaces: true` the whole entry does. An entry with a new id needs its name, definition and
use_when.
"""

from typing import Any

from counterfoil.errors import CodebookError

ADDED = ("excludes", "sentences", "positive", "negative", "companions", "not_when")


def merge(entry: dict[str, Any], name: str, tactic: str, into: dict[str, list[dict[str, Any]]]) -> None:
    """Put one own entry into the plain data of a codebook.

    Args:
        entry: validated; fields that were left out are None, lists that were left out are empty.
        name: the technique's, empty if it was left out.
        tactic: of the file it stands in.
        into: "entries" and "techniques" of the codebook, changed in place.

    Raises:
        CodebookError: a new technique lacks a field that it needs.
    """
    old = next((row for row in into["entries"] if row["id"] == entry["id"]), None)
    replaces = entry.pop("replaces")
    if old is not None and not replaces:
        _add(entry, old)
        return
    for field, value in (("name", name), ("definition", entry["definition"]), ("use_when", entry["use_when"])):
        if not value and not (field == "name" and old is not None):
            raise CodebookError(f"{entry['id']} has no {field}, which an entry that stands by itself needs.")
    fresh = {**entry, "lists": ""}
    if old is not None:
        into["entries"][into["entries"].index(old)] = fresh
        return
    parent = entry["id"].split(".")[0] if "." in entry["id"] else ""
    into["entries"].append(fresh)
    into["techniques"].append({"id": entry["id"], "name": name, "tactic": tactic, "parent": parent})


def _add(entry: dict[str, Any], old: dict[str, Any]) -> None:
    for field in ("definition", "use_when"):
        old[field] = entry[field] or old[field]
    for field in ADDED:
        old[field] = [*old[field], *(item for item in entry[field] if item not in old[field])]
    for strength, cues in entry["cues"].items():
        known = old["cues"][strength]
        known += [cue for cue in cues if cue not in known]
