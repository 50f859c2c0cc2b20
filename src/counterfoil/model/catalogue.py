"""What a framework brings beyond tactics and techniques: counters, incidents, actors, groups, tools.

The types follow DISARM's sheets. Every item has an id without surrounding blanks and `other`: what its
row says in columns that have no field of their own, and the cells of which a part could not be linked.
Fields that name ids hold only ids that exist in the same data (or that could not be checked because the
sheet they belong to was not loaded); all else is in the load report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Ids = tuple[str, ...]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Whatever has an id in a catalogue."""

    id: str
    name: str = ""
    summary: str = ""
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrameworkPart(Item):
    """A framework that the data serve, such as DISARM Red (attack) or DISARM Blue (response)."""


@dataclass(frozen=True, slots=True)
class ResponseType(Item):
    """What a counter does to an operation: detect, deny, disrupt, degrade, ..."""


@dataclass(frozen=True, slots=True)
class Metatechnique(Item):
    """A family of counters: resilience, friction, removal, ..."""


@dataclass(frozen=True, slots=True)
class Sector(Item):
    """A sector of society that an actor type belongs to."""


@dataclass(frozen=True, slots=True)
class Resource(Item):
    """What a counter or detection needs."""

    type: str = ""


@dataclass(frozen=True, slots=True)
class ActorType(Item):
    """Who can act: a kind of person or organisation."""

    sectors: Ids = ()
    frameworks: Ids = ()


@dataclass(frozen=True, slots=True)
class Task(Item):
    """A task of those who run an operation, or of those who respond."""

    tactic: str = ""
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Response(Item):
    """What counters and detections have in common.

    `techniques` are those it works against; `tactics` those it works against as a whole, as the same
    list may name both; `every_technique` and `every_tactic` stand for the word "all". `tactic` is the
    tactic it belongs to. `references` are short names of literature.
    """

    tactic: str = ""
    responsetype: str = ""
    metatechniques: Ids = ()
    techniques: Ids = ()
    tactics: Ids = ()
    every_technique: bool = False
    every_tactic: bool = False
    actortypes: Ids = ()
    resources: Ids = ()
    incidents: Ids = ()
    references: Words = ()
    how_found: Words = ()


@dataclass(frozen=True, slots=True)
class Counter(Response):
    """A countermeasure."""

    tags: Words = ()


@dataclass(frozen=True, slots=True)
class Detection(Response):
    """A way to notice a technique."""


@dataclass(frozen=True, slots=True)
class Playbook(Item):
    """How a counter or a detection (`response`) is carried out."""

    response: str = ""


@dataclass(frozen=True, slots=True)
class Example(Item):
    """An example of a technique or a counter (`of`)."""

    of: str = ""


@dataclass(frozen=True, slots=True)
class AssociatedTechnique(Item):
    """Two techniques that belong together, one way; the summary says how."""

    technique: str = ""
    associated: str = ""


@dataclass(frozen=True, slots=True)
class Effectiveness(Item):
    """A measure of effectiveness (MOE): of a counter, against a technique of a tactic."""

    tactic: str = ""
    technique: str = ""
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Performance(Item):
    """A measure of performance (MOP)."""


@dataclass(frozen=True, slots=True)
class Incident(Item):
    """An incident as DISARM records it. `urls` are its references, `sources` those that are described
    in the catalogue; `kind` is "incident", "campaign", "apt" or "tactic"."""

    kind: str = ""
    year: str = ""
    attributed_to: Words = ()
    found_in: Words = ()
    urls: Words = ()
    sources: Ids = ()
    notes: str = ""
    added: str = ""
    found_via: Words = ()


@dataclass(frozen=True, slots=True)
class IncidentTechniques(Item):
    """A coded paragraph of an incident: `name` is the text with its inline codes, `techniques` the row's."""

    incident: str = ""
    techniques: Ids = ()


@dataclass(frozen=True, slots=True)
class Source(Item):
    """A reference of incidents; its id is its URL."""

    published: str = ""
    authors: str = ""
    publisher: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class CommonNarrative(Item):
    """A narrative that operations use."""

    topic: str = ""
    subtopic: str = ""


@dataclass(frozen=True, slots=True)
class ExternalGroup(Item):
    """An organisation that works against influence operations."""

    url: str = ""
    sector: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ExternalGroupCounter(Item):
    """That a group carries out a counter or detection (`response`, empty if none is given)."""

    group: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class Tool(Item):
    """A tool; `group` is who makes it, if that is a known group."""

    url: str = ""
    category: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row of a sheet that has no type here, or that has no id: kept as it is."""

    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it, each list in the source's order.

    `columns` is what the sheets say of phases, tactics and techniques beyond their own types, by id.
    """

    frameworks: tuple[FrameworkPart, ...] = ()
    responsetypes: tuple[ResponseType, ...] = ()
    metatechniques: tuple[Metatechnique, ...] = ()
    sectors: tuple[Sector, ...] = ()
    resources: tuple[Resource, ...] = ()
    actortypes: tuple[ActorType, ...] = ()
    tasks: tuple[Task, ...] = ()
    counters: tuple[Counter, ...] = ()
    detections: tuple[Detection, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    examples: tuple[Example, ...] = ()
    associated: tuple[AssociatedTechnique, ...] = ()
    effectiveness: tuple[Effectiveness, ...] = ()
    performance: tuple[Performance, ...] = ()
    incidents: tuple[Incident, ...] = ()
    incidenttechniques: tuple[IncidentTechniques, ...] = ()
    sources: tuple[Source, ...] = ()
    narratives: tuple[CommonNarrative, ...] = ()
    externalgroups: tuple[ExternalGroup, ...] = ()
    externalgroupcounters: tuple[ExternalGroupCounter, ...] = ()
    tools: tuple[Tool, ...] = ()
    loose: tuple[LooseRow, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedCitation:
    """A technique that DISARM's analysts cited. `inline`: its code stands in the text; `in_row`: the row
    lists it. `name` is the name written beside an inline code. `quotes` are the positions of the quotes that
    it stands behind; empty if the text does not tell which of several is meant."""

    technique: str
    inline: bool
    in_row: bool
    name: str = ""
    quotes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text quoted from a source, as plain text, and what the analyst says of it directly behind it.

    `mended` says in plain words what was taken out of the quote besides mark-up; empty if nothing was.
    """

    quote: str
    gloss: str = ""
    mended: str = ""


@dataclass(frozen=True, slots=True)
class CodedParagraph:
    """A row of DISARM's coded paragraphs: `lead` is what the analyst says before the first quote (or all
    there is, without a quote), `unlinked` codes that are none of the framework's techniques, as written."""

    id: str
    incident: str
    lead: str
    quotes: tuple[Quoted, ...]
    citations: tuple[ImportedCitation, ...]
    unlinked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownIncident:
    """An incident of the starting knowledge base: its record, its references, its coded paragraphs.

    `references` has one entry per URL, described where DISARM's urls sheet does; `text` is the summary
    without mark-up.
    """

    incident: Incident
    text: str
    references: tuple[Source, ...]
    paragraphs: tuple[CodedParagraph, ...]
