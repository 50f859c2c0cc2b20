"""A DOCX file is a ZIP of XML parts. Here it is opened warily: sizes, entities and hidden text first."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from counterfoil.errors import ReadError
from counterfoil.readers.reader import Source

_MAX_ENTRIES = 5000
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/(?:_rels/)?[\w-]+\.xml(?:\.rels)?", re.I
)
MAIN_PART = re.compile(rb"word/document\d*\.xml")
_DOCTYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.I)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a DOCX that hold text, safe to parse: name -> XML."""

    parts: dict[str, bytes]

    def rezipped(self) -> BytesIO:
        """The same parts as an archive of their own, stored without compression."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, xml in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), xml)
        target.seek(0)
        return target


def open_package(source: Source) -> Package:
    """Inflate the XML parts within the limits.

    Raises:
        ReadError: damaged, encrypted, no DOCX, larger inside than the limit, or with a DOCTYPE in a part.
    """
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            entries = archive.infolist()
            _check_declared(entries, source)
            parts = _inflate(archive, [entry for entry in entries if _NEEDED.fullmatch(entry.filename)], source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise ReadError(
            f"{source.name} is a damaged DOCX file: {error or 'its archive breaks off'}.",
            "Open it in a word processor and save it again.",
        ) from error
    if not any(MAIN_PART.fullmatch(name.encode()) for name in parts):
        raise ReadError(f"{source.name} is a ZIP archive, but no DOCX: it has no word/document.xml.")
    for name, xml in parts.items():
        if _DOCTYPE.search(xml):
            raise ReadError(
                f"{source.name} declares a DOCTYPE or an entity in {name}; no word processor writes that.",
                "It may be made to attack its readers. Save it again from a word processor if you trust it.",
            )
    return Package(parts)


def _check_declared(entries: list[zipfile.ZipInfo], source: Source) -> None:
    if len(entries) > _MAX_ENTRIES:
        raise ReadError(f"{source.name} is an archive of {len(entries)} files; a DOCX has a few dozen.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError(f"{source.name} is encrypted.", "Save a copy without a password.")
    declared = sum(entry.file_size for entry in entries)
    if declared > source.limits.unpacked_bytes:
        raise _too_large(source, f"{declared / 1e6:.0f} MB")


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], source: Source) -> dict[str, bytes]:
    """Read entries while the true sum stays within the limit: what an archive declares may be a lie."""
    parts: dict[str, bytes] = {}
    left = source.limits.unpacked_bytes
    for entry in entries:
        with archive.open(entry) as stream:
            xml = stream.read(left + 1)
        left -= len(xml)
        if left < 0:
            raise _too_large(source, "more")
        parts[entry.filename] = xml
    return parts


def _too_large(source: Source, size: str) -> ReadError:
    limit = source.limits.unpacked_bytes / 1e6
    return ReadError(
        f"{source.name} unpacks to {size} where the limit is {limit:.0f} MB: it may be a ZIP bomb.",
        "If it is real, save its text alone as a new document.",
    )


def without_hidden_runs(package: Package, source: Source) -> tuple[Package, int, int]:
    """The package without text formatted as hidden; how many characters that was, and how many deletions.

    Raises:
        ReadError: a part is not well-formed XML.
    """
    parts = dict(package.parts)
    hidden = deletions = 0
    for name in parts:
        if re.fullmatch(r"word/(?:document\d*|footnotes|endnotes)\.xml", name):
            parts[name], dropped, deleted = _strip(parts[name], name, source)
            hidden += dropped
            deletions += deleted
    return Package(parts), hidden, deletions


def parse_xml(xml: bytes, name: str, source: Source) -> Any:
    """The root of a part. Entities are not resolved and nothing is fetched.

    Raises:
        ReadError: not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{source.name} is a damaged DOCX file: {name} is not XML ({error}).") from error


def _strip(xml: bytes, name: str, source: Source) -> tuple[bytes, int, int]:
    from lxml import etree

    root = parse_xml(xml, name, source)
    deletions = sum(1 for _ in root.iter(f"{_W}del", f"{_W}moveFrom", f"{_STRICT}del", f"{_STRICT}moveFrom"))
    doomed = [run for run in root.iter(f"{_W}r", f"{_STRICT}r") if _is_vanished(run)]
    hidden = 0
    for run in doomed:
        texts = run.iter(f"{_W}t", f"{_STRICT}t")
        hidden += sum(len("".join((text.text or "").split())) for text in texts)
        run.getparent().remove(run)
    return (etree.tostring(root, xml_declaration=True, encoding="UTF-8") if doomed else xml), hidden, deletions


def _is_vanished(run: Any) -> bool:
    for space in (_W, _STRICT):
        properties = run.find(f"{space}rPr")
        mark = None if properties is None else properties.find(f"{space}vanish")
        if mark is not None and (mark.get(f"{space}val") or "true").lower() not in _OFF:
            return True
    return False
