"""A team's spreadsheet of coded incidents: columns found, codes understood, every problem with its row."""

import csv
import io
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterfoil.errors import CounterfoilError, InputError, UsageError
from counterfoil.exchange import EXPORTERS, IMPORTERS
from counterfoil.exchange.sheet_mapping import chosen, suggest
from counterfoil.kb.incidents import coded_incident, incident_ids
from counterfoil.kb.workspace import Workspace
from counterfoil.model.coding import Signature
from counterfoil.model.incident import CodedIncident
from counterfoil.model.parcel import Parcel
from counterfoil.workflow.importing import apply, look, receive
from counterfoil.workflow.importing_tables import ReadTable, Wishes, read_table, save_columns
from tests.exchange.rich import disarm, rich_incident
from tests.frameworks.xlsx import write_xlsx

ADA = Signature("Ada", "2031-06-01T09:00:00.000Z")
HEAD = ["Incident", "Technique", "Quote", "URL"]


def sheet(*rows: Sequence[str], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def read(workspace: Workspace, data: bytes, name: str = "sheet.csv", **wished: Any) -> ReadTable:
    return read_table(workspace, (name, data), disarm(), Wishes(**{"signature": ADA} | wished))


def parcel(table: ReadTable) -> Parcel:
    found: Parcel = IMPORTERS.load("table").read(table.document, disarm())
    return found


def codes(table: ReadTable) -> list[tuple[str, str]]:
    """Each code of the parcel with its first quote."""
    made = parcel(table)
    return sorted(
        (one.suggestion.code.id, one.suggestion.spans[0].quote) for report in made.reports for one in report.codes
    )


def stored(workspace: Workspace, table: ReadTable) -> list[CodedIncident]:
    row = receive(workspace, "sheet.csv", table.document, "table")
    apply(workspace, row.id, disarm(), ADA)
    with workspace.reading() as connection:
        return [coded_incident(connection, one) for one in incident_ids(connection)]


def test_one_row_a_code_and_several_codes_in_a_cell(workspace: Workspace) -> None:
    data = sheet(
        HEAD,
        ["Lantern", "T0146", "fake accounts", "https://a.example/1"],
        ["Lantern", "T0097; T0098.001", "posed as dockers", "https://a.example/1"],
        ["Tide", "T0117\nT0146: Account Asset", "a press note", "https://b.example/"],
        ["Tide", "Account Asset | T0097.101 - Local Persona", "more", "https://b.example/"],
    )
    table = read(workspace, data)
    assert (table.rows, table.codes, table.problems) == (4, 7, ())
    assert codes(table) == [
        ("T0097", "posed as dockers"),
        ("T0097.101", "more"),
        ("T0098.001", "posed as dockers"),
        ("T0117", "a press note"),
        ("T0146", "a press note"),
        ("T0146", "fake accounts"),
        ("T0146", "more"),
    ]
    lantern, tide = sorted(stored(workspace, table), key=lambda one: one.incident.name)
    assert (lantern.incident.name, tide.incident.name) == ("Lantern", "Tide")
    assert [report.url for report in lantern.reports] == ["https://a.example/1"]
    assert {one.decision.analyst for one in lantern.citations} == {"Ada"}
    assert len(lantern.citations) == 3


def test_rows_that_name_no_incident_belong_to_the_one_above_and_it_is_said(workspace: Workspace) -> None:
    table = read(workspace, sheet(HEAD, ["Lantern", "T0146", "a", ""], ["", "T0117", "b", ""]))
    assert len(parcel(table).incidents) == 1
    ((row, column, what),) = [(one.row, one.column, one.what) for one in table.problems]
    assert (row, column) == (3, "Incident")
    assert "row 2" in what


def test_a_row_that_names_none_at_all_is_left_out_and_said_so(workspace: Workspace) -> None:
    table = read(workspace, sheet(HEAD, ["", "T0146", "a", ""], ["Tide", "T0117", "b", ""]))
    assert [(one.row, "left out" in one.what) for one in table.problems] == [(2, True)]
    everything = read(workspace, sheet(HEAD, ["", "T0146", "a", ""]), incident="Mine")
    assert [one.name for one in parcel(everything).incidents] == ["Mine"]


def test_what_is_no_technique_is_said_with_its_row_and_kept_as_text(workspace: Workspace) -> None:
    data = sheet(HEAD, ["Lantern", "T9999; Acount Asset; T0146", "words", ""], ["Lantern", "", "no code here", ""])
    table = read(workspace, data)
    assert [one.row for one in table.problems] == [2, 2, 3]
    assert "did you mean T0146 Account Asset" in table.problems[1].what
    assert codes(table) == [("T0146", "words")]
    (report,) = parcel(table).reports
    assert "no code here" in report.report.text
    assert {(one.where, one.what) for one in parcel(table).problems} == {
        (f"row {one.row}, {one.column}", one.what) for one in table.problems
    }


def test_an_older_version_is_carried_to_the_one_in_use_and_said(workspace: Workspace) -> None:
    from counterfoil.frameworks.migration import Verdict, migrate
    from counterfoil.frameworks.releases import known_releases
    from counterfoil.model.framework import Code

    old = [Code("DISARM", "1.4", one) for one in sorted(known_releases("DISARM").versions["1.4"].techniques)]
    moved = next(
        one
        for one in migrate(old, "1.4", "1.6")
        if one.verdict in (Verdict.RENAME, Verdict.MERGE) and one.successors[0].id != one.code.id
    )
    table = read(workspace, sheet(HEAD, ["Lantern", moved.code.id, "words", ""]), version="1.4")
    assert [one for one, _ in codes(table)] == sorted(one.id for one in moved.successors)
    assert moved.code.id in table.problems[0].what


def test_columns_without_a_role_are_kept_as_text(workspace: Workspace) -> None:
    table = read(workspace, sheet([*HEAD, "Priority"], ["Lantern", "T0146", "words", "", "very high"]))
    assert table.unused == ("Priority",)
    (report,) = parcel(table).reports
    assert "Priority: very high" in report.report.text


def test_what_differs_between_rows_of_an_incident_is_said(workspace: Workspace) -> None:
    head = ["Case", "Code", "Summary", "TLP", "Year"]
    data = sheet(head, ["Lantern", "T0146", "one", "amber", "2031"], ["Lantern", "T0117", "two", "purple", "2031"])
    (incident,) = parcel(read(workspace, data)).incidents
    assert (incident.details.summary, incident.details.year, incident.details.tlp) == ("one", "2031", "amber")
    told = " ".join(one.what for one in parcel(read(workspace, data)).problems)
    assert "another summary" in told
    assert "another tlp" in told


def test_a_label_that_there_is_not_is_the_strictest(workspace: Workspace) -> None:
    data = sheet(["Case", "Code", "TLP"], ["Lantern", "T0146", "secret"])
    (incident,) = parcel(read(workspace, data)).incidents
    assert incident.tlp.value == "red"


@pytest.mark.parametrize(
    ("written", "day"),
    [("2031-05-09", "2031-05-09"), ("9.5.2031", "2031-05-09"), ("13/05/2031", "2031-05-13"), ("3/4/2031", "")],
)
def test_dates_are_read_unless_they_may_be_two(workspace: Workspace, written: str, day: str) -> None:
    table = read(workspace, sheet([*HEAD, "Date"], ["Lantern", "T0146", "a", "", written]))
    (report,) = parcel(table).reports
    assert report.report.published == day
    assert bool(day) is not any("date" in one.what for one in parcel(table).problems)


def test_codes_may_wait_for_review(workspace: Workspace) -> None:
    (case,) = stored(workspace, read(workspace, sheet(HEAD, ["Lantern", "T0146", "a", ""]), signature=None))
    assert case.citations == ()
    assert len(case.uncited) == 1


def test_who_coded_it_and_when_is_the_rows_own_if_it_says_so(workspace: Workspace) -> None:
    data = sheet([*HEAD, "Coder", "Coded on", "Comment"], ["Lantern", "T0146", "a", "", "Ben", "2030-01-02", "sure"])
    (case,) = stored(workspace, read(workspace, data))
    decision = case.citations[0].decision
    assert (decision.analyst, decision.at, decision.comment) == ("Ben", "2030-01-02T00:00:00.000Z", "sure")


def test_again_it_is_the_same(workspace: Workspace) -> None:
    data = sheet(HEAD, ["Lantern", "T0146", "a", "https://a.example/"], ["Tide", "T0117", "b", ""])
    stored(workspace, read(workspace, data))
    later = Signature("Ada", "2031-07-01T09:00:00.000Z")
    row = receive(workspace, "sheet.csv", read(workspace, data, signature=later).document, "table")
    counts = look(workspace, row.id, disarm()).counts
    assert not any(counts[state] for state in ("new", "changed", "conflicting", "unknown"))


@pytest.mark.parametrize(
    "header",
    [
        ["Vorfall", "Techniken", "Zitat", "Link", "Datum"],
        ["Incidente", "Técnicas", "Cita", "Enlace", "Fecha"],
        ["Cas", "TTPs", "Extrait", "Lien", "Date de publication"],
        ["Кампания", "Техники", "Цитата", "Ссылка", "Дата"],
        ["Інцидент", "Техніки", "Цитата", "Посилання", "Дата"],
        ["CASE NAME", "disarm_codes", "Evidence", "Source URL", "Date"],
        ["Kampania", "Techniki", "Cytat", "Odnośnik", "Data"],
    ],
)
def test_headers_of_several_languages_are_known(header: list[str]) -> None:
    rows = [["Lantern", "T0146; T0117", "some words", "https://a.example/", "2031-05-09"]] * 3
    found = {one.role: one.column for one in suggest(header, rows)}
    assert found == dict(zip(("incident", "technique", "quote", "url", "published"), header, strict=True))


def test_content_tells_what_a_header_does_not() -> None:
    rows = [["x", "T0146", "https://a.example/"], ["y", "T0117, T0097", "https://b.example/"]]
    found = {one.role: (one.column, one.why) for one in suggest(["A", "B", "C"], rows)}
    assert found["technique"] == ("B", "it holds techniques")
    assert found["url"] == ("C", "it holds web addresses")
    names = suggest(["A", "B"], [["x", "Account Asset"], ["y", "Buy Things"]], ["Account Asset", "Buy Things"])
    assert [(one.role, one.column) for one in names] == [("technique", "B")]


def test_a_header_does_not_outweigh_what_plainly_stands_there() -> None:
    found = {one.role: one.column for one in suggest(["Technique", "Notes"], [["posing", "T0146"]] * 3)}
    assert found["technique"] == "Notes"


def test_columns_can_be_said_and_saved(workspace: Workspace) -> None:
    data = sheet(["A", "B", "C"], ["Lantern", "T0146", "words"])
    with pytest.raises(UsageError, match="named incidents") as refused:
        read(workspace, data)
    assert "--map incident" in refused.value.hint
    table = read(workspace, data, maps=("incident=A", "quote=c"))
    assert table.columns == {"incident": "A", "technique": "B", "quote": "C"}
    save_columns(workspace, "weekly", table.columns)
    assert read(workspace, data, saved="weekly").columns == table.columns
    with pytest.raises(UsageError, match="no saved map 'other'") as refused:
        read(workspace, data, saved="other")
    assert "weekly" in refused.value.hint


@pytest.mark.parametrize(
    ("given_", "words"), [("technique", "no column for a role"), ("mood=A", "no column"), ("quote=Z", "no column 'Z'")]
)
def test_a_wrong_map_is_refused(given_: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        chosen([], [given_], ["A", "B"])


def test_a_column_can_be_taken_from_a_role() -> None:
    suggested = suggest(["Incident", "Technique"], [["a", "T0146"]])
    assert chosen(suggested, ["incident="], ["Incident", "Technique"]) == {"technique": "Technique"}


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_text_tables_of_any_delimiter(workspace: Workspace, delimiter: str) -> None:
    rows = [HEAD, ["Lantern", "T0146", "words, with a comma", ""], ["Tide", "T0117", "b", ""]]
    assert codes(read(workspace, sheet(*rows, delimiter=delimiter)))[1] == ("T0146", "words, with a comma")


def test_a_workbook_and_the_sheet_that_is_named(workspace: Workspace, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "w.xlsx", {"Empty": [], "Codes": [HEAD, ["Lantern", "T0146", "words", ""]], "B": [["x"]]}
    )
    table = read(workspace, path.read_bytes(), "w.xlsx")
    assert (table.sheet, table.sheets) == ("Codes", ("Empty", "Codes", "B"))
    assert codes(table) == [("T0146", "words")]
    with pytest.raises(InputError, match="no sheet 'C'"):
        read(workspace, path.read_bytes(), "w.xlsx", sheet="C")
    with pytest.raises(UsageError, match="held techniques"):
        read(workspace, path.read_bytes(), "w.xlsx", sheet="B")


def test_a_workbook_that_would_fill_the_memory_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    import zipfile

    path = write_xlsx(tmp_path / "w.xlsx", {"A": [["x"]]})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    far = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in (parts | {"xl/worksheets/sheet1.xml": far}).items():
            package.writestr(name, content)
    with pytest.raises(InputError):
        read(workspace, path.read_bytes(), "w.xlsx")


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="Codes">{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)
_CELL = '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods(*rows: str) -> bytes:
    import zipfile

    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    listed += '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{space}">{listed}</manifest:manifest>'
        )
        package.writestr("content.xml", _ODS.format(rows="".join(rows)))
    return out.getvalue()


def ods_row(*cells: str, more: str = "", cell: str = "") -> str:
    inner = "".join(_CELL.format(text=text, more=cell) for text in cells)
    return f"<table:table-row{more}>{inner}</table:table-row>"


def test_an_opendocument_sheet(workspace: Workspace) -> None:
    data = ods(ods_row(*HEAD[:3]), ods_row("Lantern", "T0146", "ліхтар 🏮"))
    assert codes(read(workspace, data, "sheet.ods")) == [("T0146", "ліхтар 🏮")]


def test_an_opendocument_sheet_that_repeats_itself_without_end_is_refused(workspace: Workspace) -> None:
    rows, cells = ' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"'
    with pytest.raises(InputError):
        read(workspace, ods(ods_row(*HEAD[:3]), ods_row("x", more=rows, cell=cells)), "sheet.ods")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b'a,b\n"open', b"just one line"])
def test_what_is_no_table_is_said_in_a_sentence(workspace: Workspace, data: bytes) -> None:
    with pytest.raises(CounterfoilError) as refused:
        read(workspace, data)
    assert refused.value.message


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_table_of_citations_comes_back(workspace: Workspace, form: str) -> None:
    coded = rich_incident()
    out = io.BytesIO()
    EXPORTERS.load(form).write([coded], disarm(), out)
    table = read(workspace, out.getvalue(), f"sheet.{form}")
    assert table.problems == ()
    (case,) = stored(workspace, table)
    assert (case.incident.id, case.incident.name) == (coded.incident.id, coded.incident.name)
    assert case.incident.tlp is coded.incident.tlp

    def told(one: CodedIncident) -> set[object]:
        return {
            (
                citation.suggestion.code,
                frozenset(span.quote for span in citation.suggestion.spans),
                citation.suggestion.modality,
                citation.suggestion.actor,
                citation.suggestion.voice,
                citation.decision.analyst,
                citation.decision.at,
                citation.decision.comment,
            )
            for citation in one.citations
        }

    assert told(case) == told(coded)


def test_problems_as_a_file_are_harmless(workspace: Workspace) -> None:
    table = read(workspace, sheet(HEAD, ["Lantern", "=cmd|' /C calc'!A0", "a", ""], ["Tide", "T0146", "b", ""]))
    rows = list(csv.reader(io.StringIO(table.problems_csv())))
    assert rows[0] == ["row", "column", "what"]
    assert rows[1][0] == "2"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=6), max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_give_a_table_or_a_sentence(workspace: Workspace, rows: list[list[str]]) -> None:
    body = [["Lantern", "T0146", *row] for row in rows]
    with suppress(CounterfoilError):
        table = read(workspace, sheet(["Incident", "Technique", "Quote"], *body))
        made = parcel(table)
        assert all(report.report.text for report in made.reports)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["row", "values", "codes", "id"]), inner)
    ),
    max_leaves=12,
)


@given(_JSON, _JSON)
@settings(max_examples=200, deadline=None)
def test_a_plain_form_that_others_made_is_a_parcel_or_a_sentence(row: object, more: object) -> None:
    values = {"incident": "x", "published": str(more), "verdict": str(row), "decided": str(more), "quote": more}
    document = {"format": "counterfoil-table", "version": 1, "source": more, "problems": more, "analyst": "A"}
    rows = [row, {"row": more, "values": values, "codes": [row], "rest": [more]}]
    rows.append({"row": 1, "values": values, "codes": more, "rest": more})
    with suppress(CounterfoilError):
        made = IMPORTERS.load("table").read(json.dumps({**document, "rows": rows}).encode(), disarm())
        assert "x" in [one.name for one in made.incidents]
