"""What is learned from coded passages, piece by piece and as a whole."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.coding import logistic, ridge
from counterfoil.coding.codebook import CodebookCoder
from counterfoil.coding.coder import Clue
from counterfoil.coding.features import FEATURES, PARTS, Evidence, Layout, Practice, features
from counterfoil.coding.knowledge import load, packaged, save
from counterfoil.coding.learning import Example, first_layer, next_layer
from counterfoil.coding.linear import Vocabulary, terms
from counterfoil.coding.observing import Part, observe
from counterfoil.coding.ranker import Ranker, layout_of
from counterfoil.coding.reliability import UNCOUNTED, Reliability
from counterfoil.coding.windows import LEAST, MOST, windows
from counterfoil.errors import CodebookError
from counterfoil.model.codebook import Codebook, CodedPassage, Strength
from counterfoil.model.report import Passage

TACTICS = {"T1": "TA1", "T1.001": "TA1", "T1.002": "TA1", "T2": "TA2"}


def _floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_logistic_regression_finds_the_weights_that_made_the_labels() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(20000, 3)).astype(np.float32) * [1, 10, 0.1]
    chance = 1 / (1 + np.exp(-(2 * rows[:, 0] - 0.1 * rows[:, 1] - 1)))
    labels = (random.random(20000) < chance).astype(float)
    found = logistic.fit(rows.astype(np.float32), labels, np.ones(20000))
    assert found.weights[0] == pytest.approx(2, abs=0.15)
    assert found.weights[1] == pytest.approx(-0.1, abs=0.02)
    assert found.constant == pytest.approx(-1, abs=0.1)
    assert found.chance(rows.astype(np.float32)).mean() == pytest.approx(labels.mean(), abs=0.01)


def test_a_prior_stands_where_there_is_little_to_learn() -> None:
    prior = logistic.Logistic(np.array([3.0]), -2.0)
    rows = np.array([[0.0], [1.0]], dtype=np.float32)
    found = logistic.fit(rows, np.array([0.0, 1.0]), np.full(2, 1e-6), prior)
    assert found.weights[0] == pytest.approx(3, abs=0.01)
    assert found.constant == pytest.approx(-2, abs=0.5)


def _documents(count: int = 30) -> list[ridge.Document]:
    random = np.random.default_rng(2)
    made = []
    for number in range(count):
        numbers = random.choice(12, size=4, replace=False)
        weighed = {int(n): 0.5 for n in numbers}
        target = _floats(float(0 in weighed), float(1 in weighed))
        made.append(ridge.Document(weighed, _floats(float(2 in weighed), 0), target, f"g{number // 2}"))
    return made


def test_leaving_a_group_out_equals_learning_without_it() -> None:
    documents = _documents()
    whole = ridge.learn(documents, 12)
    own, rest = documents[:2], documents[2:]
    without = ridge.learn(rest, 12).weights
    for number, document in enumerate(own):
        scores = np.zeros(2, dtype=np.float32)
        without.add_to(scores, document.terms, document.beliefs)
        assert scores == pytest.approx(whole.without[number], abs=1e-3)


def test_blocks_of_common_terms_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rare = ridge.learn(_documents(), 12).without
    monkeypatch.setattr(ridge, "COMMON", 2)
    assert ridge.learn(_documents(), 12).without == pytest.approx(rare, abs=1e-5)


def test_only_the_largest_weights_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    every = ridge.learn(_documents(), 12).weights.values
    monkeypatch.setattr(ridge, "KEPT", 5)
    kept = ridge.learn(_documents(), 12).weights.values
    assert 0 < len(kept) <= 5
    assert np.abs(kept).min() >= np.sort(np.abs(every))[-6]


def test_terms_are_stems_and_pairs_of_neighbours() -> None:
    assert terms("The accounts were posting") == ["account", "post", "account_post"]


def test_a_vocabulary_weighs_to_length_one_and_ignores_what_it_does_not_know() -> None:
    vocabulary = Vocabulary.of([["a", "b"], ["a", "c"], ["b"], ["d"]])
    assert set(vocabulary.numbers) == {"a", "b"}
    assert Vocabulary.of([terms("fake account"), terms("fake account"), terms("paid")]).weigh("nothing") == {}
    weighed = Vocabulary.of([terms("fake account"), terms("fake account"), terms("paid")]).weigh("a fake account")
    assert sum(weight**2 for weight in weighed.values()) == pytest.approx(1)


def test_a_layout_knows_families_and_tactics() -> None:
    layout = Layout(TACTICS)
    assert layout.parents.tolist() == [1, 0, 0, 0]
    assert layout.family_sum(_floats(1, 2, 3, 4)).tolist() == [6, 6, 6, 4]
    assert layout.tactic_sum(_floats(1, 2, 3, 4)).tolist() == [6, 6, 6, 4]


def test_every_feature_is_named_and_of_a_part() -> None:
    nothing = np.zeros(4, dtype=np.float32)
    made = features(Evidence(nothing, nothing, nothing), Practice(nothing, nothing), Layout(TACTICS))
    assert made.shape == (4, len(FEATURES))
    assert {name for names in PARTS.values() for name in names} == set(FEATURES)


def test_reliability_learns_and_unlearns() -> None:
    reliability = Reliability()
    fired = [("T1", "fake account*", Strength.WEAK)]
    right, wrong = CodedPassage("a", ("T1",)), CodedPassage("b", ())
    assert reliability.worth("T1", "fake account*", Strength.WEAK) == UNCOUNTED[Strength.WEAK]
    for _ in range(20):
        reliability.count(fired, right)
    high = reliability.worth("T1", "fake account*", Strength.WEAK)
    assert high > 0.8
    reliability.count(fired, CodedPassage("c", (), unjudged=("T1",)))
    assert reliability.worth("T1", "fake account*", Strength.WEAK) == high
    for _ in range(20):
        reliability.count(fired, right, -1)
        reliability.count(fired, wrong)
    assert reliability.worth("T1", "fake account*", Strength.WEAK) < 0.05


def test_a_cue_that_fires_twice_is_one_clue() -> None:
    clue = Clue("x", Strength.FAIR)
    reliability = Reliability()
    assert reliability.belief("T1", [clue, clue]) == reliability.belief("T1", [clue])
    assert reliability.belief("T1", [clue, Clue("y", Strength.FAIR)]) > reliability.belief("T1", [clue])


@given(st.lists(st.tuples(st.integers(1, 200), st.booleans()), min_size=1, max_size=30))
@settings(max_examples=200)
def test_windows_hold_every_passage_once(paragraphs: list[tuple[int, bool]]) -> None:
    text, parts = "", []
    for block, (words, together) in enumerate(paragraphs):
        start = len(text)
        text += "word " * words
        parts.append(Passage(start, len(text) - 1, start, len(text), 0 if together else block))
    found = list(windows(text, parts))
    assert [number for window in found for number in window] == list(range(len(parts)))
    sizes = [sum(paragraphs[number][0] for number in window) for window in found]
    assert all(size <= MOST + 200 for size in sizes)
    assert (
        all(size >= LEAST or len(window) == 1 for size, window in zip(sizes[:-1], found, strict=False))
        or len(paragraphs) > 1
    )


def _examples(codebook: Codebook) -> list[Example]:
    coders, layout = {"codebook": CodebookCoder(codebook)}, layout_of(codebook)
    made = []
    for number in range(12):
        kind = number % 3
        text = ("They ran fake accounts.", "Nobody paid anyone a penny, said the clerk.", "The harvest was good.")[kind]
        codes = (("T0001.001",), (), ("T0002",))[kind]
        passage = CodedPassage(f"{text} Number {number}.", codes, group=f"g{number}")
        made.append(Example(passage, observe([Part(passage.text)], coders, layout)))
    return made


def test_knowledge_learns_what_cues_do_not_say(codebook: Codebook, tmp_path: Path) -> None:
    layout, examples = layout_of(codebook), _examples(codebook)
    first = first_layer(codebook, layout, examples[:3])
    both = first.on_top(next_layer(first, layout, examples))
    place = layout.places["T0002"]
    before, after = (Ranker(knowledge, layout).chances(examples[2].observed)[place] for knowledge in (first, both))
    assert after > before  # "harvest" is no cue, but was coded T0002 four times
    assert both.practice().analysts[place] == 4
    save(tmp_path / "k.npz", both)
    again = load(tmp_path / "k.npz")
    assert again.digest == both.digest
    assert again.rests_on(first)
    assert not first.rests_on(again)
    assert Ranker(again, layout).chances(examples[0].observed) == pytest.approx(
        Ranker(both, layout).chances(examples[0].observed), abs=2e-3
    )


def test_the_same_examples_teach_the_same(codebook: Codebook) -> None:
    layout = layout_of(codebook)
    one, other = (first_layer(codebook, layout, _examples(codebook)) for _ in range(2))
    assert one.digest == other.digest


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 torn"])
def test_damaged_knowledge_is_said(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "learned.npz"
    path.write_bytes(content)
    with pytest.raises(CodebookError, match="cannot be read"):
        load(path)
    with pytest.raises(CodebookError, match="cannot be read"):
        load(tmp_path / "absent.npz")


def test_the_packaged_knowledge_is_small_and_of_the_packaged_codebook() -> None:
    from importlib.resources import files

    from counterfoil.coding.knowledge import PACKAGED
    from counterfoil.frameworks.codebook import load_codebook

    knowledge = packaged()
    assert Path(str(files("counterfoil.coding") / PACKAGED)).stat().st_size < 5_000_000
    assert knowledge.codebook == load_codebook().digest, "the codebook has changed: run tools/learn.py"
    assert set(knowledge.techniques) == set(load_codebook().entries)
    assert len(knowledge.layers) == 2
