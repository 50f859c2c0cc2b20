"""The coder of embeddings, with a small stand-in for a model."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.coding.codebook import CodebookCoder
from counterfoil.coding.coder import Coder, Scored
from counterfoil.coding.embeddings import LEAST, NEAREST, EmbeddingsCoder, _sentences
from counterfoil.coding.observing import Part, observe
from counterfoil.coding.ranker import layout_of
from counterfoil.coding.similarity import SimilarityCoder
from counterfoil.model.codebook import Codebook
from tests.coding.words_encoder import DIMENSIONS, WordsEncoder, with_sentences


@pytest.fixture
def worded(codebook: Codebook) -> Codebook:
    return with_sentences(codebook)


@pytest.fixture
def coder(worded: Codebook) -> EmbeddingsCoder:
    return EmbeddingsCoder(worded, WordsEncoder())


def test_the_technique_whose_sentences_are_nearest_comes_first_and_says_which(coder: EmbeddingsCoder) -> None:
    text = "Nothing of note. Helpers took money each month."
    best, *rest = coder.score(text)
    assert best.technique == "T0002"
    assert all(0 < other.score <= best.score <= 1 for other in rest)
    (clue,) = best.clues
    assert clue.text == "like “Helpers took money each week.”"
    assert text[clue.start : clue.end] == "Helpers took money each month."


def test_it_orders_and_never_believes(coder: EmbeddingsCoder) -> None:
    as_coder: Coder = coder
    assert not as_coder.believes
    assert (as_coder.name, as_coder.version) == ("embeddings", "words abababab")


def test_a_technique_is_as_near_as_the_mean_of_its_nearest_texts(worded: Codebook) -> None:
    encoder = WordsEncoder()
    (found,) = [s for s in EmbeddingsCoder(worded, encoder).score("Money for the helpers.") if s.technique == "T0002"]
    entry = worded.entries["T0002"]
    texts = [f"Pay Somebody: {entry.definition}", *entry.sentences]
    likeness = encoder.encode(texts) @ encoder.encode(["Money for the helpers."])[0]
    assert found.score == pytest.approx(np.sort(likeness)[-NEAREST:].mean(), abs=1e-3)
    assert found.score < likeness.max()


@pytest.mark.parametrize("text", ["", " \n\t ", "…", "?!"])
def test_a_text_of_nothing_is_like_nothing(text: str, coder: EmbeddingsCoder) -> None:
    assert coder.score(text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sie gaben Helfer Geld.", "de"),
        ("Деньги помощникам.", "ru"),
        ("金钱", "zh"),
        ("Handing cash to helpers.", "en"),
    ],
)
def test_what_the_model_knows_of_other_languages_and_words_serves(
    text: str, language: str, coder: EmbeddingsCoder, worded: Codebook
) -> None:
    assert coder.score(text, language)[0].technique == "T0002"
    others = SimilarityCoder(worded).score(text)
    assert language == "en" or "T0002" not in [scored.technique for scored in others if scored.score > 0.9]


def test_the_sentences_of_a_window_are_read_in_one_batch_and_names_stay_out(worded: Codebook) -> None:
    encoder = WordsEncoder()
    coder = EmbeddingsCoder(worded, encoder)
    chinese = "他们什么也没有得到，大家都知道。", "钱没有了，人也走了，就是这样。"
    coder.score("Dr. xxxx xxxxxxx paid them all. Then what? " + "".join(chinese))
    (sentences,) = encoder.asked[1:]
    assert sentences == ["Dr. X X paid them all.", f"Then what? {chinese[0]}", chinese[1]]


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_every_sentence_stands_where_it_says(text: str) -> None:
    found = list(_sentences(text))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(s.end - s.start == len(text[s.start : s.end].strip()) > 0 for s in found)
    words = "".join("".join(text[s.start : s.end].split()) for s in found)
    assert words == "".join(text.split())
    assert all(len(text[s.start : other.start]) >= LEAST for s, other in pairwise(found))


def test_the_same_text_gets_the_same_answer(worded: Codebook, tmp_path: Path) -> None:
    """From the cache or not, and whatever was asked before."""
    text = "The personas took money. A letter with a stamp was shown to helpers."
    fresh = EmbeddingsCoder(worded, WordsEncoder(), tmp_path)
    first = fresh.score(text)
    fresh.score("Something else altogether.")
    kept = EmbeddingsCoder(worded, WordsEncoder(), tmp_path)
    assert first == fresh.score(text) == kept.score(text) == EmbeddingsCoder(worded, WordsEncoder()).score(text)
    assert [s.technique for s in first] == [s.technique for s in sorted(first, key=lambda s: (-s.score, s.technique))]


def _asked(codebook: Codebook, cache: Path, encoder: WordsEncoder | None = None) -> tuple[int, list[Scored]]:
    encoder = encoder or WordsEncoder()
    coder = EmbeddingsCoder(codebook, encoder, cache)
    asked = len(encoder.asked)
    return asked, coder.score("Helpers took money each week.")


def test_the_codebook_is_encoded_once_for_each_codebook_and_model(worded: Codebook, tmp_path: Path) -> None:
    assert _asked(worded, tmp_path)[0] == 1
    assert _asked(worded, tmp_path)[0] == 0
    other = WordsEncoder()
    other.digest = "cd" * 32
    assert _asked(worded, tmp_path, other)[0] == 1
    entry = replace(worded.entries["T0002"], sentences=("Coins changed hands.",))
    assert _asked(replace(worded, entries={**worded.entries, "T0002": entry}), tmp_path)[0] == 1
    assert len(list((tmp_path / "embeddings").iterdir())) == 3


def _rewritten(path: Path, **changed: Any) -> None:
    with np.load(path) as stored:
        arrays = dict(stored)
    np.savez(path, **(arrays | changed))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "no archive": lambda path: path.write_bytes(b"not an archive"),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "a flipped byte": lambda path: path.write_bytes(_flipped(path.read_bytes())),
    "no vectors": lambda path: np.savez(path, key=np.array("x")),
    "too few": lambda path: _rewritten(path, vectors=np.zeros((1, DIMENSIONS), dtype=np.float16)),
    "of another form": lambda path: _rewritten(path, vectors=np.zeros(3)),
    "no numbers": lambda path: _rewritten(path, vectors=np.full((12, DIMENSIONS), np.nan, dtype=np.float16)),
    "of another codebook": lambda path: _rewritten(path, key=np.array("0" * 64)),
    "a pickle": lambda path: _rewritten(path, vectors=np.array([{"a": 1}], dtype=object)),
}


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_cache_is_made_anew(damage: str, worded: Codebook, tmp_path: Path) -> None:
    _, sound = _asked(worded, tmp_path)
    (path,) = (tmp_path / "embeddings").iterdir()
    DAMAGE[damage](path)
    asked, found = _asked(worded, tmp_path)
    assert (asked, found) == (1, sound)
    assert _asked(worded, tmp_path)[0] == 0


def test_a_cache_that_cannot_be_written_costs_time_only(worded: Codebook, tmp_path: Path) -> None:
    (tmp_path / "embeddings").write_text("a file where the folder should be", encoding="utf-8")
    _, found = _asked(worded, tmp_path)
    assert found[0].technique == "T0002"
    assert _asked(worded, tmp_path)[0] == 1


def test_the_nearest_place_by_any_likeness_counts(worded: Codebook, coder: EmbeddingsCoder) -> None:
    layout = layout_of(worded)
    believing: dict[str, Coder] = {"codebook": CodebookCoder(worded), "similarity": SimilarityCoder(worded)}
    text, place = "Sie gaben Helfer Geld.", layout.places["T0002"]
    without = observe([Part(text)], believing, layout)
    with_it = observe([Part(text)], {**believing, coder.name: coder}, layout)
    assert without.order[place] < 1
    assert with_it.order[place] == 1
    assert (with_it.order >= without.order).all()
    name, clue = with_it.likely["T0002"]
    assert (name, clue.text[:6]) == ("embeddings", "like “")
