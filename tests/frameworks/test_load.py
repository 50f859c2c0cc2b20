"""Finding the version, and storing what was loaded."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from counterfoil.frameworks import FRAMEWORK_READERS
from counterfoil.frameworks.load import load
from counterfoil.frameworks.releases import known_releases, version_by_ids
from counterfoil.model.framework import Framework, Technique
from counterfoil.model.loaded import Fate, loaded_from_plain, loaded_to_plain
from tests.frameworks.made import data_sheets, sheets, workbook

RELEASES = known_releases("DISARM").versions


def of_ids(ids: frozenset[str]) -> Framework:
    return Framework("DISARM", "", techniques={i: Technique(i, i, "TA01") for i in sorted(ids)})


@pytest.mark.parametrize("version", RELEASES)
def test_a_version_is_known_by_its_technique_ids(version: str) -> None:
    ids = RELEASES[version].techniques
    assert version_by_ids(of_ids(ids)) == version
    assert version_by_ids(of_ids(ids - set(sorted(ids)[:5]))) in (version, "")
    assert version_by_ids(of_ids(ids - set(sorted(ids)[:100]))) == ""
    assert version_by_ids(of_ids(ids | {"T9999"})) == ""
    assert version_by_ids(replace(of_ids(ids), name="BOATS")) == ""


def test_the_numbers_of_techniques_are_disarms() -> None:
    assert [len(release.techniques) for release in RELEASES.values()] == [294, 300, 329, 391]
    assert known_releases("../disarm").versions == {}


def test_a_given_version_wins_and_a_contradiction_is_noted(tmp_path: Path) -> None:
    rows = [["disarm_id", "name", "tactic_id", "summary"]]
    rows += [[identity, "name", "TA01", ""] for identity in sorted(RELEASES["1.5"].techniques)]
    path = workbook(tmp_path, sheets(techniques=rows))
    loaded = load(path, version="1.4")
    assert (loaded.framework.version, loaded.report.version_from) == ("1.4", "given")
    (note,) = [remark for remark in loaded.report.remarks if remark.column == "version"]
    assert (note.fate, note.why) == (
        Fate.NOTED,
        "the technique ids are those of version 1.5, but the version is 1.4 (given)",
    )
    assert load(path).framework.version == "1.6"  # by its name
    by_ids = load(path.rename(tmp_path / "nameless.xlsx"))
    assert (by_ids.framework.version, by_ids.framework.released) == ("1.5", "2024-08-02")


def test_what_was_loaded_survives_json(tmp_path: Path) -> None:
    workbook(tmp_path, sheets())
    workbook(tmp_path, data_sheets(), "DATA.xlsx")
    loaded = load(tmp_path, version="1.6")
    stored = json.dumps(loaded_to_plain(loaded))
    assert loaded_from_plain(json.loads(stored)) == loaded
    with pytest.raises(ValueError, match="format 99"):
        loaded_from_plain({**json.loads(stored), "format": 99})


def test_readers_are_registered() -> None:
    assert FRAMEWORK_READERS.names()[:3] == ["disarm-workbook", "stix", "misp"]
    for name in FRAMEWORK_READERS.names()[:3]:
        assert FRAMEWORK_READERS.load(name).name == name


@pytest.mark.shared
def test_disarm_survives_json(shared: Path) -> None:
    loaded = load(shared / "disarm/DISARM_MASTER_DATA")
    assert (loaded.framework.version, loaded.report.version_from) == ("1.6", "technique ids")
    assert loaded_from_plain(json.loads(json.dumps(loaded_to_plain(loaded)))) == loaded
