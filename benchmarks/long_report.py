"""One very long report: 5,000 sentences with 1,500 suggestions, all invented, in a workspace of its own."""

from collections import Counter
from itertools import accumulate
from pathlib import Path

from big_workspace import AT, Inventor
from counterfoil.config import load_config
from counterfoil.kb.coding import add_run
from counterfoil.kb.reports import add_report
from counterfoil.kb.workspace import Workspace
from counterfoil.model.report import Block, BlockKind, Original, Report
from counterfoil.workflow import load_codebook

SENTENCES, SUGGESTIONS = 5000, 1500


def make_long(folder: Path) -> str:
    """Make the workspace in an empty folder; the report's id."""
    codebook = load_codebook(load_config({}))
    texts = " ".join(f"{e.definition} {e.use_when} {' '.join(e.sentences)}" for e in codebook.entries.values())
    inventor = Inventor(codebook.framework, Counter(texts.replace(".", "").replace(",", "").split()))
    paragraphs, left = [], SENTENCES
    while left:
        count = min(left, inventor.random.randint(2, 6))
        paragraphs.append(" ".join(inventor.sentence("en") for _ in range(count)))
        left -= count
    starts = [0, *accumulate(len(paragraph) + 2 for paragraph in paragraphs)]
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, start, start + len(one)) for start, one in zip(starts, paragraphs, strict=False)
    )
    report = Report(
        text="\n\n".join(paragraphs), source="long.txt", title="A long report", language="en", blocks=blocks
    )
    found = inventor.suggestions(report, SUGGESTIONS + 20)[:SUGGESTIONS]  # a few are invented twice
    workspace = Workspace.open(folder, create=True)
    with workspace.writing() as connection:
        add_report(connection, report, Original(report.text.encode(), "text/plain"), AT)
        add_run(connection, report.id, found, inventor.extraction(report), AT)
    workspace.close()
    return report.id
