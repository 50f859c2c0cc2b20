"""A turn of phrase that says whom an operation acts against: where it begins and where whom it hits stands."""

from dataclasses import dataclass

from counterfoil.extraction.expressions import Expression


@dataclass(frozen=True, slots=True)
class Turn:
    """`pattern` is matched at one of the `words`; whom it hits begins at its end or, if `behind`, ends at its start.

    `before` must be found in what stands before the word in its sentence. `hostile` turns tell for themselves that
    somebody is acted against; others only do where the operation acts or something is fake. `groups` may be hit too.
    """

    words: frozenset[str]
    pattern: Expression
    before: Expression | None = None
    behind: bool = False
    hostile: bool = True
    groups: bool = True
    faked: bool = False


def words(listed: str) -> frozenset[str]:
    """The words of a list in one string."""
    return frozenset(listed.split())
