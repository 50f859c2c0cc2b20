"""Shared fixtures: a small framework and codebook, a report, a workspace, the evaluation data if it is there."""

import os
from pathlib import Path

import pytest

from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook, Entry, Strength
from counterfoil.model.framework import Framework, Phase, Tactic, Technique
from counterfoil.model.report import Block, BlockKind, Report

SHARED = Path(os.environ.get("COUNTERFOIL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TEXT = (
    "Copies of the harbour ministry\n\n"
    "Grey Heron created fake accounts that posed as dock workers. "
    "The accounts reposted each other's “tea → coffee” meme 🫖 within seconds.\n\n"
    "Investigators found no evidence that Grey Heron paid anyone."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"the evaluation data is not at {SHARED}")
    return SHARED


@pytest.fixture
def report() -> Report:
    paragraphs = TEXT.split("\n\n")
    starts = [TEXT.index(paragraph) for paragraph in paragraphs]
    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    return Report(
        text=TEXT,
        source="heron.txt",
        title="Copies of the harbour ministry",
        published="2031-04",
        language="en",
        blocks=tuple(
            Block(kind, start, start + len(paragraph))
            for kind, start, paragraph in zip(kinds, starts, paragraphs, strict=True)
        ),
    )


@pytest.fixture
def framework() -> Framework:
    rows = [
        ("T0001", "Make Things Up", "TA01", ""),
        ("T0001.001", "Make Up People", "TA01", "T0001"),
        ("T0001.002", "Make Up Papers", "TA01", "T0001"),
        ("T0002", "Pay Somebody", "TA02", ""),
    ]
    return Framework(
        name="TEST",
        version="1.0",
        phases=(Phase("P01", "Plan"),),
        tactics=(Tactic("TA01", "Invent", "P01"), Tactic("TA02", "Spend", "P01")),
        techniques={row[0]: Technique(*row) for row in rows},
    )


@pytest.fixture
def codebook(framework: Framework) -> Codebook:
    entries = [
        Entry("T0001", "Inventing anything at all.", "The text says so.", cues={Strength.WEAK: ("invent*",)}),
        Entry(
            "T0001.001",
            "Inventing persons who then act as accounts.",
            "Persons are made up.",
            cues={Strength.STRONG: ("<fake> account*",), Strength.FAIR: ("posed as",)},
            excludes=("theatre play",),
            positive=("They used fake accounts.",),
            negative=("The account was closed.",),
        ),
        Entry(
            "T0001.002", "Forging papers and letters.", "A paper is forged.", cues={Strength.FAIR: ("forged letter*",)}
        ),
        Entry("T0002", "Giving money to helpers.", "Money moves.", cues={Strength.FAIR: ("paid (anyone|somebody)",)}),
    ]
    return Codebook(
        framework=framework,
        entries={entry.id: entry for entry in entries},
        lists={"": {"fake": ("fake", "made-up")}},
        digest="0123456789abcdef",
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "casework", create=True)
