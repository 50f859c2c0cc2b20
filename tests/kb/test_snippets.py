"""Snippets: the right part of a text, with exactly the words marked that were looked for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from counterfoil.kb.folding import words
from counterfoil.kb.search_words import read_query
from counterfoil.kb.snippets import WIDTH, Piece, marked, snippet

FILLER = "Nothing of the kind is told here, and so it goes on. "


def _shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def _marks(text: str, query: str) -> list[str]:
    return [piece.text for piece in marked(text, read_query(query).terms) if piece.marked]


def test_words_are_marked_as_they_are_written() -> None:
    assert _shown(marked("Élan: fake Accounts!", read_query("elan accounts").terms)) == "[Élan]: fake [Accounts]!"


def test_marks_stand_where_the_words_are_whatever_folding_does_to_lengths() -> None:
    assert _marks("e\u0301lan oﬃcial straße 🫖 end", "elan official strasse end") == [
        "e\u0301lan",
        "oﬃcial",
        "straße",
        "end",
    ]
    # One character becomes two, another none: the lengths agree by chance.
    assert _marks("ﬁ e\u0301 end", "end") == ["end"]


def test_scripts_without_spaces() -> None:
    assert _marks("他们创建了假账号网络。", "账号") == ["账号"]
    assert _marks("한국어는 어렵다", "한국") == ["한국"]


def test_phrases_and_beginnings() -> None:
    assert _marks("fake news; fake — accounts, accountants", '"fake accounts"') == ["fake — accounts"]
    assert _marks("fake accounts, accountants, account", "account*") == ["accounts", "accountants", "account"]
    assert _marks("an account of accounts", "account") == ["account"]


def test_terms_that_overlap_are_marked_once() -> None:
    assert _shown(marked("the fake accounts posed", read_query('"fake accounts" "accounts posed"').terms)) == (
        "the [fake accounts][ posed]"
    )


def test_the_part_with_most_of_the_words_is_shown() -> None:
    text = f"Accounts first. {FILLER * 20}Here fake accounts posed as nurses. {FILLER * 20}"
    found = snippet(text, read_query("fake accounts nurses").terms)
    assert "[fake] [accounts] posed as [nurses]" in _shown(found.pieces)
    assert found.start == text.index("fake")
    assert _shown(found.pieces).startswith("… ")
    assert _shown(found.pieces).endswith(" …")


def test_words_far_down_in_a_long_text_are_found() -> None:
    text = FILLER * 2000 + "At last the teapot. " + FILLER
    found = snippet(text, read_query("teapot").terms)
    assert found.start == text.index("teapot")
    assert "the [teapot]." in _shown(found.pieces)


def test_without_the_words_it_is_the_beginning() -> None:
    found = snippet(FILLER * 20, read_query("teapot").terms)
    assert found.start is None
    assert _shown(found.pieces).startswith("Nothing of the kind")
    assert len(_shown(found.pieces)) <= WIDTH + 2


def test_html_is_text_like_any_other() -> None:
    assert _shown(marked("<b>fake</b>", read_query("fake").terms)) == "<b>[fake]</b>"


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_what_is_marked_is_what_was_looked_for(before: str, wanted: str, after: str) -> None:
    terms = read_query(f'"{wanted.replace(chr(34), "")}"').terms
    text = f"{before} {wanted} {after}"
    for piece in marked(text, terms):
        # A character such as ½ holds several words, and is marked whole; of terms that overlap the rest is marked.
        if piece.marked and len(terms) == 1:
            assert " ".join(terms[0].words) in " ".join(words(piece.text))
    plain = re.sub(r"\s+", " ", text.replace("\x1e", " · "))
    assert all(piece.text in plain or piece.text in ("… ", " …") for piece in snippet(text, terms).pieces)
