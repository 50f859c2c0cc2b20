"""Pictures of PDF pages and archived pages, made in the child process, within its limits."""

import struct
import zlib

import numpy as np
import pytest
from fpdf import FPDF

from counterfoil.errors import ReadError
from counterfoil.readers import read_bytes
from counterfoil.readers.originals import archived, marks_of, picture
from counterfoil.readers.picture import MOST, WIDTH, png

PAGE = "<html><body><article>{}</article></body></html>"


def _pixels(data: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Decode a PNG as the specification says, each row being "up"-filtered."""
    width, height = struct.unpack(">II", data[16:24])
    at, packed = 8, b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * 3)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)


def test_a_png_holds_the_pixels() -> None:
    draw = np.random.default_rng(3)
    pixels = draw.integers(0, 256, (7, 5, 3), dtype=np.uint8)
    assert (_pixels(png(pixels)) == pixels).all()


def test_a_page_has_its_colours() -> None:
    made = FPDF(unit="pt", format=(300, 200))
    made.add_page()
    made.set_fill_color(200, 20, 40)
    made.rect(0, 0, 150, 200, "F")
    drawn = picture(bytes(made.output()), "two.pdf", 1)
    assert (drawn.width, drawn.height, drawn.pages) == (WIDTH, 800, 1)
    pixels = _pixels(drawn.png)
    assert tuple(pixels[400, 300]) == (200, 20, 40)  # red is not blue
    assert tuple(pixels[400, 900]) == (255, 255, 255)


@pytest.mark.parametrize("size", [(40, 14_000), (14_000, 14_000), (14_000, 40)])
def test_no_page_makes_a_huge_picture(size: tuple[int, int]) -> None:
    made = FPDF(unit="pt", format=size)
    made.add_page()
    drawn = picture(bytes(made.output()), "long.pdf", 1)
    assert drawn.width * drawn.height <= 1.02 * MOST
    assert drawn.width <= WIDTH + 1


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ReadError, match="cannot be drawn"):
        picture(b"%PDF-1.7 nothing", "broken.pdf", 1)
    made = FPDF()
    made.add_page()
    with pytest.raises(ReadError, match=r"no page 2: it has 1\."):
        picture(bytes(made.output()), "one.pdf", 2)


def test_a_page_that_nests_too_deeply_is_refused() -> None:
    with pytest.raises(ReadError, match="nests more than"):
        archived(("<div>" * 5000).encode(), "deep.html", [])


def test_marks_stand_where_blocks_begin_whatever_repeats() -> None:
    same = "The same sentence stands here several times over, word for word, as a refrain. "
    thought = "In between there is another thought, which is told only once and at some length. "
    parts = [same * 2, thought * 2, same * 3]
    data = PAGE.format("".join(f"<p>{part}</p>" for part in parts)).encode()
    report = read_bytes(data, "refrain.html").report
    marks = marks_of(report)
    assert len(marks) == len(report.blocks) == 3
    html = archived(data, "refrain.html", marks)
    places = [html.index(f'<span id="p{start}"></span>') for start, *_ in marks]
    assert places == sorted(places)
    assert html[places[1] :].partition("</span>")[2].startswith("In between")


def test_the_ids_of_a_page_are_not_ours() -> None:
    html = archived(PAGE.format('<p id="p0">Words of the page.</p><span id="p7">more</span>').encode(), "a.html", [])
    assert "id=" not in html
    assert "Words of the page." in html
