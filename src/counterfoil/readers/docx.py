"""Word documents (DOCX): the text as it stands after all tracked changes are accepted."""

from datetime import datetime

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers.docx_package import MAIN_PART, Package, open_package, parse_xml, without_hidden_runs
from counterfoil.readers.draft import Draft
from counterfoil.readers.hidden import hidden_note
from counterfoil.readers.html import fragment_blocks
from counterfoil.readers.reader import Reader, Source

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
#: Beside mammoth's own map: titles, and quotations that Word has styles for.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
"""


def read(source: Source) -> Report:
    """Read a DOCX file. Insertions are kept; deletions and text formatted as hidden are left out.

    Raises:
        ReadError: damaged, encrypted, too large inside, with a DOCTYPE, or without text.
    """
    package, hidden, deletions = without_hidden_runs(open_package(source), source)
    blocks, _ = fragment_blocks(_to_html(package, source), source)
    draft = Draft()
    draft.extend(blocks)
    draft.note(hidden_note(hidden))
    draft.note(f"Left out {deletions} tracked deletions." if deletions else "")
    title, author, created = _core_properties(package, source)
    return draft.report(source, title=title or draft.first_heading() or source.stem, author=author, published=created)


def _to_html(package: Package, source: Source) -> str:
    import mammoth

    try:
        result = mammoth.convert_to_html(
            package.rezipped(), style_map=_STYLES, convert_image=mammoth.images.img_element(_no_picture)
        )
    except (KeyError, ValueError, AttributeError, IndexError, TypeError) as error:
        # mammoth takes the parts' structure for granted: these are what a document that breaks it ends in.
        raise ReadError(
            f"{source.name} is a damaged DOCX file: its parts do not fit together ({error!r}).",
            "Open it in a word processor and save it again.",
        ) from error
    return str(result.value)


def _no_picture(_: object) -> dict[str, str]:
    return {}


def _core_properties(package: Package, source: Source) -> tuple[str, str, str]:
    """Title, author and date of creation, each empty if not set."""
    xml = package.parts.get("docProps/core.xml")
    if xml is None:
        return "", "", ""
    root = parse_xml(xml, "docProps/core.xml", source)
    title, author, created = (root.findtext(f"{tag}") or "" for tag in _CORE_TAGS)
    return title.strip(), author.strip(), _date(created.strip())


_CORE_TAGS = (f"{_DC}title", f"{_DC}creator", f"{_TERMS}created")


def _date(value: str) -> str:
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        return ""


def _sniff(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and MAIN_PART.search(data) is not None


READER = Reader(
    read=read,
    suffixes=(".docx", ".docm", ".dotx"),
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    sniff=_sniff,
    signed=True,
)
