"""Case files: what reports say of an incident, drafted from what was found in them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counterfoil.model.casefile import AliasProposal, CaseFile, Source
from counterfoil.model.coding import Suggestion
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.judging import undecided
from counterfoil.workflow.intake import Draft

if TYPE_CHECKING:
    from counterfoil.kb.workspace import Workspace


def draft_case(draft: Draft, framework: Framework) -> CaseFile:
    """The incident that one coded report tells of, with the suggestions that its coder asserts."""
    asserted = tuple(suggestion for suggestion in draft.suggestions if not suggestion.undecided)
    return case_file([Source(draft.report, draft.extraction, asserted)], framework)


def with_case(coded: CodedIncident, framework: Framework) -> CodedIncident:
    """The incident with its case file: what its reports say, and the techniques that were accepted."""
    by_report: dict[str, list[Suggestion]] = {report.id: [] for report in coded.reports}
    for citation in coded.citations:
        by_report[citation.suggestion.report].append(citation.suggestion)
    sources = [Source(report, coded.extractions[report.id], tuple(by_report[report.id])) for report in coded.reports]
    case = case_file(sources, framework)
    return replace(coded, case=replace(case, aliases=undecided(case.aliases, coded.names)))


def everything(workspace: "Workspace") -> CaseFile:
    """What all reports of the workspace say, without techniques and summary."""
    from counterfoil.analytics.sections import sections
    from counterfoil.kb.coding import get_extraction
    from counterfoil.kb.names import decided_names
    from counterfoil.kb.reports import get_report, list_reports

    with workspace.reading() as connection:
        ids = sorted(row.id for row in list_reports(connection))
        sources = [Source(get_report(connection, one), get_extraction(connection, one)) for one in ids]
        decided = decided_names(connection)
    proposed = undecided(_proposals(sources), decided)
    return CaseFile(sections=sections(sources, Framework("", "")), aliases=proposed)


def proposed_name(workspace: "Workspace", report_ids: Sequence[str]) -> str:
    """What an incident on these reports may be called; empty if they name no operation and have no title.

    Raises:
        UsageError: a report is not there.
    """
    from counterfoil.analytics.summary import title
    from counterfoil.kb.coding import get_extraction
    from counterfoil.kb.reports import get_report

    with workspace.reading() as connection:
        reports = [get_report(connection, report_id) for report_id in report_ids]
        return title([Source(report, get_extraction(connection, report.id)) for report in reports])


def case_file(sources: Sequence[Source], framework: Framework) -> CaseFile:
    """Sections, summary, views, a proposed name and proposed aliases, from any number of reports."""
    from counterfoil.analytics.sections import sections
    from counterfoil.analytics.summary import summary, title
    from counterfoil.analytics.views import views

    made = sections(sources, framework)
    arranged = views(sources, made, framework)
    return CaseFile(title(sources), summary(sources, framework), made, _proposals(sources), arranged)


def _proposals(sources: Sequence[Source]) -> tuple[AliasProposal, ...]:
    from counterfoil.extraction.alias_proposals import proposals

    return proposals(actor for source in sources for actor in source.extraction.actors)
