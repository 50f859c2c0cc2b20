"""Sentences and passages: good cuts, and exact cover of any text whatever."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.model.report import Block, BlockKind, Report
from counterfoil.readers.passages import MAX_CHARS, passages
from counterfoil.readers.sentences import sentence_ranges
from tests.readers.sentence_cases import ENGLISH, OTHERS


def _split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_ranges(text, 0, len(text), language)]


@pytest.mark.parametrize("sentences", ENGLISH, ids=lambda sentences: sentences[0][:40])
def test_english_sentences(sentences: list[str]) -> None:
    assert _split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(("language", "glue", "sentences"), OTHERS, ids=lambda value: str(value)[:30])
def test_sentences_of_other_languages(language: str, glue: str, sentences: list[str]) -> None:
    assert _split(glue.join(sentences), language) == sentences


def test_lower_case_posts_are_split_too() -> None:
    assert _split("they lied again. nobody asked them! why?") == ["they lied again.", "nobody asked them!", "why?"]


def test_a_line_end_ends_a_sentence() -> None:
    assert _split("Kite report\nPart one") == ["Kite report", "Part one"]


def test_passages_stay_in_their_blocks_and_see_one_neighbour() -> None:
    text = "One is here. Two is here. Three is here. Four is here.\n\nAlone."
    report = Report(text, "-", blocks=(Block(BlockKind.PARAGRAPH, 0, 54), Block(BlockKind.QUOTE, 56, 62, 1)))
    found = passages(report)
    assert [text[p.start : p.end] for p in found] == [
        "One is here.", "Two is here.", "Three is here.", "Four is here.", "Alone.",
    ]  # fmt: skip
    assert [p.block for p in found] == [0, 0, 0, 0, 1]
    assert [text[p.window_start : p.window_end] for p in found] == [
        "One is here. Two is here.",
        "One is here. Two is here. Three is here.",
        "Two is here. Three is here. Four is here.",
        "Three is here. Four is here.",
        "Alone.",
    ]


def test_a_report_without_blocks_is_taken_by_paragraphs() -> None:
    text = "No blocks here.\n\nNone at all. Really."
    found = passages(Report(text, "-"))
    assert [(text[p.start : p.end], p.block) for p in found] == [
        ("No blocks here.", -1), ("None at all.", -1), ("Really.", -1),
    ]  # fmt: skip
    assert found[0].window_end == 15


def test_long_sentences_are_cut_after_a_clause() -> None:
    text = ", ".join(f"the account number {n} repeated the claim" for n in range(60)) + "."
    found = passages(Report(text, "-"))
    assert len(found) > 2
    assert all(p.end - p.start <= MAX_CHARS for p in found)
    assert all(text[p.start : p.end].endswith((",", ".")) for p in found)


def test_a_cut_keeps_emoji_and_accents_whole() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    text = family * 300
    found = passages(Report(text, "-"))
    assert "".join(text[p.start : p.end] for p in found) == text
    assert all(text[p.start] != "\u200d" and text[p.end - 1] != "\u200d" for p in found)


_CHARACTERS = st.one_of(
    st.characters(codec="utf-8"),
    st.sampled_from('.!?…。！？؟۔ \n\t\r\u00ad\u200d\u0301\u202e\u2066\ufeff\u00a0"”’)]|[(“,;:—、，0aA日ع🙂👩🏽'),
)


@st.composite
def _reports(draw: st.DrawFn) -> Report:
    text = draw(st.text(_CHARACTERS, max_size=400)) * draw(st.sampled_from([1, 1, 1, 7]))
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    blocks = tuple(Block(BlockKind.PARAGRAPH, start, end) for start, end in pairs if start < end)
    return Report(text, "-", blocks=blocks, language=draw(st.sampled_from(["en", "de", "zh", "und"])))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_reports())
def test_passages_cover_every_character_once(report: Report) -> None:
    text, end = report.text, 0
    for passage in passages(report):
        assert not text[end : passage.start].strip()  # only blanks between two
        piece = text[passage.start : passage.end]
        assert piece
        assert piece == piece.strip()
        assert len(piece) <= MAX_CHARS
        assert passage.window_start <= passage.start < passage.end <= passage.window_end
        if passage.block >= 0:
            block = report.blocks[passage.block]
            assert block.start <= passage.window_start < passage.window_end <= block.end
        end = passage.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "text",
    ["a" * 2_000_000, "so (it goes. " * 150_000, "no stop here " * 150_000, ". " * 500_000, "U.S. " * 300_000],
    ids=["one word", "open parentheses", "no stops", "only stops", "abbreviations"],
)
def test_time_grows_with_the_text_and_no_faster(text: str) -> None:
    started = time.perf_counter()
    assert passages(Report(text, "-"))
    assert time.perf_counter() - started < 10  # a quadratic step takes minutes


def test_at_least_two_thousand_sentences_a_second() -> None:
    text = " ".join(" ".join(sentences) for sentences in ENGLISH) * 100
    started = time.perf_counter()
    count = len(passages(Report(text, "-")))
    assert count / (time.perf_counter() - started) > 2000
