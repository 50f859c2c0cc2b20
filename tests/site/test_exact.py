"""Exact pages are DISARM's own, byte for byte."""

from pathlib import Path

import pytest

from counterfoil.errors import InputError
from counterfoil.site.pages import Pages, Settings, generate
from tests.site.small import TABLES, master

EXACT = Settings(exact=True)


@pytest.mark.shared
def test_every_byte_of_every_file(shared: Path, exact: Pages) -> None:
    folders = [shared / "disarm" / "generated_pages", shared / "disarm" / "generated_files"]
    reference = {
        str(path.relative_to(shared / "disarm")): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert len(reference) == 763
    assert sorted(exact.texts) == sorted(reference)
    assert [path for path, text in exact.texts.items() if text.encode() != reference[path]] == []


def test_an_untrimmed_id_is_lost() -> None:
    page = generate(master(), EXACT).texts["generated_pages/incidents/I00001.md"]
    assert "techniques/T0001.md" in page
    assert "T0001.001" not in page
    assert "T0002" not in page


def test_of_ids_run_together_only_the_first_counts() -> None:
    page = generate(master(), EXACT).texts["generated_pages/counters/C00002.md"]
    assert "techniques/T0001.md" in page
    assert "T0002" not in page
    assert "TA02" not in page


@pytest.mark.parametrize(("other", "year"), [("", "2031.0"), (2030.0, "2031"), ("about 2030", "2031")])
def test_a_column_of_numbers_with_a_gap_reads_as_fractions(other: str | float, year: str) -> None:
    first, second = TABLES["incidents"]
    pages = generate(master(incidents=[first, {**second, "year_started": other}]), EXACT)
    assert f"* **Year started:** {year}\n" in pages.texts["generated_pages/incidents/I00001.md"]


def test_what_several_rows_say_of_one_incident_is_joined() -> None:
    rows = [{"incident_id": "I00001", "technique_ids": "T0001", "name": said} for said in ("One.", "Two.")]
    pages = generate(master(incidenttechniques=rows), EXACT)
    assert "| One., Two. |" in pages.texts["generated_pages/techniques/T0001.md"]
    assert pages.texts["generated_pages/incidents/I00001.md"].count("techniques/T0001.md") == 2


@pytest.mark.parametrize("identity", ["../I1", "a/b", "..\\x"])
def test_no_page_leaves_its_folder(identity: str) -> None:
    with pytest.raises(InputError, match="can be named"):
        generate(master(incidents=[{"disarm_id": identity, "name": "x"}]), EXACT)


def test_a_cell_with_the_marker_line_is_refused() -> None:
    row = {"disarm_id": "P01", "name": "Plan", "summary": "a\nDO NOT EDIT ABOVE THIS LINE - PLEASE ADD NOTES BELOW\nb"}
    with pytest.raises(InputError, match="notes are kept"):
        generate(master(phases=[row]), EXACT)
    assert generate(master(phases=[row])).texts["generated_pages/phases/P01.md"].count("\nDO NOT EDIT") == 1
