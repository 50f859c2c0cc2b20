"""One kind of one report: what of the wanted was found, what of the findings is right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterfoil.extraction.measuring.alike import fold
from counterfoil.extraction.measuring.annotated import Item, Range
from counterfoil.extraction.measuring.likeness import Likeness, is_operation, same_actor, same_speaker
from counterfoil.model.extraction import Alias

Items = Sequence[Item]
Pair = tuple[Item, Item]  #: wanted, found

HALF = 0.5  #: of a passage's letters that must be shared


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one kind: what was wanted and found of it, what was right and wrong in the findings."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.wanted + other.wanted, self.found + other.found, self.right + other.right, self.wrong + other.wrong
        )

    @property
    def precision(self) -> float | None:
        """Share of the findings that are right; None if there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of the wanted that was found; None if nothing is wanted."""
        return self.found / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: 0 if nothing is right, None if nothing is wanted or found."""
        if self.precision and self.recall:
            return 2 * self.precision * self.recall / (self.precision + self.recall)
        return 0.0 if self.wanted or self.wrong else None


@dataclass(frozen=True, slots=True)
class Result:
    """`pairs` are right findings with what they are; `excused` those of optional items, which count neither way."""

    pairs: tuple[Pair, ...] = ()
    excused: tuple[Pair, ...] = ()
    missed: tuple[Item, ...] = ()
    wrong: tuple[Item, ...] = ()
    wanted: int = 0

    @property
    def score(self) -> Score:
        return Score(self.wanted, self.wanted - len(self.missed), len(self.pairs), len(self.wrong))


def one_to_one(wanted: Items, found: Items, likeness: Likeness) -> Result:
    """Each wanted item with at most one finding: required ones first, the likest first."""
    graded = [
        (one.optional, -likeness(one, other), place, at)
        for place, one in enumerate(wanted)
        for at, other in enumerate(found)
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, grade, place, at in sorted(graded):
        if grade and place not in partner and at not in taken:
            partner[place] = at
            taken.add(at)
    pairs = [(wanted[place], found[at]) for place, at in partner.items()]
    missed = [item for place, item in enumerate(wanted) if place not in partner]
    return _result(wanted, pairs, missed, [item for at, item in enumerate(found) if at not in taken])


def any_alike(wanted: Items, found: Items, likeness: Likeness) -> Result:
    """Each finding that is like any wanted item is right: a place may be named in two ways."""
    pairs: list[Pair] = []
    wrong: list[Item] = []
    for item in found:
        same = sorted((one for one in wanted if likeness(one, item)), key=lambda one: one.optional)
        pairs += [(one, item) for one in same[:1]]
        wrong += [] if same else [item]
    missed = [one for one in wanted if not any(likeness(one, item) for item in found)]
    return _result(wanted, pairs, missed, wrong)


def passages(wanted: Items, found: Items) -> Result:
    """Passages of a text. Found is a wanted one of which half is in findings with the same speaker.

    Right is a finding of which half is in wanted passages of the same speaker; or that has half of one and little
    more than the rest of its sentence, which says who speaks.
    """
    pairs: list[Pair] = []
    wrong: list[Item] = []
    for item in found:
        same = [one for one in wanted if same_speaker(one, item)]
        required = [one for one in same if not one.optional]
        counted = required if _right(item, required) else same
        if _right(item, counted):
            pairs.append((max(counted, key=lambda one: _shared(one.ranges, item.ranges)), item))
        else:
            wrong.append(item)
    missed = [one for one in wanted if not _covered(one, [item for item in found if same_speaker(one, item)])]
    return _result(wanted, pairs, missed, wrong)


def operations(wanted: Items, found: Items) -> Result:
    """Actors that are operations. A company taken for an operation is wrong here, and only here."""
    required = [
        replace(item, optional=item.optional or not is_operation(item, only=True))
        for item in wanted
        if is_operation(item)
    ]
    return one_to_one(required, [item for item in found if is_operation(item)], same_actor)


def aliases(wanted: Items, found: Items) -> Result:
    """The further names of each actor: those that the expert puts together with it.

    An actor that is known by one of its aliases only has that name, and one alias fewer than it should have.
    """
    actors = one_to_one(wanted, found, same_actor)
    pairs: list[Pair] = []
    missed = [_alias(one, name) for one in actors.missed for name in one.aliases]
    wrong = [_alias(item, name) for item in actors.wrong for name in item.aliases]
    for one, item in (*actors.pairs, *actors.excused):
        others = _further(item, one)
        right = [name for name in others if name in one.names]
        pairs += [(_alias(one, name), _alias(item, name)) for name in right]
        wrong += [
            _alias(item, name) for name in others if name not in one.names | one.facts["also"] and not one.optional
        ]
        left = [name for name in one.aliases if name not in right]
        missed += [_alias(one, name) for name in left[: max(0, len(one.aliases) - len(right))]]
    every = [_alias(one, name) for one in wanted for name in one.aliases]
    return _result(every, pairs, missed, wrong)


def _result(wanted: Items, pairs: Sequence[Pair], missed: Items, wrong: Items) -> Result:
    return Result(
        pairs=tuple(pair for pair in pairs if not pair[0].optional),
        excused=tuple(pair for pair in pairs if pair[0].optional),
        missed=tuple(item for item in missed if not item.optional),
        wrong=tuple(wrong),
        wanted=sum(not item.optional for item in wanted),
    )


def _further(found: Item, known: Item) -> list[str]:
    """The found names but the one that stands for the actor: the expert's own, if it is among them."""
    names = sorted(found.names)
    own = [name for name in names if name in known.names and name not in known.aliases]
    own += [name for name in names if name in known.facts["also"] and name not in known.names]  # "the firm X" for "X"
    other = [name for name in names if name in known.names]
    head = (own or other or names)[0]
    return [name for name in names if name != head]


def _alias(actor: Item, name: str) -> Item:
    alias = actor.aliases.get(name, Alias(name))
    facts = {"by": frozenset([fold(alias.by)])} if alias.by else {}
    return Item(f"{alias.name} of {actor.label}", frozenset([name]), actor.ranges, facts, optional=actor.optional)


def _right(found: Item, wanted: Items) -> bool:
    if _covered(found, wanted):
        return True
    held = [replace(one, ranges=one.whole) for one in wanted if _covered(one, [found])]
    return _covered(found, held)


def _covered(item: Item, others: Items) -> bool:
    length = sum(end - start for start, end in item.ranges)
    return _shared(item.ranges, [place for other in others for place in other.ranges]) >= HALF * length > 0


def _shared(ranges: Sequence[Range], others: Sequence[Range]) -> int:
    """How many letters of the ranges are in one of the others."""
    letters = {letter for start, end in others for letter in range(start, end)}
    return sum(letter in letters for start, end in ranges for letter in range(start, end))
