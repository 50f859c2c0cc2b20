"""What an operation says is told from what trackers, officials and reporters say of it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from counterfoil.extraction import extract
from counterfoil.extraction.clauses import clause_end
from counterfoil.model.report import Report

SAMPLES = [
    sample
    for name in ("narratives", "narratives_told", "narratives_carried")
    for sample in yaml.safe_load((Path(__file__).parent / "samples" / f"{name}.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("sample", SAMPLES, ids=range(len(SAMPLES)))
def test_narratives(sample: dict[str, Any]) -> None:
    found = extract(Report(text=sample["text"], source="-")).narratives
    assert [item.text for item in found] == sample["narratives"]
    for item in found:
        assert all(sample["text"][span.start : span.end] == span.quote for span in item.spans)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The claim that the mayor sold the port, was repeated in 40 posts.", "the mayor sold the port"),
        ("the director of the agency, Tom Ray, was bribed.", "the director of the agency, Tom Ray, was bribed"),
        ("the story that N stole grain originated with a blog.", "the story that N stole grain"),
    ],
)
def test_a_clause_ends_where_the_outer_sentence_goes_on(text: str, wanted: str) -> None:
    start = text.index(wanted)
    assert text[start : clause_end(text, start, len(text))] == wanted
