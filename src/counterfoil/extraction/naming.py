"""What the rules for names hand over: one naming, before namings of the same actor are joined."""

from dataclasses import dataclass

from counterfoil.model.extraction import Alias


@dataclass(frozen=True, slots=True)
class Named:
    """`name` stands at `start` of the text read and is an actor of that kind, for that reason.

    `state` is the ISO 3166-1 code that the words around it tie it to, else empty.
    """

    start: int
    name: str
    kind: str
    state: str
    reason: str
    aliases: tuple[Alias, ...] = ()


def key(name: str) -> str:
    """What two spellings of one name share: "Storm-1852", "Storm1852", "STORM 1852"."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
