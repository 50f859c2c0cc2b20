"""The evaluation as a whole, on a small codebook: nothing learned from what is measured, every part left out once."""

from dataclasses import replace

import numpy as np
import pytest

from counterfoil.coding.features import FEATURES, PARTS
from counterfoil.coding.learning import prepare_first, prepare_next
from counterfoil.coding.ranker import Ranker
from counterfoil.errors import UsageError
from counterfoil.kb.coding import add_run, decide
from counterfoil.kb.reports import add_report
from counterfoil.kb.workspace import Workspace
from counterfoil.model.codebook import Codebook
from counterfoil.model.coding import Modality, Signature, Suggestion, Verdict
from counterfoil.model.extraction import Extraction
from counterfoil.model.report import Original, Report
from counterfoil.workflow import quality as whole
from counterfoil.workflow.ablating import FIRST_ONLY, FREQUENCY, UNSEEING, WHOLE, variants
from counterfoil.workflow.evaluating import coded, groups_of, learned, leave_one_out
from counterfoil.workflow.quality import assess, reviews, tactic_of
from tests.workflow.small_kit import LINES, small_kit


def test_a_text_is_ranked_by_what_other_incidents_teach(codebook: Codebook) -> None:
    kit, _ = small_kit(codebook)
    texts = coded(LINES, kit)
    assert len(groups_of(texts)) == 8
    found = leave_one_out(texts, kit)
    assert [one.id for one in found] == [line["id"] for line in LINES]
    for one in (found[0], found[5]):
        rest = [example for _, example in texts if example.passage.group != one.example.passage.group]
        assert one.chances == pytest.approx(learned(kit, rest).chances(one.example.observed))
    every = learned(kit, [example for _, example in texts])
    assert found[1].chances != pytest.approx(every.chances(found[1].example.observed), abs=1e-6)


def test_a_layer_without_features_gives_them_no_weight(codebook: Codebook) -> None:
    kit, own = small_kit(codebook)
    layout = kit.panel.ranker.layout
    texts = [example for _, example in coded(LINES, kit)]
    vocabulary, first = prepare_first(codebook, layout, own)
    for part, names in PARTS.items():
        below = replace(kit.panel.ranker.knowledge, layers=(first.layer(None, names),), vocabulary=vocabulary)
        layer = prepare_next(below, layout, texts).layer(below.fusion(), names)
        for fusion in (below.fusion(), layer.fusion):
            without = [FEATURES.index(name) for name in names]
            assert not fusion.weights[without].any(), part
            assert np.abs(np.delete(fusion.weights, without)).max() > 0.01
        # A text is ranked the same whatever the features left out say of it.
        seen = texts[0].observed
        changed = replace(seen, order=1 - seen.order)
        ranker = Ranker(below.on_top(layer), layout)
        if part == "likeness":
            assert ranker.chances(changed) == pytest.approx(ranker.chances(seen))


def test_everything_is_measured(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    kit, own = small_kit(codebook)
    monkeypatch.setattr(whole, "own_examples", lambda kit, progress: own)
    stages: dict[str, tuple[int, int]] = {}
    found, items = assess(LINES, kit, True, lambda doing, done, total: stages.update({doing: (done, total)}))
    assert all(done == total for done, total in stages.values())
    assert len(stages) == 4
    about = found.about
    assert (about.texts, about.incidents, about.codings, about.techniques) == (16, 8, 20, 3)
    assert [item.name for item in items] == [line["id"] for line in LINES]
    assert set(found.levels) == {"technique", "parent", "tactic"}
    assert found.levels["technique"]["R@5"].value == 1  # of four techniques
    assert found.levels["technique"]["MAP"].value > 0.7
    assert found.levels["tactic"]["MAP"].value >= found.levels["technique"]["MAP"].value
    assert sum(row.codings for row in found.techniques) == sum(row.codings for row in found.tactics) == 20
    assert {row.key for row in found.tactics} <= {"TA01", "TA02"}
    assert [kind.name for kind in found.familiarity] == ["seen"]
    assert sum(made.coded.of for made in found.calibration.bins) == 16 * 4
    assert sum(band.right.of for band in found.bands) == 16 * 4
    assert found.names["T0002"] == "Pay Somebody"
    assert found.names["TA01"] == "Invent"


def test_every_part_is_left_out_once(codebook: Codebook) -> None:
    kit, own = small_kit(codebook)
    texts = coded(LINES, kit)
    found = {variant.name: variant for variant in variants(texts, own, kit)}
    assert list(found)[: len(PARTS) + 3] == [WHOLE, *(f"without {part}" for part in PARTS), UNSEEING, FIRST_ONLY]
    assert [name for name, one in found.items() if one.alone] == [
        "only cues",
        "only likeness",
        "only the linear model",
        FREQUENCY,
    ]
    order = [item.name for item in found[WHOLE].items]
    for variant in found.values():
        assert [item.name for item in variant.items] == order
        assert all(not item.asserted for item in variant.items if variant.alone)
    # Learned anew from the same passages, the whole coder is the one that is measured.
    expected = {one.id: one.chances for one in leave_one_out(texts, kit)}
    layout = kit.panel.ranker.layout
    for item in found[WHOLE].items:
        chances = dict(zip(item.ranked, item.chances, strict=True))
        assert [chances[t] for t in layout.techniques] == pytest.approx(list(expected[item.name]), abs=1e-4)
    blind = {item.name: item.chances for item in found[UNSEEING].items}
    assert any(blind[item.name] != pytest.approx(item.chances, abs=1e-3) for item in found[WHOLE].items)
    often = found[FREQUENCY].items[0]
    assert len({item.ranked for item in found[FREQUENCY].items if item.group == often.group}) == 1


def test_the_curve_learns_in_order(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    kit, _ = small_kit(codebook)
    monkeypatch.setattr(whole, "_ablated", lambda *arguments: ())
    points = assess(LINES, kit, True)[0].curve
    assert [point.incidents for point in points] == [0, 1, 2, 3, 4, 5, 6]
    assert [point.texts for point in points] == [0, 2, 4, 6, 8, 10, 12]
    assert points[-1].ahead == points[-1].last
    assert points[0].ahead != points[0].last


def test_misses_say_why(codebook: Codebook) -> None:
    kit, _ = small_kit(codebook)
    silent = {
        "id": "X",
        "incident": "IX",
        "text": "Fake accounts posed as sailors. There is no evidence that they paid anyone.",
        "labels": ["T0002"],
    }
    found, _ = assess([*LINES, silent], kit)
    miss = next(miss for miss in found.misses if miss.text == "X")
    assert (miss.code, miss.incident, miss.known) == ("T0002", "IX", 8)
    assert miss.cues == ("fair cue “paid (anyone|somebody)”, held back: said not to have happened",)
    assert miss.place_by_cues == 0
    assert (miss.above[0].code, miss.above[0].coded) == ("T0001.001", False)
    assert miss.place == len(miss.above) + 1
    assert len(miss.quote) <= 160
    assert [miss.place for miss in found.misses] == sorted((miss.place for miss in found.misses), reverse=True)


def test_another_codebook_than_the_knowledge_s_is_refused(codebook: Codebook) -> None:
    kit, _ = small_kit(codebook)
    knowledge = replace(kit.panel.ranker.knowledge, techniques=("T0001", "T0001.001"))
    other = replace(kit, panel=replace(kit.panel, ranker=Ranker(knowledge, kit.panel.ranker.layout)))
    with pytest.raises(UsageError, match="techniques"):
        coded(LINES, other)


def test_the_tactic_of_an_unknown_code(codebook: Codebook) -> None:
    kit, _ = small_kit(codebook)
    assert [tactic_of(kit)(code) for code in ("T0002", "T9999")] == ["TA02", "?"]


def test_what_analysts_made_of_suggestions(codebook: Codebook, report: Report, workspace: Workspace) -> None:
    kit, _ = small_kit(codebook)

    def suggestion(technique: str, start: int, score: float, **other: str) -> Suggestion:
        code = codebook.framework.code(technique)
        spans = (report.span(start, start + 10),)
        return Suggestion(
            report.id, code, spans, other.pop("coder", "codebook 1"), score, (), Modality.OBSERVED, **other
        )

    made = (
        suggestion("T0001", 0, 0.9),
        suggestion("T0002", 0, 0.15),
        suggestion("T0002", 20, 0.8),
        suggestion("T0001.001", 40, 1.0, coder="imported from TEST 1.0"),
        suggestion("T0001.002", 40, 0.9, replaces="S-older"),
        suggestion("T0001.002", 60, 0.9),
    )
    with workspace.writing() as connection:
        add_report(connection, report, Original(b"x", "text/plain"), "2031-04-01T00:00:00Z")
        add_run(connection, report.id, made, Extraction(), "2031-04-01T00:00:00Z")
        signed = Signature("ada", "2031-04-02T00:00:00Z")
        for number, verdict in (
            (0, Verdict.REJECTED),
            (0, Verdict.ACCEPTED),
            (2, Verdict.REJECTED),
            (3, Verdict.ACCEPTED),
        ):
            decide(connection, made[number].id, verdict, signed)
    found = reviews(workspace, kit)
    assert (found.reports, found.left_out) == (1, 2)
    assert (found.survival.whole.accepted.right, found.survival.whole.accepted.of) == (1, 2)  # the last word counts
    assert found.survival.whole.open == 2
    assert {band.key: (band.accepted.of, band.open) for band in found.survival.bands} == {
        "asserted": (2, 1),
        "abstained": (0, 1),
    }
