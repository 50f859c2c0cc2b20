"""A user's spreadsheet as rows of texts: .xlsx, .ods, .xls (by python-calamine), CSV and TSV.

Runs in the child process of `contained`: a workbook may ask for far more memory than its size tells.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.readers.reader import Limits, Source

MOST_CELLS = 5_000_000  #: of a sheet
LIMITS = Limits(memory_bytes=2 * 1024**3, seconds=120)
_PACKAGE, _COMPOUND = b"PK\x03\x04", bytes.fromhex("d0cf11e0")


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """One sheet of a file. `rows` are the rows that have anything, with their number as a spreadsheet shows it
    (of a CSV file: the row, counted with its header); the header is the first of them. `sheets` are all names."""

    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)


def read_spreadsheet(data: bytes, name: str, sheet: str = "") -> Spreadsheet:
    """The sheet of that name, or the first that has rows.

    Raises:
        ReadError: no spreadsheet, no such sheet, damaged, or made to exhaust its readers.
    """
    from counterfoil.readers.contained import exchange

    if len(data) > LIMITS.file_bytes:
        raise ReadError(f"{name} has over {LIMITS.file_bytes // 1024**2} MB.", "Save the sheet as CSV, in parts.")
    _, answer = exchange({"job": "sheet", "sheet": sheet}, Source(data, name, limits=LIMITS))
    plain = json.loads(answer)
    rows = tuple((number, tuple(cells)) for number, cells in plain["rows"])
    return Spreadsheet(plain["sheet"], tuple(plain["sheets"]), rows)


def rows_of(order: dict[str, Any], source: Source) -> tuple[dict[str, Any], bytes]:
    """The job of the child.

    Raises:
        ReadError: as `read_spreadsheet`.
    """
    if source.data.startswith((_PACKAGE, _COMPOUND)):
        names, sheet, table = _workbook(source, str(order["sheet"]))
    else:
        names, sheet, table = [""], "", _text_table(source)
    rows = [(number, cells) for number, cells in enumerate(map(_texts, table), start=1) if any(cells)]
    if not rows:
        raise ReadError(f"{source.name} has no rows.", "Name another sheet with --sheet." if names[1:] else "")
    plain = {"sheet": sheet, "sheets": names, "rows": rows}
    return {}, json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def _workbook(source: Source, wanted: str) -> tuple[list[str], str, Iterable[Sequence[Any]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(source.data))
        names = list(book.sheet_names)
        if wanted and wanted not in names:
            raise ReadError(f"{source.name} has no sheet {wanted!r}.", f"It has: {', '.join(names)}.")
        for name in [wanted] if wanted else names:
            page = book.get_sheet_by_name(name)
            if page.total_height * page.total_width > MOST_CELLS:
                raise ReadError(f"{source.name}: the sheet {name!r} has over {MOST_CELLS:,} cells.", "Split it.")
            table = page.to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in table):
                return names, name, table
    except (CalamineError, ValueError, OSError) as error:
        raise ReadError(f"{source.name} is not a workbook that can be read: {error}.", "Save it as .xlsx.") from error
    return names, wanted, []


def _text_table(source: Source) -> list[list[str]]:
    from counterfoil.readers.csv_table import delimiter_of
    from counterfoil.readers.encoding import decode

    text = decode(source.data, source.name)[0].removeprefix("\ufeff")
    csv.field_size_limit(len(text) + 1)
    try:
        table = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error as error:
        raise ReadError(f"{source.name} is a damaged CSV file: {error}.", "Look for an open quotation mark.") from error
    if sum(map(len, table)) > MOST_CELLS:
        raise ReadError(f"{source.name} has over {MOST_CELLS:,} cells.", "Split it.")
    return table


def _texts(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(map(_text, row))


def _text(cell: Any) -> str:
    """A cell as a person reads it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).replace("\r\n", "\n").strip()
