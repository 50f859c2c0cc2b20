"""A look into an .xlsx package before a spreadsheet library sees it.

Two things the library cannot do for us. It allocates a sheet as one rectangle from the first to the last
cell that has a value, and a failed allocation ends the process: one value in XFD1048576 would do. And it
passes over in silence what looks like missing data: cells covered by a merge, formulas saved without a
value. (ECMA-376 part 1, 18.3.1.)
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from counterfoil.errors import ReadError

MOST_UNPACKED = 400 * 1024 * 1024  #: bytes of all parts once inflated
MOST_CELLS = 5_000_000  #: of a sheet's rectangle; DISARM's largest has 30,000
MOST_TEXT = 2 * 1024 * 1024 * 1024  #: bytes of text if every cell held the longest shared string

_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d+)["']""")
_USUAL_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*(?<!/)>')  #: as office programs write it: fast to find
_PREFIXED = re.compile(rb":c[\s>/]")
_UNPREFIXED = re.compile(rb"<c[\s>/]")
_CELL = re.compile(rb"""<(?:\w+:)?c\b(?:[^>]*?\br\s*=\s*["']\$?([A-Za-z]+)\$?(\d+)["'])?[^>]*(?<!/)>""")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([^"]+)"')
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_ANY_FORMULA = re.compile(rb"<f[\s>/]")
_HINT = "This is no ordinary workbook."


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Cells of a sheet that look empty but are not meant so."""

    sheet: str
    cells: str
    why: str


def inspect(path: Path, data: bytes) -> list[SheetFault]:
    """Merged cells and formulas without values, by sheet.

    Raises:
        ReadError: the package is no .xlsx, damaged, or would need far more memory than it should.
    """
    if data.startswith(bytes.fromhex("d0cf11e0")):
        raise ReadError(f"{path} is an old .xls workbook or an encrypted one.", "Save it as .xlsx, without a password.")
    if not data.startswith(b"PK"):
        raise ReadError(f"{path} is not an .xlsx workbook.", "Save it as .xlsx.")
    try:
        with ZipFile(BytesIO(data)) as package:
            return list(_inspected(path, package))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError and NotImplementedError: encrypted parts, unknown compression.
        raise ReadError(f"{path} is a damaged archive: {error}.", "Save the workbook again as .xlsx.") from error


def _inspected(path: Path, package: ZipFile) -> Iterator[SheetFault]:
    declared = sum(entry.file_size for entry in package.infolist())
    if declared > MOST_UNPACKED:
        raise ReadError(f"{path} declares {declared // 1024 // 1024} MB of content.", _HINT)
    if "xl/workbook.xml" not in package.namelist():
        raise ReadError(f"{path} is an archive, but not an .xlsx workbook.", "Save it as .xlsx.")
    names = dict(_sheets(package))
    longest = shared = 0
    for part in package.namelist():
        # Reading stops at the declared size, and the checksum then tells if that was a lie.
        content = package.read(part)
        if part.endswith("sharedStrings.xml"):
            longest = max(map(len, content.split(b"</si>")), default=0)
        elif part.startswith("xl/") and b"sheetData" in content[:100_000]:
            shared += content.count(b"</c>")
            yield from _of_sheet(path, names.get(part, part), content)
    if longest * shared > MOST_TEXT:
        raise ReadError(f"{path} repeats a very long text in very many cells.", _HINT)


def _sheets(package: ZipFile) -> Iterator[tuple[str, str]]:
    """The parts that hold sheets, with the sheets' names."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in package.namelist():
        return
    targets = {}
    for element in _RELATION.findall(package.read(relations)):
        attributes = dict(re.findall(rb'(\w+)="([^"]*)"', element))
        targets[attributes.get(b"Id", b"")] = attributes.get(b"Target", b"").decode("utf-8", "replace")
    for name, relation in _SHEET.findall(package.read("xl/workbook.xml")):
        target = targets.get(relation, "")
        yield (
            target.lstrip("/") if target.startswith("/") else f"xl/{target}",
            unescape(name.decode("utf-8", "replace")),
        )


def _of_sheet(path: Path, name: str, xml: bytes) -> Iterator[SheetFault]:
    rows, columns = _extent(xml)
    if rows * columns > MOST_CELLS:
        raise ReadError(f"{path}: the sheet {name!r} reaches to row {rows} and column {columns}.", _HINT)
    found = _MERGE.findall(xml) if b"mergeCell" in xml else []
    merged = sorted({reference.decode("ascii", "replace") for reference in found})
    if merged:
        yield SheetFault(name, ", ".join(merged), f"cells are merged ({_few(merged)}), so that their rows lack values")
    bare = [reference.decode() for reference in _FORMULA.findall(xml)] if _ANY_FORMULA.search(xml) else []
    if bare:
        yield SheetFault(name, ", ".join(bare), f"formulas were saved without their values ({_few(bare)})")


def _extent(xml: bytes) -> tuple[int, int]:
    """The last row and column in which a cell with content stands, or could stand."""
    usual = xml.count(b'<c r="') == len(_UNPREFIXED.findall(xml)) and not _PREFIXED.search(xml)
    places = set((_USUAL_CELL if usual else _CELL).findall(xml))
    rows = {int(row) for _, row in places if row}
    columns = {_column_number(column) for column, _ in places if column}
    if (b"", b"") in places:  # a cell without reference follows the one before it, in a row that says its number
        rows |= {int(row) for row in _ROW.findall(xml)}
        columns.add(1000)
    return max(rows, default=0), max(columns, default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _few(cells: list[str]) -> str:
    shown = ", ".join(cells[:3])
    return shown if len(cells) <= 3 else f"{shown} and {len(cells) - 3} more"
