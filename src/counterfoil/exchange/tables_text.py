"""Tables as CSV and JSON Lines: one table a file, row by row as incidents come in."""

import csv
import json
from collections.abc import Iterable
from typing import BinaryIO

from counterfoil.exchange.exporter import Exporter, Write, as_text
from counterfoil.exchange.formulas import harmless
from counterfoil.exchange.tables import TABLES, Table, Value, complete
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

BETWEEN = "\n"  #: between the entries of a list that stands in one cell
BOM = "\ufeff"  #: by which spreadsheets tell UTF-8


def cell_of(value: Value) -> str | int | float:
    """A value as one cell that no spreadsheet computes; a list has an entry a line."""
    if isinstance(value, tuple):
        value = BETWEEN.join(" ".join(entry.split("\n")) for entry in value)
    return harmless(value) if isinstance(value, str) else value


def _csv(table: Table) -> Write:
    def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
        with as_text(out) as text:
            text.write(BOM)
            rows = csv.writer(text, lineterminator="\r\n")
            rows.writerow(table.columns)
            for coded in incidents:
                for row in table.rows(coded, framework):
                    rows.writerow([cell_of(value) for value in complete(table, row).values()])

    return write


def _json_lines(table: Table) -> Write:
    def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
        with as_text(out) as text:
            for coded in incidents:
                for row in table.rows(coded, framework):
                    text.write(json.dumps(complete(table, row), ensure_ascii=False, separators=(",", ":")) + "\n")

    return write


def _exporter(label: str, suffix: str, media_type: str, profiles: dict[str, Write]) -> Exporter:
    return Exporter(label, suffix, media_type, next(iter(profiles.values())), profiles)


CSV = _exporter("CSV table", ".csv", "text/csv; charset=utf-8", {name: _csv(table) for name, table in TABLES.items()})
JSON_LINES = _exporter(
    "JSON Lines", ".jsonl", "application/jsonl", {name: _json_lines(table) for name, table in TABLES.items()}
)
