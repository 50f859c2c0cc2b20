"""What a report says of itself, made safe: whatever a source claims, it can be stored and exported."""

import re
from dataclasses import replace
from datetime import date

from counterfoil.model.report import Report
from counterfoil.readers.draft import one_line

_YEARS = range(1900, 2101)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_HOST = re.compile(rb"[a-z0-9._:-]+", re.I)
_MAX_HOST = 260  #: letters: 253 by RFC 1035 and a port; the encoder is slow on long ones
#: Half characters, but for the range that Python uses for bytes of file names it cannot decode.
_SURROGATES = re.compile(r"[\ud800-\udc7f\udd00-\udfff]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN = 60
LONGEST_NAME = 300  #: characters of a title, author or publisher that are kept


def checked(report: Report) -> Report:
    """The report with only such metadata as every export can write; notes say what was left out.

    `read_bytes` passes each report through here, so no reader, ours or a third party's, can be forgotten.
    """
    notes = list(report.notes)
    published, url = report.published, one_line(report.url)
    if published and not is_date(published):
        notes.append(f"The source gives “{one_line(published)[:_SHOWN]}” as its date; that is none from 1900 to 2100.")
        published = ""
    if url and not is_web_address(url):
        notes.append(f"The source gives “{url[:_SHOWN]}” as its address; that is no web address.")
        url = ""
    names = {part: one_line(getattr(report, part)) for part in ("title", "author", "publisher")}
    for part, name in names.items():
        if len(name) > LONGEST_NAME:  # a licence or a whole paragraph where a name should be
            notes.append(f"The source gives {len(name)} characters as its {part}; they were cut.")
            names[part] = name[:LONGEST_NAME].rstrip() + "…"
    return replace(
        report,
        source=stored_name(report.source),
        title=names["title"],
        author=names["author"],
        publisher=names["publisher"],
        published=published,
        url=url,
        notes=tuple(map(one_line, notes)),
    )


def is_date(value: str) -> bool:
    """Whether `value` is a year, month or day of the calendar as ISO 8601 writes it, from 1900 to 2100.

    >>> is_date("2024-02-29"), is_date("2024-10"), is_date("2023-02-31"), is_date("1066")
    (True, True, False, False)
    """
    found = _DATE.fullmatch(value)
    if found is None or int(found[1]) not in _YEARS:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def is_web_address(url: str) -> bool:
    """Whether `url` is an http(s) address, without credentials, whose host the name system can be asked for.

    >>> is_web_address("https://ä.example/x y"), is_web_address("http://ä..example/")
    (True, False)
    """
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it checks it
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or len(parts.netloc) > _MAX_HOST:
            return False
        parts.netloc.encode("idna")  # as exports do it; there a port counts as part of the last label
        host = (parts.hostname or "").encode("idna")
    except ValueError:  # UnicodeError is one
        return False
    return _HOST.fullmatch(host) is not None


def stored_name(name: str) -> str:
    """A source's name as valid Unicode on one line: bytes that are no UTF-8 and controls become U+FFFD."""
    text = _SURROGATES.sub("\ufffd", name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _CONTROLS.sub("\ufffd", text)
