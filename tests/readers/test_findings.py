"""A finding as a report: its text, its blocks, and files of several."""

import json
from dataclasses import replace

import pytest

from counterfoil.errors import ReadError
from counterfoil.model.finding import MEDIA_TYPE, REPORT_NOTE, findings_record
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers import read_all, read_bytes
from counterfoil.readers.findings import file_of
from tests.workflow.found import finding


def blocks(report: Report, kind: BlockKind) -> list[str]:
    return [report.text[block.start : block.end] for block in report.blocks if block.kind is kind]


def test_a_finding_is_written_as_a_report() -> None:
    result = read_bytes(file_of(finding()), "out/findings.json")
    report = result.report
    assert result.original.media_type == MEDIA_TYPE
    assert report.title == "4 accounts post a link to the same page within 1 minute, and 2 more signals"
    assert report.language == "en"
    assert REPORT_NOTE in report.notes
    assert "q 1e-09" in blocks(report, BlockKind.LIST_ITEM)[0]
    quotes = blocks(report, BlockKind.QUOTE)
    assert len(quotes) == len(finding().samples)
    assert quotes[0].startswith("The port fee is fake news from bots, part 0!\nRead https://ferry-news.example/a0")
    assert quotes[-1] == "[a post without text: sea captain]"
    assert "harbour_0 (account 900) on X, 2031-05-01T10:00:00Z, post p00 (post a link" in report.text
    assert finding().data_sha256 in report.text
    assert finding().id in report.text


def test_the_same_finding_is_the_same_text_and_other_data_another() -> None:
    one, same = (read_bytes(file_of(finding()), name).report for name in ("a.json", "b/c.json"))
    assert one.id == same.id
    assert one.id != read_bytes(file_of(finding("cd" * 32)), "a.json").report.id


def test_a_file_of_several_is_taken_apart() -> None:
    both = json.dumps(findings_record((finding(), finding("cd" * 32, 3))), indent=4).encode()
    results = read_all(both, "findings.json")
    assert [result.report.title[:10] for result in results] == ["4 accounts", "3 accounts"]
    assert results[0].original.data == file_of(finding())
    with pytest.raises(ReadError, match="2 findings"):
        read_bytes(both, "findings.json")


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": "counterfoil-findings 1", "findings": []}',
        b'{"format": "counterfoil-findings 1", "findings": [{}]}',
        b'{"format": "counterfoil-findings 2", "findings": []}',
        b'{"format": "counterfoil-findings 1", "findings": [',
        b'{"format": "counterfoil-findings 1", "x": ' + b"[" * 100_000,
        b'{"format": "counterfoil-findings 1", "findings": "\xff"}',
    ],
)
def test_what_is_no_file_of_findings_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"findings\.json"):
        read_all(data, "findings.json")


def test_other_json_is_no_finding() -> None:
    assert read_all(b'{"posts": 3, "format": "counterfoil"}', "posts.json")[0].original.media_type == "text/plain"


def test_what_data_holds_cannot_break_the_blocks() -> None:
    base = finding()
    sample = replace(base.samples[0], text="# Heading\r\n\r\n> quote\x00\u2028- item\ud800", shared="a\nb\n\nc")
    hostile = replace(
        base,
        samples=(sample, *base.samples[1:]),
        members=(replace(base.members[0], handle="a\n\n# b", name="\x07"), *base.members[1:]),
        cautions=("\n", "one\n\ntwo"),
    )
    report = read_bytes(file_of(hostile), "findings.json").report
    assert len(blocks(report, BlockKind.QUOTE)) == len(hostile.samples)
    assert blocks(report, BlockKind.QUOTE)[0] == "# Heading\n> quote\n- item\ufffd"
    assert len(blocks(report, BlockKind.HEADING)) == len(
        blocks(read_bytes(file_of(base), "a").report, BlockKind.HEADING)
    )
