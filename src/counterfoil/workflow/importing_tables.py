"""A user's spreadsheet of coded incidents: columns mapped, codes understood, each problem with its row."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from counterfoil.errors import UsageError
from counterfoil.model.coding import Signature, Suggestion
from counterfoil.model.framework import Code, Framework
from counterfoil.model.parcel import ArrivedCode

if TYPE_CHECKING:
    from counterfoil.exchange.sheet_mapping import Suggested
    from counterfoil.kb.workspace import Workspace
    from counterfoil.readers.spreadsheet import Spreadsheet
    from counterfoil.workflow.arriving_codes import Meanings

_ID = re.compile(r"\bT\d{4}(?:[.:]\d{3})?\b")
SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".xls")
PACKED = (b"PK\x03\x04", bytes.fromhex("d0cf11e0"))  #: workbooks begin so; the reader says if it is none
EXAMPLES = 2  #: cells that show what a column holds
_BETWEEN = re.compile(r"[;\n|]")
_AROUND = " \t\u00a0,;:|–—-()[]•*\n"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What could not be taken over as it stands in the sheet."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says of a sheet. `maps` are "role=Header"; `saved` is a saved map's name. `signature` is whose
    coding it is; None lets the codes wait for review."""

    sheet: str = ""
    maps: tuple[str, ...] = ()
    saved: str = ""
    version: str = ""
    incident: str = ""
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A sheet that was understood: its columns by role, those without one, and its plain form for the quarantine."""

    sheet: str
    sheets: tuple[str, ...]
    columns: dict[str, str]
    suggested: "tuple[Suggested, ...]"
    unused: tuple[str, ...]
    rows: int
    codes: int
    problems: tuple[RowProblem, ...]
    document: bytes = field(repr=False)

    def problems_csv(self) -> str:
        """The problems as a CSV file, harmless in a spreadsheet."""
        from counterfoil.exchange.formulas import harmless

        out = StringIO()
        rows = csv.writer(out)
        rows.writerow(["row", "column", "what"])
        rows.writerows([one.row, harmless(one.column), harmless(one.what)] for one in self.problems)
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet before anybody said what its columns are: their names, their first cells, what each seems to be."""

    sheet: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    rows: int
    columns: dict[str, str]
    suggested: "tuple[Suggested, ...]"


def is_sheet(name: str, head: bytes) -> bool:
    """Whether a file is a spreadsheet, by its name or its beginning."""
    return name.lower().endswith(SUFFIXES) or head.startswith(PACKED)


def look_at_sheet(
    workspace: "Workspace", file: tuple[str, bytes], framework: Framework, sheet: str = "", saved: str = ""
) -> SheetLook:
    """What a spreadsheet has, and what its columns seem to be, or are by a saved map.

    Raises:
        UsageError: no such saved map, or it names a column that is not there.
        InputError: it cannot be read.
    """
    from counterfoil.exchange.sheet_mapping import chosen, suggest
    from counterfoil.kb.sheet_maps import saved_map
    from counterfoil.readers.spreadsheet import read_spreadsheet

    name, data = file
    found = read_spreadsheet(data, name, sheet)
    header = _header(found)
    body = [_filled(row, len(header)) for _, row in found.rows[1:]]
    suggested = tuple(suggest(header, body, [one.name for one in framework.techniques.values()]))
    maps: list[str] = []
    if saved:
        with workspace.reading() as connection:
            maps = [f"{role}={column}" for role, column in saved_map(connection, saved).items()]
    columns = list(zip(*body, strict=True)) or [()] * len(header)
    return SheetLook(
        sheet=found.sheet,
        sheets=found.sheets,
        header=tuple(header),
        examples=tuple(tuple(dict.fromkeys(filter(None, cells)))[:EXAMPLES] for cells in columns),
        rows=len(body),
        columns=chosen(suggested, maps, header),
        suggested=suggested,
    )


def saved_columns(workspace: "Workspace") -> list[str]:
    """The names of the saved maps."""
    from counterfoil.kb.sheet_maps import map_names

    with workspace.reading() as connection:
        return map_names(connection)


def read_table(
    workspace: "Workspace", file: tuple[str, bytes], framework: Framework, wishes: Wishes = Wishes()
) -> ReadTable:
    """Understand a spreadsheet.

    Args:
        file: its name and content.

    Raises:
        UsageError: no such column, role or saved map; or nothing says which column holds techniques or incidents.
        InputError: it cannot be read.
    """
    from counterfoil.exchange.formulas import as_meant
    from counterfoil.exchange.sheet_mapping import OURS_ONLY, chosen, suggest
    from counterfoil.kb.sheet_maps import saved_map
    from counterfoil.readers.spreadsheet import read_spreadsheet
    from counterfoil.workflow.arriving_codes import meanings

    name, data = file
    found = read_spreadsheet(data, name, wishes.sheet)
    header = _header(found)
    body = [(number, [as_meant(cell) for cell in _filled(row, len(header))]) for number, row in found.rows[1:]]
    suggested = suggest(header, [row for _, row in body], [one.name for one in framework.techniques.values()])
    maps: Sequence[str] = wishes.maps
    with workspace.reading() as connection:
        if wishes.saved:
            maps = [*(f"{role}={column}" for role, column in saved_map(connection, wishes.saved).items()), *maps]
        known = meanings(connection, framework)
    columns = chosen(suggested, maps, header)
    _refuse_lacking(columns, wishes, header)
    ours = set(header) >= OURS_ONLY  # what else such a table has follows from the rest, or is listed as a loss
    reading = _Reading(columns, () if ours else header, header, wishes, known)
    rows = [reading.row(number, row) for number, row in body]
    signed = wishes.signature
    document = {
        "format": "counterfoil-table",
        "version": 1,
        "source": PurePath(name).name,
        "sha256": sha256(data).hexdigest(),
        "analyst": signed.analyst if signed else "",
        "decided": signed.at if signed else "",
        "problems": [[f"row {one.row}, {one.column}", one.what] for one in reading.problems],
        "rows": [row for row in rows if row],
    }
    unused = tuple(one for one in reading.kept if one not in columns.values())
    return ReadTable(
        sheet=found.sheet,
        sheets=found.sheets,
        columns=columns,
        suggested=tuple(suggested),
        unused=unused,
        rows=len(body),
        codes=sum(len(row["codes"]) for row in rows if row),
        problems=tuple(reading.problems),
        document=json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace"),
    )


def save_columns(workspace: "Workspace", name: str, columns: dict[str, str]) -> None:
    """Keep a mapping for the next sheet of this kind."""
    from counterfoil.kb.sheet_maps import save_map

    if not name.strip():
        raise UsageError("A saved map needs a name.", "As in: --save-map weekly.")
    with workspace.writing() as connection:
        save_map(connection, name.strip(), columns)


def _header(found: "Spreadsheet") -> list[str]:
    """The column names; a second one of the same name is numbered, a nameless one has its place for a name."""
    names: list[str] = []
    width = max(len(row) for _, row in found.rows)
    for place, cell in enumerate(_filled(found.rows[0][1], width), start=1):
        wanted = " ".join(cell.split()) or f"column {place}"
        names.append(wanted if wanted not in names else f"{wanted} ({place})")
    return names


def _filled(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))][:width]


def _refuse_lacking(columns: dict[str, str], wishes: Wishes, header: Sequence[str]) -> None:
    named = ", ".join(header)
    if "technique" not in columns:
        raise UsageError("No column looks as if it held techniques.", f"Say which: --map technique=… of: {named}.")
    if not {"incident", "id"} & columns.keys() and not wishes.incident:
        raise UsageError(
            "No column looks as if it named incidents.", f"Say which: --map incident=… of: {named}; or --incident NAME."
        )


@dataclass(slots=True)
class _Reading:
    """Row after row: values by role, codes, problems."""

    columns: dict[str, str]
    kept: Sequence[str]
    header: Sequence[str]
    wishes: Wishes
    known: "Meanings"
    problems: list[RowProblem] = field(default_factory=list)
    _above: dict[str, str] = field(default_factory=dict)
    _above_row: int = 0

    def row(self, number: int, cells: Sequence[str]) -> dict[str, Any] | None:
        """The row in its plain form; None (and a problem) if it says nothing of an incident."""
        by_header = dict(zip(self.header, cells, strict=True))
        values = {role: by_header[column] for role, column in self.columns.items() if by_header[column]}
        codes = list(self._codes(number, values.pop("technique", ""), values.get("version", "")))
        values.pop("version", None)
        if not self._incident(number, values):
            self._note(number, "incident", "the row names no incident, and none stands above it; it is left out")
            return None
        used = set(self.columns.values())
        rest = [[name, by_header[name]] for name in self.kept if by_header[name] and name not in used]
        return {"row": number, "values": values, "codes": codes, "rest": rest}

    def _incident(self, number: int, values: dict[str, str]) -> bool:
        """Whether the row's incident is known: its own, or that of the row above where the cell was left empty."""
        own = {role: values[role] for role in ("incident", "id") if values.get(role)}
        if own:
            self._above, self._above_row = own, number
            return True
        if self.wishes.incident and not self._above:
            values["incident"] = self.wishes.incident
            return True
        if self._above:
            values.update(self._above)
            named = " ".join(self._above.values())
            self._note(number, "incident", f"empty: read as that of row {self._above_row} ({named})")
            return True
        return False

    def _codes(self, number: int, cell: str, version: str) -> Iterator[dict[str, str]]:
        if not cell.strip():
            self._note(number, "technique", "the cell is empty: the row is kept as text of its incident")
            return
        seen = set()
        for technique, name in _parts(cell):
            framework = self.known.framework.name
            code = Code(framework, version or self.wishes.version, technique)
            meant = self.known.meant(ArrivedCode(Suggestion("", code, (), "", 1.0), None, name))
            if not meant.codes:
                self._note(number, "technique", f"{technique or name!r}: {meant.why}{self._near(technique or name)}")
            elif meant.why:
                self._note(number, "technique", f"{technique or name!r}: {meant.why}")
            for one in meant.codes:
                if one not in seen:
                    seen.add(one)
                    words = " ".join(filter(None, (technique, name)))
                    yield {"framework": one.framework, "version": one.version, "id": one.id, "as": words}

    def _near(self, written: str) -> str:
        from difflib import get_close_matches

        techniques = self.known.framework.techniques.values()
        names = {one.name.casefold(): f"{one.id} {one.name}" for one in techniques}
        near = get_close_matches(written.casefold(), names, n=2, cutoff=0.7)
        near_ids = get_close_matches(written.upper(), [one.id for one in techniques], n=2, cutoff=0.8)
        found = [names[one] for one in near] or near_ids
        return f" (did you mean {' or '.join(found)}?)" if found else ""

    def _note(self, row: int, role: str, what: str) -> None:
        self.problems.append(RowProblem(row, self.columns.get(role, role), what))


def _parts(cell: str) -> Iterator[tuple[str, str]]:
    """The ids and names of a cell: (id, the name beside it), or ("", name) where it has no id."""
    found = list(_ID.finditer(cell))
    for name in _names(cell[: found[0].start()] if found else cell):
        yield "", name
    ends = [*(match.start() for match in found[1:]), len(cell)]
    for match, end in zip(found, ends, strict=False):
        beside, *others = _BETWEEN.split(cell[match.end() : end], maxsplit=1)
        yield match.group().replace(":", "."), beside.strip(_AROUND)
        for name in _names(" ".join(others)) if others else ():
            yield "", name


def _names(text: str) -> Iterator[str]:
    for part in _BETWEEN.split(text):
        if name := part.strip(_AROUND):
            yield name
