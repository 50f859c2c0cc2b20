"""What rules look at: sheets of rows, whether they came from DISARM's workbooks or from a workspace."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from counterfoil.lint.finding import Cell, Edit
from counterfoil.lint.ids import inline_ids, named_list, plain_list, trimmed
from counterfoil.lint.schema import CITING, OWN_ID, REFERENCES, SHAPES, Refers
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident
from counterfoil.model.sheet import Master, Row, Sheet


class Origin(StrEnum):
    """Where the data come from."""

    WORKBOOK = "workbook"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a cell names, with the name beside it if there is one; `id` is "" where a text stands instead."""

    cell: Cell
    id: str
    name: str
    refers: Refers


@dataclass(frozen=True, slots=True)
class Inline:
    """An id cited in running text: `cell.text[start:end] == id`."""

    cell: Cell
    start: int
    end: int
    id: str

    @property
    def after(self) -> str:
        """The text that follows the id."""
        return self.cell.text[self.end :]


@dataclass(frozen=True)
class Dataset:
    """Sheets by name, and what is known besides them.

    `known` has ids and names, by sheet, of things that the data may refer to without holding them: a workspace knows
    the framework's techniques but does not hold them, so no rule judges them. `framework` is its name and version.
    """

    origin: Origin
    sheets: Mapping[str, Sheet]
    sources: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    framework: str = ""

    @classmethod
    def of_master(cls, master: Master) -> "Dataset":
        """The data of workbooks."""
        return cls(Origin.WORKBOOK, master.sheets, master.sources)

    @classmethod
    def of_incidents(cls, incidents: Sequence[CodedIncident], framework: Framework) -> "Dataset":
        """The user's own incidents, in DISARM's columns as far as they have them.

        A row of "incidenttechniques" is a citation: its text is the quoted evidence. Row numbers count from 1.
        """
        known = {
            "techniques": {technique.id: technique.name for technique in framework.techniques.values()},
            "tactics": {tactic.id: tactic.name for tactic in framework.tactics},
        }
        sheets = {
            "incidents": _sheet("incidents", (_incident(coded) for coded in incidents)),
            "incidenttechniques": _sheet("incidenttechniques", _citations(incidents)),
        }
        return cls(Origin.WORKSPACE, sheets, known=known, framework=f"{framework.name} {framework.version}")

    def rows(self, sheet: str) -> tuple[Row, ...]:
        """The rows of a sheet; none where there is no such sheet."""
        return self.sheets[sheet].rows if sheet in self.sheets else ()

    def has_column(self, sheet: str, column: str) -> bool:
        """Whether there is such a sheet and it has that column."""
        return sheet in self.sheets and column in self.sheets[sheet].columns

    def cells(self, sheet: str, column: str) -> Iterator[Cell]:
        """The cells of a column that are not empty; none where there is no such column."""
        if self.has_column(sheet, column):
            for row in self.rows(sheet):
                if text := row.text(column):
                    yield Cell(sheet, row.number, column, text)

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """sheet -> id -> name, ids trimmed; of an id that stands twice, the first counts."""
        found: dict[str, dict[str, str]] = {sheet: dict(ids) for sheet, ids in self.known.items()}
        for sheet in SHAPES:
            if self.has_column(sheet, OWN_ID):
                ids = found.setdefault(sheet, {})
                for row in self.rows(sheet):
                    if own := trimmed(row.text(OWN_ID)):
                        ids.setdefault(own, row.text("name"))
        return found

    def known_in(self, *sheets: str) -> Mapping[str, str] | None:
        """id -> name of everything in these sheets; None if one of them is not there: nothing can be said then."""
        if sheets not in self._joined:
            there = all(sheet in self.names for sheet in sheets)
            joined = {own: name for sheet in sheets for own, name in self.names[sheet].items()} if there else None
            self._joined[sheets] = joined
        return self._joined[sheets]

    @cached_property
    def _joined(self) -> dict[tuple[str, ...], Mapping[str, str] | None]:
        return {}  # what `known_in` has joined already

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every id that a cell of a referring column names."""
        return tuple(
            Reference(cell, token, name, refers)
            for refers in REFERENCES
            for cell in self.cells(refers.sheet, refers.column)
            for token, name in (
                named_list(cell.text, refers) if refers.named else ((token, "") for token in plain_list(cell.text))
            )
        )

    @cached_property
    def inline(self) -> tuple[Inline, ...]:
        """Every id cited in running text. A workspace's texts are quotes: they cite nothing."""
        if self.origin is Origin.WORKSPACE:
            return ()
        return tuple(
            Inline(cell, start, end, token)
            for sheet, column in CITING
            for cell in self.cells(sheet, column)
            for start, end, token in inline_ids(cell.text)
        )

    def edited(self, edits: Iterable[Edit]) -> "Dataset":
        """The data with these cells changed."""
        changes: dict[str, dict[int, dict[str, str]]] = {}
        for edit in edits:
            changes.setdefault(edit.sheet, {}).setdefault(edit.row, {})[edit.column] = edit.new
        sheets = {
            name: replace(
                sheet,
                rows=tuple(
                    replace(row, cells={**row.cells, **changes[name][row.number]})
                    if row.number in changes[name]
                    else row
                    for row in sheet.rows
                ),
            )
            if name in changes
            else sheet
            for name, sheet in self.sheets.items()
        }
        return replace(self, sheets=sheets)


def _sheet(name: str, rows: Iterable[Mapping[str, str]]) -> Sheet:
    numbered = tuple(Row(number, row) for number, row in enumerate(rows, start=1))
    columns = tuple(numbered[0].cells) if numbered else ()
    return Sheet(name, columns, numbered)


def _incident(coded: CodedIncident) -> dict[str, str]:
    found = coded.extractions.values()
    return {
        OWN_ID: coded.incident.id,
        "name": coded.incident.name,
        "urls": " ".join(dict.fromkeys([*coded.incident.details.references, *(r.url for r in coded.reports if r.url)])),
        "actors": "\n".join(dict.fromkeys(actor.name for item in found for actor in item.actors)),
    }


def _citations(incidents: Sequence[CodedIncident]) -> Iterator[dict[str, str]]:
    for coded in incidents:
        for citation in coded.citations:
            code = citation.suggestion.code
            yield {
                OWN_ID: citation.id,
                "incident_id": coded.incident.id,
                "technique_ids": code.id,
                "name": "\n".join(span.quote for span in citation.suggestion.spans),
                "framework": f"{code.framework} {code.version}",
            }
