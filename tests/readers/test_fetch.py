"""Fetching: a real server on this machine, and resolvers that lie."""

import gzip
import os
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpcore
import pytest
import trustme

from counterfoil.errors import FetchError
from counterfoil.readers.addresses import refusal
from counterfoil.readers.fetch import FetchSettings, fetch
from counterfoil.readers.unpack import Unpacker
from tests.dripping import drip

BODY = b"<html><body><p>The words of the page.</p></body></html>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        getattr(self, "get_" + self.path.strip("/").split("/")[0], self.get_missing)()

    def log_message(self, *args: object) -> None:
        pass

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def get_page(self) -> None:
        self._send(BODY, Content_Type="text/html; charset=utf-8")

    def get_headers(self) -> None:
        self._send(str(self.headers).encode())

    def get_missing(self) -> None:
        self._send(b"no", 404)

    def get_hop(self) -> None:
        left = int(self.path.rpartition("/")[2])
        self._send(b"", 302, Location=f"/hop/{left - 1}" if left else "/page")

    def get_to(self) -> None:
        self._send(b"", 301, Location=self.server.target)  # type: ignore[attr-defined]

    def get_packed(self) -> None:
        self._send(gzip.compress(BODY), Content_Encoding="gzip")

    def get_members(self) -> None:
        self._send(
            gzip.compress(BODY[:9]) + gzip.compress(b"") + gzip.compress(BODY[9:]) + bytes(9), Content_Encoding="gzip"
        )

    def get_cutmember(self) -> None:
        self._send(gzip.compress(BODY) + gzip.compress(BODY)[:-3], Content_Encoding="gzip")

    def get_junk(self) -> None:
        self._send(gzip.compress(BODY) + b"and more", Content_Encoding="gzip")

    def get_bombs(self) -> None:
        self._send(gzip.compress(bytes(500_000)) * 100, Content_Encoding="gzip")

    def get_bomb(self) -> None:
        self._send(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")

    def get_notgzip(self) -> None:
        self._send(BODY, Content_Encoding="gzip")

    def get_cut(self) -> None:
        self._send(gzip.compress(os.urandom(5000))[:-2000], Content_Encoding="gzip")

    def get_brotli(self) -> None:
        self._send(BODY, Content_Encoding="br")

    def get_large(self) -> None:
        self._send(bytes(3_000_000))

    def get_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        drip(self, bytes(100_000), 0.0)

    def get_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        drip(self, b"x", 0.05)

    def get_slowhead(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        drip(self, b"X-A: b\r\n", 0.05)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    target = "/page"

    def handle_error(self, *args: Any) -> None:
        pass  # clients that hang up are what these tests are about


@pytest.fixture(scope="module")
def server() -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def base(server: _Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


LOCAL = FetchSettings(allow_private=True, seconds=5)


def test_a_page(base: str) -> None:
    fetched = fetch(f"{base}/page#part", LOCAL)
    assert (fetched.data, fetched.url, fetched.media_type) == (BODY, f"{base}/page", "text/html; charset=utf-8")


def test_packed_bodies(base: str) -> None:
    assert fetch(f"{base}/packed", LOCAL).data == BODY
    assert fetch(f"{base}/members", LOCAL).data == BODY


@pytest.mark.parametrize("size", [1, 2, 7, 20, 1000])
def test_members_may_be_cut_anywhere(size: int) -> None:
    packed = gzip.compress(BODY) + bytes(3) + gzip.compress(BODY)
    unpacker = Unpacker()
    pieces = [unpacker.feed(packed[at : at + size], 10_000) for at in range(0, len(packed), size)]
    assert b"".join(pieces) == BODY * 2
    assert unpacker.whole


def test_no_more_is_unpacked_than_asked_for() -> None:
    assert len(Unpacker().feed(gzip.compress(bytes(1000)) * 9, 3500)) == 3500


def test_a_resolver_that_never_answers_is_left_behind() -> None:
    release = threading.Event()

    def stuck(host: str, port: int) -> list[str]:
        release.wait(20)
        return ["8.8.8.8"]

    started = time.perf_counter()
    with pytest.raises(FetchError, match=r"a\.example/ took longer than 0\.3 s"):
        fetch("http://a.example/", FetchSettings(resolver=stuck, seconds=0.3))
    assert time.perf_counter() - started < 3
    release.set()


def test_redirects_are_followed_five_times(base: str) -> None:
    assert fetch(f"{base}/hop/4", LOCAL).url == f"{base}/page"
    with pytest.raises(FetchError, match="redirects more than 5 times"):
        fetch(f"{base}/hop/5", LOCAL)


def test_neither_proxies_nor_credentials_of_the_environment_are_used(
    base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login ada password kite\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    sent = fetch(f"{base}/headers", LOCAL).data.decode().lower()
    assert "authorization" not in sent
    assert "cookie" not in sent
    assert "user-agent: counterfoil/" in sent


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing", "answers 404"),
        ("large", "larger than the limit of 2 MB"),
        ("endless", "larger than the limit of 2 MB"),
        ("bomb", "larger than the limit of 2 MB"),
        ("bombs", "larger than the limit of 2 MB"),
        ("junk", "not valid gzip"),
        ("cutmember", "breaks off"),
        ("notgzip", "not valid gzip"),
        ("cut", "breaks off"),
        ("brotli", "encoding 'br'"),
        ("slow", "took longer than 1 s"),
        ("slowhead", "took longer than 1 s"),
    ],
)
def test_what_servers_do_wrong(base: str, path: str, words: str) -> None:
    started = time.perf_counter()
    with pytest.raises(FetchError, match=words):
        fetch(f"{base}/{path}", replace(LOCAL, max_bytes=2_000_000, seconds=1))
    assert time.perf_counter() - started < 4


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://a.example/x", "only http and https"), ("file:///etc/passwd", "only http and https"),
        ("/etc/passwd", "only http and https"), ("javascript:alert(1)", "only http and https"),
        ("http://user:word@a.example/", "user name or password"), ("http://user@a.example/", "user name"),
        ("http://", "names no host"), ("http://[::1", "not a URL"), ("http://a.example:99999/", "not a URL"),
        ("http://exa mple/", "not a URL"), ("http://\x00/", "not a URL"), ("", "only http and https"),
    ],
)  # fmt: skip
def test_urls_that_are_refused(url: str, words: str) -> None:
    with pytest.raises(FetchError, match=words) as caught:
        fetch(url, LOCAL)
    assert "word@" not in caught.value.message


PRIVATE = [
    "127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "192.88.99.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "64:ff9b:1:a00:1::",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101::1",
    "2001:0:5ef5:79fb:0:59b:f5ff:fffe", "2001:0:a00:1:0:0:f7f7:f7f7", "2001:10::1", "2001:20::1",
    "2606:4700::5efe:a00:1", "100::1", "5f00::1", "3fff::1", "4000::1", "::2",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "223.255.255.255",
    "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
    "2001:0:4136:e378:8000:63bf:f7f7:f7f7",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_refused(address: str) -> None:
    assert refusal(address)
    with pytest.raises(FetchError, match=r"a\.example is not fetched: its address"):
        fetch("http://a.example/", FetchSettings(resolver=lambda host, port: ["8.8.8.8", address]))


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_not(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "[::1]", "[::ffff:7f00:1]", "0", "LOCALHOST."],
)
def test_every_way_to_write_this_machine_is_refused(base: str, host: str) -> None:
    port = base.rpartition(":")[2]
    with pytest.raises(FetchError, match=r"is not fetched|is not known|not a URL"):
        fetch(f"http://{host}:{port}/page")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://user:word@a.example/", "user name or password"),
        ("http://[::1/", "Invalid URL"),
        ("http://a.example:99999/", "not a URL|Invalid URL"),
    ],
)
def test_redirects_are_vetted_like_urls(server: _Server, base: str, target: str, words: str) -> None:
    server.target = target
    with pytest.raises(FetchError, match=words):
        fetch(f"{base}/to", LOCAL)


def test_each_hop_is_vetted_anew(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterfoil.readers import pinned

    monkeypatch.setattr(pinned, "refusal", lambda address: "" if address == "127.0.0.1" else refusal(address))
    server.target = "http://inner.example/admin"
    names = {"public.example": ["127.0.0.1"], "inner.example": ["192.168.7.7"]}
    settings = FetchSettings(resolver=lambda host, port: names[host], seconds=5)
    with pytest.raises(FetchError, match=r"inner\.example is not fetched: its address 192\.168\.7\.7 is private"):
        fetch(f"http://public.example:{server.server_port}/to", settings)


def test_a_rebinding_resolver_is_asked_once_and_its_first_answer_used(server: _Server) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"], ["10.0.0.2"]]
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    fetched = fetch(f"http://rebind.example:{server.server_port}/page", replace(LOCAL, resolver=rebinding))
    assert fetched.data == BODY
    assert asked == ["rebind.example"]


def test_unknown_hosts_and_closed_ports() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError(-2, "no such name")

    with pytest.raises(FetchError, match=r"The host nowhere\.example is not known: no such name\."):
        fetch("http://nowhere.example/", FetchSettings(resolver=unknown))
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch("http://empty.example/", FetchSettings(resolver=lambda host, port: []))
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch("http://127.0.0.1:1/", LOCAL)


class _Recorder(httpcore.MockBackend):
    connected: list[tuple[str, int]]

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self.connected = [*getattr(self, "connected", []), (host, port)]
        return super().connect_tcp(host, port, *args, **kwargs)


def test_the_connection_goes_to_the_vetted_address() -> None:
    from counterfoil.readers.pinned import PinnedBackend

    inner = _Recorder([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"])
    backend = PinnedBackend(lambda host, port: ["8.8.8.8"], False, time.monotonic() + 5, inner)
    with httpcore.ConnectionPool(network_backend=backend) as pool:
        assert pool.request("GET", "http://a.example/").content == b"ok"
    assert inner.connected == [("8.8.8.8", 80)]


def test_tls_checks_the_name_of_the_host_not_the_address(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    seen: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("secure.example").configure_cert(context)
    context.sni_callback = lambda sock, name, ctx: seen.append(name)
    with _Server(("127.0.0.1", 0), _Handler) as running:
        running.socket = context.wrap_socket(running.socket, server_side=True)
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        trusted = replace(
            LOCAL, resolver=lambda host, port: ["127.0.0.1"], tls=ssl.create_default_context(cafile=certificate)
        )
        try:
            url = f"https://secure.example:{running.server_port}/page"
            assert fetch(url, trusted).data == BODY
            assert seen == ["secure.example"]
            with pytest.raises(FetchError, match="cannot be fetched"):
                fetch(url.replace("secure", "other"), trusted)
            with pytest.raises(FetchError, match="cannot be fetched"):
                fetch(url, replace(trusted, tls=None))
        finally:
            running.shutdown()
            thread.join()
