"""The codebook: our own guidance and cues for every technique of a framework.

The YAML files, their schema and how to edit them: docs/codebook.md. The cue language is compiled in
`counterfoil.coding.cues`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

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
class LanguageCues:
    """The cues for one technique in another language than English, beside the entry's own; see `Entry`."""

    id: str
    cues: Mapping[Strength, tuple[str, ...]]
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    lists: str = ""  #: the scope of named lists: "languages/" and the language


@dataclass(frozen=True, slots=True)
class Codebook:
    """Entries by technique id, for one framework version.

    `lists` maps a scope (a tactic file's stem, or "" for the shared lists) to named word lists that
    cues refer to as `<name>`. `digest` identifies the content: it is stored with each suggestion.
    `languages` maps an ISO 639-1 code to cues by technique id. `cache` is a folder for what is derived from it.
    """

    framework: Framework
    entries: Mapping[str, Entry]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    digest: str
    languages: Mapping[str, Mapping[str, LanguageCues]] = field(default_factory=dict)
    cache: Path | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A text with the codes an analyst gives it, most telling first; `group` names what it belongs to.

    `arguable` codes may be given or left out; of `unjudged` ones, which were suggested and not decided on,
    nothing is known. Every other code is taken as not given. A passage that was kept back from those who
    write cues tells how far cues are to be trusted; on others they look better than they are.
    """

    text: str
    codes: tuple[str, ...]
    arguable: tuple[str, ...] = ()
    group: str = ""
    unjudged: tuple[str, ...] = ()
    kept_back: bool = True
