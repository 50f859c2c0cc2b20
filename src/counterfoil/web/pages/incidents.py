"""Incidents: the list, opening one, one in full and as a briefing, changing it, and its files."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterfoil.model.marking import Tlp, tlp
from counterfoil.model.selection import Selection
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.downloads import exported, menu, tables
from counterfoil.web.pages.incident_forms import EditForm, NewForm
from counterfoil.web.templating import page
from counterfoil.web.views.incidents import Places, briefed, line_of, sections, sentences, tactics, technique_ids, views
from counterfoil.web.views.matrix import form_values
from counterfoil.workflow import Sharing, new_incident, proposed_name
from counterfoil.workflow.incident_editing import Edit, edit_incident, find_reports, named_reports, open_case

router = APIRouter(include_in_schema=False)

A_PAGE = 50  #: incidents in the list
BRIEFED = 16  #: techniques that a briefing shows with their evidence
TO_CHOOSE = 30  #: reports offered at once
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


@router.get("/incidents")
def incidents(request: Request, bench: BenchOf, number: PageNumber = 1) -> HTMLResponse:
    """The incidents of a selection, newest first, a page at a time."""
    wanted = Selection.of(request.query_params)
    found = bench.casebook.find(wanted, A_PAGE, (number - 1) * A_PAGE)
    values = {
        "wanted": wanted,
        "links": urlencode(wanted.query()),
        "lines": [line_of(row) for row in found.incidents],
        "total": found.total,
        "number": number,
        "pages": max(1, -(-found.total // A_PAGE)),
        "framework": bench.framework,
        **form_values(bench.casebook.choices()),
    }
    return page(request, "incidents.html", values)


@router.get("/incidents/new")
def choose(
    request: Request, bench: BenchOf, report: Annotated[list[str] | None, Query()] = None, q: str = "", name: str = ""
) -> HTMLResponse:
    """Choose the reports that a new incident rests on; its name is proposed from the first ones chosen."""
    chosen = list(dict.fromkeys(report or ()))[:200]
    known = named_reports(bench.workspace, chosen)
    proposed = name or (proposed_name(bench.workspace, [one.id for one in known]) if known else "")
    values = {
        "chosen": known,
        "offered": find_reports(bench.workspace, q[:200], TO_CHOOSE, [one.id for one in known]),
        "q": q,
        "name": proposed,
    }
    return page(request, "incident_new.html", values)


@router.post("/incidents")
def open_incident(bench: BenchOf, form: Annotated[NewForm, Form()]) -> RedirectResponse:
    """Open an incident on reports."""
    name = form.name.strip() or proposed_name(bench.workspace, form.report)
    made = new_incident(bench.workspace, name, form.report)
    return RedirectResponse(f"/incidents/{made.id}", status_code=303)


@router.get("/incidents/{incident_id}")
def incident(request: Request, bench: BenchOf, incident_id: str, q: str = "") -> HTMLResponse:
    """An incident with everything that its reports say, each entry tied to its passage; `q` looks for more reports."""
    values = _case(bench, incident_id)
    known = [report.id for report in values["coded"].reports]
    offered = find_reports(bench.workspace, q[:200], TO_CHOOSE, known) if q.strip() else []
    return page(request, "incident.html", {**values, "q": q, "offered": offered})


@router.get("/incidents/{incident_id}/briefing")
def briefing(request: Request, bench: BenchOf, incident_id: str) -> HTMLResponse:
    """The same on two printed pages."""
    values = _case(bench, incident_id)
    shown, named = briefed(values["tactics"], BRIEFED)
    return page(request, "briefing.html", {**values, "shown": shown, "named": named})


@router.post("/incidents/{incident_id}")
def change(bench: BenchOf, incident_id: str, form: Annotated[EditForm, Form()]) -> RedirectResponse:
    """Change an incident; what the form leaves out stays."""
    edit = Edit(form.name, form.summary, form.add, form.remove, form.tlp)
    changed = edit_incident(bench.workspace, incident_id, edit, bench.sign())
    return RedirectResponse(f"/incidents/{changed.id}", status_code=303)


@router.get("/incidents/{incident_id}/export/{kind}")
def download(
    bench: BenchOf, incident_id: str, kind: str, profile: str = "", label: Annotated[str, Query(alias="tlp")] = ""
) -> Response:
    """An incident as a file in a registered format, for readers up to a TLP label."""
    return exported(bench, incident_id, Sharing(kind, profile, tlp(label)))


def _case(bench: Bench, incident_id: str) -> dict[str, Any]:
    case = open_case(bench.workspace, incident_id, bench.framework)
    places = Places(case.coded)
    groups = tactics(case.coded, bench.framework, places)
    ids = technique_ids(groups)
    parents = [bench.framework.techniques[one].parent for one in ids]
    counters = bench.counters.against([*ids, *(one for one in parents if one)])
    shown_tactics = [group.tactic.id for group in groups if group.tactic]
    return {
        "incident": case.coded.incident,
        "coded": case.coded,
        "changes": case.changes,
        "waiting": case.waiting,
        "sections": sections(case.coded, places),
        "drafted": sentences(case.coded, places),
        "tactics": groups,
        "counters": counters,
        "filed": bench.counters.filed_under(shown_tactics, counters),
        "catalogued": bool(bench.counters.by_technique or bench.counters.by_tactic),
        "views": views(case.coded, places),
        "menu": menu(),
        "tables": tables(),
        "labels": list(Tlp),
        "titles": {report.id: report.title or report.source for report in case.coded.reports},
        "numbers": {report.id: number for number, report in enumerate(case.coded.reports, 1)},
        "framework": bench.framework,
    }
