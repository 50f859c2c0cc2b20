"""Rows of DISARM's sheets into items, every token linked or written down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from counterfoil.frameworks.cells import trimmed
from counterfoil.frameworks.disarm_columns import FORMS, SheetForm
from counterfoil.frameworks.ledger import Ledger, Place
from counterfoil.frameworks.links import read_cell
from counterfoil.model.catalogue import LooseRow
from counterfoil.model.loaded import Fate
from counterfoil.model.sheet import Row, Sheet


@dataclass(frozen=True, slots=True)
class Rows:
    """The sheets' rows by id, and the names that ids stand for: what links are looked up in."""

    by_id: Mapping[str, Mapping[str, Row]]
    names: Mapping[str, Mapping[str, str]]
    loose: tuple[LooseRow, ...]


def collect(sheets: Mapping[str, Sheet], ledger: Ledger) -> Rows:
    """Every row by its trimmed id. A row without id, or with an id that stood before, is kept as a loose row.

    Raises:
        ReadError: an id stands twice (unless partial).
    """
    by_id: dict[str, dict[str, Row]] = {}
    names: dict[str, dict[str, str]] = {}
    loose: list[LooseRow] = []
    for name, sheet in sheets.items():
        form = FORMS.get(name)
        if form is None:
            loose += [LooseRow(name, row.number, _filled(row)) for row in sheet.rows]
            continue
        rows = by_id.setdefault(name, {})
        for row in sheet.rows:
            identity = _own_id(name, row, form, ledger)
            if identity and identity not in rows:
                rows[identity] = row
                continue
            loose.append(LooseRow(name, row.number, _filled(row)))
            if identity:
                first = rows[identity].number
                place = Place(name, row.number, form.key)
                ledger.problem(place, identity, f"the id {identity} stands in row {first} already")
        names[name] = {identity: trimmed(row.text("name")) for identity, row in rows.items()}
    return Rows(by_id, names, tuple(loose))


def _own_id(sheet: str, row: Row, form: SheetForm, ledger: Ledger) -> str:
    written = row.text(form.key)
    identity = trimmed(written)
    place = Place(sheet, row.number, form.key)
    if not identity:
        rest = "; ".join(trimmed(value) for value in _filled(row).values())
        ledger.note(place, rest, Fate.LEFT_OUT, "the row has no id; it is kept as a loose row")
    elif identity != written:
        ledger.note(place, written, Fate.MENDED, "blanks around the id were taken off")
    return identity


def _filled(row: Row) -> dict[str, str]:
    """The cells that say something, as text."""
    return {column: row.text(column) for column in row.cells if trimmed(row.text(column))}


def build(sheet: Sheet, rows: Rows, ledger: Ledger) -> Iterator[tuple[Any, dict[str, str]]]:
    """The sheet's items, each with what its row says beyond the columns that its type takes."""
    form = FORMS[sheet.name]
    columns = {column.name: column for column in form.columns}
    fields_of = {field.name for field in fields(form.type)}
    for identity, row in rows.by_id[sheet.name].items():
        # Framework types want these two even if the row has none; all other fields have defaults.
        values: dict[str, Any] = {name: "" for name in ("name", "tactic", "phase") if name in fields_of}
        other: dict[str, str] = {}
        for name, text in _filled(row).items():
            if name == form.key:
                continue
            column = columns.get(name)
            reading = read_cell(Place(sheet.name, row.number, name), text, column, rows.names, ledger)
            values.update(reading.values)
            if not reading.complete:
                other[name] = trimmed(text)
        if "other" in fields_of:
            values["other"] = other
        yield form.type(id=identity, **values), other
