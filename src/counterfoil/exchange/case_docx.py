"""The case report as a Word document, made by python-docx of the report's Markdown.

Only styles that Word has in every document are used, so that a team's own look is one click away. Times inside the
file are those of the incident: the same incident gives the same bytes.
"""

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from counterfoil.exchange.case_report import markdown
from counterfoil.exchange.case_tokens import Block, Runs, blocks
from counterfoil.exchange.exporter import Exporter
from counterfoil.model.framework import Framework
from counterfoil.model.incident import CodedIncident

if TYPE_CHECKING:
    from docx.document import Document

#: What XML cannot hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LEVELS = 3  #: of lists that Word's own styles have


def write(incidents: Iterable[CodedIncident], framework: Framework, out: BinaryIO, template: str = "") -> None:
    """Write the reports of all incidents as one document, each beginning on a page of its own."""
    from docx import Document
    from docx.enum.text import WD_BREAK
    from docx.text.paragraph import Paragraph

    document = Document()
    body = document.element.body
    section = body[-1]
    made: list[Any] = []  # taken out of the body on the way: it is searched for its end with every paragraph
    latest = datetime(1980, 1, 1, tzinfo=UTC)
    for number, coded in enumerate(incidents):
        if made:
            Paragraph(made[-1], document).add_run().add_break(WD_BREAK.PAGE)
        for block in blocks(markdown(coded, framework, template)):
            _add(document, block)
        made += body[:-1]
        del body[:-1]
        times = [coded.incident.created, *(citation.decision.at for citation in coded.citations)]
        latest = max(latest, *(datetime.fromisoformat(time).astimezone(UTC) for time in times))
        document.core_properties.title = _fit(coded.incident.name)[:255] if not number else "Incidents"
    for element in made:
        section.addprevious(element)
    about = document.core_properties
    about.author, about.last_modified_by, about.comments = "Counterfoil", "Counterfoil", ""
    about.created = about.modified = latest.replace(tzinfo=None)
    saved = io.BytesIO()
    document.save(saved)
    _repack(saved, out)


def _add(document: "Document", block: Block) -> None:
    if block.kind == "heading":
        _words(document.add_heading(level=min(block.level, 9)), block.runs)
    elif block.kind == "table":
        _table(document, block)
    elif block.kind == "rule":
        document.add_paragraph()
    else:
        paragraph = document.add_paragraph(style=_style(block))
        if block.number:
            paragraph.add_run(f"{block.number}. ")
        _words(paragraph, block.runs)


def _style(block: Block) -> str:
    if block.kind == "quote":
        return "Intense Quote" if block.level > 1 else "Quote"
    if block.kind == "item":
        level = min(block.level, LEVELS)
        # Numbers are written out below: Word's own numbering would run on from list to list.
        return "List Bullet" + (f" {level}" if level > 1 else "") if not block.number else "List Paragraph"
    return "Normal"


def _words(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        made = paragraph.add_run(_fit(run.text))
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.code:
            made.font.name = "Consolas"


def _table(document: "Document", block: Block) -> None:
    width = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, runs in zip(cells, row, strict=False):
            _words(cell.paragraphs[0], runs)
            if number == 0:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    document.add_paragraph()


def _fit(text: str) -> str:
    return _UNFIT.sub("�", text)


def _repack(made: io.BytesIO, out: BinaryIO) -> None:
    """The same package with no clock in it."""
    with ZipFile(made) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), ZIP_DEFLATED)


EXPORTER = Exporter(
    label="Case report (Word)",
    suffix=".docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    write=write,
    binary=True,
    templated=lambda template: partial(write, template=template),
)
