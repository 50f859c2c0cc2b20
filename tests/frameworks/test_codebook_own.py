"""A workspace's own codebook entries."""

from pathlib import Path

import pytest

from counterfoil.coding.codebook import CodebookCoder
from counterfoil.errors import CodebookError
from counterfoil.frameworks.codebook import load_codebook

ADDS = """
tactic: TA16
lists:
  trawler: [trawler*, dinghy]
techniques:
  - id: T0143.003
    use_when: The harbour desk says so.
    cues:
      strong: ["borrowed the <trawler> of the admiral"]
    positive: ["They borrowed the dinghy of the admiral."]
"""
NEW = """
tactic: TA16
techniques:
  - id: T9001
    name: Ring the Bell
    definition: Ringing a bell to be heard.
    use_when: A bell is rung.
    cues:
      fair: ["rang the bell"]
"""


def _own(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / "harbour.yaml").write_text(text, encoding="utf-8")
    return folder


def test_own_cues_are_added_and_texts_take_the_old_ones_place(tmp_path: Path) -> None:
    packaged = load_codebook().entries["T0143.003"]
    book = load_codebook(own=_own(tmp_path, ADDS), cache=tmp_path)
    entry = book.entries["T0143.003"]
    assert entry.use_when == "The harbour desk says so."
    assert entry.definition == packaged.definition
    assert len(entry.positive) == len(packaged.positive) + 1
    found = CodebookCoder(book).score("He borrowed the trawlers of the admiral.")
    assert "T0143.003" in {scored.technique for scored in found}
    assert book.digest != load_codebook().digest
    assert load_codebook(own=tmp_path / "codebook", cache=tmp_path) == book  # from the cache


def test_a_new_technique_is_one_more(tmp_path: Path) -> None:
    book = load_codebook(own=_own(tmp_path, NEW))
    assert len(book.entries) == len(load_codebook().entries) + 1
    assert book.framework.techniques["T9001"].name == "Ring the Bell"
    assert [scored.technique for scored in CodebookCoder(book).score("They rang the bell.")] == ["T9001"]


def test_an_entry_can_be_replaced(tmp_path: Path) -> None:
    text = NEW.replace("T9001", "T0115").replace("    cues:", "    replaces: true\n    cues:")
    entry = load_codebook(own=_own(tmp_path, text)).entries["T0115"]
    assert entry.definition == "Ringing a bell to be heard."
    assert entry.sentences == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEW.replace("    definition: Ringing a bell to be heard.\n", ""), "has no definition"),
        (ADDS.replace("trawler:", "platform:").replace("<trawler>", "<platform>"), "which the codebook has already"),
        (NEW.replace("use_when", "use_wen"), "use_wen"),
        ("tactic: [", "not YAML"),
        (NEW.replace("T9001", "T9001.001"), "T9001, which is in no file"),
    ],
)
def test_faults_are_said_with_the_file(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"harbour\.yaml") as error:
        load_codebook(own=_own(tmp_path, text))
    assert said in error.value.message


def test_no_folder_is_no_fault(tmp_path: Path) -> None:
    assert load_codebook(own=tmp_path / "nothing").digest == load_codebook().digest
