"""Every registered exporter: the same bytes each time, against a golden file."""

import io
from pathlib import Path

import pytest

from counterfoil.errors import UsageError
from counterfoil.exchange import EXPORTERS
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

GOLDEN = Path(__file__).parents[1] / "golden"


def written(name: str, coded: list[CodedIncident], framework: Framework) -> str:
    out = io.StringIO()
    EXPORTERS.load(name).write(coded, framework, out)
    return out.getvalue()


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_an_exporter_writes_what_it_wrote(
    name: str, coded: CodedIncident, framework: Framework, update_golden: bool
) -> None:
    text = written(name, [coded], framework)
    golden = GOLDEN / f"incident.{name}{EXPORTERS.load(name).suffix}"
    if update_golden:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    assert text == written(name, [coded], framework)
    assert text.endswith("\n")


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_no_incident_is_a_document_too(name: str, framework: Framework) -> None:
    text = written(name, [], framework)
    assert text == "" if name == "page" else text.startswith("{")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        EXPORTERS.load("word")
    assert "stix" in caught.value.hint
