"""How well extraction finds what an expert records: precision, recall and F1 by kind.

When a finding is right:

- actors: the name or an alias is one of the expert's; a state also by its code. One finding for each: an
  actor found under two names that are not put together is right once and wrong once.
- aliases: each further name of an actor that was found.
- attributions: actor and sponsor are right, by any of their names, and a denial is told from a claim.
  "attributions, by whom": the source is right too; the report's own voice goes by no name or its publisher.
- targets, people: the name; a run of its words will do ("Berg" for "Senator Tom Berg").
- voices: half of the passage's letters are the expert's for the same speaker, whether or not the words that
  say who speaks are part of it.
- dates: value and precision. Places: the words, and the country. Platforms: the name. Observables: the value.
- narratives: half of the letters are in a narrative of the expert's. Figures: the place, and the value.

Optional items of the annotation count neither way; figures and people count in those reports only whose
annotation mentions them. What else is stated of a right finding (an actor's kind, a date's role) is counted
on its own, as a `Fact`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from counterfoil.extraction.measuring.alike import within
from counterfoil.extraction.measuring.annotated import Annotated, Item
from counterfoil.extraction.measuring.compare import (
    Items,
    Pair,
    Result,
    Score,
    aliases,
    any_alike,
    one_to_one,
    operations,
    passages,
)
from counterfoil.extraction.measuring.found import found_items
from counterfoil.extraction.measuring.likeness import OFTEN, ONCE
from counterfoil.model.extraction import Extraction

#: Rows of the table, in order. "operations" are the actors of kind "actor" or "network".
KINDS = (
    "actors",
    "operations",
    "aliases",
    "attributions",
    "attributions, by whom",
    "targets",
    "people",
    "voices",
    "dates",
    "places",
    "platforms",
    "observables",
    "narratives",
    "figures",
)
#: Rows whose mistakes may be listed under another row already.
_ALSO_LISTED_UNDER = {"operations": "actors", "attributions, by whom": "attributions"}
CONTEXT = 45  #: letters shown on either side of a mistake
_LONGEST = 120  #: letters shown of a mistake itself

#: What is stated of a finding and is no part of whether it is right.
_STATED: Mapping[str, tuple[str, ...]] = {
    "actors": ("kind", "state"),
    "aliases": ("by",),
    "attributions": ("strength",),
    "targets": ("kind", "role", "country"),
    "people": ("role", "of"),
    "voices": ("via",),
    "dates": ("role",),
    "places": ("code",),
    "platforms": ("technique",),
    "observables": ("type",),
    "figures": ("unit",),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Counts of what is stated of right findings: rightly, wrongly, or not at all."""

    right: int = 0
    wrong: int = 0
    silent: int = 0

    def __add__(self, other: "Fact") -> "Fact":
        return Fact(self.right + other.right, self.wrong + other.wrong, self.silent + other.silent)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something "missed" or "wrong", with the words around it (empty where the item has no place)."""

    report: str
    kind: str
    fault: str
    label: str
    context: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One report's figures. `facts` are by kind and what is stated ("actors: state")."""

    name: str
    part: str
    scores: Mapping[str, Score]
    facts: Mapping[str, Fact]
    mistakes: tuple[Mistake, ...]


def measure(report: Annotated, extraction: Extraction) -> Measured:
    """Compare what was found in a report with what an expert records of it."""
    found = found_items(extraction)
    results = {kind: _compared(kind, report.items, found) for kind in KINDS}
    facts: dict[str, Fact] = {}
    for kind, result in results.items():
        for name, fact in _facts(kind, result.pairs):
            facts[name] = facts.get(name, Fact()) + fact
    return Measured(
        name=report.name,
        part=report.part,
        scores={kind: result.score for kind, result in results.items()},
        facts=facts,
        mistakes=tuple(_mistakes(report, results)),
    )


def total(reports: Iterable[Measured]) -> tuple[dict[str, Score], dict[str, Fact]]:
    """The counts of several reports together (micro average)."""
    scores = dict.fromkeys(KINDS, Score())
    facts: dict[str, Fact] = {}
    for report in reports:
        for kind, score in report.scores.items():
            scores[kind] += score
        for name, fact in report.facts.items():
            facts[name] = facts.get(name, Fact()) + fact
    return scores, facts


def _compared(kind: str, wanted: Mapping[str, Items], found: Mapping[str, Items]) -> Result:
    if kind == "aliases":
        return aliases(wanted["actors"], found["actors"])
    if kind == "operations":
        return operations(wanted["actors"], found["actors"])
    field = kind.split(",")[0]
    if field not in wanted:
        return Result()
    if kind in ONCE:
        return one_to_one(wanted[field], found[field], ONCE[kind])
    if kind in OFTEN:
        return any_alike(wanted[field], found[field], OFTEN[kind])
    return passages(wanted[field], found[field])


def _facts(kind: str, pairs: Iterable[Pair]) -> Iterator[tuple[str, Fact]]:
    for wanted, found in pairs:
        for name in _STATED.get(kind, ()):
            values, said = wanted.facts.get(name), found.facts.get(name)
            if values:
                same = bool(said) and any(within(one, other) for one in values for other in said or ())
                yield f"{kind}: {name}", Fact(int(same), int(bool(said) and not same), int(not said))


def _mistakes(report: Annotated, results: Mapping[str, Result]) -> Iterator[Mistake]:
    for kind, result in results.items():
        for fault in ("missed", "wrong"):
            listed = getattr(results[_ALSO_LISTED_UNDER[kind]], fault) if kind in _ALSO_LISTED_UNDER else ()
            for item in getattr(result, fault):
                if not any(item.label == other.label for other in listed):
                    yield _mistake(report, kind, fault, item)


def _mistake(report: Annotated, kind: str, fault: str, item: Item) -> Mistake:
    context = ""
    if item.ranges:
        start, end = item.ranges[0]
        shown = report.report.text[max(0, start - CONTEXT) : min(end, start + _LONGEST) + CONTEXT]
        context = " ".join(shown.split())
    return Mistake(report.name, kind, fault, item.label, context)
