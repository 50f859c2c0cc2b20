"""Every rule against the cases that stand beside it: what it lets pass, what it finds, and what its fix makes of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Any

import pytest
import yaml

from counterfoil.errors import UsageError
from counterfoil.lint import RULES, lint, load_rules
from counterfoil.lint.correct import corrections
from counterfoil.lint.dataset import Dataset, Origin
from counterfoil.lint.rule import Rule
from counterfoil.model.sheet import Row, Sheet

FOLDER = files("counterfoil.lint.rules")


@dataclass(frozen=True)
class Case:
    rule: Rule
    name: str
    dataset: Dataset
    findings: tuple[Mapping[str, str], ...]


def _dataset(case: Mapping[str, Any]) -> Dataset:
    sheets = {}
    for name, rows in case["sheets"].items():
        columns = dict.fromkeys(column for row in rows for column in row if column != "row")
        numbered = [Row(row.get("row", n), {c: row.get(c, "") for c in columns}) for n, row in enumerate(rows, start=2)]
        sheets[name] = Sheet(name, tuple(columns), tuple(row for row in numbered if any(row.cells.values())))
    return Dataset(
        Origin(case.get("origin", "workbook")),
        sheets,
        dict.fromkeys(sheets, "data.xlsx"),
        case.get("known", {}),
        case.get("framework", ""),
    )


def _cases() -> list[Case]:
    cases = []
    for rule in load_rules():
        module = rule.check.__module__.rpartition(".")[2]
        data = yaml.safe_load((FOLDER / f"{module}.yaml").read_text(encoding="utf-8"))
        assert data["pass"], module
        assert data["fail"], module
        for kind in ("pass", "fail"):
            for case in data[kind]:
                findings = tuple(case.get("findings", ()))
                assert bool(findings) == (kind == "fail"), (module, case["name"])
                cases.append(Case(rule, f"{rule.id}-{kind}-{case['name']}", _dataset(case), findings))
    return cases


CASES = _cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    found = lint(case.dataset, [case.rule])
    assert [f"{f.sheet} {f.row} {f.column}" for f in found] == [wanted["at"] for wanted in _in_order(case)]
    for finding, wanted in zip(found, _in_order(case), strict=True):
        assert wanted.get("says", "") in finding.message
        assert wanted.get("suggests", "") in finding.suggestion
        assert finding.value == wanted.get("value", finding.value)
        if "new" in wanted:
            assert finding.fix is not None
            assert finding.fix.new == wanted["new"]
            assert finding.fix.old != finding.fix.new
        cell = {row.number: row for row in case.dataset.rows(finding.sheet)}.get(finding.row)
        if finding.fix:
            assert cell is not None
            assert finding.fix.old == cell.text(finding.column)
    fixed = {f"{f.sheet} {f.row} {f.column}" for f in found if f.fix}
    assert fixed == {wanted["at"] for wanted in case.findings if "new" in wanted}


def _in_order(case: Case) -> list[Mapping[str, str]]:
    """The wanted findings in the order of the sheets, rows and columns; those of one cell as they are listed."""
    sheets = list(case.dataset.sheets)

    def place(wanted: Mapping[str, str]) -> tuple[int, int, int]:
        sheet, row, column = wanted["at"].split()
        return sheets.index(sheet), int(row), case.dataset.sheets[sheet].columns.index(column)

    return sorted(case.findings, key=place)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fixes_settle_and_leave_nothing_to_mend(case: Case) -> None:
    made = corrections(case.dataset, [case.rule])
    assert bool(made) == any("new" in wanted for wanted in case.findings)
    dataset = case.dataset
    for correction in made:
        dataset = dataset.edited([correction.edit])
    assert not [finding for finding in case.rule.run(dataset) if finding.fix]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_a_rules_page_says_what_why_an_example_and_how_to_fix(rule: Rule) -> None:
    assert re.fullmatch(r"DL\d{3}", rule.id)
    assert RULES.builtins[rule.id].startswith(rule.check.__module__)
    for heading in ("Why it matters:", "Example:", "How to fix:"):
        assert heading in rule.page, heading
    assert ("workspace" in rule.page) == (Origin.WORKSPACE in rule.applies)
    fixes = any("new" in wanted for case in CASES if case.rule is rule for wanted in case.findings)
    assert ("`--fix`" in rule.page) == fixes


def test_every_rule_file_is_registered() -> None:
    on_disk = {path.name.removesuffix(".py") for path in FOLDER.iterdir() if path.name.endswith(".py")} - {"__init__"}
    assert on_disk == {target.partition(":")[0].rpartition(".")[2] for target in RULES.builtins.values()}
    assert len({rule.name for rule in load_rules()}) == len(RULES.builtins)


def test_a_check_can_be_found_by_id_and_name_and_left_out() -> None:
    assert [rule.id for rule in load_rules(["unknown-id", "DL001"])] == ["DL001", "DL002"]
    assert "DL002" not in [rule.id for rule in load_rules(ignore=["unknown-id"])]
    with pytest.raises(UsageError, match="no lint rule 'unkown-id'") as error:
        load_rules(["unkown-id"])
    assert "unknown-id" in error.value.hint


def test_rules_apply_where_they_say() -> None:
    for rule in load_rules():
        for origin in Origin:
            if origin not in rule.applies:
                cases = [case.dataset for case in CASES if case.rule is rule and case.findings]
                data = Dataset(origin, cases[0].sheets, cases[0].sources, cases[0].known, cases[0].framework)
                assert list(rule.run(data)) == []


def test_importing_lint_imports_no_rule() -> None:
    import subprocess
    import sys

    code = "import sys, counterfoil.lint; print([m for m in sys.modules if m.startswith('counterfoil.lint.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert import_module("counterfoil.lint").RULES is RULES
