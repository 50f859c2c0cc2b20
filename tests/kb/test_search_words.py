"""The query language: what is typed is understood or told, and never breaks the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterfoil.kb.search_words import (
    LONGEST,
    MOST_TERMS,
    Query,
    Term,
    lines_expression,
    read_query,
    texts_expression,
)


def _terms(query: Query) -> list[str]:
    return [" ".join(term.words) + "*" * term.prefix for term in query.terms]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("fake Accounts", ["fake", "accounts"]),
        ('"Fake accounts" posed', ["fake accounts", "posed"]),
        ("“fake accounts”", ["fake accounts"]),
        ('"never closed', ["never closed"]),
        ('acc* "fake acc"*', ["acc*", "fake acc*"]),
        ("a*", ["a"]),  # half of all words begin with a letter
        ("账号*", ["账 号"]),
        ("https://a.example/x?y=1", ["https a example x y 1"]),
        ("see:this", ["see this"]),
        ("AND OR NOT NEAR(", ["and", "or", "not", "near"]),
        ("^body: {title} : + * ( ) ' ; --", ["body", "title"]),
        ("-", []),
        ('""', []),
        ("", []),
    ],
)
def test_words(typed: str, terms: list[str]) -> None:
    query = read_query(typed)
    assert _terms(query) == terms
    assert query.notes == ()


def test_words_to_leave_out() -> None:
    query = read_query('accounts -satire -"fan page"')
    assert _terms(query) == ["accounts"]
    assert query.without == (Term(("satire",)), Term(("fan", "page")))


def test_a_hyphen_inside_a_word_leaves_nothing_out() -> None:
    assert _terms(read_query("anti-vaccine")) == ["anti vaccine"]


def test_only_words_to_leave_out_is_told() -> None:
    query = read_query("-satire")
    assert query.is_empty
    assert query.without == ()
    assert "needs words to look for" in query.notes[0]


def test_filters() -> None:
    query = read_query('kind:quotes technique:t0097.110 lang:UK since:2023 until:"2024-03" fake')
    assert (query.kind, query.technique, query.language) == ("quote", "T0097.110", "uk")
    assert (query.since, query.until) == ("2023", "2024-03")
    assert _terms(query) == ["fake"]
    assert read_query("date:2024-03").since == read_query("date:2024-03").until == "2024-03"


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("kind:thing", "no such kind; there are technique,"),
        ("technique:x", "look like T0097"),
        ("lang:ukrainian", "by their code"),
        ("since:yesterday", "dates look like"),
        ("date:", "dates look like"),
        ("-kind:quote", "cannot be turned round"),
    ],
)
def test_a_filter_that_cannot_be_is_told_and_passed_over(typed: str, note: str) -> None:
    query = read_query(f"{typed} fake" if typed != "date:" else 'date:"" fake')
    assert note in query.notes[0]
    assert _terms(query) == ["fake"]
    assert not query.filtered
    assert not query.kind


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("fake acc", ["fake", "acc*"]),
        ("fake acc ", ["fake", "acc"]),  # a space: the word is finished
        ("fake a", ["fake", "a"]),
        ('"fake acc', ["fake acc"]),
        ("fake -acc", ["fake"]),
        ("假账", ["假 账"]),
    ],
)
def test_while_typing_the_last_word_is_a_beginning(typed: str, terms: list[str]) -> None:
    assert _terms(read_query(typed, typing=True)) == terms


def test_a_long_query_is_cut_and_told() -> None:
    query = read_query("word " * 1000)
    assert len(query.terms) == MOST_TERMS
    assert len(query.notes) == 2
    assert str(LONGEST) in query.notes[0]


def test_a_techniques_id_finds_what_is_coded_with_it() -> None:
    expression = lines_expression(read_query("T0097"))
    assert '{tags} : ("tt0097" OR "tt0097x" *)' in expression
    assert "tags" not in lines_expression(read_query('"T0097"'))
    assert "tags" not in texts_expression(read_query("technique:T0097 fake"))


@given(st.text(), st.booleans())
def test_every_text_is_a_query(text: str, typing: bool) -> None:
    query = read_query(text, typing)
    for term in (*query.terms, *query.without):
        assert all(word and '"' not in word and " " not in word for word in term.words)
