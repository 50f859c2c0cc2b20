"""Influence actors, operations, firms and outlets of this field by their published names.

The names are in `data/influence_actors.json`, each with who uses it. What the list knows of a name (its
state, its other names) is never said about a report: a report's actor has the aliases and the state that
the report gives it. The list only finds names, and proposes aliases across reports (`alias_proposals`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from counterfoil.extraction.expressions import Expression
from counterfoil.extraction.naming import INFLUENCE, Named
from counterfoil.extraction.phrases import PhraseIndex
from counterfoil.extraction.state_ties import tie_before
from counterfoil.model.extraction import Alias

_REACH = 160  #: letters around a name in which a word of this field must stand if the name is a word too
_FIELD = Expression(
    r"(?i)\b(?:threat actors?|influence|disinformation|misinformation|propaganda|inauthentic|hack\w{0,6}|espionage|"
    r"malware|phishing|state-(?:sponsored|backed|linked|affiliated)|intrusions?|clusters?|personas?|trolls?|bots?|"
    r"sanction\w{0,4}|"
    r"a\.k\.a\.|aka|APT ?\d{1,2}|Microsoft|CrowdStrike|Mandiant|Graphika|Kremlin|GRU|FSB|IRGC|mercenar\w{3,5}|"
    r"désinformation|ingérence|Desinformation\w{0,12}|Einfluss\w{1,14}|desinformación|dezinformac\w{1,4}|"
    r"дезинформац\w{1,3}|дезінформац\w{1,3}|хакер\w{0,4}|пропаганд\w{1,3})"
)
#: Fewer letters than these are looked up only if they are written as a code name, with a digit.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One row of the list: `aliases` holds every name with who uses it, the main one too.

    `state` (ISO 3166-1 alpha-2, or empty) is where the publishers of the names place the actor.
    """

    name: str
    kind: str
    state: str
    source: str
    aliases: tuple[Alias, ...]

    def users(self, name: str) -> tuple[str, ...]:
        """Who uses a name of this actor, as far as the list knows."""
        return tuple(alias.by for alias in self.aliases if alias.name == name and alias.by)


@dataclass(frozen=True, slots=True)
class _List:
    actors: tuple[KnownActor, ...]
    by_name: dict[str, KnownActor]
    common: frozenset[str]
    index: PhraseIndex


@lru_cache(maxsize=1)
def _list() -> _List:
    source = files("counterfoil.extraction") / "data" / "influence_actors.json"
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    actors = tuple(
        KnownActor(
            row["name"],
            row["kind"],
            row["state"],
            row["source"],
            tuple(Alias(alias["name"], alias["used_by"]) for alias in row["aliases"]),
        )
        for row in data["actors"]
    )
    by_name = {name: actor for actor in actors for name in (actor.name, *(alias.name for alias in actor.aliases))}
    looked_up = [
        name for name in by_name if len(name) >= _SHORTEST or any(map(str.isdigit, name)) or not name.isascii()
    ]
    return _List(actors, by_name, frozenset(data["common"]), PhraseIndex(looked_up))


def known_actors() -> tuple[KnownActor, ...]:
    """The whole list."""
    return _list().actors


def known_actor(name: str) -> KnownActor | None:
    """The actor that bears a name, exactly as written; None if the list has no such name."""
    return _list().by_name.get(name)


def known_namings(text: str) -> Iterator[Named]:
    """Every mention of a listed name; one that is a word too counts if the text near it is of this field."""
    data = _list()
    for start, end, name in data.index.find(text):
        if text[end : end + 1] in ("@", "_", ".") and text[end + 1 : end + 2].isalnum():
            continue  # "ruptly.tv": a host
        near = max(0, start - _REACH), end + _REACH
        if name in data.common and not any(
            match.start() >= end or match.end() <= start for match in _FIELD.finditer(text, *near)
        ):
            continue
        row = data.by_name[name]
        users = " and ".join(row.users(name))
        reason = f"a known name, {users}’s" if users else "a known name"
        # Whose an agency is, is no claim of anybody's.
        state = row.state if row.kind == "agency" else tie_before(text, start) if row.kind in INFLUENCE else ""
        yield Named(start, name, row.kind, state, reason)
