"""What a finding suggests: the techniques of its signals, with figures and posts."""

from dataclasses import replace

import pytest

from counterfoil.coding.coordination import CODER, suggest_finding
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.model.coding import Modality, Suggestion
from counterfoil.model.finding import Finding
from counterfoil.model.framework import Framework
from counterfoil.model.report import Report
from counterfoil.readers import read_bytes
from counterfoil.readers.findings import file_of
from tests.workflow.found import finding


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load_codebook().framework


def report_of(one: Finding) -> Report:
    return read_bytes(file_of(one), "findings.json").report


def by_code(found: tuple[Suggestion, ...]) -> dict[str, Suggestion]:
    return {one.code.id: one for one in found}


def test_each_signal_suggests_its_techniques_with_its_figures_and_posts(framework: Framework) -> None:
    found = by_code(suggest_finding(report_of(finding()), finding(), framework))
    assert set(found) == {"T0049", "T0118", "T0119", "T0084.001", "T0084.002", "T0144.002", "T0143.002"}
    copied = found["T0084.001"]
    assert copied.coder == CODER
    assert copied.modality is Modality.OBSERVED
    assert (copied.actor, copied.voice) == ("", "")
    sentence, *posts = [span.quote for span in copied.spans]
    assert sentence.startswith("They post the same text within 1 minute: 6 pairs of accounts")
    assert len(posts) == 4
    assert all("post q" in post and post.endswith("Same words about the harbour for all of us") for post in posts)
    assert "q 0.0003" in copied.reasons[0].text
    assert finding().data_sha256 in copied.reasons[-1].text


def test_what_is_likelier_or_better_tested_comes_first(framework: Framework) -> None:
    found = by_code(suggest_finding(report_of(finding()), finding(), framework))
    assert found["T0084.001"].score > found["T0084.002"].score
    assert found["T0049"].score > found["T0084.001"].score  # two tested signals
    assert len(found["T0049"].reasons) == 3
    assert found["T0144.002"].undecided  # nothing was tested of it
    assert found["T0143.002"].undecided
    assert not any(one.undecided for code, one in found.items() if not code.startswith("T014"))


def test_again_gives_the_same_ids(framework: Framework) -> None:
    one = suggest_finding(report_of(finding()), finding(), framework)
    again = suggest_finding(report_of(finding()), finding(), framework)
    assert [each.id for each in one] == [each.id for each in again]


def test_of_what_the_framework_does_not_have_nothing_is_suggested(framework: Framework) -> None:
    few = replace(framework, techniques={"T0049": framework.techniques["T0049"]})
    assert [one.code.id for one in suggest_finding(report_of(finding()), finding(), few)] == ["T0049"]


def test_every_technique_that_a_signal_names_is_in_the_framework(framework: Framework) -> None:
    from counterfoil.detect.traces import TRACES

    named = {code for name in TRACES.names() for code in TRACES.load(name).techniques}
    assert named
    assert named <= set(framework.techniques)
