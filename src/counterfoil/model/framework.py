"""Frameworks: versioned lists of tactics and techniques, such as DISARM Red 1.6."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from counterfoil.errors import UnknownCodeError


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A technique id with the framework and version that give it its meaning.

    DISARM has reused ids with other meanings, so an id alone says nothing.
    """

    framework: str
    version: str
    id: str

    def __str__(self) -> str:
        return f"{self.framework} {self.version} {self.id}"


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of an operation ("Plan", "Prepare", ...), in the framework's order; `rank` counts from 1."""

    id: str
    name: str
    rank: int = 0
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Tactic:
    """A tactic: what techniques are for. `phase` is a `Phase.id`; `rank` is its place in an operation, from 1.

    Both are empty (0) where the source does not tell.
    """

    id: str
    name: str
    phase: str
    rank: int = 0
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique or sub-technique; `parent` is empty for a technique. `tactic` is a `Tactic.id`.

    `more_tactics` are the others it serves, where a framework allows several (ATT&CK does).
    """

    id: str
    name: str
    tactic: str
    parent: str = ""
    summary: str = ""
    more_tactics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """One version of one framework. `released` is an ISO 8601 date, empty if unknown."""

    name: str
    version: str
    phases: tuple[Phase, ...] = ()
    tactics: tuple[Tactic, ...] = ()
    techniques: Mapping[str, Technique] = field(default_factory=dict)
    released: str = ""

    def code(self, technique_id: str) -> Code:
        """The full code of one of this framework's techniques.

        Raises:
            UnknownCodeError: it has no such technique.
        """
        return Code(self.name, self.version, self.technique(technique_id).id)

    def named(self, code: Code) -> Technique | None:
        """What the code stands for here; None if it is of another framework or version, or unknown."""
        here = (code.framework, code.version) == (self.name, self.version)
        return self.techniques.get(code.id) if here else None

    def technique(self, technique_id: str) -> Technique:
        """The technique of that id.

        Raises:
            UnknownCodeError: the framework has none; the hint names the nearest ids.
        """
        found = self.techniques.get(technique_id)
        if found is None:
            from difflib import get_close_matches

            near = get_close_matches(technique_id.upper(), self.techniques, n=3, cutoff=0.7)
            hint = f"Did you mean {', '.join(near)}?" if near else "Ids look like T0097 or T0097.110."
            raise UnknownCodeError(f"{self.name} {self.version} has no technique {technique_id!r}.", hint)
        return found

    def tactic(self, tactic_id: str) -> Tactic:
        """The tactic of that id.

        Raises:
            UnknownCodeError: the framework has none.
        """
        for tactic in self.tactics:
            if tactic.id == tactic_id:
                return tactic
        raise UnknownCodeError(f"{self.name} {self.version} has no tactic {tactic_id!r}.")

    def siblings(self, technique_id: str) -> tuple[Technique, ...]:
        """The other sub-techniques of the same parent, or a parent's own sub-techniques."""
        parent = self.technique(technique_id).parent or technique_id
        return tuple(t for t in self.techniques.values() if t.parent == parent and t.id != technique_id)
