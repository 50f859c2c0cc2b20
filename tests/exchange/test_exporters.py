"""Every registered exporter: the same bytes each time, against a golden file."""

import io
import json
from pathlib import Path

import pytest

from counterfoil.errors import UsageError
from counterfoil.exchange import EXPORTERS
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

GOLDEN = Path(__file__).parents[1] / "golden"


def written(name: str, coded: list[CodedIncident], framework: Framework) -> bytes:
    out = io.BytesIO()
    EXPORTERS.load(name).write(coded, framework, out)
    return out.getvalue()


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_an_exporter_writes_what_it_wrote(
    name: str, coded: CodedIncident, framework: Framework, update_golden: bool
) -> None:
    content = written(name, [coded], framework)
    assert content == written(name, [coded], framework)
    if EXPORTERS.load(name).binary:
        return  # their bytes change with the library that packs them; what is in them has tests of its own
    assert content.endswith(b"\n")
    golden = GOLDEN / f"incident.{name}{EXPORTERS.load(name).suffix}"
    if update_golden:
        golden.write_bytes(content)
    assert content == golden.read_bytes()


@pytest.mark.parametrize("name", EXPORTERS.names())
def test_no_incident_is_a_document_too(name: str, framework: Framework) -> None:
    content = written(name, [], framework)
    exporter = EXPORTERS.load(name)
    if exporter.media_type.partition(";")[0] in ("application/json", "application/stix+json"):
        json.loads(content)
    elif exporter.binary:
        assert content
    else:
        assert content.count(b"\n") <= 1  # nothing, or the head of a table


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        EXPORTERS.load("word")
    assert "stix" in caught.value.hint
