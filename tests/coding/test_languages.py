"""Cues in other languages: complete, sound, found in reports as natives write them, and nothing to English."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.coding.check import check, compile_all
from counterfoil.coding.codebook import CodebookCoder, techniques_with_cues
from counterfoil.coding.coder import Scored
from counterfoil.coding.similarity import SimilarityCoder
from counterfoil.errors import CodebookError
from counterfoil.frameworks.codebook import load_codebook
from counterfoil.model.codebook import Codebook, LanguageCues, Strength

LANGUAGES = ("ar", "de", "es", "fr", "pl", "ru", "uk", "zh")
CASES = Path(__file__).parent / "cases" / "languages"
#: Of the codes an analyst gives the sample reports' passages, and of those that strong and fair cues assert.
LEAST_RECALL = LEAST_PRECISION = 0.8


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="module")
def coder(book: Codebook) -> CodebookCoder:
    return CodebookCoder(book)


@pytest.fixture(scope="module")
def english(book: Codebook) -> list[str]:
    """One model sentence of each technique."""
    return [entry.sentences[0] for entry in book.entries.values()]


def asserted(ranking: list[Scored]) -> set[str]:
    return {scored.technique for scored in ranking if any(c.strength is not Strength.WEAK for c in scored.clues)}


def test_every_language_has_cues_for_the_same_techniques(book: Codebook) -> None:
    assert tuple(sorted(book.languages)) == LANGUAGES
    techniques = set(book.languages["fr"])
    assert len(techniques) >= 60
    for language in LANGUAGES:
        assert set(book.languages[language]) == techniques, language
        for entry in book.languages[language].values():
            assert sum(map(len, entry.cues.values())) >= 4, (language, entry.id)
            assert entry.cues[Strength.STRONG], (language, entry.id)
    assert techniques_with_cues(book) == {"en": len(book.entries)} | dict.fromkeys(LANGUAGES, len(techniques))


def test_their_cues_compile_and_their_examples_behave(book: Codebook) -> None:
    assert [f"{p.technique}: {p.message}" for p in check(book) if p.technique.endswith(")")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_in_the_language_is_coded(language: str, coder: CodebookCoder) -> None:
    hits = missed = wrong = 0
    for passage in yaml.safe_load((CASES / f"{language}.yaml").read_text(encoding="utf-8")):
        found = asserted(coder.score(passage["text"], language))
        codes = set(passage["codes"])
        defensible = codes | set(passage.get("arguable", ()))
        hits += len(found & codes)
        missed += len(codes - found)
        wrong += len(found - defensible - {code.split(".")[0] for code in defensible})
    assert hits / (hits + missed) >= LEAST_RECALL
    assert hits / (hits + wrong) >= LEAST_PRECISION


def test_the_sample_reports_have_a_text_of_every_language() -> None:
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == list(LANGUAGES)


def test_an_english_report_is_coded_as_if_there_were_no_other_language(
    book: Codebook, coder: CodebookCoder, english: list[str]
) -> None:
    alone = CodebookCoder(replace(book, languages={}))
    for text in english:
        assert coder.score(text) == coder.score(text, "en") == coder.score(text, "und") == alone.score(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_languages_cues_say_next_to_nothing_of_english_text(
    language: str, coder: CodebookCoder, english: list[str]
) -> None:
    """Only words that both have, such as names of platforms, may fire."""
    new = [text for text in english if asserted(coder.score(text, language)) - asserted(coder.score(text))]
    assert len(new) <= 0.04 * len(english), new


def test_english_cues_run_in_every_language(coder: CodebookCoder) -> None:
    text = "Rykten spreds på Facebook."
    assert coder.score(text, "sv") == coder.score(text) != []


def test_a_language_is_built_when_its_first_report_comes(codebook: Codebook) -> None:
    class Counted(Mapping[str, Mapping[str, LanguageCues]]):
        asked = 0

        def __getitem__(self, language: str) -> Mapping[str, LanguageCues]:
            self.asked += 1
            return {"fr": FRENCH}[language]

        def __iter__(self) -> Iterator[str]:
            return iter(("fr",))

        def __len__(self) -> int:
            return 1

        def __contains__(self, language: object) -> bool:
            return language == "fr"

    counted = Counted()
    coder = CodebookCoder(replace(codebook, languages=counted))
    coder.score("They ran fake accounts.")
    coder.score("De falska kontona.", "sv")
    assert counted.asked == 0
    assert asserted(coder.score("De faux comptes.", "fr")) == {"T0001.001"}
    coder.score("De faux comptes.", "fr")
    assert counted.asked == 1


FRENCH = {
    "T0001.001": LanguageCues(
        "T0001.001",
        {Strength.STRONG: ("faux comptes",)},
        positive=("De faux comptes.", "Ces faux comptes."),
        negative=("Le compte est bon.",),
        excludes=("pièce de théâtre",),
    )
}


def test_an_exclusion_of_either_language_silences_the_technique(codebook: Codebook) -> None:
    coder = CodebookCoder(replace(codebook, languages={"fr": FRENCH}))
    assert coder.score("Dans la pièce de théâtre, de faux comptes et des fake accounts.", "fr") == []
    assert coder.score("In the theatre play, de faux comptes.", "fr") == []


def _with(codebook: Codebook, **changes: Any) -> Codebook:
    return replace(codebook, languages={"fr": {"T0001.001": replace(FRENCH["T0001.001"], **changes)}})


def test_a_languages_examples_are_checked_and_its_name_is_said(codebook: Codebook) -> None:
    assert check(_with(codebook)) == []
    problems = check(_with(codebook, positive=("Rien.", "De faux comptes."), negative=("Des faux comptes?",)))
    assert {problem.technique for problem in problems} == {"T0001.001 (fr)"}
    assert len(problems) == 2
    with pytest.raises(CodebookError, match=r"^T0001\.001 \(fr\): "):
        compile_all(_with(codebook, excludes=("(ouvert",)))


def test_similarity_takes_a_language_and_does_without(codebook: Codebook) -> None:
    coder = SimilarityCoder(codebook)
    assert coder.score("money helpers", "fr") == coder.score("money helpers")
