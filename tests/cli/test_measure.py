"""measure: the quick table, one incident left out at a time, the report, and what survived review."""

import json
from pathlib import Path

import pytest

from counterfoil.coding.knowledge import packaged
from counterfoil.coding.ranker import layout_of
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.model.codebook import Codebook
from tests.cli.conftest import Run
from tests.workflow.small_kit import LINES, small_kit

MEASURES = ["R@5", "R@10", "MAP", "micro_f1", "macro_f1", "precision", "recall"]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return path


@pytest.fixture
def small(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small codebook instead of the packaged one: the same steps in seconds."""
    kit, own = small_kit(codebook)
    monkeypatch.setattr("counterfoil.cli.measuring.load_kit", lambda config: kit)
    monkeypatch.setattr("counterfoil.workflow.quality.own_examples", lambda kit, progress: own)


@pytest.mark.usefixtures("small")
def test_the_quick_table_and_its_predictions(run: Run, gold: Path, tmp_path: Path) -> None:
    table = run("measure", gold)
    assert table.code == 0, table.err
    assert "16 texts" in table.out
    assert all(name in table.out for name in MEASURES)
    plain = run("measure", gold, "--format", "json", "--predictions", "ranked.jsonl").json
    assert list(plain) == ["texts", *MEASURES]
    assert set(plain["MAP"]) == {"value", "low", "high"}
    rows = [json.loads(line) for line in (tmp_path / "ranked.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [line["id"] for line in LINES]
    assert {len(row["ranked"]) for row in rows} == {4}
    assert all(row["ranked"] == sorted(row["ranked"], key=lambda pair: -pair[1]) for row in rows)


@pytest.mark.usefixtures("small")
def test_leave_one_out_tells_more_and_ranks_anew(run: Run, gold: Path, tmp_path: Path) -> None:
    table = run("measure", gold, "--leave-one-out")
    assert table.code == 0, table.err
    for words in ("16 texts of 8 incidents", "by technique", "by parent", "by tactic", "coded in another incident"):
        assert words in table.out, words
    plain = run("measure", gold, "--leave-one-out", "--format", "json", "--predictions", "left.jsonl").json
    assert plain["MAP"] == plain["levels"]["technique"]["MAP"]
    assert {"techniques", "tactics", "familiarity", "siblings", "misses", "calibration", "bands"} <= set(plain)
    assert plain["variants"] == plain["curve"] == []
    run("measure", gold, "--predictions", "as-is.jsonl")
    left, quick = (
        [json.loads(line) for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()]
        for name in ("left.jsonl", "as-is.jsonl")
    )
    assert [row["id"] for row in left] == [row["id"] for row in quick]
    assert left != quick


@pytest.mark.usefixtures("small")
def test_the_report_has_everything(run: Run, gold: Path, tmp_path: Path) -> None:
    done = run("measure", gold, "--html", "report.html", "--format", "json")
    assert done.code == 0, done.err
    assert done.err == ""
    plain = done.json
    assert plain["variants"][0]["name"] == "all parts"
    assert len(plain["curve"]) == 7
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for words in ('id="learning"', 'id="parts"', "without practice", "Make Up People", "16 coded texts of 8 incidents"):
        assert words in page, words
    refused = run("measure", gold, "--html", tmp_path / "no" / "where.html")
    assert (refused.code, "--html" in refused.err) == (2, True)


def test_what_survived_review(run: Run, article: Path, tmp_path: Path) -> None:
    assert run("code", article).code == 0
    report = run("list", "--format", "json").json[0]["id"]
    found = run("suggestions", report, "--format", "json").json
    rows = found["suggestions"] if isinstance(found, dict) else found
    assert run("accept", rows[0]["id"]).code == 0
    assert run("reject", rows[1]["id"]).code == 0
    plain = run("measure", "--survival", "--format", "json").json
    whole = plain["reviews"]["survival"]["whole"]
    assert (whole["accepted"]["right"], whole["accepted"]["of"], whole["open"]) == (1, 2, len(rows) - 2)
    assert list(plain) == ["reviews"]
    table = run("measure", "--survival", "--html", "reviews.html").out
    assert "suggestions in 1 report\n" in "\n".join(line.rstrip() for line in table.split("\n"))
    assert rows[0]["technique"] in table
    page = (tmp_path / "reviews.html").read_text(encoding="utf-8")
    assert "1 of 2 suggestions" in page
    assert 'id="figures"' not in page


def test_there_must_be_something_to_measure(run: Run, gold: Path) -> None:
    for arguments, words in (
        (("measure",), "nothing to measure"),
        (("measure", "--survival", "--leave-one-out"), "need coded texts"),
        (("measure", "--survival"), "no workspace"),
    ):
        outcome = run(*arguments)
        assert outcome.code in (1, 2)
        assert words in outcome.err.lower(), outcome.err


def test_the_packaged_knowledge_can_be_measured_with_one_left_out() -> None:
    assert layout_of(load_codebook()).techniques == packaged().techniques
