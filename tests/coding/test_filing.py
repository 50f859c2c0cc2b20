"""Rules are filed once, and read from the cache folder after that."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.coding import filing as module
from counterfoil.coding.codebook import CodebookCoder
from counterfoil.coding.filing import Rule, filing
from counterfoil.model.codebook import Codebook, Strength

RULES = [
    Rule("T1", "posing as (a|the) <beast>", Strength.STRONG, {"beast": ("stolen cat", "dog*")}),
    Rule("T1", "fake? account*", Strength.FAIR, {}),
    Rule("T2", r"re:\bTV\b", Strength.WEAK, {}),
]


def test_what_was_filed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = filing(RULES, tmp_path)
    assert first.always == [2]
    assert first.filed["account*"] == [1]
    monkeypatch.setattr(module, "_file", None)
    assert filing(RULES, tmp_path) == first


def test_other_cues_or_lists_are_filed_anew(tmp_path: Path) -> None:
    filing(RULES, tmp_path)
    lists = {"beast": ("horse",)}
    filing([replace(RULES[0], lists=lists), *RULES[1:]], tmp_path)
    filing([*RULES[:2], replace(RULES[2], source="accounts")], tmp_path)
    assert len(list(tmp_path.glob("cues-*.json"))) == 3


def test_a_damaged_cache_is_written_anew(tmp_path: Path) -> None:
    first = filing(RULES, tmp_path)
    (path,) = tmp_path.glob("cues-*.json")
    path.write_text("[")
    assert filing(RULES, tmp_path) == first
    assert path.read_text() != "["


def test_the_coder_finds_the_same_with_a_cache(codebook: Codebook, tmp_path: Path) -> None:
    text = "Fake accounts posing as journalists posted the same forged letters and bought advertisements."
    without = CodebookCoder(replace(codebook, cache=None)).score(text)
    for _ in range(2):
        assert CodebookCoder(replace(codebook, cache=tmp_path)).score(text) == without
