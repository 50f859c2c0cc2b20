"""All tables as one workbook, a sheet each."""

from collections.abc import Iterable
from typing import BinaryIO

from counterfoil.exchange.exporter import Exporter
from counterfoil.exchange.tables import TABLES, complete
from counterfoil.exchange.tables_text import cell_of
from counterfoil.exchange.workbook import Workbook
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO) -> None:
    """Write the workbook; rows wait in temporary files, so that any number of incidents fits into memory."""
    book = Workbook(out, {name: tuple(table.columns) for name, table in TABLES.items()}, "Counterfoil export")
    for coded in incidents:
        for name, table in TABLES.items():
            for row in table.rows(coded, framework):
                book.add(name, [cell_of(value) for value in complete(table, row).values()])
    book.close()


EXPORTER = Exporter("Excel workbook", ".xlsx", MEDIA_TYPE, write, binary=True)
