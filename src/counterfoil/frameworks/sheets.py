"""Read .xlsx workbooks into `model.sheet`, with python-calamine."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path

from counterfoil.errors import ReadError
from counterfoil.frameworks.workbook_package import SheetFault, inspect
from counterfoil.model.sheet import Cell, Master, Row, Sheet

MOST_BYTES = 100 * 1024 * 1024  #: of a workbook as it lies on disk


def read_master(paths: Iterable[Path]) -> Master:
    """The sheets of these workbooks together; of a sheet that stands in two, the first counts if both agree.

    Raises:
        ReadError: a file is missing, too large, not a workbook, or contradicts another.
    """
    return read_inspected(paths)[0]


def read_inspected(paths: Iterable[Path]) -> tuple[Master, list[SheetFault]]:
    """The same, with the merged cells and valueless formulas that reading passes over.

    Raises:
        ReadError: as `read_master`.
    """
    sheets: dict[str, Sheet] = {}
    sources: dict[str, str] = {}
    faults: list[SheetFault] = []
    for path in paths:
        data = _contents(path)
        faults += (fault for fault in inspect(path, data) if fault.sheet not in _ADMINISTRATIVE)
        for sheet in _sheets(path, data):
            if sheet.name in _ADMINISTRATIVE:
                continue
            if sheet.name in sheets and sheets[sheet.name] != sheet:
                raise ReadError(
                    f"The sheet {sheet.name!r} of {path} differs from that of {sources[sheet.name]}.",
                    "Name one workbook, or a folder that holds one version.",
                )
            sheets[sheet.name] = sheet
            sources[sheet.name] = str(path)
    return Master(sheets, sources), faults


_ADMINISTRATIVE = frozenset({"Export Summary", "README", "FRAMEWORK_ADMIN_README", "FRAMEWORK_ADMIN CODES"})


def _contents(path: Path) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}.") from error
    if not data:
        raise ReadError(f"{path} is empty or over {MOST_BYTES // 1024 // 1024} MB.", "Name the workbook itself.")
    return data


def _sheets(path: Path, data: bytes) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            _sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in workbook.sheet_names
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise ReadError(f"{path} is not a workbook that can be read: {error}.", "Save it as .xlsx.") from error


def _sheet(name: str, table: Sequence[Sequence[Cell]]) -> Sheet:
    columns = _columns(table[0] if table else [])
    rows = tuple(
        Row(number, dict(zip(columns, cells, strict=True)))
        for number, cells in enumerate(table[1:], start=2)
        if any(cell != "" for cell in cells)
    )
    return Sheet(name, columns, rows)


def _columns(header: Sequence[Cell]) -> tuple[str, ...]:
    """The column names; a nameless one is "#3" by its position, a repeated one "name (2)"."""
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        wanted = str(cell).strip() or f"#{place}"
        numbered = (f"{wanted} ({number})" for number in count(2))
        names.append(wanted if wanted not in names else next(name for name in numbered if name not in names))
    return tuple(names)
