"""What holds for every text: verbatim spans, same result twice, linear time, no network, light import."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.extraction import KINDS, extract
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


def spans_of(found: Extraction) -> list[Span]:
    return [span for kind in KINDS for item in getattr(found, kind) for span in item.spans]


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


ADVERSARIAL = {
    "brackets": '([{<«“"',
    "quotes": "“",
    "dotted": "U.S. ",
    "digits": "1234567890",
    "ats": "@",
    "labels": "a.a.",
    "dots": "[.]",
    "defanged": "a[.]",
    "directions": "abc\u202eאבג\u202d مرحبا ",
    "schemes": "http://",
    "capital": "A",
    "capitals": "Ab Cd ",
    "hashes": "#",
    "years": "2024 ",
    "networks": "the Foo network and ",
    "marks": "e\u0301",
    "known": "group known as Foo Bar, ",
    "months": "May 5 to ",
    "lists": "Facebook, X, ",
    "acronyms": "National Sky Council (NSC) ",
    "lines": "From A at B:\n",
    "blanks": " ",
    "codes": "APT28 (",
    "closings": "hxxp[:]//a[.]com/)))))))))",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_is_linear_on_hostile_text(name: str) -> None:
    # A tenth of a megabyte in a tenth of the ten seconds that a megabyte may take, twice over for a busy
    # machine; anything quadratic would need minutes for the whole.
    unit = ADVERSARIAL[name]
    extract(Report(text="warm up", source="-"))
    small, large = (unit * (size // len(unit) + 1) for size in (100_000, 400_000))
    seconds = []
    for text in (small[:100_000], large[:400_000]):
        start = time.process_time()
        extract(Report(text=text, source="-", published="2024-10-24"))
        seconds.append(time.process_time() - start)
    assert seconds[1] < 8, f"400 kB took {seconds[1]:.1f} s"
    assert seconds[1] < 10 * seconds[0] + 1, f"four times the text took {seconds[1] / seconds[0]:.1f} times as long"


@pytest.mark.slow
def test_a_megabyte_of_mixed_hostility_is_done_in_ten_seconds() -> None:
    text = "".join(unit * (1_000_000 // len(ADVERSARIAL) // len(unit)) for unit in ADVERSARIAL.values())
    start = time.process_time()
    extract(Report(text=text, source="-"))
    assert time.process_time() - start < 10


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
    assert {actor.name for actor in found.actors if actor.kind == "state"} == {"Russia", "Iran", "China", "Israel"}
    assert {actor.name for actor in found.actors if actor.kind == "actor"} == {"Taizi Flood", "Storm-1852"}
    assert {item.value for item in found.dates} >= {"2024-07", "2024-09", "2022", "2020", "--09-17"}
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
