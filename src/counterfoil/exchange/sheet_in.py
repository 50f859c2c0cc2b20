"""A user's spreadsheet of coded incidents as a parcel, once its columns and codes were understood.

What is read here is the plain form that `counterfoil import-table` makes of a sheet: a JSON object with `rows`, each
with its number, the values of its roles (see `sheet_mapping`), its codes and the columns that have no role. Each
source of an incident becomes a composed report: the quotes, and what else the rows say.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from counterfoil.errors import InputError, UsageError
from counterfoil.exchange.composed import Composition
from counterfoil.exchange.importer import MOST, Importer
from counterfoil.exchange.safe_json import plain, prose
from counterfoil.exchange.safe_json import read as read_json
from counterfoil.model.coding import Modality, Reason, Signature, Suggestion, Verdict
from counterfoil.model.framework import Code, Framework
from counterfoil.model.ids import short_id
from counterfoil.model.incident import Details, Incident
from counterfoil.model.marking import tlp
from counterfoil.model.parcel import ArrivedCode, ArrivedReport, Judged, Parcel, Problem
from counterfoil.model.report import BlockKind

FORMAT = "counterfoil-table"
VERSION = 1
LOSSES: Mapping[str, str] = {
    "formats": "colours, formulas (their values count), comments on cells, merged cells but for their first",
    "other columns": "a column without a role stands as text in the composed report",
    "texts": "a sheet has no reports: what it quotes and says is composed into one per source",
    "second values": "of an incident's name, summary, year and label the first counts; another is a problem",
}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WESTERN = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_PUBLISHED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_LIST = re.compile(r"[;\n|,]")
_OURS = re.compile(r"I-[0-9a-f]{12}")

Values = Mapping[str, str]


def recognises(name: str, head: bytes) -> bool:
    """Whether a file is the plain form of a table."""
    return name.lower().endswith(".json") and f'"format": "{FORMAT}"'.encode() in head[:300]


def read(data: bytes, framework: Framework) -> Parcel:  # noqa: ARG001 - what an importer is handed
    """The parcel of a table in its plain form.

    Raises:
        InputError: it is no such table.
    """
    document, problems = read_json(data, "the table")
    rows = document.get("rows") if isinstance(document, dict) else None
    if not isinstance(rows, list) or document.get("format") != FORMAT or document.get("version") != VERSION:
        raise InputError("This is no table of coded incidents.", "See: counterfoil import-table.")
    for told in _list(document, "problems"):
        if isinstance(told, list) and len(told) == 2:
            problems.append(Problem(plain(told[0]), plain(told[1], 500)))
    table = _Table(plain(document.get("source")), plain(document.get("analyst")), plain(document.get("decided")))
    for row in rows[:MOST]:
        if isinstance(row, dict) and isinstance(row.get("values"), dict):
            table.add(row)
    if not table.cases:
        raise InputError(f"{table.source} has no row with an incident.", "See: counterfoil import-table --help.")
    made = [case.reports(table) for case in table.cases.values()]
    incidents = [
        case.incident(table, [one.report.id for one in found])
        for case, found in zip(table.cases.values(), made, strict=True)
    ]
    reports = _each_once([one for found in made for one in found])
    return Parcel("table", table.source, reports, tuple(incidents), problems=(*problems, *table.problems))


def _each_once(reports: list[ArrivedReport]) -> tuple[ArrivedReport, ...]:
    """Two incidents whose rows say the same words share a report."""
    merged: dict[str, ArrivedReport] = {}
    for one in reports:
        known = merged.get(one.report.id)
        merged[one.report.id] = replace(known, codes=(*known.codes, *one.codes)) if known else one
    return tuple(merged.values())


@dataclass(slots=True)
class _Table:
    """The rows by incident, and what could not be taken over as it came."""

    source: str
    analyst: str
    decided: str
    cases: dict[str, "_Case"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: Mapping[str, Any]) -> None:
        number = row["row"] if isinstance(row.get("row"), int) else 0
        values = {str(role): prose(value) for role, value in row["values"].items()}
        name = plain(values.get("incident"), 500) or plain(values.get("id"))
        if not name:
            self.problem(number, "it names no incident")
            return
        key = plain(values.get("id")) or name.casefold()
        self.cases.setdefault(key, _Case(key, name)).rows.append(_Row(number, values, row))

    def problem(self, row: int, what: str) -> None:
        self.problems.append(Problem(f"row {row}", what))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    values: Values
    plain: Mapping[str, Any]

    def codes(self) -> Iterator[tuple[Code, str]]:
        """Each code with the words of the cell that gave it."""
        for one in _list(self.plain, "codes"):
            if isinstance(one, dict):
                parts = [plain(one.get(name)) for name in ("framework", "version", "id")]
                yield Code(*parts), plain(one.get("as"))

    def rest(self) -> Iterator[str]:
        """The columns without a role, as "Header: value"."""
        for pair in _list(self.plain, "rest"):
            if isinstance(pair, list) and len(pair) == 2:
                yield f"{plain(pair[0], 100)}: {prose(pair[1])}"


@dataclass(slots=True)
class _Case:
    """An incident's rows."""

    key: str
    name: str
    rows: list[_Row] = field(default_factory=list)

    def reports(self, table: _Table) -> list[ArrivedReport]:
        sources: dict[str, list[_Row]] = {}
        for row in self.rows:
            source = plain(row.values.get("url"), 2000) or plain(row.values.get("title"), 500)
            sources.setdefault(source, []).append(row)
        return [self._report(rows, table) for rows in sources.values()]

    def _report(self, rows: list[_Row], table: _Table) -> ArrivedReport:
        about = self._about(rows, table)
        text = Composition(f"{table.source}: {self.name}", about)
        named = about["title"] if about["title"] != self.name else about["url"]
        heading = text.add(": ".join(filter(None, (self.name, named))), BlockKind.HEADING)
        places: dict[str, tuple[int, int]] = {}
        found: dict[tuple[Any, ...], _Found] = {}
        for row in rows:
            place = self._row(text, row, places) or heading
            for code, words in row.codes():
                # Rows of one code with several passages say so; else each row's passage is a code of its own.
                key = (code, *_acts(row), plain(row.values.get("evidence")) or place)
                known = found.setdefault(key, _Found(code, row, words))
                if place in known.places and known.row is not row:
                    table.problem(row.number, f"{code.id} stands on the same words in row {known.row.number}")
                known.places.append(place)
        report = text.report()
        made = []
        for one in found.values():
            spans = tuple(sorted({report.span(*place) for place in one.places}))
            why = Reason(f"coded {one.words or one.code.id} in row {one.row.number} of {table.source}")
            modality, actor, voice = _acts(one.row)
            if one.row.values.get("modality") and modality.value != one.row.values["modality"].strip().lower():
                table.problem(one.row.number, f"{one.row.values['modality']!r} is no modality; read as observed")
            suggestion = Suggestion(
                report.id, one.code, spans, f"import table: {table.source}", 1.0, (why,), modality, actor, voice
            )
            made.append(ArrivedCode(suggestion, _judged(one.row, table)))
        return ArrivedReport(report, codes=tuple({one.suggestion.id: one for one in made}.values()))

    def _row(self, text: Composition, row: _Row, places: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
        """Write down what the row says; returns where its evidence stands, None if it says nothing to point to."""
        first = None
        said = [("quote", row.values.get("quote", ""), BlockKind.QUOTE)]
        said += [("rest", words, BlockKind.PARAGRAPH) for words in row.rest()]
        if not row.values.get("quote") and row.values.get("comment"):
            said.append(("comment", row.values["comment"], BlockKind.PARAGRAPH))
        for _, words, kind in said:
            if not words.strip():
                continue
            if words not in places:
                places[words] = text.add(words, kind)
            first = first or places[words]
        return first

    def _about(self, rows: list[_Row], table: _Table) -> dict[str, str]:
        """What the rows say of their source; where they differ the first counts."""
        url, title, published, publisher = (
            self._one(table, role, rows) for role in ("url", "title", "published", "publisher")
        )
        day = _day(published) or (published if _PUBLISHED.fullmatch(published) else "")
        if published and not day:
            table.problem(rows[0].number, f"{plain(published, 80)!r} is no date of a source, or may be two")
        if url and not url.startswith(("http://", "https://")):
            table.problem(rows[0].number, f"{plain(url, 80)!r} is no web address; it is the title")
            url, title = "", title or url
        return {"title": plain(title, 500) or self.name, "url": url, "published": day, "publisher": plain(publisher)}

    def incident(self, table: _Table, reports: list[str]) -> Incident:
        """The incident: of several values of one field the first counts, and the others are problems."""
        label = self._one(table, "tlp")
        try:
            label = tlp(label).value if label else ""
        except UsageError:
            table.problem(self.rows[0].number, f"{label!r} is no TLP label; treated as red")
            label = "red"
        references = dict.fromkeys(plain(row.values.get("url"), 2000) for row in self.rows)
        ours = bool(_OURS.fullmatch(self.key))
        details = Details(
            external_id="" if ours else plain(self._one(table, "id")),
            summary=self._one(table, "summary"),
            year=plain(self._one(table, "year"))[:4],
            attributed_to=self._all("attributed_to"),
            found_in=self._all("found_in"),
            references=tuple(url for url in references if url.startswith(("http://", "https://"))),
            tlp=label,
        )
        self._one(table, "incident")
        identity = self.key if ours else short_id("I", "table", table.source, self.key)
        created = table.decided or "1970-01-01T00:00:00.000Z"
        return Incident(identity, self.name, tuple(sorted(set(reports))), created, f"table {table.source}", details)

    def _one(self, table: _Table, role: str, rows: Sequence[_Row] = ()) -> str:
        first = ""
        for row in rows or self.rows:
            value = row.values.get(role, "").strip()
            first = first or value
            if value and value != first:
                table.problem(
                    row.number, f"{self.name!r} has another {role} here: {plain(value, 80)!r}; the first counts"
                )
        return first

    def _all(self, role: str) -> tuple[str, ...]:
        cells = [_LIST.split(row.values.get(role, "")) for row in self.rows]
        return tuple(dict.fromkeys(plain(part) for parts in cells for part in parts if plain(part)))


@dataclass(slots=True)
class _Found:
    """A code with the places of its passages, and the row that said it first."""

    code: Code
    row: _Row
    words: str
    places: list[tuple[int, int]] = field(default_factory=list)


def _acts(row: _Row) -> tuple[Modality, str, str]:
    """How the text puts it, who did it, who says so."""
    written = row.values.get("modality", "").strip().lower()
    modality = Modality(written) if written in set(Modality) else Modality.OBSERVED
    return modality, plain(row.values.get("actor")), plain(row.values.get("voice"))


def _judged(row: _Row, table: _Table) -> Judged | None:
    """Whose decision the row is: that of its analyst, or of who imports the sheet as their own."""
    analyst = plain(row.values.get("analyst")) or table.analyst
    decided = plain(row.values.get("decided"))
    at = decided if _is_time(decided) else f"{_day(decided)}T00:00:00.000Z" if _day(decided) else table.decided
    if decided and at == table.decided:
        table.problem(row.number, f"{decided!r} is no time of a decision")
    verdict = row.values.get("verdict", "").strip().lower() or Verdict.ACCEPTED.value
    if verdict not in set(Verdict):
        if verdict != "open":
            table.problem(row.number, f"{verdict!r} is no verdict; the code waits for review")
        return None
    if not (analyst and at and table.analyst):
        return None
    return Judged(Verdict(verdict), Signature(analyst, at, row.values.get("comment", "")))


def _list(holder: Mapping[str, Any], name: str) -> list[Any]:
    found = holder.get(name)
    return found if isinstance(found, list) else []


def _day(written: str) -> str:
    """A day as ISO 8601; empty if it is none, or may be two ("3/4/2031")."""
    match = _DAY.match(written)
    western = _WESTERN.fullmatch(written)
    if match:
        year, month, day = map(int, match.groups())
    elif western:
        day, month, year = map(int, western.groups())
        if month > 12:
            day, month = month, day
        elif day <= 12 and "/" in written and day != month:
            return ""
    else:
        return ""
    try:
        return datetime(year, month, day, tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""


def _is_time(written: str) -> bool:
    try:
        return len(written) > 10 and datetime.fromisoformat(written).tzinfo is not None
    except ValueError:
        return False


IMPORTER = Importer("table of coded incidents", recognises, read)
