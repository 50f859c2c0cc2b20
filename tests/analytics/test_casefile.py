"""Case files: what several reports say, put together, each line with its places."""

import pytest

from counterfoil.analytics.likeness import alike
from counterfoil.analytics.sections import sections
from counterfoil.analytics.summary import LONGEST_QUOTE, MOST_LISTED, summary, title
from counterfoil.model.casefile import SECTIONS, Source
from counterfoil.model.coding import Modality, Suggestion
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
    PlatformMention,
    Reference,
    Target,
)
from counterfoil.model.framework import Code, Framework, Tactic, Technique
from counterfoil.model.report import Report

TEXT = (
    "Glass Heron, called Reed Warbler by Meta, began on 3 May 2031 with 40 accounts on Facebook. Kelp Union "
    "attributes it with high confidence to Eastmarch. It targeted Senator Ida Brandt and said the tunnel will "
    "flood. Eastmarch denied this. See heron.example."
)
FRAMEWORK = Framework(
    "TEST",
    "1.0",
    tactics=(Tactic("TA01", "Plan", "P1"),),
    techniques={"T0001": Technique("T0001", "Plan Things", "TA01")},
)


def _span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def _report(name: str, text: str = TEXT, **more: str) -> Report:
    return Report(text=text, source=name, **more)  # type: ignore[arg-type]


@pytest.fixture
def source() -> Source:
    extraction = Extraction(
        actors=(Actor("Glass Heron", (_span("Glass Heron"),), (Alias("Reed Warbler", "Meta"),), "network"),),
        attributions=(
            Attribution("Glass Heron", "Eastmarch", "Kelp Union", "asserted", (_span("Kelp Union"),), "high"),
            Attribution("", "Eastmarch", "Eastmarch", "denied", (_span("Eastmarch denied this"),)),
        ),
        targets=(Target("Ida Brandt", "Senator", (_span("Senator Ida Brandt"),), "Glass Heron", "person", "ZZ"),),
        dates=(
            DateMention("3 May 2031", "2031-05-03", "day", (_span("3 May 2031"),), "began"),
            DateMention("May", "", "month", (_span("May"),), "ended"),
        ),
        platforms=(PlatformMention("Facebook", (_span("Facebook"),), "T0151.001"),),
        observables=(Observable("domain-name", "heron.example", (_span("heron.example"),)),),
        narratives=(Narrative("the tunnel will flood", (_span("the tunnel will flood"),), "Glass Heron"),),
        references=(
            Reference("incident", "I00001", "A Flood", (_span("See"),)),
            Reference("technique", "T0001", "", (_span("it"),)),
        ),
        figures=(Figure("40", "accounts", (_span("40 accounts"),)), Figure("9", "hours", (_span("with"),))),
    )
    report = _report("one.txt", publisher="Kelp Union", published="2031-06-01")
    coded = Suggestion(report.id, FRAMEWORK.code("T0001"), (_span("began"),), "c 1", 0.5)
    return Source(report, extraction, (coded,))


def test_every_entry_has_its_places_and_its_facts(source: Source) -> None:
    made = sections([source], FRAMEWORK)
    assert tuple(made) == SECTIONS
    shown = {name: [(entry.name, dict(entry.facts)) for entry in made[name]] for name in made}
    assert shown == {
        "techniques": [("T0001 Plan Things", {"modality": ("observed",)})],
        "actors": [("Glass Heron", {"kind": ("network",), "aliases": ("Reed Warbler (Meta)",)})],
        "attributions": [
            (
                "Glass Heron → Eastmarch",
                {
                    "actor": ("Glass Heron",),
                    "to": ("Eastmarch",),
                    "by": ("Kelp Union",),
                    "strength": ("asserted",),
                    "confidence": ("high",),
                },
            ),
            (" → Eastmarch", {"to": ("Eastmarch",), "by": ("Eastmarch",), "strength": ("denied",)}),
        ],
        "targets": [
            ("Ida Brandt", {"kind": ("person",), "role": ("Senator",), "country": ("ZZ",), "by": ("Glass Heron",)})
        ],
        "dates": [
            ("2031-05-03", {"role": ("began",), "precision": ("day",)}),
            ("2031-06-01", {"role": ("published",)}),
        ],
        "assets": [
            ("Facebook", {"kind": ("platform",), "technique": ("T0151.001",)}),
            ("heron.example", {"kind": ("domain-name",)}),
            ("40 accounts", {"kind": ("figure",)}),
        ],
        "narratives": [("the tunnel will flood", {"by": ("Glass Heron",)})],
    }
    for entries in made.values():
        for entry in entries:
            assert entry.evidence or entry.name == "2031-06-01", entry  # the day of publication is metadata
            assert all(TEXT[e.span.start : e.span.end] == e.span.quote for e in entry.evidence)


def test_the_summary_says_what_the_sections_have(source: Source) -> None:
    lines = summary([source], FRAMEWORK)
    assert [line.text for line in lines] == [
        "Kelp Union (2031-06-01) names Glass Heron (also Reed Warbler to Meta).",
        "Dates given: activity began 2031-05-03.",
        "Kelp Union attributes Glass Heron to Eastmarch with high confidence.",
        "Eastmarch denies a part in the operation.",
        "Targets of Glass Heron: Senator Ida Brandt.",
        "Platforms named: Facebook.",
        "Incidents named: I00001 A Flood.",
        "What Glass Heron is reported to tell: “the tunnel will flood”.",
        "Techniques: T0001 Plan Things (observed).",
    ]
    assert all(line.evidence for line in lines)


@pytest.mark.parametrize("by", ["Kelp Union", ""])
def test_a_strength_that_nobody_foresaw_is_quoted_as_it_is(by: str) -> None:
    claim = Attribution("Glass Heron", "Eastmarch", by, "hinted at", (_span("Kelp Union"),), "low")
    words = [one.text for one in summary([Source(_report("a"), Extraction(attributions=(claim,)))], FRAMEWORK)]
    assert f"{by or 'The report'} says of Glass Heron and Eastmarch: hinted at with low confidence." in words


def test_two_reports_that_name_the_same_give_one_entry(source: Source) -> None:
    text = "Later, GLASS HERON said that the tunnels would flood."
    other = _report("two.txt", text)
    found = Extraction(
        actors=(Actor("GLASS HERON", (_span("GLASS HERON", text),), kind="actor"),),
        narratives=(Narrative("the tunnels would flood", (_span("the tunnels would flood", text),)),),
    )
    made = sections([source, Source(other, found)], FRAMEWORK)
    (actor,) = made["actors"]
    assert actor.facts["kind"] == ("network", "actor")  # what differs is kept side by side
    assert {evidence.report for evidence in actor.evidence} == {source.report.id, other.id}
    assert [entry.name for entry in made["narratives"]] == ["the tunnel will flood"]


def test_a_technique_of_another_version_keeps_its_code(source: Source) -> None:
    strange = Suggestion(source.report.id, Code("TEST", "0.9", "T0009"), (_span("began"),), "c 1", 0.5)
    (entry,) = sections([Source(source.report, Extraction(), (strange,))], FRAMEWORK)["techniques"]
    assert entry.name == "T0009 (TEST 0.9)"


def test_modalities_stay_apart(source: Source) -> None:
    code = FRAMEWORK.code("T0001")
    coded = [Suggestion(source.report.id, code, (_span("began"),), "c 1", 0.5, modality=how) for how in Modality]
    entries = sections([Source(source.report, Extraction(), tuple(coded))], FRAMEWORK)["techniques"]
    assert [entry.facts["modality"] for entry in entries] == [(how.value,) for how in Modality]


def test_a_report_that_names_no_operation_says_so() -> None:
    report = _report("three.txt", "Nothing happened.", title="A quiet day")
    assert [line.text for line in summary([Source(report, Extraction())], FRAMEWORK)] == [
        "“A quiet day”: no operation is named."
    ]
    assert title([Source(report, Extraction())]) == "A quiet day"


def test_long_lists_and_quotes_are_cut_and_say_so() -> None:
    names = [f"Heron {number}" for number in range(MOST_LISTED + 3)]
    text = " ".join(names) + " " + "water " * 60
    actors = tuple(Actor(name, (_span(name, text),)) for name in names)
    told = Narrative("water " * 60, (_span("water " * 60, text),))
    lines = summary([Source(_report("four.txt", text), Extraction(actors=actors, narratives=(told,)))], FRAMEWORK)
    assert lines[0].text.endswith(f"Heron {MOST_LISTED - 1} and 3 more.")
    assert lines[1].text.endswith("…”.")
    assert len(lines[1].text) < LONGEST_QUOTE + 60


def test_alike_groups_by_shared_words() -> None:
    told = [
        "vaccines cause a new plague",
        "the election was stolen by machines",
        "a new plague is caused by the vaccines",
        "machines stole the election",
        "the the of",
    ]
    assert alike(told) == [[0, 2], [1, 3], [4]]


def test_alike_is_quick_on_many_texts_with_common_words() -> None:
    told = [f"the river number{number} carries the same water every single day" for number in range(3000)]
    assert len(alike(told)) <= len(told)
    assert sum(map(len, alike(told))) == len(told)
