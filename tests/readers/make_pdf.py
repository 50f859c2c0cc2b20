"""PDF files for tests, made with fpdf2 from our own words."""

import random
import zlib

from fpdf import FPDF

_WORDS = (
    "the network posted stories about candidates and paid several operators to repeat claims on other "
    "platforms while officials watched from abroad without saying anything further that week"
).split()


def prose(sentences: int, seed: int) -> str:
    """Sentences of random words, the same for the same seed."""
    draw = random.Random(seed)
    made = (" ".join(draw.choice(_WORDS) for _ in range(draw.randint(8, 16))) for _ in range(sentences))
    return " ".join(sentence.capitalize() + "." for sentence in made)


class _Paged(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", "I", 8)
        self.cell(0, 8, "Institute of Kites, annual report", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 8, f"Page {self.page_no()} of 9", align="C")


def book(pages: int = 4) -> bytes:
    """Headings, paragraphs, a list and a footnote on each page, with running header and footer."""
    pdf = _Paged()
    pdf.set_title("How a kite network was sold")
    pdf.set_author("Ada Marsh")
    for number in range(1, pages + 1):
        pdf.add_page()
        _write(pdf, "B", 15, f"Chapter {number} on kites")
        for part in range(3):
            _write(pdf, "", 11, f"Start{number}{part} " + prose(6, number * 10 + part))
            pdf.ln(3)
        _write(pdf, "", 11, "- first item of the list")
        _write(pdf, "", 11, "- second item of it")
        pdf.ln(60)
        _write(pdf, "", 8, f"{number} A note on chapter {number} in small print.")
    return bytes(pdf.output())


def _write(pdf: FPDF, style: str, size: int, text: str) -> None:
    pdf.set_font("Helvetica", style, size)
    pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")


def two_columns(left: list[str], right: list[str], title: str = "", interleaved: bool = True) -> bytes:
    """One page; the content stream goes line by line across both columns, as some programs write it."""
    pdf = FPDF()
    pdf.add_page()
    if title:
        pdf.set_font("Helvetica", "B", 18)
        pdf.text(20, 25, title)
    pdf.set_font("Helvetica", "", 10)
    cells = [(20, row, line) for row, line in enumerate(left)] + [(110, row, line) for row, line in enumerate(right)]
    for x, row, line in sorted(cells, key=lambda cell: cell[1]) if interleaved else cells:
        pdf.text(x, 40 + row * 5, line)
    return bytes(pdf.output())


def lines(*texts: str) -> bytes:
    """One page with these lines, one below the other."""
    return two_columns(list(texts), [])


def encrypted(password: str) -> bytes:
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password=password)
    pdf.add_page()
    pdf.set_font("Helvetica", "", 12)
    pdf.cell(0, 10, "Words under lock and key.")
    return bytes(pdf.output())


def picture_only() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    return bytes(pdf.output())


def raw(content: bytes, declared: int | None = None) -> bytes:
    """A PDF of one page with this content stream, compressed."""
    packed = zlib.compress(content, 9)
    return raw_packed(packed, declared)


def raw_packed(packed: bytes, declared: int | None = None) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (declared or len(packed), packed),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table, start,
    )  # fmt: skip


def bomb(expanded: int, filler: bytes = b"BT /F1 12 Tf (words words words) Tj ET\n") -> bytes:
    """A PDF whose one stream inflates to `expanded` bytes."""
    packer = zlib.compressobj(9)
    piece = filler * (1_000_000 // len(filler))
    parts = [packer.compress(piece) for _ in range(expanded // len(piece))]
    return raw_packed(b"".join([*parts, packer.flush()]))
