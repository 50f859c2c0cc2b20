"""Whom an operation acts against is told from whoever else is named."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import extract
from counterfoil.model.report import Report

FOLDER = Path(__file__).parent / "samples"
SAMPLES = [
    pytest.param(sample, id=f"{name}: {sample['style']}")
    for name in ("targets", "targets_aside", "targets_turns", "targets_carried")
    for sample in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_targets(sample: dict[str, Any]) -> None:
    found = extract(Report(text=sample["text"], source="-")).targets
    assert {item.name: item.kind for item in found} == {
        name: kind.split()[0] for name, kind in sample["targets"].items()
    }
    for item in found:
        wanted = sample["targets"][item.name].split()[1:]
        assert [item.country] == wanted or not wanted
        assert all(sample["text"][span.start : span.end] == span.quote for span in item.spans)
