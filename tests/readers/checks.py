"""What must hold of every report that a reader makes."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from counterfoil.model.report import Report
from counterfoil.readers.passages import passages

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def sound(report: Report) -> None:
    """Blocks tile the text, set apart by an empty line; pages are in order; passages stay in their blocks."""
    text, end = report.text, 0
    assert text
    assert not _FORBIDDEN.search(text)
    for number, block in enumerate(report.blocks):
        piece = text[block.start : block.end]
        assert text[end : block.start] == ("\n\n" if number else "")
        assert piece == piece.strip() != ""
        assert "\n\n" not in piece
        end = block.end
    assert end == len(text)
    assert all(page.start <= page.end for page in report.pages)
    assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))
    assert all(passage.block >= 0 for passage in passages(report))
    assert all("\n" not in field for field in (report.title, report.author, report.publisher, report.url))
    assert re.fullmatch(r"[a-z]{2}|und", report.language)
    assert re.fullmatch(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?", report.published)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail as soon as the block has taken that long, even in the middle of a regular expression."""
    if not hasattr(signal, "SIGALRM"):
        pytest.skip("the system has no alarms")

    def fail(*_: object) -> None:
        pytest.fail(f"took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, fail)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def blocks(report: Report) -> list[tuple[str, str]]:
    """(kind, text) of every block."""
    return [(str(block.kind), report.text[block.start : block.end]) for block in report.blocks]


def shape(report: Report) -> list[tuple[str, int, str]]:
    """(kind, level, text) of every block."""
    return [(str(b.kind), b.level, report.text[b.start : b.end]) for b in report.blocks]
