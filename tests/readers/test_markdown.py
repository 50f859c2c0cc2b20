"""Markdown to readable text."""

from pathlib import Path

import pytest

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers import read_bytes, read_file
from tests.readers.checks import shape, sound

PAGE = """\
# Kite report

**Summary**: a network of *forty* pages.<br><br>Nobody paid &amp; nobody asked.

> Outer words
> of a quotation.
>
> > Inner words.

1. First [source](https://example.org/a) and <https://example.org/b>
2. Second
   * nested

| Actor | Pages |
| ----- | ----- |
| Kite  | 40    |
| [Fox](../fox.md) | <i>“One.<br><br> “Two.”</i> |

```
code  stays
  as it is
```

<p style="display:none">hidden words</p>

Last paragraph\\
with a break ~~and a struck word~~.
"""


def _read(text: str, name: str = "page.md") -> Report:
    report = read_bytes(text.encode(), name).report
    sound(report)
    return report


def test_blocks() -> None:
    report = _read(PAGE)
    assert shape(report) == [
        ("heading", 1, "Kite report"),
        ("paragraph", 0, "Summary: a network of forty pages."),
        ("paragraph", 0, "Nobody paid & nobody asked."),
        ("quote", 1, "Outer words of a quotation."),
        ("quote", 2, "Inner words."),
        ("list_item", 0, "First source [https://example.org/a] and https://example.org/b"),
        ("list_item", 0, "Second"),
        ("list_item", 0, "nested"),
        ("table", 0, "Actor | Pages"),
        ("table", 0, "Kite | 40"),
        ("table", 0, "Fox | “One."),
        ("table", 0, "“Two.”"),
        ("paragraph", 0, "code  stays\n  as it is"),
        ("paragraph", 0, "Last paragraph\nwith a break and a struck word."),
    ]
    assert report.title == "Kite report"
    assert report.notes == ("Left out 11 characters of hidden text.",)


def test_front_matter_gives_the_title_and_stays_out() -> None:
    report = _read('---\ntitle: "Kites: a report"\ndate: 2024\n---\nWords of the page.\n')
    assert (report.title, report.text) == ("Kites: a report", "Words of the page.")


def test_markdown_under_another_name_is_known_by_its_marks() -> None:
    assert shape(_read(PAGE, "page.txt"))[0] == ("heading", 1, "Kite report")
    assert shape(_read(PAGE, "-"))[0] == ("heading", 1, "Kite report")


@pytest.mark.parametrize("text", ["# a comment\nset x = 1\n", "Five * two ** is\n\n- one\n- two\n", "a [b] (c) | d"])
def test_plain_text_with_a_sign_or_two_stays_plain(text: str) -> None:
    plain = read_bytes(text.encode(), "notes.txt")
    assert plain.original.media_type == "text/plain"


def test_deep_quotations_are_kept_and_absurd_ones_are_one_error() -> None:
    assert _read("> " * 30 + "deep\n").text == "deep"
    with pytest.raises(ReadError, match="holds no text"):
        _read("> " * 5000 + "deep\n")


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "002", "003"])
def test_the_shared_pages_read_as_tables(shared: Path, number: str) -> None:
    [path] = (shared / "seeds").glob(f"{number}_*.txt")
    result = read_file(path)
    sound(result.report)
    assert result.original.media_type == "text/markdown"
    assert result.report.title.startswith("Technique T0")
    kinds = {str(block.kind) for block in result.report.blocks}
    assert {"heading", "table", "paragraph"} <= kinds
    for mark in ("<br", "**", "</i>", "](", "---"):
        assert mark not in result.report.text
