"""What an operation says is told from what trackers, officials and reporters say of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import extract
from counterfoil.model.report import Report

SAMPLES = [
    sample
    for name in ("narratives", "narratives_told")
    for sample in yaml.safe_load((Path(__file__).parent / "samples" / f"{name}.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_narratives(sample: dict[str, Any]) -> None:
    found = extract(Report(text=sample["text"], source="-")).narratives
    assert [item.text for item in found] == sample["narratives"]
    for item in found:
        assert all(sample["text"][span.start : span.end] == span.quote for span in item.spans)
