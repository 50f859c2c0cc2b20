"""A tiny invented framework as sheets, to be bent by the tests."""

from collections.abc import Mapping, Sequence

from counterfoil.model.sheet import Cell, Master, Row, Sheet
from counterfoil.site.sheets import PAGE_SHEETS

Table = Sequence[Mapping[str, Cell]]

TABLES: dict[str, Table] = {
    "phases": [{"disarm_id": "P01", "name": "Plan", "summary": "Think."}],
    "tactics": [
        {"disarm_id": "TA01", "name": "Invent", "summary": "Make up.", "phase_id": "P01"},
        {"disarm_id": "TA02", "name": "Spend", "summary": "Pay.", "phase_id": "P01"},
    ],
    "techniques": [
        {"disarm_id": "T0001", "name": "Make Things Up", "summary": "All.", "tactic_id": "TA01"},
        {"disarm_id": "T0001.001", "name": "Make Up People", "summary": "Some.", "tactic_id": "TA01"},
        {"disarm_id": "T0002", "name": "Pay Somebody", "summary": "Money.", "tactic_id": "TA02"},
    ],
    "tasks": [{"disarm_id": "TK0001", "name": "Aim", "summary": "Aim.", "tactic_id": "TA01"}],
    "countermeasures": [
        {
            "disarm_id": "C00002",
            "name": "Ask twice",
            "summary": "Ask.",
            "metatechnique": "M001 - Patience",
            "actortypes": "A001 - reader",
            "incident_ids": "I00001",
            "tactic": "TA01 Invention",
            "responsetype": "D01",
            "techniques": "T0001 - Make Things Up T0002 - Pay Somebody TA02 - Spend T0999 - Gone",
        },
        {"disarm_id": "C00001", "name": "Wait", "summary": "", "tactic": "TA02 - Spend", "responsetype": "D01"},
    ],
    "detections": [
        {
            "disarm_id": "F00001",
            "name": "Look",
            "summary": "",
            "tactic": "TA01",
            "responsetype": "D01",
            "techniques": "All",
        }
    ],
    "metatechniques": [{"disarm_id": "M001", "name": "Patience", "summary": "Wait."}],
    "actortypes": [
        {"disarm_id": "A001", "name": "reader", "summary": "", "sector_ids": "S001", "framework_ids": "FW01"}
    ],
    "responsetypes": [{"disarm_id": "D01", "name": "Detect", "summary": "See."}],
    "incidents": [
        {
            "disarm_id": "I00001",
            "name": "Grey Heron",
            "summary": "A heron.",
            "objecttype": "incident",
            "year_started": 2031.0,
            "attributions_seen": "Atlantis",
            "found_in_country": "Utopia",
            "urls": "https://example.org/a https://example.org/b",
            "when_added": "2031-04-01",
        },
        {"disarm_id": "I00002", "name": "Red Heron", "summary": "Another.", "year_started": ""},
    ],
    "urls": [
        {
            "url_id": "https://example.org/a",
            "pub_date": "2031",
            "authors": "A. Writer",
            "org": "Example",
            "archive_link": "",
        }
    ],
    "incidenttechniques": [
        {
            "incident_id": "I00001",
            "technique_ids": "T0001,\N{NO-BREAK SPACE}T0001.001, T0002",
            "name": "They made it up.",
        }
    ],
    "associatedtechniques": [
        {"technique_id": "T0001", "associated_technique_id": "T0002", "description": "Lies cost money."}
    ],
    "sectors": [{"disarm_id": "S001", "name": "Press"}],
    "frameworks": [{"disarm_id": "FW01", "name": "Red"}],
    "playbooks": [{"disarm_id": "PB00001", "object_id": "C00002", "name": "Ask a friend"}],
}


def master(**changed: Table) -> Master:
    """The tables as a workbook's sheets, some of them replaced."""
    tables = {**TABLES, **changed}
    return Master({name: sheet(name, rows) for name, rows in tables.items()}, dict.fromkeys(tables, "small.xlsx"))


def sheet(name: str, rows: Table) -> Sheet:
    columns = tuple(dict.fromkeys([*PAGE_SHEETS.get(name, ()), *(column for row in rows for column in row)]))
    return Sheet(
        name,
        columns,
        tuple(
            Row(number, {column: row.get(column, "") for column in columns}) for number, row in enumerate(rows, start=2)
        ),
    )
