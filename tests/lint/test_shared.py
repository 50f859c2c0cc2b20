"""Lint on DISARM's own workbooks: what is known to be wrong is found, the rest is let be, and fixing harms nothing."""

from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import pytest

from counterfoil.frameworks.sheets import read_master
from counterfoil.lint import lint, load_rules
from counterfoil.lint.correct import corrections, write_corrected
from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Finding

pytestmark = pytest.mark.shared

#: Each rule's count was checked by hand on at least two of its findings.
COUNTS = {
    "DL001": 58, "DL002": 4, "DL003": 11, "DL004": 26, "DL006": 9, "DL007": 13, "DL008": 67, "DL009": 245,
    "DL010": 529, "DL011": 220, "DL012": 254, "DL013": 89, "DL014": 16, "DL015": 2, "DL016": 1, "DL017": 209,
    "DL018": 55, "DL020": 16, "DL021": 3, "DL022": 2, "DL023": 10, "DL025": 9, "DL026": 12, "DL027": 23,
    "DL028": 6, "DL029": 325, "DL030": 6,
}  # fmt: skip

#: (rule, sheet, row, column, offending value or "" for the cell)
KNOWN = [
    ("DL001", "incidenttechniques", 29, "disarm_id", ""),
    ("DL001", "actortypes", 22, "framework_ids", ""),
    ("DL002", "incidenttechniques", 10, "name", "T0097:109"),
    ("DL002", "incidenttechniques", 40, "technique_ids", "T0143.208"),
    ("DL003", "incidenttechniques", 21, "name", "T0097.106: Researcher Persona"),
    ("DL004", "incidenttechniques", 54, "name", "T0146.003"),
    ("DL006", "incidenttechniques", 54, "technique_ids", "T0150.005"),
    ("DL007", "incidenttechniques", 56, "name", ""),
    ("DL008", "incidents", 15, "disarm_id", "I00014"),
    ("DL010", "detections", 2, "techniques", "All"),
    ("DL012", "countermeasures", 10, "actortypes", "A007 - factcheckers"),
    ("DL014", "removed_externalgroups", 5, "url", "twitter.com/remarrk"),
    ("DL015", "incidents", 56, "urls", ""),
    ("DL016", "incidents", 19, "urls", ""),
    ("DL018", "externalgroups", 233, "country", "Armena"),
    ("DL020", "incidenttechniques", 13, "name", ""),
    ("DL021", "incidenttechniques", 3, "name", ""),
    ("DL022", "incidenttechniques", 29, "name", "Spamoflage"),
    ("DL023", "techniques", 179, "name", ""),
    ("DL025", "incidents", 106, "longname", ""),
    ("DL026", "associatedtechniques", 16, "associated_technique_id", "T0151.017"),
    ("DL027", "examples", 11, "object_id", "T0008"),
    ("DL028", "incidents", 30, "summary", ""),
    ("DL029", "techniques", 38, "longname", ""),
    ("DL030", "externalgroups", 50, "name", ""),
]


@pytest.fixture(scope="module")
def workbooks(shared: Path) -> list[Path]:
    return sorted((shared / "disarm" / "DISARM_MASTER_DATA").glob("*.xlsx"))


@pytest.fixture(scope="module")
def dataset(workbooks: list[Path]) -> Dataset:
    return Dataset.of_master(read_master(workbooks))


@pytest.fixture(scope="module")
def findings(dataset: Dataset) -> list[Finding]:
    return lint(dataset, load_rules())


def test_counts(findings: list[Finding]) -> None:
    assert dict(Counter(finding.rule for finding in findings)) == COUNTS


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: f"{known[0]}-{known[1]}-{known[2]}")
def test_known_faults_are_found(findings: list[Finding], known: tuple[str, str, int, str, str]) -> None:
    rule, sheet, row, column, value = known
    found = [f for f in findings if (f.rule, f.sheet, f.row, f.column) == (rule, sheet, row, column)]
    assert found
    assert not value or value in {f.value for f in found}


def test_every_cell_with_a_no_break_space_around_an_id_is_found(dataset: Dataset, findings: list[Finding]) -> None:
    """Counted without the rule: ids that change when they are stripped."""
    found = {(f.sheet, f.row, f.column) for f in findings if f.rule == "DL001"}
    for sheet in dataset.sheets.values():
        for row in sheet.rows:
            own = row.text("disarm_id")
            assert (own != own.strip()) == ((sheet.name, row.number, "disarm_id") in found)


def test_fix_changes_the_listed_cells_and_no_other(dataset: Dataset, workbooks: list[Path], tmp_path: Path) -> None:
    rules = load_rules()
    made = write_corrected(dataset, corrections(dataset, rules), tmp_path / "corrected")
    copies = [tmp_path / "corrected" / path.name for path in workbooks]
    after = read_master(copies)
    wanted = {(c.edit.sheet, c.edit.row, c.edit.column): c.edit.new for c in made if not c.left}
    assert len(wanted) > 350
    changed = set()
    for name, sheet in dataset.sheets.items():
        assert after.sheets[name].columns == sheet.columns
        for row, other in zip(sheet.rows, after.sheets[name].rows, strict=True):
            assert row.number == other.number
            for column in sheet.columns:
                place = (name, row.number, column)
                if row.cells[column] != other.cells[column]:
                    changed.add(place)
                    assert other.text(column) == wanted[place]
    assert changed == wanted.keys()
    assert not [f for f in lint(Dataset.of_master(after), rules) if f.fix]
    for old, new in zip(workbooks, copies, strict=True):
        with ZipFile(old) as before, ZipFile(new) as corrected:
            assert before.namelist() == corrected.namelist()
            for part in before.namelist():
                if not part.startswith("xl/worksheets/sheet") and part != "xl/workbook.xml":
                    assert before.read(part) == corrected.read(part)
