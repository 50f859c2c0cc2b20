"""Mail messages."""

from email.message import EmailMessage

import pytest

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers import read_bytes
from tests.readers.checks import shape, sound

TEXT = "Dear all,\n\nForty pages praise the ministry. Please look into it.\n\n> Who paid for them?\n"


def _message(text: str | None = TEXT, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Kites — über Riga"
    message["From"] = "Ada Märsh <ada@harbour.example>"
    message["To"] = "desk@harbour.example"
    message["Date"] = "Tue, 17 Sep 2024 08:00:00 +0200"
    message["Message-ID"] = "<1@harbour.example>"
    if text is not None:
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return message


def _read(message: EmailMessage | bytes, name: str = "mail.eml") -> Report:
    report = read_bytes(bytes(message), name).report
    sound(report)
    return report


def test_plain_text_is_preferred() -> None:
    report = _read(_message(html="<p>The other body.</p>"))
    assert shape(report) == [
        ("heading", 1, "Kites — über Riga"),
        ("paragraph", 0, "Dear all,"),
        ("paragraph", 0, "Forty pages praise the ministry. Please look into it."),
        ("quote", 1, "Who paid for them?"),
    ]
    assert (report.title, report.author, report.published) == ("Kites — über Riga", "Ada Märsh", "2024-09-17")


def test_html_body_without_hidden_text() -> None:
    html = '<html><body><p>Forty pages.</p><p style="display:none">unseen</p><ul><li>one</li></ul></body></html>'
    report = _read(_message(None, html))
    assert shape(report)[1:] == [("paragraph", 0, "Forty pages."), ("list_item", 0, "one")]
    assert report.notes == ("Left out 6 characters of hidden text.",)


def test_attachments_are_named() -> None:
    message = _message()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="kites.pdf")
    message.add_attachment(_message("Inner words."))
    report = _read(message)
    assert report.notes == ("Attachments that were not read: kites.pdf, message/rfc822.",)
    assert "Inner words" not in report.text


def test_known_by_its_headers_without_a_suffix() -> None:
    assert read_bytes(bytes(_message()), "-").original.media_type == "message/rfc822"
    assert read_bytes(b"From: the desk\nSubject: kites\n\nBody", "x.txt").original.media_type == "text/plain"


def test_legacy_body_encodings() -> None:
    head = b"From: a@b.example\nDate: Tue, 17 Sep 2024 08:00:00 +0200\nSubject: x\n"
    body = "Сеть поддельных страниц хвалила министерство."
    typed = (
        head + b"Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n" + body.encode("koi8-r")
    )
    assert body in _read(typed).text
    assert body in _read(head + b"\n" + body.encode()).text
    odd = head + b"Content-Type: text/plain; charset=no-such\n\n" + body.encode()
    assert body in _read(odd).text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"From: a@b.example\nSubject: x\nDate: now\n\n", "empty body"),
        (b"From: a@b.example\nSubject: x\nDate: now\nContent-Type: image/png\n\nabc", "without a text body"),
        (b'From: a\nSubject: x\nDate: y\nContent-Type: multipart/mixed; boundary="b"\n\n'
         b"--b\nContent-Type: image/png\n\nabc\n--b--\n",
         "without a text body"),
    ],
)  # fmt: skip
def test_messages_without_text_are_an_error(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read_bytes(data, "mail.eml")


@pytest.mark.parametrize(
    "header",
    [b"Date: 99 Foo 20", b"From: \"<<>>,,;;:", b"Subject: =?utf-8?q?=FF=FE?=", b"From: =?x-none?b?AAAA?= <>",
     b"Content-Type: text/plain; charset=\"", b"Subject: a\n b\n\tc"],
)  # fmt: skip
def test_malformed_headers_do_not_hinder_the_body(header: bytes) -> None:
    data = b"Message-ID: <1@a>\nMIME-Version: 1.0\nReceived: x\n" + header + b"\n\nThe words of the body.\n"
    assert _read(data).text.endswith("The words of the body.")
