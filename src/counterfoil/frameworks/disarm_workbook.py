"""DISARM's workbooks as a framework: the FRAMEWORKS workbook, alone or with the DATA workbook beside it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.frameworks.disarm_columns import FORMS, INDISPENSABLE, SheetForm
from counterfoil.frameworks.disarm_rows import Rows, build, collect
from counterfoil.frameworks.ledger import PARTIAL, Ledger, Place
from counterfoil.frameworks.sheets import read_inspected
from counterfoil.frameworks.source import Source
from counterfoil.model.catalogue import Catalogue
from counterfoil.model.framework import Framework
from counterfoil.model.loaded import Fate, Loaded, LoadReport
from counterfoil.model.sheet import Row, Sheet

SUFFIXES = (".xlsx", ".xlsm")
_ARCHIVE, _COMPOUND = b"PK", bytes.fromhex("d0cf11e0")  # how .xlsx, and the old .xls, begin


class DisarmWorkbook:
    """Reads a workbook, or a folder of them."""

    name = "disarm-workbook"

    def recognises(self, source: Source) -> bool:
        if source.path.is_dir():
            return bool(_in_folder(source.path))
        named_so = source.path.suffix.lower() in SUFFIXES
        return named_so or source.head.startswith((_ARCHIVE, _COMPOUND))

    def read(self, source: Source, partial: bool) -> Loaded:
        paths = _in_folder(source.path) if source.path.is_dir() else [source.path]
        master, faults = read_inspected(paths)
        ledger = Ledger(str(source.path), partial)
        for fault in faults:
            if fault.sheet in FORMS:
                ledger.problem(Place(fault.sheet), fault.cells, fault.why)
        sheets = _checked(master.sheets, ledger)
        rows = collect(sheets, ledger)
        filled, beside = _items(sheets, rows, ledger)
        framework = Framework(
            name="DISARM",
            version="",
            phases=_ranked(filled.pop("phases", ())),
            tactics=_ranked(filled.pop("tactics")),
            techniques=_with_parents(filled.pop("techniques"), rows.by_id["techniques"], ledger),
        )
        catalogue = Catalogue(**filled, loose=rows.loose, columns=beside)
        return Loaded(framework, catalogue, LoadReport(self.name, tuple(ledger.remarks)))


READER = DisarmWorkbook()


def _in_folder(folder: Path) -> list[Path]:
    # "~$..." is what an office program leaves beside an open workbook.
    found = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if path.is_file() and not path.name.startswith(("~$", ".")))


def _checked(sheets: Mapping[str, Sheet], ledger: Ledger) -> dict[str, Sheet]:
    """The sheets in the order in which links can be followed; missing ones are problems.

    Raises:
        ReadError: what a framework cannot be without is missing, or anything else that should be there.
    """
    has_data = any(form.in_data and name in sheets for name, form in FORMS.items())
    for name, form in FORMS.items():
        sheet = sheets.get(name)
        if sheet is not None and sheet.rows:
            _check_columns(sheet, form, ledger)
        elif name in INDISPENSABLE:
            what = "is empty" if sheet is not None else "is missing"
            hint = "Name DISARM's FRAMEWORKS workbook, or the folder that holds it and the DATA workbook."
            raise ReadError(f"{ledger.source}: the sheet {name!r} {what}.", hint)
        elif (has_data or not form.in_data) and not form.may_lack:
            what = "the sheet is empty" if sheet is not None else "the sheet is missing"
            ledger.problem(Place(name), name, what)
    return dict(sheets)


def _check_columns(sheet: Sheet, form: SheetForm, ledger: Ledger) -> None:
    for column in (form.key, *(column.name for column in form.columns)):
        if column in sheet.columns:
            continue
        if column == form.key and sheet.name in INDISPENSABLE:
            raise ReadError(f"{ledger.source}: the sheet {sheet.name!r} has no column {column!r}.", PARTIAL)
        ledger.problem(Place(sheet.name, 1, column), column, f"the column {column!r} is missing")


def _items(sheets: Mapping[str, Sheet], rows: Rows, ledger: Ledger) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    """Items by the list that they fill, and by id what the framework's own rows say besides."""
    filled: dict[str, Any] = {}
    beside: dict[str, dict[str, str]] = {}
    for name in rows.by_id:
        form = FORMS[name]
        made = list(build(sheets[name], rows, ledger))
        filled[form.fills] = tuple(item for item, _ in made)
        if form.fills in ("phases", "tactics", "techniques"):
            beside.update({item.id: other for item, other in made if other})
    return filled, beside


def _ranked(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(items, key=lambda item: item.rank))


def _with_parents(techniques: tuple[Any, ...], rows: Mapping[str, Row], ledger: Ledger) -> dict[str, Any]:
    """The techniques by id; a sub-technique's id says whose it is."""
    found = {}
    for technique in techniques:
        row = rows[technique.id].number
        parent, dot, _ = technique.id.rpartition(".")
        if dot and parent not in rows:
            place = Place("techniques", row, "disarm_id")
            ledger.problem(place, technique.id, f"{technique.id} belongs to {parent}, which is not there")
            parent = ""
        if not technique.tactic:
            ledger.problem(Place("techniques", row, "tactic_id"), technique.id, f"{technique.id} has no tactic")
        if not technique.name:
            ledger.note(Place("techniques", row, "name"), technique.id, Fate.NOTED, "the technique has no name")
        found[technique.id] = replace(technique, parent=parent) if parent else technique
    return found
