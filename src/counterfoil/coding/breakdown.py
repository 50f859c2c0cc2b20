"""Where a ranking is good and where it is not: by technique and tactic, by siblings, known against new codes.

A *coding* is one code that experts gave to one text.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median

from counterfoil.coding.measure import Figure, Item, interval, parent, resamples
from counterfoil.coding.share import Share


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that experts gave to a text, and what the coder made of it.

    `place` counts from 1; 0 is a code that the ranking does not have. `known` is in how many other
    incidents it was coded.
    """

    item: int
    code: str
    place: int
    asserted: bool
    known: int


@dataclass(frozen=True, slots=True)
class Row:
    """The codings of one technique or tactic. Places are of those codings that the ranking has.

    `precision` and `recall` are of what was asserted; `precision` of nothing if nothing was.
    """

    key: str
    codings: int
    incidents: int
    at_5: Share
    at_10: Share
    mean_place: float | None
    median_place: float | None
    precision: Share
    recall: Share
    f1: float


@dataclass(frozen=True, slots=True)
class Familiarity:
    """Codings whose code is, or is not, coded in another incident too; figures over codings."""

    name: str
    codings: int
    techniques: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Confusion:
    """A technique of the same family that stood above the right one in a text where it was not coded."""

    code: str
    above: str
    times: int
    asserted: int  #: in how many of them it was asserted
    of: int  #: how often the right one was coded


def codings(items: Sequence[Item]) -> list[Coding]:
    """Every code of every item."""
    groups: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for code in item.gold:
            groups[code].add(item.group)
    found = []
    for number, item in enumerate(items):
        places = {code: place for place, code in enumerate(item.ranked, start=1)}
        found += [
            Coding(number, code, places.get(code, 0), code in item.asserted, len(groups[code]) - 1)
            for code in sorted(item.gold)
        ]
    return found


def rows(items: Sequence[Item], key: Callable[[str], str] = str) -> list[Row]:
    """The items' codings by technique, or by what else `key` makes of one; most often coded first.

    What was asserted and never coded has a row too.
    """
    coded: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings(items):
        coded[key(coding.code)].append(coding)
    wrong = Counter(key(code) for item in items for code in item.asserted - item.gold)
    made = [_row(name, coded[name], wrong[name], items) for name in {*coded, *wrong}]
    return sorted(made, key=lambda row: (-row.codings, -row.precision.of, row.key))


def _row(key: str, here: Sequence[Coding], wrong: int, items: Sequence[Item]) -> Row:
    places = [coding.place for coding in here if coding.place]
    right = sum(coding.asserted for coding in here)
    return Row(
        key=key,
        codings=len(here),
        incidents=len({items[coding.item].group for coding in here}),
        at_5=_within(here, 5),
        at_10=_within(here, 10),
        mean_place=mean(places) if places else None,
        median_place=float(median(places)) if places else None,
        precision=Share.count(right, right + wrong),
        recall=Share.count(right, len(here)),
        f1=2 * right / (right + wrong + len(here)),
    )


def _within(here: Iterable[Coding], places: int) -> Share:
    within = [0 < coding.place <= places for coding in here]
    return Share.count(sum(within), len(within))


def familiarity(items: Sequence[Item]) -> list[Familiarity]:
    """Codings whose technique is coded in another incident, and those for which nobody gave an example."""
    every = codings(items)
    drawn = list(resamples([item.group for item in items]))
    kinds = {"seen": [c for c in every if c.known], "unseen": [c for c in every if not c.known]}
    return [_familiarity(name, here, drawn) for name, here in kinds.items() if here]


def _familiarity(name: str, here: Sequence[Coding], drawn: Iterable[Sequence[int]]) -> Familiarity:
    by_item: dict[int, list[Coding]] = defaultdict(list)
    for coding in here:
        by_item[coding.item].append(coding)
    whole = _of_codings(here)
    samples = [[coding for item in items for coding in by_item.get(item, ())] for items in drawn]
    sampled = [_of_codings(sample) for sample in samples if sample]
    figures = {measured: interval(value, [s[measured] for s in sampled]) for measured, value in whole.items()}
    return Familiarity(name, len(here), len({coding.code for coding in here}), figures)


def _of_codings(here: Sequence[Coding]) -> dict[str, float]:
    return {
        "at_5": mean(0 < coding.place <= 5 for coding in here),
        "at_10": mean(0 < coding.place <= 10 for coding in here),
        "reciprocal_place": mean(1 / coding.place if coding.place else 0.0 for coding in here),
        "asserted": mean(coding.asserted for coding in here),
    }


def siblings(items: Sequence[Item]) -> list[Confusion]:
    """Which technique of the same family stands above the right one, most often first."""
    coded = Counter(code for item in items for code in item.gold)
    times: Counter[tuple[str, str]] = Counter()
    asserted: Counter[tuple[str, str]] = Counter()
    for item in items:
        for code, above in _rivals(item):
            times[code, above] += 1
            asserted[code, above] += above in item.asserted
    found = [Confusion(code, above, n, asserted[code, above], coded[code]) for (code, above), n in times.items()]
    return sorted(found, key=lambda confusion: (-confusion.times, -confusion.asserted, confusion.code, confusion.above))


def _rivals(item: Item) -> Iterator[tuple[str, str]]:
    above: dict[str, list[str]] = defaultdict(list)
    for code in item.ranked:
        if code in item.gold:
            yield from ((code, rival) for rival in above[parent(code)])
        else:
            above[parent(code)].append(code)
