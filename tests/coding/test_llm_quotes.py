"""Quotes: folded alike, found once or refused, and always mapped back to the letters that stand there."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from counterfoil.coding.llm_prompt import paragraphs
from counterfoil.coding.llm_proposals import vet
from counterfoil.coding.llm_quotes import Folded, fold, is_hidden, locate, shown, visible
from counterfoil.coding.llm_refusals import Refused
from counterfoil.coding.llm_reply import Items, read_items
from counterfoil.model.report import Report
from counterfoil.readers.passages import passages
from tests.coding.llm_server import GUIDES, OFFERED, item, questions_of, report_of


def _located(text: str, quote: str) -> str | Refused:
    place = locate(Folded.of(text, 0, len(text)), quote)
    return place if isinstance(place, Refused) else text[slice(*place)]


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("They  posed\nas “dock workers”.", 'posed as "dock workers"', "posed\nas “dock workers”"),
        ("the Courier’s copy", "Courier's copy", "Courier’s copy"),
        ("the Courier's copy", "  the Courier‘s \n copy ", "the Courier's copy"),
        ("f\u200bake acc\u00adounts", "fake accounts", "f\u200bake acc\u00adounts"),
        ("a\u00a0fake\u2003account", "fake account", "fake\u2003account"),
        ("«поддельные» аккаунты", '"поддельные" аккаунты', "«поддельные» аккаунты"),
        ("他们创建了假账户并发布", "创建了假账户", "创建了假账户"),
        ("family 👩\u200d👩\u200d👧 accounts", "family 👩👩👧 accounts", "family 👩\u200d👩\u200d👧 accounts"),
        ("fake accounts", "Fake accounts", Refused.ABSENT),
        ("fake accounts", "fake … accounts", Refused.ABSENT),
        ("fake accounts", "fаke accounts", Refused.ABSENT),  # a Cyrillic а
        ("fake accounts and fake accounts", "fake accounts", Refused.AMBIGUOUS),
        ("tatatata tata", "tata", Refused.AMBIGUOUS),
        ("the fake accounts", "ake accounts", Refused.BROKEN),
        ("the fake accounts", "fake account", Refused.BROKEN),
        ("a cafe\u0301", "a cafe", Refused.BROKEN),
        ("the fake accounts", "the", Refused.SHORT),
        ("the fake accounts", "", Refused.SHORT),
        ("— … — … —", "— … —", Refused.SHORT),
    ],
)
def test_a_quote_is_found_once_or_refused(text: str, quote: str, found: str | Refused) -> None:
    assert _located(text, quote) == found


@pytest.mark.parametrize(
    "char", ["\u200b", "\u202e", "\u2066", "\U000e0054", "\ufeff", "\u00ad", "\ufe0f", "\x1b", "\ue000"]
)
def test_what_nobody_sees_is_hidden(char: str) -> None:
    assert is_hidden(char)
    assert visible(f"a{char}b") == "ab"


@pytest.mark.parametrize("char", ["a", " ", "\n", "\u00a0", "é", "\u0301", "ا", "漢", "🫖", "\u06dd"])
def test_what_is_seen_is_not(char: str) -> None:
    assert not is_hidden(char)


def test_a_line_for_a_screen_is_short_and_clean() -> None:
    line = shown("\x1b[2Jaccepted\u202e by\nada " * 50)
    assert line.startswith("[2Jaccepted by ada")
    assert len(line) <= 80
    assert line.isprintable()


#: Letters of many scripts, and much of what texts are attacked with.
_CHARS = st.one_of(
    st.sampled_from("aAbé  \n\t\u00a0“”\"'’«»\u200b\u200d\u202e\u00ad\u0301\ufe0f\U000e0041漢字اа🫖.,;:—{}[]\\"),
    st.characters(),
)
_TEXT = st.text(_CHARS, min_size=1, max_size=120)


@given(_TEXT, st.integers(0, 120), st.integers(0, 120))
def test_folding_remembers_every_place(text: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    folded = Folded.of(text, start, end)
    assert len(folded.text) == len(folded.offsets)
    assert list(folded.offsets) == sorted(set(folded.offsets))
    assert all(start <= offset < end for offset in folded.offsets)
    assert fold(folded.text) == folded.text
    for char, offset in zip(folded.text, folded.offsets, strict=True):
        assert fold(text[offset]) == char


@given(_TEXT, st.integers(0, 120), st.integers(1, 40))
def test_a_piece_of_the_text_is_never_said_to_be_absent(text: str, start: int, length: int) -> None:
    piece = text[start : start + length]
    assert _located(text, piece) is not Refused.ABSENT


#: Texts with words in them, so that some of what is said of them can be kept.
_WORDS = [
    "fake",
    "accounts",
    "“posed”",
    "as",
    "cafe\u0301s",
    "假账户",
    "re\u200bporters",
    "news\nletter",
    "it’s",
    "bots",
]
_WORDY = st.lists(
    st.one_of(*[st.sampled_from(_WORDS)] * 4, st.text(_CHARS, max_size=8)), min_size=4, max_size=20, unique=True
).map(" ".join)


def _replies(text: str) -> st.SearchStrategy[str]:
    """What a model might say: words of the text, pieces, bent pieces, junk, of the right form and of none."""
    places = st.integers(0, len(text))
    words = text.split()
    some = st.tuples(st.integers(0, len(words)), st.integers(2, 4))
    whole = some.map(lambda place: " ".join(words[place[0] : place[0] + place[1]]))
    piece = st.tuples(places, places).map(lambda ends: text[min(ends) : max(ends)])
    bent = piece.map(lambda quote: unicodedata.normalize("NFC", " ".join(quote.split())).replace("“", '"'))
    field = st.one_of(piece, bent, _TEXT.map(visible))
    good = st.builds(item, technique=st.sampled_from(OFFERED), quote=st.one_of(whole, bent), rationale=field)
    bad = st.builds(
        item,
        technique=st.one_of(st.sampled_from([*GUIDES, "T0000", ""]), field),
        quote=field,
        modality=st.sampled_from(["observed", "warned", "negated", "accepted"]),
        certainty=st.sampled_from(["outright", "implied", "1.0"]),
    )
    anything = st.recursive(
        st.none() | st.booleans() | st.floats() | field,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(field, inner, max_size=3),
        max_leaves=6,
    )
    listed: st.SearchStrategy[Any] = st.lists(st.one_of(good, good, bad, anything), min_size=2, max_size=15)
    formed = listed.map(lambda found: json.dumps({"proposals": found}))
    return st.one_of(formed, formed, anything.map(json.dumps), field)


def _kept(text: str, content: str) -> int:
    """How many proposals of a reply are kept, after everything that must hold of them was checked."""
    report = report_of(text)
    read = read_items(content)
    kept = 0
    for question in questions_of(report):
        if not isinstance(read, Items):
            continue
        vetted = vet(report, question, read.items, GUIDES.__contains__)
        assert len(vetted.proposals) + len(vetted.refusals) == len(read.items)
        folded = Folded.of(text, question.paragraph.start, question.paragraph.end).text
        for proposal in vetted.proposals:
            span = proposal.span
            assert text[span.start : span.end] == span.quote
            assert question.paragraph.start <= span.start < span.end <= question.paragraph.end
            assert fold(span.quote) in {fold(given.quote).strip() for given in read.items}
            assert folded.count(fold(span.quote)) == 1
            assert proposal.technique in OFFERED
            assert not any(map(is_hidden, proposal.rationale))
            kept += 1
    return kept


@settings(max_examples=300)
@given(st.data())
def test_every_kept_span_is_verbatim_whatever_is_said(data: st.DataObject) -> None:
    text = data.draw(st.lists(_WORDY, min_size=1, max_size=3).map("\n\n".join))
    event(f"kept: {min(_kept(text, data.draw(_replies(text))), 2)}")


def test_what_can_be_kept_is_kept() -> None:
    assert _kept("They created fake\u200b accounts.", json.dumps({"proposals": [item()]})) == 1


@given(st.lists(_TEXT, min_size=1, max_size=4).map("\n\n".join), st.booleans())
def test_paragraphs_hold_each_passage_once(text: str, structured: bool) -> None:
    report = report_of(text) if structured else Report(text, "-", language="en")
    parts = passages(report)
    assert [passage for paragraph in paragraphs(report, parts) for passage in paragraph.passages] == list(parts)
