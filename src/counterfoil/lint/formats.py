"""Findings as JSON, SARIF 2.1.0 and GitHub annotations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from counterfoil.lint.dataset import Dataset
from counterfoil.lint.finding import Finding, Severity
from counterfoil.lint.rule import Rule
from counterfoil.lint.xlsx import letters

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def cell_name(dataset: Dataset, finding: Finding) -> str:
    """ "incidents!G12"."""
    columns = dataset.sheets[finding.sheet].columns
    column = letters(columns.index(finding.column) + 1) if finding.column in columns else ""
    return f"{finding.sheet}!{column}{finding.row}"


def to_json(findings: Iterable[Finding], dataset: Dataset) -> list[dict[str, Any]]:
    """One object per finding, with its file and cell."""
    return [
        {**asdict(finding), "file": dataset.sources.get(finding.sheet, ""), "cell": cell_name(dataset, finding)}
        for finding in findings
    ]


def to_sarif(findings: Sequence[Finding], dataset: Dataset, rules: Sequence[Rule], version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run. A cell is the logical location; the region's line is its row, because GitHub asks
    for a region and a spreadsheet has no lines."""
    place = {rule.id: index for index, rule in enumerate(rules)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "counterfoil lint",
                        "semanticVersion": version,
                        "rules": [_descriptor(rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, dataset, place[finding.rule]) for finding in findings],
            }
        ],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    title, _, rest = rule.page.partition("\n\n")
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": " ".join(title.split())},
        "help": {"text": rest.strip()},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _result(finding: Finding, dataset: Dataset, index: int) -> dict[str, Any]:
    source = dataset.sources.get(finding.sheet, "")
    logical = {"fullyQualifiedName": cell_name(dataset, finding), "name": finding.column, "kind": "member"}
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if source:
        region = {"startLine": finding.row, "snippet": {"text": finding.value[:200]}}
        location["physicalLocation"] = {"artifactLocation": {"uri": _uri(source)}, "region": region}
    text = f"{finding.message} {finding.suggestion}".strip()
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"cell/v1": f"{finding.rule}:{cell_name(dataset, finding)}:{finding.value[:80]}"},
    }


def _uri(source: str) -> str:
    from urllib.parse import quote

    path = PurePath(source)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def to_github(findings: Iterable[Finding], dataset: Dataset) -> Iterator[str]:
    """Workflow commands: GitHub shows them beside the change."""
    for finding in findings:
        where = cell_name(dataset, finding)
        properties = {"file": dataset.sources.get(finding.sheet, ""), "title": f"{finding.rule} {finding.name} {where}"}
        listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
        text = f"{where}: {finding.message} {finding.suggestion}".strip()
        yield f"::{_COMMAND[finding.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def counts(findings: Iterable[Finding]) -> Mapping[str, int]:
    """rule id -> number of findings."""
    from collections import Counter

    return dict(sorted(Counter(finding.rule for finding in findings).items()))
