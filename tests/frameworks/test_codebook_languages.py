"""Reading a codebook's files for other languages."""

from pathlib import Path

import pytest

from counterfoil.errors import CodebookError
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.model.codebook import Strength

FRAME = """
name: TEST
version: "1"
phases: [{id: P01, name: Plan}]
tactics: [{id: TA01, name: First, phase: P01}]
"""
TACTIC = """
tactic: TA01
techniques:
  - {id: T0001, name: One, definition: One., use_when: One.}
"""
FRENCH = """
language: fr
lists: {compte: [compte*, profil*]}
techniques:
  - id: T0001
    cues: {strong: [faux <compte>]}
    positive: [De faux comptes., Un faux profil.]
    negative: [Le compte est bon.]
"""


def _book(folder: Path, french: str = FRENCH, name: str = "fr") -> Path:
    (folder / "languages").mkdir(exist_ok=True)
    for path, content in {"framework": FRAME, "TA01": TACTIC, f"languages/{name}": french}.items():
        (folder / f"{path}.yaml").write_text(content, encoding="utf-8")
    return folder


def test_a_folder_of_ones_own_may_have_languages(tmp_path: Path) -> None:
    book = load_codebook(_book(tmp_path))
    entry = book.languages["fr"]["T0001"]
    assert entry.cues[Strength.STRONG] == ("faux <compte>",)
    assert entry.positive == ("De faux comptes.", "Un faux profil.")
    assert book.lists[entry.lists]["compte"] == ("compte*", "profil*")
    assert (len(book.languages), list(book.languages), "de" in book.languages) == (1, ["fr"], False)


def test_the_digest_and_the_cache_cover_them(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (folder := tmp_path / "book").mkdir()
    first = load_codebook(_book(folder), cache)
    again = load_codebook(folder, cache)
    assert again.digest == first.digest
    assert again.languages["fr"] == first.languages["fr"]
    other = load_codebook(_book(folder, FRENCH.replace("faux <compte>", "vrai <compte>")), cache)
    assert other.digest != first.digest
    assert other.languages["fr"] != first.languages["fr"]


def test_without_the_folder_there_are_none(tmp_path: Path) -> None:
    _book(tmp_path)
    (tmp_path / "languages" / "fr.yaml").unlink()
    assert dict(load_codebook(tmp_path).languages) == {}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("de", FRENCH, r"languages/de\.yaml is for the language 'fr'"),
        ("en", FRENCH.replace("language: fr", "language: en"), r"English cues stand"),
        ("fr", FRENCH.replace("language: fr", "language: French"), r"fr\.yaml: language"),
        ("fr", FRENCH.replace("T0001", "T0002"), r"has T0002, which is in no tactic's file"),
        ("fr", FRENCH + FRENCH.split("techniques:\n")[1], r"has T0001 twice"),
        ("fr", FRENCH.replace("De faux comptes., ", ""), r"T0001 › positive"),
        ("fr", FRENCH.replace("[Le compte est bon.]", "[]"), r"T0001 › negative"),
        ("fr", FRENCH.replace("strong", "loud"), r"T0001 › cues › loud"),
    ],
)
def test_a_bad_file_is_said_with_its_place(tmp_path: Path, name: str, content: str, words: str) -> None:
    with pytest.raises(CodebookError, match=words):
        load_codebook(_book(tmp_path, content, name))
