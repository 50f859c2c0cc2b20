"""Incidents found and counted: by what their records and reports say, as decisions come and go."""

import random
from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest

from counterfoil.kb.coding import add_run, decide
from counterfoil.kb.incident_changes import add_reports, remove_report
from counterfoil.kb.incidents import add_incident, store_incident
from counterfoil.kb.reports import add_report
from counterfoil.kb.withdrawing import withdraw
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Modality, Signature, Suggestion, Verdict
from counterfoil.model.extraction import Actor, Attribution, DateMention, Extraction, Target
from counterfoil.model.framework import Code, Framework
from counterfoil.model.incident import Details, Incident
from counterfoil.model.report import Original, Report
from counterfoil.model.selection import OWN, Count, Selection
from counterfoil.workflow.casebook import Casebook

AT = "2031-05-01T09:00:00.000Z"
ADA = Signature("ada", AT)
NUMBERS = count(1)


@pytest.fixture
def casebook(workspace: Workspace, framework: Framework) -> Casebook:
    return Casebook(workspace, framework)


def made(workspace: Workspace, extraction: Extraction | None = None, **about: Any) -> Report:
    report = Report(f"Report {next(NUMBERS)} says that herons wade.", "herons.txt", **about)
    with workspace.writing() as connection:
        add_report(connection, report, Original(report.text.encode(), "text/plain"), AT)
        if extraction:
            add_run(connection, report.id, (), extraction, AT)
    return report


def cite(
    workspace: Workspace, report: Report, code: str, modality: Modality = Modality.OBSERVED, version: str = "1.0"
) -> Suggestion:
    span = report.span(0, 6)
    made = Suggestion(report.id, Code("TEST", version, code), (span,), "codebook 1", 0.8, modality=modality)
    with workspace.writing() as connection:
        add_run(connection, report.id, (made,), Extraction(), AT)
        decide(connection, made.id, Verdict.ACCEPTED, ADA)
    return made


def opened(workspace: Workspace, name: str, *reports: Report) -> str:
    with workspace.writing() as connection:
        return add_incident(connection, name, [report.id for report in reports], AT).id


def found(casebook: Casebook, **filters: str) -> list[str]:
    return sorted(row.name for row in casebook.find(Selection(**filters), 100).incidents)


def test_counts_follow_every_decision(workspace: Workspace, casebook: Casebook) -> None:
    one, two = made(workspace), made(workspace)
    opened(workspace, "both", one, two)
    opened(workspace, "second", two)
    (heat,) = casebook.heat(Selection())
    assert (heat.incidents, heat.reports, heat.coded, heat.counts) == (2, 0, 0, {})
    first = cite(workspace, one, "T0001.001")
    cite(workspace, two, "T0001.001")
    cite(workspace, two, "T0002", Modality.NEGATED)
    cite(workspace, two, "T0002", version="0.9")
    (heat,) = casebook.heat(Selection())
    assert heat.of("T0001.001") == Count(2, 2, 2)
    assert heat.of("T0001") == Count(0, 0, 2)
    assert heat.of("T0002") == Count()
    assert (heat.coded, heat.tactics, heat.most) == (2, {"TA01": 2, "TA02": 0}, 2)
    assert casebook.heat(Selection(modality="negated"))[0].of("T0002") == Count(1 + 1, 1, 2)
    with workspace.writing() as connection:
        decide(connection, first.id, Verdict.REJECTED, ADA)
    assert casebook.heat(Selection())[0].of("T0001.001") == Count(2, 1, 2)
    with workspace.writing() as connection:
        withdraw(connection, first.id, ADA)
    assert casebook.heat(Selection())[0].of("T0001.001") == Count(2, 2, 2)
    with workspace.writing() as connection:
        withdraw(connection, first.id, ADA)
    assert casebook.heat(Selection())[0].of("T0001.001") == Count(2, 1, 2)


def test_counts_follow_the_reports_of_an_incident(workspace: Workspace, casebook: Casebook) -> None:
    one, two = made(workspace), made(workspace)
    cite(workspace, two, "T0002")
    incident = opened(workspace, "case", one)
    assert casebook.heat(Selection())[0].of("T0002") == Count()
    with workspace.writing() as connection:
        add_reports(connection, incident, [two.id], ADA)
    assert casebook.heat(Selection())[0].of("T0002") == Count(1, 1, 1)
    with workspace.writing() as connection:
        remove_report(connection, incident, two.id, ADA)
        add_reports(connection, opened_in(connection, one), [two.id], ADA)
    assert casebook.heat(Selection())[0].of("T0002") == Count(1, 1, 1)
    assert found(casebook, technique="T0002") == ["other"]


def opened_in(connection: object, report: Report) -> str:
    return add_incident(connection, "other", [report.id], AT).id  # type: ignore[arg-type]


def test_any_selection_is_counted_as_by_hand(workspace: Workspace, framework: Framework, casebook: Casebook) -> None:
    chance = random.Random(11)
    reports = [made(workspace) for _ in range(12)]
    cited: dict[str, set[tuple[str, Modality]]] = {report.id: set() for report in reports}
    incidents: dict[str, tuple[str, Sequence[str]]] = {}
    for step in range(60):
        report = chance.choice(reports)
        code, modality = chance.choice(list(framework.techniques)), chance.choice(list(Modality))
        cite(workspace, report, code, modality)
        cited[report.id].add((code, modality))
        if step % 6 == 0:
            chosen = chance.sample(reports, chance.randint(1, 4))
            name = f"{chance.choice('ab')}{step}"
            incidents[opened(workspace, name, *chosen)] = (name, [one.id for one in chosen])
        for word, modalities in (("", list(Modality)[:3]), ("a", list(Modality)[:3])):
            heat, only = casebook.heat(Selection(q=word), Selection(q=word, modality="warned"))
            mine = [ids for name, ids in incidents.values() if word in name]
            for technique in framework.techniques:
                family = {one.id for one in framework.techniques.values() if technique in (one.id, one.parent)}
                assert heat.of(technique) == by_hand(mine, cited, technique, family, modalities)
                assert only.of(technique) == by_hand(mine, cited, technique, family, [Modality.WARNED])


def by_hand(
    incidents: Sequence[Sequence[str]],
    cited: dict[str, set[tuple[str, Modality]]],
    technique: str,
    family: set[str],
    modalities: Sequence[Modality],
) -> Count:
    def has(report: str, codes: set[str]) -> bool:
        return any(code in codes and modality in modalities for code, modality in cited[report])

    own = sum(any(has(report, {technique}) for report in ids) for ids in incidents)
    reports = {report for ids in incidents for report in ids if has(report, {technique})}
    with_subs = sum(any(has(report, family) for report in ids) for ids in incidents)
    return Count(own, len(reports), with_subs)


def test_incidents_are_found_by_what_their_reports_and_records_say(workspace: Workspace, casebook: Casebook) -> None:
    text = Report("Report 0 says that herons wade.", "x")
    span = (text.span(0, 6),)
    extraction = Extraction(
        actors=(Actor("Grey Heron", span, kind="network"), Actor("The Ministry", span, kind="agency")),
        attributions=tuple(
            Attribution("Grey Heron", to, "", strength, span)
            for to, strength in (("Russia", "linked"), ("Norway", "denied"))
        ),
        targets=(Target("Dockers", "", span, country="UA"),),
        dates=(DateMention("x", "2019-05", "month", span, "began"), DateMention("y", "2011", "year", span)),
    )
    told = made(workspace, extraction, publisher="The Harbour Post", published="2021-02")
    undated = made(workspace, Extraction(), published="2022")
    opened(workspace, "told", told)
    opened(workspace, "undated", undated)
    details = Details("I00007", "", "2016", ("Russia",), ("Ukraine", "World"))
    with workspace.writing() as connection:
        store_incident(connection, Incident("I-imported", "imported 100%", (), AT, "DISARM 1.6", details))
    assert found(casebook, actor="Grey Heron") == ["told"]
    assert found(casebook, actor="Russia") == ["imported 100%", "told"]
    assert found(casebook, actor="Norway") == found(casebook, actor="The Ministry") == []
    assert found(casebook, country="UA") == found(casebook, country="ukraine") == ["imported 100%", "told"]
    assert found(casebook, country="World") == ["imported 100%"]
    assert found(casebook, target="Dockers") == found(casebook, source="The Harbour Post") == ["told"]
    assert found(casebook, since="2017", until="2020") == ["told"]
    assert found(casebook, until="2016") == ["imported 100%"]
    assert found(casebook, since="2021") == ["undated"]  # a text that dates the activity is not found by its own date
    assert found(casebook, origin=OWN) == ["told", "undated"]
    assert found(casebook, origin="DISARM 1.6", actor="Grey Heron") == []
    assert found(casebook, q="100%") == found(casebook, q="I-imported") == ["imported 100%"]
    assert found(casebook, q="%") == ["imported 100%"]
    assert found(casebook, technique="T9999") == []


def test_what_coding_again_finds_takes_the_place_of_what_it_found(workspace: Workspace, casebook: Casebook) -> None:
    span = (Report("Report", "x").span(0, 6),)
    report = made(workspace, Extraction(actors=(Actor("Old Name", span, kind="actor"),)), publisher="P")
    opened(workspace, "case", report)
    assert [one.value for one in casebook.choices().actors] == ["Old Name"]
    with workspace.writing() as connection:
        add_run(connection, report.id, (), Extraction(actors=(Actor("New Name", span, kind="actor"),)), AT)
    assert [one.value for one in casebook.choices().actors] == ["New Name"]
    assert (found(casebook, actor="Old Name"), found(casebook, actor="New Name")) == ([], ["case"])
    assert found(casebook, source="P") == ["case"]


def test_choices_count_each_incident_once_and_countries_in_one_spelling(
    workspace: Workspace, casebook: Casebook
) -> None:
    with workspace.writing() as connection:
        for number, where in enumerate((("USA",), ("US",), ("USA", "France"))):
            incident = Incident(f"I-{number}", "n", (), AT, "DISARM 1.6", Details(found_in=where))
            store_incident(connection, incident)
    choices = casebook.choices()
    assert [(one.value, one.incidents) for one in choices.countries] == [("US", 3), ("FR", 1)]
    assert [(one.value, one.incidents) for one in choices.origins] == [("DISARM 1.6", 3)]


def test_quotes_come_with_their_incident_and_report(workspace: Workspace, casebook: Casebook) -> None:
    report = made(workspace, title="Wading", url="https://a.example/")
    cited = cite(workspace, report, "T0001.001")
    cite(workspace, report, "T0001.001", Modality.NEGATED)
    incident = opened(workspace, "case", report)
    (quoted,) = casebook.quotes(Selection(technique="T0001"), [incident])[incident]
    assert (quoted.technique, quoted.quote, quoted.report_title) == ("T0001.001", "Report", "Wading")
    assert (quoted.suggestion, quoted.incident_name, quoted.url) == (cited.id, "case", "https://a.example/")
    assert casebook.quotes(Selection(technique="T0002"), [incident]) == {}
    assert [one.suggestion for one in casebook.examples(Selection())["T0001.001"]] == [cited.id]
    assert casebook.examples(Selection(q="nothing")) == {}


def test_counts_are_kept_until_something_changes(workspace: Workspace, casebook: Casebook) -> None:
    one, two = made(workspace), made(workspace)
    opened(workspace, "first", one)
    cited = cite(workspace, one, "T0002")
    (before,) = casebook.heat(Selection())
    assert casebook.heat(Selection())[0] is before
    assert before.of("T0002") == Count(1, 1, 1)
    opened(workspace, "second", one)
    assert casebook.heat(Selection())[0].of("T0002") == Count(2, 1, 2)
    with workspace.writing() as connection:
        withdraw(connection, cited.id, ADA)
    assert casebook.heat(Selection())[0].of("T0002") == Count(0, 0, 0)
    third = opened(workspace, "third", two)
    assert casebook.heat(Selection())[0].incidents == 3
    with workspace.writing() as connection:
        remove_report(connection, third, two.id, ADA)
        add_reports(connection, third, [one.id], ADA)
    assert casebook.heat(Selection())[0].reports == 1
