"""PDF: text in reading order, with pages, without running headers and broken words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.model.report import BlockKind, Page, Report
from counterfoil.readers.about import is_date
from counterfoil.readers.draft import Draft, clean, one_line
from counterfoil.readers.pdf_columns import Line, columns
from counterfoil.readers.pdf_flow import Paragraph, paragraphs
from counterfoil.readers.pdf_margins import without_margins
from counterfoil.readers.pdf_page import page_runs
from counterfoil.readers.pdf_tables import with_tables
from counterfoil.readers.reader import Reader, Source
from counterfoil.readers.text import unwrap

_HEADER = re.compile(rb"%PDF-\d")
_HEADER_ROOM = 1024  #: bytes before the header that readers put up with
#: What no text holds: control characters (not ESC, of Japanese and of terminals), or a printer's own orders.
_BINARY = re.compile(rb"[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]|\x1b%-12345X")
_TRAILER_ROOM = 4096
_MIN_LETTERS = 10
_OCR_HINT = "Run it through OCR first, for example with ocrmypdf."
_DATE = re.compile(r"(?:D:)?((?:19[89]|20[0-9])\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_BAD_TITLE = re.compile(
    r"untitled.*|.*\.(?:docx?|pdf|indd|qxp|tex|pptx?|odt|rtf|txt)|microsoft (?:word|powerpoint)\b.*|document\d*"
    r"|slide \d+|powerpoint presentation|layout \d+|\W*\d*\W*|.*[\\/].*\..*|print|template",
    re.I | re.S,
)
_BAD_AUTHOR = re.compile(r"(?:admin|administrator|user|owner|unknown|author|microsoft.*|root|\W*|.*@.*|\w{0,2})", re.I)
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]")


def read(source: Source) -> Report:
    """Read a PDF with pdfium, and with pypdf what pdfium cannot open.

    Raises:
        ReadError: truncated, damaged, encrypted, too many pages, or without a text layer.
    """
    _check_whole(source)
    draft = Draft()
    with _opened(source) as document:
        if document is None:
            flow, pages, about = _by_pypdf(source, draft)
        else:
            flow, pages, about = _by_pdfium(document, source, draft)
    _check_text(flow, source)
    page_list = _add(draft, flow, pages)
    published = _date(about.get("CreationDate", ""))
    draft.note("The date is the one on which the PDF was made." if is_date(published) else "")
    report = draft.report(
        source,
        title=_title(about.get("Title", ""), draft) or source.stem,
        author=_unless(_BAD_AUTHOR, about.get("Author", "")),
        published=published,
    )
    return replace(report, pages=page_list)


def _check_whole(source: Source) -> None:
    end = source.data.rstrip(b"\0 \r\n\t")[-_TRAILER_ROOM:]
    if b"%%EOF" not in end and b"startxref" not in end:
        raise ReadError(f"{source.name} is a truncated PDF: its end is missing.", "Download or copy the file again.")


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    """The pdfium document, or None if only another parser may be able to open it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                f"{source.name} is encrypted: it needs a password.", "Save a copy without a password."
            ) from error
        yield None
        return
    try:
        _check_pages(count, source)
        yield document
    finally:
        document.close()


def _check_pages(count: int, source: Source) -> None:
    if count > source.limits.pages:
        raise ReadError(f"{source.name} has {count} pages; the limit is {source.limits.pages}.", "Split it.")


def _by_pdfium(document: Any, source: Source, draft: Draft) -> tuple[list[Paragraph], int, dict[str, str]]:
    import pypdfium2

    pages: list[list[Line]] = []
    unreadable: list[int] = []
    rotated: list[int] = []
    column = letters = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            runs, skipped = page_runs(page)
            page.close()
        except pypdfium2.PdfiumError:
            unreadable.append(number)
            runs, skipped = [], False
        rotated += [number] if skipped else []
        lines: list[Line] = []
        for stack in columns(with_tables(runs)):
            column += 1
            for line in stack:
                line.page, line.column = number, column
                line.text = clean(line.text)
            lines.extend(line for line in stack if line.text)
        letters += sum(len(line.text) for line in lines)
        _check_letters(letters, source)
        pages.append(lines)
    blank = [n for n, lines in enumerate(pages, 1) if not lines and n not in unreadable]
    pages, note = without_margins(pages)
    draft.note(note)
    draft.note(f"Left out text that stands askew on pages: {_numbers(rotated)}." if rotated else "")
    draft.note(f"Pages without a text layer: {_numbers(blank)}." if blank else "")
    draft.note(f"Pages that are damaged and could not be read: {_numbers(unreadable)}." if unreadable else "")
    about = {key: str(value) for key, value in document.get_metadata_dict().items()}
    return paragraphs([line for lines in pages for line in lines]), len(pages), about


def _check_letters(letters: int, source: Source) -> None:
    if letters > source.limits.text_bytes:
        raise ReadError(f"{source.name} holds more than {source.limits.text_bytes / 1e6:.0f} MB of text.", "Split it.")


def _by_pypdf(source: Source, draft: Draft) -> tuple[list[Paragraph], int, dict[str, str]]:
    """What pdfium cannot open. pypdf knows no geometry: lines are joined by their length alone."""
    from io import BytesIO

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(source.data))
        _check_pages(len(reader.pages), source)
        texts = [page.extract_text() for page in reader.pages]
        metadata = {key.lstrip("/"): str(value) for key, value in (reader.metadata or {}).items()}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as error:
        # pypdf checks little before it trusts a structure: these are what broken ones end in.
        raise ReadError(
            f"{source.name} is a damaged PDF: no parser can open it.", "Open it in a viewer and print it to PDF."
        ) from error
    draft.note("The PDF is damaged and was read by a simpler parser: columns may be mixed.")
    flow: list[Paragraph] = []
    for number, text in enumerate(texts, 1):
        lines = [line.strip() for line in clean(text).split("\n")]
        for at, paragraph in enumerate(unwrap(lines)):
            flow.append(Paragraph(BlockKind.PARAGRAPH, paragraph, 0, [(0, number)] if at == 0 else []))
    return flow, len(texts), metadata


def _check_text(flow: list[Paragraph], source: Source) -> None:
    text = "".join(paragraph.text for paragraph in flow)
    if sum(1 for char in text if char.isalnum()) < _MIN_LETTERS:
        raise ReadError(f"{source.name} has no text layer: it is probably scanned.", _OCR_HINT)
    if len(_UNREADABLE.findall(text)) > 0.3 * len(text):
        raise ReadError(f"{source.name} has a text layer that cannot be read: its fonts hide their letters.", _OCR_HINT)


def _add(draft: Draft, flow: list[Paragraph], count: int) -> tuple[Page, ...]:
    """Put the paragraphs into the draft; returns each page's range of the text."""
    starts: dict[int, int] = {}
    for paragraph in flow:
        before = len(draft.blocks)
        draft.add(paragraph.kind, paragraph.text.replace("\xad", ""), paragraph.level)
        if len(draft.blocks) > before:
            start = draft.blocks[-1].start
            for offset, number in paragraph.marks:
                starts.setdefault(number, start + offset)
    end = draft.blocks[-1].end if draft.blocks else 0
    pages: list[Page] = []
    for number in range(count, 0, -1):  # backwards: a page ends where the next one with text begins
        start = starts.get(number, end)
        pages.append(Page(number, start, max(start, end)))
        end = start
    return tuple(reversed(pages))


def _title(value: str, draft: Draft) -> str:
    return _unless(_BAD_TITLE, value) or draft.first_heading()


def _unless(bad: re.Pattern[str], value: str) -> str:
    value = one_line(value)
    return "" if bad.fullmatch(value) or len(value) > 300 else value


def _date(value: str) -> str:
    found = _DATE.match(value)
    return "-".join(found.groups()) if found else ""


def _numbers(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:20]))
    return f"{listed} and {len(numbers) - 20} more" if len(numbers) > 20 else listed


def _sniff(data: bytes) -> bool:
    """A header at the start, or after binary junk; after words it is what a text says about PDF."""
    header = _HEADER.search(data[:_HEADER_ROOM])
    if header is None:
        return False
    before = data[: header.start()].removeprefix(b"\xef\xbb\xbf")
    return not before.strip() or _BINARY.search(before) is not None


READER = Reader(
    read=read,
    suffixes=(".pdf",),
    media_types=("application/pdf", "application/x-pdf"),
    sniff=_sniff,
    signed=True,
)
