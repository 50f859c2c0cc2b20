"""Techniques that a report names by their id."""

import pytest

from counterfoil.coding.stated import STATED, with_stated
from counterfoil.coding.suggest import Context
from counterfoil.model.coding import Modality, Suggestion
from counterfoil.model.extraction import Reference
from counterfoil.model.framework import Framework
from counterfoil.readers import READERS, Source
from counterfoil.readers.passages import passages


def _read(text: str, framework: Framework, **known: float) -> tuple[Suggestion, ...]:
    """What is suggested for a text whose references are the ids T000N in it; `known` scores by id."""
    import re

    report = READERS.load("markdown").read(Source(text.encode(), "a.md"))
    parts = passages(report)
    references = [
        Reference("technique", match[1], match[2] or "", (report.span(match.start(), match.end(1)),))
        for match in re.finditer(r"(T\d{4}(?:\.\d{3})?)(?:: ([A-Z][\w ]*))?", report.text)
    ]
    first = report.span(parts[0].start, parts[0].end)
    suggestions = [
        Suggestion(report.id, framework.code(one), (first,), "cues 1", score) for one, score in known.items()
    ]
    contexts = [Context(actor="Heron") for _ in parts]
    return with_stated(suggestions, references, (report, parts, contexts), framework)


def test_a_stated_technique_is_suggested_with_its_sentence(framework: Framework) -> None:
    (one,) = _read("It rained. The dockers were invented (T0001.001: Make Up People).", framework)
    assert (one.code.id, one.score, one.actor, one.modality) == ("T0001.001", STATED, "Heron", Modality.OBSERVED)
    assert one.spans[0].quote == "The dockers were invented (T0001.001: Make Up People)."
    assert one.reasons[0].span is not None
    assert one.reasons[0].span.quote == "T0001.001"


def test_another_name_is_told(framework: Framework) -> None:
    (one,) = _read("The dockers were invented (T0001.001: Invent Friends).", framework)
    assert "calls it “Invent Friends”" in one.reasons[0].text


@pytest.mark.parametrize("score", [0.3, 0.95])
def test_what_is_suggested_already_is_raised_not_doubled(framework: Framework, score: float) -> None:
    text = "The dockers were invented (T0001).\n\nTheir friends too (T0001)."
    found = _read(text, framework, T0001=score)
    by_actor = {one.actor: one for one in found}
    assert by_actor["Heron"].score == STATED  # the same act of the same actor: two sentences, one suggestion
    assert len(by_actor["Heron"].spans) == 2
    assert by_actor[""].score == score  # whoever acts there is not known to be the same


def test_headings_definitions_and_unknown_ids_state_nothing(framework: Framework) -> None:
    text = "# T0001: Make Things Up\n\nT0001 is a technique in which things are made up.\n\nSee T9999 too."
    assert _read(text, framework) == ()


def test_a_denied_act_is_stated_as_denied(framework: Framework) -> None:
    (one,) = _read("There is no evidence that dockers were invented (T0001).", framework)
    assert one.modality is Modality.NEGATED
