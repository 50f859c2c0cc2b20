"""The cue language: what a cue finds, what it does not, and what is refused."""

import re

import pytest

from counterfoil.coding.cues import Words, compile_cue
from counterfoil.errors import CodebookError

LISTS = {"fake": ("fake", "made-up", "so-called"), "page": ("page*", "channel*")}

FINDS = [
    ("posing as", "He was Posing as a priest", "Posing as"),
    ("posing as", "posing  as", "posing  as"),
    ("impersonat*", "an impersonator", "impersonator"),
    ("(fake|made up) account*", "many made up accounts", "made up accounts"),
    ("fake? account*", "an account", "account"),
    ("fake? account*", "a fake account", "fake account"),
    ("new (fake|false)? page", "a new page", "new page"),
    ("new (fake|false)? page", "a new false page", "new false page"),
    ("<fake> account*", "so called accounts", "so called accounts"),
    ("<fake> (<page>|site)", "a made-up channel", "made-up channel"),
    ("stole ... photo*", "stole the girl's old photos", "stole the girl's old photos"),
    ("stole ... photo*", "stole photos", "stole photos"),
    ("follow-train", "a follow train", "follow train"),
    ("follow-train", "a follow–train", "follow–train"),
    ("candidate's wife", "the candidate’s wife", "candidate’s wife"),
    ("fake accounts", 'so "fake" accounts', 'fake" accounts'),
    (r"re:\bT\.?V\b", "on T.V today", "T.V"),
    ("shot a film", "he shot a film", "shot a film"),
    ("(pages, groups|it) grew", "pages, groups grew", "pages, groups grew"),
    ("фейк*", "много фейков", "фейков"),
]

MISSES = [
    ("posing as", "imposing as"),
    ("photo", "photos"),
    ("stole ... photo*", "stole one two three four five six seven photos"),
    ("<fake> account*", "fakes account"),
    ("leased", "was released today"),
    ("photo* + stolen", "stolen goods"),
]


@pytest.mark.parametrize(("cue", "text", "found"), FINDS)
def test_a_cue_finds(cue: str, text: str, found: str) -> None:
    ranges = compile_cue(cue, LISTS).find(Words.of(text))
    assert [text[start:end] for start, end in ranges] == [found]


@pytest.mark.parametrize(("cue", "text"), MISSES)
def test_a_cue_does_not_find(cue: str, text: str) -> None:
    assert compile_cue(cue, LISTS).find(Words.of(text)) == []


def test_parts_may_stand_in_any_order() -> None:
    cue = compile_cue("photo* + stolen", LISTS)
    text = "stolen from a blog, the photos"
    assert [text[start:end] for start, end in cue.find(Words.of(text))] == ["photos", "stolen"]


@pytest.mark.parametrize(
    ("cue", "word"),
    [
        ("<nothing> account", "<nothing>"),
        ("(a|) b", "empty alternative"),
        ("photo? fake?", "that must be there"),
        ("re:(", "not a regular expression"),
        (r"re:(\w+)+x", "take forever"),
        ("a{2}", "no word of the cue language"),
        ("(big ... lie|fib) told", "no word of the cue language"),
        ("a* b", "no word of the cue language"),
        ("fake(d|s)", "needs a blank"),
        ("(open", "cannot be read"),
    ],
)
def test_a_bad_cue_is_refused_by_name(cue: str, word: str) -> None:
    with pytest.raises(CodebookError, match=re.escape(word)):
        compile_cue(cue, LISTS)


@pytest.mark.parametrize(("cue", "text", "_found"), FINDS)
def test_a_cue_cannot_fire_without_its_needs(cue: str, text: str, _found: str) -> None:
    present = Words.of(text).keys
    for part in compile_cue(cue, LISTS).parts:
        assert all(need & present for need in part.needs)


def test_long_texts_do_not_stall_a_cue() -> None:
    cue = compile_cue("stole ... photo* ... account*", LISTS)
    assert cue.find(Words.of("stole " * 20_000)) == []
