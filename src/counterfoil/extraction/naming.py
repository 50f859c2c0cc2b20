"""What the rules for names hand over: one naming, before namings of the same actor are joined."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from counterfoil.model.extraction import Actor, Alias

INFLUENCE = ("actor", "network")  #: kinds of actors that run operations
ORGANISATIONS = ("agency", "company", "outlet")


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


def by_name(actors: Iterable[Actor], kinds: Container[str]) -> dict[str, Actor]:
    """Each name and alias of the actors of these kinds -> the actor."""
    return {
        name: actor
        for actor in actors
        if actor.kind in kinds
        for name in (actor.name, *(alias.name for alias in actor.aliases))
    }


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What two spellings of one name share: "Storm-1852", "Storm1852"; "Doppelgänger", "Doppelganger"."""
    folded = name.casefold()
    if folded.isascii():
        if folded.isalnum():
            return folded
    else:
        folded = "".join(letter for letter in normalize("NFKD", folded) if not combining(letter))
    return "".join(letter for letter in folded if letter.isalnum())
