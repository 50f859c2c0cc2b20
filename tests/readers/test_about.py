"""What sources claim of themselves: only what every export can write gets through."""

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers import read_bytes, read_file
from counterfoil.readers.about import LONGEST_NAME, checked, is_date, stored_name
from tests.readers import make_pdf
from tests.readers.test_docx import _document
from tests.readers.test_html import FILLER

MAIL = "From: Ada <ada@a.example>\nSubject: Kites\nDate: {}\n\nForty pages praise the ministry.\n"
PAGE = "<html><head><title>T</title>{}</head><body><p>" + FILLER * 3 + "</p></body></html>"
META = '<meta property="article:published_time" content="{}">'
CANONICAL = '<link rel="canonical" href="{}">'


@pytest.mark.parametrize("value", ["2024", "1900-01", "2024-02-29", "2100-12-31"])
def test_dates_of_the_calendar_are_kept(value: str) -> None:
    assert is_date(value)
    assert checked(Report("x", "-", published=value)).published == value


@pytest.mark.parametrize(
    "value",
    ["2023-02-31", "2023-02-29", "1899", "2101", "0001-01-01", "2024-13", "2024-00", "2024-1-1", "٢٠٢٤",
     "2024-10-23T09:00", "2024-10-23\n", "10 May", "99999"],
)  # fmt: skip
def test_other_dates_are_left_out_and_said(value: str) -> None:
    report = checked(Report("x", "-", published=value))
    assert report.published == ""
    assert report.notes[0].startswith(f"The source gives “{value.strip()}” as its date")


def _old_memo(document: Document) -> None:
    document.add_paragraph("Forty pages praise the ministry.")
    document.core_properties.created = datetime(1850, 1, 1)


def _pdf(day: bytes) -> bytes:
    made, count = re.subn(rb"D:\d{8}", b"D:" + day, make_pdf.lines("Some words of a report on kites."))
    assert count
    return made


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.html", PAGE.format(META.format("2023-02-31")).encode()),
        ("p.html", PAGE.format(CANONICAL.format("https://a.example/2023/02/31/kites")).encode()),
        ("m.eml", MAIL.format("Mon, 01 Jan 1850 00:00:00 +0000").encode()),
        ("r.pdf", _pdf(b"20230231")),
        ("d.docx", _document(_old_memo)),
    ],
    ids=["meta", "address", "mail", "pdf", "docx"],
)  # fmt: skip
def test_every_format_goes_through_the_one_check(name: str, data: bytes) -> None:
    report = read_bytes(data, name).report
    assert report.published == ""
    [note] = report.notes
    assert "as its date; that is none" in note


@pytest.mark.parametrize("date", ["1 Jan 99999999999999999999 00:00:00 +0000", "1 Jan 2020 00:00:00 +99999999999999"])
def test_a_mail_of_an_absurd_date_is_read_all_the_same(date: str) -> None:
    assert read_bytes(MAIL.format(date).encode(), "m.eml").report.published == ""


GOOD = [
    "https://a.example/x?y=ü z",
    "http://ä.example/",
    "http://[2001:db8::1]:80/",
    "http://foo_bar.a.example",
    "HTTP://A.example",
]
BAD = [
    "http://ä..com/", "http://a..com/", "http://[::1", "http://a:99999/", "http://a.example:x/", "ftp://a.example/",
    "//a.example/x", "javascript:alert(1)", "http://a b.example/", "http://％.example/", "http:///x", "words", "/x",
    "http://" + "a" * 64 + ".example/", "http://" + "ä." * 40_000 + "example/", "http://user:word@a.example/",
    "http://a\\b.example/",
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_web_addresses_are_kept(url: str) -> None:
    assert checked(Report("x", "-", url=url)).url == url


@pytest.mark.parametrize("url", BAD, ids=lambda url: url[:30])
def test_what_is_no_web_address_is_left_out(url: str) -> None:
    report = checked(Report("x", "-", url=url))
    assert report.url == ""
    assert "that is no web address" in report.notes[0]
    page = PAGE.format(CANONICAL.format(url)).encode()
    assert read_bytes(page, "p.html").report.url in ("", "https://a.example/x")  # "//" is completed
    assert read_bytes(page, "https://b.example/p").report.url in ("https://b.example/p", "https://a.example/x")


@given(st.text("aä.:/@[]%٣1\ud800 \\#?-", max_size=30).map(lambda text: f"http://{text}"))
def test_every_address_that_is_kept_can_be_encoded(url: str) -> None:
    kept = checked(Report("x", "-", url=url)).url
    assert kept in ("", url.replace("\ud800", "\ufffd").strip())
    parts = urlsplit(kept)
    assert parts.netloc.encode("idna") or not kept
    assert quote(kept) or not kept


def test_no_half_character_or_line_end_stays_in_any_field() -> None:
    odd = "a\udcff\n\x1bb"
    report = checked(Report("text", odd, odd, odd, odd, notes=(odd,)))
    for value in (report.source, report.title, report.author, report.publisher, *report.notes):
        assert value.isprintable()
        assert value.encode()


def test_bytes_of_a_name_that_are_utf_8_after_all_are_kept() -> None:
    assert stored_name("ä".encode().decode("ascii", "surrogateescape") + "\ud800.txt") == "ä\ufffd.txt"


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="file names are Unicode there")
def test_a_file_whose_name_is_no_unicode(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    with pytest.raises(ReadError, match=r"There is no file .*/\ufffd\.txt"):
        read_file(path)
    path.write_text("Forty pages praise the ministry.")
    report = read_file(path).report
    assert (report.source, report.title) == (f"{tmp_path}/\ufffd.txt", "\ufffd")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert caught.value.message.encode() == f"{tmp_path}/\ufffd.txt is a picture.".encode()


@pytest.mark.parametrize(
    "name",
    ["a" * 5000, "a/" * 5000, "\ud800.txt", "bad\0name.txt"],
    ids=["letters", "folders", "half a character", "nul"],
)
def test_names_that_no_file_can_have(name: str) -> None:
    with pytest.raises(ReadError, match="cannot be opened: ") as caught:
        read_file(name)
    assert caught.value.message.encode()
    assert len(caught.value.message) < 300


def test_a_name_that_is_no_url_after_all_still_gives_a_title() -> None:
    assert read_bytes(b"Just a line of words.", "http://[x/kites.txt").report.title == "kites"


PLUGIN = """
from counterfoil.model.report import Report
from counterfoil.readers import Reader
READER = Reader(
    read=lambda source: Report("Words of a far format.", source.name, published="2023-02-31", url="http://ä..com/"),
    suffixes=(".far",), media_types=("application/x-far",), sniff=lambda data: data.startswith(b"FAR"))
"""


def _python_path() -> list[str]:
    return [os.environ["PYTHONPATH"]] if "PYTHONPATH" in os.environ else []


def test_the_child_imports_what_its_parent_can(tmp_path: Path) -> None:
    """From PYTHONPATH and from what a script has added; and what is read there is checked here."""
    for folder, name in (("one", "near"), ("two", "far")):
        about = tmp_path / folder / f"{name}-1.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        (about / "entry_points.txt").write_text(f"[counterfoil.reader]\n{name} = {name}_reader:READER\n")
        plugin = PLUGIN.replace("FAR", name.upper()).replace("far", name)
        (tmp_path / folder / f"{name}_reader.py").write_text(plugin, encoding="utf-8")
    code = (
        f"import sys; sys.path.append({str(tmp_path / 'two')!r})\n"
        "from counterfoil.readers import read_bytes\n"
        "for name in ('NEAR', 'FAR'):\n"
        "    report = read_bytes(name.encode(), 'x').report\n"
        "    print(report.text, repr(report.published + report.url), len(report.notes))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "one"), *_python_path()])},
    )
    assert done.stdout.splitlines() == ["Words of a near format. '' 2", "Words of a far format. '' 2"], done.stderr


def test_a_licence_is_no_publisher() -> None:
    name = "The permission notice shall be kept. " * 40
    made = checked(Report(text="words", source="x", publisher=name, author="A. Tern"))
    assert len(made.publisher) <= LONGEST_NAME + 1
    assert made.publisher.endswith("…")
    assert made.author == "A. Tern"
    assert any("publisher" in note for note in made.notes)
