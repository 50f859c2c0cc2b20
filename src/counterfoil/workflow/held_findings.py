"""Findings of detection in the workspace: put in as reports whose suggestions wait, listed, and looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from counterfoil.errors import UnknownIdError, UsageError, WorkspaceError
from counterfoil.model.coding import Signature
from counterfoil.model.finding import MEDIA_TYPE, Finding
from counterfoil.model.framework import Framework
from counterfoil.model.incident import Incident
from counterfoil.model.report import Original
from counterfoil.workflow.finding_reports import code_finding, finding_in
from counterfoil.workflow.intake import FINDINGS, Draft

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from counterfoil.kb.overview import ReportState
    from counterfoil.kb.workspace import Workspace
    from counterfoil.model.coding import Reviewed

MINUTE = len("2031-03-04T09:05")  #: of a time as it is written
ALIKE = 0.5  #: share of accounts in common from which two findings are worth naming together


@dataclass(frozen=True, slots=True)
class Held:
    """A finding in the workspace, and how far the review of its report is."""

    finding: Finding
    state: "ReportState"


@dataclass(frozen=True, slots=True)
class Opened:
    """A finding with all that its page shows; `alike` are findings of (mostly) the same accounts."""

    held: Held
    suggestions: "list[Reviewed]"
    incidents: Sequence[tuple[str, str]]
    alike: Sequence[Held]


@dataclass(frozen=True, slots=True)
class Put:
    """A finding that was put into the workspace.

    Args:
        report: the id of its report.
        new: whether it was not there before.
        before: findings of the same accounts, or most of them, that were there: other data, or other signals.
        notice: what could not be suggested.
    """

    finding: Finding
    report: str
    new: bool
    before: tuple[Finding, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Adding:
    """How findings are put in: the framework they are coded with, the name of their file, who signs, and the incident
    (its id, or a name) that they go into, if any."""

    framework: Framework
    source: str
    signature: Signature
    incident: str = ""


def load_findings(path: Path) -> tuple[Finding, ...]:
    """The findings of a file, or of a folder that detection wrote.

    Raises:
        ReadError: it is not there, or holds no findings.
    """
    from counterfoil.readers import Source, file_bytes
    from counterfoil.readers.findings import parts

    data, name = file_bytes(path / FINDINGS if path.is_dir() else path)
    return tuple(finding_in(one) for one in parts(Source(data, name)))


def chosen(findings: Sequence[Finding], only: Iterable[int] = (), least: int = 0) -> list[Finding]:
    """The findings of these numbers (from 1; none: all) with at least so many accounts.

    Raises:
        UsageError: there is no finding of a number.
    """
    numbers = list(dict.fromkeys(only))
    wrong = [number for number in numbers if not 1 <= number <= len(findings)]
    if wrong:
        raise UsageError(f"There is no finding {wrong[0]}.", f"There are {len(findings)}, counted from 1.")
    return [one for one in ([findings[n - 1] for n in numbers] or findings) if len(one.members) >= least]


def put(workspace: "Workspace", findings: Sequence[Finding], adding: Adding) -> tuple[list[Put], Incident | None]:
    """Put findings into the workspace, and into an incident if one is named: all of it or nothing.

    What is there already stays as it is, with what was decided on it.

    Raises:
        UsageError: several incidents have the name, or nobody signs.
    """
    from counterfoil.readers.findings import file_of

    findings = list(dict.fromkeys(findings))
    files = [Original(file_of(one), MEDIA_TYPE) for one in findings]
    every = held(workspace)
    here = _filed(workspace)
    drafts = [None if file.sha256 in here else _draft(file, adding) for file in files]
    for draft in drafts:
        if draft:
            workspace.keep_original(draft.original)
    done = []
    with workspace.writing() as connection:
        for finding, file, draft in zip(findings, files, drafts, strict=True):
            if draft is None:
                done.append(Put(finding, here[file.sha256], new=False))
                continue
            others = tuple(one.finding for one in every if alike(one.finding, finding))
            report = _store(connection, draft, adding.signature.at)
            done.append(Put(finding, report, True, others, draft.notice))
        incident = _incident(connection, [one.report for one in done], adding) if adding.incident and done else None
    return done, incident


def _draft(file: Original, adding: Adding) -> Draft:
    from counterfoil.readers import read_bytes

    result = read_bytes(file.data, adding.source)
    return code_finding(Draft(result.report, result.original), adding.framework)


def _store(connection: "Connection", draft: Draft, at: str) -> str:
    from counterfoil.kb.coding import add_run
    from counterfoil.kb.reports import add_report

    report = add_report(connection, draft.report, draft.original, at)
    add_run(connection, report, draft.suggestions, draft.extraction, at)
    return report


def _incident(connection: "Connection", reports: Sequence[str], adding: Adding) -> Incident:
    """The incident of that id or name with these reports; a new one if nothing is called so."""
    from counterfoil.kb.incident_changes import add_reports
    from counterfoil.kb.incidents import add_incident, get_incident, list_incidents

    wanted = adding.incident.strip()
    if wanted.startswith("I-"):
        return add_reports(connection, get_incident(connection, wanted).id, reports, adding.signature)
    named = [one for one in list_incidents(connection) if one.name.casefold() == wanted.casefold()]
    if len(named) > 1:
        raise UsageError(f"{len(named)} incidents are called {wanted!r}.", f"Name one by its id: {named[0].id}, …")
    if named:
        return add_reports(connection, named[0].id, reports, adding.signature)
    return add_incident(connection, wanted, reports, adding.signature.at)


def alike(one: Finding, other: Finding) -> bool:
    """Whether two findings are of the same accounts, or of most of them."""
    both = len(one.accounts & other.accounts)
    return both >= ALIKE * len(one.accounts | other.accounts)


def held(workspace: "Workspace") -> list[Held]:
    """The findings in the workspace, those that came last first."""
    from counterfoil.kb.overview import states
    from counterfoil.kb.reports import filed_as

    with workspace.reading() as connection:
        rows = filed_as(connection, MEDIA_TYPE)
        reports = list(dict.fromkeys(report for _, report in rows))
        state_of = {state.id: state for state in states(connection, reports)}
    found = [Held(_kept(workspace, sha256), state_of[report]) for sha256, report in rows]
    # What came together, which takes less than a minute: the most accounts first.
    found.sort(key=lambda one: (-len(one.finding.members), one.finding.id))
    return sorted(found, key=lambda one: one.state.added[:MINUTE], reverse=True)


def open_finding(workspace: "Workspace", finding_id: str) -> Opened:
    """All that the page of a finding shows; it is known by its report's id or by its own.

    Of findings with the same id (the same accounts in the same data, but other figures) it is the one that came last.

    Raises:
        UnknownIdError: there is no such finding here.
    """
    from counterfoil.kb.coding import reviewed
    from counterfoil.kb.report_names import incidents_of

    every = held(workspace)
    one = next((each for each in every if finding_id in (each.finding.id, each.state.id)), None)
    if one is None:
        raise UnknownIdError(f"There is no finding {finding_id!r} in this workspace.", "See: counterfoil findings.")
    with workspace.reading() as connection:
        suggestions = reviewed(connection, one.state.id)
        incidents = [(each.id, each.name) for each in incidents_of(connection, one.state.id)]
    others = [each for each in every if each is not one and alike(each.finding, one.finding)]
    return Opened(one, suggestions, incidents, others)


def _filed(workspace: "Workspace") -> dict[str, str]:
    """The reports of findings by the hashes of the files that these are kept in."""
    from counterfoil.kb.reports import filed_as

    with workspace.reading() as connection:
        return dict(filed_as(connection, MEDIA_TYPE))


def _kept(workspace: "Workspace", sha256: str) -> Finding:
    """A finding as it came.

    Raises:
        WorkspaceError: its file is missing.
    """
    path = workspace.original_path(sha256)
    try:
        return _read(path)
    except OSError as error:
        raise WorkspaceError(f"A finding cannot be read: {error.strerror}.", f"It should be {path}.") from error


@lru_cache(maxsize=4096)  # a file named by its hash never changes
def _read(path: Path) -> Finding:
    return finding_in(path.read_bytes())
