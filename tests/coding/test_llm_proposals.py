"""From a reply to suggestions: what is kept, how it is put, and what it says of itself."""

import json

import pytest

from counterfoil.coding.llm_prompt import prompt_hash
from counterfoil.coding.llm_proposals import RATIONALE_CHARS, Vetted, suggestions, vet
from counterfoil.coding.llm_refusals import Refused, counted
from counterfoil.coding.llm_reply import MOST, Items, read_items
from counterfoil.coding.suggest import ASSERTED
from counterfoil.model.coding import Modality
from counterfoil.model.framework import Framework
from counterfoil.model.report import Report
from tests.coding.llm_server import GUIDES, item, questions_of, report_of


def _vetted(report: Report, *given: dict[str, str]) -> Vetted:
    read = read_items(json.dumps({"proposals": given}))
    assert isinstance(read, Items)
    (question,) = questions_of(report)
    return vet(report, question, read.items, GUIDES.__contains__)


@pytest.mark.parametrize(
    ("text", "quote", "said", "put"),
    [
        ("Grey Heron paid two writers.", "paid two writers", "observed", "observed"),
        ("Grey Heron paid two writers.", "paid two writers", "warned", "warned"),
        ("Grey Heron paid two writers.", "paid two writers", "negated", "negated"),
        ("Investigators found no evidence that Grey Heron paid anyone.", "paid anyone", "observed", "negated"),
        (
            "Investigators found no evidence that Grey Heron paid anyone.",
            "Investigators found no evidence that Grey Heron paid anyone",
            "observed",
            "negated",
        ),
        (
            "Grey Heron, which had been busy since spring and posted a great deal, never paid anyone.",
            "Grey Heron, which had been busy since spring and posted a great deal, never paid anyone",
            "observed",
            "negated",
        ),
        ("Grey Heron did not pay two writers.", "did not pay two writers", "warned", "negated"),
        ("Grey Heron may soon pay two writers.", "pay two writers", "observed", "warned"),
        ("Grey Heron probably paid two writers.", "paid two writers", "observed", "assessed"),
        ("It posed as a clerk who does not exist.", "posed as a clerk who does not exist", "observed", "observed"),
    ],
)
def test_an_act_is_never_put_more_firmly_than_the_words_do(text: str, quote: str, said: str, put: str) -> None:
    (proposal,) = _vetted(report_of(text), item(technique="T0002", quote=quote, modality=said)).proposals
    assert (proposal.modality, proposal.read_as) == (Modality(put), Modality(said))


def test_one_act_in_two_places_is_one_suggestion(framework: Framework) -> None:
    report = report_of("Grey Heron paid two writers. In the autumn it paid a printer too. It may pay a singer.")
    vetted = _vetted(
        report,
        item(technique="T0002", quote="paid two writers", certainty="implied"),
        item(technique="T0002", quote="paid a printer too", rationale="Money moves.\x1b[31m"),
        item(technique="T0002", quote="pay a singer"),
    )
    found = suggestions(report, vetted.proposals, lambda span: ("Grey Heron", ""), "llm m 12345678", framework)
    assert [(s.modality, [span.quote for span in s.spans]) for s in found] == [
        (Modality.OBSERVED, ["paid two writers", "paid a printer too"]),
        (Modality.WARNED, ["pay a singer"]),
    ]
    both = found[0]
    assert (both.coder, both.actor, str(both.code)) == ("llm m 12345678", "Grey Heron", "TEST 1.0 T0002")
    assert both.reasons[1].text == "llm: a language model's proposal: “Money moves.[31m”"
    assert both.reasons[1].span == both.spans[1]
    assert "which it read as observed; the words say warned" in found[1].reasons[0].text
    assert all(suggestion.score < ASSERTED for suggestion in found)


def test_two_actors_are_two_suggestions(framework: Framework) -> None:
    report = report_of("Grey Heron paid two writers. White Heron paid three painters.")
    given = (item(technique="T0002", quote="paid two writers"), item(technique="T0002", quote="paid three painters"))
    proposals = _vetted(report, *given).proposals
    found = suggestions(report, proposals, lambda span: ("Grey" if span.start < 20 else "White", ""), "llm", framework)
    assert [suggestion.actor for suggestion in found] == ["Grey", "White"]


def test_a_reply_is_bounded() -> None:
    report = report_of("Grey Heron paid two writers, and that was that.")
    many = [item(technique="T0002", quote="paid two writers", rationale="x" * 5000)] * (MOST + 500)
    read = read_items(json.dumps({"proposals": many}))
    assert isinstance(read, Items)
    assert (len(read.items), counted(read.refusals)) == (MOST, {Refused.MANY: 1})
    vetted = _vetted(report, *many[:MOST])
    assert len(vetted.proposals[0].rationale) == RATIONALE_CHARS
    assert counted(vetted.refusals) == {Refused.TWICE: MOST - 1}


def test_the_prompt_is_named_by_all_that_is_constant_in_it() -> None:
    changed = {**GUIDES, "T0002": GUIDES["T0001"]}
    assert prompt_hash(GUIDES) == prompt_hash(dict(reversed(GUIDES.items()))) != prompt_hash(changed)
