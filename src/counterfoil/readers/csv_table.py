"""Tables as text (CSV, TSV): a row a block, cells set apart by " | ", as in the tables of other formats."""

import csv
from collections.abc import Iterable
from io import StringIO
from statistics import mode

from counterfoil.errors import ReadError
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers.draft import Draft, check_text_size, clean
from counterfoil.readers.encoding import decode
from counterfoil.readers.reader import Reader, Source

CELLS = " | "
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 50
_PROSE_CELL = 200  #: characters: a row with a cell of prose gives one block a cell


def read(source: Source) -> Report:
    """Read a CSV file with commas, semicolons, tabs or bars; blanks and line ends in cells become one blank.

    Raises:
        ReadError: too large, not text, in a wrong encoding, empty, or a quotation mark is never closed.
    """
    check_text_size(source, len(source.data))
    text, guessed = decode(source.data, source.name)
    text = clean(text.removeprefix("\ufeff"))
    draft = Draft()
    for cells in _rows(text, delimiter_of(text), source):
        prose = max(map(len, cells)) > _PROSE_CELL
        for block in cells if prose else [CELLS.join(cells)]:
            draft.add(BlockKind.TABLE, block.strip(" |") if prose else block.strip())
    if guessed:
        draft.note(f"The file does not say its encoding; it was read as {guessed}.")
    return draft.report(source, title=source.stem)


def _rows(text: str, delimiter: str, source: Source) -> Iterable[list[str]]:
    """Cells of each row that has any, on one line each; a bar inside a cell is no end of it."""
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            cells = [" ".join(cell.split()).replace("|", "/") for cell in row]
            if any(cells):
                yield cells
    except csv.Error as error:
        raise ReadError(
            f"{source.name} is a damaged CSV file: {error}.", "Look for a quotation mark that is never closed."
        ) from error


def delimiter_of(text: str) -> str:
    """What sets cells apart: the sign that gives most rows of the beginning the same number of cells, above one."""
    lines = text.split("\n", _SAMPLE_ROWS)[:_SAMPLE_ROWS]

    def regular(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0
        usual = mode(widths) if widths else 1
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(_DELIMITERS, key=regular)


READER = Reader(
    read=read,
    suffixes=(".csv", ".tsv", ".tab"),
    media_types=("text/csv", "text/tab-separated-values"),
    sniff=lambda _: False,  # a text with commas is no table: its name says what it is
    contained=False,
)
