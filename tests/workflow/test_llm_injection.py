"""The injection corpus: a text that gives orders, a model that obeys, and nothing stored that changes for it.

Each case codes one report twice in two workspaces, with decisions in between; the second time one of the two
asks the model. What the workspaces hold must then differ by the model's checked suggestions, and by nothing.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text as sql

from counterfoil.coding.llm_proposals import SAID
from counterfoil.coding.llm_quotes import is_hidden
from counterfoil.coding.llm_refusals import counted
from counterfoil.kb.coding import citations, decide, reviewed
from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.report import Original
from counterfoil.workflow import Draft, code, store
from counterfoil.workflow.llm import Model, propose
from tests.coding.kits import kit_of
from tests.coding.llm_server import OFFERED, Handler, LlmServer, proposer_for, report_of, serving

CASES = yaml.safe_load((Path(__file__).parents[1] / "coding" / "cases" / "injection.yaml").read_text(encoding="utf-8"))
#: stands before every hostile text: something that the offline coders find and the analyst has judged
HONEST = (
    "Grey Heron created fake accounts and paid somebody in the harbour. It posed as a clerk. "
    "Forged letters followed.\n\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[LlmServer]:
    with serving() as running:
        yield running


def _obey(handler: Handler, reply: dict[str, Any]) -> None:
    times = reply.get("times", 1)
    if "proposals" in reply:
        handler.propose(*reply["proposals"] * times)
    elif "content" in reply:
        handler.say(reply["content"] * times)
    elif "answer" in reply:
        handler.say("", message=reply["answer"])
    else:
        page = reply["http"]
        handler.send(page["body"].encode() * page.get("times", 1), page["status"], **page.get("headers", {}))


def _behave(server: LlmServer, case: dict[str, Any]) -> None:
    def behave(handler: Handler, request: dict[str, Any]) -> None:
        if json.loads(request["messages"][1]["content"])["passage"].startswith("Grey Heron created"):
            handler.propose()
        else:
            _obey(handler, case["reply"])

    server.behave = behave


def _rows(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    """Everything stored, by table, but for times and what names a whole run."""
    with workspace.reading() as connection:
        names = connection.execute(sql("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        rows = {
            name: [dict(row) for row in connection.execute(sql(f'SELECT * FROM "{name}"')).mappings()]
            for name in names
            if name.startswith(("reports", "suggestions", "decisions", "extractions", "incidents", "originals", "runs"))
        }
    for row in rows["reports"] + rows["originals"] + rows["runs"]:
        for name in ("added", "at", "coder"):
            row.pop(name, None)
    return rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_nothing_changes_but_quoted_proposals(
    case: dict[str, Any], server: LlmServer, codebook: Codebook, tmp_path: Path
) -> None:
    kit = kit_of(codebook)
    text = HONEST + case["text"]
    first = code(Draft(report_of(text, case.get("title", "")), Original(text.encode(), "text/plain")), kit)
    without, with_model = (Workspace.open(tmp_path / name, create=True) for name in ("without", "with"))
    for workspace in (without, with_model):
        store(workspace, first, kit)
        for number, suggestion in enumerate(first.suggestions[:2]):
            signature = Signature("ada", "2031-04-01T00:00:00Z", "read")
            with workspace.writing() as connection:
                decide(connection, suggestion.id, [Verdict.ACCEPTED, Verdict.REJECTED][number], signature)
    assert len(first.suggestions) >= 3

    _behave(server, case)
    proposer, _ = proposer_for(server, tmp_path / "cache", timeout=10)
    second, asked = propose(code(first, kit), kit, Model(proposer, lambda passage: [*OFFERED, "T9999"]))
    store(without, code(first, kit), kit)
    store(with_model, second, kit)

    kept = [(proposal.technique, proposal.span.quote, proposal.modality.value) for proposal in asked.proposals]
    assert kept == [tuple(row) for row in case.get("kept", [])]
    assert {reason.name: count for reason, count in counted(asked.refusals).items()} == case.get("refused", {})
    assert (asked.error is not None, asked.hidden) == (case.get("given_up", False), case.get("hidden", 0))

    plain, advised = _rows(without), _rows(with_model)
    coder = proposer.coder
    added = [row for row in advised["suggestions"] if row["coder"] == coder]
    advised["suggestions"] = [row for row in advised["suggestions"] if row["coder"] != coder]
    assert advised == plain
    _check_added(added, text)
    with with_model.reading() as connection:
        items = [entry for entry in reviewed(connection, first.report.id) if entry.suggestion.coder == coder]
        assert len(items) == len(added)
        assert all(entry.decision is None for entry in items)
        assert {s.suggestion.coder for s in citations(connection, [first.report.id])} == {first.suggestions[0].coder}
    without.close()
    with_model.close()


def _check_added(rows: list[dict[str, Any]], text: str) -> None:
    for row in rows:
        assert row["technique"] in OFFERED
        assert 0 < row["score"] <= SAID
        for span in json.loads(row["spans"]):
            assert text[span["start"] : span["end"]] == span["quote"]
        for reason in json.loads(row["reasons"]):
            assert reason["text"].startswith("llm: a language model's proposal")
            assert not any(map(is_hidden, reason["text"]))


def test_the_corpus_is_a_corpus() -> None:
    assert len(CASES) >= 25
    for part in ("name", "text"):
        assert len({case[part] for case in CASES}) == len(CASES)
