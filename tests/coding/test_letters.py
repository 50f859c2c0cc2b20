"""Words of many scripts: what is one word, and which spellings are one."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.coding.cues import Words, compile_cue
from counterfoil.coding.letters import bare, fold

FINDS = [
    ("حساب* وهمي*", "عبر الحسابات الوهمية", "الحسابات الوهمية"),  # the article
    ("حساب* وهمي*", "وبحسابات وهمية", "وبحسابات وهمية"),  # and + with
    ("حساب* مزيف*", "أنشأ حسابًا مزيّفًا", "حسابًا مزيّفًا"),  # marks of vowels
    ("إعلان*", "اعلانات", "اعلانات"),  # the alif without its hamza
    ("مستخدم*", "للمستخدمين", "للمستخدمين"),  # for + the, written as one
    ("虚假 账号", "這些虛假帳號", "虛假帳號"),
    ("虚假 的? 账号", "虚假的账号", "虚假的账号"),
    ("账号 ... 转发", "账号在几分钟内把同样的文案转发", "账号在几分钟内把同样的文案转发"),
    ("еще", "ещё", "ещё"),
    ("фото*", "фо\u0301то", "фо\u0301то"),  # a stress mark
    ("ім'я", "імʼя", "імʼя"),
    ("gross*", "Großes", "Großes"),
    ("publié*", normalize("NFD", "publiée"), normalize("NFD", "publiée")),
]

MISSES = [
    ("publié", "publie"),
    ("账号 ... 转发", "账号一二三四五六七八九十一二三转发"),
    ("حساب*", "محاسبة"),
    ("سائل", "وسا"),
]


@pytest.mark.parametrize(("cue", "text", "found"), FINDS)
def test_a_cue_finds(cue: str, text: str, found: str) -> None:
    assert [text[start:end] for start, end in compile_cue(cue, {}).find(Words.of(text))] == [found]


@pytest.mark.parametrize(("cue", "text"), MISSES)
def test_a_cue_does_not_find(cue: str, text: str) -> None:
    assert compile_cue(cue, {}).find(Words.of(text)) == []


def test_only_arabic_words_are_bared() -> None:
    assert bare("والحساب") == ("الحساب", "حساب")
    assert bare("account") == bare("акаунт") == bare("号") == ()


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(alphabet=st.sampled_from("abc АЁёاأبولـً帳账x-'ʼé\u0301"), max_size=60))
def test_every_word_stands_where_it_says(text: str) -> None:
    passage = Words.of(text)
    assert [fold(text[start:end]) for start, end in passage.ranges] == list(passage.words)
    for key, places in passage.places.items():
        assert all(passage.has(place, key) for place in places)
