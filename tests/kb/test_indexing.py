"""The index of the search is what is stored, after whatever happened to it."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from counterfoil.errors import WorkspaceError
from counterfoil.kb.coding import add_run, add_suggestions, decide
from counterfoil.kb.incidents import add_incident, store_incident
from counterfoil.kb.indexing import KINDS, _folded
from counterfoil.kb.migrations.versions import v0001_first, v0002_frameworks, v0003_guards, v0004_withdrawals
from counterfoil.kb.reports import add_report
from counterfoil.kb.search import Group, find
from counterfoil.kb.search_words import read_query
from counterfoil.kb.withdrawing import withdraw
from counterfoil.kb.workspace import DATABASE, Workspace
from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Alias, Extraction, Narrative, Observable
from counterfoil.model.framework import Code
from counterfoil.model.incident import Details, Incident
from counterfoil.model.report import Original, Report

AT = "2031-05-01T09:00:00.000Z"
ADA = Signature("ada", AT)


def _suggestion(report: Report, quote: str, technique: str = "T0001", coder: str = "codebook 1") -> Suggestion:
    start = report.text.index(quote)
    return Suggestion(report.id, Code("TEST", "1.0", technique), (report.span(start, start + len(quote)),), coder, 0.5)


def _extraction(report: Report, name: str = "Grey Heron", *aliases: str) -> Extraction:
    spans = (report.span(0, 6),)
    return Extraction(
        actors=(Actor(name, spans, tuple(map(Alias, aliases)), "network", "ZZ"),),
        observables=(Observable("domain-name", "heron-news.example", spans),),
        narratives=(Narrative("the harbour is closing", spans),),
    )


def _store(workspace: Workspace, report: Report, found: tuple[Suggestion, ...], extraction: Extraction) -> None:
    with workspace.writing() as connection:
        add_report(connection, report, Original(report.text.encode(), "text/plain"), AT)
        add_run(connection, report.id, found, extraction, AT)


def _found(workspace: Workspace, query: str, kind: str) -> Group:
    with workspace.reading() as connection:
        return find(connection, read_query(query), kind, 10)


def _titles(group: Group) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in group.hits]


def _check(workspace: Workspace) -> None:
    """The words of the index are those of the entries, no more and no fewer."""
    with workspace.writing() as connection:
        ids = [row.id for row in connection.execute(text("SELECT id FROM search_entries"))]
        expected: dict[str, set[tuple[str, str, int, int]]] = {"search_texts": set(), "search_lines": set()}
        for table, rows in _folded(connection, ids):
            for number, *columns in rows:
                for name, folded in zip(("title", "body", "tags"), columns, strict=True):
                    expected[table] |= {(word, name, number, at) for at, word in enumerate(folded.split())}
        for table, words in expected.items():
            assert _instances(connection, table) == words
        assert connection.execute(text("SELECT count(*) FROM search_pending")).scalar() == 0


def _instances(connection: Connection, table: str) -> set[tuple[str, str, int, int]]:
    """Every word of the index: the word, its column, its entry, its place."""
    connection.execute(text(f"CREATE VIRTUAL TABLE temp.words_{table} USING fts5vocab(main, {table}, instance)"))
    rows = connection.execute(text(f"SELECT term, col, doc, offset FROM words_{table}"))
    found = {(str(row[0]), str(row[1]), int(row[2]), int(row[3])) for row in rows}
    connection.execute(text(f"DROP TABLE temp.words_{table}"))
    return found


@pytest.fixture
def stored(workspace: Workspace, report: Report) -> Workspace:
    found = (_suggestion(report, "Grey Heron created fake accounts", "T0001.001"), _suggestion(report, "paid anyone"))
    _store(workspace, report, found, _extraction(report, "Grey Heron", "GH"))
    return workspace


def test_everything_that_is_stored_is_found(stored: Workspace, report: Report) -> None:
    with stored.writing() as connection:
        add_incident(connection, "Herons at the harbour", [report.id], AT)
    assert [hit.id for hit in _found(stored, "dock workers", "report").hits] == [report.id]
    assert [hit.report for hit in _found(stored, "fake", "quote").hits] == [report.id]
    assert _titles(_found(stored, "gh", "actor")) == ["Grey Heron"]
    assert _titles(_found(stored, "heron-news.example", "observable")) == ["heron-news.example"]
    assert _titles(_found(stored, "harbour", "narrative")) == ["the harbour is closing"]
    assert _titles(_found(stored, "harbour", "incident")) == ["Herons at the harbour"]
    _check(stored)


def test_what_is_not_stored_is_not_found(workspace: Workspace, report: Report) -> None:
    def fail_half_way() -> None:
        with workspace.writing() as connection:
            add_report(connection, report, Original(b"raw", "text/plain"), AT)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert _found(workspace, "heron", "report").total == 0
    _check(workspace)


def test_a_transaction_that_cannot_be_indexed_is_not_stored(stored: Workspace) -> None:
    def break_the_index() -> None:
        with stored.writing() as connection:
            connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'Lapwing', 't')"))
            connection.execute(text("DROP TABLE search_lines"))

    with pytest.raises(WorkspaceError, match="no such table"):
        break_the_index()
    assert _found(stored, "lapwing", "incident").total == 0


def test_whoever_writes_is_indexed(stored: Workspace) -> None:
    """Even SQL that knows nothing of a search."""
    with stored.writing() as connection:
        connection.execute(text("INSERT INTO incidents (id, name, created) VALUES ('I-1', 'Lapwing', 't')"))
    assert _found(stored, "lapwing", "incident").total == 1
    with stored.writing() as connection:
        connection.execute(text("UPDATE incidents SET name = 'Plover' WHERE id = 'I-1'"))
    assert _found(stored, "lapwing", "incident").total == 0
    assert _found(stored, "plover", "incident").total == 1
    _check(stored)
    with stored.writing() as connection:
        connection.execute(text("DELETE FROM incident_facets"))
        connection.execute(text("DELETE FROM incidents"))
    assert _found(stored, "plover", "incident").total == 0
    _check(stored)


def test_coding_again_leaves_the_quotes_that_are_listed(stored: Workspace, report: Report) -> None:
    with stored.writing() as connection:
        add_run(connection, report.id, (_suggestion(report, "no evidence"),), _extraction(report, "Lapwing"), AT)
    assert _found(stored, "fake", "quote").total == 0
    assert _found(stored, "evidence", "quote").total == 1
    assert _found(stored, "heron", "actor").total == 0
    assert _found(stored, "lapwing", "actor").total == 1
    assert _found(stored, "dock workers", "report").total == 1
    _check(stored)


def test_a_judged_quote_stays_until_the_decision_is_taken_back(stored: Workspace, report: Report) -> None:
    judged = _suggestion(report, "Grey Heron created fake accounts", "T0001.001")
    with stored.writing() as connection:
        decide(connection, judged.id, Verdict.ACCEPTED, ADA)
        add_run(connection, report.id, (), Extraction(), AT)
    (hit,) = _found(stored, "fake", "quote").hits
    assert [(code.technique, code.state) for code in hit.codes] == [("T0001.001", "accepted")]
    assert _found(stored, "paid", "quote").total == 0
    with stored.writing() as connection:
        withdraw(connection, judged.id, ADA)
    assert _found(stored, "fake", "quote").total == 0
    _check(stored)


def test_a_code_of_ones_own_for_a_passage_that_is_there(stored: Workspace, report: Report) -> None:
    own = _suggestion(report, "Grey Heron created fake accounts", "T0002", "analyst ada")
    with stored.writing() as connection:
        run = connection.execute(text("SELECT max(id) FROM runs")).scalar_one()
        add_suggestions(connection, run, [own])
        decide(connection, own.id, Verdict.ACCEPTED, ADA)
    group = _found(stored, "fake", "quote")
    assert group.total == 1
    assert {code.technique for code in group.hits[0].codes} == {"T0001.001", "T0002"}
    assert _found(stored, "technique:T0002 fake", "quote").total == 1
    _check(stored)


def test_what_several_reports_name_is_one_entry(stored: Workspace, report: Report) -> None:
    other = Report(text="GREY HÉRON again, said others.", source="b.txt", title="Again", language="fr")
    _store(stored, other, (), _extraction(other, "Grey Héron", "Ardea"))
    (hit,) = _found(stored, "grey heron", "actor").hits
    assert hit.reports == 2
    assert _titles(_found(stored, "ardea", "actor")) == [hit.id]
    with stored.writing() as connection:
        add_run(connection, other.id, (), Extraction(), AT)
    (hit,) = _found(stored, "grey heron", "actor").hits
    assert (hit.id, hit.reports) == ("Grey Heron", 1)
    assert _found(stored, "ardea", "actor").total == 0
    _check(stored)


def test_a_phrase_does_not_reach_from_one_passage_into_the_next(stored: Workspace, report: Report) -> None:
    first, second = report.text.index("created fake"), report.text.index("dock workers")
    both = replace(
        _suggestion(report, "posed as"),
        spans=(report.span(first, first + 12), report.span(second, second + 12)),
    )
    with stored.writing() as connection:
        add_run(connection, report.id, (both,), Extraction(), AT)
    assert _found(stored, "fake dock", "quote").total == 1
    assert _found(stored, '"fake dock"', "quote").total == 0


def test_an_imported_incident_is_found_by_all_that_is_said_of_it(workspace: Workspace) -> None:
    details = Details("I00999", "Herons posed as Zoë's neighbours.", "2031", ("Ruritania",), ("Sylvania",))
    with workspace.writing() as connection:
        store_incident(connection, Incident("I-1", "Heron", (), AT, "DISARM 1.6", details))
    for words in ("zoe neighbours", "ruritania", "sylvania", "I00999", "2031"):
        assert _found(workspace, words, "incident").total == 1, words


def test_an_older_workspace_is_indexed_when_it_is_opened(stored: Workspace, report: Report, tmp_path: Path) -> None:
    with stored.writing() as connection:
        add_incident(connection, "Herons at the harbour", [report.id], AT)
    before = _everything(stored)
    stored.close()
    folder = tmp_path / "older"
    shutil.copytree(stored.folder, folder)
    _take_back_to_0004(folder / DATABASE)
    older = Workspace.open(folder)
    assert _everything(older) == before
    assert sum(before.values()) == 7
    _check(older)


def _everything(workspace: Workspace) -> dict[str, int]:
    return {kind: _found(workspace, f"kind:{kind}", kind).total for kind in KINDS}


def _take_back_to_0004(database: Path) -> None:
    """What the later migrations made is dropped: what is left is a workspace of schema 0004."""
    connection = sqlite3.connect(database)
    fresh = sqlite3.connect(":memory:")
    for version in (v0001_first, v0002_frameworks, v0003_guards, v0004_withdrawals):
        fresh.executescript(version.STATEMENTS)
    listing = "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    kept = {name for name, _ in fresh.execute(listing)} | {"alembic_version"}
    order = {"trigger": 0, "view": 1, "index": 2, "table": 3}
    for name, kind in sorted(connection.execute(listing).fetchall(), key=lambda row: order[row[1]]):
        shadow = name.startswith(("search_texts_", "search_lines_"))
        if name not in kept and not shadow:
            connection.execute(f"DROP {kind} {name}")
    connection.execute("UPDATE alembic_version SET version_num = '0004'")
    connection.commit()
    connection.close()
    fresh.close()
