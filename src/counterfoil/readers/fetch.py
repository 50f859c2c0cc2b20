"""The one door to the network: fetch a public web address that the user named, and nothing else.

A URL in a report may be chosen by an adversary, so every host is resolved here, all its addresses are
vetted, and the connection goes to a vetted address itself: there is no second look-up that could give
another answer (DNS rebinding). TLS still checks the certificate against the host's name.
"""

import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterfoil.errors import FetchError
from counterfoil.readers.addresses import Resolver, resolve
from counterfoil.readers.unpack import Unpacker

if TYPE_CHECKING:
    import httpx

_SAVE_HINT = "Save the page in a browser and add the file."


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Limits of a fetch. `allow_private` and `resolver` are for tests with a server of their own.

    `max_bytes` holds for the body as sent and as unpacked; `seconds` for everything from the first look-up
    (a resolver that is too slow is left behind) to the last byte. `tls` replaces the usual certificate
    authorities.
    """

    max_bytes: int = 25_000_000
    seconds: float = 30.0
    max_redirects: int = 5
    allow_private: bool = False
    resolver: Resolver = resolve
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body, the URL it came from after redirects, and the server's Content-Type as sent."""

    data: bytes
    url: str
    media_type: str


_DEFAULTS = FetchSettings()


def fetch(url: str, settings: FetchSettings = _DEFAULTS) -> Fetched:
    """Get the body of a web address, by GET, without cookies, credentials or proxies.

    Raises:
        FetchError: the URL is malformed or not http(s), it or a redirect leads to an address that is not
            public, the server cannot be reached or answers with an error, or the body is too large or slow.
    """
    import httpcore
    import httpx

    from counterfoil.readers.pinned import PinnedTransport

    deadline = time.monotonic() + settings.seconds
    transport = PinnedTransport(settings.resolver, settings.allow_private, deadline, settings.tls)
    current = _parse(url)
    with httpx.Client(transport=transport, trust_env=False, follow_redirects=False) as client:
        for _ in range(settings.max_redirects + 1):
            try:
                with client.stream("GET", current, headers=_headers(), timeout=settings.seconds) as response:
                    if response.next_request is not None:
                        current = _vetted(response.next_request.url)
                        continue
                    _check_status(response, current)
                    data = b"".join(_body(response, settings, deadline))
                    return Fetched(data, str(current), response.headers.get("content-type", ""))
            except (httpx.TimeoutException, httpcore.TimeoutException) as error:
                raise _too_slow(current, settings) from error
            except (httpx.TransportError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                reason = str(error).rstrip(".") or type(error).__name__
                raise FetchError(f"{current} cannot be fetched: {reason}.") from error
    raise FetchError(f"{url} redirects more than {settings.max_redirects} times.", _SAVE_HINT)


def _headers() -> dict[str, str]:
    from counterfoil import __version__

    return {
        "User-Agent": f"Counterfoil/{__version__}",
        "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",  # what is unpacked here within the limit
    }


def _parse(url: str) -> "httpx.URL":
    import httpx

    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"{url!r} is not a URL: {error}.") from error
    return _vetted(parsed)


def _vetted(url: "httpx.URL") -> "httpx.URL":
    if url.scheme not in ("http", "https"):
        raise FetchError(f"{url} is not fetched: only http and https are.", "Give a file as a path, without a scheme.")
    if url.userinfo:
        raise FetchError(f"A URL with a user name or password is not fetched ({url.host}).", "Give the URL without it.")
    if "%" in url.host or not 0 < (url.port or 80) < 65536:
        raise FetchError(f"{url} is not a URL: its host or port cannot be.")
    if not url.host:
        raise FetchError(f"{url} names no host.")
    return url.copy_with(fragment=None)


def _check_status(response: "httpx.Response", url: "httpx.URL") -> None:
    if response.status_code != 200:
        raise FetchError(f"{url} answers {response.status_code} {response.reason_phrase}".rstrip() + ".", _SAVE_HINT)


def _body(response: "httpx.Response", settings: FetchSettings, deadline: float) -> Iterator[bytes]:
    """The body, unpacked, while it stays within the size and the time."""
    url = str(response.url)
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"{url} is sent in the encoding {encoding!r}, which was not asked for.", _SAVE_HINT)
    unpack = None if encoding in ("identity", "") else Unpacker()
    sent = size = 0
    for chunk in response.iter_raw():
        if time.monotonic() > deadline:
            raise _too_slow(url, settings)
        sent += len(chunk)
        if sent > settings.max_bytes:
            raise _too_large(url, settings)
        piece = chunk if unpack is None else _unpack(unpack, chunk, settings.max_bytes - size + 1, url)
        size += len(piece)
        if size > settings.max_bytes:
            raise _too_large(url, settings)
        yield piece
    if unpack is not None and not unpack.whole and sent:
        raise FetchError(f"{url} breaks off in the middle of its compressed body.", "Try again.")


def _unpack(unpack: Unpacker, chunk: bytes, most: int, url: str) -> bytes:
    try:
        return unpack.feed(chunk, most)
    except zlib.error as error:
        raise FetchError(f"{url} sends a body that is not valid gzip.", _SAVE_HINT) from error


def _too_large(url: str, settings: FetchSettings) -> FetchError:
    return FetchError(f"{url} is larger than the limit of {settings.max_bytes / 1e6:.0f} MB.", _SAVE_HINT)


def _too_slow(url: object, settings: FetchSettings) -> FetchError:
    return FetchError(f"{url} took longer than {settings.seconds:g} s.", "Try again, or save the page in a browser.")
