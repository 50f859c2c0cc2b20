"""Mail messages (EML): subject, sender, date and the body; attachments are named, not read."""

import re
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from counterfoil.errors import ReadError
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers.draft import Draft, check_text_size, one_line
from counterfoil.readers.encoding import decode
from counterfoil.readers.hidden import hidden_note
from counterfoil.readers.html import fragment_blocks
from counterfoil.readers.html_encoding import decode_page
from counterfoil.readers.reader import Reader, Source
from counterfoil.readers.text import blocks_of

_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+")
_TELLING = re.compile(rb"^(from|date|subject|message-id|mime-version|received|return-path):", re.I | re.M)


def read(source: Source) -> Report:
    """Read a message: its plain text body if it has one, else its HTML body.

    The subject is the title, and the first block too, so that it can be cited.

    Raises:
        ReadError: no body, a body too large, or one in a wrong encoding.
    """
    message = BytesParser(policy=policy.default).parsebytes(source.data)
    assert isinstance(message, EmailMessage)  # the default policy makes nothing else
    draft = Draft()
    subject = _header(message, "subject")
    draft.add(BlockKind.HEADING, subject, 1)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ReadError(f"{source.name} is a message without a text body.", _attachment_hint(message))
    _add_body(draft, body, source)
    if len(draft.blocks) < (2 if subject else 1):
        raise ReadError(f"{source.name} is a message with an empty body.", _attachment_hint(message))
    if names := _attachments(message):
        draft.note(f"Attachments that were not read: {', '.join(names)}.")
    return draft.report(
        source,
        title=subject or source.stem,
        author=_sender(message),
        published=_date(message),
    )


def _add_body(draft: Draft, body: MIMEPart, source: Source) -> None:
    payload = body.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    check_text_size(source, len(data))
    part = Source(data, source.name, _content_type(body), source.limits)
    text, note = decode_page(part) if body.get_content_charset() else (decode(data, source.name)[0], "")
    draft.note(note)
    if body.get_content_type() != "text/html":
        draft.extend(blocks_of(text))
        return
    blocks, hidden = fragment_blocks(text, source)
    draft.extend(blocks)
    draft.note(hidden_note(hidden))


def _content_type(body: MIMEPart) -> str:
    return f"{body.get_content_type()}; charset={body.get_content_charset()}"


def _attachments(message: EmailMessage) -> list[str]:
    parts = [part for part in message.iter_attachments() if not part.is_multipart() or _is_message(part)]
    return [one_line(part.get_filename() or "") or part.get_content_type() for part in parts]


def _is_message(part: MIMEPart) -> bool:
    return part.get_content_type() == "message/rfc822"


def _attachment_hint(message: EmailMessage) -> str:
    names = _attachments(message) if message.is_multipart() else []
    return f"Save its attachments and add them: {', '.join(names)}." if names else ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, IndexError):  # the parser of structured headers gives up on some malformed ones
        return ""


def _sender(message: EmailMessage) -> str:
    name, address = parseaddr(_header(message, "from"))
    return name or address


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (TypeError, ValueError, OverflowError):  # a year or a zone of twenty digits
        return ""


def _sniff(data: bytes) -> bool:
    """Header lines from the first byte on, three of them such as only a message has."""
    head = _HEADER.match(data[:50_000])
    return head is not None and len({name.lower() for name in _TELLING.findall(head.group())}) >= 3


READER = Reader(
    read=read,
    suffixes=(".eml",),
    media_types=("message/rfc822",),
    sniff=_sniff,
)
