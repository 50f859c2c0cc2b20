"""Files that call themselves workbooks: each refused in one sentence, none of them at the price of the process."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from counterfoil.errors import ReadError
from counterfoil.frameworks import workbook_package
from counterfoil.frameworks.load import load
from counterfoil.frameworks.sheets import read_inspected, read_master
from tests.frameworks.made import sheets, workbook
from tests.frameworks.xlsx import write_xlsx


def edited(path: Path, part: str, edit: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = edit(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def small(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "a.xlsx", {"a": [["disarm_id", "name"], ["X1", "one"]]})


def refused(path: Path, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        load(path)
    assert "\n" not in caught.value.message


def test_an_xls_renamed(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))
    refused(path, "is an old .xls workbook")


def test_something_else_renamed(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("id;name")
    refused(path, "is not an .xlsx workbook")
    path = tmp_path / "empty.xlsx"
    path.touch()
    refused(path, "is empty")
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    refused(path, "is an archive, but not an .xlsx workbook")


def test_a_file_cut_off(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheets())
    path.write_bytes(path.read_bytes()[:3000])
    refused(path, "is a damaged archive")


def test_a_bomb_that_says_its_size(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/media/x.bin", "w") as part:
        for _ in range(workbook_package.MOST_UNPACKED // (1 << 20) + 1):
            part.write(bytes(1 << 20))
    assert path.stat().st_size < 1_000_000
    refused(path, "declares 40. MB of content")


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = small(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", bytes(50_000_000))
    data = bytearray(path.read_bytes())
    true, told = struct.pack("<I", 50_000_000), struct.pack("<I", 10)
    assert data.count(true) == 2  # the local and the central header
    path.write_bytes(bytes(data).replace(true, told))
    refused(path, "is a damaged archive: Bad CRC-32")


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>',
        b"<c t='inlineStr'  r = 'XFD1048576'><is><t>x</t></is></c>",
        b'<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="XFD1048576"><x:v>1</x:v></x:c>',
        b"<c><v>1</v></c>",
    ],
    ids=["usual", "unusual quotes", "with a prefix", "without a reference"],
)
def test_one_cell_far_out(cell: bytes, tmp_path: Path) -> None:
    # The library would allocate the whole rectangle, and the failure would end the process.
    row = b'<row r="1048576">' + cell + b"</row></sheetData>"
    path = edited(small(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", row))
    refused(path, "the sheet 'a' reaches to row 1048576")


def test_empty_cells_far_out_are_no_harm(tmp_path: Path) -> None:
    row = b'<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFD1048576" s="1" /></row></sheetData>'
    path = edited(small(tmp_path), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", row))
    assert read_master([path]).sheets["a"].rows[0].text("name") == "one"


def test_one_long_text_in_very_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_package, "MOST_TEXT", 10_000)
    shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + "x" * 6000
    path = small(tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", shared + "</t></si></sst>")
    refused(path, "repeats a very long text in very many cells")


def test_formulas_with_values_and_merges_elsewhere_are_no_fault(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"a": [["disarm_id"], ["X1"]], "b": [["x"], ["y"]]}, merges={"b": "A1:B1"})
    value = b'<row r="3"><c r="A3" t="str"><f>A2&amp;"x"</f><v>X1x</v></c></row></sheetData>'
    path = edited(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", value))
    master, faults = read_inspected([path])
    assert [row.text("disarm_id") for row in master.sheets["a"].rows] == ["X1", "X1x"]
    assert [(fault.sheet, fault.cells) for fault in faults] == [("b", "A1:B1")]


def test_nothing_there(tmp_path: Path) -> None:
    refused(tmp_path / "none.xlsx", "There is no file or folder")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "is no framework in a form that can be read")
    (tmp_path / "note.txt").write_text("hello")
    refused(tmp_path / "note.txt", "is no framework in a form that can be read")
