"""The case report: what it says, in three formats, from our template or a team's own."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from docx import Document
from markdown_it import MarkdownIt
from pypdf import PdfReader

from counterfoil.errors import UsageError
from counterfoil.exchange import EXPORTERS
from counterfoil.exchange.case_report import escaped, markdown
from counterfoil.exchange.case_tokens import Block, Run, blocks
from counterfoil.model.incident import CodedIncident
from counterfoil.workflow import with_case
from tests.exchange.rich import disarm, rich_incident

EVIL = "<script>alert(1)</script> **bold** | [x](javascript:1) `a` # h\n\n- item \\ & {{ 7*7 }} #set page()"


@pytest.fixture(scope="module")
def rich() -> CodedIncident:
    return with_case(rich_incident(), disarm())


def _written(kind: str, coded: list[CodedIncident], template: str = "") -> bytes:
    out = io.BytesIO()
    EXPORTERS.load(kind).writer("", template)(coded, disarm(), out)
    return out.getvalue()


def _text_of(kind: str, content: bytes) -> str:
    if kind == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if kind == "docx":
        document = Document(io.BytesIO(content))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return str(MarkdownIt("commonmark").enable("table").render(content.decode()))


@pytest.mark.parametrize("kind", ["report", "docx", "pdf"])
def test_every_format_has_all_parts_with_their_evidence(kind: str, rich: CodedIncident) -> None:
    text = re.sub(r"\s+", " ", _text_of(kind, _written(kind, [rich])))
    assert "TLP:AMBER" in text
    for citation in rich.citations:
        assert citation.suggestion.code.id in text
        for span in citation.suggestion.spans:
            assert f"{span.start}–{span.end}" in text
    for words in ("Dockers’ Union", "lantern-news.example", "Acquiring assets", "Behaviour", "Ministry of Tides"):
        assert words in text
    assert "said not to have happened" in text
    assert all(report.sha256 in text.replace(" ", "") for report in rich.reports)


@pytest.mark.parametrize("kind", ["report", "docx", "pdf"])
def test_nothing_that_a_stranger_wrote_is_markup(kind: str, rich: CodedIncident) -> None:
    hostile = replace(rich, incident=replace(rich.incident, name=EVIL))
    text = _text_of(kind, _written(kind, [hostile]))
    assert "7*7" in text
    assert "49" not in text.split("Summary")[0]
    if kind == "report":
        assert "<script>" not in text
        assert "&lt;script&gt;" in text
        assert 'href="javascript' not in text
        assert "<strong>bold</strong>" not in text
    else:
        assert "<script>" in text
        assert "**bold**" in text


@pytest.mark.parametrize("kind", ["report", "docx", "pdf"])
def test_the_same_incidents_give_the_same_bytes(kind: str, rich: CodedIncident) -> None:
    assert _written(kind, [rich, rich]) == _written(kind, [rich, rich])


def test_a_team_replaces_the_template(rich: CodedIncident) -> None:
    lines = "{% for tactic in tactics %}{% for one in tactic.citations %}\n- {{ one.id }}\n{% endfor %}{% endfor %}"
    template = "# {{ incident.name }}\n" + lines
    text = _written("report", [rich], template).decode()
    assert text.startswith("# Ліхтар \\|")
    assert text.count("\n- T0") == len(rich.citations)
    assert "T0146" in _text_of("pdf", _written("pdf", [rich], template))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% for x in y", "line 1"),
        ("{{ nothing.here }}", "nothing"),
        ("{{ incident.__class__.__mro__ }}", "unsafe"),
        ("{{ 1/0 }}", "zero"),
        ("{% include 'x' %}", "loader"),
    ],
)
def test_a_template_that_fails_is_told_in_a_sentence(template: str, said: str, rich: CodedIncident) -> None:
    with pytest.raises(UsageError, match="template of the case report fails") as refused:
        markdown(rich, disarm(), template)
    assert said in refused.value.message


def test_other_formats_are_not_made_from_a_template() -> None:
    with pytest.raises(UsageError, match="not made from a template"):
        EXPORTERS.load("json").writer("", "x")


@pytest.mark.parametrize("words", ["1. one", "- dash", "+ plus", "===", "a * b_c", "1.6 is", "<b>", "a|b", "&amp;"])
def test_escaped_words_come_back_as_they_were(words: str) -> None:
    (block,) = blocks(escaped(words))
    assert block.kind == "paragraph"
    assert "".join(run.text for run in block.runs) == words


def test_blocks_know_styles_lists_tables_and_quotes() -> None:
    made = list(blocks("## *A* b\n\n> q **w**\n\n3. x\n4. y\n   - z\n\n| h | i |\n| - | - |\n| `c` | |\n\n---\n"))
    assert made[0] == Block("heading", (Run("A", italic=True), Run(" b")), 2)
    assert made[1] == Block("quote", (Run("q "), Run("w", bold=True)), 1)
    assert [(one.number, one.level) for one in made if one.kind == "item"] == [(3, 1), (4, 1), (0, 2)]
    (table,) = (one for one in made if one.kind == "table")
    assert table.rows[1] == ((Run("c", code=True),), ())
    assert made[-1].kind == "rule"


def test_a_word_file_holds_no_clock_and_no_forbidden_letter(rich: CodedIncident) -> None:
    odd = replace(rich, incident=replace(rich.incident, name="bell \x07 half \ud800"))
    with ZipFile(io.BytesIO(_written("docx", [odd]))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "bell � half �" in _text_of("docx", _written("docx", [odd]))
    assert b"%PDF" in _written("pdf", [odd])[:10]


def test_views_leave_out_what_did_not_happen(rich: CodedIncident) -> None:
    views = {view.key: view for view in rich.case.views}
    shown = {entry.name for view in views.values() for group in view.groups for entry in group.entries}
    assert any(name.startswith("T0146 ") for name in shown)
    assert not any(name.startswith("T0150.003") for name in shown)
    phases = {group.name: [entry.name[:5] for entry in group.entries] for group in views["kill_chain"].groups}
    assert phases["Acquiring assets"] == ["T0146"]
    assert [group.name[0] for group in views["abcde"].groups] == list("ABCDE")
