"""Reports with an original to look at: a PDF of three pages, a web page full of traps, a plain text."""

from fpdf import FPDF

from counterfoil.kb.coding import add_run
from counterfoil.kb.reports import add_report
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Report
from counterfoil.readers import read_bytes
from tests.web.conftest import Bench, suggest

DOT = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LINES = ("Amber Tide created forty fake accounts.", "The accounts posed as nurses.", "They bought advertisements.")
PROSE = "It was said in the town hall that the tea had never been better, and nobody knew why that was so."
TRAPS = f"""<!doctype html><html><head><meta charset="utf-8"><title>Tea over Saltmere</title>
<base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<link rel="stylesheet" href="http://evil.example/a.css">
<style>@import "http://evil.example/b.css"; p {{ color: red }}</style>
<script>document.title = "run"; fetch("http://evil.example/c")</script></head><body onload="alert(1)">
<article><h1 id="p0" onclick="alert(2)">Tea over Saltmere</h1>
<p>{PROSE} <a href="javascript:alert(3)">{LINES[0]}</a> {PROSE}</p>
<p style="background:url(http://evil.example/d)">{PROSE} {LINES[1]} {PROSE}</p>
<p style="display:none">A hidden sentence that nobody was meant to read.</p>
<img src="http://evil.example/e.png" alt="a teapot" onerror="alert(4)"><img src="{DOT}" alt="a dot">
<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="drawn">
<iframe src="http://evil.example/f"></iframe><object data="http://evil.example/g"></object>
<form action="http://evil.example/h"><input name="q"><button>Send</button></form>
<svg><script>alert(5)</script><a xlink:href="javascript:alert(6)"><text>drawing</text></a></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(7)></style></mglyph></table></mtext></math>
<video src="http://evil.example/i" autoplay></video>
<noscript><p title="</noscript><img src=x onerror=alert(8)>"></noscript>
<p>{PROSE} {LINES[2]} {PROSE}</p></article></body></html>"""


def pdf() -> bytes:
    """Three pages, a sentence of LINES on each among others."""
    made = FPDF()
    for line in LINES:
        made.add_page()
        made.set_font("Helvetica", "", 12)
        for words in (PROSE, line, PROSE):
            made.multi_cell(0, 8, words, new_x="LMARGIN", new_y="NEXT")
            made.ln(6)
    return bytes(made.output())


def store(bench: Bench, data: bytes, name: str) -> Report:
    """A report read from these bytes, with a suggestion on each of LINES."""
    result = read_bytes(data, name)
    report = result.report
    codes = ("T0146", "T0143.002", "T0114")
    found = tuple(suggest(report, code, line, 0.9) for code, line in zip(codes, LINES, strict=True))
    workspace = bench.opened()
    workspace.keep_original(result.original)
    with workspace.writing() as connection:
        add_report(connection, report, result.original, "2031-05-03T10:00:00.000Z")
        add_run(connection, report.id, found, Extraction(coder="test 1"), "2031-05-03T10:00:00.000Z")
    workspace.close()
    return report
