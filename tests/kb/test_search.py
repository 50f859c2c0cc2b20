"""What a query finds, in which order, and what it may not do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.kb.coding import add_run, decide
from counterfoil.kb.incidents import add_incident
from counterfoil.kb.indexing import KINDS
from counterfoil.kb.reports import add_report
from counterfoil.kb.search import COUNTED, RANKED, Group, find
from counterfoil.kb.search_words import read_query
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Extraction
from counterfoil.model.framework import Code
from counterfoil.model.report import Block, BlockKind, Original, Report

AT = "2031-05-01T09:00:00.000Z"
REPORTS = {
    "en": ("Teapots over Saltmere", "2031-05-04", "The tide came in.\n\nFake accounts posed as nurses in Zürich."),
    "ru": ("Ёлки и письма", "2030-11", "Поддельные сайты рассылали письма о ёлках."),
    "zh": ("网络行动", "2029", "他们创建了假账号网络，散布谣言。"),
    "fr": ("Élan", "", "Un réseau d’accounts a diffusé la « tide »."),
}


@pytest.fixture
def stored(workspace: Workspace) -> Workspace:
    for language, (title, published, text) in REPORTS.items():
        starts = [text.index(part) for part in text.split("\n\n")]
        report = Report(
            text=text,
            source=f"{language}.txt",
            title=title,
            published=published,
            language=language,
            publisher="Observatory",
            blocks=tuple(Block(BlockKind.PARAGRAPH, start, start + 1) for start in starts),
        )
        end = len(text)
        code = Code("TEST", "1.0", {"en": "T0097.110", "ru": "T0097"}.get(language, "T0098"))
        found = Suggestion(report.id, code, (report.span(max(0, end - 40), end),), "codebook 1", 0.5)
        extraction = Extraction(actors=(Actor(f"Tide {language}", (report.span(0, 3),)),))
        with workspace.writing() as connection:
            add_report(connection, report, Original(text.encode(), "text/plain"), AT)
            add_run(connection, report.id, (found,), extraction, AT)
            if language == "en":
                decide(connection, found.id, Verdict.ACCEPTED, Signature("ada", AT))
            add_incident(connection, f"Case {language}", [report.id], AT)
    return workspace


def _find(workspace: Workspace, query: str, kind: str, limit: int = 10, offset: int = 0) -> Group:
    with workspace.reading() as connection:
        return find(connection, read_query(query), kind, limit, offset)


def _reports(workspace: Workspace, query: str) -> list[str]:
    """The titles of the reports that are found."""
    return ["".join(piece.text for piece in hit.title) for hit in _find(workspace, query, "report").hits]


def _incidents(workspace: Workspace, query: str) -> set[str]:
    return {"".join(piece.text for piece in hit.title) for hit in _find(workspace, query, "incident").hits}


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("zurich nurses", "en"),
        ("ZÜRICH", "en"),
        ('"accounts posed"', "en"),
        ("елках", "ru"),
        ("Ёлк*", "ru"),
        ("账号", "zh"),
        ("谣言 网络", "zh"),
        ("elan", "fr"),
        ("reseau", "fr"),
        ("fr.txt", "fr"),
        ("tide -nurses", "fr"),
        ("tide -diffus*", "en"),
    ],
)
def test_words_in_many_scripts(stored: Workspace, query: str, language: str) -> None:
    assert _reports(stored, query) == [REPORTS[language][0]]


@pytest.mark.parametrize("query", ['"posed accounts"', "nurs", "号账", "teapot", "zurich -nurses"])
def test_what_is_not_there(stored: Workspace, query: str) -> None:
    assert _reports(stored, query) == []


def test_a_title_counts_more_than_the_text(stored: Workspace) -> None:
    for number, (title, text) in enumerate((("Other", "heron " * 30), ("The heron", "A bird. " * 30))):
        report = Report(text=text, source=f"{number}.txt", title=title, language="en")
        with stored.writing() as connection:
            add_report(connection, report, Original(text.encode(), "text/plain"), AT)
    assert _reports(stored, "heron") == ["The heron", "Other"]


def test_the_hit_says_where_to_look(stored: Workspace) -> None:
    (hit,) = _find(stored, "nurses", "report").hits
    text = REPORTS["en"][2]
    assert hit.start == text.index("nurses")
    assert hit.block == text.index("Fake")
    assert [piece.text for piece in hit.text if piece.marked] == ["nurses"]
    assert (hit.date, hit.about) == ("2031-05-04", "Observatory · en")
    (quote,) = _find(stored, "nurses", "quote").hits
    assert [(code.technique, code.state) for code in quote.codes] == [("T0097.110", "accepted")]
    assert (quote.report, quote.report_title) == (hit.report, REPORTS["en"][0])


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("technique:T0097", {"en", "ru"}),
        ("technique:T0097.110", {"en"}),
        ("technique:T009", set()),
        ("lang:zh", {"zh"}),
        ("since:2030", {"en", "ru", "fr"}),  # one without a date: when it was added
        ("since:2030-12", {"en", "fr"}),
        ("until:2030", {"ru", "zh"}),
        ("until:2030-10", {"zh"}),
        ("date:2031-05", {"en", "fr"}),
        ("date:2031-05-04", {"en"}),
        ("date:2029-07", {"zh"}),  # 2029 is all that is known of it
        ("lang:en technique:T0098", set()),
    ],
)
def test_filters(stored: Workspace, query: str, languages: set[str]) -> None:
    assert set(_reports(stored, query)) == {REPORTS[language][0] for language in languages}
    assert _find(stored, query, "quote").total == len(languages)
    if "technique" not in query:
        assert _incidents(stored, query) == {f"Case {language}" for language in languages}
        assert _find(stored, query, "actor").total == len(languages)
        assert _find(stored, f"{query} tide", "actor").total == len(languages)


def test_an_incident_has_the_techniques_that_were_accepted(stored: Workspace) -> None:
    assert _incidents(stored, "technique:T0097") == {"Case en"}
    assert _incidents(stored, "technique:T0097 case") == {"Case en"}
    assert _incidents(stored, "technique:T0098") == set()


def test_a_name_that_is_just_the_query_comes_first(stored: Workspace) -> None:
    names = ("Heron Street Press", "Grey Heron", "Heron")
    report = Report(text="Birds.", source="b.txt")
    actors = tuple(Actor(name, (report.span(0, 3),)) for name in names)
    with stored.writing() as connection:
        add_report(connection, report, Original(b"b", "text/plain"), AT)
        add_run(connection, report.id, (), Extraction(actors=actors), AT)
    assert [hit.id for hit in _find(stored, "heron", "actor").hits] == ["Heron", "Heron Street Press", "Grey Heron"]


def test_paging_shows_each_hit_once(workspace: Workspace) -> None:
    count = COUNTED + 5
    with workspace.writing() as connection:
        for number in range(count):
            connection.exec_driver_sql(
                "INSERT INTO incidents (id, name, created) VALUES (?, ?, 't')", (f"I-{number}", f"Case {number} heron")
            )
    group = _find(workspace, "heron", "incident", limit=5)
    assert (group.total, group.more, len(group.hits)) == (COUNTED, True, 5)
    seen = [hit.id for page in range(8) for hit in _find(workspace, "heron", "incident", 25, page * 25).hits]
    assert len(seen) == len(set(seen)) == RANKED
    # The best are among those that are weighed, however many came later.
    assert _find(workspace, "case 7 heron", "incident").hits[0].id == "I-7"
    few = _find(workspace, "case 7 heron", "incident")
    assert (few.total, few.more) == (1, False)


def test_nothing_to_go_by_finds_nothing(stored: Workspace) -> None:
    for query in ("", " ", "-tide", '"', "*", "()", "-"):
        assert all(_find(stored, query, kind).total == 0 for kind in KINDS), query


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40) | st.text("abT0\"*-:(){}^+.,;'kindtechlang 97", max_size=40), typing=st.booleans())
def test_no_query_is_an_error(stored: Workspace, query: str, typing: bool) -> None:
    with stored.reading() as connection:
        for kind in KINDS:
            find(connection, read_query(query, typing), kind, 3)
