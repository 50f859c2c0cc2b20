"""Two workspaces become one: nothing is lost, nobody's decision is changed behind their back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.kb.coding import add_run, citations, decide, decision_on, get_extraction, history, reviewed
from counterfoil.kb.incident_changes import rename, summarise
from counterfoil.kb.incidents import get_incident, incident_ids
from counterfoil.kb.items import decide_items, item_history, items_of, withdraw_item
from counterfoil.kb.names import decided_names, join_names, part_names
from counterfoil.kb.reports import add_report
from counterfoil.kb.search import find
from counterfoil.kb.search_words import read_query
from counterfoil.kb.slices import AT_ONCE
from counterfoil.kb.withdrawing import withdraw, withdrawn
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.incident import Incident
from counterfoil.model.report import Original, Report
from counterfoil.workflow.archiving import archive, restore
from counterfoil.workflow.arrival_orders import Orders, carry_out
from counterfoil.workflow.merging import Merged, merge
from tests.exchange import rich

FIRST = rich.suggestions(rich.first_report())
INCIDENT = rich.incident().id


class Desk:
    """A workspace, its archives, and what its analyst does."""

    def __init__(self, folder: Path, analyst: str) -> None:
        self.workspace, self.analyst, self.clock = Workspace.open(folder, create=True), analyst, 0

    def word(self, comment: str = "") -> Signature:
        self.clock += 1
        return Signature(self.analyst, f"2031-07-01T00:00:{self.clock:02d}.000Z", comment)

    def decide(self, suggestion: str, verdict: Verdict = Verdict.ACCEPTED, comment: str = "") -> None:
        with self.workspace.writing() as connection:
            decide(connection, suggestion, verdict, self.word(comment))

    def take(self, other: "Desk") -> Merged:
        return merge(self.workspace, other.archived())

    def archived(self) -> Path:
        path = self.workspace.folder.with_suffix(".zip")
        with path.open("wb") as out:
            archive(self.workspace, out)
        return path

    def content(self) -> bytes:
        return self.archived().read_bytes()

    def verdict(self, suggestion: str) -> Verdict | None:
        with self.workspace.reading() as connection:
            live = decision_on(connection, suggestion)
        return live.verdict if live else None

    def told(self, suggestion: str) -> set[tuple[str, str]]:
        with self.workspace.reading() as connection:
            return {(one.analyst, one.verdict.value) for one in history(connection, suggestion)}


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two copies of one workspace, at two desks."""
    ada = Desk(tmp_path / "ada", "Ada")
    for report in (rich.first_report(), rich.second_report()):
        ada.workspace.keep_original(Original(report.text.encode(), "text/plain"))
    rich.store_rich(ada.workspace)
    restore(ada.archived(), tmp_path / "ben")
    ben = Desk(tmp_path / "ben", "Ben")
    ben.clock = 30
    yield ada, ben
    ada.workspace.close()
    ben.workspace.close()


def new_report(desk: Desk, text: str) -> str:
    report = Report(text, "more.txt", language="en")
    original = Original(text.encode(), "text/plain")
    desk.workspace.keep_original(original)
    with desk.workspace.writing() as connection:
        add_report(connection, report, original, desk.word().at)
        add_run(connection, report.id, (), Extraction(), desk.word().at)
    return report.id


def test_into_an_empty_workspace_it_is_a_restore(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    ada, _ = desks
    carl = Desk(tmp_path / "carl", "Carl")
    assert carl.take(ada).conflicts == ()
    assert carl.content() == ada.content()
    carl.workspace.close()


def test_more_than_is_stored_at_once(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    ada, ben = desks
    orders, word = Orders(), ada.word()
    for number in range(AT_ONCE + 3):
        report = Report(f"Report {number} on herrings.", f"{number}.txt", language="en")
        found = Suggestion(report.id, FIRST[0].code, (report.span(0, 6),), "coder 1", 0.5)
        orders.texts.append((report, word.at))
        orders.coded[report.id] = [found]
        orders.decisions.append((found.id, Verdict.ACCEPTED, word))
        orders.extractions[report.id] = Extraction()
        orders.incidents.append(Incident.opened(f"Incident {number}", (report.id,), word.at))
    with ada.workspace.writing() as connection:
        carry_out(connection, orders, word)
    carl = Desk(tmp_path / "carl", "Carl")
    for desk in (carl, ben):
        assert desk.take(ada).conflicts == ()
        assert desk.content() == ada.content()
        assert desk.take(ada).added == {}
    with carl.workspace.reading() as connection:
        assert find(connection, read_query("herrings"), "report", 5).total == AT_ONCE + 3
    carl.workspace.close()


def test_the_same_again_changes_nothing(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    before = ada.content()
    merged = ada.take(ben)
    assert (merged.added, merged.originals, merged.conflicts) == ({}, 0, ())
    assert ada.content() == before


def test_both_ways_give_the_same_if_nobody_disagrees(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    ada.decide(FIRST[5].id, comment="yes")
    new_report(ada, "Ada's report on herrings.")
    new_report(ben, "Ben's report on gulls.")
    with ben.workspace.writing() as connection:
        items = items_of(connection, rich.first_report().id)
        decide_items(connection, [items[0].id, items[3].id], Verdict.REJECTED, ben.word())
        rename(connection, INCIDENT, "Renamed by Ben", ben.word())
        add_run(connection, rich.second_report().id, (), rich.extraction_of(rich.second_report()), ben.word().at)
    from_ada = ada.archived()
    assert ada.take(ben).conflicts == ()
    assert merge(ben.workspace, from_ada).conflicts == ()
    assert ada.content() == ben.content()
    with ada.workspace.reading() as connection:
        assert get_incident(connection, INCIDENT).name == "Renamed by Ben"
        found = get_extraction(connection, rich.first_report().id)
        assert found == get_extraction_of(ben, rich.first_report().id)
    assert items[0].item.name not in [actor.name for actor in found.actors]
    before = ada.content()
    assert not ada.take(ben).added
    assert ada.content() == before


def get_extraction_of(desk: Desk, report: str) -> Extraction:
    with desk.workspace.reading() as connection:
        return get_extraction(connection, report)


def test_both_decided_differently_each_keeps_its_own_and_hears_of_the_other(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    suggestion = FIRST[5].id
    ada.decide(suggestion, Verdict.ACCEPTED)
    ben.decide(suggestion, Verdict.REJECTED)
    from_ada = ada.archived()
    (conflict,) = ada.take(ben).conflicts
    assert (conflict.kind, conflict.id) == ("decision", suggestion)
    assert conflict.ours.startswith("accepted by Ada")
    assert conflict.theirs.startswith("rejected by Ben")
    assert len(merge(ben.workspace, from_ada).conflicts) == 1
    assert (ada.verdict(suggestion), ben.verdict(suggestion)) == (Verdict.ACCEPTED, Verdict.REJECTED)
    assert ada.told(suggestion) == ben.told(suggestion) == {("Ada", "accepted"), ("Ben", "rejected")}
    for one, other in ((ada, ben), (ben, ada), (ada, ben)):  # and so it stays
        before = one.content()
        assert not one.take(other).added
        assert one.content() == before


def test_a_later_word_of_one_who_knew_ours_is_taken_over(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    suggestion = FIRST[0].id  # accepted at both desks, by an earlier analyst
    ben.decide(suggestion, Verdict.REJECTED, "no")
    assert ada.take(ben).conflicts == ()
    assert ada.verdict(suggestion) is Verdict.REJECTED
    assert len(ada.told(suggestion)) == 2
    ada.decide(suggestion, Verdict.ACCEPTED, "yes after all")
    assert ben.take(ada).conflicts == ()
    assert ben.verdict(suggestion) is Verdict.ACCEPTED
    assert ada.content() == ben.content()


def test_the_same_verdict_twice_is_no_conflict(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    ada.decide(FIRST[5].id)
    ben.decide(FIRST[5].id)
    assert ada.take(ben).conflicts == ()
    assert ada.told(FIRST[5].id) == {("Ada", "accepted"), ("Ben", "accepted")}


@pytest.mark.parametrize("number", [0, 1], ids=["judged once", "judged again"])
def test_what_was_taken_back_there_is_taken_back_here(desks: tuple[Desk, Desk], number: int) -> None:
    ada, ben = desks
    suggestion = FIRST[number].id
    if number:
        ben.decide(suggestion, Verdict.REJECTED)
    with ben.workspace.writing() as connection:
        withdraw(connection, suggestion, ben.word("a slip"))
    assert ada.take(ben).conflicts == ()
    assert ada.verdict(suggestion) is ben.verdict(suggestion) is (Verdict.ACCEPTED if number else None)
    with ada.workspace.reading() as connection:
        assert [one.comment for one in withdrawn(connection, suggestion).values()] == ["a slip"]
    assert ada.content() == ben.content()


def test_taken_back_there_but_decided_anew_here_is_a_conflict(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    suggestion = FIRST[0].id
    with ben.workspace.writing() as connection:
        withdraw(connection, suggestion, ben.word())
    ada.decide(suggestion, Verdict.REJECTED)
    from_ada = ada.archived()
    (conflict,) = ada.take(ben).conflicts
    assert conflict.theirs == "taken back"
    assert ada.verdict(suggestion) is Verdict.REJECTED
    (conflict,) = merge(ben.workspace, from_ada).conflicts
    assert conflict.ours == "taken back"
    assert ben.verdict(suggestion) is None
    assert ("Ada", "rejected") in ben.told(suggestion)


def test_items_that_both_judged_differently(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    report = rich.first_report().id
    with ada.workspace.reading() as connection:
        item = items_of(connection, report)[1].id
    for desk, verdict in ((ada, Verdict.ACCEPTED), (ben, Verdict.REJECTED)):
        with desk.workspace.writing() as connection:
            decide_items(connection, [item], verdict, desk.word())
    from_ada = ada.archived()
    (conflict,) = ada.take(ben).conflicts
    assert (conflict.kind, conflict.id) == ("item", item)
    (conflict,) = merge(ben.workspace, from_ada).conflicts
    assert conflict.ours.startswith("rejected by Ben")
    states = {}
    for desk in (ada, ben):
        with desk.workspace.reading() as connection:
            states[desk.analyst] = next(one.state for one in items_of(connection, report) if one.id == item)
            assert {one.analyst for one in item_history(connection, item)} == {"Ada", "Ben"}
    assert states == {"Ada": "accepted", "Ben": "rejected"}
    for one, other in ((ada, ben), (ben, ada)):
        assert not one.take(other).added
    with ada.workspace.writing() as connection:
        assert withdraw_item(connection, item, ada.word()).verdict is Verdict.REJECTED  # Ben's word is what is left


def test_names_that_one_joins_and_the_other_parts(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    with ada.workspace.writing() as connection:
        join_names(connection, "Rosgavan", "Borduria", ada.word())
    with ben.workspace.writing() as connection:
        part_names(connection, "Rosgavan", "Borduria", ben.word())
    (conflict,) = ada.take(ben).conflicts
    assert (conflict.kind, conflict.what) == ("name", "verdict")
    assert not ada.take(ben).added


def test_names_that_would_join_what_is_kept_apart_are_left_out(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    with ben.workspace.writing() as connection:
        part_names(connection, "Northern Lantern", "Paper Tide", ben.word())
        join_names(connection, "Rosgavan", "Paper Tide", ben.word())
    with ada.workspace.writing() as connection:
        join_names(connection, "Northern Lantern", "Rosgavan", ada.word())
    conflicts = ada.take(ben).conflicts
    assert [one.what for one in conflicts] == ["joined"]
    with ada.workspace.reading() as connection:
        assert ("Rosgavan", "Paper Tide") not in [(one.name, one.alias) for one in decided_names(connection)]


def test_joined_names_are_followed_by_the_reports(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    with ben.workspace.writing() as connection:
        join_names(connection, "Rosgavan", "Ministry of Tides", ben.word())
    ada.take(ben)
    names = [actor.name for actor in get_extraction_of(ada, rich.first_report().id).actors]
    assert "Ministry of Tides" not in names
    assert "Rosgavan" in names


def test_incidents_that_both_changed(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    with ada.workspace.writing() as connection:
        summarise(connection, INCIDENT, "Ada's words", ada.word())
    with ben.workspace.writing() as connection:
        summarise(connection, INCIDENT, "Ben's words", ben.word())
    (conflict,) = ada.take(ben).conflicts
    assert (conflict.what, conflict.ours, conflict.theirs) == ("summary", "Ada's words", "Ben's words")
    with ada.workspace.reading() as connection:
        assert get_incident(connection, INCIDENT).details.summary == "Ada's words"
        assert incident_ids(connection) == [INCIDENT]


def test_the_newest_coding_of_a_report_is_the_one_that_counts(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    report = rich.first_report()
    found: Callable[[Desk], list[str]] = lambda desk: listed(desk, report.id)  # noqa: E731
    for desk, suggestion in ((ben, FIRST[5]), (ada, FIRST[4])):
        desk.clock = 40 if desk is ada else 20
        with desk.workspace.writing() as connection:
            add_run(connection, report.id, (suggestion,), rich.extraction_of(report), desk.word().at)
    from_ada = ada.archived()
    before = found(ada)
    ada.take(ben)  # Ben's coding is older
    assert found(ada) == before
    merge(ben.workspace, from_ada)
    assert found(ben) == before
    assert ada.content() == ben.content()


def test_the_newest_extraction_of_a_report_is_the_one_that_counts(desks: tuple[Desk, Desk]) -> None:
    ada, ben = desks
    report = rich.first_report()
    found = rich.extraction_of(report)
    fewer = replace(found, narratives=found.narratives[:1])
    with ben.workspace.writing() as connection:
        add_run(connection, report.id, (), fewer, ben.word().at)
    from_ada = ada.archived()
    assert ada.take(ben).conflicts == ()
    assert merge(ben.workspace, from_ada).conflicts == ()
    assert len(get_extraction_of(ada, report.id).narratives) == len(get_extraction_of(ben, report.id).narratives) == 1
    assert ada.content() == ben.content()


def listed(desk: Desk, report: str) -> list[str]:
    with desk.workspace.reading() as connection:
        return [one.suggestion.id for one in reviewed(connection, report)]


def test_what_fails_leaves_nothing_behind(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    ada, ben = desks
    ben.decide(FIRST[5].id)
    before = ada.content()
    content = ben.content()
    (tmp_path / "cut.zip").write_bytes(content[: len(content) // 2])
    with pytest.raises(Exception, match="damaged"):
        merge(ada.workspace, tmp_path / "cut.zip")
    assert ada.content() == before
    with ada.workspace.reading() as connection:
        assert list(citations(connection, [rich.first_report().id]))
    assert not list(tmp_path.rglob("*.part"))
