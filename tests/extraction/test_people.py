"""Who is named and is no target, with the body they belong to."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import extract
from counterfoil.model.report import Block, BlockKind, Report

SAMPLES = yaml.safe_load((Path(__file__).parent / "samples" / "people.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_people(sample: dict[str, Any]) -> None:
    found = extract(Report(text=sample["text"], source="-")).people
    assert {item.name: item.of for item in found} == sample["people"]
    for item in found:
        assert all(sample["text"][span.start : span.end] == span.quote for span in item.spans)


def test_a_name_ends_with_its_line_and_an_office_before_a_comma_tells_of_a_person() -> None:
    byline = "Ruth Ekholm\nSenior analyst, Harbour Lab"
    text = byline + "\n\nThe words of its communications director, Tadala Msukwa, were mild."
    report = Report(text=text, source="-", blocks=(Block(BlockKind.PARAGRAPH, 0, len(byline)),))
    names = [item.name for item in extract(report).people]
    assert names == ["Ruth Ekholm", "Tadala Msukwa"]
