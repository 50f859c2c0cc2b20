"""Incidents on their way out: who may see them is checked before the first byte is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from counterfoil.errors import UsageError
from counterfoil.model.catalogue import Counter
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident, Incident
from counterfoil.model.marking import Tlp
from counterfoil.workflow.casefiles import with_case

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace

NAMED = 3  #: incidents that a refusal names


@dataclass(frozen=True, slots=True)
class Sharing:
    """What leaves: in a registered format (with a profile of it, or its first), for readers up to a TLP label.

    `template` is the text of a team's own template, for formats that are made from one.
    """

    format: str
    profile: str = ""
    tlp: Tlp = Tlp.CLEAR
    template: str = ""


def share(
    workspace: "Workspace", incident_ids: Sequence[str], framework: Framework, sharing: Sharing, out: BinaryIO
) -> None:
    """Write incidents with their case files, one at a time, so that any number of them fits into memory.

    Raises:
        UsageError: no such format, profile or incident, or one that is marked for fewer readers.
    """
    from counterfoil.exchange import EXPORTERS
    from counterfoil.kb.incidents import find_incidents

    exporter = EXPORTERS.load(sharing.format)
    write = exporter.writer(sharing.profile, sharing.template)
    with workspace.reading() as connection:
        incidents = find_incidents(connection, incident_ids)
    refuse_marked(incidents, sharing.tlp)
    write(coded_cases(workspace, incidents, framework, exporter.drafted), framework, out)


def refuse_marked(incidents: Sequence[Incident], ceiling: Tlp) -> None:
    """Nothing above the label leaves.

    Raises:
        UsageError: an incident is marked for fewer readers.
    """
    above = [incident for incident in incidents if incident.tlp.rank > ceiling.rank]
    if not above:
        return
    named = ", ".join(f"{incident.id} ({incident.tlp.label})" for incident in above[:NAMED])
    more = f" and {len(above) - NAMED} more" if len(above) > NAMED else ""
    strictest = max((incident.tlp for incident in above), key=lambda label: label.rank)
    raise UsageError(
        f"An export for {ceiling.label} cannot hold {named}{more}.",
        f"Say for whom it is with --tlp {strictest}, or leave them out.",
    )


def coded_cases(
    workspace: "Workspace", incidents: Sequence[Incident], framework: Framework, drafted: bool
) -> Iterator[CodedIncident]:
    """Incidents as exporters take them, one at a time; `drafted` says that each needs its case file."""
    from counterfoil.kb.frameworks import get_framework
    from counterfoil.kb.incidents import with_coding
    from counterfoil.kb.names import decided_names

    with workspace.reading() as connection:
        names = tuple(decided_names(connection))
        loaded = get_framework(connection, framework.name, framework.version)
        counters = _by_technique(loaded.catalogue.counters if loaded else ())
        for incident in incidents:
            coded = with_coding(connection, incident, names)
            if drafted or not incident.details.summary:
                coded = with_case(coded, framework)
            yield replace(coded, counters=_against(coded, framework, counters)) if counters else coded


def _by_technique(counters: Sequence[Counter]) -> dict[str, list[Counter]]:
    found: dict[str, list[Counter]] = {}
    for counter in counters:
        for technique in counter.techniques:
            found.setdefault(technique, []).append(counter)
    return found


def _against(
    coded: CodedIncident, framework: Framework, counters: Mapping[str, Sequence[Counter]]
) -> tuple[Counter, ...]:
    """What counters the techniques that the incident cites, by id."""
    codes = {citation.suggestion.code for citation in coded.citations}
    cited = [code.id for code in codes if framework.named(code)]
    found = {counter.id: counter for technique in cited for counter in counters.get(technique, ())}
    return tuple(found[one] for one in sorted(found))
