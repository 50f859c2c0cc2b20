"""DISARM's workbooks: what becomes of each column, and what is done with bad ones."""

from pathlib import Path

import pytest

from counterfoil.errors import ReadError, UsageError
from counterfoil.frameworks.load import load
from counterfoil.model.catalogue import LooseRow
from counterfoil.model.framework import Phase, Tactic, Technique
from counterfoil.model.loaded import Fate, Loaded
from tests.frameworks.made import data_sheets, sheets, workbook
from tests.frameworks.xlsx import Formula, write_xlsx


@pytest.fixture
def pair(tmp_path: Path) -> Loaded:
    workbook(tmp_path, sheets())
    workbook(tmp_path, data_sheets(), "DATA.xlsx")
    return load(tmp_path, version="1.6")


def remarks(loaded: Loaded, fate: Fate) -> list[tuple[str, int, str, str]]:
    return [(r.sheet, r.row, r.column, r.value) for r in loaded.report.remarks if r.fate is fate]


def test_the_framework_with_parents_ranks_and_texts(pair: Loaded) -> None:
    framework = pair.framework
    assert (framework.name, framework.version, pair.report.reader) == ("DISARM", "1.6", "disarm-workbook")
    assert framework.phases == (Phase("P01", "Dream", 1, "Before."), Phase("P02", "Do", 2))
    assert framework.tactics == (
        Tactic("TA01", "Invent Tales", "P01", 1, "Thinking."),
        Tactic("TA02", "Spread Tales", "P02", 2, "Telling."),
    )
    assert framework.techniques["T0001.001"] == Technique("T0001.001", "Red Herring", "TA01", "T0001", "A red one.")
    assert pair.catalogue.columns == {"T0001": {"name_DE": "Hering erfinden"}}


def test_a_counter_is_linked_to_all_it_names(pair: Loaded) -> None:
    (counter,) = pair.catalogue.counters
    assert counter.techniques == ("T0001", "T0002")
    assert counter.tactics == ("TA01",)
    assert (counter.tactic, counter.responsetype) == ("TA02", "D02")
    assert counter.metatechniques == ("M001", "M002")
    assert counter.actortypes == ("A001", "A002")
    assert counter.resources == ("R001",)
    assert counter.incidents == ("I00001",)
    assert counter.references == ("Tern19", "p3 of Skua18")
    assert counter.how_found == ("2019-11-workshop", "2019-11-search")
    assert counter.tags == ("food",)
    assert "T0099 - Long gone" in counter.other["techniques"]


def test_all_stands_for_every_technique_and_tactic(pair: Loaded) -> None:
    (detection,) = pair.catalogue.detections
    assert (detection.every_technique, detection.every_tactic) == (True, True)
    assert (detection.techniques, detection.tactic) == ((), "")


def test_the_rest_of_the_catalogue(pair: Loaded) -> None:
    catalogue = pair.catalogue
    assert catalogue.actortypes[0].sectors == ("S001", "S002")
    assert catalogue.actortypes[0].frameworks == ("FW01", "FW02")
    assert (catalogue.tasks[0].tactic, catalogue.tasks[0].framework) == ("TA01", "FW01")
    assert catalogue.playbooks[0].response == "C00001"
    assert catalogue.examples[0].of == "T0002"
    measure = catalogue.effectiveness[0]
    assert (measure.tactic, measure.technique, measure.counter) == ("TA01", "T0002", "C00001")
    (incident,) = catalogue.incidents
    assert incident.urls == ("https://example.org/pier", "https://example.org/two")
    assert incident.sources == ("https://example.org/pier",)
    assert (incident.attributed_to, incident.found_in) == (("Norway", "Sweden"), ("Iceland", "Norway"))
    assert incident.other == {"longname": "I00001 - Pier"}
    (row,) = catalogue.incidenttechniques
    assert (row.incident, row.techniques) == ("I00001", ("T0002", "T0001.001"))
    assert (catalogue.associated[0].technique, catalogue.associated[0].associated) == ("T0001", "T0002")
    assert catalogue.externalgroupcounters[0].response == "C00001"
    assert [tool.group for tool in catalogue.tools] == ["G000001", ""]
    assert LooseRow("forums", 2, {"name": "On the quay", "note": "noisy"}) in catalogue.loose


def test_what_fits_nowhere_is_in_the_report(pair: Loaded) -> None:
    assert sorted(remarks(pair, Fate.UNLINKED)) == [
        ("countermeasures", 2, "incident_ids", "I00009"),
        ("countermeasures", 2, "techniques", "T0099 - Long gone"),
        ("tools", 3, "externalgroup", "Nobody"),
    ]
    assert sorted(remarks(pair, Fate.MENDED)) == [
        ("incidents", 2, "urls", "https:/example.org/two"),
        ("techniques", 3, "disarm_id", "\u00a0T0001.001"),
    ]
    assert remarks(pair, Fate.LEFT_OUT) == [("incidents", 3, "disarm_id", "-")]
    assert ("countermeasures", 2, "techniques", "T0002 - Gulls of old") in remarks(pair, Fate.NOTED)
    assert pair.report.counts()[Fate.UNLINKED] == 3


def test_the_frameworks_workbook_alone(tmp_path: Path) -> None:
    loaded = load(workbook(tmp_path, sheets()))
    assert loaded.report.version_from == "file name"
    assert loaded.catalogue.counters[0].incidents == ("I00001", "I00009")
    notes = [r.why for r in loaded.report.remarks if r.column == "incident_ids"]
    assert notes == ["not checked: the sheet that it belongs to was not loaded"] * 2


def test_without_a_version_anywhere_it_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="which version of DISARM") as caught:
        load(workbook(tmp_path, sheets(), "mine.xlsx"))
    assert "--version" in caught.value.hint


TECHNIQUES = sheets()["techniques"]
BROKEN = {
    "missing sheet": (sheets(tasks=None), "tasks.*the sheet is missing"),
    "empty sheet": (sheets(tasks=[]), "tasks.*the sheet is empty"),
    "only a header": (sheets(tasks=[["disarm_id", "name"]]), "tasks.*the sheet is empty"),
    "missing column": (sheets(tasks=[["disarm_id", "name"], ["TK0001", "Fish"]]), "the column 'summary' is missing"),
    "id twice": (
        sheets(techniques=[*TECHNIQUES, ["T0002", "Tell again", "TA02", "x", ""]]),
        "row 5, column 'disarm_id': the id T0002 stands in row 4 already",
    ),
    "no parent": (
        sheets(techniques=[*TECHNIQUES, ["T0007.001", "Orphan", "TA02", "x", ""]]),
        "row 5.*T0007.001 belongs to T0007, which is not there",
    ),
    "no tactic": (
        sheets(techniques=[*TECHNIQUES, ["", "", "", "a row without an id", ""], ["T0007", "Adrift", "TA77", "x", ""]]),
        "row 6, column 'tactic_id': T0007 has no tactic",
    ),
    "formula": (
        sheets(sectors=[["disarm_id", "name", "summary"], ["S001", Formula('A1&"x"'), ""]]),
        r"sectors: formulas were saved without their values \(B2\)",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_faulty_workbook_is_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    made, message = BROKEN[case]
    with pytest.raises(ReadError, match=message) as caught:
        load(workbook(tmp_path, made))
    assert caught.value.message.count("\n") == 0
    assert "--partial" in caught.value.hint


@pytest.mark.parametrize("case", BROKEN)
def test_with_partial_the_rest_is_loaded_and_the_fault_reported(case: str, tmp_path: Path) -> None:
    made, _ = BROKEN[case]
    loaded = load(workbook(tmp_path, made), partial=True)
    assert {"T0001", "T0001.001", "T0002"} <= loaded.framework.techniques.keys()
    assert loaded.framework.techniques["T0002"].name == "Tell the Gulls"
    assert remarks(loaded, Fate.LEFT_OUT)


def test_merged_cells(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "F_v1.6.xlsx", sheets(), merges={"techniques": "C2:C3"})
    with pytest.raises(ReadError, match=r"techniques: cells are merged \(C2:C3\)"):
        load(path)
    assert load(path, partial=True).framework.techniques["T0001"].tactic == "TA01"


@pytest.mark.parametrize("sheet", ["tactics", "techniques"])
def test_what_a_framework_cannot_be_without(sheet: str, tmp_path: Path) -> None:
    for made in (sheets(**{sheet: None}), sheets(**{sheet: []})):
        with pytest.raises(ReadError, match=f"the sheet '{sheet}' is"):
            load(workbook(tmp_path, made), partial=True)


def test_a_folder_of_two_versions_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path, sheets())
    changed = [[cell.replace("Gulls", "Terns") for cell in row] for row in TECHNIQUES]
    workbook(tmp_path, sheets(techniques=changed), "FRAMEWORKS_v1.5.xlsx")
    with pytest.raises(ReadError, match=r"The sheet 'techniques' of .* differs from that of") as caught:
        load(tmp_path, version="1.6")
    assert "one version" in caught.value.hint
