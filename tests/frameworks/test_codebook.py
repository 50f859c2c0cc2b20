"""The packaged codebook: complete, sound, and in our own words."""

import re
from pathlib import Path

import pytest

from counterfoil.coding.check import check
from counterfoil.errors import CodebookError
from counterfoil.frameworks.codebook import load_codebook, packaged_folder
from counterfoil.model.codebook import Codebook, Strength

GOOD = """
tactic: TA01
techniques:
  - id: T0001
    name: One
    definition: One.
    use_when: One.
"""
FRAME = """
name: TEST
version: "1"
phases: [{id: P01, name: Plan}]
tactics: [{id: TA01, name: First, phase: P01}]
"""


@pytest.fixture(scope="session")
def packaged() -> Codebook:
    return load_codebook()


def test_it_has_all_of_disarm_1_6(packaged: Codebook) -> None:
    framework = packaged.framework
    assert (framework.name, framework.version) == ("DISARM", "1.6")
    assert len(framework.phases) == 4
    assert len(framework.tactics) == 16
    assert len(framework.techniques) == len(packaged.entries) == 391
    for technique in framework.techniques.values():
        assert technique.parent == (technique.id.split(".")[0] if "." in technique.id else "")
        assert technique.tactic in {tactic.id for tactic in framework.tactics}


def test_every_entry_says_what_when_and_when_not(packaged: Codebook) -> None:
    for entry in packaged.entries.values():
        assert len(entry.definition.split()) >= 6, entry.id
        assert len(entry.use_when.split()) >= 5, entry.id
        assert sum(len(cues) for cues in entry.cues.values()) >= 5, entry.id
        assert entry.cues[Strength.STRONG] or entry.cues[Strength.FAIR], entry.id
        assert len(entry.sentences) >= 6, entry.id
        assert len(entry.positive) >= 3, entry.id
        assert len(entry.negative) >= 2, entry.id


def test_cues_compile_examples_behave_and_nothing_is_copied(packaged: Codebook) -> None:
    assert [f"{problem.technique}: {problem.message}" for problem in check(packaged)] == []


@pytest.mark.shared
def test_ids_names_and_tactics_are_disarms(packaged: Codebook, shared: Path) -> None:
    page = re.compile(r"^# Technique (T[\d.]+): (.+)$", re.MULTILINE)
    tactic = re.compile(r"\*\*Tactic\*\*: (TA\d\d)")
    seen = 0
    for path in (shared / "disarm" / "generated_pages" / "techniques").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        found, belongs = page.search(text), tactic.search(text)
        assert found is not None
        assert belongs is not None
        technique = packaged.framework.techniques[found[1]]
        assert technique.name == found[2].replace("\xa0", " ").strip()
        assert technique.tactic == belongs[1]
        seen += 1
    assert seen == 391


@pytest.mark.shared
def test_definitions_are_our_own_words(packaged: Codebook, shared: Path) -> None:
    run = 8
    summary = re.compile(r"\*\*Summary\*\*: (.+)")
    for path in (shared / "disarm" / "generated_pages" / "techniques").glob("*.md"):
        found = summary.search(path.read_text(encoding="utf-8"))
        theirs = re.findall(r"\w+", found[1].lower()) if found else []
        runs = {tuple(theirs[i : i + run]) for i in range(len(theirs) - run + 1)}
        entry = packaged.entries[path.stem]
        for text in (entry.definition, entry.use_when, *entry.sentences, *entry.positive):
            ours = re.findall(r"\w+", text.lower())
            copied = [ours[i : i + run] for i in range(len(ours) - run + 1) if tuple(ours[i : i + run]) in runs]
            assert not copied, f"{entry.id}: {' '.join(copied[0])}"


def _book(folder: Path, **files: str) -> Path:
    for name, content in {"framework": FRAME, "TA01": GOOD, **files}.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    book = load_codebook(_book(tmp_path))
    assert list(book.entries) == ["T0001"]
    assert load_codebook(_book(tmp_path)).digest == book.digest


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("tactic: [", r"TA01\.yaml is not YAML in line"),
        ("- a\n- b", r"TA01\.yaml"),
        (GOOD + "    colour: red\n", r"techniques › T0001 › colour"),
        (GOOD.replace("    use_when: One.\n", ""), r"T0001 › use_when"),
        (GOOD.replace("T0001", "T1"), r"T1 › id"),
        (GOOD + GOOD.split("techniques:\n")[1], r"has T0001 again"),
        (GOOD + "    companions: [T0002]\n", r"T0001 refers to T0002"),
        (GOOD + "    cues: {loud: [x]}\n", r"T0001 › cues › loud"),
        (GOOD.replace("TA01", "TA99"), r"techniques of TA99"),
    ],
)
def test_a_bad_file_is_said_with_its_place(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(CodebookError, match=words):
        load_codebook(_book(tmp_path, TA01=content))


def test_a_folder_that_is_no_codebook(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="has no framework"):
        load_codebook(tmp_path)


def test_the_packaged_files_are_one_per_tactic(packaged: Codebook) -> None:
    files = {path.stem for path in packaged_folder().glob("TA*.yaml")}
    assert files == {tactic.id for tactic in packaged.framework.tactics}
