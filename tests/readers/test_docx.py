"""DOCX: structure, tracked changes, hidden text, and packages that lie or attack."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import pytest
from docx.document import Document

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers import read_bytes
from tests.readers.checks import shape, sound

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _document(build: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _edited(data: bytes, edit: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, edit(xml.decode()).encode() if name == part else xml)
    return target.getvalue()


def _with_body(body: str) -> bytes:
    """A document whose body is this raw XML."""
    data = _document(lambda document: document.add_paragraph("PLACE"))
    return _edited(data, lambda xml: xml.replace("<w:p><w:r><w:t>PLACE</w:t></w:r></w:p>", body))


def _read(data: bytes) -> Report:
    report = read_bytes(data, "memo.docx").report
    sound(report)
    return report


def _build(document: Document) -> None:
    document.core_properties.title = "Memo on kites"
    document.core_properties.author = "Ada Marsh"
    document.add_heading("Kites over Riga", 1)
    document.add_paragraph("Forty pages praised the ministry.")
    document.add_heading("How it began", 2)
    document.add_paragraph("They were paid for it.", style="Quote")
    document.add_paragraph("one firm", style="List Bullet")
    document.add_paragraph("another firm", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Actor", "Pages", "Paper Kite", "24"], strict=True):
        cell.text = text


def test_structure_and_properties() -> None:
    report = _read(_document(_build))
    assert shape(report) == [
        ("heading", 1, "Kites over Riga"),
        ("paragraph", 0, "Forty pages praised the ministry."),
        ("heading", 2, "How it began"),
        ("quote", 1, "They were paid for it."),
        ("list_item", 0, "one firm"),
        ("list_item", 0, "another firm"),
        ("table", 0, "Actor | Pages"),
        ("table", 0, "Paper Kite | 24"),
    ]
    assert (report.title, report.author, report.language) == ("Memo on kites", "Ada Marsh", "en")
    assert len(report.published) == 10


def test_tracked_changes_are_read_as_accepted() -> None:
    report = _read(_with_body(
        '<w:p><w:r><w:t xml:space="preserve">It was </w:t></w:r>'
        '<w:ins w:id="1" w:author="A"><w:r><w:t xml:space="preserve">surely </w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText>never </w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3" w:author="A"><w:r><w:t>gone </w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4" w:author="A"><w:r><w:t>here.</w:t></w:r></w:moveTo></w:p>'
    ))  # fmt: skip
    assert report.text == "It was surely here."
    assert "Left out 2 tracked deletions." in report.notes


def test_hidden_text_is_left_out_and_counted() -> None:
    report = _read(_with_body(
        "<w:p><w:r><w:t>Seen.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Not seen.</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> Seen too.</w:t></w:r></w:p>'
    ))  # fmt: skip
    assert report.text == "Seen. Seen too."
    assert report.notes == ("Left out 8 characters of hidden text.",)


def test_footnotes() -> None:
    data = _with_body(
        '<w:p><w:r><w:t>A claim.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        "<w:p><w:r><w:t>The end.</w:t></w:r></w:p>"
    )
    note = "<w:p><w:r><w:t>Its source.</w:t></w:r></w:p>"
    notes = f'<w:footnotes {_W}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>'
    relation = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"'
        ' Target="footnotes.xml"/></Relationships>'
    )
    data = _edited(data, lambda xml: xml.replace("</Relationships>", relation), "word/_rels/document.xml.rels")
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert shape(_read(target.getvalue())) == [
        ("paragraph", 0, "A claim.[1]"), ("paragraph", 0, "The end."), ("footnote", 0, "Its source."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "declaration"),
    [
        ("word/document.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        ("docProps/core.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
        ("word/styles.xml", '<!doctype x SYSTEM "http://a.example/x.dtd">'),
    ],
)
def test_entities_are_refused_in_any_part(part: str, declaration: str) -> None:
    data = _edited(_document(_build), lambda xml: xml.replace("?>", "?>" + declaration, 1), part)
    with pytest.raises(ReadError, match=f"DOCTYPE or an entity in {part}"):
        read_bytes(data, "memo.docx")


def test_an_entity_in_utf_16_is_refused_too() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE x><x/>'.encode("utf-16"))
    with pytest.raises(ReadError, match="DOCTYPE"):
        read_bytes(target.getvalue(), "memo.docx")


@cache
def _bomb(size: int) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
    return target.getvalue()


def test_a_declared_zip_bomb_is_refused() -> None:
    data = _bomb(600_000_000)
    assert len(data) < 1_000_000
    with pytest.raises(ReadError, match="unpacks to 600 MB where the limit is 210 MB"):
        read_bytes(data, "bomb.docx")


@pytest.mark.parametrize("declared", [1000, 150_000_000])
def test_a_zip_bomb_that_lies_about_its_size_is_refused(declared: int) -> None:
    data = bytearray(_bomb(600_000_000))
    truth = struct.pack("<I", 600_000_000)
    assert data.count(truth) >= 1
    lie = bytes(data.replace(truth, struct.pack("<I", declared)))
    with pytest.raises(ReadError, match=r"damaged|unpacks"):
        read_bytes(lie, "liar.docx")


def test_many_entries_and_encryption_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(6000):
            archive.writestr(f"word/document{number}.xml", "")
    with pytest.raises(ReadError, match="archive of 6000 files"):
        read_bytes(target.getvalue(), "many.docx")
    locked = _document(_build).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    with pytest.raises(ReadError, match=r"encrypted|damaged"):
        read_bytes(locked, "locked.docx")


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_truncated(cut: float) -> None:
    data = _document(_build)
    with pytest.raises(ReadError, match=r"damaged|ZIP archive"):
        read_bytes(data[: int(len(data) * cut)], "half.docx")


def test_broken_xml_and_empty_documents() -> None:
    with pytest.raises(ReadError, match=r"is not XML"):
        read_bytes(_edited(_document(_build), lambda xml: xml[:-20]), "broken.docx")
    with pytest.raises(ReadError, match="holds no text"):
        read_bytes(_document(lambda document: None), "empty.docx")
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(_edited(_document(_build), lambda xml: "<x/>"), "other.docx")


def test_xml_nested_too_deeply_is_one_error() -> None:
    with pytest.raises(ReadError):
        read_bytes(_with_body("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), "deep.docx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word file"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(99) + b"xl/workbook.xml", "a spreadsheet"),
        (rb"{\rtf1 words}", "rich text"),
        (b"words", "should be DOCX"),
    ],
)
def test_other_formats_under_its_name(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read_bytes(data, "memo.docx")
