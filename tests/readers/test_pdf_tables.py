"""Tables in PDFs: one block a row, cells set apart, broken cells whole; and prose in columns stays prose."""

import pytest
from fpdf import FPDF

from counterfoil.extraction.observables import find
from counterfoil.extraction.reading import Reading
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers import read_bytes
from tests.readers.checks import blocks, sound
from tests.readers.make_pdf import prose, two_columns

DIGEST = "4b1d2c7f0a9e8d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a392817065f4e"
LONG = "a-very-long-name-of-a-news-site-that-needs-more-than-one-line[.]com"
ROWS = [
    ["Type", "Indicator", "First seen", "Platform"],
    ["Domain", "vesti-pro[.]md", "2024-03-01", ""],
    ["Handle", "salt.road", "2024-03-02", "X"],
    ["Domain", LONG, "2024-03-04", ""],
    ["Channel", "free_amber", "2024-03-05", "Telegram"],
    ["SHA-256", DIGEST, "2024-03-09", "MEGA"],
]


def _pdf(rows: list[list[str]], **options: object) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=10)
    pdf.multi_cell(0, 6, prose(6, 1) + "\n\nAnnex: indicators\n\n")
    with pdf.table(**options) as table:
        for cells in rows:
            row = table.row()
            for cell in cells:
                row.cell(cell)
    pdf.ln(8)
    pdf.multi_cell(0, 6, prose(6, 2))
    return bytes(pdf.output())


def _read(data: bytes) -> Report:
    report = read_bytes(data, "annex.pdf").report
    sound(report)
    return report


@pytest.mark.parametrize("options", [{}, {"v_align": "TOP"}, {"borders_layout": "NONE", "line_height": 5}])
@pytest.mark.parametrize("widths", [(20, 70, 30, 30), (20, 110, 25, 25)])
def test_rows_with_broken_cells(options: dict[str, object], widths: tuple[int, ...]) -> None:
    report = _read(_pdf(ROWS, col_widths=widths, **options))
    table = [text for kind, text in blocks(report) if kind == BlockKind.TABLE]
    assert table == [" | ".join(row).strip() for row in ROWS]
    prose_blocks = [text for kind, text in blocks(report) if kind == BlockKind.PARAGRAPH]
    assert prose_blocks[0] == prose(6, 1)
    assert prose_blocks[-1] == prose(6, 2)


def test_indicators_have_the_type_that_the_row_says() -> None:
    report = _read(_pdf(ROWS, col_widths=(20, 70, 30, 30)))
    found = find(Reading.of(report), Extraction())
    assert [(one.type, one.value, one.platform) for one in found] == [
        ("domain-name", "vesti-pro.md", ""),
        ("handle", "@salt.road", "X"),
        ("domain-name", LONG.replace("[.]", "."), ""),
        ("telegram-channel", "@free_amber", "Telegram"),
        ("file-hash", DIGEST, ""),
    ]


def test_two_columns_of_prose_are_no_table() -> None:
    left, right = (prose(20, seed).split(". ") for seed in (3, 4))
    report = _read(two_columns(left, right))
    assert {kind for kind, _ in blocks(report)} <= {BlockKind.PARAGRAPH, BlockKind.HEADING}


def test_two_rows_are_no_table() -> None:
    report = _read(_pdf(ROWS[:2], col_widths=(20, 70, 30, 30)))
    assert BlockKind.TABLE not in {kind for kind, _ in blocks(report)}
