"""What is known of published frameworks: which technique ids each version has, and when it came out.

disarm.json lists facts of DISARM's own workbooks and bundles: the ids of versions 1.3 to 1.6, the tactics'
names, and the date of the published files (of the workbook for 1.3 and 1.4, of the STIX bundle since).
disarm_names.json has the techniques' names: all of the first version, then what each changed or added.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from counterfoil.errors import UsageError
from counterfoil.model.framework import Framework
from counterfoil.model.loaded import Fate, Loaded, Remark

NEARLY = 0.95  #: the share of a version's techniques that a source must have to pass for a part of it
#: "…_v1.6", "DISARM v1.6" or, as MITRE names its bundles, "enterprise-attack-15.1"
_IN_NAME = re.compile(r"(?:^|[^A-Za-z])v(\d+(?:\.\d+)+)|[-_](\d{1,3}\.\d{1,3})$")


@dataclass(frozen=True, slots=True)
class Release:
    """One published version."""

    version: str
    released: str
    techniques: frozenset[str]


@dataclass(frozen=True, slots=True)
class Releases:
    """The known versions of a framework, oldest first, and its tactics' names by id."""

    versions: Mapping[str, Release]
    tactics: Mapping[str, str]


@cache
def known_releases(framework: str) -> Releases:
    """What is known of a framework; nothing of one that is not listed."""
    source = files("counterfoil.frameworks.releases") / f"{framework.lower()}.json"
    if not framework.isalnum() or not source.is_file():
        return Releases({}, {})
    data = json.loads(source.read_text(encoding="utf-8"))
    versions = {
        version: Release(version, row["released"], frozenset(row["techniques"].split()))
        for version, row in data["versions"].items()
    }
    return Releases(versions, data["tactics"])


@cache
def known_names(framework: str) -> Mapping[str, Mapping[str, str]]:
    """Version -> technique id -> name, oldest version first; nothing of a framework that is not listed."""
    source = files("counterfoil.frameworks.releases") / f"{framework.lower()}_names.json"
    if not framework.isalnum() or not source.is_file():
        return {}
    names: dict[str, Mapping[str, str]] = {}
    before: dict[str, str] = {}
    releases = known_releases(framework).versions
    for version, changed in json.loads(source.read_text(encoding="utf-8"))["versions"].items():
        before = before | changed
        names[version] = {one: name for one, name in before.items() if one in releases[version].techniques}
    return names


def with_version(loaded: Loaded, path: Path, given: str) -> Loaded:
    """The same with its version: the given one, else the source's own, the file name's, or that of its ids.

    Raises:
        UsageError: none of them tells.
    """
    framework = loaded.framework
    by_ids = version_by_ids(framework)
    in_name = _IN_NAME.search(path.stem if path.is_file() else path.name)
    named = (in_name[1] or in_name[2]) if in_name else ""
    ways = {"given": given, "source": framework.version, "file name": named, "technique ids": by_ids}
    how = next((way for way, version in ways.items() if version), "")
    if not how:
        raise UsageError(
            f"{path} does not say which version of {framework.name} it is.", "Give it: --version 1.6, for example."
        )
    remarks = loaded.report.remarks
    if by_ids and by_ids != ways[how]:
        why = f"the technique ids are those of version {by_ids}, but the version is {ways[how]} ({how})"
        remarks += (Remark(path.name, 0, "version", ways[how], Fate.NOTED, why),)
    release = known_releases(framework.name).versions.get(ways[how])
    released = framework.released or (release.released if release else "")
    return replace(
        loaded,
        framework=replace(framework, version=ways[how], released=released),
        report=replace(loaded.report, remarks=remarks, version_from=how),
    )


def version_by_ids(framework: Framework) -> str:
    """The known version with exactly these technique ids, or the only one that these are nearly all of."""
    ids = framework.techniques.keys()
    versions = known_releases(framework.name).versions.values()
    exact = [release.version for release in versions if release.techniques == ids]
    part = [r.version for r in versions if ids <= r.techniques and len(ids) >= NEARLY * len(r.techniques)]
    found = exact or part
    return found[0] if len(found) == 1 else ""
