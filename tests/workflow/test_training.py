"""Learning from a workspace's decisions."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.config import Config
from counterfoil.errors import CodebookError, UsageError
from counterfoil.kb.coding import reviewed
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature, Verdict
from counterfoil.model.report import Original, Report
from counterfoil.workflow.cases import decide
from counterfoil.workflow.intake import Draft, code, store
from counterfoil.workflow.kit import LEARNED, load_kit
from counterfoil.workflow.training import forget, train

TEXT = (
    "The network ran forty fake accounts on Facebook that posed as local nurses. Number {}.\n\n"
    "Its Telegram channel sent readers to a cloned copy of a newspaper's website, with a lookalike domain."
)
SIGNATURE = Signature("ada", "2031-04-01T00:00:00Z", "read")


@pytest.fixture
def config(workspace: Workspace, tmp_path: Path) -> Config:
    return Config(workspace=workspace.folder, cache=tmp_path / "cache")


def _coded(workspace: Workspace, config: Config, number: int) -> str:
    text = TEXT.format(number)
    draft = code(
        Draft(Report(text=text, source="x", language="en"), Original(text.encode(), "text/plain")), load_kit(config)
    )
    store(workspace, draft, load_kit(config))
    return draft.report.id


def _score(workspace: Workspace, config: Config, technique: str) -> float:
    text = TEXT.format("of another day")
    draft = code(
        Draft(Report(text=text, source="x", language="en"), Original(text.encode(), "text/plain")), load_kit(config)
    )
    return max((s.score for s in draft.suggestions if s.code.id == technique), default=0.0)


def test_rejections_lower_and_forgetting_restores(workspace: Workspace, config: Config) -> None:
    before = _score(workspace, config, "T0143.002")
    assert before > 0.3
    for number in range(6):
        report = _coded(workspace, config, number)
        with workspace.reading() as connection:
            items = reviewed(connection, report)
        wrong = [item.suggestion.id for item in items if item.suggestion.code.id == "T0143.002"]
        assert wrong
        decide(workspace, wrong, Verdict.REJECTED, SIGNATURE)
        right = [item.suggestion.id for item in items if item.suggestion.code.id == "T0149.003"]
        assert right
        decide(workspace, right, Verdict.ACCEPTED, SIGNATURE)
    trained = train(workspace, config)
    assert (trained.reports, trained.codes) == (6, 6)
    assert _score(workspace, config, "T0143.002") < before
    assert forget(workspace)
    assert _score(workspace, config, "T0143.002") == before
    assert not forget(workspace)


def test_the_same_decisions_teach_the_same(workspace: Workspace, config: Config) -> None:
    report = _coded(workspace, config, 1)
    with workspace.reading() as connection:
        first = reviewed(connection, report)[0].suggestion.id
    decide(workspace, [first], Verdict.ACCEPTED, SIGNATURE)
    train(workspace, config)
    once = (workspace.folder / LEARNED).read_bytes()
    train(workspace, config)
    assert (workspace.folder / LEARNED).read_bytes() == once


def test_nothing_decided_is_nothing_to_learn(workspace: Workspace, config: Config) -> None:
    _coded(workspace, config, 1)
    with pytest.raises(UsageError, match="Nothing was decided yet"):
        train(workspace, config)
    assert not (workspace.folder / LEARNED).exists()


def test_damaged_learning_is_said(workspace: Workspace, config: Config) -> None:
    (workspace.folder / LEARNED).write_bytes(b"torn")
    with pytest.raises(CodebookError, match=r"learned\.npz"):
        load_kit(config)


def test_own_techniques_do_not_upset_what_is_learned(workspace: Workspace, config: Config) -> None:
    own = workspace.folder / "codebook"
    own.mkdir()
    (own / "bells.yaml").write_text(
        "tactic: TA06\ntechniques:\n  - id: T9001\n    name: Ring\n    definition: Ringing.\n    use_when: Rung.\n"
        "    cues: {strong: [posed as local]}\n",
        encoding="utf-8",
    )
    report = _coded(workspace, replace(config), 1)
    with workspace.reading() as connection:
        items = {item.suggestion.code.id: item.suggestion.id for item in reviewed(connection, report)}
    decide(workspace, [items["T9001"], items["T0149.003"]], Verdict.ACCEPTED, SIGNATURE)
    assert train(workspace, config).codes == 2
    assert _score(workspace, config, "T9001") > 0.3


def test_one_rejection_does_not_silence_the_rest(workspace: Workspace, config: Config) -> None:
    before = _score(workspace, config, "T0149.003")
    report = _coded(workspace, config, 1)
    with workspace.reading() as connection:
        items = reviewed(connection, report)
    wrong = next(item.suggestion.id for item in items if item.suggestion.code.id == "T0143.002")
    decide(workspace, [wrong], Verdict.REJECTED, SIGNATURE)
    train(workspace, config)
    assert _score(workspace, config, "T0149.003") > 0.8 * before
