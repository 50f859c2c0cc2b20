"""Sources made to take for ever: what runs in this process, unlimited, takes time in proportion to them."""

import pytest

from counterfoil.model.report import BlockKind, Report
from counterfoil.readers import Source, read_bytes
from counterfoil.readers.passages import passages
from counterfoil.readers.reading import choose
from tests.readers.checks import within

_SNIFFED = {
    "comments": b"<!---->" * 40 + b"x", "more comments": b"<!-- -->\n" * 2000 + b"x", "open comments": b"<!--" * 5000,
    "declarations": b"<?xml " * 4000, "blanks": b" " * 20_000 + b"<x", "doctype": b"<!doctype" + b" " * 20_000 + b"x",
    "brackets": b"[" * 20_000, "links": b"[a](" * 5000, "open links": b"[a](b" * 5000, "stars": b"**a" * 7000,
    "hashes": b"#" * 20_000, "dashes": b"|---" * 5000, "dashes and blanks": b"- " * 10_000,
    "header": b"a" * 50_000, "headers": b"a: b\r\n" * 8000 + b"a", "folded": b"a:\n" + b" \r" * 25_000,
    "document": b"PK\x03\x04" + b"word/document1" * 100_000 + b".xml", "pdf": b"%PDF-" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize("data", _SNIFFED.values(), ids=_SNIFFED)
def test_every_source_is_known_at_once(data: bytes) -> None:
    choose(Source(b"The readers are loaded now.", "warm.txt"))
    with within(0.4):
        assert choose(Source(data, "notes.txt"))[0] == ("docx" if data.startswith(b"PK") else "text")


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- a --> <!-- b -- c -->\n<!---->\n<HTML>", "html"),
        (b"<!--><!doctype\nhtml>", "html"),
        (b"<!-- <html> -->words", "text"),
        (b"<!-- never closed <html>", "text"),
        (b"words <html>", "text"),
    ],
)
def test_pages_are_still_known_behind_comments(data: bytes, chosen: str) -> None:
    assert choose(Source(data, "notes.txt"))[0] == chosen


_MEGABYTE = 1_000_000
_UNITS = {
    "dots": ".", "signs": "?!", "ellipses": "…", "quotes": '"', "dot and quotes": '."', "parentheses": "(",
    "closing parentheses": ")", "acronyms": "U.S.", "lone dots": " . ", "footnotes": ".[1]", "note marks": ".12",
    "guillemets": ". »", "wide stops": "。", "wide quotes": "。”", "mixed": ".!。…", "brackets": "([“",
    "spaced acronyms": "U.S. ", "quoted lines": "> ", "line ends": "a\n \n", "clauses": "a, ", "accents": "\u0301",
    "comments": "<!---->", "arrows": ">a",
}  # fmt: skip


@pytest.mark.parametrize("unit", _UNITS.values(), ids=_UNITS)
def test_a_megabyte_of_signs_takes_seconds(unit: str) -> None:
    text = unit * (_MEGABYTE // len(unit)) + "a"
    with within(10):
        report = read_bytes(text.encode(), "signs.txt").report
        assert passages(report)
    with within(10):
        assert passages(Report("." + text, "-"))


@pytest.mark.parametrize("text", ["Contents" + "." * 12_000 + "a", "(" + "." * 12_000 + ")a", "." + '"' * 12_000 + "a"])
def test_leaders_end_no_sentence(text: str) -> None:
    [*_, last] = passages(Report(f"{text} is here. So is this.", "-"))
    assert f"{text} is here. So is this."[last.start : last.end] == "So is this."


_LINE = "The network ran forty pages and posted many stories about it all day.\n"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (_LINE * 280_000, 1),
        ("> " + _LINE.replace("\n", "\n> ") * 270_000, 1),
        ("Short line.\n" * 400_000 + "\nThe end of it.", 2),
        ("word " * 4_000_000, 1),
    ],
    ids=["wrapped", "quoted", "short lines", "one line"],
)
def test_the_largest_text_is_read_in_seconds(text: str, blocks: int) -> None:
    with within(15):
        report = read_bytes(text.encode(), "long.txt").report
    assert len(report.blocks) == blocks
    assert report.blocks[0].kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
    assert len(report.text.replace("\n", " ").split()) == len(text.replace("> ", "").split())
