"""An .xlsx workbook of texts and numbers, written row by row with the same bytes each time.

What a cell cannot hold is said on the workbook's last sheet: Excel takes 32,767 UTF-16 units a cell. Characters
that XML cannot hold are written in the form that the standard has for them (_x0001_; ECMA-376 part 1, 22.9.2.19).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

LONGEST = 32_767  #: UTF-16 units of a cell
MOST_ROWS = 1_048_575  #: of a sheet, besides its header
NOTES = "notes"
_AT = datetime(1980, 1, 1)
_CUT = " …[cut]"

Cell = str | int | float


class Workbook:
    """Sheets that grow side by side. `add` appends a row, `close` writes the file."""

    def __init__(self, out: BinaryIO, sheets: Mapping[str, Sequence[str]], title: str = "") -> None:
        from xlsxwriter import Workbook as Book

        # `constant_memory` keeps rows in temporary files, one a sheet. Texts are texts, whatever they look like.
        guesses = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
        self._book: Any = Book(out, {"constant_memory": True, **dict.fromkeys(guesses, False)})
        self._book.set_properties({"title": title, "author": "Counterfoil", "created": _AT})
        self._head = self._book.add_format({"bold": True})
        self._text = self._book.add_format({"quote_prefix": True})
        self._sheets = {name: self._book.add_worksheet(name) for name in (*sheets, NOTES)}
        self._rows = dict.fromkeys(self._sheets, 0)
        self._over: dict[str, int] = {}
        self._notes: list[tuple[str, Cell, str, str]] = []
        for name, columns in sheets.items():
            self._put(name, columns, self._head)
            self._sheets[name].freeze_panes(1, 0)

    def add(self, sheet: str, cells: Sequence[Cell]) -> None:
        """Append a row; what does not fit is noted."""
        if self._rows[sheet] > MOST_ROWS:
            self._over[sheet] = self._over.get(sheet, 0) + 1
            return
        self._put(sheet, [self._fitting(sheet, number, cell) for number, cell in enumerate(cells)])

    def note(self, sheet: str, where: Cell, column: str, what: str) -> None:
        """Say something of a row on the last sheet."""
        self._notes.append((sheet, where, column, what))

    def close(self) -> None:
        """Write the notes and the file."""
        for sheet, rows in self._over.items():
            self.note(sheet, MOST_ROWS + 1, "", f"{rows} more rows did not fit: export them as csv or parquet")
        self._put(NOTES, ["sheet", "row", "column", "what"], self._head)
        for note in self._notes:
            self._put(NOTES, note)
        self._book.close()

    def _put(self, sheet: str, cells: Sequence[Cell], form: Any = None) -> None:
        row = self._rows[sheet]
        page = self._sheets[sheet]
        for number, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    page.write_string(row, number, cell, form or (self._text if cell[0] in "=+-@'" else None))
            else:
                page.write_number(row, number, cell)
        self._rows[sheet] = row + 1

    def _fitting(self, sheet: str, number: int, cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        row = self._rows[sheet] + 1
        if "\ufffe" in cell or "\uffff" in cell:
            cell = cell.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
            self.note(sheet, row, column_letters(number), "U+FFFE and U+FFFF, which are no characters, became U+FFFD")
        units = len(cell.encode("utf-16-le")) // 2
        if units <= LONGEST:
            return cell
        self.note(sheet, row, column_letters(number), f"cut: {len(cell)} characters do not fit into a cell")
        return _shortened(cell, LONGEST - len(_CUT)) + _CUT


def _shortened(text: str, units: int) -> str:
    """As much of the text as fits, no pair of surrogates parted."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def column_letters(number: int) -> str:
    """How a spreadsheet calls a column; 0 is "A"."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
