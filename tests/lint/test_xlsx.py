"""Cells are changed in place; everything else in a workbook stays as it is."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from counterfoil.errors import ReadError
from counterfoil.lint.xlsx import change_cells, letters, rewrite

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>'
    '<row r="2" spans="1:5"><c r="A2" s="7"><v>0</v></c><c r="C2" s="3"/>'
    '<c r="D2"><f>A2&amp;"x"</f><v>1</v></c></row>'
    '<row r="4"/><row r="5"></row>'
)


def workbook(rows: str = ROWS, prefix: str = "", declaration: str = "") -> bytes:
    """A workbook of one sheet "data" with a comment part that nothing here knows."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    xmlns = f"xmlns:{prefix.rstrip(':')}={MAIN.partition('=')[2]}" if prefix else MAIN
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType='
        f'"application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/s.xml" ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}'
        '/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{office}"><sheets><sheet name="data" sheetId="1" r:id="rId9"/>'
        '</sheets><calcPr calcId="1"/></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId9" Type='
        f'"{office}/worksheet" Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": f"{declaration}<{prefix}worksheet {xmlns}><{prefix}sheetData>{rows}"
        f"</{prefix}sheetData><!-- kept --></{prefix}worksheet>",
        "xl/threadedComments/c.xml": "<what>nobody knows</what>",
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def parts(data: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change(rows: str, texts: Mapping[tuple[int, int], str]) -> str:
    return change_cells(rows.encode(), texts)[0].decode()


def test_only_the_named_cell_changes_and_keeps_its_style() -> None:
    data, left = rewrite(workbook(), {"data": {(2, 3): "a < b & “c”\n d "}}, "x.xlsx")
    assert left == []
    before, after = parts(workbook()), parts(data)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/s.xml", "xl/workbook.xml"}
    new = '<c r="C2" s="3" t="inlineStr"><is><t xml:space="preserve">a &lt; b &amp; “c”\n d </t></is></c>'
    assert after["xl/worksheets/s.xml"].decode() == before["xl/worksheets/s.xml"].decode().replace(
        '<c r="C2" s="3"/>', new
    )
    assert b'<calcPr fullCalcOnLoad="1" calcId="1"/>' in after["xl/workbook.xml"]
    table = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("data").to_python(skip_empty_area=False)
    assert table[1][2] == "a < b & “c”\n d "
    assert table[0] == ["id", "name", "", ""]


def test_a_formula_is_left_and_said() -> None:
    data, left = rewrite(workbook(), {"data": {(2, 4): "x", (2, 1): "new"}}, "x.xlsx")
    assert left == [("data", 2, 4)]
    assert b'<c r="D2"><f>A2&amp;"x"</f><v>1</v></c>' in parts(data)["xl/worksheets/s.xml"]
    assert b'<c r="A2" s="7" t="inlineStr">' in parts(data)["xl/worksheets/s.xml"]


@pytest.mark.parametrize(
    ("place", "row"),
    [
        ((2, 2), '<c r="A2" s="7"><v>0</v></c>@<c r="C2" s="3"/>'),
        ((2, 5), '<v>1</v></c>@</row>'),
        ((4, 1), '<row r="4">@</row><row r="5"></row>'),
        ((5, 3), '<row r="5">@</row>'),
    ],
)  # fmt: skip
def test_a_cell_that_the_row_leaves_out_is_put_in_its_place(place: tuple[int, int], row: str) -> None:
    new = f'<c r="{letters(place[1])}{place[0]}" t="inlineStr"><is><t xml:space="preserve">x</t></is></c>'
    assert row.replace("@", new) in change(f"<sheetData>{ROWS}</sheetData>", {place: "x"})


def test_rows_and_cells_without_references_and_a_prefix() -> None:
    rows = "<x:row><x:c><x:v>1</x:v></x:c><x:c/></x:row><x:row><x:c/><x:c><x:v>2</x:v></x:c></x:row>"
    changed = change(f"<x:d xmlns:x='u'>{rows}</x:d>", {(1, 2): "b", (2, 2): "c"})
    cell = '<x:c r="B{}" t="inlineStr"><x:is><x:t xml:space="preserve">{}</x:t></x:is></x:c>'
    wanted = f"<x:row><x:c><x:v>1</x:v></x:c>{cell.format(1, 'b')}</x:row><x:row><x:c/>{cell.format(2, 'c')}</x:row>"
    assert changed == f"<x:d xmlns:x='u'>{wanted}</x:d>"


@given(st.dictionaries(st.tuples(st.sampled_from([1, 2, 4, 5]), st.integers(1, 3)), st.text(min_size=1), min_size=1))
def test_what_is_written_is_read_again(texts: dict[tuple[int, int], str]) -> None:
    from xml.parsers.expat import ParserCreate

    changed, _ = change_cells(f"<sheetData>{ROWS}</sheetData>".encode(), texts)
    found: dict[str, str] = {}
    cell = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        cell = attributes["r"] if name == "c" else cell

    parser = ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = lambda text: found.__setitem__(cell, found.get(cell, "") + text)
    parser.Parse(changed, True)
    for (row, column), text in texts.items():
        valid = "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)
        valid = "".join(c for c in valid if not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
        assert found.get(f"{letters(column)}{row}", "") == valid.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("data", [b"", b"PK no", b"\xd0\xcf\x11\xe0 an .xls"])
def test_no_xlsx(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"x\.xls cannot be corrected"):
        rewrite(data, {"data": {(1, 1): "x"}}, "x.xls")


def test_a_sheet_that_is_not_there_and_a_part_with_entities() -> None:
    with pytest.raises(ReadError, match="cannot be corrected"):
        rewrite(workbook(), {"other": {(1, 1): "x"}}, "x.xlsx")
    bomb = workbook(declaration='<!DOCTYPE a [<!ENTITY b "cc">]>')
    with pytest.raises(ReadError, match="cannot be corrected"):
        rewrite(bomb, {"data": {(1, 1): "x"}}, "x.xlsx")


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_letters(number: int, name: str) -> None:
    assert letters(number) == name
