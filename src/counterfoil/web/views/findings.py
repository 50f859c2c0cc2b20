"""What the pages of findings show: the network and the times as places on a picture, posts by what they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from counterfoil.model.finding import Finding, Member, Sample

DRAWN = 200  #: accounts of a picture, those with the most ties
NAMED = 30  #: accounts up to which a picture names all
ROWS = 40  #: accounts with a line of their own in the picture of times
NETWORK = (720, 420)  #: width and height, in its own units
MARGIN = 46
TIMES = 760  #: width of the picture of times; `LEFT` of it is names
LEFT, LINE, TOP = 170, 22, 14
END = 52  #: to the right of the last post: half of its time's label
ASIDE = 5  #: between two signals' marks of one post
TICKS = 5
LONGEST_NAME = 60  #: letters of what an explanation is called
SHAPES = ("circle", "square", "diamond", "triangle")  #: of signals: told apart by form as well as by colour


@dataclass(frozen=True, slots=True)
class Node:
    """An account in the picture of the network; `label` is empty where there is no room for names."""

    x: float
    y: float
    radius: float
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A tie: from one place to another; `weight` 1 (weak) to 3."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight: int
    told: str


@dataclass(frozen=True, slots=True)
class Network:
    """The picture of a network; `left` accounts are not drawn."""

    nodes: Sequence[Node]
    lines: Sequence[Line]
    left: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A post in the picture of times."""

    x: float
    y: float
    shape: str
    told: str


@dataclass(frozen=True, slots=True)
class Times:
    """The sample posts by account and time."""

    names: Sequence[tuple[float, str]]
    marks: Sequence[Mark]
    ticks: Sequence[tuple[float, str]]
    legend: Sequence[tuple[str, str]]
    height: int
    left: int


@dataclass(frozen=True, slots=True)
class Together:
    """Sample posts that share one thing by one signal."""

    signal: str
    label: str
    shared: str
    posts: Sequence[tuple[str, int, Sample]]  #: what the account is called, its place among the members, the post

    @property
    def accounts(self) -> int:
        return len({post.account for _, _, post in self.posts})


@lru_cache(maxsize=64)
def network(finding: Finding) -> Network | None:
    """Where the accounts stand; None where the finding does not say which are tied."""
    import numpy as np

    from counterfoil.detect.layout import place

    drawn = min(len(finding.members), DRAWN)
    pairs = [pair for pair in finding.pairs if pair[0] < drawn and pair[1] < drawn]
    if not pairs:
        return None
    # Who is tied to nobody by the strongest ties is placed by a thread to the first, which is not drawn.
    tied = {end for pair in pairs for end in pair[:2]}
    threads = [(0, one, 1) for one in range(1, drawn) if one not in tied]
    low, high, weight = (np.array([pair[end] for pair in [*pairs, *threads]]) for end in range(3))
    at = place(np.zeros(drawn, dtype=np.int64), low, high, np.maximum(weight, 1).astype(float))
    span = np.maximum(at.max(axis=0) - at.min(axis=0), 1e-9)
    room = np.array(NETWORK) - 2 * MARGIN
    # Both ways alike, or a ring would be an egg; in the middle of what is left.
    scale = float((room / span).min())
    at = (at - (at.max(axis=0) + at.min(axis=0)) / 2) * scale + np.array(NETWORK) / 2
    most = max(member.ties for member in finding.members[:drawn]) or 1
    nodes = [
        Node(
            x=round(float(x), 1),
            y=round(float(y), 1),
            radius=round(4 + 5 * (member.ties / most) ** 0.5, 1),
            name=member.called,
            label=member.called[:18] if drawn <= NAMED else "",
        )
        for (x, y), member in zip(at.tolist(), finding.members, strict=False)
    ]
    heaviest = max(pair[2] for pair in pairs) or 1
    lines = [
        Line(
            *(nodes[one].x, nodes[one].y, nodes[other].x, nodes[other].y),
            weight=1 + min(2, 3 * shared // (heaviest + 1)),
            told=f"{nodes[one].name} and {nodes[other].name}: {shared} shared",
        )
        for one, other, shared in reversed(pairs)  # the strongest last, on top
    ]
    return Network(nodes, lines, len(finding.members) - drawn)


def times(finding: Finding) -> Times | None:
    """The sample posts by account and time; None where none has a time."""
    dated = [(moment, sample) for sample in finding.samples if (moment := _moment(sample.moment)) is not None]
    if not dated:
        return None
    acting = {sample.account for _, sample in dated}
    members = [member for member in finding.members if member.key in acting]
    row = {member.key: TOP + LINE * (number + 0.5) for number, member in enumerate(members[:ROWS])}
    signals = list(dict.fromkeys(support.signal for support in finding.supports))
    shape = {signal: SHAPES[min(number, len(SHAPES) - 1)] for number, signal in enumerate(signals)}
    first, last = (pick(moment for moment, _ in dated) for pick in (min, max))
    # A little air at both ends, and all in the middle where everything was at once.
    start, width = first.timestamp(), max((last - first).total_seconds(), 1.0)
    room = TIMES - LEFT - END

    def across(moment: datetime) -> float:
        share = (moment.timestamp() - start) / width if last > first else 0.5
        return round(LEFT + 12 + share * (room - 12), 1)

    aside = {signal: ASIDE * (number - (len(signals) - 1) / 2) for number, signal in enumerate(signals[: len(SHAPES)])}
    marks = [
        Mark(
            x=across(moment),
            y=round(row[sample.account] + aside.get(sample.signal, 0.0), 1),
            shape=shape.get(sample.signal, SHAPES[0]),
            told=f"{sample.moment}: {sample.text[:120]}",
        )
        for moment, sample in dated
        if sample.account in row
    ]
    ticks = (
        [datetime.fromtimestamp(start + width * number / (TICKS - 1), UTC) for number in range(TICKS)]
        if last > first
        else [first]
    )
    form = "%d %b" if width > 3 * 86400 else "%d %b %H:%M" if width > 3600 else "%H:%M:%S"
    labels = {support.signal: support.label for support in finding.supports}
    used = [signal for signal in signals if any(sample.signal == signal for _, sample in dated)]
    return Times(
        names=[(row[member.key], member.called[:22]) for member in members[:ROWS]],
        marks=marks,
        ticks=[(across(tick), tick.strftime(form)) for tick in ticks],
        legend=[(shape[signal], labels[signal]) for signal in used],
        height=TOP + LINE * len(row) + 34,
        left=max(0, len(members) - ROWS),
    )


def together(finding: Finding, account: str = "") -> list[Together]:
    """Sample posts by what they share, in the order of time; with an account's key what it has a part in."""
    labels = {support.signal: support.label for support in finding.supports}
    place = _places(finding)
    found: dict[tuple[str, str], list[tuple[str, int, Sample]]] = {}
    for sample in finding.samples:
        number = place.get((sample.platform, sample.account), place.get(("", sample.account), -1))
        called = finding.members[number].called if number >= 0 else sample.account
        found.setdefault((sample.signal, sample.shared), []).append((called, number, sample))
    return [
        Together(signal, labels.get(signal, signal), shared, posts)
        for (signal, shared), posts in found.items()
        if not account or any(post.account == account for _, _, post in posts)
    ]


def partners(finding: Finding, number: int) -> list[tuple[int, Member, int]]:
    """With whom an account is tied the most: place, member, and what both share."""
    tied = [(pair[0] + pair[1] - number, pair[2]) for pair in finding.pairs if number in pair[:2]]
    return [
        (other, finding.members[other], shared) for other, shared in sorted(tied, key=lambda one: (-one[1], one[0]))
    ]


def explanation(words: str) -> tuple[str, str]:
    """What an explanation is called, and the rest of it; one without a name begins with its first words."""
    name, colon, rest = words.partition(": ")
    return (name, rest) if colon and len(name) <= LONGEST_NAME else (f"{words[:LONGEST_NAME]}…", words)


def _places(finding: Finding) -> dict[tuple[str, str], int]:
    """Where accounts stand among the members, by platform and key; without a platform the first of that key."""
    places: dict[tuple[str, str], int] = {}
    for number, member in enumerate(finding.members):
        places.setdefault(("", member.key), number)
        places[member.platform, member.key] = number
    return places


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
