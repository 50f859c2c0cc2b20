"""A finding as a report: coded from the finding itself, never by those who read prose."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counterfoil.errors import ReadError
from counterfoil.model.finding import MEDIA_TYPE, REPORT_NOTE, Finding, findings_of
from counterfoil.model.framework import Code, Framework
from counterfoil.model.report import Report

if TYPE_CHECKING:
    from counterfoil.workflow.intake import Draft

WRITTEN_FOR = "1.6"  #: the version of DISARM whose techniques signals name


def is_of_finding(report: Report) -> bool:
    """Whether the report's text was written from a finding, so that the posts in it are data and not prose."""
    return REPORT_NOTE in report.notes


def code_finding(draft: "Draft", framework: Framework) -> "Draft":
    """The draft of a finding with suggestions and accounts.

    Raises:
        ReadError: the finding itself is not there, only the text that was written from it.
    """
    from counterfoil.coding.coordination import suggest_finding
    from counterfoil.extraction.finding_accounts import extract_finding

    if draft.original.media_type != MEDIA_TYPE:
        raise ReadError(
            f"{draft.report.source} is the text of a finding: what its posts say is not read as an analyst's prose.",
            "Hand in the findings.json that it was made from.",
        )
    finding = finding_in(draft.original.data)
    report = draft.report
    suggestions = suggest_finding(report, finding, framework, lambda technique: successors(technique, framework))
    known = {code for one in finding.supports for code in one.techniques}
    lost = sorted(one for one in known if not successors(one, framework))
    notice = f"{framework.name} {framework.version} does not have {', '.join(lost)}." if lost else ""
    return replace(draft, suggestions=suggestions, extraction=extract_finding(report, finding), notice=notice)


def finding_in(data: bytes) -> Finding:
    """The finding of a file of one.

    Raises:
        InputError: it is none.
    """
    return findings_of(json.loads(data))[0]


def successors(technique: str, framework: Framework) -> Sequence[Code]:
    """What a technique that a signal names is called in the framework that is coded with; empty if nothing is."""
    from counterfoil.errors import UsageError
    from counterfoil.frameworks.migration import migrate

    if framework.version == WRITTEN_FOR or framework.name != "DISARM":
        return [framework.code(technique)] if technique in framework.techniques else []
    try:
        moved = migrate([Code("DISARM", WRITTEN_FOR, technique)], WRITTEN_FOR, framework.version)[0].successors
    except UsageError:  # a version of which nothing is known: only what is called the same
        moved = (framework.code(technique),) if technique in framework.techniques else ()
    return [code for code in moved if code.id in framework.techniques]
