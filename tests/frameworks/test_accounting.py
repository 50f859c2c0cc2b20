"""No token is lost: the raw sheets are counted here without any of the loader's code.

Every cell of DISARM's workbooks is read with the spreadsheet library alone and cut into words. Each word must
be found in the item that its row became, in what that item keeps of the cell, or in the load report at
that very place. Ids are counted one by one: linked, or in the report, none twice and none missing.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from counterfoil.frameworks.load import load
from counterfoil.model.loaded import Fate, Loaded, Remark

pytestmark = pytest.mark.shared

#: sheet -> the list of the catalogue that its rows fill
LISTS = {
    "frameworks": "frameworks",
    "tasks": "tasks",
    "detections": "detections",
    "countermeasures": "counters",
    "playbooks": "playbooks",
    "responsetypes": "responsetypes",
    "metatechniques": "metatechniques",
    "actortypes": "actortypes",
    "resources": "resources",
    "sectors": "sectors",
    "MOE": "effectiveness",
    "MOP": "performance",
    "examples": "examples",
    "incidents": "incidents",
    "urls": "sources",
    "associatedtechniques": "associated",
    "incidenttechniques": "incidenttechniques",
    "narratives": "narratives",
    "externalgroups": "externalgroups",
    "externalgroupcounters": "externalgroupcounters",
    "tools": "tools",
}
#: columns that hold ids, whatever stands beside them
OF_IDS = {
    ("tactics", "phase_id"),
    ("techniques", "tactic_id"),
    ("actortypes", "sector_ids"),
    ("actortypes", "framework_ids"),
    ("tasks", "tactic_id"),
    ("tasks", "framework_id"),
    ("playbooks", "object_id"),
    ("examples", "object_id"),
    ("MOE", "phase"),
    ("MOE", "tactic"),
    ("incidenttechniques", "incident_id"),
    ("incidenttechniques", "technique_ids"),
    ("associatedtechniques", "technique_id"),
    ("associatedtechniques", "associated_technique_id"),
    ("externalgroupcounters", "externalgroup_id"),
    ("externalgroupcounters", "activity_id"),
    *(
        (sheet, column)
        for sheet in ("countermeasures", "detections")
        for column in ("metatechnique", "actortypes", "resources_needed", "tactic", "responsetype", "techniques")
    ),
    ("countermeasures", "incident_ids"),
    ("detections", "incidents"),
}
#: what a column of ids fills; several columns of one sheet can name the same kind of thing
FILLS = {
    ("tactics", "phase_id"): ("phase",),
    ("techniques", "tactic_id"): ("tactic",),
    ("actortypes", "sector_ids"): ("sectors",),
    ("actortypes", "framework_ids"): ("frameworks",),
    ("tasks", "tactic_id"): ("tactic",),
    ("tasks", "framework_id"): ("framework",),
    ("playbooks", "object_id"): ("response",),
    ("examples", "object_id"): ("of",),
    ("MOE", "phase"): ("tactic",),
    ("MOE", "tactic"): ("technique",),
    ("incidenttechniques", "incident_id"): ("incident",),
    ("incidenttechniques", "technique_ids"): ("techniques",),
    ("associatedtechniques", "technique_id"): ("technique",),
    ("associatedtechniques", "associated_technique_id"): ("associated",),
    ("externalgroupcounters", "externalgroup_id"): ("group",),
    ("externalgroupcounters", "activity_id"): ("response",),
    "metatechnique": ("metatechniques",),
    "actortypes": ("actortypes",),
    "resources_needed": ("resources",),
    "tactic": ("tactic",),
    "responsetype": ("responsetype",),
    "techniques": ("techniques", "tactics"),
    "incident_ids": ("incidents",),
    "incidents": ("incidents",),
}
ID = re.compile(r"[A-Z]{1,3}\d{2,}(?:[.:]\d+)*")
READ_BY_NOBODY = {"Export Summary", "README", "FRAMEWORK_ADMIN_README", "FRAMEWORK_ADMIN CODES"}


@dataclass(frozen=True)
class Raw:
    sheet: str
    row: int
    column: str
    key: str
    text: str


def cells(path: Path) -> Iterator[Raw]:
    """Every cell with content below the header, as the library gives it."""
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        if name in READ_BY_NOBODY:
            continue
        header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        key = "url_id" if name == "urls" else "disarm_id"
        for number, row in enumerate(rows, start=2):
            texts = [str(int(c)) if isinstance(c, float) and c == int(c) else str(c) for c in row]
            own = texts[header.index(key)] if key in header else ""
            for place, (column, text) in enumerate(zip(header, texts, strict=True), start=1):
                if text.strip():
                    yield Raw(name, number, str(column).strip() or f"#{place}", own.strip(), text)


def words(text: str) -> list[str]:
    return re.findall(r"[^\s,;\u00a0]+", text)


def texts_of(value: Any) -> str:
    """All that stands in a field."""
    if isinstance(value, tuple):
        return " ".join(texts_of(item) for item in value)
    return str(value)


class Books:
    """Counts of one workbook or pair against what was loaded of it."""

    def __init__(self, loaded: Loaded, paths: list[Path]) -> None:
        self.loaded = loaded
        self.raw = [cell for path in paths for cell in cells(path)]
        framework = loaded.framework
        listed = {sheet: getattr(loaded.catalogue, name) for sheet, name in LISTS.items()}
        listed |= {"phases": framework.phases, "tactics": framework.tactics}
        listed |= {"techniques": tuple(framework.techniques.values())}
        self.items = {(sheet, item.id): item for sheet, items in listed.items() for item in items}
        self.names = {item.id: item.name for item in self.items.values()}
        self.loose = {(row.sheet, row.row): row for row in loaded.catalogue.loose}
        self.remarks: dict[tuple[str, int, str], list[Remark]] = {}
        for remark in loaded.report.remarks:
            self.remarks.setdefault((remark.sheet, remark.row, remark.column), []).append(remark)
        self.ids = Counter[str]()

    def lost(self) -> list[str]:
        return [f"{cell}: {word}" for cell in self.raw for word in self._lost_of(cell)]

    def _lost_of(self, cell: Raw) -> Iterator[str]:
        loose = self.loose.get((cell.sheet, cell.row))
        if loose is not None:
            if loose.cells[cell.column] != cell.text:
                yield cell.text
            return
        item = self.items[cell.sheet, cell.key]
        remarks = self.remarks.get((cell.sheet, cell.row, cell.column), [])
        other = getattr(item, "other", self.loaded.catalogue.columns.get(item.id, {}))
        if (cell.sheet, cell.column) in OF_IDS:
            yield from self._lost_ids(cell, item, remarks)
            names = " ".join(self.names.get(identity, "") for identity in ID.findall(cell.text))
            kept = " ".join([names, other.get(cell.column, ""), *(remark.value for remark in remarks)])
            rest = [word for word in words(ID.sub(" ", cell.text)) if word not in ("-", ":")]
            if cell.text.strip().upper() == "ALL":
                rest = [] if item.every_tactic or item.every_technique else rest
        else:
            # The whole text of any other cell stands in a field or beside it.
            mine = [getattr(item, field.name) for field in fields(item)]
            kept = " ".join([*map(texts_of, mine), *other.values(), *(remark.value for remark in remarks)])
            rest = [word for word in words(cell.text) if word != "and"]
            if (cell.sheet, cell.column) == ("incidents", "urls"):
                rest = self._addresses(cell, item, remarks)
            elif cell.column in ("externalgroup", "counter"):
                kept += " " + self.names.get(getattr(item, "group", "") or getattr(item, "counter", ""), "")
        yield from (word for word in rest if word.casefold() not in kept.casefold())

    def _lost_ids(self, cell: Raw, item: Any, remarks: list[Remark]) -> Iterator[str]:
        written = Counter(ID.findall(cell.text))
        fills = FILLS.get((cell.sheet, cell.column)) or FILLS[cell.column]
        linked = Counter(ID.findall(" ".join(texts_of(getattr(item, name)) for name in fills)))
        told = [r for r in remarks if r.fate is Fate.UNLINKED or "twice" in r.why]
        reported = Counter(identity for remark in told for identity in ID.findall(remark.value)[:1])
        self.ids.update(written=written.total(), linked=linked.total(), reported=reported.total())
        if written != linked + reported:
            yield f"written {written}, linked {linked}, reported {reported}"

    def _addresses(self, cell: Raw, item: Any, remarks: list[Remark]) -> list[str]:
        """What is missing of a cell of web addresses: each begins with http and not inside another one."""
        starts = len(re.findall(r"(?<![/=])https?:", cell.text))
        twice = sum("twice" in remark.why for remark in remarks)
        self.ids.update(addresses=starts)
        assert starts == len(item.urls) + twice, cell
        together = re.sub(r"(?<=https:)/(?!/)", "//", re.sub(r"(?:\s|%20)+", "", cell.text))
        for address in sorted(item.urls, key=len, reverse=True):
            together = together.replace(address.replace("%20", ""), "")
        return words(together)


@pytest.mark.parametrize("version", ["1.3", "1.4", "1.5", "1.6"])
def test_each_framework_workbook(version: str, shared: Path) -> None:
    path = shared / f"disarm/history/DISARM_FRAMEWORKS_MASTER_v{version}.xlsx"
    books = Books(load(path), [path])
    assert books.lost() == []
    assert books.ids["written"] == books.ids["linked"] + books.ids["reported"] > 2000


def test_both_workbooks_together(shared: Path) -> None:
    folder = shared / "disarm/DISARM_MASTER_DATA"
    books = Books(load(folder), sorted(folder.glob("*.xlsx")))
    assert books.lost() == []
    assert len(books.raw) > 15_000
    assert books.ids["written"] == books.ids["linked"] + books.ids["reported"] > 3500
    assert books.ids["addresses"] > 130


def test_a_lost_token_would_be_noticed(shared: Path) -> None:
    # The counter itself is put to the test: one remark and one link less must show.
    path = shared / "disarm/history/DISARM_FRAMEWORKS_MASTER_v1.6.xlsx"
    books = Books(load(path), [path])
    place = next(place for place, told in books.remarks.items() if told[0].fate is Fate.UNLINKED)
    del books.remarks[place]
    assert len(books.lost()) == 1
