"""Complete pages: every token linked or reported, every link resolves, tables hold."""

import html
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest

from counterfoil.errors import InputError, UsageError
from counterfoil.site.pages import Pages, Settings, generate
from tests.site.small import TABLES, master

LINK = re.compile(r"\]\((\.\.[^)]*)\)|href=\"([^\"]*)\"")
CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]* t="(inlineStr|s)"[^>]*>(.*?)</c>', re.DOTALL)
TEXT = re.compile(r"<t[^>]*>(.*?)</t>", re.DOTALL)
ID = re.compile(r"(?<![A-Za-z0-9])(?:FW|TA|TK|PB|[TICAMDFPRSGE])\d{2,6}(?:\.\d{1,3})?(?![A-Za-z0-9])")
URL = re.compile(r"https?:/+[^\s|]+?(?=(?:%20)?(?:\s|$)|%20https?:)")

#: columns that are prose: an id in them is a mention, not a citation
PROSE = {"name", "name_DE", "summary", "summary_DE", "description", "notes", "longname", "url", "urls", "url_id",
         "archive_link", "code_url", "changes from v0.1", "Jon's comments/questions", "Jon's comments", "how_found",
         "references", "authors", "org", "main topic", "subtopic", "function", "twitter_handle", "URL", "Name",
         "Their description", "Notes", "found_via"}  # fmt: skip
#: notes to the editors, not data
ADMINISTRATIVE = {"README", "FRAMEWORK_ADMIN_README", "FRAMEWORK_ADMIN CODES", "Export Summary"}
#: what a row's citations are about, where that is not the row's own id
SUBJECT = {"incidenttechniques": "incident_id", "associatedtechniques": "technique_id", "playbooks": "object_id"}
#: kinds of ids that have no page: their standing in the text is enough
TEXT_ONLY = ("P", "R", "S", "FW")


@dataclass(frozen=True)
class RawToken:
    sheet: str
    row: int
    column: str
    value: str
    subjects: tuple[str, ...]


def plain(xml: bytes) -> str:
    return "".join(html.unescape(part) for part in TEXT.findall(xml.decode()))


def raw_rows(workbook: Path) -> Iterator[tuple[str, int, dict[str, str]]]:
    """The cells of a workbook straight from its XML: no loader of ours has a hand in it."""
    with zipfile.ZipFile(workbook) as archive:
        strings = archive.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in archive.namelist() else b""
        shared = [plain(item) for item in re.findall(rb"<si>(.*?)</si>", strings, re.DOTALL)]
        names = re.findall(r'<sheet name="([^"]*)"', archive.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, start=1):
            rows: dict[int, dict[str, str]] = {}
            for column, row, kind, content in CELL.findall(archive.read(f"xl/worksheets/sheet{number}.xml")):
                text = shared[int(content[3:-4])] if kind == b"s" else plain(content)
                rows.setdefault(int(row), {})[column.decode()] = text
            heads = rows.pop(1, {})
            for row_number, cells in rows.items():
                yield html.unescape(name), row_number, {heads.get(key, key): text for key, text in cells.items()}


def raw_tokens(workbooks: list[Path]) -> Iterator[RawToken]:
    for workbook in workbooks:
        for sheet, row, cells in raw_rows(workbook):
            own = SUBJECT.get(sheet, "disarm_id")
            subjects = tuple(ID.findall(cells.get(own, "")))
            for column, text in cells.items():
                if column not in PROSE and column != "disarm_id" and sheet not in ADMINISTRATIVE:
                    for value in ID.findall(text):
                        yield RawToken(sheet, row, column, value, subjects)


def state(token: RawToken, page: dict[str, str], reported: set[tuple[str, int, str, str]]) -> str:
    """Where a token of the raw sheets has gone: linked from or to its row's page, shown, reported, or lost."""
    if (token.sheet, token.row, token.column, token.value) in reported:
        return "reported"
    for subject in token.subjects:
        if subject == token.value and subject in page:
            return "linked"
        if f"/{token.value}.md)" in page.get(subject, "") or f"/{subject}.md)" in page.get(token.value, ""):
            return "linked"
        if token.value.startswith(TEXT_ONLY) and re.search(rf"\b{token.value}\b", page.get(subject, "")):
            return "shown"
    return "lost"


def states(tokens: list[RawToken], pages: Pages) -> Counter[str]:
    reported = {(finding.sheet, finding.row, finding.column, finding.value) for finding in pages.findings}
    page = {path.rpartition("/")[2].removesuffix(".md"): text for path, text in pages.texts.items()}
    return Counter(state(token, page, reported) for token in tokens)


@pytest.mark.shared
def test_every_token_of_the_raw_sheets_is_linked_or_reported(shared: Path, complete: Pages, exact: Pages) -> None:
    tokens = list(raw_tokens(sorted((shared / "disarm" / "DISARM_MASTER_DATA").glob("*.xlsx"))))
    counts = states(tokens, complete)
    assert counts["lost"] == 0
    assert counts["linked"] > 2000
    assert counts["reported"] > 1500
    assert states(tokens, exact)["lost"] > 2000  # DISARM's generator reports nothing
    known = {(token.sheet, token.row, token.column, token.value) for token in tokens}
    ids = [f for f in complete.findings if f.kind in ("unknown-id", "no-place", "wrong-kind", "repeated")]
    assert {(each.sheet, each.row, each.column, each.value) for each in ids} <= known


@pytest.mark.shared
def test_every_web_address_is_on_its_page_or_reported(shared: Path, complete: Pages) -> None:
    everything = "".join(complete.texts.values())
    reported = {(finding.sheet, finding.row, finding.value) for finding in complete.findings}
    found = 0
    for sheet, row, cells in raw_rows(shared / "disarm" / "DISARM_MASTER_DATA" / "DISARM_DATA_MASTER.xlsx"):
        for column in ("urls", "url_id"):
            for url in URL.findall(cells.get(column, "")):
                page = complete.texts.get(f"generated_pages/incidents/{cells.get('disarm_id')}.md", everything)
                found += 1
                assert (sheet, row, url) in reported or f"[{url}](" in page, url
    assert found > 150


@pytest.mark.shared
def test_every_relative_link_resolves(complete: Pages) -> None:
    assert broken_links(complete) == []
    assert sum(len(LINK.findall(text)) for text in complete.texts.values()) > 3000


@pytest.mark.shared
def test_the_exact_pages_do_have_broken_links(exact: Pages) -> None:
    assert len(broken_links(exact)) > 100  # or the test above could not fail


def broken_links(pages: Pages) -> list[tuple[str, str]]:
    return [
        (path, target)
        for path, text in pages.texts.items()
        for pair in LINK.findall(text)
        if not (target := pair[0] or pair[1]).startswith("http")
        and posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) not in pages.texts
    ]


@pytest.mark.shared
def test_tables_hold_and_years_are_whole(complete: Pages) -> None:
    for path, text in complete.texts.items():
        if path.endswith(".md"):
            assert uneven_tables(text) == [], path
            assert not re.search(r"Year started:\*\* \d+\.\d|<td>\d{4}\.0</td>", text), path
            assert not path.endswith("/.md")


def uneven_tables(text: str) -> list[str]:
    """Rows of Markdown tables that have more or fewer cells than their heading."""
    width, bad = 0, []
    for line in text.split("\n"):
        bars = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if bars and width and (bars != width or not line.endswith("|")):
            bad.append(line)
        width = bars
    return bad


BENT = "One | two \\| three\n\nfour\u2028five"


def test_a_newline_or_a_pipe_breaks_no_table() -> None:
    rows = [{"incident_id": "I00001", "technique_ids": "T0001", "name": BENT}]
    incidents = [{"disarm_id": "I00001", "name": "A ] b | c\nd [", "summary": BENT, "urls": "https://x.org/a(b)|c"}]
    texts = generate(master(incidenttechniques=rows, incidents=incidents)).texts
    for path in ("generated_pages/incidents/I00001.md", "generated_pages/techniques/T0001.md"):
        assert uneven_tables(texts[path]) == []
        assert "One \\| two \\| three<br>four<br>five |" in texts[path]
    assert "[I00001 A \\] b \\| c<br>d \\[](../../" in texts["generated_pages/techniques/T0001.md"]
    assert "](https://x.org/a%28b%29%7Cc)" in texts["generated_pages/incidents/I00001.md"]
    assert "<td>A ] b | c<br>d [</td>" in texts["generated_pages/incidents_index.md"]


@pytest.mark.parametrize(
    "between", [",", ", ", "; ", "\n", " / ", "|", "\N{NO-BREAK SPACE}", ",\N{ZERO WIDTH SPACE}", " & "]
)
def test_a_list_is_cut_at_every_separator(between: str) -> None:
    rows = [{"incident_id": "\N{NO-BREAK SPACE}I00001 ", "technique_ids": f"T0001{between}T0001.001", "name": "x"}]
    pages = generate(master(incidenttechniques=rows))
    assert "techniques/T0001.001.md" in pages.texts["generated_pages/incidents/I00001.md"]
    assert "incidents/I00001.md" in pages.texts["generated_pages/techniques/T0001.001.md"]


@pytest.mark.parametrize("token", ["T0001:001", "t0001", "T9999", "TA01", "Invent"])
def test_what_is_no_technique_is_reported(token: str) -> None:
    pages = generate(
        master(incidenttechniques=[{"incident_id": "I00001", "technique_ids": f"T0002, {token}", "name": "x"}])
    )
    found = [finding for finding in pages.findings if finding.sheet == "incidenttechniques"]
    assert [(finding.row, finding.column, finding.value) for finding in found] == [(2, "technique_ids", token)]
    assert "techniques/T0002.md" in pages.texts["generated_pages/incidents/I00001.md"]


def test_a_counter_shows_all_that_its_row_says() -> None:
    page = generate(master()).texts["generated_pages/counters/C00002.md"]
    for target in ("techniques/T0001", "techniques/T0002", "tactics/TA02", "incidents/I00001", "actortypes/A001"):
        assert f"generated_pages/{target}.md" in page
    assert "* **Playbooks**: PB00001 Ask a friend\n" in page


def test_an_entry_of_two_metatechniques_is_listed_by_both() -> None:
    metatechniques = [*TABLES["metatechniques"], {"disarm_id": "M002", "name": "Haste"}]
    counters = [{"disarm_id": "C00001", "name": "Wait", "metatechnique": "M001 - Patience, M002 - Haste"}]
    texts = generate(master(metatechniques=metatechniques, countermeasures=counters, playbooks=[])).texts
    assert "C00001" in texts["generated_pages/metatechniques/M001.md"]
    assert "C00001" in texts["generated_pages/metatechniques/M002.md"]


def test_pages_need_an_id_of_their_own() -> None:
    rows = [
        {"disarm_id": " I00001", "name": ""},
        {"disarm_id": "I00001", "name": "b"},
        {"name": "c"},
        {"disarm_id": "../x"},
    ]
    pages = generate(master(incidents=rows))
    assert [path for path in pages.texts if "/incidents/" in path] == ["generated_pages/incidents/I00001.md"]
    assert "# Incident I00001: (no name)\n" in pages.texts["generated_pages/incidents/I00001.md"]
    assert {"no-name", "repeated-id", "no-id", "bad-id"} <= {finding.kind for finding in pages.findings}


def test_addresses_are_told_apart_and_repaired() -> None:
    cell = "https://a.org/x%20https:/b.org/y, https://c.org/https://d.org none"
    pages = generate(master(incidents=[{"disarm_id": "I00001", "name": "x", "urls": cell}]))
    page = pages.texts["generated_pages/incidents/I00001.md"]
    for url in ("https://a.org/x", "https://b.org/y", "https://c.org/https://d.org"):
        assert f"| [{url}]({url}) |" in page
    assert "| none |" in page
    assert {"repaired", "not-an-address", "uncited"} <= {finding.kind for finding in pages.findings}


def test_a_missing_sheet_or_column_is_one_sentence() -> None:
    whole = master()
    without = {name: sheet for name, sheet in whole.sheets.items() if name != "urls"}
    with pytest.raises(InputError, match="no sheet 'urls'"):
        generate(type(whole)(without, whole.sources))
    bent = type(whole.sheets["urls"])("urls", ("url_id",), ())
    with pytest.raises(InputError, match="no column 'pub_date'"):
        generate(type(whole)({**without, "urls": bent}, whole.sources), Settings(exact=True))


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(UsageError, match="no template"):
        generate(master(), Settings(template="1999"))


def test_a_template_without_a_table_reports_what_it_cannot_show() -> None:
    pages = generate(master(), Settings(template="2024-11"))
    assert "Associated Technique" not in pages.texts["generated_pages/techniques/T0001.md"]
    found = [finding for finding in pages.findings if finding.sheet == "associatedtechniques"]
    assert [(finding.kind, finding.value) for finding in found] == [("no-place", "T0002")]
