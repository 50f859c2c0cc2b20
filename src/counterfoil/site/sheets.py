"""Which sheets and columns the pages need, and the refusal of a workbook that lacks them."""

from counterfoil.errors import InputError
from counterfoil.model.sheet import Master, Sheet

_NAMED = ("disarm_id", "name", "summary")

#: sheet -> the columns that the pages use
PAGE_SHEETS: dict[str, tuple[str, ...]] = {
    "phases": _NAMED,
    "tactics": (*_NAMED, "phase_id"),
    "techniques": (*_NAMED, "tactic_id"),
    "tasks": (*_NAMED, "tactic_id"),
    "countermeasures": (
        *_NAMED,
        "metatechnique",
        "actortypes",
        "resources_needed",
        "incident_ids",
        "tactic",
        "responsetype",
        "techniques",
    ),
    "detections": (
        *_NAMED,
        "metatechnique",
        "actortypes",
        "resources_needed",
        "incidents",
        "tactic",
        "responsetype",
        "techniques",
    ),
    "metatechniques": _NAMED,
    "actortypes": (*_NAMED, "sector_ids", "framework_ids"),
    "responsetypes": _NAMED,
    "incidents": (
        *_NAMED,
        "objecttype",
        "year_started",
        "attributions_seen",
        "found_in_country",
        "urls",
        "when_added",
        "found_via",
    ),
    "urls": ("url_id", "pub_date", "authors", "org", "archive_link"),
    "incidenttechniques": ("incident_id", "technique_ids", "name"),
    "associatedtechniques": ("technique_id", "associated_technique_id", "description"),
}

#: columns that say what an entry belongs to, and the sheet that holds that
BELONGS = {
    "tactics": {"phase_id": "phases"},
    "techniques": {"tactic_id": "tactics"},
    "tasks": {"tactic_id": "tactics"},
    "countermeasures": {"metatechnique": "metatechniques", "tactic": "tactics", "responsetype": "responsetypes"},
    "detections": {"metatechnique": "metatechniques", "tactic": "tactics", "responsetype": "responsetypes"},
}


def need(master: Master, name: str, columns: tuple[str, ...]) -> Sheet:
    """The sheet of that name, sure to have these columns.

    Raises:
        InputError: there is no such sheet, or it lacks a column.
    """
    sheet = master.sheets.get(name)
    if sheet is None:
        raise InputError(
            f"The workbooks have no sheet {name!r}.",
            "Pages need both DISARM_FRAMEWORKS_MASTER.xlsx and DISARM_DATA_MASTER.xlsx.",
        )
    missing = [column for column in columns if column not in sheet.columns]
    if missing:
        raise InputError(
            f"The sheet {name!r} of {master.sources.get(name, 'the workbook')} has no column {missing[0]!r}.",
            f"It has: {', '.join(sheet.columns)}.",
        )
    return sheet
