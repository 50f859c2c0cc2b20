"""A span is what the text says, or it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.errors import EvidenceError
from counterfoil.model.evidence import Span
from counterfoil.model.framework import Framework
from counterfoil.model.ids import short_id, uuid_for
from counterfoil.model.report import Page, Report


@given(st.text(min_size=1), st.data())
def test_a_cut_span_is_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.cut(text, start, end)
    assert text[span.start : span.end] == span.quote
    assert Span.check(text, span.start, span.end, span.quote) == span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 6), (5, 6)])
def test_a_range_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(EvidenceError):
        Span.cut("words", start, end)


@pytest.mark.parametrize(("start", "end", "quote"), [(0, 3, "old"), (0, 3, "newer"), (1, 4, "new")])
def test_a_quote_that_is_not_there_is_refused(start: int, end: int, quote: str) -> None:
    with pytest.raises(EvidenceError):
        Span.check("new text", start, end, quote)


def test_overlap_needs_a_shared_character() -> None:
    text = "abcdef"
    assert Span.cut(text, 0, 3).overlaps(Span.cut(text, 2, 4))
    assert not Span.cut(text, 0, 3).overlaps(Span.cut(text, 3, 4))


def test_a_report_knows_the_page_of_a_character() -> None:
    report = Report(text="one two", source="x", pages=(Page(1, 0, 3), Page(2, 4, 7)))
    assert [report.page_of(offset) for offset in (0, 3, 4, 6)] == [1, 1, 2, 2]
    assert Report(text="one", source="x").page_of(0) is None


def test_the_same_text_is_the_same_report() -> None:
    assert Report(text="a", source="x").id == Report(text="a", source="y", title="z").id
    assert Report(text="a", source="x").id != Report(text="b", source="x").id


def test_ids_do_not_change() -> None:
    # Ids are in our users' exports: a change here breaks what partners have loaded.
    assert short_id("S", "a", 1, ["b", None]) == "S-2bfad99d6b82"
    assert str(uuid_for("incident", "é")) == "82d0532d-777f-5481-85be-99f55812a495"


def test_an_unknown_technique_names_its_neighbours(framework: Framework) -> None:
    from counterfoil.errors import UnknownCodeError

    with pytest.raises(UnknownCodeError) as caught:
        framework.technique("T0001.003")
    assert "T0001.001" in caught.value.hint
    assert [t.id for t in framework.siblings("T0001.001")] == ["T0001.002"]
    assert [t.id for t in framework.siblings("T0001")] == ["T0001.001", "T0001.002"]
