"""Techniques as their pages show them: by tactic in a list, and one with all that is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counterfoil.kb.selecting import IncidentRow
from counterfoil.model.codebook import Codebook, Entry
from counterfoil.model.framework import Framework, Tactic, Technique
from counterfoil.model.selection import Count, Heat, Quoted
from counterfoil.web.views.incidents import Line, line_of
from counterfoil.workflow.incident_editing import CounterIndex, Proposed

QUOTES = 3  #: of an incident that the page of a technique shows


@dataclass(frozen=True, slots=True)
class Item:
    """A technique in the list."""

    technique: Technique
    definition: str
    count: Count


@dataclass(frozen=True, slots=True)
class Group:
    """A tactic's techniques."""

    tactic: Tactic
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class About:
    """One technique: the codebook's entry, its neighbours with their counts, the counters against it."""

    technique: Technique
    tactic: Tactic | None
    entry: Entry | None
    parent: Technique | None
    siblings: tuple[Item, ...]
    subs: tuple[Item, ...]
    companions: tuple[Item, ...]
    counters: tuple[Proposed, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Evidence:
    """An incident in which the technique is cited, with some of its quotes and how many more there are."""

    line: Line
    quotes: tuple[Quoted, ...]
    more: int


def groups(words: str, heat: Heat, framework: Framework, codebook: Codebook) -> list[Group]:
    """The techniques whose id, name or definition has all the words, by tactic."""
    wanted = words.casefold().split()
    found = []
    for tactic in sorted(framework.tactics, key=lambda tactic: tactic.rank):
        mine = [one for one in framework.techniques.values() if one.tactic == tactic.id]
        items = tuple(_item(one, heat, codebook) for one in mine)
        kept = tuple(item for item in items if all(word in _words(item) for word in wanted))
        if kept:
            found.append(Group(tactic, kept))
    return found


def about(technique_id: str, heat: Heat, framework: Framework, codebook: Codebook, counters: CounterIndex) -> About:
    """All that is known of one technique.

    Raises:
        UnknownCodeError: the framework has none of that id.
    """
    technique = framework.technique(technique_id)
    entry = codebook.entries.get(technique.id)
    beside = tuple(_item(one, heat, codebook) for one in framework.siblings(technique.id))
    known = [framework.techniques[one] for one in (entry.companions if entry else ()) if one in framework.techniques]
    family = [technique.id] + ([technique.parent] if technique.parent else [])
    return About(
        technique=technique,
        tactic=next((one for one in framework.tactics if one.id == technique.tactic), None),
        entry=entry,
        parent=framework.techniques.get(technique.parent),
        siblings=beside if technique.parent else (),
        subs=() if technique.parent else beside,
        companions=tuple(_item(one, heat, codebook) for one in known),
        counters=tuple(counters.against(family)),
        count=heat.of(technique.id),
    )


def evidence(rows: Sequence[IncidentRow], quotes: Mapping[str, Sequence[Quoted]]) -> list[Evidence]:
    """Incidents with their quotes."""
    return [
        Evidence(line_of(row), tuple(quotes.get(row.id, ())[:QUOTES]), max(0, len(quotes.get(row.id, ())) - QUOTES))
        for row in rows
    ]


def _item(technique: Technique, heat: Heat, codebook: Codebook) -> Item:
    entry = codebook.entries.get(technique.id)
    return Item(technique, entry.definition if entry else technique.summary, heat.of(technique.id))


def _words(item: Item) -> str:
    return f"{item.technique.id} {item.technique.name} {item.definition}".casefold()
