"""Who is named and is no target, with the body they belong to."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import extract
from counterfoil.model.report import Report

SAMPLES = yaml.safe_load((Path(__file__).parent / "samples" / "people.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_people(sample: dict[str, Any]) -> None:
    found = extract(Report(text=sample["text"], source="-")).people
    assert {item.name: item.of for item in found} == sample["people"]
    for item in found:
        assert all(sample["text"][span.start : span.end] == span.quote for span in item.spans)
