"""What analysts say of extracted items and names: kept for good, and followed by all that reads extractions."""

from typing import Any

import pytest
from sqlalchemy import text

from counterfoil.errors import EvidenceError, UnknownIdError, UsageError, WorkspaceError
from counterfoil.kb.coding import add_run, get_extraction
from counterfoil.kb.items import (
    Wanted,
    add_item,
    amend_item,
    decide_items,
    get_item,
    item_history,
    items_of,
    refresh,
    settle,
    withdraw_item,
)
from counterfoil.kb.names import decided_names, join_names, names_in_use, note_pending, part_names, pending
from counterfoil.kb.reports import add_report
from counterfoil.kb.search import find
from counterfoil.kb.search_words import read_query
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import Actor, Alias, Attribution, DateMention, Extraction, Narrative, Observable
from counterfoil.model.report import Original, Report

ADA = Signature("ada", "2031-01-01T00:00:00.000Z", "sure")
BEN = Signature("ben", "2031-01-02T00:00:00.000Z")
TEXT = "Grey Heron acts for Zedland. GH said tea is bad. Grey Heron (Blue Fox) began in 2030. Again 2030. #tea"
REPORT = Report(text=TEXT, source="heron.txt", title="Heron", published="2031")


def _spans(words: str) -> tuple[Span, ...]:
    found, at = [], TEXT.find(words)
    while at >= 0:
        found.append(REPORT.span(at, at + len(words)))
        at = TEXT.find(words, at + 1)
    return tuple(found)


def _extraction(**changed: Any) -> Extraction:
    first, second = _spans("2030")
    plain: dict[str, Any] = {
        "actors": (
            Actor("Grey Heron", _spans("Grey Heron"), (Alias("GH", "the ministry"),), "actor", "ZZ"),
            Actor("Blue Fox", _spans("Blue Fox"), (), "network"),
        ),
        "attributions": (Attribution("Grey Heron", "Zedland", "", "asserted", _spans("acts for Zedland")),),
        "dates": (
            DateMention("2030", "2030", "year", (first,), "began"),
            DateMention("2030", "2030", "year", (second,)),
        ),
        "observables": (Observable("hashtag", "tea", _spans("#tea")),),
        "narratives": (Narrative("tea is bad", _spans("tea is bad"), "Grey Heron"),),
        "coder": "extraction 1",
    }
    return Extraction(**plain | changed)


@pytest.fixture
def stored(workspace: Workspace) -> Workspace:
    with workspace.writing() as connection:
        add_report(connection, REPORT, Original(b"raw", "text/plain"), ADA.at)
        add_run(connection, REPORT.id, (), _extraction(), ADA.at)
    return workspace


def _id(workspace: Workspace, kind: str, number: int = 0) -> str:
    with workspace.reading() as connection:
        return [one.id for one in items_of(connection, REPORT.id) if one.kind == kind][number]


def _left(workspace: Workspace) -> Extraction:
    with workspace.reading() as connection:
        return get_extraction(connection, REPORT.id)


def _facets(workspace: Workspace, kind: str) -> set[str]:
    with workspace.reading() as connection:
        query = text("SELECT value FROM report_facets WHERE kind = :kind")
        return set(connection.execute(query, {"kind": kind}).scalars())


def _hits(workspace: Workspace, words: str, kind: str) -> list[str]:
    with workspace.reading() as connection:
        return [hit.id for hit in find(connection, read_query(words), kind, 5).hits]


def test_what_nobody_judged_is_as_it_was_found(stored: Workspace) -> None:
    assert _left(stored) == _extraction()
    with stored.reading() as connection:
        items = items_of(connection, REPORT.id)
    assert len({one.id for one in items}) == len(items) == 7
    assert all(one.state == "open" and one.id.startswith(f"X-{REPORT.id[2:10]}-") for one in items)


def test_a_rejected_item_is_gone_from_all_that_follows_and_comes_back(stored: Workspace) -> None:
    fox, tea = _id(stored, "actors", 1), _id(stored, "observables")
    assert _facets(stored, "actor") == {"Grey Heron", "Blue Fox", "Zedland"}
    with stored.writing() as connection:
        decide_items(connection, [fox, tea], Verdict.REJECTED, ADA)
    assert [actor.name for actor in _left(stored).actors] == ["Grey Heron"]
    assert _left(stored).observables == ()
    assert _facets(stored, "actor") == {"Grey Heron", "Zedland"}
    assert _hits(stored, "fox", "actor") == []
    with stored.writing() as connection:
        withdraw_item(connection, fox, BEN)
    assert _hits(stored, "fox", "actor") == ["Blue Fox"]
    assert _facets(stored, "actor") == {"Grey Heron", "Blue Fox", "Zedland"}


def test_undo_goes_back_step_by_step_and_nothing_is_lost(stored: Workspace) -> None:
    one = _id(stored, "actors")
    with stored.writing() as connection:
        decide_items(connection, [one], Verdict.ACCEPTED, ADA)
        amend_item(connection, one, Wanted({"state": "YY"}), ADA)
        decide_items(connection, [one], Verdict.REJECTED, BEN)
        seen = []
        for _ in range(3):
            withdraw_item(connection, one, BEN)
            item = get_item(connection, one)
            seen.append((item.state, item.item.state))
        assert seen == [("accepted", "YY"), ("accepted", "ZZ"), ("open", "ZZ")]
        with pytest.raises(UsageError, match="nothing to take back"):
            withdraw_item(connection, one, BEN)
        rows = item_history(connection, one)
    assert [row.undoes for row in rows] == [None, None, None, rows[2].id, rows[1].id, rows[0].id]
    assert [row.analyst for row in rows] == ["ada", "ada", "ben", "ben", "ben", "ben"]


def test_coding_again_keeps_every_word(stored: Workspace) -> None:
    heron, fox, tea = _id(stored, "actors"), _id(stored, "actors", 1), _id(stored, "observables")
    with stored.writing() as connection:
        amend_item(connection, heron, Wanted({"state": "YY"}), ADA)
        decide_items(connection, [fox], Verdict.REJECTED, ADA)
        decide_items(connection, [tea], Verdict.ACCEPTED, ADA)
        again = _extraction(observables=(), coder="extraction 2", dates=())
        add_run(connection, REPORT.id, (), again, BEN.at)
    left = _left(stored)
    assert [(actor.name, actor.state) for actor in left.actors] == [("Grey Heron", "YY")]
    assert [one.value for one in left.observables] == ["tea"]  # accepted: a coder does not take it away
    assert (left.dates, left.coder) == ((), "extraction 2")
    with stored.writing() as connection:
        more = _extraction(observables=(Observable("hashtag", "tea", _spans("tea")),))
        add_run(connection, REPORT.id, (), more, BEN.at)
    assert len(_left(stored).observables[0].spans) == 2  # accepted as it was found: what is found better is better


def test_a_changed_name_is_followed_by_what_refers_to_it(stored: Workspace) -> None:
    one = _id(stored, "actors")
    with stored.writing() as connection:
        amend_item(connection, one, Wanted({"name": "Great Heron"}, [(0, 10)]), ADA)
    left = _left(stored)
    assert (left.actors[0].name, left.actors[0].spans) == ("Great Heron", (REPORT.span(0, 10),))
    assert (left.attributions[0].actor, left.narratives[0].by) == ("Great Heron", "Great Heron")
    with stored.reading() as connection:
        assert get_item(connection, one).found.name == "Grey Heron"


def test_items_that_become_the_same_are_one(stored: Workspace) -> None:
    with stored.writing() as connection:
        amend_item(connection, _id(stored, "actors", 1), Wanted({"name": "Grey Heron"}), ADA)
    (actor,) = _left(stored).actors
    assert {span.quote for span in actor.spans} == {"Grey Heron", "Blue Fox"}
    assert (actor.aliases, actor.state) == ((Alias("GH", "the ministry"),), "ZZ")


def test_an_item_of_ones_own_is_added_and_taken_back(stored: Workspace) -> None:
    with stored.writing() as connection:
        made = add_item(connection, REPORT.id[:6], "places", Wanted({"name": "Zedland", "code": "ZZ"}, [(20, 27)]), ADA)
        assert get_item(connection, made.item[:16]).state == "accepted"
    assert [place.name for place in _left(stored).places] == ["Zedland"]
    with stored.writing() as connection:
        withdraw_item(connection, made.item, ADA)
        with pytest.raises(UnknownIdError):
            get_item(connection, made.item)
    assert _left(stored) == _extraction()


def test_adding_what_is_there_accepts_it_so(stored: Workspace) -> None:
    with stored.writing() as connection:
        made = add_item(connection, REPORT.id, "actors", Wanted({"name": "Blue Fox", "kind": "actor"}, [(0, 4)]), ADA)
    assert made.item == _id(stored, "actors", 1)
    assert [(actor.name, actor.kind) for actor in _left(stored).actors] == [
        ("Grey Heron", "actor"),
        ("Blue Fox", "actor"),
    ]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("actors", {"name": "x", "kind": "actor", "colour": "red"}),
        ("actors", {"name": " ", "kind": "actor"}),
        ("actors", {"name": "x", "kind": "actor", "aliases": "y"}),
        ("actors", {"name": "x", "kind": "actor", "aliases": [{"by": "y"}]}),
        ("attributions", {"actor": "x", "to": "y", "strength": "very"}),
        ("figures", {"value": "3", "unit": "x" * 3000}),
        ("figures", {"value": 3, "unit": "x"}),
        ("ghosts", {"name": "x"}),
    ],
)
def test_what_is_no_such_item_is_refused(stored: Workspace, kind: str, fields: dict[str, object]) -> None:
    with pytest.raises(UsageError), stored.writing() as connection:
        add_item(connection, REPORT.id, kind, Wanted(fields, [(0, 4)]), ADA)
    assert _left(stored) == _extraction()


def test_an_item_needs_evidence_and_an_analyst(stored: Workspace) -> None:
    fields = {"name": "x", "kind": "actor"}
    with stored.writing() as connection:
        with pytest.raises(UsageError, match="evidence"):
            add_item(connection, REPORT.id, "actors", Wanted(fields), ADA)
        with pytest.raises(EvidenceError):
            add_item(connection, REPORT.id, "actors", Wanted(fields, [(0, 4), (9000, 9001)]), ADA)
        with pytest.raises(UsageError, match="analyst"):
            decide_items(connection, [_id(stored, "actors")], Verdict.ACCEPTED, Signature(" ", ADA.at))
        for wanted in ("X-", "X-0000", "Y-1", "", f"X-{REPORT.id[2:10]}-zz"):
            with pytest.raises(UnknownIdError):
                get_item(connection, wanted)
        with pytest.raises(UsageError, match="more than one"):
            get_item(connection, f"X-{REPORT.id[2:10]}")


@pytest.mark.parametrize("table", ["item_decisions", "name_decisions"])
@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM {0}",
        "UPDATE {0} SET analyst = 'eve'",
        "UPDATE {0} SET verdict = 'open'",
        "REPLACE INTO {0} SELECT * FROM {0}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    ],
)
def test_decisions_cannot_be_changed(stored: Workspace, table: str, attack: str) -> None:
    with stored.writing() as connection:
        decide_items(connection, [_id(stored, "actors")], Verdict.ACCEPTED, ADA)
        join_names(connection, "Grey Heron", "Blue Fox", ADA)
    with pytest.raises(WorkspaceError, match="append-only"), stored.writing() as connection:
        connection.execute(text(attack.format(table)))
    with stored.reading() as connection:
        assert connection.execute(text(f"SELECT analyst FROM {table}")).scalars().all() == ["ada"]


def _join(workspace: Workspace, name: str, alias: str) -> None:
    with workspace.writing() as connection:
        before = names_in_use(connection)
        join_names(connection, name, alias, ADA)
        note_pending(connection, before, names_in_use(connection))
        assert settle(connection, 10) is False


def test_joined_names_are_one_actor_everywhere(stored: Workspace) -> None:
    _join(stored, "Blue Fox", "grey  heron")
    (actor,) = _left(stored).actors
    assert actor.name == "Blue Fox"
    assert [alias.name for alias in actor.aliases] == ["Grey Heron", "GH"]
    assert {span.quote for span in actor.spans} == {"Grey Heron", "Blue Fox"}
    assert _left(stored).attributions[0].actor == "Blue Fox"
    assert _facets(stored, "actor") == {"Blue Fox", "Zedland"}
    assert _hits(stored, "heron", "actor") == ["Blue Fox"]
    with stored.reading() as connection:  # what was found and judged is not touched by it
        assert [one.item.name for one in items_of(connection, REPORT.id) if one.kind == "actors"] == [
            "Grey Heron",
            "Blue Fox",
        ]
    with stored.writing() as connection:
        before = names_in_use(connection)
        part_names(connection, "Blue Fox", "Grey Heron", BEN)
        note_pending(connection, before, names_in_use(connection))
        settle(connection, 10)
    assert _left(stored) == _extraction()
    with stored.reading() as connection:
        assert [one.verdict for one in decided_names(connection)] == [Verdict.ACCEPTED, Verdict.REJECTED]


def test_what_an_actor_is_said_of_itself_is_left_out(stored: Workspace) -> None:
    _join(stored, "Grey Heron", "Zedland")
    assert _left(stored).attributions == ()


def test_only_reports_that_name_them_follow_and_what_is_left_over_waits(stored: Workspace) -> None:
    other = Report(text="Quiet Crane sat.", source="crane.txt")
    with stored.writing() as connection:
        add_report(connection, other, Original(b"crane", "text/plain"), ADA.at)
        crane = Actor("Quiet Crane", (other.span(0, 11),))
        add_run(connection, other.id, (), Extraction(actors=(crane,)), ADA.at)
        before = names_in_use(connection)
        join_names(connection, "Tall Bird", "Quiet Crane", ADA)
        note_pending(connection, before, names_in_use(connection))
        assert pending(connection, 10) == [other.id]
    with stored.writing() as connection:  # as if the process had ended there
        assert settle(connection, 1) is True
        assert settle(connection, 1) is False
        assert get_extraction(connection, other.id).actors[0].name == "Tall Bird"


def test_two_words_that_contradict_each_other_are_refused(stored: Workspace) -> None:
    with stored.writing() as connection:
        part_names(connection, "A", "C", BEN)
        join_names(connection, "A", "B", ADA)
    with pytest.raises(UsageError, match="ben said that C is not A"), stored.writing() as connection:
        join_names(connection, "B", "C", ADA)
    with stored.writing() as connection:
        assert names_in_use(connection) == {"a": "A", "b": "A"}
        join_names(connection, "A", "C", ADA)  # said of the very pair, it is a change of mind
        assert names_in_use(connection)["c"] == "A"


def test_names_that_are_none_are_refused(stored: Workspace) -> None:
    for pair in (("", "x"), ("x", "X "), ("x" * 501, "y")):
        with pytest.raises(UsageError), stored.writing() as connection:
            join_names(connection, *pair, ADA)


def test_working_out_anew_changes_nothing(stored: Workspace) -> None:
    with stored.writing() as connection:
        decide_items(connection, [_id(stored, "actors")], Verdict.ACCEPTED, ADA)
        stored_before = connection.execute(text("SELECT content FROM extractions")).scalar()
        refresh(connection, [REPORT.id])
        assert connection.execute(text("SELECT content FROM extractions")).scalar() == stored_before
