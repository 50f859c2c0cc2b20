"""What counts as the same word in a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.kb.folding import FOLDS, fold, is_spaced, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élan, naïve: ZÜRICH", "elan naive zurich"),
        ("e\u0301lan", "elan"),  # decomposed
        ("Łukasz Đorđe Sørensen æsir", "lukasz dorde sorensen aesir"),
        ("Ёлки Йод Київ", "елки иод киів"),
        ("Ελλάδα ΟΔΟΣ", "ελλαδα οδοσ"),
        ("straße İstanbul ısı", "strasse istanbul isi"),
        ("oﬃcial ①②", "official 12"),
        ("ＦＡＫＥ", "fake"),
        ("مُحَمَّد أحمد", "محمد احمد"),
        ("don’t_do-this", "don t do this"),
        ("假账号", "假 账 号"),
        ("がギ", "が ギ"),
        ("ｶﾅ", "カ ナ"),
        ("한국어는", "한 국 어 는"),
        ("हिन्दी", "हिन्दी"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("🫖 “tea” → coffee\x00", "tea coffee"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert " ".join(words(text)) == folded


def test_a_character_of_chinese_is_a_word() -> None:
    assert is_spaced("账")
    assert not is_spaced("a")
    assert not is_spaced("ab")


@given(st.text())
def test_folding_folded_words_changes_nothing(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_takes_a_faster_way_to_the_same(text: str) -> None:
    assert fold(text) == text.translate(FOLDS)
