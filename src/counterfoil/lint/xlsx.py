"""Change cells of an .xlsx workbook and leave every other byte of its parts as it is.

Libraries that read a workbook and write it anew lose what they do not know (threaded comments, slicers, extension
lists) and take minutes on DISARM's, whose sheets are mostly empty, styled cells. Here only the elements of the changed
cells are replaced, found by their byte offsets in the sheet's XML (ECMA-376 part 1, 18.3.1.4).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from counterfoil.errors import ReadError

Place = tuple[int, int]  #: row and column, from 1
_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def rewrite(
    data: bytes, texts: Mapping[str, Mapping[Place, str]], source: str
) -> tuple[bytes, list[tuple[str, int, int]]]:
    """The workbook with these cells (by sheet) changed to these texts, and the cells left because they hold a formula.

    Raises:
        ReadError: it is no .xlsx, or a sheet is not there.
    """
    kept: list[tuple[str, int, int]] = []
    out = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
            parts = {_sheet_parts(old, source)[sheet]: sheet for sheet in texts}
            for entry in old.infolist():
                content = old.read(entry)
                if entry.filename in parts:
                    sheet = parts[entry.filename]
                    content, formulas = change_cells(content, texts[sheet])
                    kept += [(sheet, row, column) for row, column in formulas]
                elif entry.filename == "xl/workbook.xml":
                    content = _recalculate(content)
                new.writestr(entry, content, compresslevel=6)
    except (BadZipFile, KeyError, expat.ExpatError) as error:
        raise ReadError(f"{source} cannot be corrected: it is no ordinary .xlsx.", "Save it as .xlsx.") from error
    return out.getvalue(), kept


def _sheet_parts(archive: ZipFile, source: str) -> dict[str, str]:
    """sheet name -> the part of the archive that holds it."""
    relations = {
        attributes["Id"]: attributes["Target"]
        for name, attributes in _elements(archive.read("xl/_rels/workbook.xml.rels"))
        if name == "Relationship"
    }
    sheets = {
        attributes["name"]: next(value for key, value in attributes.items() if key.endswith(":id"))
        for name, attributes in _elements(archive.read("xl/workbook.xml"))
        if name == "sheet"
    }
    if not sheets:
        raise ReadError(f"{source} has no sheets.")
    return {
        name: target.lstrip("/") if (target := relations[relation]).startswith("/") else f"xl/{target}"
        for name, relation in sheets.items()
    }


def _elements(xml: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    parser.Parse(xml, True)
    yield from found


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise BadZipFile("a part declares entities")  # no workbook does; this is how XML bombs begin


def _recalculate(workbook: bytes) -> bytes:
    """Formulas that read a changed cell are computed again when the workbook is opened."""
    if b"fullCalcOnLoad" in workbook:
        return workbook
    return workbook.replace(b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ', 1)


@dataclass
class _Found:
    """Where wanted cells stand: byte ranges to replace, and cells with formulas."""

    wanted: Mapping[Place, str]
    xml: bytes
    row: int = 0
    row_start: int = 0
    column: int = 0
    cell: Place | None = None
    start: int = 0
    style: str = ""
    formula: bool = False
    changes: list[tuple[int, int, bytes]] = field(default_factory=list)
    formulas: list[Place] = field(default_factory=list)
    seen: set[Place] = field(default_factory=set)
    prefix: str = ""


def change_cells(xml: bytes, texts: Mapping[Place, str]) -> tuple[bytes, list[Place]]:
    """A sheet's XML with these cells changed to texts, and the cells that hold a formula and were left."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        xml = xml.decode("utf-16").replace("UTF-16", "UTF-8", 1).encode()
    found = _Found(texts, xml)
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: _start(found, parser.CurrentByteIndex, name, attributes)
    parser.EndElementHandler = lambda name: _end(found, parser.CurrentByteIndex, name)
    parser.Parse(xml, True)
    pieces: list[bytes] = []
    last = 0
    for start, end, piece in sorted(found.changes):
        pieces += [xml[last:start], piece]
        last = end
    return b"".join([*pieces, xml[last:]]), found.formulas


def _start(found: _Found, offset: int, name: str, attributes: Mapping[str, str]) -> None:
    found.prefix, _, local = name.rpartition(":")
    if local == "row":
        found.row, found.column, found.row_start = int(attributes.get("r", found.row + 1)), 0, offset
    elif local == "c":
        column = _column(attributes["r"]) if "r" in attributes else found.column + 1
        _insert_missing(found, offset, column)
        found.column = column
        if (found.row, column) in found.wanted:
            found.cell, found.start, found.formula = (found.row, column), offset, False
            found.style = attributes.get("s", "")
            found.seen.add(found.cell)
    elif local == "f" and found.cell:
        found.formula = True


def _end(found: _Found, offset: int, name: str) -> None:
    found.prefix, _, local = name.rpartition(":")
    # Expat gives the place of "</c>", but for "<c/>" the place behind it.
    empty = not re.match(rb"</" + re.escape(name.encode()) + rb"\s*>", found.xml[offset : offset + len(name) + 20])
    end = offset if empty else found.xml.index(b">", offset) + 1
    if local == "c" and found.cell:
        if found.formula:
            found.formulas.append(found.cell)
        else:
            found.changes.append((found.start, end, _cell(found, found.cell, found.style)))
        found.cell = None
    elif local == "row" and not empty:
        _insert_missing(found, offset, None)
    elif local == "row" and (missing := _missing(found, None)):
        opened = found.xml[found.row_start : end].removesuffix(b"/>").rstrip() + b">"
        cells = b"".join(_cell(found, place, "") for place in missing)
        found.changes.append((found.row_start, end, opened + cells + f"</{name}>".encode()))


def _insert_missing(found: _Found, offset: int, before: int | None) -> None:
    """Wanted cells that the row leaves out, up to the column that comes next (None: to the row's end)."""
    for place in _missing(found, before):
        found.changes.append((offset, offset, _cell(found, place, "")))


def _missing(found: _Found, before: int | None) -> list[Place]:
    places = sorted(
        place
        for place in found.wanted
        if place[0] == found.row
        and place[1] > found.column
        and place not in found.seen
        and (before is None or place[1] < before)
    )
    found.seen.update(places)
    return places


def _cell(found: _Found, place: Place, style: str) -> bytes:
    prefix = f"{found.prefix}:" if found.prefix else ""
    text = _INVALID.sub("", found.wanted[place]).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    styled = f' s="{style}"' if style else ""
    return (
        f'<{prefix}c r="{letters(place[1])}{place[0]}"{styled} t="inlineStr">'
        f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is></{prefix}c>'
    ).encode()


def _column(reference: str) -> int:
    """ "AB7" -> 28."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def letters(column: int) -> str:
    """28 -> "AB"."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
