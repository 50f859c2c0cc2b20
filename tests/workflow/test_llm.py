"""The language model joined to the rest: what it is offered, and how its proposals meet the offline ones."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counterfoil.coding.llm_settings import LlmSettings
from counterfoil.config import Config
from counterfoil.errors import UsageError
from counterfoil.model.codebook import Codebook
from counterfoil.model.coding import Modality
from counterfoil.model.report import Original, Report
from counterfoil.workflow import Draft, Kit, code
from counterfoil.workflow.llm import Model, candidates_of, open_model, propose
from tests.coding.kits import kit_of
from tests.coding.llm_server import LlmServer, passage_of, proposer_for, report_of, serving


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving() as running:
        yield running


@pytest.fixture
def kit(codebook: Codebook) -> Kit:
    return kit_of(codebook)


def _draft(report: Report, kit: Kit) -> Draft:
    return code(Draft(report, Original(report.text.encode(), "text/plain")), kit)


def _content(request: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(request["messages"][1]["content"])
    return found


def test_candidates_are_ranked_closed_and_few(server: LlmServer, report: Report, kit: Kit, tmp_path: Path) -> None:
    settings = LlmSettings(server.base_url, "m", candidates=2, cache=tmp_path)
    model = open_model(Config(llm=settings), kit, {})
    asked_of: list[str] = []

    def candidates(text: str) -> list[str]:
        asked_of.append(text)
        return ["T9999", "T0002", "T0001.001", "T0001"]

    _, asked = propose(_draft(report, kit), kit, replace(model, candidates=candidates))
    assert asked_of == [report.text[block.start : block.end] for block in report.blocks]
    for request in server.requests:
        assert [technique["id"] for technique in _content(request)["techniques"]] == ["T0002", "T0001.001"]
    first = _content(server.requests[1])["techniques"][0]
    assert first == {
        "id": "T0002",
        "name": "Pay Somebody",
        "definition": "Giving money to helpers.",
        "use_when": "Money moves.",
    }
    assert (asked.paragraphs, asked.unoffered) == (3, 0)


def test_the_heading_goes_along_and_nothing_else(server: LlmServer, report: Report, kit: Kit, tmp_path: Path) -> None:
    proposer, _ = proposer_for(server, tmp_path)
    propose(_draft(report, kit), kit, Model(proposer, candidates_of(kit)))
    content = _content(server.requests[-1])
    assert set(content) == {"techniques", "title", "heading", "passage"}
    assert content["heading"] == content["title"] == "Copies of the harbour ministry"
    assert "heron.txt" not in json.dumps(server.requests)


def test_where_nothing_can_be_offered_nothing_is_asked(
    server: LlmServer, report: Report, kit: Kit, tmp_path: Path
) -> None:
    proposer, _ = proposer_for(server, tmp_path)
    draft = _draft(report, kit)
    same, asked = propose(draft, kit, Model(proposer, lambda text: []))
    assert (same, asked.unoffered, asked.paragraphs, server.requests) == (draft, 3, 0, [])


def test_a_claim_that_the_offline_coders_made_stays_theirs(
    server: LlmServer, report: Report, kit: Kit, tmp_path: Path
) -> None:
    sentence = "Grey Heron created fake accounts that posed as dock workers."

    def behave(handler: Any, request: dict[str, Any]) -> None:
        if sentence in passage_of(request):
            handler.propose({"quote": sentence}, {"technique": "T0002", "quote": "posed as dock workers"})
        else:
            handler.propose()

    server.behave = behave
    draft = _draft(report, kit)
    proposer, _ = proposer_for(server, tmp_path)
    advised, asked = propose(draft, kit, Model(proposer, lambda text: ["T0001.001", "T0002"]))
    assert len(asked.proposals) == 2
    offline = [suggestion for suggestion in advised.suggestions if not suggestion.coder.startswith("llm")]
    (added,) = [suggestion for suggestion in advised.suggestions if suggestion.coder.startswith("llm")]
    assert set(offline) == set(draft.suggestions)
    assert (added.code.id, added.modality, added.coder) == ("T0002", Modality.OBSERVED, proposer.coder)
    of_sentence = [s for s in draft.suggestions if sentence in {span.quote for span in s.spans}]
    assert added.actor == of_sentence[0].actor
    scores = [suggestion.score for suggestion in advised.suggestions]
    assert scores == sorted(scores, reverse=True)


def test_invisible_characters_are_counted_and_not_sent(server: LlmServer, kit: Kit, tmp_path: Path) -> None:
    report = report_of("They cre\u200bated fake\u202e accounts\U000e0041 in the port.", title="A\u200b title")
    server.behave = lambda handler, request: handler.propose({})
    proposer, _ = proposer_for(server, tmp_path)
    advised, asked = propose(_draft(report, kit), kit, Model(proposer, candidates_of(kit)))
    content = _content(server.requests[0])
    assert (content["passage"], content["title"]) == ("They created fake accounts in the port.", "A title")
    assert asked.hidden == 3
    (added,) = [suggestion for suggestion in advised.suggestions if suggestion.coder.startswith("llm")]
    assert added.spans[0].quote == "cre\u200bated fake\u202e accounts"


def test_no_model_without_settings_or_offline(kit: Kit) -> None:
    with pytest.raises(UsageError, match="No language model is set"):
        open_model(Config(), kit, {})
    with pytest.raises(UsageError, match="offline mode"):
        open_model(Config(offline=True), kit, {})
