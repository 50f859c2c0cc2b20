"""Own texts with every voice in them: who says which words, through whom, and nothing more."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import extract
from counterfoil.extraction.measuring.alike import fold
from counterfoil.model.report import Report

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((Path(__file__).parent / "voices").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def _plain(words: str) -> str:
    """Words with one sort of quotation marks and without the stop at the end."""
    return " ".join(words.replace("“", '"').replace("”", '"').split()).rstrip(" .,")


@pytest.mark.parametrize("case", CASES)
def test_who_says_what(case: dict[str, Any]) -> None:
    found = extract(Report(text=case["text"], source="-"))
    voices = [
        [fold(voice.speaker), voice.via, voice.kind, _plain(span.quote)]
        for voice in found.voices
        for span in voice.spans
    ]
    wanted = [[fold(speaker), via, kind, _plain(said)] for speaker, via, kind, said in case["voices"]]
    assert sorted(voices) == sorted(wanted)
