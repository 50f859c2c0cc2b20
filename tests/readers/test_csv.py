"""CSV files are read as tables, whatever sets their cells apart."""

import pytest

from counterfoil.errors import ReadError
from counterfoil.extraction import extract
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers import Limits, read_bytes
from tests.readers.checks import blocks, sound

ROWS = [
    ["Type", "Indicator", "Platform"],
    ["Domain", "vesti-pro[.]md", ""],
    ["Handle", "salt.road", "X"],
    ["Channel", "free_amber", "Telegram"],
]


def _read(data: bytes, name: str = "annex.csv", media_type: str = "") -> Report:
    report = read_bytes(data, name, media_type).report
    sound(report)
    return report


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_blocks(delimiter: str, end: str) -> None:
    report = _read(end.join(delimiter.join(row) for row in ROWS).encode())
    assert blocks(report) == [(BlockKind.TABLE, " | ".join(row).strip()) for row in ROWS]
    assert report.title == "annex"


def test_cells_with_quotes_line_ends_and_commas() -> None:
    report = _read(b'Name,Note\n"Holm, Ann","first\nline | ""second"""\n,\nLee,none\n')
    assert [text for _, text in blocks(report)] == ["Name | Note", 'Holm, Ann | first line / "second"', "Lee | none"]


def test_cells_of_prose_are_read_one_by_one() -> None:
    prose = "The network ran forty pages. " * 8
    report = _read(f"Id;Text\n1;{prose}\n".encode())
    assert [text for _, text in blocks(report)] == ["Id | Text", "1", prose.strip()]


def test_a_server_says_that_it_is_a_table() -> None:
    report = _read(b"a,b\nc,d", "https://example.org/annex", media_type="text/csv; charset=utf-8")
    assert report.blocks[0].kind is BlockKind.TABLE


def test_indicators_in_a_table_have_the_type_that_the_row_says() -> None:
    found = extract(_read("\n".join(",".join(row) for row in ROWS).encode())).observables
    assert [(one.type, one.value, one.platform) for one in found] == [
        ("domain-name", "vesti-pro.md", ""),
        ("handle", "@salt.road", "X"),
        ("telegram-channel", "@free_amber", "Telegram"),
    ]


def test_what_is_refused() -> None:
    with pytest.raises(ReadError, match="damaged CSV"):
        _read(b'a,b\n"' + b"x" * 200_000)
    with pytest.raises(ReadError, match="no text"):
        _read(b",,\n,,")
    with pytest.raises(ReadError, match="MB"):
        read_bytes(b"a,b\n" * 100, "a.csv", limits=Limits(text_bytes=100))
