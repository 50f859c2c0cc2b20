"""Work on an incident: open it, see all of it at once, change it, find reports for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterfoil.model.catalogue import Counter
from counterfoil.model.coding import Signature
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.model.marking import tlp
from counterfoil.workflow.casefiles import with_case

if TYPE_CHECKING:
    from counterfoil.kb.incident_changes import IncidentChange
    from counterfoil.kb.report_names import ReportName
    from counterfoil.kb.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Case:
    """An incident with its case file, its history (newest first) and how many suggestions still wait, by report."""

    coded: CodedIncident
    changes: "list[IncidentChange]"
    waiting: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be changed in an incident; None leaves it as it is. `add` and `remove` are reports,
    `tlp` a TLP label ("amber")."""

    name: str | None = None
    summary: str | None = None
    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    tlp: str | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A counter that DISARM proposes, and for which of an incident's techniques."""

    counter: Counter
    techniques: tuple[str, ...]


@dataclass(frozen=True)
class CounterIndex:
    """The counters of a framework's catalogue: by the techniques that they name, and by the tactic that they are
    filed under. Empty where it has none."""

    by_technique: Mapping[str, tuple[Counter, ...]] = field(default_factory=dict)
    by_tactic: Mapping[str, tuple[Counter, ...]] = field(default_factory=dict)

    def of(self, technique: str) -> tuple[Counter, ...]:
        """The counters that are proposed against this technique by name."""
        return self.by_technique.get(technique, ())

    def against(self, techniques: Sequence[str]) -> list[Proposed]:
        """The counters against any of these, those against most of them first."""
        meant: dict[str, tuple[Counter, list[str]]] = {}
        for technique in dict.fromkeys(techniques):
            for counter in self.of(technique):
                meant.setdefault(counter.id, (counter, []))[1].append(technique)
        found = [Proposed(counter, tuple(against)) for counter, against in meant.values()]
        return sorted(found, key=lambda one: (-len(one.techniques), one.counter.id))

    def filed_under(self, tactics: Sequence[str], without: Sequence[Proposed] = ()) -> list[Counter]:
        """The counters filed under these tactics, but for those that are proposed already."""
        known = {one.counter.id for one in without}
        found = {counter.id: counter for tactic in tactics for counter in self.by_tactic.get(tactic, ())}
        return [counter for counter in found.values() if counter.id not in known]


def open_case(workspace: "Workspace", incident_id: str, framework: Framework) -> Case:
    """Everything that the page of an incident shows.

    Raises:
        UnknownIdError: no such incident.
    """
    from counterfoil.kb.incident_changes import changes
    from counterfoil.kb.incidents import coded_incident
    from counterfoil.kb.report_names import waiting_in

    with workspace.reading() as connection:
        coded = coded_incident(connection, incident_id)
        history = changes(connection, coded.incident.id)
        waiting = waiting_in(connection, coded.incident.reports)
    return Case(with_case(coded, framework), history, waiting)


def edit_incident(workspace: "Workspace", incident_id: str, edit: Edit, signature: Signature) -> Incident:
    """Change an incident, all of it or nothing; each change is a row of its history.

    Raises:
        UsageError: no such incident or report, an empty name, or no analyst.
    """
    from counterfoil.kb.incident_changes import add_reports, mark, remove_report, rename, summarise
    from counterfoil.kb.incidents import get_incident

    with workspace.writing() as connection:
        incident = get_incident(connection, incident_id)
        if edit.name is not None:
            rename(connection, incident.id, edit.name, signature)
        if edit.summary is not None:
            summarise(connection, incident.id, edit.summary, signature)
        if edit.tlp is not None:
            mark(connection, incident.id, tlp(edit.tlp), signature)
        add_reports(connection, incident.id, edit.add, signature)
        for report in edit.remove:
            remove_report(connection, incident.id, report, signature)
        return get_incident(connection, incident.id)


def incident_history(workspace: "Workspace", incident_id: str) -> "list[IncidentChange]":
    """What was changed in an incident, newest first.

    Raises:
        UnknownIdError: no such incident.
    """
    from counterfoil.kb.incident_changes import changes

    with workspace.reading() as connection:
        return changes(connection, incident_id)


def find_reports(workspace: "Workspace", words: str, limit: int, without: Sequence[str] = ()) -> "list[ReportName]":
    """Reports by words of their title, publisher, source or id, newest first."""
    from counterfoil.kb.report_names import find_by_words

    with workspace.reading() as connection:
        return find_by_words(connection, words, limit, without)


def named_reports(workspace: "Workspace", report_ids: Sequence[str]) -> "list[ReportName]":
    """These reports, in this order; an id that is not there is passed over."""
    from counterfoil.kb.report_names import by_id

    with workspace.reading() as connection:
        return by_id(connection, report_ids)


def load_counters(workspace: "Workspace", framework: Framework) -> CounterIndex:
    """The counters that the framework's catalogue proposes, if it was loaded with one."""
    from counterfoil.kb.frameworks import get_framework

    with workspace.reading() as connection:
        loaded = get_framework(connection, framework.name, framework.version)
    techniques: dict[str, list[Counter]] = {}
    tactics: dict[str, list[Counter]] = {}
    for counter in loaded.catalogue.counters if loaded else ():
        for technique in counter.techniques:
            techniques.setdefault(technique, []).append(counter)
        for tactic in dict.fromkeys(filter(None, (counter.tactic, *counter.tactics))):
            tactics.setdefault(tactic, []).append(counter)
    return CounterIndex(
        {technique: tuple(counters) for technique, counters in techniques.items()},
        {tactic: tuple(counters) for tactic, counters in tactics.items()},
    )
