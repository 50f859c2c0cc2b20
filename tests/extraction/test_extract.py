"""What holds for every text: verbatim spans, same result twice, no network, light import."""

import importlib
import pkgutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.extraction import KINDS, extract
from counterfoil.model import plain
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Block, BlockKind, Report

PIECES = [
    "🫖",
    "👩🏽‍💻",
    "e\u0301",
    "u\u0308",
    "\u00ad",
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\xa0",
    "\n",
    " ",
    ". ",
    ", ",
    "(",
    ")",
    "שלום",
    "مرحبا",
    "#وسم",
    "नमस्ते",
    "मैं",
    "微博",
    "2024年9月17日",
    "example[.]com",
    "hxxps[:]//exam\u00adple[.]org/a_(b)",
    "user[at]example(dot)net",
    "пример.рф",
    "@some_name",
    "#Hash\u0301tag",
    "198[.]51.100.7",
    "2001:db8::1",
    "Taizi Flood",
    "Chinese influence actor ",
    "Microsoft tracks as ",
    "(a.k.a. “Spam”)",
    "Storm-1234",
    "the Foo network ",
    "U.S. ",
    "Face\u00adbook",
    "X (formerly Twitter)",
    "17 September 2024",
    "between March and May 2023",
    "on Wednesday",
    "Georgia",
    "Jordan",
    "Россия",
    "“quoted words here,” said Ann Lee.",
    "targeted Senator Ann Lee",
    "claims that the sky fell",
    "National Sky Agency (NSA)",
    "\ud800",
    "İ",
    "ß",
    "ﬁ",
    "٢٠٢٤",
    "\u1100\u1161",
]
#: what stands at the edges of quotations and clauses, and words that make rules look there
MARKS = [
    *'“”"«»„‘’()[]{}:;,.—-?!#@|',
    *" said says and but who that by of the is he they it not as".split(" "),
    *"Russia Meta We RT Operation Mr officials operation campaign named called denied blamed according to".split(),
    "\n\n",
]


def spans_of(found: Extraction) -> list[Span]:
    return [span for kind in KINDS for item in getattr(found, kind) for span in item.spans]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(["", "", " "])), max_size=60))
def test_no_order_of_marks_and_words_breaks_a_rule(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + space for piece, space in pieces)
    assert all(text[span.start : span.end] == span.quote for span in spans_of(extract(Report(text=text, source="-"))))


@pytest.mark.parametrize(
    "text", ['{"a":"b":"C."}', "the group “ . ”, an operation named “ ,”", ':"Yes." "No.": "Maybe."']
)
def test_marks_without_words_are_passed_over(text: str) -> None:
    extract(Report(text=text, source="-"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40), st.booleans())
def test_every_span_is_verbatim(pieces: list[str], glued: bool) -> None:
    text = ("" if glued else " ").join(pieces)
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),) if len(text) % 2 else ()
    report = Report(text=text, source="-", published="2024-10-24", blocks=blocks)
    found = extract(report)
    for span in spans_of(found):
        assert text[span.start : span.end] == span.quote
    for kind in KINDS:
        starts = [item.spans[0].start for item in getattr(found, kind)]
        assert starts == sorted(starts), kind
        assert all(item.spans for item in getattr(found, kind))
    assert extract(report) == found


def test_every_kind_is_stored() -> None:
    assert set(KINDS) == set(plain.KINDS) == {field.name for field in fields(Extraction)} - {"coder"}


def test_no_module_hides_behind_the_function() -> None:
    package = importlib.import_module("counterfoil.extraction")
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert not modules & set(package.__all__)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("0001-01-01", "yesterday, last week, last month, last year, 3 days ago, last Monday, this past May"),
        ("9999-12-31", "tomorrow, next week, next month, next year, this coming Monday, this coming May"),
    ],
)
def test_the_calendar_ends(published: str, words: str) -> None:
    found = extract(Report(text=words, source="-", published=published))
    assert [item.text for item in found.dates] == words.split(", ")
    assert {item.value for item in found.dates} == {""}


def test_years_keep_four_digits() -> None:
    found = extract(Report(text="next year, this May and next month", source="-", published="0033-04-03"))
    assert [item.value for item in found.dates] == ["0034", "0033-05", "0033-05"]


def test_a_week_as_publication_date_is_no_month() -> None:
    found = extract(Report(text="It began on 5 May.", source="-", published="2024-W40"))
    assert [item.value for item in found.dates] == ["2024-05-05"]


def test_a_name_found_once_is_found_everywhere() -> None:
    text = (
        "Salt Road: a study. The institute blames a group which it tracks as Salt Road (a.k.a. “Brine”). Salt Road's "
        "pages are gone. Brine was its first name, and nobody misses Salt Road."
    )
    (actor,) = [actor for actor in extract(Report(text=text, source="-")).actors if actor.kind == "actor"]
    assert [span.quote for span in actor.spans] == [
        "Salt Road", "Salt Road", "Brine", "Salt Road", "Brine", "Salt Road"
    ]  # fmt: skip


def test_importing_is_light() -> None:
    code = (
        "import sys, counterfoil.extraction;"
        "print([m for m in ('tldextract', 'yaml', 'pysbd', 'httpx') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("extraction must not open a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    found = extract(Report(text="See example[.]co[.]uk.", source="-"))
    assert [item.value for item in found.observables] == ["example.co.uk"]


def test_empty_and_plain_texts_give_nothing() -> None:
    for text in ("", " ", "\n\n", "Nothing is named here, and nobody either."):
        assert not spans_of(extract(Report(text=text, source="-")))


def test_one_item_holds_all_places_of_a_value() -> None:
    text = "example[.]com, http://example.com/a and example.com; Example.com again"
    found = extract(Report(text=text, source="-"))
    domain = next(item for item in found.observables if item.type == "domain-name")
    assert [span.quote for span in domain.spans] == ["example[.]com", "example.com", "Example.com"]
    assert [item.value for item in found.observables] == ["example.com", "http://example.com/a"]


@pytest.mark.shared
def test_a_real_article(shared: Path) -> None:
    text = next((shared / "seeds").glob("001_*.txt")).read_text(encoding="utf-8")
    found = extract(Report(text=text, source="-"))
    actors = {actor.name: actor for actor in found.actors}
    assert {(a.name, a.by) for a in actors["Taizi Flood"].aliases} == {("Spamouflage", "Microsoft")}
    assert actors["Taizi Flood"].state == "CN"
    assert {a.name for a in actors["Storm-1852"].aliases} == {"Storm1852"}
    assert {a.name for actor in found.actors for a in actor.aliases} >= {"MTAC", "ODNI", "NIC"}
    assert {actor.name for actor in found.actors if actor.kind == "state"} == {"Russia", "Iran", "China"}
    assert {actor.name for actor in found.actors if actor.kind == "actor"} == {"Taizi Flood", "Storm-1852"}
    assert {item.value for item in found.dates} >= {"2024-07", "2024-09", "2022", "2020", "2024-09-17", "2024-11"}
    assert {"Wednesday", "Tuesday", "this November"} <= {item.text for item in found.dates}
    assert found.platforms == ()
    assert found.observables == ()


@pytest.mark.parametrize("subject", ["it", "we", "Lagoon Institute", "researchers"])
def test_whoever_tracks_it_the_name_counts(subject: str) -> None:
    text = f"The institute blames a group which {subject} tracks as Night Ferry (a.k.a. “Ferryman”) for the posts."
    found = extract(Report(text=text, source="x"))
    (actor,) = [actor for actor in found.actors if actor.kind == "actor"]
    assert (actor.name, [alias.name for alias in actor.aliases]) == ("Night Ferry", ["Ferryman"])


def test_hosts_outside_the_public_suffix_list() -> None:
    text = (
        "The clone lay at courier-news[.]example and at abcdefghij234567.onion; foo.test and see.example are no hosts."
    )
    found = extract(Report(text=text, source="x"))
    assert {item.value for item in found.observables} == {"courier-news.example", "abcdefghij234567.onion"}
