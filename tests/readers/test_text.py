"""Plain text: encodings, paragraphs, titles, and what is refused."""

import codecs
from pathlib import Path

import pytest

from counterfoil.errors import ReadError
from counterfoil.model.report import BlockKind, Report
from counterfoil.readers import Limits, read_bytes, read_file
from tests.readers.checks import blocks, sound

RUSSIAN = (
    "Сеть поддельных аккаунтов распространяла ложные сообщения о выборах. Её организаторы платили авторам за "
    "каждую запись. Журналисты нашли договоры, счета и переписку, а представители компании от комментариев отказались."
)
FRENCH = (
    "Le réseau a créé de faux comptes à l’étranger. Ses opérateurs ont payé des élèves pour répéter les mêmes "
    "idées. Personne n’a été arrêté jusqu’à présent, a déclaré le procureur."
)
CHINESE = "该网络在选举前发布了数百条虚假消息。调查人员发现，这些账号由同一家公司运营。公司拒绝回应记者的提问。" * 3
PERSIAN = "این شبکه پیش از انتخابات صدها خبر دروغ منتشر کرد. چه کسی هزینه آن را پرداخت؟ شرکت پاسخی نداد."
FRENCH_SPEECH = (
    "« Nous n’y sommes pour rien », a dit l’été dernier la société « Au Phare ». Il n’y en a pas d’autre.\n\n" * 8
).strip()
ARABIC = "نشرت الشبكة مئات الأخبار الكاذبة قبل الانتخابات. من دفع ثمنها؟ رفضت الشركة الرد على أسئلة الصحفيين."
ENGLISH = "The network ran forty pages. Nobody knows who paid for them.\n\nA firm in Riga is suspected of it."


def _read(data: bytes, name: str = "notes.txt") -> Report:
    report = read_bytes(data, name).report
    sound(report)
    return report


@pytest.mark.parametrize(
    ("text", "language"),
    [(ENGLISH, "en"), (RUSSIAN, "ru"), (FRENCH, "fr"), (CHINESE, "zh"), (PERSIAN, "fa"), (ARABIC, "ar")],
    ids=["en", "ru", "fr", "zh", "fa", "ar"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(text: str, language: str, encoding: str) -> None:
    report = _read(text.encode(encoding))
    assert report.text == text
    assert report.language == language


@pytest.mark.parametrize("text", [ENGLISH, FRENCH])
def test_utf_16_without_a_mark_shows_in_latin_text(text: str) -> None:
    assert _read(text.encode("utf-16-le")).text == text
    assert _read(text.encode("utf-16-be")).text == text


@pytest.mark.parametrize("junk", [b"\x00\x01\x02\xff" * 50, b"\x00\xd8" * 90, bytes(range(256)) * 9])
def test_junk_with_a_nul_here_and_there_is_no_utf_16(junk: bytes) -> None:
    with pytest.raises(ReadError):
        _read(junk)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (FRENCH, "cp1252"), (ARABIC, "cp1256"),
        (FRENCH_SPEECH, "cp1252"), (CHINESE, "gb18030"), (CHINESE.replace("账", "號"), "gb18030"),
    ],
)  # fmt: skip
def test_legacy_encodings_are_guessed_and_said(text: str, encoding: str) -> None:
    report = _read(text.encode(encoding))
    assert report.text == text
    assert "does not say its encoding" in report.notes[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(range(256)) * 40, "binary"),
        (b"MZ" + bytes(200), "program"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        (b"text\0with\0nuls and\0odd places\0\0here", "binary"),
        (codecs.BOM_UTF16_LE + b"a\0b\0\0\xd8c\0", "UTF-16"),
        (b"\xef\xbb\xbfall well \xff\xfe not", "UTF-8"),
        (bytes(0x80 + (n * 7919) % 128 for n in range(500)), "wrong encoding"),
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        ("\u200b\n\x01".encode(), ""),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, words: str) -> None:
    if not words:
        assert _read(data).text == "\u200b"  # a zero-width character is text, if not much of it
        return
    with pytest.raises(ReadError, match=words):
        read_bytes(data, "junk.txt")


def test_paragraphs_between_blank_lines_are_unwrapped() -> None:
    text = (
        "The first paragraph is wrapped at a width of forty\r\ncolumns, as mail programs and old editors did\r\n"
        "it.\r\n \r\nShort line\r\nand another that was ended on purpose.\r\n\r\n\r\n- an item\r\n- a second item\r\n"
    )
    assert blocks(_read(text.encode())) == [
        (
            "paragraph",
            "The first paragraph is wrapped at a width of forty columns, as mail programs and old editors did it.",
        ),
        ("paragraph", "Short line\nand another that was ended on purpose."),
        ("list_item", "an item"),
        ("list_item", "a second item"),
    ]  # fmt: skip


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    lines = ["The kite report was published by three institutes on Monday morning.", "[…] It is long. " * 20, "x y."]
    report = _read("\n".join(lines).encode())
    assert [text for _, text in blocks(report)] == [line.strip() for line in lines]
    assert report.text.count("\n\n") == 2


def test_wrapped_text_without_blank_lines_is_joined() -> None:
    text = (
        "This text is wrapped at forty columns by\na program and has no blank lines at all,\n"
        "so it is one paragraph.\nA new line."
    )
    assert blocks(_read(text.encode()))[0][1].endswith("no blank lines at all, so it is one paragraph.")


def test_quoted_mail_keeps_its_level() -> None:
    report = _read(b"Hello there.\n\n> What they wrote.\n\n>> What was written before.\n")
    assert [(block.kind, block.level) for block in report.blocks] == [
        (BlockKind.PARAGRAPH, 0), (BlockKind.QUOTE, 1), (BlockKind.QUOTE, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Kites over Riga\n\nThe network ran forty pages in nine languages.", "Kites over Riga"),
        ("It ran for years.\n\nThe network had forty pages in nine languages.", "file"),
        ("a note of mine\n\nThe network had forty pages in nine languages.", "file"),
        ("Only one line", "file"),
    ],
)
def test_title_is_a_first_line_that_looks_like_one(text: str, title: str) -> None:
    assert _read(text.encode(), "folder/file.txt").title == title


def test_standard_input_has_no_title_of_its_own() -> None:
    report = _read(b"Just one sentence that was typed.", "-")
    assert (report.title, report.source) == ("", "-")


def test_controls_and_surrogates_do_not_get_in() -> None:
    report = _read("A\x07bell\x85and a\u2028line \x9bhere\x0cpage".encode())
    assert report.text == "Abell\n\nand a\n\nline here\n\npage"


def test_hundred_megabytes_of_text_are_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        for _ in range(100):
            file.write(b"The same line again and again.\n" * 33_000)
    with pytest.raises(ReadError, match="MB of text; the limit is 21 MB") as caught:
        read_file(large)
    assert caught.value.hint


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse.bin"
    with sparse.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(ReadError, match="1000000 MB; the limit is 105 MB"):
        read_file(sparse)
    with pytest.raises(ReadError, match="the limit is 0 MB"):
        read_bytes(b"four", "x.txt", limits=Limits(file_bytes=3))


@pytest.mark.shared
def test_the_shared_article_is_one_paragraph_a_line(shared: Path) -> None:
    [path] = (shared / "seeds").glob("001_*.txt")
    report = read_file(path).report
    sound(report)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [text for _, text in blocks(report)] == lines
    assert report.language == "en"
    assert report.title == path.stem
