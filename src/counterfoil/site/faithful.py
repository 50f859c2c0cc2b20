"""The workbooks as DISARM's generator sees them, faults included (inferred from its output).

What it does with a cell:

- A column of numbers that has an empty cell is a column of fractions: the year 2016 reads "2016.0".
- A list of ids is cut at commas and not trimmed: " T0084.002" is then no technique, and its edge is lost.
- Of each piece only what stands before the first blank counts: where ids run together ("T0010 - Cultivate
  … T0039 - Bait …"), only the first is seen.
- A web address counts if the whole cell is one of the urls sheet.
- Which tactics a counter works on besides its own, which incidents it was seen in, and its playbooks are
  never filled in.
- A row with blanks only still is an incident, without id or name.
"""

from collections.abc import Mapping
from datetime import date, datetime

from counterfoil.model.sheet import Cell, Master, Sheet
from counterfoil.site.catalogue import Catalogue, Edge, Entry, Reference
from counterfoil.site.sheets import BELONGS, PAGE_SHEETS, need


def read(master: Master) -> Catalogue:
    """The catalogue as DISARM's generator would have it.

    Raises:
        InputError: a sheet or column that the pages need is missing.
    """
    cells = {name: _texts(need(master, name, columns)) for name, columns in PAGE_SHEETS.items()}
    entries = {name: _entries(name, cells[name]) for name in cells if "disarm_id" in PAGE_SHEETS[name]}
    techniques = {entry.id for entry in entries["techniques"]}
    actors = {entry.id for entry in entries["actortypes"]}
    return Catalogue(
        entries=entries,
        members={
            (sheet, column): _members(sheet, column, entries[sheet])
            for sheet, columns in BELONGS.items()
            for column in columns
        },
        codings=_edges("incidenttechniques", cells, ("incident_id", "technique_ids", "name"), techniques),
        associated=_edges(
            "associatedtechniques", cells, ("technique_id", "associated_technique_id", "description"), techniques
        ),
        counter_techniques=_edges("countermeasures", cells, ("disarm_id", "techniques", ""), techniques),
        counter_actors=_edges("countermeasures", cells, ("disarm_id", "actortypes", ""), actors),
        references=_references(cells),
    )


Rows = list[tuple[int, Mapping[str, str]]]


def _texts(sheet: Sheet) -> Rows:
    """Each row's number and cells as text, numbers as the generator prints them."""
    as_fractions = {
        column: any(row.cells.get(column, "") == "" for row in sheet.rows)
        and all(isinstance(row.cells.get(column, ""), float) or row.cells.get(column, "") == "" for row in sheet.rows)
        for column in sheet.columns
    }
    return [
        (row.number, {column: _text(row.cells.get(column, ""), as_fractions[column]) for column in sheet.columns})
        for row in sheet.rows
    ]


def _text(value: Cell, as_fraction: bool) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and not as_fraction:
        return str(int(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value} 00:00:00"
    return str(value)


def _entries(sheet: str, rows: Rows) -> tuple[Entry, ...]:
    entries = [Entry(cells.get("disarm_id", ""), cells.get("name", ""), cells, number) for number, cells in rows]
    return tuple(sorted(entries, key=lambda entry: entry.id) if sheet == "countermeasures" else entries)


def _members(sheet: str, column: str, entries: tuple[Entry, ...]) -> tuple[Edge, ...]:
    return tuple(Edge(entry.id, entry.fields[column].split(" ")[0], sheet, entry.row, column) for entry in entries)


def _edges(sheet: str, cells: Mapping[str, Rows], columns: tuple[str, str, str], known: set[str]) -> tuple[Edge, ...]:
    left, right, text = columns
    return tuple(
        Edge(row[left], token, sheet, number, right, row.get(text, ""))
        for number, row in cells[sheet]
        for piece in row[right].split(",")
        if (token := piece.split(" ")[0]) in known
    )


def _references(cells: Mapping[str, Rows]) -> tuple[Reference, ...]:
    described = {row["url_id"]: row for _, row in cells["urls"]}
    return tuple(
        Reference(
            row["disarm_id"], row["urls"], known["pub_date"], known["authors"], known["org"], known["archive_link"]
        )
        for _, row in cells["incidents"]
        if (known := described.get(row["urls"])) is not None
    )
