"""Carry codes from one version of a framework to another, step by step, dropping none.

DISARM's ids vanish, and some come back with another meaning, so that a code of one version must not be read
as one of the next. The shipped table (successors/disarm.yaml) says what became of each such id; an id that it
does not name, and that both versions have, is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from counterfoil.errors import UsageError
from counterfoil.frameworks.diff import same_text
from counterfoil.frameworks.releases import Releases, known_releases
from counterfoil.model.framework import Code, Framework


class Verdict(StrEnum):
    """What becomes of a code, from the safest to the one that needs an analyst."""

    KEEP = "keep"  #: the same id and meaning
    RENAME = "rename"  #: the same meaning under another name or id
    MOVE = "move"  #: the same meaning in another tactic
    MERGE = "merge"  #: now part of a wider technique
    SPLIT = "split"  #: the meaning is now said by several codes together
    REVIEW = "review"  #: an analyst must choose; the code stays in its own version


@dataclass(frozen=True, slots=True)
class Successor:
    """One entry of the table; see successors/disarm.yaml."""

    verdict: Verdict
    to: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes of one code.

    `successors` stand in its place and are never empty: for "review" it is the code itself, in its own
    version, and `candidates` are what an analyst might choose in the newer one. `why` tells each step.
    """

    code: Code
    verdict: Verdict
    successors: tuple[Code, ...]
    why: str
    candidates: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class SuccessorTable:
    """A framework's versions in order, and by version what became of ids on the way to it."""

    versions: tuple[str, ...]
    gone: Mapping[str, Mapping[str, Successor]]
    changed: Mapping[str, Mapping[str, Successor]]

    def successor(self, version: str, technique: str) -> Successor | None:
        """What became of an id on the way to a version; None if nothing did."""
        return self.gone.get(version, {}).get(technique) or self.changed.get(version, {}).get(technique)


@cache
def successor_table(framework: str) -> SuccessorTable:
    """The shipped table of a framework.

    Raises:
        UsageError: there is none.
    """
    source = files("counterfoil.frameworks") / "successors" / f"{framework.lower()}.yaml"
    if not framework.isalnum() or not source.is_file():
        raise UsageError(f"There is no table of what became of the codes of {framework}.", "There is one for DISARM.")
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(source.read_bytes(), Loader=loader)  # noqa: S506 - both loaders are the safe ones
    gone, changed = (
        {version: {identity: _successor(row) for identity, row in rows.items()} for version, rows in data[part].items()}
        for part in ("gone", "changed")
    )
    return SuccessorTable(tuple(data["versions"]), gone, changed)


def _successor(row: Mapping[str, object]) -> Successor:
    to = row["to"]
    targets = tuple(map(str, to)) if isinstance(to, list) else ()
    return Successor(Verdict(str(row["verdict"])), targets, str(row["why"]), str(row["source"]))


def migrate(codes: Iterable[Code], source: str, target: str, framework: str = "DISARM") -> list[Migration]:
    """What becomes of each code of version `source` in version `target`, in the order given.

    Codes of other frameworks or versions come back as they are ("keep").

    Raises:
        UsageError: there is no table for the framework, or not for these versions, or it leads backwards.
    """
    table = successor_table(framework)
    for version in (source, target):
        if version not in table.versions:
            known = ", ".join(table.versions)
            raise UsageError(f"Nothing is known of {framework} {version}.", f"The table has the versions {known}.")
    start, end = table.versions.index(source), table.versions.index(target)
    if start > end:
        raise UsageError(f"Codes are carried forward only, not from {source} to {target}.", "Swap the two.")
    steps = table.versions[start + 1 : end + 1]
    releases = known_releases(framework)
    migrations = []
    for code in codes:
        if (code.framework, code.version) != (framework, source):
            why = f"This is no code of {framework} {source}."
            migrations.append(Migration(code, Verdict.KEEP, (code,), why))
        else:
            migrations.append(_migrated(code, steps, table, releases))
    return migrations


_ORDER = list(Verdict)


def _migrated(code: Code, steps: tuple[str, ...], table: SuccessorTable, releases: Releases) -> Migration:
    if code.id not in releases.versions[code.version].techniques:
        why = f"{code.framework} {code.version} has no technique {code.id}."
        return Migration(code, Verdict.REVIEW, (code,), why)
    current: dict[str, None] = {code.id: None}
    verdict = Verdict.KEEP
    told: list[str] = []
    for version in steps:
        after: dict[str, None] = {}
        for identity in current:
            entry = table.successor(version, identity)
            if entry is None:
                after[identity] = None
                continue
            told.append(f"{version}: {identity}: {entry.why}")
            verdict = max(verdict, entry.verdict, key=_ORDER.index)
            after.update(dict.fromkeys(entry.to))
        current = after
    found = tuple(Code(code.framework, steps[-1], identity) for identity in current) if steps else (code,)
    why = " ".join(told) or "The id and its meaning are the same."
    if verdict is Verdict.REVIEW:
        return Migration(code, verdict, (code,), why, found)
    return Migration(code, verdict, found, why)


def migrate_between(codes: Iterable[Code], a: Framework, b: Framework) -> list[Migration]:
    """The same for two versions of a framework that has no table: only what plainly is the same is kept.

    An id that both have under one name, or with one text, is kept; a name that only one technique of `b`
    has under another id is a rename; all else is for review. Codes that are not of `a` come back as they are.
    """
    by_name: dict[str, list[str]] = {}
    for technique in b.techniques.values():
        by_name.setdefault(technique.name.casefold(), []).append(technique.id)
    return [_between(code, a, b, by_name) for code in codes]


def _between(code: Code, a: Framework, b: Framework, by_name: Mapping[str, list[str]]) -> Migration:
    if (code.framework, code.version) != (a.name, a.version):
        return Migration(code, Verdict.KEEP, (code,), f"This is no code of {a.name} {a.version}.")
    old, new = a.techniques.get(code.id), b.techniques.get(code.id)
    if old is None:
        return Migration(code, Verdict.REVIEW, (code,), f"{a.name} {a.version} has no technique {code.id}.")
    if new is not None and (old.name == new.name or (old.summary and same_text(old.summary, new.summary))):
        verdict = Verdict.KEEP if old.tactic == new.tactic else Verdict.MOVE
        return Migration(code, verdict, (b.code(code.id),), "The id and its name or text are the same.")
    named = [b.code(identity) for identity in by_name.get(old.name.casefold(), [])]
    if new is None and len(named) == 1:
        return Migration(code, Verdict.RENAME, tuple(named), f"{named[0].id} has the name that {code.id} had.")
    why = f"{code.id} is called {new.name!r} now." if new else f"{b.name} {b.version} has no technique {code.id}."
    return Migration(code, Verdict.REVIEW, (code,), why, tuple(named))
