"""From a file or bytes to a report: which reader, in which process, and in which language the text is."""

import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from counterfoil.errors import ReadError
from counterfoil.model.report import Original, Report
from counterfoil.readers.about import checked, stored_name
from counterfoil.readers.reader import Limits, Reader, Source

_DEFAULTS = Limits()
#: First bytes of files that people try and no reader reads: a plain word for each. Where these are letters
#: ("MZ", "GIF8"), prose may begin with them too; such a pattern goes on to bytes that no prose has.
_FOREIGN = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Word file (.doc) or one protected by a password"),
    (re.compile(rb"\{\\rtf"), "a rich text file (.rtf)"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd.oasis", re.S), "an OpenDocument file"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.S), "an e-book (.epub)"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "a ZIP archive, not a DOCX file"),
    (re.compile(rb"\x1f\x8b|\xfd7zXZ|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd"), "a compressed file"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "a compressed file"),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a(?=.{0,64}\0)|RIFF(?=.{0,64}\0)....WEBP|II\*\0|MM\0\*", re.S),
        "a picture",
    ),
    (re.compile(rb"\x7fELF|MZ(?=.{0,62}\0)|\xcf\xfa\xed\xfe", re.S), "a program"),
)
#: The same for what has another door here: the last word is where to go. Looked at before the ones above.
_ELSEWHERE = (
    (
        re.compile(rb"PK\x03\x04.*?xl/workbook\.", re.S),
        "a spreadsheet",
        "Coded incidents are taken in with: counterfoil import-table. A table to be coded: save it as CSV.",
    ),
    (re.compile(rb"PK\x03\x04.*?ppt/presentation\.", re.S), "a presentation", "Save it as PDF."),
    (
        re.compile(rb"\s*\{\s*\"(?=.{0,200}\"bundle(?:--[0-9a-f-]{36})?\")", re.S),
        "a STIX bundle",
        "It is taken in with: counterfoil import.",
    ),
    (re.compile(rb"\s*\{\s*\"Event\"\s*:\s*\{"), "a MISP event", "It is taken in with: counterfoil import."),
)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+/|www\.")  #: how a web address begins that lacks its scheme
_SHOWN = 200  #: letters of a path that cannot be opened; one too long for the system is too long to print
_FORMATS = "Counterfoil reads text, Markdown, HTML, PDF, DOCX, EML and CSV files."
_UNTELLING_TYPES = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading one source gives: the report, and the original to keep beside it."""

    report: Report
    original: Original


def read_file(path: Path | str, limits: Limits = _DEFAULTS) -> ReadResult:
    """Read a file. `Report.source` is the path as given, but for what is no Unicode in it (`stored_name`).

    Raises:
        ReadError: it is missing, no file, not allowed, too large, or unreadable in its format.
    """
    data, name = file_bytes(path, limits)
    return read_bytes(data, name, limits=limits)


def read_all(data: bytes, name: str, media_type: str = "", limits: Limits = _DEFAULTS) -> list[ReadResult]:
    """All reports of a file: one, but for formats whose files hold several. Arguments as of `read_bytes`.

    Raises:
        ReadError: one of them cannot be read.
    """
    name = stored_name(name)
    _check_size(name, len(data), limits)
    source = Source(data, name, media_type, limits)
    parts = choose(source)[1].parts if data.strip() else None
    return [read_bytes(one, name, media_type, limits) for one in (parts(source) if parts else (data,))]


def file_bytes(path: Path | str, limits: Limits = _DEFAULTS) -> tuple[bytes, str]:
    """A file's bytes, and the name that it is known by.

    Raises:
        ReadError: it is missing, no file, not allowed, or too large.
    """
    path = Path(path)
    name = stored_name(str(path))
    try:
        about = path.stat()  # before opening: to open a pipe would wait for whoever writes to it
        if stat.S_ISDIR(about.st_mode):
            raise ReadError(f"{name} is a folder, not a file.")
        if not stat.S_ISREG(about.st_mode):
            raise ReadError(f"{name} is not a regular file.")
        _check_size(name, about.st_size, limits)
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        hint = "Check the path." + (" A web address begins with https://." if _ADDRESS.match(name) else "")
        raise ReadError(f"There is no file {name}.", hint) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no file can have such a name"
        shown = name if len(name) <= _SHOWN else f"{name[: _SHOWN // 2]}…{name[-_SHOWN // 2 :]}"
        raise ReadError(f"{shown} cannot be opened: {reason}.") from error
    return data, name


def read_bytes(data: bytes, name: str, media_type: str = "", limits: Limits = _DEFAULTS) -> ReadResult:
    """Read bytes that came from standard input (`name` "-") or from a URL (`name` the final URL).

    `media_type` is the server's Content-Type, with its charset if there is one. The format goes by content
    first, then by media type, then by the suffix of `name`; what nothing claims is plain text.

    Raises:
        ReadError: empty, too large, of no known format, or unreadable in its format.
    """
    name = stored_name(name)
    _check_size(name, len(data), limits)
    if not data.strip():
        raise ReadError(f"{name if name != '-' else 'Standard input'} is empty.")
    source = Source(data, name, media_type, limits)
    chosen, reader = choose(source)
    if reader.contained:
        from counterfoil.readers.contained import read_contained

        report = read_contained(chosen, source)
    else:
        report = reader.read(source)
    from counterfoil.readers.language import language_of

    report = checked(report)
    if report.language == "und":
        report = replace(report, language=language_of(report.text))
    return ReadResult(report, Original(data, reader.media_types[0]))


def choose(source: Source) -> tuple[str, Reader]:
    """The name of the reader for a source, and the reader.

    Raises:
        ReadError: the name promises a format that the bytes are not in, or they are of a foreign format.
    """
    from counterfoil.readers import READERS

    readers: dict[str, Reader] = {name: READERS.load(name) for name in READERS.names()}
    for name, reader in readers.items():
        if reader.sniff(source.data):
            return name, reader
    for magic, what, hint in (*_ELSEWHERE, *((magic, what, _FORMATS) for magic, what in _FOREIGN)):
        if magic.match(source.data):
            raise ReadError(f"{source.name} is {what}.", hint)
    name = _by_media_type(source, readers) or _by_suffix(source, readers) or "text"
    if readers[name].signed:
        raise ReadError(f"{source.name} should be {name.upper()}, but its content is not.", _FORMATS)
    return name, readers[name]


def _by_media_type(source: Source, readers: dict[str, Reader]) -> str:
    media_type = source.media_type.partition(";")[0].strip().lower()
    if media_type in _UNTELLING_TYPES:
        return ""
    return next((name for name, reader in readers.items() if media_type in reader.media_types), "")


def _by_suffix(source: Source, readers: dict[str, Reader]) -> str:
    path = source.name.partition("?")[0].partition("#")[0] if "://" in source.name else source.name
    suffix = Path(path).suffix.lower()
    return next((name for name, reader in readers.items() if suffix and suffix in reader.suffixes), "")


def _check_size(name: str, size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise ReadError(
            f"{name} has {size / 1e6:.0f} MB; the limit is {limits.file_bytes / 1e6:.0f} MB.",
            "Split it, or keep only the part that is to be coded.",
        )
