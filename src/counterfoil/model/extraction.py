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

    `strength` is "asserted", "assessed", "linked", "alleged" or "denied"; `confidence` is what the source
    states of its own certainty ("high", "medium", "low"), empty if it states none.
    """

    actor: str
    to: str
    by: str
    strength: str
    spans: Spans
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the operation acts against; `by` is the actor, if the text says.

    `role` is as written ("Senator", "opposition party"). `kind` is "person", "party", "institution",
    "electorate", "community", "event", "company", "outlet" or "state". `country` is the ISO 3166-1 alpha-2
    code the text ties it to, `when` an event's date (ISO 8601); both empty if the text does not say.
    """

    name: str
    role: str
    spans: Spans
    by: str = ""
    kind: str = "person"
    country: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named who is no target: a spokesperson, author, journalist, official, analyst.

    `role` is as written, `of` the body they belong to; both empty if the text does not say.
    """

    name: str
    role: str
    spans: Spans
    of: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a passage, and through whom (`via`): a speaker quoted by an outlet, a cited report.

    `kind` is "quotation" (the speaker's own words), "reported" (their words in another's) or "source" (a
    paragraph introduced as somebody's report). A quotation in a quotation is a voice of its own, `via` the
    outer one.
    """

    speaker: str
    via: str
    spans: Spans
    kind: str = "quotation"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A written date. `value` is ISO 8601 as far as the text goes ("2024-07", "2024-09-17"), empty
    when it cannot be resolved; `precision` is "day", "month", "year", "weekday", "quarter", ... `role` is
    what the text says of it: activity "began", "ended" or "peaked", report "published", accounts "removed", an
    "event" took place; empty if nothing."""

    text: str
    value: str
    precision: str
    spans: Spans
    role: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its ISO 3166-1 alpha-2 code, or its ISO 3166-2 code where a region is written."""

    name: str
    code: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class PlatformMention:
    """An online platform named in the text; `technique` is the DISARM id of that kind of platform."""

    name: str
    spans: Spans
    technique: str = ""


@dataclass(frozen=True, slots=True)
class Observable:
    """A technical trace, in STIX's words where it has one: "domain-name", "url", "email-addr",
    "ipv4-addr", "ipv6-addr", "file-hash", "handle", "account-id", "hashtag", "telegram-channel",
    "wallet-address", "phone-number", "analytics-id", "advertising-id". `value` is refanged and normalised; `spans`
    hold it as written. `platform` is where a handle lives or what issued an id, empty if the text does not say."""

    type: str
    value: str
    spans: Spans
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the operation says, as a clause of the text; `by` is the actor, if the text says."""

    text: str
    spans: Spans
    by: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that an analyst wants: `value` in units of `unit`, and what it counts.

    `value` is a decimal number as text ("187", "1300000"), `most` the upper end of a range, else empty.
    `unit` is "accounts", "pages", "groups", "followers", "posts", "views", "domains", "USD", "EUR", "hours", ...;
    `counts` are the words that say what is counted ("removed from Facebook"), empty if none do. `qualifier` is
    "about", "at least" or "at most", empty if the number is exact.
    """

    value: str
    unit: str
    spans: Spans
    most: str = ""
    counts: str = ""
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the report refers to by an id or as a source.

    `kind` is "incident", "technique", "tactic" or "counter" (by DISARM id), "attack-technique" (by ATT&CK id),
    "citation" ("(Author, 2018)") or "source" (an address in a footnote or a list of references). `id` is the id
    or address, empty for a citation; `name` is what the text calls it, empty if it does not.
    """

    kind: str
    id: str
    name: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that extraction found in one report, each list in text order."""

    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    targets: tuple[Target, ...] = ()
    people: tuple[Person, ...] = ()
    voices: tuple[Voice, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[Place, ...] = ()
    platforms: tuple[PlatformMention, ...] = ()
    observables: tuple[Observable, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    coder: str = field(default="", compare=False)  #: "name version" of what extracted it
