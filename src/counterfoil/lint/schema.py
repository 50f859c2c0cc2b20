"""What the columns of DISARM's sheets hold: ids, references, texts, addresses.

Rules ask here rather than naming columns themselves, so that a sheet that DISARM adds is one line.
"""

import re
from dataclasses import dataclass

#: sheet -> the shape of the ids that it defines (its column is `OWN_ID`)
SHAPES = {
    "phases": r"P\d{2}",
    "tactics": r"TA\d{2}",
    "techniques": r"T\d{4}(?:\.\d{3})?",
    "frameworks": r"FW\d{2}",
    "tasks": r"TK\d{4}",
    "detections": r"F\d{5}",
    "countermeasures": r"C\d{5}",
    "playbooks": r"PB\d{5}",
    "responsetypes": r"D\d{2}",
    "metatechniques": r"M\d{3}",
    "actortypes": r"A\d{3}",
    "resources": r"R\d{3}",
    "sectors": r"S\d{3}",
    "MOE": r"ME\d{5}",
    "MOP": r"MP\d{5}",
    "examples": r"E\d{6}",
    "incidents": r"I\d{5}",
    "associatedtechniques": r"AT\d{8}",
    "incidenttechniques": r"IT\d{8}",
    "narratives": r"N\d{5}",
    "externalgroups": r"G\d{6}",
    "externalgroupcounters": r"GC\d{6}",
    "tools": r"TL\d{5}",
}
OWN_ID = "disarm_id"


@dataclass(frozen=True, slots=True)
class Refers:
    """A column whose cells name rows of other sheets.

    `named`: the ids come with names ("A007 - factchecker"), else the cell is a plain list of ids.
    """

    sheet: str
    column: str
    to: tuple[str, ...]
    named: bool = False


_RESPONSES = ("countermeasures", "detections")

REFERENCES = (
    Refers("incidenttechniques", "incident_id", ("incidents",)),
    Refers("incidenttechniques", "technique_ids", ("techniques",)),
    Refers("associatedtechniques", "technique_id", ("techniques",)),
    Refers("associatedtechniques", "associated_technique_id", ("techniques",)),
    Refers("techniques", "tactic_id", ("tactics",)),
    Refers("tactics", "phase_id", ("phases",)),
    Refers("tasks", "tactic_id", ("tactics",)),
    Refers("tasks", "framework_id", ("frameworks",)),
    Refers("actortypes", "sector_ids", ("sectors",)),
    Refers("actortypes", "framework_ids", ("frameworks",)),
    Refers("countermeasures", "incident_ids", ("incidents",)),
    Refers("detections", "incidents", ("incidents",)),
    *(Refers(sheet, "responsetype", ("responsetypes",)) for sheet in _RESPONSES),
    *(Refers(sheet, "metatechnique", ("metatechniques",), named=True) for sheet in _RESPONSES),
    *(Refers(sheet, "actortypes", ("actortypes",), named=True) for sheet in _RESPONSES),
    *(Refers(sheet, "resources_needed", ("resources",), named=True) for sheet in _RESPONSES),
    *(Refers(sheet, "tactic", ("tactics",), named=True) for sheet in _RESPONSES),
    *(Refers(sheet, "techniques", ("techniques", "tactics"), named=True) for sheet in _RESPONSES),
    # In MOE the columns stand one to the left: "phase" holds tactics, "tactic" techniques.
    Refers("MOE", "phase", ("tactics",), named=True),
    Refers("MOE", "tactic", ("techniques",), named=True),
    Refers("externalgroupcounters", "externalgroup_id", ("externalgroups",)),
    Refers("externalgroupcounters", "activity_id", _RESPONSES),
    Refers("examples", "object_id", ("techniques", *_RESPONSES)),
    Refers("playbooks", "object_id", _RESPONSES),
)

#: columns whose running text cites techniques inline ("T0097.102: Journalist Persona")
CITING = (
    ("incidenttechniques", "name"),
    ("incidents", "summary"),
    ("techniques", "summary"),
    ("tactics", "summary"),
    ("associatedtechniques", "description"),
)

#: columns of running text, in which HTML is allowed
TEXTS = (*CITING, ("examples", "summary"), *((sheet, "summary") for sheet in _RESPONSES), ("externalgroups", "summary"))

#: columns that hold one name of a thing
NAMES = tuple((sheet, "name") for sheet in SHAPES if sheet != "incidenttechniques")

#: columns of web addresses, and whether a cell may hold several
ADDRESSES = (
    ("incidents", "urls", True),
    ("urls", "url_id", False),
    ("urls", "archive_link", False),
    ("externalgroups", "url", True),
    ("suggested_externalgroups", "URL", True),
    ("removed_externalgroups", "url", True),
    ("forums", "url", True),
    ("tools", "url", True),
    ("tools", "code_url", True),
    ("removed_tools", "url", True),
    ("removed_tools", "code_url", True),
)

COUNTRIES = (
    ("incidents", "found_in_country"),
    ("incidents", "attributions_seen"),
    ("externalgroups", "country"),
    ("suggested_externalgroups", "Country"),
    ("removed_externalgroups", "country"),
)


def shape(sheets: tuple[str, ...]) -> re.Pattern[str]:
    """Matches an id of one of these sheets, and nothing else."""
    return re.compile("|".join(SHAPES[sheet] for sheet in sheets))
