"""Searching the workspace and the techniques of the framework in use, with one query."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from counterfoil.model.codebook import Codebook
from counterfoil.model.framework import Framework, Technique

if TYPE_CHECKING:
    from counterfoil.kb.search import Group, Hit
    from counterfoil.kb.search_words import Query, Term
    from counterfoil.kb.workspace import Workspace

#: The order in which kinds of hits are shown; techniques come first if one is called so.
ORDER = ("actor", "incident", "report", "quote", "technique", "narrative", "observable")
#: What each kind is called above its hits.
LABELS = {
    **{"technique": "Techniques", "actor": "Actors", "incident": "Incidents", "report": "Reports"},
    **{"quote": "Quotes", "narrative": "Narratives", "observable": "Observables"},
}
NAMED = 4  #: the score of a technique that has a word in its name
FILTERS = ("kind", "technique", "language", "since", "until")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for. `filters` (by the names of FILTERS) stand beside those in the query's own words, which win.

    `typing` is set while the query is being typed: its last word may be the beginning of one.
    """

    text: str
    filters: Mapping[str, str] = field(default_factory=dict)
    typing: bool = False

    def words(self) -> str:
        """The whole as one query, filters first."""
        values = {name: self.filters.get(name, "").replace('"', " ").strip() for name in FILTERS}
        named = [f'{name}:"{value}"' for name, value in values.items() if value]
        return " ".join([*named, self.text])


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: groups with at least one hit, in the order in which they are shown."""

    query: "Query"
    groups: "tuple[Group, ...]"

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return any(group.more for group in self.groups)


@dataclass(frozen=True, slots=True)
class Guide:
    """Where techniques are looked up."""

    framework: Framework
    codebook: Codebook


def search(workspace: "Workspace", guide: Guide, wanted: Wanted, limit: int, offset: int = 0) -> Found:
    """Everything that matches, by kind, at most `limit` hits of each after the first `offset`.

    No query is an error: what cannot be understood is told in `Found.query.notes`.
    """
    from counterfoil.kb.search import find
    from counterfoil.kb.search_words import read_query

    query = read_query(wanted.words(), wanted.typing)
    kinds = (query.kind,) if query.kind else ORDER
    techniques, named = _techniques(guide, query, limit, offset)
    groups = []
    with workspace.reading() as connection:
        for kind in kinds:
            groups.append(techniques if kind == "technique" else find(connection, query, kind, limit, offset))
    if named:
        groups.sort(key=lambda group: group.kind != "technique")
    return Found(query, tuple(group for group in groups if group.total))


def found_to_plain(found: Found) -> dict[str, Any]:
    """What a query found, for JSON; a hit's title and text are pieces, marked where the query's words stand."""
    return {
        "notes": list(found.query.notes),
        "total": found.total,
        "more": found.more,
        "groups": [asdict(group) for group in found.groups],
    }


def _techniques(guide: Guide, query: "Query", limit: int, offset: int) -> "tuple[Group, bool]":
    """Techniques by id, name and the words of our definitions; and whether the best is called so."""
    from counterfoil.kb.search import Group

    if query.is_empty or query.language or query.since or query.until:
        return Group("technique", offset=offset), False
    scored = []
    for number, technique in enumerate(guide.framework.techniques.values()):
        score = _score(query, technique, _folded(guide, technique))
        if score:
            scored.append((-score, number, technique))
    scored.sort(key=lambda row: row[:2])
    hits = tuple(_hit(guide, query, technique) for _, _, technique in scored[offset : offset + limit])
    named = bool(scored) and -scored[0][0] > NAMED * len(query.terms)
    return Group("technique", hits, len(scored), offset), named


def _score(query: "Query", technique: Technique, folded: tuple[str, str, str]) -> int:
    """0 if it is not meant; words of its id count most, then those of its name."""
    if query.technique and not f"{technique.id}.".startswith(f"{query.technique}."):
        return 0
    if any(_has(part, term) for term in query.without for part in folded):
        return 0
    score = 1
    for term in query.terms:
        places = [8 * _has(folded[0], term), NAMED * _has(folded[1], term), 1 * _has(folded[2], term)]
        if not any(places):
            return 0
        score += max(places)
    wanted = " ".join(word for term in query.terms for word in term.words)
    exact = folded[0].strip() == wanted or folded[1].strip() == wanted
    return score + 8 * exact + 2 * folded[1].startswith(f" {wanted}")


def _has(folded: str, term: "Term") -> bool:
    return f" {' '.join(term.words)}{'' if term.prefix else ' '}" in folded


def _hit(guide: Guide, query: "Query", technique: Technique) -> "Hit":
    from counterfoil.kb.search import Hit
    from counterfoil.kb.snippets import marked, snippet

    tactic = next((tactic.name for tactic in guide.framework.tactics if tactic.id == technique.tactic), "")
    words = [term for term in query.terms if not term.technique]
    text = snippet(_definition(guide, technique), words).pieces
    about = f"{technique.tactic} {tactic}".strip()
    return Hit("technique", technique.id, marked(technique.name, words), text, about)


def _definition(guide: Guide, technique: Technique) -> str:
    entry = guide.codebook.entries.get(technique.id)
    return f"{entry.definition} {entry.use_when}" if entry else technique.summary


def _folded(guide: Guide, technique: Technique) -> tuple[str, str, str]:
    return _fold_parts((technique.id, technique.name, _definition(guide, technique)))


@lru_cache(maxsize=4096)
def _fold_parts(parts: tuple[str, str, str]) -> tuple[str, str, str]:
    from counterfoil.kb.folding import words

    number, name, text = (f" {' '.join(words(part))} " for part in parts)
    return number, name, text
