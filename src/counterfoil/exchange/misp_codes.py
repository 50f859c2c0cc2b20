"""Which technique a tag of MISP's galaxy means: tags have names only, and names change with DISARM's versions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from counterfoil.exchange.misp_parts import GALAXY
from counterfoil.model.framework import Code, Framework

PUBLISHED = "1.4"  #: the version of DISARM that MISP's own galaxy is at
_TAG = re.compile(rf'{re.escape(GALAXY)}="(.+)"', re.DOTALL)
_ID = re.compile(r"\bT\d{4}(?:\.\d{3})?\b")
_OURS = re.compile(r'counterfoil:framework="(\S+) (\S+)"')


@dataclass(frozen=True, slots=True)
class Names:
    """Technique names by version: those of MISP's galaxy and those of the framework in use."""

    framework: Framework
    here: Mapping[str, str]  #: name -> id, where only one technique has it

    @classmethod
    def of(cls, framework: Framework) -> "Names":
        """The names of a framework; one that two techniques have means neither."""
        ids: dict[str, list[str]] = {}
        for technique in framework.techniques.values():
            ids.setdefault(_key(technique.name), []).append(technique.id)
        return cls(framework, {name: found[0] for name, found in ids.items() if len(found) == 1})

    def code(self, name: str, version: str, external_id: str = "") -> Code | None:
        """What a name means in a version ("": that of MISP's galaxy); None if it means nothing, or several things.

        Args:
            external_id: the technique's id, if the event says it beside the name.
        """
        if version == self.framework.version and (found := self._here(name, external_id)):
            return found
        published = external_id if external_id in published_names().values() else published_names().get(_key(name))
        if published:
            return Code("DISARM", PUBLISHED, published)
        return self._here(name, external_id)

    def _here(self, name: str, external_id: str) -> Code | None:
        written = _ID.search(name)
        for one in (external_id, self.here.get(_key(name), ""), written.group() if written else ""):
            if one in self.framework.techniques:
                return self.framework.code(one)
        return None


def named_in(tag: str) -> str:
    """The technique's name in a tag of the galaxy; empty for another tag."""
    match = _TAG.fullmatch(tag.strip())
    return match[1] if match else ""


def version_in(tags: list[str]) -> str:
    """The version of the framework that an event's tags say they are of; empty if they do not."""
    said = (match for tag in tags if (match := _OURS.fullmatch(tag.strip())))
    return next((match[2] for match in said), "")


@cache
def published_names() -> Mapping[str, str]:
    """Name -> id in the galaxy that MISP publishes."""
    text = (files("counterfoil.exchange") / "data" / f"misp_disarm_{PUBLISHED}.txt").read_text(encoding="utf-8")
    pairs = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {_key(name): identity for identity, name in pairs}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
