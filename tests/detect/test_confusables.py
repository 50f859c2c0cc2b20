"""Skeletons after UTS #39: the document's own examples and the rules that they stand for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.detect.confusables import (
    are_confusable,
    other_letters,
    read_as_letters,
    scripts,
    sights,
    skeleton,
    without_accents,
)

LOOK_ALIKE = [
    ("paypal", "\u0440\u0430\u0443\u0440\u0430l"),  # Cyrillic: another script for the whole word
    ("scope", "\u0455\u0441\u043e\u0440\u0435"),
    ("toys-r-us", "toy\u0455\u2010r\u2010us"),  # mixed scripts, another hyphen
    ("s\u00f8s", "so\u0337s"),  # one script: a letter and a stroke above it
    ("Harbour", "\u0397arbour"),  # Greek capital Eta
    ("modern", "rnodern"),
    ("Paul", "Pau1"),
    ("O", "0"),
    ("\u00c5", "A\u030a"),
    ("fi", "\ufb01"),
    ("plain", "pl\u200bai\u00adn"),  # zero width space, soft hyphen
    ("news", "\U0001d427\U0001d41e\U0001d430\U0001d42c"),  # mathematical bold
    ("\u00df", "\u03b2"),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKE)
def test_look_alikes_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)
    assert are_confusable(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("paypal", "paypa"), ("scope", "scone"), ("ab", "ba"), ("w", "vv"), ("ć", "c"), ("Ж", "K")]
)
def test_what_does_not_look_alike_has_not(one: str, other: str) -> None:
    assert not are_confusable(one, other)


def test_a_text_is_not_confusable_with_itself() -> None:
    assert not are_confusable("paypal", "paypal")


@given(st.text(max_size=30))
def test_a_skeleton_is_its_own_and_of_every_normal_form(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)
    assert skeleton(unicodedata.normalize("NFC", text)) == skeleton(unicodedata.normalize("NFD", text))


def test_case_does_not_hide_a_capital_i_nor_make_one() -> None:
    assert sights("PauI") & sights("Paul")
    assert sights("IRIS") & sights("iris")
    assert not sights("Paula") & sights("Pauls")


def test_what_is_told_of_strange_letters() -> None:
    assert other_letters("H\u0430rbour", "Harbour") == ["\u0430 (cyrillic small letter a)"]
    assert other_letters("mirasoIvang", "mirasolvang") == ["I (latin capital letter i)"]
    assert scripts("H\u0430rbour") == ["Latin", "Cyrillic"]
    assert (read_as_letters("m1r4$"), without_accents("Łódź É")) == ("mlras", "łodz e")
