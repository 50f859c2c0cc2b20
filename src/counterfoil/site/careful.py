"""The workbooks read so that nothing is lost: each id ends up linked or among the findings.

Ids are trimmed, lists are cut at every separator that occurs, ids run together are told apart, whole
numbers have no fraction, and the columns that DISARM's generator never shows are used.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from counterfoil.model.sheet import Master, Row, Sheet
from counterfoil.site.catalogue import Catalogue, Edge, Entry, Finding, Reference
from counterfoil.site.sheets import BELONGS, PAGE_SHEETS, need
from counterfoil.site.tokens import SHEET_OF, Address, Token, addresses, is_safe_id, listed, named, trim

#: columns shown as they are: their ids have no page, but must be known
_SHOWN = {
    "actortypes": {"sector_ids": "sectors", "framework_ids": "frameworks"},
    "countermeasures": {"resources_needed": "resources"},
    "detections": {"resources_needed": "resources"},
}
#: columns whose ids no page has a place for
_UNPLACED = {
    "tasks": ("framework_id",),
    "examples": ("object_id",),
    "externalgroupcounters": ("externalgroup_id", "activity_id"),
    "MOE": ("phase", "tactic", "counter"),
}
#: columns that have names beside the ids
_NAMED = frozenset({"techniques", "actortypes", "metatechnique", "tactic", "resources_needed"})
_AGAIN = "named before in the same cell: listed once"
_KIND = {sheet: sheet.removesuffix("s") for sheet in SHEET_OF.values()} | {
    "countermeasures": "counter",
    "actortypes": "actor type",
    "responsetypes": "response type",
    "externalgroups": "external group",
}


@dataclass
class _Reader:
    """What is known, and what was found on the way."""

    master: Master
    known: dict[str, set[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, kind: str, sheet: str, row: Row, cell: tuple[str, str], why: str) -> None:
        """Put down a finding; `cell` is (column, value)."""
        self.findings.append(Finding(kind, sheet, row.number, *cell, why))

    def tokens(self, sheet: str, row: Row, column: str, targets: Collection[str]) -> Iterator[Token]:
        """The known ids of a cell that belong to one of the target sheets; all others are reported."""
        split = named if column in _NAMED else listed
        for token in split(row.text(column)):
            if not token.id:
                self.report("not-an-id", sheet, row, (column, token.raw), "this is not an id")
            elif token.sheet not in targets:
                wanted = " or ".join(_KIND[target] for target in targets)
                self.report("wrong-kind", sheet, row, (column, token.id), f"a {wanted} is expected here")
            elif token.id not in self.known.get(token.sheet, ()):
                why = f"there is no {_KIND[token.sheet]} {token.id}"
                self.report("unknown-id", sheet, row, (column, token.id), why)
            else:
                yield token


def read(master: Master) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The complete catalogue, and a finding for each token that no page links or shows.

    Raises:
        InputError: a sheet or column that the pages need is missing.
    """
    sheets = {name: need(master, name, columns) for name, columns in PAGE_SHEETS.items()}
    reader = _Reader(master)
    rows = {name: _kept(reader, sheet) for name, sheet in sheets.items() if "disarm_id" in PAGE_SHEETS[name]}
    for name, kept in rows.items():
        reader.known[name] = {identity for identity, _ in kept}
    for name in ("resources", "sectors", "frameworks", "externalgroups"):
        listing = master.sheets.get(name)
        reader.known[name] = {trim(row.text("disarm_id")) for row in listing.rows} if listing else set()
    entries = {name: tuple(_entries(reader, name, kept)) for name, kept in rows.items()}
    entries["countermeasures"] = tuple(sorted(entries["countermeasures"], key=lambda entry: entry.id))
    catalogue = Catalogue(
        entries=entries,
        members={
            (sheet, column): _members(reader, sheet, rows[sheet], column)
            for sheet, columns in BELONGS.items()
            for column in columns
        },
        codings=_pairs(reader, sheets["incidenttechniques"], ("incident_id", "technique_ids", "name"), "incidents"),
        associated=_pairs(
            reader,
            sheets["associatedtechniques"],
            ("technique_id", "associated_technique_id", "description"),
            "techniques",
        ),
        **_actions(reader, rows["countermeasures"], "countermeasures", "incident_ids"),
        **_actions(reader, rows["detections"], "detections", "incidents"),
        references=tuple(_references(reader, rows["incidents"], sheets["urls"])),
        playbooks=_playbooks(reader),
    )
    _report_unplaced(reader)
    return catalogue, tuple(reader.findings)


Kept = list[tuple[str, Row]]


def _kept(reader: _Reader, sheet: Sheet) -> Kept:
    """The rows that can have a page, with their trimmed ids; of rows with the same id the first."""
    kept: dict[str, Row] = {}
    for row in sheet.rows:
        raw = row.text("disarm_id")
        identity = trim(raw)
        if not identity:
            reader.report("no-id", sheet.name, row, ("disarm_id", raw), "a row without an id has no page")
        elif not is_safe_id(identity):
            reader.report("bad-id", sheet.name, row, ("disarm_id", raw), "no page can be named after this id")
        elif identity in kept:
            why = f"row {kept[identity].number} has the same id: only that one has a page"
            reader.report("repeated-id", sheet.name, row, ("disarm_id", raw), why)
        else:
            kept[identity] = row
    return list(kept.items())


def _entries(reader: _Reader, sheet: str, kept: Kept) -> Iterator[Entry]:
    for identity, row in kept:
        cells = {column: row.text(column) for column in PAGE_SHEETS[sheet]}
        name = trim(cells["name"])
        if not name:
            reader.report("no-name", sheet, row, ("name", cells["name"]), "the page is titled by its id alone")
            name = "(no name)"
        for column in BELONGS.get(sheet, {}):
            cells[column] = " ".join(trim(cells[column]).split())
        for column, target in _SHOWN.get(sheet, {}).items():
            for _ in reader.tokens(sheet, row, column, (target,)):
                pass  # each known id is on the page as text; the others are reported by now
        yield Entry(identity, name, cells, row.number)


def _members(reader: _Reader, sheet: str, kept: Kept, column: str) -> tuple[Edge, ...]:
    """What the rows belong to: all ids of the cell, not just the first."""
    edges: dict[tuple[str, str], Edge] = {}
    for identity, row in kept:
        for token in reader.tokens(sheet, row, column, (BELONGS[sheet][column],)):
            if (identity, token.id) in edges:
                reader.report("repeated", sheet, row, (column, token.id), _AGAIN)
            else:
                edges[identity, token.id] = Edge(identity, token.id, sheet, row.number, column)
    return tuple(edges.values())


def _pairs(reader: _Reader, sheet: Sheet, columns: tuple[str, str, str], left_sheet: str) -> tuple[Edge, ...]:
    """Every left id of a row with every right one; a pair that says the same twice is kept once."""
    left, right, text = columns
    edges: dict[tuple[str, str, str], Edge] = {}
    for row in sheet.rows:
        sources = list(reader.tokens(sheet.name, row, left, (left_sheet,)))
        said = row.text(text)
        for target in reader.tokens(sheet.name, row, right, ("techniques",)):
            if not sources:
                why = f"the row names no known {_KIND[left_sheet]}"
                reader.report("no-source", sheet.name, row, (right, target.id), why)
            for source in sources:
                key = (source.id, target.id, said)
                if key in edges:
                    why = f"row {edges[key].row} says the same of {source.id}: listed once"
                    reader.report("repeated", sheet.name, row, (right, target.id), why)
                else:
                    edges[key] = Edge(source.id, target.id, sheet.name, row.number, right, said)
    return tuple(edges.values())


def _actions(reader: _Reader, kept: Kept, sheet: str, incidents: str) -> Mapping[str, tuple[Edge, ...]]:
    """What counters or detections work on, by field of the catalogue."""
    kind = "counter" if sheet == "countermeasures" else "detection"
    found: dict[str, dict[tuple[str, str], Edge]] = {"techniques": {}, "tactics": {}, "incidents": {}, "actortypes": {}}
    places = (("techniques", ("techniques", "tactics")), (incidents, ("incidents",)), ("actortypes", ("actortypes",)))
    for identity, row in kept:
        for column, targets in places:
            for token in reader.tokens(sheet, row, column, targets):
                edges = found[token.sheet]
                if (identity, token.id) in edges:
                    reader.report("repeated", sheet, row, (column, token.id), _AGAIN)
                else:
                    edges[identity, token.id] = Edge(identity, token.id, sheet, row.number, column)
    names = {"techniques": "techniques", "tactics": "tactics", "incidents": "incidents", "actortypes": "actors"}
    return {f"{kind}_{names[target]}": tuple(edges.values()) for target, edges in found.items()}


def _references(reader: _Reader, incidents: Kept, urls: Sheet) -> Iterator[Reference]:
    described: dict[str, Row] = {}
    for row in urls.rows:
        described.setdefault(trim(row.text("url_id")), row)
    cited: set[str] = set()
    for incident, row in incidents:
        for address in dict.fromkeys(addresses(row.text("urls"))):
            _check_address(reader, row, address)
            about = described.get(address.url) or described.get(address.raw)
            cited |= {address.url, address.raw}
            cell: Callable[[str], str] = (lambda _: "") if about is None else about.text
            yield Reference(
                incident, address.url, cell("pub_date"), cell("authors"), cell("org"), trim(cell("archive_link"))
            )
    for url, row in described.items():
        if url not in cited:
            reader.report("uncited", "urls", row, ("url_id", url), "no incident cites this address")


def _check_address(reader: _Reader, row: Row, address: Address) -> None:
    if not address.valid:
        reader.report("not-an-address", "incidents", row, ("urls", address.raw), "shown as text, not as a link")
    elif address.url != address.raw:
        reader.report("repaired", "incidents", row, ("urls", address.raw), f"linked as {address.url}")


def _playbooks(reader: _Reader) -> Mapping[str, tuple[str, ...]]:
    """The playbooks of each counter and detection, as "id name"."""
    books: dict[str, list[str]] = {}
    sheet = reader.master.sheets.get("playbooks")
    for row in sheet.rows if sheet else ():
        for owner in reader.tokens("playbooks", row, "object_id", ("countermeasures", "detections")):
            books.setdefault(owner.id, []).append(f"{trim(row.text('disarm_id'))} {trim(row.text('name'))}")
    return {owner: tuple(names) for owner, names in books.items()}


def _report_unplaced(reader: _Reader) -> None:
    """Ids in columns that DISARM's templates have no place for."""
    for name, columns in _UNPLACED.items():
        sheet = reader.master.sheets.get(name)
        for row in sheet.rows if sheet else ():
            for column in columns:
                for token in named(row.text(column)):
                    if token.id:
                        why = "the page templates have no place for this column"
                        reader.report("no-place", name, row, (column, token.id), why)
