"""Tables: every row with its evidence, the same bytes each time, and nothing that a spreadsheet would compute."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from counterfoil.exchange import EXPORTERS
from counterfoil.exchange.formulas import as_meant, harmless
from counterfoil.exchange.tables import TABLES, complete
from counterfoil.exchange.workbook import LONGEST, MOST_ROWS, Workbook, column_letters
from counterfoil.model.extraction import Actor
from counterfoil.model.incident import CodedIncident
from tests.exchange.rich import disarm, rich_incident

Rows = list[dict[str, Any]]
LISTS = {table: [name for name, kind in TABLES[table].columns.items() if kind is tuple] for table in TABLES}
NUMBERS = {table: {n: kind for n, kind in TABLES[table].columns.items() if kind in (int, float)} for table in TABLES}


def expected(table: str, coded: CodedIncident) -> Rows:
    made = TABLES[table]
    return [
        {name: list(value) if isinstance(value, tuple) else value for name, value in complete(made, row).items()}
        for row in made.rows(coded, disarm())
    ]


def written(form: str, coded: list[CodedIncident], profile: str = "") -> bytes:
    out = io.BytesIO()
    EXPORTERS.load(form).writer(profile)(iter(coded), disarm(), out)
    return out.getvalue()


def from_cells(table: str, header: list[str], rows: list[list[Any]]) -> Rows:
    """What a table's cells mean: apostrophes taken off, lists parted, numbers read."""
    found = []
    for cells in rows:
        row: dict[str, Any] = {}
        for name, cell in zip(header, cells, strict=True):
            if name in NUMBERS[table]:
                row[name] = NUMBERS[table][name](float(cell))
            else:
                text = as_meant(str(cell))
                row[name] = (text.split("\n") if text else []) if name in LISTS[table] else text
        found.append(row)
    return found


@pytest.mark.parametrize("table", TABLES)
def test_csv_has_every_row_and_cell(table: str) -> None:
    content = written("csv", [rich_incident()], table)
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert from_cells(table, header, rows) == expected(table, rich_incident())


@pytest.mark.parametrize("table", TABLES)
def test_json_lines_have_every_row_as_it_is(table: str) -> None:
    content = written("jsonl", [rich_incident()], table).decode()
    assert [json.loads(line) for line in content.split("\n")[:-1]] == expected(table, rich_incident())


def test_a_workbook_has_every_table() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", [rich_incident()])))
    assert book.sheet_names == [*TABLES, "notes"]
    for table in TABLES:
        header, *rows = book.get_sheet_by_name(table).to_python()
        blank = [["0" if c == "" and header[n] in NUMBERS[table] else c for n, c in enumerate(row)] for row in rows]
        assert from_cells(table, [str(name) for name in header], blank) == expected(table, rich_incident())


@pytest.mark.parametrize("table", ["citations", "actors", "incidents", "observables"])
def test_parquet_has_every_row_as_it_is(table: str, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "t.parquet").write_bytes(written("parquet", [rich_incident()], table))
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "t.parquet")])
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert rows == expected(table, rich_incident())


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet", "disarm"])
def test_rows_are_written_as_incidents_come(form: str) -> None:
    alive = []

    def incidents() -> Iterator[CodedIncident]:
        for number in range(3):
            alive.append(number)
            yield replace(rich_incident(), incident=replace(rich_incident().incident, id=f"I-{number}"))

    out = io.BytesIO()
    EXPORTERS.load(form).write(incidents(), disarm(), out)
    assert alive == [0, 1, 2]
    assert out.getvalue()


def test_every_passage_is_a_row_and_can_be_counted() -> None:
    rows = expected("citations", rich_incident())
    assert len({row["citation"] for row in rows}) == len([row for row in rows if row["passage"] <= 1])
    assert len({row["citation"] for row in rows}) == len(rich_incident().citations)
    texts = {report.id: report.text for report in rich_incident().reports}
    assert all(texts[row["report"]][row["start"] : row["end"]] == row["quote"] for row in rows)
    assert {row["modality"] for row in rows} == {"observed", "assessed", "warned", "negated"}
    assert {row["tlp"] for row in rows} == {"TLP:AMBER"}


DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1", "\u200b=1")


@pytest.mark.parametrize("text", [*DANGEROUS, *("'" + text for text in DANGEROUS)])
def test_what_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text
    assert as_meant(harmless(text)) == text


@given(st.text())
@example("'")
@example("''=")
@example("'tis")
def test_the_apostrophe_comes_off_again(text: str) -> None:
    assert as_meant(harmless(text)) == text
    assert harmless(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


def named(name: str) -> CodedIncident:
    """The rich incident with an actor of that name."""
    coded = rich_incident()
    report = coded.reports[0]
    found = replace(coded.extractions[report.id], actors=(Actor(name, (report.span(0, 5),)),))
    return replace(coded, extractions={**coded.extractions, report.id: found})


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    content = written("csv", [named(text)], "actors").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert "'" + text in cells
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", [named(text)])))
    assert "'" + text in [row[4] for row in book.get_sheet_by_name("actors").to_python()]


@pytest.mark.parametrize("text", ["a\x00b", "\x01\x1f", "_x0041_", "a\rb", "<&>\"'", "x\u2028y", " x "])
def test_what_xml_cannot_hold_comes_back(text: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", [named(text)])))
    raw = [row[4] for row in book.get_sheet_by_name("actors").to_python()][1]
    assert as_meant(str(raw)) == text


def test_half_a_character_becomes_a_sign_for_it() -> None:
    assert "a\ufffdb" in written("csv", [named("a\ud83db")], "actors").decode()
    assert "a\ufffdb" in written("jsonl", [named("a\ud83db")], "actors").decode()
    assert written("xlsx", [named("a\ud83db")])
    assert written("parquet", [named("a\ud83db")], "actors")


def test_what_is_no_character_is_replaced_and_said_so() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", [named("a\ufffe\uffffb")])))
    assert [row[4] for row in book.get_sheet_by_name("actors").to_python()][1] == "a\ufffd\ufffdb"
    assert book.get_sheet_by_name("notes").to_python()[1][0] == "actors"


def test_a_text_that_no_cell_can_hold_is_cut_and_said_so() -> None:
    long = "🏮" * LONGEST
    book = CalamineWorkbook.from_filelike(io.BytesIO(written("xlsx", [named(long)])))
    cell = str([row[4] for row in book.get_sheet_by_name("actors").to_python()][1])
    assert cell.endswith("…[cut]")
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    assert book.get_sheet_by_name("notes").to_python()[1][:3] == ["actors", 2.0, "E"]
    assert long in written("csv", [named(long)], "actors").decode()


def test_more_rows_than_a_sheet_has_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterfoil.exchange.workbook.MOST_ROWS", 2)
    out = io.BytesIO()
    book = Workbook(out, {"a": ["x"]})
    for number in range(5):
        book.add("a", [number])
    book.close()
    read = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
    assert len(read.get_sheet_by_name("a").to_python()) == 3
    assert str(read.get_sheet_by_name("notes").to_python()[1][3]).startswith("3 more rows")
    assert MOST_ROWS == 2**20 - 1


def test_columns_are_called_as_a_spreadsheet_calls_them() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
