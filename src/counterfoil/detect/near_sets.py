"""Sets of tokens that are nearly the same, found exactly: all pairs, or the groups that they join.

Two sets of a Jaccard index of at least t have at least t·n tokens in common, n being the size of either. With the
tokens of all sets in one order, the rarest first, they then have one in common among their first n - t·n + 1 tokens,
two among their first n - t·n + 2, and so on (prefix filtering: Chaudhuri et al. 2006; with several:
Wang et al. 2012). So sets are laid into boxes, one for each such token, or two, three or four of them, and only sets of
one box are compared: first by 128 bits that stand for their tokens, which excludes most and no near pair, then in full.

A box of a hundred thousand texts of one template holds five billion pairs. They are compared by their distance in the
box, where sets that differ in rare tokens only stand next to each other, as far as the budget reaches; if groups are
asked for, boxes that are one group already are done. What the budget did not reach is told, never cut in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Bits = NDArray[np.uint64]

BUDGET = 150_000_000  #: pairs looked at: a few seconds
#: tokens that a box may stand for -> boxes of a set at most: short sets need more tokens to be few in a box
DEPTHS = {4: 20, 3: 24, 2: 66}
CHUNK = 4_000_000  #: pairs that are compared by their bits at once
IN_FULL = 20_000  #: pairs that are compared in full at once
FURTHEST = 64  #: distance in a box up to which a set is compared once the budget is spent, by representatives
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of tokens: set i has the numbers[starts[i] : starts[i + 1]], rising; the rarest token has the number 1.

    Args:
        bits: two words of 64 bits a set: for each token one bit.
    """

    starts: "Whole"
    numbers: "Whole"
    bits: "tuple[Bits, Bits]"

    @property
    def sizes(self) -> "Whole":
        """How many tokens each set has."""
        sizes: Whole = self.starts[1:] - self.starts[:-1]
        return sizes


@dataclass(slots=True)
class Search:
    """What a search looked at: pairs by their bits, boxes that the budget did not cover, and the texts in them."""

    budget: int
    looked: int = 0
    uncovered: int = 0
    low: "list[Whole]" = field(default_factory=list)
    high: "list[Whole]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Places:
    """Where sets stand: set `of[i]` at time `at[i]`, in the order of time; two are compared at most `reach` apart."""

    of: "Whole"
    at: "Whole"
    reach: int


def sets_of(keys: "Whole", least: int) -> "tuple[Sets, Whole, Whole]":
    """The distinct sets among texts, each of at least so many tokens.

    Args:
        keys: text * 2^32 + token's number, for each token of each text; sorted here.

    Returns:
        the sets, texts (those that have a set, rising), and the set of each.
    """
    import numpy as np

    keys.sort()
    keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys
    texts, numbers = keys >> 32, keys & 0xFFFFFFFF
    firsts = np.flatnonzero(np.concatenate(([True], texts[1:] != texts[:-1]))) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.concatenate((firsts, [len(keys)])))
    scattered = numbers.astype(np.uint64) * np.uint64(_MIX[0])
    scattered ^= scattered >> np.uint64(29)
    scattered *= np.uint64(_MIX[1])
    if not len(firsts):
        nothing = np.zeros(0, np.uint64)
        return Sets(np.zeros(1, np.int64), numbers, (nothing, nothing)), firsts, firsts
    ends = firsts + sizes
    running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(scattered)))
    one = running[ends] - running[firsts]
    # A hash of all tokens but the rarest tenth: sets of one template become neighbours by it.
    core = running[ends] - running[firsts + (sizes + 9) // 10]
    two = np.add.reduceat((scattered ^ (scattered >> np.uint64(31))) * np.uint64(_MIX[2]), firsts)
    order = np.lexsort((two, one, core))
    order = order[sizes[order] >= least]
    if not len(order):
        return sets_of(np.zeros(0, np.int64), least)
    new = np.concatenate(([True], (one[order][1:] != one[order][:-1]) | (two[order][1:] != two[order][:-1])))
    chosen = order[new]
    starts = np.concatenate(([0], np.cumsum(sizes[chosen])))
    taken = np.repeat(firsts[chosen] - starts[:-1], sizes[chosen]) + np.arange(starts[-1])
    kept = scattered[taken]
    bit = np.uint64(1) << (kept >> np.uint64(58))
    half = (kept >> np.uint64(57)) & np.uint64(1) == 1
    words = tuple(np.bitwise_or.reduceat(np.where(here, bit, np.uint64(0)), starts[:-1]) for here in (half, ~half))
    of_text = np.argsort(order, kind="stable")
    return (
        Sets(starts, numbers[taken], (words[0], words[1])),
        texts[firsts[order[of_text]]],
        (np.cumsum(new) - 1)[of_text],
    )


def near_pairs(sets: Sets, per_cent: int, places: Places, budget: int = BUDGET) -> "tuple[Whole, Whole, Search]":
    """All pairs of sets that are near and stand in reach of each other: low, high (low < high), each once."""
    import numpy as np

    done = Search(budget)
    for low, high in _proposed(sets, per_cent, places, done):
        packed = np.unique(np.minimum(low, high) << 32 | np.maximum(low, high))
        done.low.append(packed >> 32)
        done.high.append(packed & 0xFFFFFFFF)
    if not done.low:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, done
    packed = np.unique(np.concatenate(done.low) << 32 | np.concatenate(done.high))
    low, high = packed >> 32, packed & 0xFFFFFFFF
    near = _are_near(sets, per_cent, low, high)
    return low[near], high[near], done


def near_labels(sets: Sets, per_cent: int, budget: int = BUDGET) -> "tuple[Whole, Search]":
    """The groups of sets that near pairs join in a chain: for each set the least set of its group."""
    import numpy as np

    labels = np.arange(len(sets.sizes))
    everywhere = Places(labels.copy(), np.zeros(len(labels), np.int64), 0)
    done = Search(budget)
    for low, high in _proposed(sets, per_cent, everywhere, done, labels):
        apart = labels[low] != labels[high]
        low, high = low[apart], high[apart]
        near = _are_near(sets, per_cent, low, high)
        join(labels, low[near], high[near])
    return labels, done


def join(labels: "Whole", low: "Whole", high: "Whole") -> None:
    """Make one group of each two sets: `labels` names the least of each group, before and after."""
    import numpy as np

    while True:
        one, other = labels[low], labels[high]
        apart = one != other
        if not apart.any():
            return
        low, high, one, other = low[apart], high[apart], one[apart], other[apart]
        np.minimum.at(labels, np.maximum(one, other), np.minimum(one, other))
        while True:
            shorter = labels[labels]
            if (shorter == labels).all():
                break
            labels[:] = shorter


def _proposed(
    sets: Sets, per_cent: int, places: Places, done: Search, labels: "Whole | None" = None
) -> "Iterator[tuple[Whole, Whole]]":  # fmt: skip
    """Pairs of sets of one box that their sizes and bits do not exclude; boxes of one label are done."""
    import numpy as np

    sizes = sets.sizes
    for rows in _boxes(sets, per_cent, places):
        box, place = rows
        here, distance = np.arange(len(box)), 0
        gathered: list[tuple[Whole, Whole]] = []
        waiting = 0
        while True:
            distance += 1
            here = here[here + distance < len(box)]
            there = here + distance
            inside = (box[here] == box[there]) & (places.at[place[there]] - places.at[place[here]] <= places.reach)
            here, there = here[inside], there[inside]
            if not len(here):
                break
            done.looked += len(here)
            low, high = places.of[place[here]], places.of[place[there]]
            kept = _not_excluded(sets, sizes, per_cent, low, high)
            gathered.append((low[kept], high[kept]))
            waiting += int(kept.sum())
            if waiting > CHUNK or ((labels is not None and distance in (1, 2, 4, 8)) or distance % 16 == 0):
                yield _together(gathered)
                gathered, waiting = [], 0
                if labels is not None:
                    here = here[_of_several(box, labels[places.of[place]])[here]]
            if done.looked > done.budget and distance >= FURTHEST:
                done.uncovered += len(np.unique(box[here]))
                break
        if gathered:
            yield _together(gathered)


def _together(gathered: "list[tuple[Whole, Whole]]") -> "tuple[Whole, Whole]":
    import numpy as np

    return np.concatenate([low for low, _ in gathered]), np.concatenate([high for _, high in gathered])


def _of_several(box: "Whole", labels: "Whole") -> "NDArray[np.bool_]":
    """For each row whether its box holds sets of several labels."""
    import numpy as np

    firsts = np.flatnonzero(np.concatenate(([True], box[1:] != box[:-1])))
    several = np.minimum.reduceat(labels, firsts) != np.maximum.reduceat(labels, firsts)
    return np.repeat(several, np.diff(np.concatenate((firsts, [len(box)]))))


def _not_excluded(
    sets: Sets, sizes: "Whole", per_cent: int, low: "Whole", high: "Whole"
) -> "NDArray[np.bool_]":  # fmt: skip
    """Whether two sets may be near: of tokens that only one has, at most a share of both sizes is allowed."""
    import numpy as np

    kept: NDArray[np.bool_] = low != high
    one, other = sizes[low], sizes[high]
    allowed = (one + other) * (100 - per_cent) // (100 + per_cent)
    kept &= np.abs(one - other) <= allowed
    differing = np.bitwise_count(sets.bits[0][low] ^ sets.bits[0][high]).astype(np.int64)
    differing += np.bitwise_count(sets.bits[1][low] ^ sets.bits[1][high])
    kept &= differing <= allowed
    return kept


def _are_near(sets: Sets, per_cent: int, low: "Whole", high: "Whole") -> "NDArray[np.bool_]":
    """Whether the Jaccard index of two sets is at least so many per cent: in whole numbers, by their tokens."""
    import numpy as np

    common = np.zeros(len(low), dtype=np.int64)
    larger, done = np.maximum(sets.sizes[low], sets.sizes[high]), 0
    for most in (16, 32, int(larger.max(initial=0))):
        rows = np.flatnonzero((larger > done) & (larger <= most))
        in_full = _common_of_many if most > 32 else _common_of_few
        for start in range(0, len(rows), IN_FULL):
            part = rows[start : start + IN_FULL]
            common[part] = in_full(sets, low[part], high[part], most)
        done = most
    near: NDArray[np.bool_] = 100 * common >= per_cent * (sets.sizes[low] + sets.sizes[high] - common)
    return near


def _common_of_few(sets: Sets, low: "Whole", high: "Whole", most: int) -> "Whole":
    """Tokens in common of sets of at most `most` tokens (16 or 32): each with each."""
    import numpy as np

    one, other = (_padded(sets, which, most, none) for which, none in ((low, 0), (high, -1)))
    equal = (one[:, :, None] == other[:, None, :]).reshape(len(low), most * most)
    common: Whole = np.bitwise_count(np.packbits(equal, axis=1).view(np.uint64)).sum(axis=1, dtype=np.int64)
    return common


def _padded(sets: Sets, which: "Whole", most: int, none: int) -> "NDArray[np.int32]":
    import numpy as np

    place = np.arange(most)
    there = place < sets.sizes[which][:, None]
    taken = np.where(there, sets.starts[which][:, None] + place, 0)
    padded: NDArray[np.int32] = np.where(there, sets.numbers[taken], none).astype(np.int32)
    return padded


def _common_of_many(sets: Sets, low: "Whole", high: "Whole", _: int) -> "Whole":
    """Tokens in common of larger sets: what stands twice among the tokens of both."""
    import numpy as np

    pair, tokens = np.arange(len(low)), []
    for which in (low, high):
        size = sets.sizes[which]
        ends = np.cumsum(size)
        taken = np.repeat(sets.starts[which] - (ends - size), size) + np.arange(ends[-1])
        tokens.append(np.repeat(pair, size) << 32 | sets.numbers[taken])
    merged = np.concatenate(tokens)
    merged.sort()
    common: Whole = np.bincount(merged[1:][merged[1:] == merged[:-1]] >> 32, minlength=len(low))
    return common


def _boxes(sets: Sets, per_cent: int, places: Places) -> "Iterator[tuple[Whole, Whole]]":
    """The boxes of each depth (tokens that a box stands for): box and place of each row, by box, then by place.

    A pair belongs to the depth of its smaller set, and the larger set stands in the boxes of all depths that a near
    smaller one may have. Rows that are alone in their box are left out.
    """
    import numpy as np

    width = max(len(places.of).bit_length(), 1)
    sizes = sets.sizes
    by_size = [np.flatnonzero(sizes[places.of] == size) for size in np.unique(sizes).tolist()]
    depths = {size: _depths(size, per_cent) for size in np.unique(sizes).tolist()}
    for depth in (*DEPTHS, 1):
        made = []
        for size, rows in zip(depths, by_size, strict=True):
            if depth not in depths[size]:
                continue
            prefix = min(size, size - _overlap(size, per_cent) + depth)
            first = sets.starts[places.of[rows]]
            tokens = [sets.numbers[first + place].astype(np.uint64) for place in range(prefix)]
            for chosen in combinations(tokens, depth):
                key = np.full(len(rows), depth, dtype=np.uint64)
                for token in chosen:
                    key = (key + token) * np.uint64(_MIX[0])
                    key ^= key >> np.uint64(32)
                made.append(
                    (key * np.uint64(_MIX[1])) >> np.uint64(width + 1) << np.uint64(width) | rows.astype(np.uint64)
                )
        if not made:
            continue
        packed = np.concatenate(made)
        del made
        packed.sort()
        box, place = (
            (packed >> np.uint64(width)).astype(np.int64),
            (packed & np.uint64((1 << width) - 1)).astype(np.int64),
        )
        del packed
        at = places.at[place]
        beside = (box[1:] == box[:-1]) & (at[1:] - at[:-1] <= places.reach)
        kept = np.concatenate((beside, [False])) | np.concatenate(([False], beside))
        if kept.any():
            yield box[kept], place[kept]


def _overlap(size: int, per_cent: int) -> int:
    """The least number of tokens that a set of this size has in common with a near one."""
    return max((per_cent * size + 99) // 100, 1)


def _depth(size: int, per_cent: int) -> int:
    """How many tokens the boxes of a set stand for: the more, the fewer are together by accident."""
    least = _overlap(size, per_cent)
    return next(
        (deep for deep, boxes in DEPTHS.items() if deep <= least and comb(size - least + deep, deep) <= boxes), 1
    )


def _depths(size: int, per_cent: int) -> set[int]:
    """The depths of all smaller sets that may be near one of this size."""
    return {_depth(smaller, per_cent) for smaller in range(_overlap(size, per_cent), size + 1)}
