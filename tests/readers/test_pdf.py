"""PDF: reading order, broken words, running lines, pages, and files that are hostile or broken."""

import io
import time
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers import Limits, read_bytes
from counterfoil.readers.pdf_columns import Line
from counterfoil.readers.pdf_flow import paragraphs
from tests.readers import make_pdf
from tests.readers.checks import blocks, shape, sound

_DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
LEFT = [
    "The left column begins with a sentence on kites,",
    "and it runs on for as many lines as it takes to",
    "fill the column, so that nobody who reads it can",
    "take one column for the other. Its last line has",
    "no stop at the end because the sentence goes on",
]
RIGHT = [
    "in the right column, where it ends at last. There",
    "the kites were sold to a firm in the harbour of",
    "Riga. The firm said nothing when it was asked",
    "about them, and its owner left the town for good",
    "in the autumn of the year in which all this began.",
]


def _read(data: bytes, name: str = "report.pdf") -> Report:
    report = read_bytes(data, name).report
    sound(report)
    return report


@pytest.mark.parametrize("interleaved", [True, False])
def test_two_columns_are_read_one_after_the_other(interleaved: bool) -> None:
    report = _read(make_pdf.two_columns(LEFT, RIGHT, "Kites over two columns of text", interleaved))
    assert shape(report) == [
        ("heading", 1, "Kites over two columns of text"),
        ("paragraph", 0, " ".join(LEFT + RIGHT)),
    ]
    assert report.title == "Kites over two columns of text"


def test_short_cells_side_by_side_are_rows_not_columns() -> None:
    report = _read(make_pdf.two_columns(["Actor", "Kite", "Fox", "Crow", "Owl"], ["Pages", "40", "12", "9", "3"]))
    assert report.text.split("\n\n")[1:3] == ["Kite | 40", "Fox | 12"]


def test_a_book_keeps_structure_and_loses_running_lines() -> None:
    report = _read(make_pdf.book(4))
    assert (report.title, report.author) == ("How a kite network was sold", "Ada Marsh")
    assert report.published[:2] == "20"
    assert "Institute of Kites" not in report.text
    assert "of 9" not in report.text
    assert "Institute of Kites, annual report" in report.notes[0]
    assert "8 lines" in report.notes[0]
    kinds = [(kind, text[:20]) for kind, text in blocks(report)]
    assert kinds.count(("list_item", "first item of the li")) == 4
    assert kinds.count(("heading", "Chapter 2 on kites")) == 1
    assert kinds.count(("footnote", "3 A note on chapter ")) == 1
    assert sum(kind == "paragraph" for kind, _ in kinds) == 12


def test_every_span_can_name_its_page() -> None:
    report = _read(make_pdf.book(4))
    assert len(report.pages) == 4
    for number in (1, 2, 3, 4):
        for part in range(3):
            assert report.page_of(report.text.index(f"Start{number}{part}")) == number
        page = report.pages[number - 1]
        assert f"Chapter {number}" in report.text[page.start : page.end]
        assert f"Chapter {number % 4 + 1}" not in report.text[page.start : page.end]


def _lines(*texts: str) -> list[Line]:
    return [Line(text, 20, 250, 700 - 12 * n, 710 - 12 * n, 10, False, 1, 1) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (("an influ-", "ence campaign"), "an influence campaign"),
        (("a well-", "known actor"), "a well-known actor"),
        (("a state-", "backed outlet"), "a state-backed outlet"),
        (("the China-", "U.S. ties"), "the China-U.S. ties"),
        (("called Storm-", "1852 by some"), "called Storm-1852 by some"),
        (("their down-", "ballot race", "a down-ballot race"), "their down-ballot race a down-ballot race"),
        (("the pro-Kremlin-", "leaning page"), "the pro-Kremlin-leaning page"),
        (("a dis-", "information page, disinformation"), "a disinformation page, disinformation"),
        (("a news-", "paper is a paper of news"), "a news-paper is a paper of news"),
        (("see https://a.example/one-", "two for more"), "see https://a.example/one-two for more"),
        (("the outcome—", "rather late"), "the outcome—rather late"),
        (("a range of 3 -", "4 days"), "a range of 3 - 4 days"),
    ],
)
def test_words_broken_at_a_line_end_are_mended(texts: tuple[str, ...], joined: str) -> None:
    assert " ".join(paragraph.text for paragraph in paragraphs(_lines(*texts))) == joined


def test_hyphens_are_mended_in_a_real_file_too() -> None:
    report = _read(
        make_pdf.lines("The network spread an amount of disinfor-", "mation on the well-", "known ministry.")
    )
    assert report.text == "The network spread an amount of disinformation on the well-known ministry."


def test_cyrillic_and_arabic_text_layers() -> None:
    from fpdf import FPDF

    if not _DEJAVU.exists():
        pytest.skip("no font with Cyrillic and Arabic letters on this machine")
    russian, arabic = "Сеть поддельных страниц хвалила министерство порта.", "نشرت الشبكة 24 خبرا في Riga كاذبا"
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("DejaVu", "", str(_DEJAVU))
    pdf.set_font("DejaVu", "", 11)
    pdf.multi_cell(0, 6, russian, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(20)
    # fpdf2 sets letters from left to right: this is what the line looks like on paper.
    seen = " ".join(word if word.isascii() else word[::-1] for word in reversed(arabic.split()))
    pdf.multi_cell(0, 6, seen, new_x="LMARGIN", new_y="NEXT")
    report = _read(bytes(pdf.output()))
    assert russian in report.text
    assert arabic in report.text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Microsoft Word - kite_final3.docx", "report"), ("untitled", "report"), ("report.indd", "report"),
        ("Kites: a report", "Kites: a report"),
    ],
)  # fmt: skip
def test_titles_that_programs_make_up_are_not_believed(title: str, expected: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(make_pdf.lines("Some words of a report on kites.")))
    writer.add_metadata({"/Title": title, "/Author": "user"})
    target = io.BytesIO()
    writer.write(target)
    report = _read(target.getvalue())
    assert (report.title, report.author) == (expected, "")


def test_no_text_layer_names_ocr() -> None:
    with pytest.raises(ReadError, match="no text layer") as caught:
        read_bytes(make_pdf.picture_only(), "scan.pdf")
    assert "ocr" in caught.value.hint.lower()


def test_pages_without_text_are_named() -> None:
    writer = PdfWriter()
    for data in (make_pdf.lines("Words of the first page."), make_pdf.picture_only(), make_pdf.lines("Third page.")):
        writer.append(PdfReader(io.BytesIO(data)))
    target = io.BytesIO()
    writer.write(target)
    report = _read(target.getvalue())
    assert "Pages without a text layer: 2." in report.notes
    assert report.page_of(report.text.index("Third")) == 3


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90])
def test_turned_pages_are_read_upright(degrees: int, shown: int) -> None:
    from fpdf import FPDF

    pdf = FPDF(format=(220, 220))
    pdf.add_page()
    pdf.set_font("Helvetica", "", 11)
    with pdf.rotation(degrees, 110, 110):
        for row in range(12):
            pdf.text(30, 60 + 6 * row, f"Line {row} of a table that was set on its side, as wide ones are,")
    with pdf.rotation(degrees + 90, 110, 110):
        pdf.text(30, 30, "a stamp in the margin")
    writer = PdfWriter(clone_from=io.BytesIO(bytes(pdf.output())))
    writer.pages[0].rotate(shown)
    target = io.BytesIO()
    writer.write(target)
    report = _read(target.getvalue())
    expected = " ".join(f"Line {row} of a table that was set on its side, as wide ones are," for row in range(12))
    assert report.text == expected
    assert "Left out text that stands askew on pages: 1." in report.notes


def test_encrypted() -> None:
    with pytest.raises(ReadError, match="needs a password"):
        read_bytes(make_pdf.encrypted("secret"), "locked.pdf")
    assert "lock and key" in _read(make_pdf.encrypted("")).text  # an owner's password only forbids editing


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated(share: float) -> None:
    whole = make_pdf.book(3)
    with pytest.raises(ReadError, match="truncated"):
        read_bytes(whole[: int(len(whole) * share)], "half.pdf")


def test_damaged() -> None:
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(b"%PDF-1.7\nnothing that is a PDF\nstartxref\n0\n%%EOF\n", "broken.pdf")


def test_named_pdf_but_not_one() -> None:
    with pytest.raises(ReadError, match="should be PDF, but its content is not"):
        read_bytes(b"Just words.", "words.pdf")


@pytest.mark.parametrize("filler", [b"BT /F1 12 Tf (words words words) Tj ET\n", b" " * 1000], ids=["text", "blanks"])
def test_a_stream_that_expands_to_600_mb_is_one_error(filler: bytes) -> None:
    data = make_pdf.bomb(600_000_000, filler)
    assert len(data) < 2_000_000
    started = time.perf_counter()
    with pytest.raises(ReadError, match=r"bomb\.pdf"):
        read_bytes(data, "bomb.pdf")
    assert time.perf_counter() - started < 20
    assert _read(make_pdf.lines("The next file is read as ever.")).text == "The next file is read as ever."


def test_a_page_that_takes_too_long_is_one_error() -> None:
    data = make_pdf.bomb(60_000_000, b"BT /F1 12 Tf 72 700 Td (words words words) Tj ET\n")
    with pytest.raises(ReadError, match=r"took more than 1 s|MB of memory|MB of text"):
        read_bytes(data, "slow.pdf", limits=Limits(seconds=1))


def test_page_cap() -> None:
    with pytest.raises(ReadError, match="has 4 pages; the limit is 3"):
        read_bytes(make_pdf.book(4), "long.pdf", limits=Limits(pages=3))


def test_what_pdfium_cannot_open_is_tried_with_pypdf_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    from counterfoil.readers import Source
    from counterfoil.readers.pdf import read

    def refuse(data: bytes) -> None:
        raise pypdfium2.PdfiumError("Failed to load document (PDFium: Data format error).")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    report = read(Source(make_pdf.book(2), "odd.pdf"))
    sound(report)
    assert report.page_of(report.text.index("Start20")) == 2
    assert "simpler parser" in report.notes[0]
    assert report.title == "How a kite network was sold"
