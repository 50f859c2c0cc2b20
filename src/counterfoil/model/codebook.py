"""The codebook: our own guidance and cues for every technique of a framework.

The YAML files, their schema and how to edit them: docs/codebook.md. The cue language is compiled in
`counterfoil.coding.cues`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from counterfoil.model.framework import Framework


class Strength(StrEnum):
    """How much a cue says by itself."""

    STRONG = "strong"  #: these words alone justify the code
    FAIR = "fair"  #: they usually mean it
    WEAK = "weak"  #: a hint: raises the rank, never asserts


@dataclass(frozen=True, slots=True)
class NotWhen:
    """When the technique is not meant, and which one is instead (empty if none)."""

    when: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the codebook says about one technique.

    `cues` maps a strength to cue strings; `excludes` are cues that silence the entry in a passage;
    `sentences` are model sentences as reports would word the technique; `positive` and `negative`
    are examples that run as tests; `companions` are codes that usually come with it.
    """

    id: str
    definition: str
    use_when: str
    not_when: tuple[NotWhen, ...] = ()
    cues: Mapping[Strength, tuple[str, ...]] = field(default_factory=dict)
    excludes: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    lists: str = ""  #: the scope of named lists: the tactic file's stem


@dataclass(frozen=True, slots=True)
class Codebook:
    """Entries by technique id, for one framework version.

    `lists` maps a scope (a tactic file's stem, or "" for the shared lists) to named word lists that
    cues refer to as `<name>`. `digest` identifies the content: it is stored with each suggestion.
    """

    framework: Framework
    entries: Mapping[str, Entry]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    digest: str
