"""The measure: what counts as right, what is excused, what an annotation must be."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from counterfoil.errors import ReadError
from counterfoil.extraction.measuring import KINDS, Measured, annotated, measure, total
from counterfoil.model.evidence import Span
from counterfoil.model.extraction import (
    Actor,
    Alias,
    Attribution,
    DateMention,
    Extraction,
    Figure,
    Narrative,
    Observable,
    Person,
    Place,
    PlatformMention,
    Target,
    Voice,
)
from counterfoil.model.report import Report
from counterfoil.workflow.measuring_extraction import annotated_reports

REPORTS = Path(__file__).parent / "reports"

TEXT = (
    "The Lagoon Institute attributes Night Ferry (also known as Ferryman), to the Russian firm Harrow Lane. The "
    "embassy of Russia denied it. “Nobody paid for this at all,” Senator Ann Holm told Reuters in May 2031. "
    "It began on 4 March 2031 in Oslo, on Twitter and at night-ferry[.]com, and claimed that the harbour was sold. "
    "Spokesman Per Dahl of the institute counted 1,200 accounts."
)
WANTED: dict[str, Any] = {
    "publisher": "Lagoon Institute",
    "actors": [
        {"name": "Night Ferry", "kind": "network", "state": "RU", "aliases": {"Ferryman": ""}},
        {"name": "Harrow Lane", "kind": "company", "also": ["the Russian firm Harrow Lane"]},
        {"name": "Lagoon Institute", "kind": "agency"},
        {"name": "Russia", "kind": "state", "state": "RU"},
        {"name": "embassy of Russia", "kind": "agency"},
        {"name": "Reuters", "kind": "outlet", "optional": True},
    ],
    "attributions": [
        {"actor": "Night Ferry", "to": "Harrow Lane", "by": "Lagoon Institute", "strength": "asserted"},
        {"actor": "Night Ferry", "to": "Harrow Lane", "by": "embassy of Russia", "strength": "denied"},
    ],
    "targets": [{"name": "Ann Holm", "role": "Senator", "kind": "person", "country": "NO"}],
    "voices": [{"speaker": "Ann Holm", "via": "Reuters", "from": "Nobody paid", "to": "at all"}],
    "dates": [
        {"text": "4 March 2031", "value": "2031-03-04", "precision": "day", "role": "began"},
        {"text": "May 2031", "value": "2031-05", "precision": "month"},
    ],
    "places": [{"text": "Oslo", "code": "NO-03"}],
    "platforms": [{"name": "X", "also": ["Twitter"], "technique": "T0151.008"}],
    "observables": [{"type": "domain-name", "value": "night-ferry.com"}],
    "narratives": [{"from": "the harbour", "to": "was sold"}],
    "figures": [{"text": "1,200 accounts", "value": 1200, "unit": "accounts"}],
    "people": [{"name": "Per Dahl", "role": "Spokesman", "of": "Lagoon Institute"}],
}


def span(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span.check(TEXT, start, start + len(words), words),)


def actor(name: str, kind: str = "actor", state: str = "", aliases: tuple[Alias, ...] = ()) -> Actor:
    return Actor(name, span(name) if name in TEXT else (), aliases, kind, state)


PERFECT: dict[str, tuple[Any, ...]] = {
    "actors": (
        actor("Night Ferry", "network", "RU", (Alias("Ferryman"),)),
        actor("Harrow Lane", "company"),
        actor("Lagoon Institute", "agency"),
        actor("Russia", "state", "RU"),
        actor("embassy of Russia", "agency"),
    ),
    "attributions": (
        Attribution("Ferryman", "Harrow Lane", "", "asserted", span("attributes Night Ferry")),
        Attribution("Night Ferry", "the Russian firm Harrow Lane", "The embassy of Russia", "denied", ()),
    ),
    "targets": (Target("Holm", "Senator", span("Ann Holm")),),
    "voices": (Voice("Senator Ann Holm", "Reuters", span("“Nobody paid for this at all,”")),),
    "dates": (
        DateMention("4 March 2031", "2031-03-04", "day", span("4 March 2031")),
        DateMention("May 2031", "2031-05", "month", span("May 2031")),
    ),
    "places": (Place("Oslo", "NO", span("Oslo")),),
    "platforms": (PlatformMention("Twitter", span("Twitter")),),
    "observables": (Observable("domain-name", "Night-Ferry.com", span("night-ferry[.]com")),),
    "narratives": (Narrative("that the harbour was sold", span("that the harbour was sold")),),
    "figures": (Figure("1200", "accounts", span("1,200 accounts")),),
    "people": (Person("Per Dahl", "Spokesman", span("Per Dahl"), "the institute"),),
}


def measured(wanted: dict[str, Any] | None = None, **found: Any) -> Measured:
    """The example measured, with some kinds annotated or found otherwise."""
    report = annotated("example", "", Report(text=TEXT, source="-"), {**WANTED, **(wanted or {})})
    items: dict[str, Any] = {**PERFECT, **found}
    return measure(report, Extraction(**items))


def counts(result: Measured, kind: str) -> tuple[int, int, int]:
    """Wanted, missed, wrong."""
    score = result.scores[kind]
    return score.wanted, score.wanted - score.found, score.wrong


def faults(result: Measured) -> list[tuple[str, str, str]]:
    return [(mistake.kind, mistake.fault, mistake.label) for mistake in result.mistakes]


def test_all_right_is_one_in_every_kind() -> None:
    result = measured()
    assert faults(result) == []
    assert {kind: score.f1 for kind, score in result.scores.items()} == dict.fromkeys(KINDS, 1.0)
    assert result.scores["actors"].wanted == 5
    assert result.facts["targets: country"].silent == 1
    assert result.facts["voices: via"].right == 1
    assert result.facts["targets: kind"].right == 1
    assert result.facts["figures: unit"].right == 1
    assert result.facts["people: role"].right == 1
    assert result.facts["people: of"].right == 1


def test_nothing_found_is_no_recall_and_nothing_wrong() -> None:
    nothing: dict[str, Any] = dict.fromkeys(PERFECT, ())
    result = measured(**nothing)
    assert {(score.recall, score.precision) for score in result.scores.values()} == {(0.0, None)}
    assert all(score.f1 == 0 for score in result.scores.values())


def test_nothing_wanted_and_nothing_found_is_no_figure() -> None:
    score = measured({"figures": []}, figures=()).scores["figures"]
    assert (score.precision, score.recall, score.f1) == (None, None, None)
    score = measured({"figures": []}).scores["figures"]
    assert (score.precision, score.recall, score.f1) == (0.0, None, 0.0)


def test_a_later_kind_is_not_measured_where_the_annotation_is_silent() -> None:
    wanted = {kind: rows for kind, rows in WANTED.items() if kind != "figures"}
    report = annotated("example", "", Report(text=TEXT, source="-"), wanted)
    assert counts(measure(report, Extraction(figures=PERFECT["figures"])), "figures") == (0, 0, 0)


@pytest.mark.parametrize(
    ("value", "words", "missed", "wrong"),
    [("1200", "1,200", 0, 0), ("1200.0", "1,200", 0, 0), ("1300", "1,200", 1, 1), ("1200", "4 March 2031", 1, 1)],
)
def test_a_figure_needs_value_and_place(value: str, words: str, missed: int, wrong: int) -> None:
    assert counts(measured(figures=(Figure(value, "", span(words)),)), "figures") == (1, missed, wrong)


@pytest.mark.parametrize("value", ["https://t.me/s/Night_Ferry", "t.me/night_ferry", "@night_ferry", "night_ferry"])
def test_a_telegram_channel_is_the_same_by_link_and_name(value: str) -> None:
    wanted = {"observables": [{"type": "telegram-channel", "value": "@night_ferry", "text": "Night Ferry"}]}
    found = Observable("telegram-channel", value, span("Night Ferry"))
    assert counts(measured(wanted, observables=(found,)), "observables") == (1, 0, 0)


def test_optional_actors_are_excused_and_others_are_not() -> None:
    more = (*PERFECT["actors"], actor("Reuters", "outlet"), actor("Twitter", "company"))
    assert counts(measured(actors=more), "actors") == (5, 0, 1)


def test_an_actor_found_under_two_names_is_right_once_and_wrong_once() -> None:
    result = measured(actors=(actor("Night Ferry", "network"), actor("Ferryman"), *PERFECT["actors"][1:]))
    assert counts(result, "actors") == (5, 0, 1)
    assert counts(result, "operations") == (1, 0, 1)
    assert counts(result, "aliases") == (1, 1, 0)
    assert ("actors", "wrong", "Ferryman") in faults(result)


def test_an_actor_known_by_its_alias_only_is_found_and_lacks_a_name() -> None:
    result = measured(actors=(actor("Ferryman", "network"), *PERFECT["actors"][1:]))
    assert counts(result, "actors") == (5, 0, 0)
    assert counts(result, "aliases") == (1, 1, 0)


def test_name_and_alias_may_change_places_but_nothing_else_may_join_them() -> None:
    swapped = actor("Ferryman", "network", "RU", (Alias("Night Ferry"),))
    assert counts(measured(actors=(swapped, *PERFECT["actors"][1:])), "aliases") == (1, 0, 0)
    joined = actor("Night Ferry", "network", "RU", (Alias("Ferryman"), Alias("Oslo")))
    assert counts(measured(actors=(joined, *PERFECT["actors"][1:])), "aliases") == (1, 0, 1)


def test_an_alias_of_an_actor_found_under_one_of_its_other_wordings_is_right() -> None:
    firm = {"name": "Harrow Lane", "also": ["the Russian firm Harrow Lane"], "aliases": {"Harrow": ""}}
    wanted = {"actors": [firm if one["name"] == "Harrow Lane" else one for one in WANTED["actors"]]}
    worded = actor("the Russian firm Harrow Lane", "company", "", (Alias("Harrow"),))
    others = tuple(item for item in PERFECT["actors"] if item.name != "Harrow Lane")
    assert counts(measured(wanted, actors=(*others, worded)), "aliases") == (2, 0, 0)
    both = actor("the Russian firm Harrow Lane", "company", "", (Alias("Harrow Lane"),))
    assert counts(measured(wanted, actors=(*others, both)), "aliases") == (2, 1, 0)


def test_a_state_is_known_by_its_code() -> None:
    others = tuple(item for item in PERFECT["actors"] if item.name != "Russia")
    assert counts(measured(actors=(*others, actor("Russland", "state", "RU"))), "actors") == (5, 0, 0)
    assert counts(measured(actors=(*others, actor("Norwegen", "state", "NO"))), "actors") == (5, 1, 1)


def test_a_company_taken_for_an_operation_is_wrong_among_operations_only() -> None:
    taken = tuple(actor("Harrow Lane") if item.name == "Harrow Lane" else item for item in PERFECT["actors"])
    result = measured(actors=taken)
    assert counts(result, "actors") == (5, 0, 0)
    assert counts(result, "operations") == (1, 0, 1)
    assert result.facts["actors: kind"].wrong == 1


def test_a_denial_taken_for_a_claim_is_wrong() -> None:
    claim = Attribution("Night Ferry", "Harrow Lane", "embassy of Russia", "asserted", ())
    result = measured(attributions=(PERFECT["attributions"][0], claim))
    assert counts(result, "attributions") == (2, 1, 1)


def test_an_attribution_by_another_is_right_and_wrongly_sourced() -> None:
    other = Attribution("Night Ferry", "Harrow Lane", "Reuters", "assessed", ())
    result = measured(attributions=(other, PERFECT["attributions"][1]))
    assert counts(result, "attributions") == (2, 0, 0)
    assert counts(result, "attributions, by whom") == (2, 1, 1)
    assert result.facts["attributions: strength"].wrong == 1
    assert [kind for kind, _, _ in faults(result)] == ["attributions, by whom"] * 2


def test_a_mistake_is_listed_once() -> None:
    result = measured(attributions=(PERFECT["attributions"][0],))
    assert faults(result) == [
        ("attributions", "missed", "Night Ferry → Harrow Lane (denied, by embassy of Russia)"),
    ]


@pytest.mark.parametrize(
    ("words", "speaker", "missed", "wrong"),
    [
        ("Nobody paid for this", "Ann Holm", 0, 0),
        ("Nobody", "Ann Holm", 1, 0),
        ("denied it. “Nobody paid for this at all", "Holm", 0, 0),
        ("“Nobody paid for this at all,” Senator Ann Holm told Reuters in May 2031.", "Holm", 0, 0),
        ("The embassy of Russia denied it. “Nobody paid for this at all", "Holm", 0, 1),
        ("Nobody paid for this at all", "embassy of Russia", 1, 1),
    ],
)
def test_a_passage_is_right_by_half_of_its_letters(words: str, speaker: str, missed: int, wrong: int) -> None:
    assert counts(measured(voices=(Voice(speaker, "", span(words)),)), "voices") == (1, missed, wrong)


def test_two_parts_of_one_quotation_are_both_right() -> None:
    parts = (Voice("Ann Holm", "", span("Nobody paid")), Voice("Ann Holm", "", span("for this at all")))
    assert counts(measured(voices=parts), "voices") == (1, 0, 0)


def test_a_date_needs_value_and_precision() -> None:
    right = PERFECT["dates"][1]
    year = DateMention("2031", "2031", "year", span("2031"))
    vague = DateMention("4 March 2031", "2031-03", "month", span("4 March 2031"))
    assert counts(measured(dates=(right, year, vague)), "dates") == (2, 1, 2)


def test_the_same_date_written_twice_is_one() -> None:
    again = DateMention("March 4, 2031", "2031-03-04", "day", span("March"))
    result = measured(dates=(*PERFECT["dates"], again))
    assert (result.scores["dates"].right, result.scores["dates"].wrong) == (2, 0)


def test_any_reading_of_an_optional_date_is_excused() -> None:
    wanted = {"dates": [{"text": "May 2031", "value": "2031-05", "precision": "month", "optional": True}]}
    year = DateMention("2031", "2031", "year", span("May 2031"))
    assert counts(measured(wanted, dates=(year,)), "dates") == (0, 0, 0)


def test_a_place_needs_the_words_and_the_country() -> None:
    assert counts(measured(places=(Place("Oslo", "SE", span("Oslo")),)), "places") == (1, 1, 1)
    assert counts(measured(places=(Place("Norway", "NO", span("Russian")),)), "places") == (1, 1, 1)
    assert measured().facts["places: code"].wrong == 1  # the country only, where the annotation has the region


def test_reports_add_up() -> None:
    scores, facts = total([measured(), measured(observables=())])
    observables = scores["observables"]
    assert (observables.wanted, observables.found, observables.precision, observables.recall) == (2, 1, 1.0, 0.5)
    assert facts["observables: type"].right == 1


def test_a_mistake_shows_the_words_around_it() -> None:
    (mistake,) = measured(platforms=()).mistakes
    assert (mistake.report, mistake.fault, mistake.label) == ("example", "missed", "X")
    (mistake,) = measured(places=()).mistakes
    assert "4 March 2031 in Oslo, on Twitter" in mistake.context


@pytest.mark.parametrize(
    ("kind", "row", "complaint"),
    [
        ("actors", {"name": "Night Heron"}, "'Night Heron' is not in the text"),
        ("actors", {"name": "Night Ferry", "aliases": {"Heron": ""}}, "'Heron' is not in the text"),
        ("attributions", {"actor": "a", "to": "b", "strength": "certain"}, "'certain' is no strength"),
        ("targets", {"role": "Senator"}, "has no 'name'"),
        ("voices", {"speaker": "Holm", "from": "Nobody", "to": "knows"}, "no passage from 'Nobody' to 'knows'"),
        ("dates", {"text": "May 2031", "precision": "month", "role": "seen"}, "'seen' is no role"),
        ("dates", {"text": "June 2031", "precision": "month"}, "'June 2031' is not in the text"),
        ("observables", {"type": "domain-name", "value": "heron.com"}, "'heron.com' is not in the text"),
        ("places", "Oslo", "places is no list of items"),
        ("figures", {"text": "1,200 accounts"}, "has no 'value'"),
        ("figures", {"text": "1,300 accounts", "value": 1300}, "'1,300 accounts' is not in the text"),
        ("people", {"name": "Per Holm"}, "'Per Holm' is not in the text"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused(kind: str, row: object, complaint: str) -> None:
    with pytest.raises(ReadError) as caught:
        annotated("example", "", Report(text=TEXT, source="-"), {kind: [row]})
    assert complaint in caught.value.message


def test_every_report_is_annotated_and_some_are_held_out() -> None:
    reports = list(annotated_reports(REPORTS))
    assert Counter(report.part for report in reports) == {"development": 51, "held_out": 9}
    languages = Counter(report.report.language for report in reports)
    assert languages == {"en": 41, "fr": 6, "de": 4, "uk": 4, "es": 3, "ru": 2}
    assert len(list(REPORTS.rglob("*.txt"))) == len(reports)


@pytest.mark.parametrize("kind", ["actors", "attributions", "targets", "voices", "dates", "places", "narratives"])
def test_every_report_has_items_of_each_kind(kind: str) -> None:
    for report in annotated_reports(REPORTS):
        # A fact-check may attribute nothing that every expert would record.
        assert any(not item.optional or kind == "attributions" for item in report.items[kind]), report.name


def test_every_date_and_place_stands_where_the_annotation_says() -> None:
    for report in annotated_reports(REPORTS):
        for kind in ("dates", "places", "voices", "narratives"):
            assert all(item.ranges for item in report.items[kind]), (report.name, kind)
