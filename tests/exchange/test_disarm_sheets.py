"""What is written for DISARM is what our own reader of DISARM's workbooks reads."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.exchange.disarm_sheets import COLUMNS, write
from counterfoil.frameworks.disarm_columns import FORMS
from counterfoil.frameworks.disarm_incidents import disarm_incidents, plain_text
from counterfoil.frameworks.load import load
from counterfoil.frameworks.sheets import read_master
from counterfoil.model.catalogue import KnownIncident
from counterfoil.model.coding import Citation, Modality
from counterfoil.model.incident import CodedIncident
from tests.exchange.rich import disarm, rich_incident
from tests.frameworks.made import data_sheets, sheets, workbook


@pytest.fixture
def read_back(tmp_path: Path) -> list[KnownIncident]:
    """Our sheets beside a FRAMEWORKS workbook with our techniques."""
    return back([rich_incident()], tmp_path)


def back(coded: list[CodedIncident], folder: Path) -> list[KnownIncident]:
    out = io.BytesIO()
    write(coded, disarm(), out)
    (folder / "sent.xlsx").write_bytes(out.getvalue())
    sent = read_master([folder / "sent.xlsx"]).sheets
    ours = {
        name: [list(sent[name].columns), *([row.text(c) for c in sent[name].columns] for row in sent[name].rows)]
        for name in COLUMNS
    }
    techniques = [["disarm_id", "name", "summary", "tactic_id"]]
    techniques += [[one.id, one.name, "", "TA01"] for one in disarm().techniques.values()]
    made = folder / "made"
    made.mkdir()
    workbook(made, sheets(techniques=techniques))
    workbook(made, data_sheets() | ours, "DATA_MASTER.xlsx")
    return list(disarm_incidents(load(made, version="1.6", partial=True)))


def test_the_columns_are_those_that_disarm_has() -> None:
    for name, columns in COLUMNS.items():
        assert {FORMS[name].key, *(column.name for column in FORMS[name].columns)} <= set(columns)


def test_incidents_codes_and_quotes_come_back(read_back: list[KnownIncident]) -> None:
    (known,) = read_back
    coded = rich_incident()
    details = coded.incident.details
    assert (known.incident.id, known.incident.name) == (details.external_id, coded.incident.name)
    assert known.text == plain_text(details.summary)
    assert known.incident.year == details.year
    assert (known.incident.attributed_to, known.incident.found_in) == (details.attributed_to, details.found_in)
    assert set(details.references) <= {one.id for one in known.references}
    found = {
        (one.technique, paragraph.quotes[number].quote)
        for paragraph in known.paragraphs
        for one in paragraph.citations
        for number in one.quotes
    }
    wanted = {
        (citation.suggestion.code.id, span.quote)
        for citation in coded.citations
        if citation.suggestion.modality in (Modality.OBSERVED, Modality.ASSESSED)
        for span in citation.suggestion.spans
    }
    assert found == wanted
    glosses = " ".join(quoted.gloss for paragraph in known.paragraphs for quoted in paragraph.quotes)
    assert "sure 👍" in glosses
    assert "The source assesses this." in glosses


def test_sources_come_with_what_is_known_of_them(read_back: list[KnownIncident]) -> None:
    (source,) = [one for one in read_back[0].references if one.publisher]
    assert (source.authors, source.publisher, source.published) == ("Zoë Å. & Co", "Café Observatory", "2031/04")


def test_what_is_left_out_is_listed(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    out = io.BytesIO()
    write([rich_incident()], disarm(), out)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_name("README").to_python()
    assert {(row[2], row[3]) for row in rows[1:]} == {
        ("T0150.003", "the text says that it was negated"),
        ("T0122", "the text says that it was warned"),
    }


def test_codes_of_another_version_are_left_out_and_listed() -> None:
    from python_calamine import CalamineWorkbook

    coded = rich_incident()
    old = [_of_version(citation, "1.4") for citation in coded.citations]
    out = io.BytesIO()
    write([replace(coded, citations=tuple(old))], disarm(), out)
    book = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
    assert len(book.get_sheet_by_name("incidenttechniques").to_python()) == 1
    assert len(book.get_sheet_by_name("README").to_python()) == 1 + len(coded.citations)


def _of_version(citation: Citation, version: str) -> Citation:
    code = replace(citation.suggestion.code, version=version)
    suggestion = replace(citation.suggestion, code=code)
    return Citation(suggestion, replace(citation.decision, suggestion=suggestion.id))


def test_an_incident_of_our_own_gets_the_same_provisional_id_each_time(tmp_path: Path) -> None:
    coded = rich_incident()
    details = replace(coded.incident.details, external_id="")
    own = replace(coded, incident=replace(coded.incident, details=details))
    (known,) = back([own], tmp_path)
    assert known.incident.id.startswith("I9")
    assert len(known.paragraphs) == 5
