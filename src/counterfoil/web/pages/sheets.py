"""A spreadsheet of coded incidents on its way in: what each of its columns is."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field, StringConstraints

from counterfoil.errors import CounterfoilError, InputError, UsageError
from counterfoil.exchange.sheet_mapping import ROLES
from counterfoil.web.arrivals import WaitingSheet
from counterfoil.web.bench import Bench, BenchOf
from counterfoil.web.problems import status_of
from counterfoil.web.templating import page
from counterfoil.workflow.importing import receive
from counterfoil.workflow.importing_tables import (
    SheetLook,
    Wishes,
    look_at_sheet,
    read_table,
    save_columns,
    saved_columns,
)

router = APIRouter(include_in_schema=False, prefix="/imports/sheets")

Words = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]
Asked = Annotated[str, Query(max_length=500)]


class ColumnsForm(BaseModel):
    """`role` has a role, or nothing, for each column of `sheet` in its order."""

    sheet: Annotated[str, StringConstraints(max_length=500)] = ""
    role: list[Words] = Field(default_factory=list, max_length=20_000)
    incident: Words = ""
    version: Words = ""
    save: Words = ""
    waiting: Words = ""


@router.get("/{sheet_id}")
def columns(request: Request, bench: BenchOf, sheet_id: str, sheet: Asked = "", use: Asked = "") -> HTMLResponse:
    """The columns of a sheet with what each seems to be, or is by a saved map (`use`)."""
    waiting = bench.arrivals.sheet(sheet_id)
    try:
        found = look_at_sheet(bench.workspace, waiting.file, bench.framework, sheet, use)
    except UsageError as error:  # of the saved map: the sheet itself is there
        found = look_at_sheet(bench.workspace, waiting.file, bench.framework, sheet)
        return _page(request, bench, (waiting, found), problem=error)
    return _page(request, bench, (waiting, found), ColumnsForm(role=_roles(found)))


@router.post("/{sheet_id}", response_model=None)
def read(
    request: Request, bench: BenchOf, sheet_id: str, form: Annotated[ColumnsForm, Form()]
) -> HTMLResponse | RedirectResponse:
    """Read the sheet by these columns, and put it into quarantine."""
    waiting = bench.arrivals.sheet(sheet_id)
    found = look_at_sheet(bench.workspace, waiting.file, bench.framework, form.sheet)
    try:
        wishes = Wishes(
            sheet=found.sheet,
            maps=_maps(found, form),
            version=form.version,
            incident=form.incident,
            signature=None if form.waiting else bench.sign(),
        )
        table = read_table(bench.workspace, waiting.file, bench.framework, wishes)
        if form.save:
            save_columns(bench.workspace, form.save, table.columns)
        row = receive(bench.workspace, waiting.name, table.document, "table")
    except (UsageError, InputError) as error:
        return _page(request, bench, (waiting, found), form, error)
    bench.arrivals.drop_sheet(sheet_id)
    bench.arrivals.forget_done(row.id)
    return RedirectResponse(f"/imports/{row.id}", status_code=303)


@router.post("/{sheet_id}/drop")
def drop(bench: BenchOf, sheet_id: str) -> RedirectResponse:
    """The sheet is not wanted after all."""
    bench.arrivals.drop_sheet(sheet_id)
    return RedirectResponse("/imports", status_code=303)


def _roles(found: SheetLook) -> list[str]:
    by_column = {column: role for role, column in found.columns.items()}
    return [by_column.get(column, "") for column in found.header]


def _maps(found: SheetLook, form: ColumnsForm) -> tuple[str, ...]:
    """What the form says of every role, so that nothing is suggested over it.

    Raises:
        UsageError: two columns for a role, an unknown role, or no column for what is needed.
    """
    chosen: dict[str, str] = {}
    for column, role in zip(found.header, form.role, strict=False):
        if role and role not in ROLES:
            raise UsageError(f"“{role}” is nothing that a column can be.")
        if role in chosen:
            raise UsageError(f"“{chosen[role]}” and “{column}” cannot both be {role}.", "Choose one of them.")
        if role:
            chosen[role] = column
    if "technique" not in chosen:
        raise UsageError("No column holds techniques.", "Say which one does.")
    if not {"incident", "id"} & chosen.keys() and not form.incident:
        raise UsageError("No column names the incident.", "Say which one does, or name one incident for all rows.")
    none = [f"{role}=" for role in ROLES if role not in chosen]
    return (*none, *(f"{role}={column}" for role, column in chosen.items()))


def _page(
    request: Request,
    bench: Bench,
    sheet: tuple[WaitingSheet, SheetLook],
    form: ColumnsForm | None = None,
    problem: CounterfoilError | None = None,
) -> HTMLResponse:
    waiting, found = sheet
    form = form or ColumnsForm(role=_roles(found))
    why = {one.column: one for one in found.suggested}
    roles = [*form.role, *[""] * (len(found.header) - len(form.role))]
    columns = [
        {
            "name": name,
            "examples": [" ".join(cell.split())[:80] for cell in examples],
            "role": role,
            "why": why[name].why if name in why and why[name].role == role else "",
        }
        for name, examples, role in zip(found.header, found.examples, roles, strict=False)
    ]
    values = {
        "waiting": waiting,
        "found": found,
        "columns": columns,
        "roles": ROLES,
        "form": form,
        "saved": saved_columns(bench.workspace),
        "framework": bench.framework,
        "problem": problem,
    }
    return page(request, "sheet.html", values, status_of(problem) if problem else 200)
