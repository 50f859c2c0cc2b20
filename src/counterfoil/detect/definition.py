"""What counts as acting together: stated to the comma, so that figures can be compared with published work."""

from dataclasses import dataclass, replace
from enum import StrEnum

from counterfoil.errors import UsageError

SECOND = 1_000_000  #: microseconds


class Count(StrEnum):
    """What the weight of an edge counts."""

    MESSAGES = "messages"  #: u's distinct messages with a message of v on the same object in the window (directed)
    PAIRS = "pairs"  #: pairs of a message of u and one of v on the same object in the window (undirected)
    OBJECTS = "objects"  #: distinct objects on which u and v acted within the window (undirected)


@dataclass(frozen=True, slots=True)
class Definition:
    """When two accounts act together.

    Args:
        window: microseconds between the two acts.
        closed: whether acts exactly `window` apart count.
        count: what the weight counts.
        minimum: the least weight of an edge that is kept.
        self_loops: whether an account is linked to itself by acting again on an object.
        participation: the least number of an account's acts: on any object, before pairing, and (CooRTweet's second
            filter) among those acts that were paired, where one of the two accounts suffices. 0: no filter.
    """

    window: int = 60 * SECOND
    closed: bool = True
    count: Count = Count.MESSAGES
    minimum: int = 2
    self_loops: bool = False
    participation: int = 0

    def __post_init__(self) -> None:
        if self.window < 0 or self.minimum < 1 or self.participation < 0:
            raise UsageError(
                "A window cannot be negative, and a minimum weight is at least 1.", "See docs/detection.md."
            )

    @property
    def reach(self) -> int:
        """The greatest distance that counts, in microseconds: times are whole microseconds."""
        return self.window if self.closed else self.window - 1

    @property
    def directed(self) -> bool:
        """Whether u to v is another edge than v to u."""
        return self.count is Count.MESSAGES


#: The definitions of published tools, to compare with. Sources: coordination-network-toolkit 1.5 (Graham et al.,
#: 2020), CooRTweet 2.1.3 (Righetti and Balluff, 2023); checked against their own data in the tests.
PUBLISHED = {
    "coordination-network-toolkit": Definition(minimum=2),
    "coortweet": Definition(window=10 * SECOND, count=Count.PAIRS, minimum=1, participation=2),
}


def published(name: str, window: int, least: int) -> Definition:
    """A published tool's definition with a window (microseconds) and its own minimum: of weight, or participation.

    Raises:
        UsageError: there is no such tool.
    """
    if name not in PUBLISHED:
        raise UsageError(f"There is no published definition {name!r}.", f"Choose one of: {', '.join(PUBLISHED)}.")
    chosen = PUBLISHED[name]
    if chosen.participation:
        return replace(chosen, window=window, participation=least)
    return replace(chosen, window=window, minimum=least)
