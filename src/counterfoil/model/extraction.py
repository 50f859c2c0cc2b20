"""What extraction finds in a report besides techniques. Every item carries its evidence."""

from dataclasses import dataclass, field

from counterfoil.model.evidence import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an actor, and who uses it (empty: the text does not say)."""

    name: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `kind` is "actor", "state", "agency", "company", "outlet", "network" or "person".

    `state` is the ISO 3166-1 alpha-2 code the text ties the actor to, else empty. `spans` hold every
    mention of the name or an alias.
    """

    name: str
    spans: Spans
    aliases: tuple[Alias, ...] = ()
    kind: str = "actor"
    state: str = ""
    reason: str = ""

    @property
    def is_operation(self) -> bool:
        """Whether it is an influence actor or its network, not a state, agency, company, ..."""
        return self.kind in ("actor", "network")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A sourced claim that `actor` acts for, or is linked to, `to`; `by` is who says so.

    `strength` is "asserted", "assessed", "linked", "alleged" or "denied".
    """

    actor: str
    to: str
    by: str
    strength: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the operation acts against; `by` is the actor, if the text says."""

    name: str
    role: str
    spans: Spans
    by: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a passage, and through whom (`via`): a speaker quoted by an outlet, a cited report."""

    speaker: str
    via: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class DateMention:
    """A written date. `value` is ISO 8601 as far as the text goes ("2024-07", "2024-09-17"), empty
    when it cannot be resolved; `precision` is "day", "month", "year", "weekday", "quarter", ..."""

    text: str
    value: str
    precision: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its ISO 3166 code."""

    name: str
    code: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class PlatformMention:
    """An online platform named in the text."""

    name: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Observable:
    """A technical trace, in STIX's words where it has one: "domain-name", "url", "email-addr",
    "ipv4-addr", "ipv6-addr", "file-hash", "handle", "hashtag". `value` is refanged and normalised;
    `spans` hold it as written."""

    type: str
    value: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the operation says, as a clause of the text."""

    text: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that extraction found in one report, each list in text order."""

    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    targets: tuple[Target, ...] = ()
    voices: tuple[Voice, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[Place, ...] = ()
    platforms: tuple[PlatformMention, ...] = ()
    observables: tuple[Observable, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    coder: str = field(default="", compare=False)  #: "name version" of what extracted it
