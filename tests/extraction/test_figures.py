"""The figures in docs/extraction.md are those of the annotated reports, to the last digit.

`pytest tests/extraction/test_figures.py --update-golden` writes them anew. Whoever changes a rule sees
here what it did to reports that nobody looked at while writing it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from counterfoil.extraction.measuring import KINDS, Fact, Score, total
from counterfoil.workflow.measuring_extraction import measure_extraction

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "extraction.md"
FIGURES = re.compile(r"(?<=--update-golden -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)
HALVES = ("development", "held_out")


def _row(kind: str, scores: list[Score]) -> str:
    def both(name: str) -> str:
        return " / ".join(_figure(getattr(score, name)) for score in scores)

    counts = " / ".join(str(score.wanted) for score in scores)
    return f"| {kind} | {both('precision')} | {both('recall')} | {both('f1')} | {counts} |\n"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("0.", ".")


def _facts(facts: list[dict[str, Fact]]) -> Iterator[str]:
    for name in dict.fromkeys(name for half in facts for name in half):
        counted = [half.get(name, Fact()) for half in facts]
        columns = (" / ".join(str(getattr(fact, what)) for fact in counted) for what in ("right", "wrong", "silent"))
        yield f"| {name} | {' | '.join(columns)} |\n"


def test_the_figures_in_the_docs_are_real(update_golden: bool) -> None:
    reports = measure_extraction(ROOT / "tests" / "extraction" / "reports")
    halves = [total(report for report in reports if report.part == half) for half in HALVES]
    table = "| kind | precision | recall | F1 | wanted |\n|---|---|---|---|---|\n"
    table += "".join(_row(kind, [scores[kind] for scores, _ in halves]) for kind in KINDS)
    table += "\n| of what was found | right | wrong | not said |\n|---|---|---|---|\n"
    table += "".join(_facts([facts for _, facts in halves]))
    page = PAGE.read_text(encoding="utf-8")
    if update_golden:
        page = FIGURES.sub(lambda _: table, page)
        PAGE.write_text(page, encoding="utf-8")
    shown = FIGURES.search(page)
    assert shown
    assert shown[0] == table
