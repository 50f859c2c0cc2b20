"""What each column of DISARM's workbooks means: which type a sheet's rows become, which columns name other rows.

A column that is not listed here is kept in its item's `other`. "MOE" is shifted by one column in DISARM's
workbooks: its "phase" holds tactics, its "tactic" techniques and its "counter" counters' names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from counterfoil.model import catalogue as types
from counterfoil.model.framework import Phase, Tactic, Technique


class Reads(Enum):
    """How a cell is read."""

    TEXT = auto()  #: as it is
    NUMBER = auto()  #: a whole number
    WORDS = auto()  #: words or names between commas, semicolons, "and"
    LINK = auto()  #: one id, maybe followed by its name
    LINKS = auto()  #: ids, maybe each followed by its name, with or without separators
    NAMED = auto()  #: the name of a row of another sheet
    URLS = auto()  #: web addresses


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `to` maps the sheet that an id is looked up in to the field that takes it; `every` maps
    the word "all" to the field that it sets."""

    name: str
    into: str = ""
    reads: Reads = Reads.TEXT
    to: Mapping[str, str] = field(default_factory=dict)
    every: str = ""


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet: the list of `Catalogue` (or `Framework`) that it fills, its rows' type and its columns."""

    fills: str
    type: type
    columns: tuple[Column, ...]
    key: str = "disarm_id"
    in_data: bool = False  #: it stands in the DATA workbook
    may_lack: bool = False  #: older workbooks do not have it


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, name) for name in names)


def _link(name: str, sheet: str, to: str, reads: Reads = Reads.LINK) -> Column:
    return Column(name, "", reads, {sheet: to})


NAMED = _text("name", "summary")
TITLE = _text("name")


def _response(incidents: str) -> tuple[Column, ...]:
    """The columns that counters and detections share."""
    return (
        *NAMED,
        _link("metatechnique", "metatechniques", "metatechniques", Reads.LINKS),
        _link("actortypes", "actortypes", "actortypes", Reads.LINKS),
        _link("resources_needed", "resources", "resources", Reads.LINKS),
        _link(incidents, "incidents", "incidents", Reads.LINKS),
        _link("responsetype", "responsetypes", "responsetype"),
        Column("how_found", "how_found", Reads.WORDS),
        Column("references", "references", Reads.WORDS),
        Column("tactic", "", Reads.LINK, {"tactics": "tactic"}, every="every_tactic"),
        Column(
            "techniques",
            "",
            Reads.LINKS,
            {"techniques": "techniques", "tactics": "tactics"},
            every="every_technique",
        ),
    )


_OF_RESPONSE = {"countermeasures": "response", "detections": "response"}
_OF_ANY = {"techniques": "of", "countermeasures": "of", "detections": "of"}

FORMS: Mapping[str, SheetForm] = {
    "phases": SheetForm("phases", Phase, (*NAMED, Column("rank", "rank", Reads.NUMBER))),
    "tactics": SheetForm(
        "tactics",
        Tactic,
        (*NAMED, Column("rank", "rank", Reads.NUMBER), _link("phase_id", "phases", "phase")),
    ),
    "techniques": SheetForm("techniques", Technique, (*NAMED, _link("tactic_id", "tactics", "tactic"))),
    "frameworks": SheetForm("frameworks", types.FrameworkPart, NAMED),
    "responsetypes": SheetForm("responsetypes", types.ResponseType, NAMED),
    "metatechniques": SheetForm("metatechniques", types.Metatechnique, NAMED),
    "sectors": SheetForm("sectors", types.Sector, NAMED),
    "resources": SheetForm("resources", types.Resource, (*NAMED, Column("resource_type", "type"))),
    "actortypes": SheetForm(
        "actortypes",
        types.ActorType,
        (
            *NAMED,
            _link("sector_ids", "sectors", "sectors", Reads.LINKS),
            _link("framework_ids", "frameworks", "frameworks", Reads.LINKS),
        ),
    ),
    "tasks": SheetForm(
        "tasks",
        types.Task,
        (*NAMED, _link("tactic_id", "tactics", "tactic"), _link("framework_id", "frameworks", "framework")),
    ),
    "countermeasures": SheetForm(
        "counters", types.Counter, (*_response("incident_ids"), Column("tags", "tags", Reads.WORDS))
    ),
    "detections": SheetForm("detections", types.Detection, _response("incidents")),
    "playbooks": SheetForm("playbooks", types.Playbook, (*NAMED, Column("object_id", "", Reads.LINK, _OF_RESPONSE))),
    "MOE": SheetForm(
        "effectiveness",
        types.Effectiveness,
        (
            *NAMED,
            _link("phase", "tactics", "tactic"),
            _link("tactic", "techniques", "technique"),
            _link("counter", "countermeasures", "counter", Reads.NAMED),
        ),
    ),
    "MOP": SheetForm("performance", types.Performance, NAMED),
    "examples": SheetForm(
        "examples", types.Example, (*NAMED, Column("object_id", "", Reads.LINK, _OF_ANY)), in_data=True
    ),
    "urls": SheetForm(
        "sources",
        types.Source,
        (
            Column("pub_date", "published"),
            Column("authors", "authors"),
            Column("org", "publisher"),
            Column("archive_link", "archive"),
        ),
        key="url_id",
        in_data=True,
    ),
    "incidents": SheetForm(
        "incidents",
        types.Incident,
        (
            *NAMED,
            Column("objecttype", "kind"),
            Column("year_started", "year"),
            Column("attributions_seen", "attributed_to", Reads.WORDS),
            Column("found_in_country", "found_in", Reads.WORDS),
            Column("urls", "urls", Reads.URLS, {"urls": "sources"}),
            Column("notes", "notes"),
            Column("when_added", "added"),
            Column("found_via", "found_via", Reads.WORDS),
        ),
        in_data=True,
    ),
    "incidenttechniques": SheetForm(
        "incidenttechniques",
        types.IncidentTechniques,
        (
            *NAMED,
            _link("incident_id", "incidents", "incident"),
            _link("technique_ids", "techniques", "techniques", Reads.LINKS),
        ),
        in_data=True,
    ),
    "associatedtechniques": SheetForm(
        "associated",
        types.AssociatedTechnique,
        (
            Column("description", "summary"),
            _link("technique_id", "techniques", "technique"),
            _link("associated_technique_id", "techniques", "associated"),
        ),
        in_data=True,
        may_lack=True,
    ),
    "narratives": SheetForm(
        "narratives",
        types.CommonNarrative,
        (*NAMED, Column("main topic", "topic"), Column("subtopic", "subtopic")),
        in_data=True,
    ),
    "externalgroups": SheetForm(
        "externalgroups", types.ExternalGroup, (*NAMED, *_text("url", "sector", "region", "country")), in_data=True
    ),
    "externalgroupcounters": SheetForm(
        "externalgroupcounters",
        types.ExternalGroupCounter,
        (
            *_text("summary"),
            _link("externalgroup_id", "externalgroups", "group"),
            Column("activity_id", "", Reads.LINK, _OF_RESPONSE),
        ),
        in_data=True,
    ),
    "tools": SheetForm(
        "tools",
        types.Tool,
        (*NAMED, *_text("url", "category"), _link("externalgroup", "externalgroups", "group", Reads.NAMED)),
        in_data=True,
    ),
}

#: without these there is no framework, whatever the user allows
INDISPENSABLE = ("tactics", "techniques")
